"""The promise as a state machine: nobody silent, nothing twice, nothing after a check-in, nothing to the absent."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import text

from bot.domain.absence import AbsenceKind
from bot.domain.alert import HowVerified
from bot.domain.errors import RefusalError
from bot.domain.line import Line
from bot.domain.message import Priority
from bot.services import absence, alert, checkin, closing, sweep
from bot.store import alert as alerts
from bot.store import officer as officers
from bot.store import sending
from bot.store.engine import Tx
from tests.services.machine import Machine

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CODES = ("lacroix", "willis", "hamelin", "bradshaw", "deniger")
ACTING = ("lacroix", "willis", "bradshaw")
people = st.sampled_from(CODES)


class Watchkeeping(Machine):
    """Officers check in or do not, leave and return; the line fails; Vigie is killed; clocks jump."""

    start = START
    with_phones = CODES

    def __init__(self) -> None:
        super().__init__()
        self.down_since: datetime | None = None
        self.drained_at = START
        self.judged = False

    async def _who(self, tx: Tx, code: str) -> Any:
        return (await officers.by_code(tx, {code}))[code]

    def tick(self) -> None:
        up = self.down_since is None
        if up:
            self.drained_at = self.clock.now()
        line = Line(up=up, since=self.down_since or START, drained_at=self.drained_at)
        self.runner.run(sweep.tick(self.store.begin, line))
        self.judged = up

    @rule(minutes=st.sampled_from([1, 5, 10, 15, 30, 90, 240, 720, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.clock.move(timedelta(minutes=minutes))
        self.judged = False
        self.tick()

    @rule(minutes=st.sampled_from([1, 60]))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.clock.move(-timedelta(minutes=minutes))
        self.tick()

    @rule()
    def the_line_fails(self) -> None:
        self.down_since = self.down_since or self.clock.now()
        self.judged = False

    @precondition(lambda self: self.down_since is not None)
    @rule()
    def the_line_returns(self) -> None:
        self.down_since = None
        self.tick()

    @rule()
    def killed_and_started(self) -> None:
        self.kill_and_start()
        self.do(sending.release)

    @rule(code=people, ago=st.sampled_from([0, 1, 20, 400]))
    def checks_in(self, code: str, ago: int) -> None:
        async def work(tx: Tx) -> None:
            await checkin.record(tx, await self._who(tx, code), sent_at=tx.now - timedelta(minutes=ago))

        self.do(work)

    @rule(code=people, hours=st.sampled_from([3, 30, 72]), actor=st.sampled_from(ACTING))
    def goes_on_leave(self, code: str, hours: int, actor: str) -> None:
        async def work(tx: Tx) -> None:
            try:
                await absence.ask(
                    tx, await self._who(tx, code), AbsenceKind.LEAVE, tx.now, tx.now + timedelta(hours=hours)
                )
                which = await tx.read(text("select max(id) from absence"))
                async with tx.savepoint():
                    await absence.confirm(tx, await self._who(tx, actor), which[0][0])
            except RefusalError:
                return

        self.do(work)
        self.judged = False  # planned anew at the next tick

    @rule(actor=st.sampled_from(ACTING), what=st.sampled_from(["take", "escalate", "verified", "doubt"]))
    def somebody_acts(self, actor: str, what: str) -> None:
        async def work(tx: Tx) -> None:
            who = await self._who(tx, actor)
            for case in await alerts.every_open(tx):
                try:
                    async with tx.savepoint():
                        if what == "take":
                            await alert.take(tx, who, case.id)
                        elif what == "escalate":
                            await alert.escalate(tx, who, case.id)
                        elif what == "doubt":
                            await alert.doubt(tx, who, case.id)
                        else:
                            await closing.settle(tx, who, case.id, verified=HowVerified.VOICE)
                except RefusalError:
                    continue

        self.do(work)

    @rule()
    def the_courier_delivers(self) -> None:
        async def work(tx: Tx) -> None:
            claimed = await sending.claim(tx, 500, Priority.BULK)
            sending.write_results(tx, [sending.Result(one.id, "sent", message_id=one.id) for one in claimed])

        self.do(work)

    def rows(self, sql: str, **params: Any) -> list[Any]:
        async def work(tx: Tx) -> list[Any]:
            return list(await tx.read(text(sql), params))

        return list(self.do(work))

    @invariant()
    def never_silent(self) -> None:
        """Past its deadline a duty has an alert, and an open alert has an instant at which it moves again."""
        if self.judged:
            now = int(self.clock.now().timestamp() * 1e6)
            assert not self.rows("select id from duty where state = 'pending' and deadline <= :now", now=now)
            assert not self.rows("select id from alert where state <> 'closed' and next_at <= :now", now=now)
        assert not self.rows("select id from duty where state = 'overdue' and alert is null")
        assert not self.rows("select id from alert where state <> 'closed' and next_at is null")
        told = self.rows(
            "select a.id from alert a where not exists (select 1 from outbox o where o.thread = 'alert:' || a.id"
            " and o.officer <> a.officer)"
        )
        assert not told, "an alert that nobody was told of"
        lost = self.rows(
            "select d.id from duty d join alert a on a.id = d.alert where d.state = 'overdue' and a.state = 'closed'"
        )
        assert not lost, "an overdue duty whose alert is closed: nobody answers for it"

    @invariant()
    def never_twice(self) -> None:
        """One reminder for an officer, duty and number; one open alert of a kind for an officer."""
        sent = [
            (thread, json.loads(facts)["stage"])
            for thread, facts in self.rows("select thread, facts from outbox where kind = 'reminder'")
        ]
        assert len(sent) == len(set(sent))
        steps = self.rows("select thread, officer, key from outbox where kind = 'alert_step' and edits is null")
        assert len(steps) == len(set(steps))
        missed = self.rows("select thread from outbox where kind = 'missed'")
        assert len(missed) == len(set(missed))

    @invariant()
    def never_after_a_checkin(self) -> None:
        """Nothing is owed for a duty that is settled, and of one that is overdue only that an alert is open."""
        stale = self.rows(
            "select o.id from outbox o join duty d on o.thread = 'duty:' || d.id where o.state = 'owed'"
            " and d.state <> 'pending' and not (d.state = 'overdue' and o.kind = 'missed')"
        )
        assert not stale

    @invariant()
    def never_to_an_absent_officer(self) -> None:
        """No duty that opens inside a confirmed absence waits for an answer, but for the one that is the return."""
        if not self.judged:
            return
        wrong = self.rows(
            "select d.id from duty d join absence a on a.officer = d.officer and a.state = 'confirmed'"
            " where d.state in ('pending', 'overdue') and d.watch <> 'return'"
            " and d.opens_at > a.decided_at and d.due_at >= a.starts_at and d.due_at < a.ends_at"
        )
        assert not wrong


Watchkeeping.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestWatchkeeping = Watchkeeping.TestCase

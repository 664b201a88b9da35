"""Whatever happens to errands in whatever order: none is lost, what is done is not done again, none is tried wildly."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.errand import LONGEST_ASKED, Errand, wait_after
from bot.services import errand
from bot.store import errand as rows
from bot.store.engine import Store, Tx, open_store
from bot.store.tables import errand as table
from bot.store.tables import metadata
from tests.store.conftest import NOW

_EVERY = select(table)
_KEYS = st.tuples(st.sampled_from(["mail", "print"]), st.sampled_from("abc"))
_WAITS = st.sampled_from([0, 0, 7, 600]).map(lambda seconds: timedelta(seconds=seconds))
_ASKED = st.none() | st.sampled_from([0, 30, 9000, 10**7]).map(lambda seconds: timedelta(seconds=seconds))


@dataclass
class Owed:
    """What should be so of one errand. `generation` counts how often it was owed anew."""

    generation: int
    state: str
    tries: int
    due: datetime
    wait: timedelta = timedelta()


class Errands(RuleBasedStateMachine):
    """Two workers' worth of hands, which may finish, fail or die, on a real database in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = MovableClock(NOW, held=True)
        self.store: Store = open_store("sqlite+aiosqlite://", self.clock.now)
        self.run(self._make())
        self.model: dict[tuple[str, str], Owed] = {}
        self.hand: list[tuple[Errand, int]] = []
        self.generations = 0

    async def _make(self) -> None:
        async with self.store.engine.begin() as conn:
            await conn.run_sync(metadata.create_all)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def write(self, what: Any, *arguments: Any, **named: Any) -> None:
        async def in_transaction() -> None:
            async with self.store.begin() as tx:
                what(tx, *arguments, **named)

        self.run(in_transaction())

    @rule(key=_KEYS, wait=_WAITS)
    def owe(self, key: tuple[str, str], wait: timedelta) -> None:
        self.write(rows.owe, *key, wait=wait)
        self.generations += 1
        self.model[key] = Owed(self.generations, "owed", 0, self.clock.now() + wait)

    @rule(key=_KEYS)
    def drop(self, key: tuple[str, str]) -> None:
        self.write(rows.drop, *key)
        self.model.pop(key, None)

    @rule(seconds=st.sampled_from([1, 5, 20, 400, 4000, 30000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.move(timedelta(seconds=seconds))

    @rule(hours=st.integers(1, 30))
    def the_clock_is_set_back(self, hours: int) -> None:
        self.clock.move(-timedelta(hours=hours))
        self.write(rows.bring_forward)
        for one in self.model.values():
            one.due = min(one.due, self.clock.now()) if one.state == "owed" else one.due

    def _claimable(self) -> dict[tuple[str, str], Owed]:
        busy = {(one.kind, one.subject) for one, _ in self.hand}
        now = self.clock.now()
        return {
            key: one
            for key, one in self.model.items()
            if one.state == "owed" and one.due <= now and key not in busy and key[0] not in self._full()
        }

    def _full(self) -> set[str]:
        return {"print"} if any(one.kind == "print" for one, _ in self.hand) else set()

    async def _claim(self) -> Errand | None:
        async with self.store.begin() as tx:
            return await errand.claim(tx, [(one.kind, one.subject) for one, _ in self.hand], self._full())

    @rule()
    def claim(self) -> None:
        could = self._claimable()
        taken: Errand | None = self.run(self._claim())
        if taken is None:
            assert could == {}, "something due was left"
            return
        model = could[taken.kind, taken.subject]
        assert model.due == min(one.due for one in could.values()), "the longest due goes first"
        assert taken.attempts == model.tries
        model.tries += 1
        self._put_off(model, None)
        self.hand.append((taken, model.generation))

    def _put_off(self, model: Owed, asked: timedelta | None) -> None:
        wait = wait_after(model.tries, asked)
        if asked is None:
            assert wait >= model.wait, "the back-off shrank"
            model.wait = wait
        model.due = self.clock.now() + wait

    def _finish(self, note: Any, to: str, **more: Any) -> None:
        taken, generation = self.hand.pop(0)
        self.write(note, taken, **more)
        model = self.model.get((taken.kind, taken.subject))
        if model is None or model.generation != generation:
            return  # owed anew, or dropped: the result falls to the ground
        model.state = to
        if to == "owed":
            self._put_off(model, more["asked"])

    @precondition(lambda self: self.hand)
    @rule()
    def done(self) -> None:
        self._finish(errand.done, "done")

    @precondition(lambda self: self.hand)
    @rule(asked=_ASKED)
    def later(self, asked: timedelta | None) -> None:
        self._finish(errand.later, "owed", why="busy", asked=asked)

    @precondition(lambda self: self.hand)
    @rule()
    def never(self) -> None:
        self._finish(errand.never, "failed", why="no such place")

    @precondition(lambda self: self.hand)
    @rule()
    def the_process_is_killed(self) -> None:
        self.hand.clear()

    @invariant()
    def the_rows_are_as_they_should_be(self) -> None:
        found = {(row.kind, row.subject): row for row in self.run(self._rows())}
        told = {key: (row.state, row.attempts) for key, row in found.items()}
        assert told == {key: (one.state, one.tries) for key, one in self.model.items()}
        for key, one in self.model.items():
            assert one.state != "owed" or found[key].not_before == one.due

    async def _rows(self) -> Any:
        async with self.store.read() as tx:
            return await tx.read(_EVERY)

    def teardown(self) -> None:
        try:
            self.the_process_is_killed()
            self.clock.move(LONGEST_ASKED)
            self.run(self._carry_out_all())
            assert {one.state for one in self.model.values()} <= {"done", "failed"}
        finally:
            self.run(self.store.close())
            self.loop.close()

    async def _carry_out_all(self) -> None:
        """Whatever came before: what is owed is carried out in the end, each once."""
        async with self.store.begin() as tx:
            while taken := await errand.claim(tx):
                self._carried_out(tx, taken)

    def _carried_out(self, tx: Tx, taken: Errand) -> None:
        model = self.model[taken.kind, taken.subject]
        assert model.state == "owed", "what is done was done again"
        errand.done(tx, taken)
        model.state = "done"


TestErrands = Errands.TestCase
TestErrands.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)

"""Reports that come when they like, are corrected, and days that are approved late or not: each is counted once.

So are the victims of incidents, which are often known only after the flash has gone out; and the hours between two days
of which the second begins at another hour, since the contingent file was changed.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.domain.errors import No, RefusalError
from bot.domain.report import Report, ReportState, Version
from bot.domain.sitrep import Sitrep, SitrepKind, SitrepState
from bot.services import sitrep
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store import report as reports
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.ids import new_id
from tests.services.machine import ROSTER, Machine

FIRST = date(2026, 12, 29)  # over the end of a year
DAWN = datetime(2026, 12, 29, tzinfo=UTC)  # what ended by then belongs to no day of these


class Days(Machine):
    """`known` is each report at its newest, `killed` what each of its versions says, `approved` what has gone out."""

    start = datetime(2026, 12, 29, 5, 0, tzinfo=UTC)
    with_phones = ("bradshaw",)

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Report] = {}
        self.killed: dict[tuple[str, int], int] = {}
        self.approved: dict[tuple[datetime, datetime], Sitrep] = {}

    def teardown(self) -> None:
        try:
            self.clock.move(timedelta(days=2))
            for on in self._days_over():
                while self._approve(on):
                    pass
            self._each_once()
        finally:
            super().teardown()

    def _days_over(self) -> list[date]:
        today = self.clock.now().date()
        # A day that begins late in the evening of the one before is mostly that of the next date.
        return [FIRST + timedelta(days=n) for n in range(-1, (today - FIRST).days)]

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))

    @rule(hour=st.integers(0, 23))
    def the_day_begins_at_another_hour(self, hour: int) -> None:
        roster = ROSTER.replace('day_from = "00:00"', f'day_from = "{hour:02}:00"')
        assert hour == 0 or roster != ROSTER

        async def work(tx: Tx) -> None:
            await load(tx, parse(roster, "mali.toml"))

        self.do(work)

    @rule(ago=st.integers(0, 60), women=st.integers(0, 9), form=st.sampled_from(("daily", "patrol", "flash", "flash")))
    def a_report_comes(self, ago: int, women: int, form: str) -> None:
        ended = self.clock.now() - timedelta(hours=ago)
        if ended <= DAWN:
            return

        async def work(tx: Tx) -> Report:
            serial = await reports.next_serial(tx, tx.now.year)
            version = Version(1, form, self._answers(form, women), frozenset(), "fr", tx.now, tx.now)
            number = f"MLI-{tx.now.year}-{serial:04}"
            since = ended if form == "flash" else ended - timedelta(hours=8)
            one = Report(
                new_id(tx.now),
                number,
                "deniger",
                "MPT",
                "MINUSMA",
                ReportState.SUBMITTED,
                version,
                since,
                ended,
                tx.now,
            )
            reports.add(tx, one, tx.now.year, serial)
            return one

        one = self.do(work)
        self.known[one.number] = one
        self.killed[one.number, 1] = 0

    @staticmethod
    def _answers(form: str, women: int) -> dict[str, Any]:
        """Return women reached; of an incident, women killed, of whom the flash does not know."""
        counts = {"women": women, "men": 0, "girls": 0, "boys": 0}
        match form:
            case "flash":
                return {"category": "attack"}
            case "incident":
                victims = {"victim_kind": "civilian", "harm": "killed", "harmed": counts}
                return {"category": "attack"} | {f"victims.0.{key}": value for key, value in victims.items()}
        return {"reached": counts}

    @rule(data=st.data(), women=st.integers(0, 9), later=st.integers(-20, 20))
    def one_is_corrected(self, data: Any, women: int, later: int) -> None:
        if not self.known:
            return
        before = self.known[data.draw(st.sampled_from(sorted(self.known)))]
        until = min(before.until + timedelta(hours=later), self.clock.now())
        if until <= DAWN:
            return
        instant = before.since == before.until
        form = "incident" if instant else before.version.form
        number, answers = before.version.number + 1, self._answers(form, women)
        version = replace(before.version, number=number, form=form, answers=answers, reason="erreur")
        after = replace(before, version=version, until=until, since=until if instant else min(before.since, until))

        async def work(tx: Tx) -> None:
            reports.add_version(tx, after)
            reports.save(tx, after)

        self.do(work)
        self.known[after.number] = after
        self.killed[after.number, number] = women if form == "incident" else 0

    @rule(data=st.data())
    def a_day_is_approved(self, data: Any) -> None:
        self._approve(data.draw(st.sampled_from(self._days_over())))
        # Whatever has been approved so far, and in whichever order: the sum is what the newest versions out say.
        told = sum(_killed(found) for found in self.approved.values())
        assert told == sum(self.killed[number, version] for number, version in self._newest_out().items())

    @rule()
    def a_draft_is_read_and_changes_nothing(self) -> None:
        async def work(tx: Tx) -> None:
            since, until = await sitrep.of_day(tx)
            await sitrep.view(tx, SitrepKind.DAILY, since, until)

        self.do(work)

    def _approve(self, on: date) -> bool:
        """Approve what is to be told of a day, if it is over; return whether that had not been approved before."""

        async def work(tx: Tx) -> Sitrep | None:
            boss = (await officers.by_code(tx, {"bradshaw"}))["bradshaw"]
            since, until = await sitrep.of_day(tx, on)
            if until > tx.now:
                return None
            row = await sitrep.prepare(tx, SitrepKind.DAILY, since, until, None)
            with suppress(RefusalError):
                await sitrep.approve(tx, boss, row.id, (await sitrep.whole(tx, row)).mark)
            again = await sitreps.one(tx, row.id)
            assert again is not None
            assert again.state is SitrepState.APPROVED
            try:
                await sitrep.approve(tx, boss, row.id, (await sitrep.whole(tx, row)).mark)
            except RefusalError as refusal:
                assert refusal.code is No.ALREADY_APPROVED
            return await sitreps.approved(tx, row.id)

        found = self.do(work)
        if found is None:
            return False
        period = (found.since, found.until)
        if period in self.approved:
            assert found == self.approved[period], "an approved one never changes"
            return False
        assert all(one.until <= found.since or found.until <= one.since for one in self.approved.values())
        self.approved[period] = found
        return True

    def _each_once(self) -> None:
        held = Counter(number for found in self.approved.values() for number, _ in found.reports)
        assert set(held) == set(self.known), "no report is in none"
        assert all(times == 1 for times in held.values()), "no report is in two"
        for found in self.approved.values():
            engaged = found.part("engagement").tallies[0]
            assert engaged.sums[0] == sum(self._women(number, version) for number, version in found.reports)
        newest = {number: one.version.number for number, one in self.known.items()}
        assert self._newest_out() == newest, "no correction is lost"
        told = sum(_killed(found) for found in self.approved.values())
        assert told == sum(self.killed[one] for one in newest.items()), "no victim is lost, and none counted twice"

    def _newest_out(self) -> dict[str, int]:
        return {number: version for found in self._in_order() for number, version in self._held_by(found)}

    def _in_order(self) -> list[Sitrep]:
        return sorted(self.approved.values(), key=lambda one: (one.approved_at, one.since))

    @staticmethod
    def _held_by(found: Sitrep) -> list[tuple[str, int]]:
        return [*found.reports, *((one.number, one.version) for one in found.changed)]

    def _women(self, number: str, version: int) -> int:
        async def work(tx: Tx) -> int:
            every = await reports.versions(tx, self.known[number].id)
            answers = next(one.answers for one in every if one.number == version)
            return int(answers.get("reached", {}).get("women", 0))

        found: int = self.do(work)
        return found


def _killed(found: Sitrep) -> int:
    """Return how many civilian women it counts as killed."""
    (tally,) = found.part("protection").tallies
    return dict(zip(tally.columns, dict(tally.rows)["civilian.killed"], strict=True))["women"] or 0


Days.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_each_report_is_counted_once = Days.TestCase

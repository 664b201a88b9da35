"""Reports that come when they like, are corrected, and days that are approved late or not: each is counted once."""

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
from bot.store import officer as officers
from bot.store import report as reports
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.ids import new_id
from tests.services.machine import Machine

FIRST = date(2026, 12, 29)  # over the end of a year
DAWN = datetime(2026, 12, 29, tzinfo=UTC)  # what ended by then belongs to no day of these


class Days(Machine):
    """`reached` is what each report says at its newest; `told` what each approved one counted."""

    start = datetime(2026, 12, 29, 5, 0, tzinfo=UTC)
    with_phones = ("bradshaw",)

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Report] = {}
        self.approved: dict[date, Sitrep] = {}

    def teardown(self) -> None:
        try:
            self.clock.move(timedelta(days=2))
            for on in self._days_over():
                self._approve(on)
            self._each_once()
        finally:
            super().teardown()

    def _days_over(self) -> list[date]:
        today = self.clock.now().date()
        return [FIRST + timedelta(days=n) for n in range((today - FIRST).days)]

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))

    @rule(ago=st.integers(0, 60), women=st.integers(0, 9), form=st.sampled_from(("daily", "patrol")))
    def a_report_comes(self, ago: int, women: int, form: str) -> None:
        ended = self.clock.now() - timedelta(hours=ago)
        if ended <= DAWN:
            return

        async def work(tx: Tx) -> Report:
            serial = await reports.next_serial(tx, tx.now.year)
            answers = {"reached": {"women": women, "men": 0, "girls": 0, "boys": 0}}
            version = Version(1, form, answers, frozenset(), "fr", tx.now, tx.now)
            number = f"MLI-{tx.now.year}-{serial:04}"
            since = ended - timedelta(hours=8)
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

    @rule(data=st.data(), women=st.integers(0, 9), later=st.integers(-20, 20))
    def one_is_corrected(self, data: Any, women: int, later: int) -> None:
        if not self.known:
            return
        before = self.known[data.draw(st.sampled_from(sorted(self.known)))]
        until = min(before.until + timedelta(hours=later), self.clock.now())
        if until <= DAWN:
            return
        answers = {"reached": {"women": women, "men": 0, "girls": 0, "boys": 0}}
        version = replace(before.version, number=before.version.number + 1, answers=answers, reason="erreur")
        after = replace(before, version=version, until=until, since=min(before.since, until))

        async def work(tx: Tx) -> None:
            reports.add_version(tx, after)
            reports.save(tx, after)

        self.do(work)
        self.known[after.number] = after

    @rule(data=st.data())
    def a_day_is_approved(self, data: Any) -> None:
        open_days = [on for on in self._days_over() if on not in self.approved]
        if open_days:
            self._approve(data.draw(st.sampled_from(open_days)))

    @rule()
    def a_draft_is_read_and_changes_nothing(self) -> None:
        async def work(tx: Tx) -> None:
            since, until = await sitrep.of_day(tx)
            await sitrep.view(tx, SitrepKind.DAILY, since, until)

        self.do(work)

    def _approve(self, on: date) -> None:
        async def work(tx: Tx) -> Sitrep | None:
            boss = (await officers.by_code(tx, {"bradshaw"}))["bradshaw"]
            since, until = await sitrep.of_day(tx, on)
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
        if on in self.approved:
            assert found == self.approved[on], "an approved one never changes"
        self.approved[on] = found

    def _each_once(self) -> None:
        held = Counter(number for found in self.approved.values() for number, _ in found.reports)
        assert set(held) == set(self.known), "no report is in none"
        assert all(times == 1 for times in held.values()), "no report is in two"
        for found in self.approved.values():
            engaged = found.part("engagement").tallies[0]
            assert engaged.sums[0] == sum(self._women(number, version) for number, version in found.reports)
        newest = {number: version for found in self._in_order() for number, version in self._held_by(found)}
        assert newest == {number: one.version.number for number, one in self.known.items()}, "no correction is lost"

    def _in_order(self) -> list[Sitrep]:
        return sorted(self.approved.values(), key=lambda one: (one.approved_at, one.since))

    @staticmethod
    def _held_by(found: Sitrep) -> list[tuple[str, int]]:
        return [*found.reports, *((one.number, one.version) for one in found.changed)]

    def _women(self, number: str, version: int) -> int:
        async def work(tx: Tx) -> int:
            every = await reports.versions(tx, self.known[number].id)
            return next(one.answers["reached"]["women"] for one in every if one.number == version)

        found: int = self.do(work)
        return found


Days.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_each_report_is_counted_once = Days.TestCase

"""What a period left behind: each number is what was so at its end, and its parts add up, also looked at later."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.domain.absence import Absence, AbsenceKind, AbsenceState
from bot.domain.checkin import Checkin
from bot.domain.duty import Duty, DutyState, Stage
from bot.domain.report import Report, ReportState, Version
from bot.domain.sitrep import Sitrep, SitrepKind, Tally
from bot.services import box, line, sitrep, sitrep_agenda
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import absence as absences
from bot.store import audit, period
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store import report as reports
from bot.store import sitrep as sitreps
from bot.store.engine import Store, Tx, open_store
from bot.store.ids import new_id
from bot.store.period import Span
from bot.store.tables import metadata
from tests.services.machine import ROSTER

DAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)  # Mali's time is UTC
NEXT = MIDNIGHT + timedelta(days=1)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return MIDNIGHT + timedelta(days=days, hours=hour, minutes=minute)


class House:
    """A database of its own and a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock(at(6), held=True)
        self.store: Store = open_store(f"sqlite+aiosqlite:///{folder / 'vigie.db'}", self.clock.now)

    async def load(self, roster: str) -> None:
        async with self.store.begin() as tx:
            await load(tx, parse(roster, "mali.toml"))

    def set(self, instant: datetime) -> None:
        self.clock.move(instant - self.clock.now())

    async def day(self, on: date | None = DAY, *, only: str | None = None) -> Sitrep:
        async with self.store.begin() as tx:
            since, until = await sitrep.of_day(tx, on)
            return await sitrep.view(tx, SitrepKind.DAILY, since, until, only=only)


@asynccontextmanager
async def opened(folder: Path, roster: str = ROSTER) -> AsyncIterator[House]:
    one = House(folder)
    try:
        async with one.store.begin() as tx:
            await tx._conn.run_sync(metadata.create_all)
        await one.load(roster)
        yield one
    finally:
        await one.store.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as one:
        yield one


def table(found: Sitrep, heading: str, code: str) -> Tally:
    return next(one for one in found.part(heading).tallies if one.code == code)


def row(found: Sitrep, heading: str, code: str, name: str) -> dict[str, Any]:
    one = table(found, heading, code)
    return dict(zip(one.columns, dict(one.rows)[name], strict=True))


async def file(tx: Tx, form: str, since: datetime, until: datetime, officer: str = "deniger") -> Report:
    serial = await reports.next_serial(tx, tx.now.year)
    answers: dict[str, Any] = {"category": "threat"} if form == "flash" else {}
    version = Version(1, form, answers, frozenset(), "fr", tx.now, tx.now)
    number = f"MLI-{tx.now.year}-{serial:04}"
    one = Report(
        new_id(tx.now), number, officer, "MPT", "MINUSMA", ReportState.SUBMITTED, version, since, until, tx.now
    )
    reports.add(tx, one, tx.now.year, serial)
    return one


async def test_who_was_on_patrol_at_the_end_of_the_day_is_counted_so_and_not_as_present(house: House) -> None:
    house.set(at(3, days=1))
    async with house.store.begin() as tx:
        await file(tx, "patrol", at(22), at(2, days=1))  # over midnight
        await file(tx, "patrol", at(8), at(12), "lacroix")  # back within the day
        await file(tx, "patrol", at(0, days=1), at(2, days=1), "lacroix")  # left as the next day began
    found = await house.day()
    mopti = row(found, "personnel", "strength", "MPT")
    assert mopti["on_patrol"] == 1
    assert mopti["present"] == mopti["strength"] - 1
    figures = dict(found.part("movements").figures)
    assert (figures["patrols"], figures["patrols_out"]) == (1, 1)
    next_day = dict((await house.day(DAY + timedelta(days=1))).part("movements").figures)
    assert (next_day["patrols"], next_day["patrols_out"]) == (2, 0), "each is completed once"
    assert row(await house.day(only="BKO"), "personnel", "strength", "BKO")["on_patrol"] == 0


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        (at(8), at(20, days=2), [(1, 0, 1, 0), (0, 0, 1, 0), (0, 1, 0, 0)]),
        (at(8), at(12), [(1, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)]),
        # On the stroke of midnight it begins with the day that begins, and so it ends.
        (at(0, days=1), at(0, days=2), [(0, 0, 0, 1), (1, 0, 1, 0), (0, 1, 0, 0)]),
    ],
)
async def test_duty_travel_is_begun_under_way_and_ended_as_the_strength_says(
    house: House, starts: datetime, ends: datetime, told: list[tuple[int, ...]]
) -> None:
    async with house.store.begin() as tx:
        absences.add(
            tx,
            Absence(
                new_id(tx.now), "deniger", AbsenceKind.DUTY_TRAVEL, starts, ends, AbsenceState.CONFIRMED, at(0), "x"
            ),
        )
    house.set(at(6, days=4))
    for days, expected in enumerate(told):
        found = await house.day(DAY + timedelta(days=days))
        figures = dict(found.part("movements").figures)
        numbers = tuple(figures[f"travel_{name}"] for name in ("begun", "ended", "out", "ahead"))
        assert numbers == expected, days
        assert row(found, "personnel", "strength", "MPT")["duty_travel"] == figures["travel_out"]


async def test_a_day_that_is_past_tells_of_the_phones_as_they_were(house: House) -> None:
    """Enrolled, out of reach and back again since: the audit keeps when."""

    async def phones(on: date = DAY) -> tuple[int, int]:
        one = row(await house.day(on), "communications", "communications", "MPT")
        return one["phones"], one["unreachable"]

    async with house.store.begin() as tx:
        officers.bind_phone(tx, "deniger", 1)
        audit.note(tx, "deniger", "enrolled", "deniger")
        officers.bind_phone(tx, "lacroix", 2)
        audit.note(tx, "lacroix", "enrolled", "lacroix")
    house.set(at(20))
    async with house.store.begin() as tx:
        await box.unreachable(tx, "lacroix", 2)
    house.set(at(1, days=1))
    assert await phones() == (2, 1)
    async with house.store.begin() as tx:
        box.reachable(tx, (await officers.by_code(tx, {"lacroix"}))["lacroix"])
    async with house.store.begin() as tx:
        await box.unreachable(tx, "deniger", 1)
        officers.bind_phone(tx, "hamelin", 3)
        audit.note(tx, "hamelin", "enrolled", "hamelin")
    assert await phones() == (2, 1), "what came after midnight is of the next day"
    found = await house.day()
    bamako = row(found, "personnel", "accounted", "BKO")
    assert bamako["not_enrolled"] == row(found, "personnel", "strength", "BKO")["strength"]
    assert sum(table(found, "personnel", "accounted").sums) == 5
    assert await phones(DAY + timedelta(days=1)) == (2, 1)
    now = await house.day(DAY + timedelta(days=1))
    assert row(now, "communications", "communications", "BKO")["phones"] == 1


async def test_while_the_line_is_down_it_says_since_when_nothing_is_known(house: House) -> None:
    async with house.store.begin() as tx:
        line.mark_down(tx, at(5, 40))
    assert (await house.day()).known_until == at(5, 40)
    house.set(at(6, days=1))
    assert (await house.day()).known_until == at(5, 40), "that day's end was never seen"
    async with house.store.begin() as tx:
        line.mark_down(tx, at(1, days=1))
    assert (await house.day()).known_until is None, "that day was over when the line went down"
    async with house.store.begin() as tx:
        line.mark_up(tx)
    found = await house.day(DAY + timedelta(days=1))
    assert found.known_until is None
    assert json.loads(json.dumps(sitreps.plain(replace(found, known_until=at(1)))))["known_until"] == (
        "2026-11-23T01:00:00Z"
    )


DUTIES = st.lists(
    st.tuples(
        st.integers(-30 * 60, 30 * 60),  # due so many minutes after midnight
        st.integers(0, 60),  # grace, in minutes
        st.sampled_from(list(DutyState)),
        st.integers(-90, 90),  # answered so many minutes after it was due
        st.booleans(),  # by somebody else
    ),
    max_size=12,
)


@given(DUTIES, st.integers(0, 30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_is_due_is_on_time_late_missed_or_awaited(
    tmp_path_factory: pytest.TempPathFactory, planned: list[tuple[int, int, DutyState, int, bool]], hour: int
) -> None:
    async with opened(tmp_path_factory.mktemp("kept")) as house:
        house.set(max(at(6), at(hour)))
        async with house.store.begin() as tx:
            for number, (due, grace, state, after, proxy) in enumerate(planned):
                officer = ("deniger", "willis")[number % 2]
                due_at = MIDNIGHT + timedelta(minutes=due)
                answer = None
                if state is DutyState.ANSWERED or (state is DutyState.ACCOUNTED and proxy):
                    sent = due_at + timedelta(minutes=after)
                    one = Checkin(new_id(tx.now), officer, sent, sent, entered_by="bradshaw" if proxy else None)
                    checkins.add(tx, one, None)
                    answer = one.id
                deadline = due_at + timedelta(minutes=grace)
                duties.add(
                    tx,
                    Duty(
                        new_id(tx.now), officer, "daily", str(number), due_at - timedelta(hours=2), due_at, due_at,
                        deadline, state, Stage.PLANNED, checkin=answer,
                    ),
                )  # fmt: skip
        async with house.store.begin() as tx:
            now = tx.now
            whole = [
                one
                for days in range(-2, 3)
                for one in await period.kept(tx, Span(at(0, days=days), at(0, days=days + 1)))
            ]
            so_far = await period.kept(tx, Span(MIDNIGHT, NEXT, at=min(NEXT, now)))
        for one in (*whole, *so_far):
            assert one.due == one.on_time + one.late + one.missed + one.awaited
        assert sum(one.due + one.excused for one in whole) == len(planned), "each stands in one day"
        assert sum(one.proxy for one in whole) == sum(
            proxy for _, _, state, _, proxy in planned if state in (DutyState.ANSWERED, DutyState.ACCOUNTED)
        )
        passed = [
            MIDNIGHT + timedelta(minutes=due) <= min(NEXT, now)
            for due, grace, *_ in planned
            if MIDNIGHT < MIDNIGHT + timedelta(minutes=due + grace) <= NEXT
        ]
        assert sum(one.due + one.excused for one in so_far) == sum(passed)


HOURS = [("00:00", "06:00"), ("06:00", "00:00"), ("00:00", "23:00"), ("23:00", "00:00"), ("00:00", "05:30")]


@pytest.mark.parametrize(("before", "after"), HOURS)
async def test_no_hour_is_lost_or_told_twice_when_the_day_begins_at_another_hour(
    tmp_path: Path, before: str, after: str
) -> None:
    """One report an hour, one check-in a few; days and weeks prepared by themselves, and approved each morning."""

    def roster(day_from: str) -> str:
        return ROSTER.replace('day_from = "00:00"', f'day_from = "{day_from}"')

    async with opened(tmp_path, roster(before)) as house:
        due = 0
        for hour in range(7, 24 * 16):
            house.set(at(hour))
            if hour == 24 * 4 + 12:
                await house.load(roster(after))
            async with house.store.begin() as tx:
                await file(tx, "daily", at(hour - 1), at(hour))
                await file(tx, "flash", at(hour), at(hour))
                duties.add(
                    tx,
                    Duty(new_id(tx.now), "deniger", "daily", str(hour), at(hour), at(hour), at(hour), at(hour, 30)),
                )
                due += 1
                await sitrep_agenda.due(tx)
            async with house.store.begin() as tx:
                boss = (await officers.by_code(tx, {"bradshaw"}))["bradshaw"]
                for one in await sitreps.latest(tx, 4):
                    if one.state == "draft":
                        await sitrep.approve(tx, boss, one.id, (await sitrep.whole(tx, one)).mark)
        async with house.store.begin() as tx:
            every = await sitreps.latest(tx, 100)
            for kind in (SitrepKind.DAILY, SitrepKind.WEEKLY):
                told = sorted((one for one in every if one.kind is kind), key=lambda one: one.since)
                assert len(told) > 1, kind
                for one, other in pairwise(told):
                    assert one.until == other.since, (kind, one.until, other.since)
                found = [await sitreps.approved(tx, one.id) for one in told]
                held = [number for each in found for number, _ in each.reports]
                assert len(held) == len(set(held))
                span = (told[-1].until - max(told[0].since, at(6))) / timedelta(hours=1)
                assert len(held) >= 2 * span - 2
                checked = sum(row(each, "compliance", "compliance", "MPT")["due"] for each in found)
                assert checked == sum(told[0].since < at(hour, 30) <= told[-1].until for hour in range(7, 24 * 16))
                if kind is SitrepKind.WEEKLY:
                    for each in found:
                        (trend,) = each.part("trends").tallies
                        sums = dict(zip(trend.columns, trend.sums, strict=True))
                        assert sums["reports"] == len(each.reports)
                        assert sums["due"] == row(each, "compliance", "compliance", "MPT")["due"]

"""When check-ins fall due, in every zone and through both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import Stage, from_slot
from bot.domain.watch import Watch, slots

DAILY = Watch(
    "daily",
    ("BKO",),
    (time(8), time(20)),
    tuple(range(7)),
    None,
    opens_before=timedelta(hours=2),
    remind_before=timedelta(minutes=15),
    grace=timedelta(minutes=30),
)


def at(hour: int, minute: int = 0) -> Watch:
    return Watch(**{**DAILY.__dict__, "times": (time(hour, minute),)})


def due_on(watch: Watch, zone: str, day: date) -> list[datetime]:
    start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    return [
        one.due_at
        for one in slots(watch, zone, start - timedelta(hours=6), start + timedelta(hours=30))
        if one.key.startswith(str(day))
    ]


@pytest.mark.parametrize(
    ("zone", "day", "watch", "expected"),
    [
        ("Africa/Bamako", date(2026, 3, 8), at(8), "2026-03-08T08:00:00+00:00"),
        # Toronto, 8 March 2026: 02:00 becomes 03:00. 02:30 does not exist and moves forward by the gap.
        ("America/Toronto", date(2026, 3, 8), at(2, 30), "2026-03-08T07:30:00+00:00"),
        ("America/Toronto", date(2026, 3, 8), at(8), "2026-03-08T12:00:00+00:00"),
        # Toronto, 1 November 2026: 01:30 comes twice, the first counts.
        ("America/Toronto", date(2026, 11, 1), at(1, 30), "2026-11-01T05:30:00+00:00"),
        ("America/Toronto", date(2026, 11, 1), at(8), "2026-11-01T13:00:00+00:00"),
        ("Europe/Brussels", date(2026, 3, 29), at(2, 30), "2026-03-29T01:30:00+00:00"),
        ("Europe/Brussels", date(2026, 10, 25), at(2, 30), "2026-10-25T00:30:00+00:00"),
        ("Europe/Brussels", date(2026, 10, 25), at(0, 0), "2026-10-24T22:00:00+00:00"),
    ],
)
def test_a_local_time_has_one_instant_also_when_the_clock_changes(
    zone: str, day: date, watch: Watch, expected: str
) -> None:
    assert [one.isoformat() for one in due_on(watch, zone, day)] == [expected]


@given(
    zone=st.sampled_from(["Africa/Bamako", "America/Toronto", "Europe/Brussels", "Asia/Kathmandu", "Pacific/Apia"]),
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_exactly_one_slot_a_date_in_every_zone(zone: str, day: date, hour: int, minute: int) -> None:
    assert len(due_on(at(hour, minute), zone, day)) == 1


@given(
    after=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    cut=st.timedeltas(timedelta(), timedelta(days=3)),
    watch=st.sampled_from([DAILY, Watch(**{**DAILY.__dict__, "every": timedelta(minutes=7), "times": ()})]),
)
def test_planned_in_two_parts_is_planned_the_same(after: datetime, cut: timedelta, watch: Watch) -> None:
    until = after + timedelta(days=3)
    whole = [one.key for one in slots(watch, "America/Toronto", after, until)]
    parts = [one.key for one in slots(watch, "America/Toronto", after, after + cut)]
    parts += [one.key for one in slots(watch, "America/Toronto", after + cut, until)]
    assert parts == whole
    assert len(set(whole)) == len(whole)


def test_a_duty_s_instants_follow_from_its_watch() -> None:
    (slot,) = slots(at(8), "Africa/Bamako", datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC))
    duty = from_slot(slot, "willis", 1)
    assert [f"{duty.instant(stage):%H:%M}" for stage in Stage] == ["06:00", "07:45", "08:00", "08:15", "08:30"]


def test_one_checkin_answers_one_turn_of_a_watch_of_minutes() -> None:
    often = Watch(**{**DAILY.__dict__, "every": timedelta(minutes=2), "times": ()})
    first, second = list(
        slots(often, "UTC", datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, 0, 4, tzinfo=UTC))
    )
    assert from_slot(second, "willis", 2).opens_at == from_slot(first, "willis", 1).due_at

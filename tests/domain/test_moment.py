"""Instants as people type them, in Mali and across the clock changes of Toronto."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import No, RefusalError
from bot.domain.moment import Towards, read

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # 09:30 in Bamako, 04:30 in Toronto


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", NOW),
        ("maintenant", NOW),
        ("08:15", at(23, 8, 15)),
        ("8:15", at(23, 8, 15)),
        ("8h15", at(23, 8, 15)),
        ("8 h 15", at(23, 8, 15)),
        ("8 h", at(23, 8)),
        ("0815", at(23, 8, 15)),
        ("815", at(23, 8, 15)),
        ("22:00", at(22, 22)),  # later than now: yesterday's
        ("09:35", at(23, 9, 35)),  # a phone that runs a little ahead
        ("22 14:30", at(22, 14, 30)),
        ("30 14:30", at(30, 14, 30, month=10)),
        ("yesterday 20:04", at(22, 20, 4)),
        ("hier à 20 h 04", at(22, 20, 4)),
        ("aujourd'hui 7 h", at(23, 7)),
        ("aujourd’hui à 7 h", at(23, 7)),
        ("2026-11-20 06:10", at(20, 6, 10)),
        ("2026-11-20T06:10", at(20, 6, 10)),
        ("2026-11-20 à 6 h 10", at(20, 6, 10)),
        ("230752Z NOV 26", at(23, 7, 52)),
        ("230752znov26", at(23, 7, 52)),
        ("230752Z", at(23, 7, 52)),
        ("310752Z", at(31, 7, 52, month=10)),
    ],
)
def test_what_is_typed_in_mali(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.PAST) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", at(23, 14, 30)),
        ("08:15", at(24, 8, 15)),
        ("tomorrow 8 h", at(24, 8)),
        ("demain à 8 h", at(24, 8)),
        ("5 08:00", at(5, 8, month=12)),
        ("2026-12-05 08:00", at(5, 8, month=12)),
        ("010600Z DEC 26", at(1, 6, month=12)),
    ],
)
def test_what_lies_ahead(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.FUTURE) == expected


def test_a_date_alone_means_the_hour_that_the_question_gives() -> None:
    assert read("2026-12-05", NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=8) == at(5, 8, month=12)
    with pytest.raises(RefusalError):
        read("2026-12-05", NOW, "Africa/Bamako", Towards.FUTURE)


def test_local_time_is_that_of_the_post() -> None:
    assert read("04:00", NOW, "America/Toronto", Towards.PAST) == at(23, 9)
    assert read("2026-07-01 08:00", NOW, "America/Toronto", Towards.PAST) == at(1, 12, month=7)
    assert read("231500Z", NOW, "America/Toronto", Towards.PAST) == at(23, 15), "a date-time group is in UTC everywhere"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "25:00",
        "8:61",
        "32 08:00",
        "0 08:00",
        "2026-02-30 08:00",
        "lundi 8 h",
        "230752Z ABC 26",
        "329999Z",
        "8:5",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        read(text, NOW, "Africa/Bamako", Towards.PAST)
    assert refused.value.code is No.BAD_MOMENT


@given(st.text(max_size=20))
def test_no_text_is_a_fault(text: str) -> None:
    try:
        found = read(text, NOW, "America/Toronto", Towards.PAST)
    except RefusalError:
        return
    assert found.tzinfo is UTC


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["America/Toronto", "Africa/Bamako", "Europe/Brussels"]))
def test_a_time_of_day_is_within_the_day_before_or_after(hour: int, minute: int, zone: str) -> None:
    text = f"{hour:02}:{minute:02}"
    assert timedelta(hours=-25) <= read(text, NOW, zone, Towards.PAST) - NOW <= timedelta(minutes=10)
    assert timedelta() < read(text, NOW, zone, Towards.FUTURE) - NOW <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 décembre 2026 8 h", at(5, 8, month=12)),
        ("le 5 décembre à 8 h 30", at(5, 8, 30, month=12)),
        ("5 December 08:00", at(5, 8, month=12)),
        ("1er janvier 8 h", at(1, 8, month=1, year=2027)),
        ("5 dec 2026", at(5, 9, month=12)),
    ],
)
def test_months_by_name(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=9) == expected


@pytest.mark.parametrize("text", ["5 jui 2026 8 h", "5 lundi 8 h", "31 février 2026 8 h"])
def test_no_such_month_or_day(text: str) -> None:
    with pytest.raises(RefusalError):
        read(text, NOW, "Africa/Bamako", Towards.FUTURE)

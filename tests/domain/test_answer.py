"""Typed answers: what people write on a phone in either language, and what is refused with what is expected."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import counts, reports, typed
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Question, Where, Words
from bot.domain.period import period
from bot.domain.report_code import ADULTS, PEOPLE

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


def reading(takes: Any, text: str) -> Any:
    return typed(Question("q", takes), text, NOW, "Africa/Bamako")


def refusal(takes: Any, text: str) -> No:
    with pytest.raises(RefusalError) as refused:
        reading(takes, text)
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 8 3 0", {"women": 12, "men": 8, "girls": 3, "boys": 0}),
        ("12, 8", {"women": 12, "men": 8, "girls": 0, "boys": 0}),
        ("12 women and 8 men", {"women": 12, "men": 8, "girls": 0, "boys": 0}),
        ("8 hommes, 12 femmes, 3 filles", {"women": 12, "men": 8, "girls": 3, "boys": 0}),
        ("F12 H8 b2", {"women": 12, "men": 8, "girls": 0, "boys": 2}),
        ("12, 100", {"women": 12, "men": 100, "girls": 0, "boys": 0}),
        ("12 and 100", {"women": 12, "men": 100, "girls": 0, "boys": 0}),
        ("1200 1300", {"women": 1200, "men": 1300, "girls": 0, "boys": 0}),
        ("0 100 0 20", {"women": 0, "men": 100, "girls": 0, "boys": 20}),
        ("garçons: 2", {"women": 0, "men": 0, "girls": 0, "boys": 2}),
        ("0 0 0 0", {"women": 0, "men": 0, "girls": 0, "boys": 0}),
    ],
)
def test_counts(text: str, expected: dict[str, int]) -> None:
    assert counts(text, PEOPLE) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("12", "1 2 3", "many", "12 cats", "12 women 3 women", "-3 4", "12 8 3 0 1", "3.5 2"),
        *("3 g", "5 w 3 g", "F12 H8 g2"),  # girls in English, garçons in French
        *("1 200 1 300", "1,200 1,300", "1 200", "1\u202f200 40", "women 12 300 men"),  # thousands, or two numbers
    ],
)
def test_counts_that_leave_it_open_are_refused(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        counts(text, PEOPLE)
    assert refused.value.code in (No.BAD_COUNTS, No.BAD_NUMBER)


def test_counts_of_adults() -> None:
    assert counts("4 9", ADULTS) == {"women": 4, "men": 9}
    assert refusal(Counts(ADULTS), "4 9 1") is No.BAD_COUNTS


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("06:00 18:00", "2026-11-23T06:00", "2026-11-23T18:00"),
        ("06:00-18:00", "2026-11-23T06:00", "2026-11-23T18:00"),
        ("6 h à 18 h", "2026-11-23T06:00", "2026-11-23T18:00"),
        ("de 22 h à 6 h", "2026-11-22T22:00", "2026-11-23T06:00"),
        ("from 22:00 to 06:00", "2026-11-22T22:00", "2026-11-23T06:00"),
        ("hier à 20 h à 6 h", "2026-11-22T20:00", "2026-11-23T06:00"),
        ("2026-11-20 06:00 / 2026-11-21 06:00", "2026-11-20T06:00", "2026-11-21T06:00"),
        ("18:00 18:00", "2026-11-22T18:00", "2026-11-23T18:00"),
        ("220600Z 230559Z", "2026-11-22T06:00", "2026-11-23T05:59"),
        ("6 h 30 à 18 h", "2026-11-23T06:30", "2026-11-23T18:00"),
        ("de 6 h 30 à 18 h", "2026-11-23T06:30", "2026-11-23T18:00"),
        ("6 h 15 à 18 h 45", "2026-11-23T06:15", "2026-11-23T18:45"),
        ("6 h 15 18 h 45", "2026-11-23T06:15", "2026-11-23T18:45"),
        ("6 h 30 - 18 h", "2026-11-23T06:30", "2026-11-23T18:00"),
        ("minuit à midi", "2026-11-23T00:00", "2026-11-23T12:00"),
        ("Midnight to 12 noon", "2026-11-23T00:00", "2026-11-23T12:00"),
        ("hier midi - minuit 15", "2026-11-22T12:00", "2026-11-23T00:15"),
        ("22 06:00 - 23 06:00", "2026-11-22T06:00", "2026-11-23T06:00"),
        ("22 6 h 00 23 6 h 00", "2026-11-22T06:00", "2026-11-23T06:00"),
        ("22 novembre 6 h au 23 novembre 6 h", "2026-11-22T06:00", "2026-11-23T06:00"),
        ("221800Z NOV 26 0600", "2026-11-22T18:00", "2026-11-23T06:00"),
        ("hier 6 h à 18 h", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("hier à 6 h à 18 h", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("hier de 6 h à 18 h", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("Hier, de 6 h 30 à 18 h 30", "2026-11-22T06:30", "2026-11-22T18:30"),
        ("d'hier 18 h à aujourd'hui 6 h", "2026-11-22T18:00", "2026-11-23T06:00"),
        ("hier 22 h - 6 h", "2026-11-22T22:00", "2026-11-23T06:00"),
        ("hier 18 h à 18 h", "2026-11-22T18:00", "2026-11-23T18:00"),
        ("aujourd’hui 6 h à 18 h", "2026-11-23T06:00", "2026-11-23T18:00"),
        ("yesterday 06:00 to 18:00", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("yesterday from 6:00 until 18:00", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("from yesterday 06:00 18:00", "2026-11-22T06:00", "2026-11-22T18:00"),
        ("yesterday 22:00 to today 06:00", "2026-11-22T22:00", "2026-11-23T06:00"),
        ("today 06:00 - 18:00", "2026-11-23T06:00", "2026-11-23T18:00"),
        ("2026-11-20 06:00 / 18:00", "2026-11-20T06:00", "2026-11-20T18:00"),
        ("20 06:00 - 18:00", "2026-11-20T06:00", "2026-11-20T18:00"),
    ],
)
def test_periods(text: str, since: str, until: str) -> None:
    assert period(text, NOW, "Africa/Bamako") == {"from": f"{since}:00+00:00", "to": f"{until}:00+00:00"}


@pytest.mark.parametrize(
    "text",
    [
        *("06:00", "soon", "2026-11-24 06:00 / 2026-11-25 06:00", "2026-09-01 06:00 / 2026-11-01 06:00", "x - y"),
        *("06 00 18 00", "6 15 à 18 h", "6 h à 15 18 h"),  # days or minutes
        "22 6 h 15 18 h",  # until 18:00, or until the 15th
    ],
)
def test_periods_that_cannot_be(text: str) -> None:
    assert refusal(Period(), text) is No.BAD_PERIOD


def test_a_day_that_is_named_counts_whenever_it_is_typed() -> None:
    for hour in range(24):
        now = datetime(2026, 11, 23, hour, 5, tzinfo=UTC)
        for text in ("hier 6 h à 18 h", "yesterday 06:00 18:00", "yesterday 06:00 to yesterday 18:00"):
            found = period(text, now, "Africa/Bamako")
            assert found == {"from": "2026-11-22T06:00:00+00:00", "to": "2026-11-22T18:00:00+00:00"}, (text, hour)
    with pytest.raises(RefusalError):
        period("today 22:00 - 06:00", NOW, "Africa/Bamako")


WITHIN = (datetime(2026, 11, 22, 6, 0, tzinfo=UTC), datetime(2026, 11, 22, 18, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30", "2026-11-22T09:30"),
        ("9 h 30", "2026-11-22T09:30"),
        ("0930", "2026-11-22T09:30"),
        ("midi", "2026-11-22T12:00"),
        ("18:00", "2026-11-22T18:00"),
        ("19:00", "2026-11-22T19:00"),  # not in it either way: the latest one
        ("today 9:30", "2026-11-23T09:30"),
        ("23 9:30", "2026-11-23T09:30"),
    ],
)
def test_a_time_of_day_alone_is_that_of_the_period(text: str, expected: str) -> None:
    found = typed(Question("time", Moment()), text, NOW, "Africa/Bamako", WITHIN)
    assert found == f"{expected}:00+00:00"


@given(st.integers(0, 23), st.integers(0, 59), st.integers(1, 80), st.integers(1, 72))
def test_it_lies_in_the_period_if_it_can(hour: int, minute: int, ago: int, length: int) -> None:
    until = NOW - timedelta(hours=ago)
    within = (until - timedelta(hours=length), until)
    found = typed(Question("time", Moment()), f"{hour}:{minute:02}", NOW, "America/Toronto", within)
    local = datetime.fromisoformat(found).astimezone(ZoneInfo("America/Toronto"))
    assert (local.hour, local.minute) == (hour, minute)
    inside = within[0] <= local <= within[1]
    assert inside or length < 24
    if not inside:
        assert found == typed(Question("time", Moment()), f"{hour}:{minute:02}", NOW, "America/Toronto")


def test_what_is_past_in_no_period_is_not_ahead_of_us() -> None:
    within = (NOW - timedelta(hours=1), NOW + timedelta(hours=23))
    assert typed(Question("back_at", Moment()), "16:00", NOW, "Africa/Bamako", within) == "2026-11-23T16:00:00+00:00"


def test_seconds_are_not_kept() -> None:
    late = NOW.replace(second=31)
    for text in ("now", "maintenant"):
        assert typed(Question("time", Moment()), text, late, "Africa/Bamako") == "2026-11-23T17:45:00+00:00"


def test_a_period_may_end_at_the_midnight_that_is_near() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    found = period("14 h à minuit", late, "Africa/Bamako")
    assert found == {"from": "2026-11-23T14:00:00+00:00", "to": "2026-11-24T00:00:00+00:00"}


def test_moments() -> None:
    assert reading(Moment(), "hier à midi") == "2026-11-22T12:00:00+00:00"
    assert reading(Moment(), "midnight") == "2026-11-23T00:00:00+00:00"
    assert reading(Moment(), "2025-11-24 08:00") == "2025-11-24T08:00:00+00:00"
    for text in ("2025-11-21 08:00", "0001-01-01 00:00"):
        assert refusal(Moment(), text) is No.BAD_MOMENT


def test_the_ends_of_the_calendar_are_refused() -> None:
    for text, zone in (("0001-01-01 00:00", "Europe/Brussels"), ("9999-12-31 23:59", "America/Toronto")):
        for takes in (Moment(), Moment(ahead=True), Period()):
            with pytest.raises(RefusalError):
                typed(Question("q", takes), text, NOW, zone)
            with pytest.raises(RefusalError):
                typed(Question("q", takes), f"{text} / {text}", NOW, "Africa/Bamako")


def test_the_rest() -> None:
    assert reading(Number(), "4") == 4
    assert refusal(Number(), "four") is No.BAD_NUMBER
    assert refusal(Number(), "1000000") is No.BAD_NUMBER
    assert reading(Words(5), " abc ") == "abc"
    assert refusal(Words(5), "abcdef") is No.TOO_LONG
    assert refusal(Words(5), "   ") is No.TEXT_WANTED
    assert refusal(Choice(("a",)), "a") is No.PRESS_ONE
    assert refusal(Choices(("a",)), "a") is No.PRESS_ONE
    assert reading(Moment(), "14:30") == "2026-11-23T14:30:00+00:00"
    assert reading(Moment(ahead=True), "2026-12-05") == "2026-12-05T17:00:00+00:00"
    assert refusal(Moment(), "2026-12-05 08:00") is No.LIES_AHEAD
    assert refusal(Moment(ahead=True), "2026-11-05 08:00") is No.LIES_BEHIND
    assert reading(Where(), "Sévaré") == {"name": "Sévaré"}
    assert reading(Where(), "30p wa 123 678") == {"grid": "30PWA123678"}
    assert reading(Where(), "12.6392, -8.0029") == {"latitude": 12.6392, "longitude": -8.0029}
    assert reading(Where(), "PK 1200") == {"name": "PK 1200"}
    assert reading(Where(), "14,4843; -4,1830") == {"latitude": 14.4843, "longitude": -4.183}
    assert refusal(Where(), "WA 123 678") is No.BAD_GRID


@given(st.text(max_size=30), st.sampled_from([Counts(PEOPLE), Number(), Moment(), Period(), Where(), Words(10)]))
def test_no_text_is_a_fault(text: str, takes: Any) -> None:
    try:
        reading(takes, text)
    except RefusalError:
        return


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MLI-2026-0042", ["MLI-2026-0042"]),
        ("mli-2026-42", ["MLI-2026-0042"]),
        ("MLI – 2026 – 0042", ["MLI-2026-0042"]),
        ("CA-MLI-2026-0042", ["CA-MLI-2026-0042"]),
        ("42", ["0042"]),
        ("42, 43", ["0042", "0043"]),
        ("0042 et MLI-2025-0007; 2026-43.", ["0042", "MLI-2025-0007", "2026-0043"]),
        ("n° 42, no. 43, #44 & 42", ["0042", "0043", "0044"]),
        ("numéro 42", ["0042"]),
        ("12345", ["12345"]),
    ],
)
def test_numbers_of_reports_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    assert reports(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("aucun", "aucun"),
        ("42, tirs", "tirs"),
        ("MLI-42", "MLI-42"),
        ("42 - 43", "42-43"),
        ("1234567", "1234567"),
        ("", ""),
        ("x" * 99, "x" * 30),
    ],
)
def test_what_is_no_number_of_a_report_is_named(text: str, named: str) -> None:
    with pytest.raises(RefusalError) as refused:
        reports(text)
    assert refused.value.code is No.NO_SUCH_INCIDENT
    assert refused.value.facts == {"number": named}


@given(st.text(max_size=60))
def test_any_text_is_numbers_of_reports_or_refused(text: str) -> None:
    try:
        found = reports(text)
    except RefusalError as refused:
        assert refused.code is No.NO_SUCH_INCIDENT
    else:
        assert found == reports(", ".join(found))
    assert refusal(Links(), "42") is No.PRESS_ONE

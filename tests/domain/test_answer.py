"""Typed answers: what people write on a phone in either language, and what is refused with what is expected."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import counts, period, typed
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Moment, Number, Period, Question, Where, Words
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
    ],
)
def test_periods(text: str, since: str, until: str) -> None:
    assert period(text, NOW, "Africa/Bamako") == {"from": f"{since}:00+00:00", "to": f"{until}:00+00:00"}


@pytest.mark.parametrize(
    "text",
    [
        *("06:00", "today", "2026-11-24 06:00 / 2026-11-25 06:00", "2026-09-01 06:00 / 2026-11-01 06:00", "x - y"),
        *("06 00 18 00", "6 15 à 18 h", "6 h à 15 18 h"),  # days or minutes
        "22 6 h 15 18 h",  # until 18:00, or until the 15th
    ],
)
def test_periods_that_cannot_be(text: str) -> None:
    assert refusal(Period(), text) is No.BAD_PERIOD


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

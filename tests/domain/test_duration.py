from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import parse, spell


@given(st.timedeltas(timedelta(), timedelta(days=1000)))
def test_what_is_spelt_is_read_back(duration: timedelta) -> None:
    assert parse(spell(duration)) == duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", 30), ("15m", 900), ("2h", 7200), ("0.2s", 0.2), ("0s", 0), (" 5s ", 5), ("1.5h", 5400)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "5", "s", "-5s", "5 s", "5d", "1h30m", "5S", "٥s", "1e3s", "9999999999h", "5s\n5s"]
)
def test_anything_else_is_refused_with_the_form_expected(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; expected a number and a unit, such as 30s, 15m or 2h"):
        parse(text)


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(hours=2), "2h"),
        (timedelta(minutes=90), "90m"),
        (timedelta(0), "0s"),
        (timedelta(seconds=0.25), "0.25s"),
    ],
)
def test_the_largest_whole_unit(duration: timedelta, text: str) -> None:
    assert spell(duration) == text

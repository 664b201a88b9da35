"""A clock that was set back, and a question that has scrolled away."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.line import CLOCK_NOISE, set_back
from bot.domain.talk import QUESTION_LIFE, still_open

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOTHING = timedelta()


@pytest.mark.parametrize(
    ("moved", "by"),
    [
        (timedelta(hours=-1), timedelta(hours=1)),
        (-CLOCK_NOISE, NOTHING),
        (-CLOCK_NOISE - timedelta(microseconds=1), CLOCK_NOISE + timedelta(microseconds=1)),
        (NOTHING, NOTHING),
        (timedelta(hours=1), NOTHING),
    ],
)
def test_only_a_clock_set_back_counts_and_no_noise(moved: timedelta, by: timedelta) -> None:
    assert set_back(NOON, NOON + moved) == by


def test_a_question_is_open_for_its_hour_also_when_the_clock_was_set_back() -> None:
    assert still_open(NOON, NOON + QUESTION_LIFE)
    assert not still_open(NOON, NOON + QUESTION_LIFE + timedelta(seconds=1))
    assert still_open(NOON, NOON - timedelta(hours=1))

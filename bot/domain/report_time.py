"""The times of one report bear on each other: which comes first, and which day a time of day alone means."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import No, RefusalError
from bot.domain.moment import AHEAD_OF_US

# What cannot come before what. Who was on the scene as it began may have read another clock; nobody hears of an
# incident before it occurs.
_ORDER = (
    ("left_at", "first_place_at", timedelta()),
    ("left_at", "back_at", timedelta()),
    ("first_place_at", "back_at", timedelta()),
    ("occurred_at", "informed_at", timedelta()),
    ("occurred_at", "on_scene_at", AHEAD_OF_US),
    ("occurred_at", "police_at", AHEAD_OF_US),
)
# A patrol and what follows an incident are told in times of the day on which they began.
_FOLLOWS_WITHIN = timedelta(days=1)


def check(answers: Mapping[str, Any], key: str, value: Any) -> None:
    """Raise RefusalError TOO_EARLY or TOO_LATE if an answer contradicts a time that the report holds already.

    The refusal names the field of that other time, and the time. `answers`: those that count.
    """
    for first, then, slack in _ORDER:
        if key == then and first in answers and _instant(value) < _instant(answers[first]) - slack:
            raise RefusalError(No.TOO_EARLY, key=key, field=first, at=answers[first])
        if key == first and then in answers and _instant(answers[then]) < _instant(value) - slack:
            raise RefusalError(No.TOO_LATE, key=key, field=then, at=answers[then])


def check_all(answers: Mapping[str, Any]) -> None:
    """Raise RefusalError TOO_EARLY for the first time that contradicts another one of the report."""
    for _, then, _ in _ORDER:
        if then in answers:
            check(answers, then, answers[then])


def window(answers: Mapping[str, Any], key: str) -> tuple[datetime, datetime] | None:
    """Return the time in which the answer `key` lies as far as the report knows: its period, or the day it began on."""
    if period := answers.get("period"):
        return _instant(period["from"]), _instant(period["to"])
    began = next((first for first, then, _ in _ORDER if then == key and first in answers), None)
    if began is None:
        return None
    since = _instant(answers[began])
    return since, since + _FOLLOWS_WITHIN


def outside(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of what took place before or after the period of the report; one without a period has none.

    It may be meant, so it is pointed out and not refused. What is still to be done is no part of the period.
    """
    period = answers.get("period")
    if period is None:
        return ()
    since, until = _instant(period["from"]), _instant(period["to"])
    times = [key for key in answers if key.rpartition(".")[2] == "time"]
    return tuple(key for key in times if not since <= _instant(answers[key]) <= until)


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)

"""What is typed in answer to a question of a form, as the value that is kept; or one refusal.

Values are plain, so that they go through JSON: instants as ISO 8601 in UTC, places as mappings.
"""

import re
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.domain import place as places
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Question, Where, Words
from bot.domain.moment import AHEAD_OF_US, Towards, resolve
from bot.domain.moment_said import Said, folded, parse
from bot.domain.period import PAST_MAX, period
from bot.domain.place import Place

Window = tuple[datetime, datetime]

NUMBER_MAX = 99_999
_SHOWN = 30  # of what was typed and is no number: enough to know it again
# When something is due on a day of which no hour was said.
DUE_AT = 17

# Words that name a group in either language, folded; one letter is enough, but for "g": girls or garçons.
_GROUP_WORDS = {
    "women": {"women", "woman", "femmes", "femme", "w", "f"},
    "men": {"men", "man", "hommes", "homme", "m", "h"},
    "girls": {"girls", "girl", "filles", "fille", "fi", "gi"},
    "boys": {"boys", "boy", "garcons", "garcon", "b"},
}
_NAMED = re.compile(r"(\d+)\s*([a-z]+)|([a-z]+)\s*[:=]?\s*(\d+)")
_AND = re.compile(r"\b(?:and|et)\b")
# `1 200` and `1,200`: thousands, or two numbers.
_THOUSANDS = re.compile(r"(?<!\d)[1-9]\d{0,2}[ ,]\d{3}(?!\d)")
# A number of a report, whole or from its year or its count on: `MLI-2026-0042`, `2026-42`, `42`, `n° 42`.
_REPORT = re.compile(r"(?:(?:([A-Z0-9_-]{1,16})-)?(\d{4})-)?(\d{1,6})", re.ASCII)
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_NUMERO = re.compile(r"\bn(?:os?|umbers?|um[eé]ros?)?\s*[.°º]?\s*(?=\d)|#", re.IGNORECASE)


def typed(question: Question, text: str, now: datetime, timezone: str, within: Window | None = None) -> Any:
    """Return the value of a typed answer; local times are those of `timezone`. Raises RefusalError.

    A choice is not typed: PRESS_ONE (the caller may know the words that stand on its buttons, and reads `reports` by
    their numbers). `within`: the time in which a moment lies as far as the report knows.
    """
    said = text.strip()
    if not said:
        raise RefusalError(No.TEXT_WANTED)
    match question.takes:
        case Choice() | Choices() | Links():
            raise RefusalError(No.PRESS_ONE)
        case Counts(groups):
            return counts(said, groups)
        case Number():
            return _number(said)
        case Words(most):
            if len(said) > most:
                raise RefusalError(No.TOO_LONG, limit=most, length=len(said))
            return said
        case Moment(ahead):
            return moment(said, now, timezone, ahead=ahead, within=within)
        case Period():
            return period(said, now, timezone)
        case Where():
            return where(said)


def moment(said: str, now: datetime, timezone: str, *, ahead: bool, within: Window | None = None) -> str:
    """Return the instant that was typed, to the minute, ISO 8601 in UTC.

    Raises RefusalError BAD_MOMENT, LIES_AHEAD, LIES_BEHIND. What is not ahead and longer ago than PAST_MAX is
    BAD_MOMENT. A time of day alone is the latest one; if that is not `within`, the latest one that is. Ahead, a day
    alone is at DUE_AT.
    """
    what = parse(said)
    if what is None:
        raise RefusalError(No.BAD_MOMENT)
    towards = Towards.FUTURE if ahead else Towards.PAST
    found = resolve(what, now, timezone, towards, date_alone_hour=DUE_AT if ahead else None)
    if within is not None and not ahead and what.clock_alone:
        found = _inside(found, what, now, timezone, within)
    if ahead and found < now:
        raise RefusalError(No.LIES_BEHIND)
    if not ahead and found > now + AHEAD_OF_US:
        raise RefusalError(No.LIES_AHEAD)
    if not ahead and found < now - PAST_MAX:
        raise RefusalError(No.BAD_MOMENT)
    return to_the_minute(found)


def to_the_minute(at: datetime) -> str:
    """Return an instant as an answer keeps it: nobody types seconds, and what is pressed compares with that."""
    return at.replace(second=0, microsecond=0).isoformat()


def _inside(found: datetime, what: Said, now: datetime, timezone: str, within: Window) -> datetime:
    """Return the time of day inside a window, where there is one that is not ahead of us; else what was found."""
    since, until = within
    if since <= found <= until:
        return found
    other = resolve(what, min(until, now), timezone, Towards.PAST, slack=timedelta())
    return other if since <= other else found


def counts(said: str, groups: tuple[str, ...]) -> dict[str, int]:
    """Return a number for each group: `12 8` or `12 8 3 0` in their order, or `12 women, 8 men`.

    Raises RefusalError BAD_COUNTS, also for `1 200 1 300`, where thousands may be meant; `12, 100` is taken.
    """
    plain = _AND.sub(" ", folded(said))
    if _THOUSANDS.search(plain):
        raise RefusalError(No.BAD_COUNTS)
    bare = plain.replace(",", " ").replace(";", " ").split()
    if all(one.isdecimal() for one in bare):
        # Women and men alone, or everybody; three numbers would leave it open who was meant.
        if len(bare) not in (2, len(groups)):
            raise RefusalError(No.BAD_COUNTS)
        found = dict(zip(groups, (_number(one) for one in bare), strict=False))
    else:
        found = _named_counts(plain, groups)
    return {group: found.get(group, 0) for group in groups}


def _named_counts(plain: str, groups: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    rest = plain
    for one in _NAMED.finditer(plain):
        number, word = one[1] or one[4], one[2] or one[3]
        group = next((g for g in groups if word in _GROUP_WORDS[g]), None)
        if group is None or group in found:
            raise RefusalError(No.BAD_COUNTS)
        found[group] = _number(number)
        rest = rest.replace(one[0], " ", 1)
    if not found or set(rest) - set(" ,;.+&"):
        raise RefusalError(No.BAD_COUNTS)
    return found


def where(said: str) -> dict[str, Any]:
    """Return a place from a name, a grid reference or coordinates. Raises BAD_GRID, BAD_COORDINATES, TOO_LONG."""
    if grid := places.grid_in(said):
        return as_kept(Place(grid=grid))
    if found := places.coordinates_in(said):
        return as_kept(Place(latitude=found[0], longitude=found[1]))
    if len(said) > places.NAME_MAX:
        raise RefusalError(No.TOO_LONG, limit=places.NAME_MAX, length=len(said))
    return as_kept(Place(name=said))


def reports(said: str) -> list[str]:
    """Return the numbers of reports that were typed, each as far as it was: `MLI-2026-0042`, `2026-0042` or `0042`.

    Raises RefusalError NO_SUCH_INCIDENT with the first that is none.
    """
    plain = _NUMERO.sub(" ", _DASHES.sub("-", _AND.sub(" ", said)))
    found = []
    for one in re.split(r"[\s,;/&+]+", plain.strip(" ,;/&+.")):
        read = _REPORT.fullmatch(one.upper())
        if read is None:
            raise RefusalError(No.NO_SUCH_INCIDENT, number=one[:_SHOWN])
        found.append("-".join(part for part in (read[1], read[2], f"{int(read[3]):04}") if part))
    return list(dict.fromkeys(found))


def as_kept(place: Place) -> dict[str, Any]:
    """Return a place as a plain value: only what is known of it."""
    return {name: value for name, value in asdict(place).items() if value is not None}


def _number(said: str) -> int:
    if not said.isdecimal() or not said.isascii() or int(said) > NUMBER_MAX:
        raise RefusalError(No.BAD_NUMBER)
    return int(said)

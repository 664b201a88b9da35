"""What is typed in answer to a question of a form, as the value that is kept; or one refusal.

Values are plain, so that they go through JSON: instants as ISO 8601 in UTC, places as mappings.
"""

import re
import unicodedata
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.domain import place as places
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Moment, Number, Period, Question, Where, Words
from bot.domain.moment import AHEAD_OF_US, Towards, read
from bot.domain.place import Place

NUMBER_MAX = 99_999
# A shift may be reported a little before its end; a report covers a month at the most.
BEFORE_ITS_END = timedelta(hours=2)
PERIOD_MAX = timedelta(days=31)

# Words that name a group in either language, folded; one letter is enough.
_GROUP_WORDS = {
    "women": {"women", "woman", "femmes", "femme", "w", "f"},
    "men": {"men", "man", "hommes", "homme", "m", "h"},
    "girls": {"girls", "girl", "filles", "fille", "fi", "gi"},
    "boys": {"boys", "boy", "garcons", "garcon", "g", "b"},
}
_NAMED = re.compile(r"(\d+)\s*([a-z]+)|([a-z]+)\s*[:=]?\s*(\d+)")
_AND = re.compile(r"\b(?:and|et)\b")
_BETWEEN = re.compile(r"\s*(?:–|—|-|/|,|;|\bto\b|\buntil\b|\bà\b|\bau\b|\s)\s*")
_LEADING = re.compile(r"^(?:from|de|du|of)\s+", re.IGNORECASE)


def typed(question: Question, text: str, now: datetime, timezone: str) -> Any:
    """Return the value of a typed answer; local times are those of `timezone`. Raises RefusalError.

    A choice is not typed: PRESS_ONE (the caller may know the words that stand on its buttons).
    """
    said = text.strip()
    if not said:
        raise RefusalError(No.TEXT_WANTED)
    match question.takes:
        case Choice() | Choices():
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
            return moment(said, now, timezone, ahead=ahead)
        case Period():
            return period(said, now, timezone)
        case Where():
            return where(said)


def moment(said: str, now: datetime, timezone: str, *, ahead: bool) -> str:
    """Return the instant that was typed, ISO 8601 in UTC. Raises RefusalError BAD_MOMENT, LIES_AHEAD, LIES_BEHIND."""
    found = read(said, now, timezone, Towards.FUTURE if ahead else Towards.PAST, date_alone_hour=17 if ahead else None)
    if ahead and found < now:
        raise RefusalError(No.LIES_BEHIND)
    if not ahead and found > now + AHEAD_OF_US:
        raise RefusalError(No.LIES_AHEAD)
    return found.isoformat()


def period(said: str, now: datetime, timezone: str) -> dict[str, str]:
    """Return `from` and `to` of what was typed, such as `06:00 18:00` or `de 22 h à 6 h`. Raises BAD_PERIOD."""
    plain = _LEADING.sub("", " ".join(said.split()))
    for cut in _BETWEEN.finditer(plain):
        try:
            until = read(plain[cut.end() :], now, timezone, Towards.PAST, slack=BEFORE_ITS_END)
            since = read(plain[: cut.start()], until, timezone, Towards.PAST, slack=timedelta())
        except RefusalError:
            continue
        if since == until:
            since -= timedelta(days=1)
        return span(since, until, now)
    raise RefusalError(No.BAD_PERIOD)


def span(since: datetime, until: datetime, now: datetime) -> dict[str, str]:
    """Return a period as it is kept. Raises RefusalError BAD_PERIOD: backwards, over a month, or ahead of us."""
    if not timedelta() < until - since <= PERIOD_MAX or until > now + BEFORE_ITS_END:
        raise RefusalError(No.BAD_PERIOD)
    return {"from": since.isoformat(), "to": until.isoformat()}


def counts(said: str, groups: tuple[str, ...]) -> dict[str, int]:
    """Return a number for each group: `12 8` or `12 8 3 0` in their order, or `12 women, 8 men`. Raises BAD_COUNTS."""
    folded = _AND.sub(" ", _fold(said))
    bare = folded.replace(",", " ").replace(";", " ").split()
    if all(one.isdecimal() for one in bare):
        # Women and men alone, or everybody; three numbers would leave it open who was meant.
        if len(bare) not in (2, len(groups)):
            raise RefusalError(No.BAD_COUNTS)
        found = dict(zip(groups, (_number(one) for one in bare), strict=False))
    else:
        found = _named_counts(folded, groups)
    return {group: found.get(group, 0) for group in groups}


def _named_counts(folded: str, groups: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    rest = folded
    for one in _NAMED.finditer(folded):
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


def as_kept(place: Place) -> dict[str, Any]:
    """Return a place as a plain value: only what is known of it."""
    return {name: value for name, value in asdict(place).items() if value is not None}


def _number(said: str) -> int:
    if not said.isdecimal() or not said.isascii() or int(said) > NUMBER_MAX:
        raise RefusalError(No.BAD_NUMBER)
    return int(said)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())

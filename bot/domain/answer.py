"""What is typed in answer to a question of a form, as the value that is kept; or one refusal.

Values are plain, so that they go through JSON: instants as ISO 8601 in UTC, places as mappings.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.domain import place as places
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Question, Where, Words
from bot.domain.moment import AHEAD_OF_US, DAY_WORDS, Towards, read
from bot.domain.place import Place

Window = tuple[datetime, datetime]

NUMBER_MAX = 99_999
# A shift may be reported a little before its end; a report covers a month at the most.
BEFORE_ITS_END = timedelta(hours=2)
PERIOD_MAX = timedelta(days=31)
# What happened longer ago is a slip of the year; one day more than most years have.
PAST_MAX = timedelta(days=366)
_SHOWN = 30  # of what was typed and is no number: enough to know it again

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
# What parts the two ends of a period; a space also stands within a time (`6 h 30`) and is tried last.
_BETWEEN = re.compile(r"\s*(?:[–—/,;-]|\b(?:to|until|à|au)\b)\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_CLOCK_ALONE = re.compile(r"\d{1,2}\s*[:h]\s*(?:\d{2})?|\d{3,4}", re.IGNORECASE)
_DAY_AND_CLOCK = re.compile(r"\d{1,2}\s+(?:(?:à|at)\s+)?\d.*")
_CLOCK_WORD = re.compile(r"\b(?:12(?::00)?\s+(?=noon|midnight))?(noon|midnight|midi|minuit)\b", re.IGNORECASE)
_DAY_WORD = re.compile("|".join(DAY_WORDS), re.IGNORECASE)
# Before the start, or between its day and its time: `de 22 h à 6 h`, `d'hier 6 h`, `hier de 6 h à 18 h`.
_LEADING = re.compile(rf"^((?:{_DAY_WORD.pattern}),?\s+)?(?:(?:from|de|du|of)\s+|d['’])", re.IGNORECASE)


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
    BAD_MOMENT. A time of day alone is the latest one; if that is not `within`, the latest one that is.
    """
    plain = _in_digits(said)
    towards = Towards.FUTURE if ahead else Towards.PAST
    found = _instant(plain, now, timezone, towards, date_alone_hour=17 if ahead else None)
    if within is not None and not ahead and _CLOCK_ALONE.fullmatch(plain):
        found = _inside(found, plain, now, timezone, within)
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


def _inside(found: datetime, plain: str, now: datetime, timezone: str, within: Window) -> datetime:
    """Return the time of day inside a window, where there is one that is not ahead of us; else what was found."""
    since, until = within
    if since <= found <= until:
        return found
    other = _instant(plain, min(until, now), timezone, Towards.PAST, slack=timedelta())
    return other if since <= other else found


def _in_digits(said: str) -> str:
    """Return a text with the words for noon and midnight as times."""
    return _CLOCK_WORD.sub(lambda word: "12 h" if word[1].casefold() in ("noon", "midi") else "0 h", said)


def _instant(
    said: str,
    now: datetime,
    timezone: str,
    towards: Towards,
    *,
    date_alone_hour: int | None = None,
    slack: timedelta = AHEAD_OF_US,
) -> datetime:
    """Return what `read` does; an instant that no calendar has is refused too (year 1 east of Greenwich)."""
    try:
        return read(said, now, timezone, towards, date_alone_hour=date_alone_hour, slack=slack)
    except OverflowError:
        raise RefusalError(No.BAD_MOMENT) from None


def period(said: str, now: datetime, timezone: str) -> dict[str, str]:
    """Return `from` and `to` of what was typed, such as `06:00 18:00` or `de 22 h à 6 h`.

    Raises RefusalError BAD_PERIOD, also where two readings are as good as each other.
    """
    plain = _in_digits(_LEADING.sub(r"\1", " ".join(said.split())))
    for parting in (_BETWEEN, _SPACE):
        found: list[dict[str, str]] = []
        for cut in parting.finditer(plain):
            with suppress(RefusalError, OverflowError):
                one = _between(plain[: cut.start()], plain[cut.end() :], now, timezone)
                if one not in found:
                    found.append(one)
        if len(found) == 1:
            return found[0]
        if found:
            break
    raise RefusalError(No.BAD_PERIOD)


def _between(left: str, right: str, now: datetime, timezone: str) -> dict[str, str]:
    """Return the period between two typed ends; raises RefusalError if they are none, or may be something else."""
    # Somebody who names no day at the start names none at the end: `30 18 h` is then minutes and an hour.
    if _CLOCK_ALONE.fullmatch(left) and _DAY_AND_CLOCK.fullmatch(right):
        raise RefusalError(No.BAD_PERIOD)
    if _CLOCK_ALONE.fullmatch(right) and not _CLOCK_ALONE.fullmatch(left):
        # The start names its day, and the end the first such time after it: `hier 6 h à 18 h`.
        since = _instant(left, now, timezone, Towards.PAST)
        return span(since, _instant(right, since, timezone, Towards.FUTURE), now)
    until = _instant(right, now, timezone, Towards.PAST, slack=BEFORE_ITS_END)
    if _CLOCK_ALONE.fullmatch(right) and until + timedelta(days=1) <= now + BEFORE_ITS_END:
        until += timedelta(days=1)  # soon, but past midnight
    # "Yesterday" is ours; a time of day or a day of the month is the last one before the end.
    since = _instant(left, now if _DAY_WORD.match(left) else until, timezone, Towards.PAST, slack=timedelta())
    if since == until:
        since -= timedelta(days=1)
    return span(since, until, now)


def span(since: datetime, until: datetime, now: datetime) -> dict[str, str]:
    """Return a period as it is kept. Raises RefusalError BAD_PERIOD: backwards, over a month, or ahead of us."""
    if not timedelta() < until - since <= PERIOD_MAX or until > now + BEFORE_ITS_END:
        raise RefusalError(No.BAD_PERIOD)
    return {"from": since.isoformat(), "to": until.isoformat()}


def counts(said: str, groups: tuple[str, ...]) -> dict[str, int]:
    """Return a number for each group: `12 8` or `12 8 3 0` in their order, or `12 women, 8 men`.

    Raises RefusalError BAD_COUNTS, also for `1 200 1 300`, where thousands may be meant; `12, 100` is taken.
    """
    folded = _AND.sub(" ", _fold(said))
    if _THOUSANDS.search(folded):
        raise RefusalError(No.BAD_COUNTS)
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


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())

"""Instants as people type them: a time of day, a day and a time, or a date-time group."""

import re
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.domain.errors import No, RefusalError

# A phone's clock may run ahead of ours: so much of the future is still "now" to whoever types it.
AHEAD_OF_US = timedelta(minutes=10)

DAY_WORDS = {
    "today": 0, "aujourd'hui": 0, "aujourd’hui": 0,
    "yesterday": -1, "hier": -1,
    "tomorrow": 1, "demain": 1,
}  # fmt: skip
_NOW = frozenset({"now", "maintenant"})
_MONTH_NAMES = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
}  # fmt: skip
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# `08:15`, `8 h 15`, `8 h`, `0815`.
_CLOCK = r"(?P<hour>\d{1,2})(?:\s*[:hH]\s*(?P<minute>\d{2})?|(?P<together>\d{2}))"
_FORMS = (
    re.compile(rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}})(?:[T,\s]+(?:à\s+|at\s+)?{_CLOCK})?"),
    re.compile(
        r"(?:le\s+)?(?P<day>\d{1,2})(?:er)?\s+(?P<month>[^\W\d]{3,})\.?(?:\s+(?P<year>\d{4}))?"
        rf"(?:[,\s]+(?:à\s+|at\s+)?{_CLOCK})?"
    ),
    re.compile(rf"(?P<word>[^\W\d]+['’]?[^\W\d]*)[,\s]+(?:à\s+|at\s+)?{_CLOCK}"),
    re.compile(rf"(?P<day>\d{{1,2}})\s+(?:à\s+|at\s+)?{_CLOCK}"),
    re.compile(_CLOCK),
)
# The date-time group of a signal, `271545Z FEB 08`; without month and year the one nearest to now.
_GROUP = re.compile(r"(\d{2})(\d{2})(\d{2})Z(?:\s*([A-Z]{3})(?:\s*(\d{2}))?)?")


class Towards(Enum):
    """Which of two days a time of day alone means."""

    PAST = auto()
    FUTURE = auto()


def read(
    text: str,
    now: datetime,
    timezone: str,
    towards: Towards,
    *,
    date_alone_hour: int | None = None,
    slack: timedelta = AHEAD_OF_US,
) -> datetime:
    """Return the UTC instant that `text` says in the local time of `timezone`.

    A time of day alone is the latest one past, or the next one ahead; `slack`: so far ahead still counts as past.
    `date_alone_hour`: what a date without a time means; where it is not given, such a date is refused. Raises
    RefusalError BAD_MOMENT.
    """
    plain = " ".join(text.split())
    if plain.casefold() in _NOW:
        return now
    if group := _GROUP.fullmatch(plain.upper()):
        return _from_group(group, now)
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _from_parts(found.groupdict(), local, towards, date_alone_hour, slack).astimezone(UTC)
    raise RefusalError(No.BAD_MOMENT)


def _from_group(group: re.Match[str], now: datetime) -> datetime:
    day, hour, minute, month, year = group.groups()
    if month is not None and month not in _MONTHS:
        raise RefusalError(No.BAD_MOMENT)
    candidates = []
    for near in (now, now - timedelta(days=28), now + timedelta(days=28)):
        try:
            candidates.append(
                datetime(
                    2000 + int(year) if year else near.year,
                    _MONTHS.index(month) + 1 if month else near.month,
                    int(day),
                    int(hour),
                    int(minute),
                    tzinfo=UTC,
                )
            )
        except ValueError:
            continue
    if not candidates:
        raise RefusalError(No.BAD_MOMENT)
    return min(candidates, key=lambda one: abs(one - now))


def _from_parts(
    parts: dict[str, str | None], local: datetime, towards: Towards, date_alone_hour: int | None, slack: timedelta
) -> datetime:
    hour, minute = _clock_of(parts, date_alone_hour)
    try:
        at = local.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
        if day := _day_of(parts, at, local, towards):
            return day
    except (ValueError, KeyError) as error:
        raise RefusalError(No.BAD_MOMENT) from error
    if towards is Towards.PAST and at > local + slack:
        return at - timedelta(days=1)
    if towards is Towards.FUTURE and at <= local:
        return at + timedelta(days=1)
    return at


def _clock_of(parts: dict[str, str | None], date_alone_hour: int | None) -> tuple[int, int]:
    if parts.get("hour") is not None:
        return int(parts["hour"] or 0), int(parts["minute"] or parts["together"] or 0)
    if date_alone_hour is None:
        raise RefusalError(No.BAD_MOMENT)
    return date_alone_hour, 0


def _day_of(parts: dict[str, str | None], at: datetime, local: datetime, towards: Towards) -> datetime | None:
    """Return `at` on the day that was named, or nothing if none was; raises ValueError or KeyError."""
    if date := parts.get("date"):
        day = datetime.fromisoformat(date)
        return at.replace(year=day.year, month=day.month, day=day.day)
    if word := parts.get("word"):
        return at + timedelta(days=DAY_WORDS[word.casefold()])
    if month := parts.get("month"):
        return _named(at, local, int(parts["day"] or 0), _month(month), parts.get("year"), towards)
    if number := parts.get("day"):
        return _day_of_month(at, int(number), local, towards)
    return None


def _month(name: str) -> int:
    """Return the month that a name or its beginning means, in either language; raises ValueError."""
    said = name.casefold()
    found = {number for known, number in _MONTH_NAMES.items() if known.startswith(said)}
    if len(found) != 1:
        raise ValueError("no month, or more than one, begins like that")
    return found.pop()


def _named(at: datetime, local: datetime, day: int, month: int, year: str | None, towards: Towards) -> datetime:
    """Return a day given with the name of its month; without a year it is the nearest on that side of now."""
    first = at.replace(day=1)
    if year:
        return first.replace(year=int(year), month=month).replace(day=day)
    this_year = first.replace(month=month).replace(day=day)
    if towards is Towards.FUTURE and this_year <= local - timedelta(days=1):
        return this_year.replace(year=local.year + 1)
    if towards is Towards.PAST and this_year > local + timedelta(days=1):
        return this_year.replace(year=local.year - 1)
    return this_year


def _day_of_month(at: datetime, day: int, local: datetime, towards: Towards) -> datetime:
    """Return `at` on that day of this month, or of the one before or after where that is what is meant."""
    if not 1 <= day <= 31:
        raise ValueError("no month has that day")
    step = -1 if towards is Towards.PAST else 1
    month = at.year * 12 + at.month - 1
    for back in range(3):
        year, index = divmod(month + step * back, 12)
        try:
            found = at.replace(year=year, month=index + 1, day=day)
        except ValueError:
            continue
        if (found <= local + AHEAD_OF_US) if towards is Towards.PAST else (found > local):
            return found
    raise ValueError("that day is not near")

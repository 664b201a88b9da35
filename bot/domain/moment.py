"""Instants as people type them: a time of day, a day and a time, or a date-time group."""

import re
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.domain.errors import No, RefusalError
from bot.domain.moment_said import Day, Said, parse

# A phone's clock may run ahead of ours: so much of the future is still "now" to whoever types it.
AHEAD_OF_US = timedelta(minutes=10)

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
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
    """Return the UTC instant that `text` says in the local time of `timezone`; raises RefusalError BAD_MOMENT."""
    said = parse(text)
    if said is None:
        raise RefusalError(No.BAD_MOMENT)
    return resolve(said, now, timezone, towards, date_alone_hour=date_alone_hour, slack=slack)


def resolve(
    said: Said,
    now: datetime,
    timezone: str,
    towards: Towards,
    *,
    date_alone_hour: int | None = None,
    slack: timedelta = AHEAD_OF_US,
) -> datetime:
    """Return the UTC instant that is meant.

    A time of day alone is the latest one past, or the next one ahead; `slack`: so far ahead still counts as past.
    `date_alone_hour`: what a date without a time means; where it is not given, such a date is refused. Raises
    RefusalError BAD_MOMENT, also for what may mean two days: midnight beside a day, a weekday or a day of the month
    that is today's where only a week or a month off would fit.
    """
    if said.at_once:
        return now
    local = now.astimezone(ZoneInfo(timezone))
    try:
        if said.group is None:
            return _local(said, local, towards, date_alone_hour, slack).astimezone(UTC)
        group = _from_group(said.group, now)
        if said.clock is not None and _local(said, local, towards, None, slack).replace(
            tzinfo=None, fold=0
        ) != group.astimezone(local.tzinfo).replace(tzinfo=None, fold=0):
            raise ValueError("the words say another instant than the group beside them")
    except (ValueError, OverflowError) as error:
        raise RefusalError(No.BAD_MOMENT) from error
    return group


def whole_day(day: Day, now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Return when a local day, the latest of that name, begins and ends (UTC). Raises RefusalError BAD_MOMENT."""
    local = now.astimezone(ZoneInfo(timezone))
    try:
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        begins = _on(day, midnight, local, Towards.PAST, timedelta())
        if day.weekday == local.weekday() and day.number is None:
            raise ValueError("today, or a week ago")
        return begins.astimezone(UTC), (begins + timedelta(days=1)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RefusalError(No.BAD_MOMENT) from error


def _from_group(said: str, now: datetime) -> datetime:
    found = _GROUP.fullmatch(said)
    day, hour, minute, month, year = found.groups() if found is not None else ("0",) * 5
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
        raise ValueError("no such group")
    return min(candidates, key=lambda one: abs(one - now))


def _local(said: Said, local: datetime, towards: Towards, date_alone_hour: int | None, slack: timedelta) -> datetime:
    """Return the instant of a day and a time of day, in local time; raises ValueError or OverflowError."""
    if said.clock is not None:
        hour, minute = said.clock.hour, said.clock.minute
    elif date_alone_hour is not None and said.day_alone:
        hour, minute = date_alone_hour, 0
    else:
        raise ValueError("a day without a time")
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    if said.day is not None:
        if said.clock is not None and said.clock.midnight:
            raise ValueError("the midnight before that day, or the one after")
        return _on(said.day, at, local, towards, slack)
    if towards is Towards.PAST and at > local + slack:
        return at - timedelta(days=1)
    if towards is Towards.FUTURE and at <= local:
        return at + timedelta(days=1)
    return at


def _on(day: Day, at: datetime, local: datetime, towards: Towards, slack: timedelta) -> datetime:
    """Return `at` on the day that was named; raises ValueError."""
    if day.shift is not None:
        return at + timedelta(days=day.shift)
    if day.number is None:
        return _on_weekday(at, day.weekday or 0, local, towards, slack)
    if day.month is None:
        found = _day_of_month(at, day.number, local, towards, slack)
    else:
        found = _named(at, local, day.number, day.month, day.year, towards)
    if day.weekday is not None and day.weekday != found.weekday():
        raise ValueError("that date is another day of the week")
    return found


def _on_weekday(at: datetime, weekday: int, local: datetime, towards: Towards, slack: timedelta) -> datetime:
    """Return `at` on the nearest such day on that side of now; today only if it is past, or else who knows."""
    days = (weekday - local.weekday()) % 7
    if days == 0:
        if towards is Towards.PAST and at <= local + slack:
            return at
        raise ValueError("today, or in a week")
    return at + timedelta(days=days if towards is Towards.FUTURE else days - 7)


def _named(at: datetime, local: datetime, day: int, month: int, year: int | None, towards: Towards) -> datetime:
    """Return a day given with its month; without a year it is the nearest on that side of now."""
    first = at.replace(day=1)
    if year is not None:
        return first.replace(year=year, month=month).replace(day=day)
    this_year = first.replace(month=month).replace(day=day)
    if towards is Towards.FUTURE and this_year <= local - timedelta(days=1):
        return this_year.replace(year=local.year + 1)
    if towards is Towards.PAST and this_year > local + timedelta(days=1):
        return this_year.replace(year=local.year - 1)
    return this_year


def _day_of_month(at: datetime, day: int, local: datetime, towards: Towards, slack: timedelta) -> datetime:
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
        if (found <= local + slack) if towards is Towards.PAST else (found > local):
            return found
        if found.date() == local.date():
            raise ValueError("today, or a month off")
    raise ValueError("that day is not near")

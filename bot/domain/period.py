"""Periods as people type them: two ends, each a time of day or a day and a time, or the name of a day."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import No, RefusalError
from bot.domain.moment import Towards, resolve, whole_day
from bot.domain.moment_said import Said, folded, parse

# A shift may be reported a little before its end; a report covers a month at the most.
BEFORE_ITS_END = timedelta(hours=2)
PERIOD_MAX = timedelta(days=31)
# What happened longer ago is a slip of the year; one day more than most years have.
PAST_MAX = timedelta(days=366)

# Two ends and what is between them; a text that is longer is no period, and would take long to try.
_WORDS_MAX = 36
# What parts the two ends; a space also stands within a time (`6 h 30`) and is tried last. All of it is folded.
_BETWEEN = re.compile(r"\s*(?:[–—/,;-]|\b(?:to|until|till|jusqu'au?|a|au)\b)\s*")
_SPACE = re.compile(r"\s+")
# Before the start, or between its day and its time: `de 22 h à 6 h`, `d'hier 6 h`, `hier de 6 h à 18 h`.
_LEADING = re.compile(r"^(?:(?:from|de|du|of)\s+|d')")
_INNER = re.compile(r",?\s+(?:from|de)\s+(?=\d|midi|minuit|noon|midnight)")


def period(said: str, now: datetime, timezone: str) -> dict[str, str]:
    """Return `from` and `to` of what was typed, such as `06:00 18:00`, `de 22 h hier à 6 h` or `yesterday`.

    A day alone is all of it, and today until now. Raises RefusalError BAD_PERIOD, also where two readings are as good
    as each other.
    """
    plain = _INNER.sub(" ", _LEADING.sub("", folded(said)))
    if len(_SPACE.findall(plain)) >= _WORDS_MAX or len(_BETWEEN.findall(plain)) >= _WORDS_MAX:
        raise RefusalError(No.BAD_PERIOD)
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
            raise RefusalError(No.BAD_PERIOD)
    return _whole(plain, now, timezone)


def _whole(plain: str, now: datetime, timezone: str) -> dict[str, str]:
    said = parse(plain)
    if said is None or said.day is None or not said.day_alone:
        raise RefusalError(No.BAD_PERIOD)
    try:
        since, until = whole_day(said.day, now, timezone)
    except RefusalError:
        raise RefusalError(No.BAD_PERIOD) from None
    if since < now - PAST_MAX:
        raise RefusalError(No.BAD_PERIOD)
    return span(since, min(until, now.replace(second=0, microsecond=0)), now)


def _between(left: str, right: str, now: datetime, timezone: str) -> dict[str, str]:
    """Return the period between two typed ends; raises RefusalError if they are none, or may be something else."""
    start = parse(left)
    end = parse(right) if start is not None else None
    if start is None or end is None or _may_be_otherwise(start, end):
        raise RefusalError(No.BAD_PERIOD)
    if end.clock_alone and not start.clock_alone:
        # The start names its day, and the end the first such time after it: `hier 6 h à 18 h`.
        since = resolve(start, now, timezone, Towards.PAST)
        return span(since, resolve(end, since, timezone, Towards.FUTURE), now)
    until = resolve(end, now, timezone, Towards.PAST, slack=BEFORE_ITS_END).replace(second=0, microsecond=0)
    if end.clock_alone and (later := _days_on(until, 1, timezone)) <= now + BEFORE_ITS_END:
        until = later  # soon, but past midnight
    # "Yesterday" is ours; a time of day, a weekday or a day of the month is the last one before the end.
    ours = start.day is not None and start.day.shift is not None
    since = resolve(start, now if ours else until, timezone, Towards.PAST, slack=timedelta())
    if start.clock_alone and since == until:
        since = _days_on(since, -1, timezone)
    if start.clock_alone and end.clock_alone and since > now:
        since, until = (_days_on(one, -1, timezone) for one in (since, until))  # not begun: yesterday's
    if start.clock_alone and end.day_last and _day_of(since, timezone) != _day_of(until, timezone):
        raise RefusalError(No.BAD_PERIOD)  # `de 22 h à 6 h hier`: begun yesterday, or over by then
    return span(since, until, now)


def _may_be_otherwise(start: Said, end: Said) -> bool:
    """Return whether the two ends may mean something else together than each says alone."""
    # Somebody who names no day at the start names none at the end: `30 18 h` is then minutes and an hour.
    if start.clock_alone and end.day is not None and end.day.is_number and not end.day_last:
        return True
    # `221800Z | NOV 26 0600`: the month and the year of the group.
    if start.group is not None and end.group is None and end.day is not None and end.day.number is not None:
        return True
    if start.clock is None or end.clock is None or start.clock.halved == end.clock.halved:
        return False
    # `9:00 to 11:00 pm`: in the evening both, or from the morning on.
    whole = end.clock if start.clock.halved else start.clock
    return 1 <= whole.hour <= 12 and not whole.padded


def _days_on(at: datetime, days: int, timezone: str) -> datetime:
    """Return the same time of day so many local days on: a day may have 23 or 25 hours."""
    return (at.astimezone(ZoneInfo(timezone)) + timedelta(days=days)).astimezone(UTC)


def _day_of(at: datetime, timezone: str) -> object:
    return at.astimezone(ZoneInfo(timezone)).date()


def span(since: datetime, until: datetime, now: datetime) -> dict[str, str]:
    """Return a period as it is kept. Raises RefusalError BAD_PERIOD: backwards, too long, not begun or ahead of us."""
    if not timedelta() < until - since <= PERIOD_MAX or since > now or until > now + BEFORE_ITS_END:
        raise RefusalError(No.BAD_PERIOD)
    return {"from": since.isoformat(), "to": until.isoformat()}

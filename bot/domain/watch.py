"""Watches: at this post, on these days, a check-in is due at these local times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
RETURN = "return"  # the watch code of the check-in that ends an absence


@dataclass(frozen=True)
class Watch:
    """A rule from which duties are made. `days` are weekdays, Monday is 0; `every` (drills, demos) replaces `times`."""

    code: str
    posts: tuple[str, ...]
    times: tuple[time, ...]
    days: tuple[int, ...]
    every: timedelta | None
    opens_before: timedelta
    remind_before: timedelta
    grace: timedelta


@dataclass(frozen=True)
class Slot:
    """One time of one watch at one post: `key` names it for ever, `due_at` is its instant (UTC)."""

    watch: Watch
    key: str
    due_at: datetime


def slots(watch: Watch, timezone: str, after: datetime, until: datetime) -> Iterator[Slot]:
    """Yield the slots with `after` < due ≤ `until`, in order, for a post in `timezone`.

    A local time that does not exist (spring) moves forward by the gap; one that comes twice (autumn) means the
    first: both are what `fold=0` gives, so each watch time has exactly one instant a date.
    """
    if watch.every is not None:
        yield from _every(watch, watch.every, after, until)
        return
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date()
    while day <= last:
        if day.weekday() in watch.days:
            for at in sorted(watch.times):
                due = datetime.combine(day, at, zone).astimezone(UTC)
                if after < due <= until:
                    # With the zone: 08:00 in Toronto is another check-in than the 08:00 answered in Bamako that day.
                    yield Slot(watch, f"{day.isoformat()}T{at:%H:%M}[{timezone}]", due)
        day += timedelta(days=1)


def _every(watch: Watch, every: timedelta, after: datetime, until: datetime) -> Iterator[Slot]:
    due = EPOCH + ((after - EPOCH) // every + 1) * every
    while due <= until:
        yield Slot(watch, f"{due:%Y-%m-%dT%H:%M:%SZ}", due)
        due += every

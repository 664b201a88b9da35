"""When situation reports are due, what they are called, and who may do what with them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import No, RefusalError
from bot.domain.ladder import Responder
from bot.domain.officer import Officer, Right, Role
from bot.domain.post import next_digest
from bot.domain.sitrep import SitrepKind, SitrepState

_SERIES = {SitrepKind.DAILY: "SITREP", SitrepKind.WEEKLY: "WEEKLY", SitrepKind.SPECIAL: "SPECIAL"}


def number_of(contingent: str, kind: SitrepKind, year: int, count: int) -> str:
    """Return the number that it goes by, each kind in its own series: `MLI-SITREP-2026-007`, `MLI-WEEKLY-2026-003`."""
    return f"{contingent}-{_SERIES[kind]}-{year}-{count:03}"


def reporting_day(on: date, day_from: time, zone: str) -> tuple[datetime, datetime]:
    """Return the two instants of the reporting day that begins on a local date; 23 or 25 hours where clocks change."""
    tz = ZoneInfo(zone)
    since, until = (datetime.combine(one, day_from, tz) for one in (on, on + timedelta(days=1)))
    return since.astimezone(UTC), until.astimezone(UTC)


def day_of(now: datetime, day_from: time, zone: str) -> date:
    """Return the local date on which the reporting day began that `now` lies in."""
    local = now.astimezone(ZoneInfo(zone))
    return local.date() if local.time() >= day_from else local.date() - timedelta(days=1)


def period_of(kind: SitrepKind, on: date, day_from: time, zone: str) -> tuple[datetime, datetime]:
    """Return the period of a day, or of the seven days that end with it."""
    since, until = reporting_day(on, day_from, zone)
    if kind is SitrepKind.WEEKLY:
        since, _ = reporting_day(on - timedelta(days=6), day_from, zone)
    return since, until


Told = Sequence[tuple[datetime, datetime]]


def continued(since: datetime, before: datetime, after: datetime, told: Told) -> datetime:
    """Return where a period begins so that it follows those that were `told`: at `since`, as a rule.

    One that ended at another hour of the days on either side, from `before` to `after`, was prepared before the hour
    at which the day begins was changed: the next goes on where it ended.
    """
    return max((ends for _, ends in told if ends == since or before < ends < after), default=since)


def fitted(since: datetime, until: datetime, before: datetime, told: Told) -> tuple[datetime, datetime]:
    """Return the period of a day as it fits to those that were prepared already, by their beginning.

    It is what nobody has told of it yet, and of the day before if the hour of the day was changed since; if all of it
    was told, the one that told most.
    """
    free = [(since, until)]
    for begins, ends in told:
        pieces = [piece for one in free for piece in ((one[0], min(one[1], begins)), (max(one[0], ends), one[1]))]
        free = [(one, other) for one, other in pieces if one < other]
    if not free:
        return max(told, key=lambda one: min(one[1], until) - max(one[0], since))
    first, last = free[-1]
    return (continued(since, before, since, told) if first == since else first), last


def last_whole_day(at: datetime, day_from: time, zone: str) -> date:
    """Return the local date of the last reporting day that is over at `at`."""
    return day_of(at, day_from, zone) - timedelta(days=1)


def next_time(after: datetime, at: time, zone: str, weekday: int | None = None) -> datetime:
    """Return the first instant later than `after` at which it is `at` o'clock, on that weekday (Monday is 0) if any."""
    found = next_digest(after, at, zone)
    while weekday is not None and found.astimezone(ZoneInfo(zone)).weekday() != weekday:
        found = next_digest(found, at, zone)
    return found


def must_read(reader: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED unless the role reads situation reports: lead, liaison, command."""
    if not reader.may(Right.STATUS):
        raise RefusalError(No.NOT_ALLOWED)


def must_write(author: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED unless the role writes into situation reports: the commander and the deputy."""
    if author.role not in (Role.COMMANDER, Role.DEPUTY):
        raise RefusalError(No.NOT_ALLOWED)


def must_translate(author: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED unless the role may enter translations: commander, deputy, lead."""
    if not author.may(Right.ACT):
        raise RefusalError(No.NOT_ALLOWED)


def must_be_over(until: datetime, now: datetime) -> None:
    """Raise RefusalError PERIOD_NOT_OVER: what is approved before its end would leave out the rest for good."""
    if now < until:
        raise RefusalError(No.PERIOD_NOT_OVER, until=until)


def approves(who: Officer, responders: Iterable[Responder]) -> bool:
    """Return whether somebody approves: the commander, or the deputy while no commander can.

    A commander can who is enrolled and not absent; `responders` are on tour.
    """
    if who.role is Role.DEPUTY:
        return not any(
            one.officer.role is Role.COMMANDER and one.officer.enrolled and not one.absent for one in responders
        )
    return who.role is Role.COMMANDER


def must_approve(who: Officer, state: SitrepState, responders: Iterable[Responder]) -> None:
    """Raise RefusalError NOT_ALLOWED unless somebody approves; ALREADY_APPROVED for one that has gone out."""
    if not approves(who, responders):
        raise RefusalError(No.NOT_ALLOWED)
    if state is SitrepState.APPROVED:
        raise RefusalError(No.ALREADY_APPROVED)

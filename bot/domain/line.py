"""Our line to Telegram: until when we know that everything sent to us has been taken up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# An answer may still be waiting at Telegram; longer than this nobody is kept unjudged while the line is up.
CATCH_UP_LIMIT = timedelta(minutes=2)

# Shorter gaps are the normal life of a network: nobody is told of them.
OUTAGE_WORTH_TELLING = timedelta(minutes=2)

# A clock that is put right by less than this is kept right, not set back.
CLOCK_NOISE = timedelta(seconds=15)


# A tick comes every minute at the least; whoever has not looked for longer was not there to look.
ASLEEP = timedelta(seconds=90)


@dataclass(frozen=True)
class Line:
    """`since`: when it went up or down. `drained_at`: the last instant at which Telegram held nothing for us.

    `awake_since`: when we last woke, after a pause in which nobody could have caught up.
    """

    up: bool
    since: datetime
    drained_at: datetime | None = None
    awake_since: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """The instant as of which duties may be judged; not `certain` if answers may still be waiting."""

    until: datetime | None
    certain: bool


def seen(now: datetime, line: Line, oldest_waiting: datetime | None) -> Seen:
    """Return the instant up to which the picture is known: never one ahead of us, also after a clock was put right.

    `oldest_waiting` is when the oldest update that the desk has not taken up was sent. While the line is down nobody
    is judged. Up and awake, but not caught up for more than two minutes: judge anyway, and say so.
    """
    known = line.drained_at
    if known is not None and oldest_waiting is not None:
        known = min(known, oldest_waiting)
    if known is not None:
        known = min(known, now)
    if not line.up:
        return Seen(known, certain=True)
    trying_since = max(min(one, now) for one in (line.since, line.awake_since, known) if one is not None)
    if now - trying_since > CATCH_UP_LIMIT:
        return Seen(now, certain=False)
    return Seen(known, certain=True)


def slept(before: datetime, now: datetime) -> bool:
    """Return whether we were not awake between two looks at the line: a paused machine, or a clock set ahead."""
    return now - before > ASLEEP


def set_back(before: datetime, now: datetime) -> timedelta:
    """Return by how much the clock was set back since it was last read as `before`; zero if it was not."""
    return before - now if before - now > CLOCK_NOISE else timedelta()

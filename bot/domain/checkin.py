"""Check-ins: what counts as one, what only looks like one, and what an officer may add to it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.domain.alert import AlertKind, HowVerified
from bot.domain.bilingual import Text
from bot.domain.errors import No, RefusalError
from bot.domain.fold import fold
from bot.domain.message import Message, Priority
from bot.domain.officer import Role

PLACE_MAX = 80
REMARK_MAX = 280

# A message that came later than this after it was sent waited because of us, and its receipt says so.
WORTH_EXPLAINING = timedelta(minutes=2)

# An earlier time may be stated this far back: a duty's whole window, never yesterday's check-in.
STATED_BACK = timedelta(hours=12)

# What counts as a check-in when it is the whole message; folded as `fold` does it.
_OK = frozenset(
    {
        "ok", "okay", "safe", "i am safe", "im safe", "i m safe", "all well", "all is well",
        "all good", "sain et sauf", "saine et sauve", "tout est beau", "tout est correct",
        "ras", "r a s", "rien a signaler", "en securite", "je suis en securite", "tout va bien",
        "je suis ok", "i am ok", "im ok", "i m ok",
    }
)  # fmt: skip

# Of these, and in English, what says that there is nothing to report.
_NOTHING = frozenset({"ras", "r a s", "rien a signaler", "ntr", "n t r", "nothing to report"})


def means_safe(text: str) -> bool:
    """Return whether the message says nothing but "I am safe"."""
    return fold(text) in _OK


def says_nothing(text: str) -> bool:
    """Return whether the message says that there is nothing to report."""
    return fold(text) in _NOTHING


class Channel(StrEnum):
    """By which way a check-in came."""

    TELEGRAM = "telegram"
    VERIFIED = "verified"  # entered by the person who verified it


@dataclass(frozen=True)
class Details:
    """What an officer may add to a check-in; `occurred_at` is stated by them, not proved."""

    occurred_at: datetime | None = None
    place: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Checkin:
    """An officer's answer. `sent_at` is when Telegram received it, `received_at` when Vigie took it up."""

    id: int
    officer: str
    sent_at: datetime
    received_at: datetime
    details: Details = Details()
    channel: Channel = Channel.TELEGRAM
    entered_by: str | None = None
    how_verified: HowVerified | None = None


# `06:10`, `6 h 10`, `6 h`, `6 heures`, `0610`, `midi`; perhaps with "at" before it. "1500 logements" is a place.
_TIME = re.compile(
    r"^\s*(?:à\s+|at\s+)?(?:(?P<hour>\d{1,2})\s*(?:[:hH]\s*(?P<minute>\d{2})?|heures?)|(?P<together>0\d{3}|\d{4}(?=\s*(?:$|[,;])))"
    r"|(?P<word>noon|midi|midnight|minuit))(?=\s|$|,|;)[\s,]*",
    re.IGNORECASE,
)
_TWELVE = frozenset({"noon", "midi"})


def parse_details(text: str, sent_at: datetime, timezone: str) -> Details:
    """Read `[HH:MM] [place][; remark]` as typed after the command; local time of the post.

    "I am safe" in place of a place says nothing more than the command. Raises RefusalError: TOO_LONG, BAD_TIME, or
    FUTURE_TIME when the time lies ahead or more than 12 hours back, with an `example` that would be taken.
    """
    occurred_at = None
    if match := _TIME.match(text):
        occurred_at = _earlier(*_clock(match), sent_at, timezone)
        text = text[match.end() :]
    place, _, remark = text.replace("\n", ";", 1).partition(";")
    place, remark = place.strip(), remark.strip()
    if means_safe(place):
        place = ""
    if len(place) > PLACE_MAX and not remark:
        place, remark = "", place
    for value, limit in ((place, PLACE_MAX), (remark, REMARK_MAX)):
        if len(value) > limit:
            raise RefusalError(No.TOO_LONG, limit=limit, length=len(value))
    return Details(occurred_at, place or None, remark or None)


def _clock(match: re.Match[str]) -> tuple[int, int]:
    if word := match["word"]:
        return (12 if word.casefold() in _TWELVE else 0), 0
    if together := match["together"]:
        return int(together[:2]), int(together[2:])
    return int(match["hour"]), int(match["minute"] or 0)


def _earlier(hour: int, minute: int, sent_at: datetime, timezone: str) -> datetime:
    zone = ZoneInfo(timezone)
    local = sent_at.astimezone(zone)
    example = sent_at - timedelta(hours=1)
    try:
        stated = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as error:
        raise RefusalError(No.BAD_TIME, example=example) from error
    if stated > local:
        stated -= timedelta(days=1)
    if local - stated > STATED_BACK:
        raise RefusalError(No.FUTURE_TIME, example=example)
    return stated.astimezone(UTC)


@dataclass(frozen=True)
class Receipt(Message):
    """Tells an officer that the check-in is on record, when it came, and when the next one is due."""

    kind: ClassVar[str] = "receipt"

    post: Text
    sent_at: datetime
    received_at: datetime
    stated_at: datetime | None
    place: str | None
    remark: str | None
    next_due: datetime | None
    still_due: bool  # sent before the window opened: the next due one is still owed
    late_for: datetime | None  # the due time of the oldest overdue duty that this answers
    on_time: bool
    absent_until: datetime | None = None
    help_open: AlertKind | None = None  # a call for help stays open, whatever is tapped
    note_asked: bool = False  # a reason was asked for, and this is not taken for it
    verify: bool = False  # the alert had climbed: somebody will call to verify by voice


@dataclass(frozen=True)
class AskDetails(Message):
    """Asks for the place or a remark to add to the check-in just given."""

    kind: ClassVar[str] = "ask_details"


@dataclass(frozen=True)
class DetailsAdded(Message):
    """Tells that place and remark are on record with the check-in."""

    kind: ClassVar[str] = "details_added"

    checkin_at: datetime
    details: Details


@dataclass(frozen=True)
class NotACheckin(Message):
    """Answers what Vigie does not understand, with the check-in and SOS buttons: never silence, never "received"."""

    kind: ClassVar[str] = "not_a_checkin"

    edited: bool
    may_check_in: bool
    role: Role
    unread: bool = False  # a voice message, a picture or a file, which is passed on to nobody
    help_open: AlertKind | None = None  # a call for help stands: that is what counts, not the check-in
    located: bool = False  # a location, which is kept only in distress
    command: bool = False  # it looks like a command, but is none
    writing: bool = False  # the draft of a report waits


@dataclass(frozen=True)
class DangerOffer(Message):
    """Offers SOS at once to somebody whose words may mean danger."""

    kind: ClassVar[str] = "danger_offer"
    priority: ClassVar[Priority] = Priority.ALERT

    duty_phone: str | None
    checkin: bool = False  # they came with a check-in, which is not recorded
    may_sos: bool = True  # nothing to press: it has been pressed, or the role has none
    open: bool = False  # a call for help stands already

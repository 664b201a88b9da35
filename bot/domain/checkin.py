"""Check-ins: what counts as one, what only looks like one, and what an officer may add to it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.domain.bilingual import Text
from bot.domain.errors import No, RefusalError
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
    }
)  # fmt: skip

# Words that may mean danger, in either language. A wrong guess costs one tap; a missed one may cost a life.
_DANGER = re.compile(
    r"\b(?:help|sos|mayday|shots?|shooting|shooters?|gun(?:fire|men|man|shots?)?|hurt|injur\w*|wound\w*|bleed\w*|blood|"
    r"attack\w*|ambush\w*|bomb\w*|blast|explosi\w*|exploded?|ied|hostages?|kidnap\w*|abduct\w*|trapped|danger\w*|"
    r"emergency|dying|dead|under fire|"
    r"a l aide|l aide|aidez|besoin d aide|au secours|secours|bless\w*|saign\w*|tir(?:s|e|ent|er|eurs?)?|"
    r"coups? de feu|fusillade|"
    r"attaqu\w*|embuscade\w*|otages?|enlev\w*|urgences?|eei|tue|tues|morte?s?|mourir|pris a partie|coince\w*)\b"
)


def fold(text: str) -> str:
    """Return `text` in lower case without accents, signs and double spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def means_safe(text: str) -> bool:
    """Return whether the message says nothing but "I am safe"."""
    return fold(text) in _OK


def sounds_like_danger(text: str) -> bool:
    """Return whether a word of danger stands in the message, in either language."""
    return _DANGER.search(fold(text)) is not None


class Channel(StrEnum):
    """By which way a check-in came."""

    TELEGRAM = "telegram"
    VERIFIED = "verified"  # entered by the person who verified it


class HowVerified(StrEnum):
    """How somebody made sure that an officer is safe."""

    VOICE = "voice"
    RADIO = "radio"
    IN_PERSON = "in_person"
    COLLEAGUE = "colleague"


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


_TIME = re.compile(r"^\s*(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)(?=\s|$|,)[\s,]*")


def parse_details(text: str, sent_at: datetime, timezone: str) -> Details:
    """Read `[HH:MM] [place][; remark]` as typed after the command; local time of the post.

    Raises RefusalError: TOO_LONG, BAD_TIME, or FUTURE_TIME when the time lies ahead or more than 12 hours back.
    """
    occurred_at = None
    if match := _TIME.match(text):
        occurred_at = _earlier(int(match[1]), int(match[2] or 0), sent_at, timezone)
        text = text[match.end() :]
    place, _, remark = text.replace("\n", ";", 1).partition(";")
    place, remark = place.strip(), remark.strip()
    if len(place) > PLACE_MAX and not remark:
        place, remark = "", place
    for value, limit in ((place, PLACE_MAX), (remark, REMARK_MAX)):
        if len(value) > limit:
            raise RefusalError(No.TOO_LONG, limit=limit, length=len(value))
    return Details(occurred_at, place or None, remark or None)


def _earlier(hour: int, minute: int, sent_at: datetime, timezone: str) -> datetime:
    zone = ZoneInfo(timezone)
    local = sent_at.astimezone(zone)
    try:
        stated = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as error:
        raise RefusalError(No.BAD_TIME) from error
    if stated > local:
        stated -= timedelta(days=1)
    if local - stated > STATED_BACK:
        raise RefusalError(No.FUTURE_TIME)
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
    help_open: bool = False  # a call for help stays open, whatever is tapped
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
    command: bool = False  # it looks like a command, but is none


@dataclass(frozen=True)
class DangerOffer(Message):
    """Offers SOS at once to somebody whose words may mean danger."""

    kind: ClassVar[str] = "danger_offer"
    priority: ClassVar[Priority] = Priority.ALERT

    duty_phone: str | None
    told: bool = False  # some know already, by an alert that is open

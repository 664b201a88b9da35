"""Invitations and enrolment: one code, one officer, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.domain.bilingual import Text
from bot.domain.errors import No, RefusalError
from bot.domain.message import Message, Priority
from bot.domain.officer import Person, Role

INVITE_LIFE = timedelta(hours=72)

# A stranger gets this many answers an hour; what comes beyond is only counted.
STRANGER_ANSWERS = 3
STRANGER_WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Invite:
    """A one-time invitation; only the SHA-256 of its code is stored."""

    id: int
    officer: str
    code_hash: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = None
    revoked_at: datetime | None = None


def check(invite: Invite, now: datetime, telegram_id: int, enrolled_as: str | None) -> None:
    """Raise RefusalError unless `telegram_id` may enrol with this invitation now.

    CODE_FOREIGN: that phone is enrolled as somebody else. CODE_USED, CODE_REVOKED, CODE_EXPIRED speak for themselves.
    """
    if enrolled_as is not None and enrolled_as != invite.officer:
        raise RefusalError(No.CODE_FOREIGN)
    if invite.used_at is not None:
        raise RefusalError(No.CODE_USED)
    if invite.revoked_at is not None:
        raise RefusalError(No.CODE_REVOKED)
    if invite.expires_at <= now:
        raise RefusalError(No.CODE_EXPIRED)


@dataclass(frozen=True)
class Greeting(Message):
    """The first words, in both languages, with two equal buttons."""

    kind: ClassVar[str] = "greeting"

    contingent: Text


@dataclass(frozen=True)
class Kept:
    """When a watch expects check-ins: local `HH:MM` of the post, on these weekdays (Monday is 0)."""

    times: tuple[str, ...]
    days: tuple[int, ...]


@dataclass(frozen=True)
class Welcome(Message):
    """Tells an enrolled officer where they are enrolled, when to check in and how."""

    kind: ClassVar[str] = "welcome"

    person: Person
    role: Role
    watches: tuple[Kept, ...]
    every: timedelta | None
    new_language: bool = False


@dataclass(frozen=True)
class Stranger(Message):
    """The one bilingual line for somebody who is not enrolled."""

    kind: ClassVar[str] = "stranger"
    priority: ClassVar[Priority] = Priority.BULK
    lifetime: ClassVar[timedelta | None] = timedelta(hours=1)

    danger: bool = False


@dataclass(frozen=True)
class CodeRefused(Message):
    """Tells, in both languages, why a code that was once valid does not work."""

    kind: ClassVar[str] = "code_refused"

    code: No
    duty_phone: str | None


@dataclass(frozen=True)
class InviteMisused(Message):
    """Tells command that somebody tried an invitation that no longer works or is not theirs."""

    kind: ClassVar[str] = "invite_misused"
    priority: ClassVar[Priority] = Priority.ALERT

    subject: Person
    why: No


@dataclass(frozen=True)
class InviteMade(Message):
    """The one-time link for one officer; the message holds a secret until it is used."""

    kind: ClassVar[str] = "invite_made"
    secret: ClassVar[bool] = True

    subject: Person
    link: str
    code: str
    expires_at: datetime
    replaces_phone: bool


@dataclass(frozen=True)
class PhoneClosed(Message):
    """The last message to a phone that no longer speaks for an officer."""

    kind: ClassVar[str] = "phone_closed"

    replaced: bool
    language: str
    duty_phone: str | None = None


@dataclass(frozen=True)
class PhoneChanged(Message):
    """Tells command that an officer enrolled, or that a phone was replaced or revoked."""

    kind: ClassVar[str] = "phone_changed"
    priority: ClassVar[Priority] = Priority.BULK

    subject: Person
    what: str  # enrolled | replaced | revoked


@dataclass(frozen=True)
class CommandMenu(Message):
    """The menu of commands of one person's chat, in their language and for their role."""

    kind: ClassVar[str] = "command_menu"
    priority: ClassVar[Priority] = Priority.BULK
    # Counted up when the commands of a role change, so that the phones of a running contingent learn them.
    version: ClassVar[int] = 2

    role: Role | None  # nothing: the menu of a phone that is not enrolled any more


@dataclass(frozen=True)
class DefaultMenu(Message):
    """The menu of everybody who is not enrolled, in one language; without one, of those who speak neither."""

    kind: ClassVar[str] = "default_menu"
    priority: ClassVar[Priority] = Priority.BULK
    # Counted up when the commands of strangers change, so that a running bot's menu is set anew.
    version: ClassVar[int] = 1

    language: str

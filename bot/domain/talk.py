"""Messages that belong to no case: help, privacy, refusals, our own faults."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from bot.domain.bilingual import Text
from bot.domain.contact import Contact
from bot.domain.errors import No
from bot.domain.message import Message
from bot.domain.officer import Person, Role

QUESTION_LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Help(Message):
    """The commands of the reader's role, in the reader's language."""

    kind: ClassVar[str] = "help"

    role: Role


@dataclass(frozen=True)
class Privacy(Message):
    """What is kept, who sees it, and what must never be written here."""

    kind: ClassVar[str] = "privacy"


@dataclass(frozen=True)
class LanguageChoice(Message):
    """Two equal buttons to choose the language."""

    kind: ClassVar[str] = "language_choice"


@dataclass(frozen=True)
class Me(Message):
    """What Vigie holds about the reader.

    `entry`: what the directory says; `call_sign`: that of the roster; `kin`: a next of kin is laid down.
    """

    kind: ClassVar[str] = "me"

    person: Person
    role: Role
    service: Text
    enrolled_at: datetime | None
    last_checkin: datetime | None
    overdue: datetime | None
    next_due: datetime | None
    absent_until: datetime | None
    entry: Contact | None = None
    kin: bool = False
    call_sign: str | None = None


@dataclass(frozen=True)
class Refused(Message):
    """One clear line that says what is not possible and what is expected."""

    kind: ClassVar[str] = "refused"

    code: No
    facts: dict[str, Any]


@dataclass(frozen=True)
class Cancelled(Message):
    """Tells that the question which was open is closed and that nothing was changed."""

    kind: ClassVar[str] = "cancelled"


@dataclass(frozen=True)
class Sorry(Message):
    """Our fault: the message is kept under a reference and the operator is told."""

    kind: ClassVar[str] = "sorry"

    reference: str
    duty_phone: str | None


def still_open(asked_at: datetime, now: datetime) -> bool:
    """Return whether a text sent at `now` can be the answer to a question: later it has scrolled away."""
    return now - asked_at <= QUESTION_LIFE


class Done(StrEnum):
    """What a press has done, for the line that answers it."""

    LANGUAGE = "language"
    TAKEN = "taken"
    CLIMBED = "climbed"
    RECORDED = "recorded"
    REOPENED = "reopened"
    UP_TO_DATE = "up_to_date"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Answer(Message):
    """The answer to a pressed button: a line at the top of the screen, of use for seconds only."""

    kind: ClassVar[str] = "answer"
    lifetime: ClassVar[timedelta | None] = timedelta(seconds=20)

    query: str
    refused: No | None = None
    facts: dict[str, Any] | None = None
    done: Done | None = None  # nothing where a message follows that says it better

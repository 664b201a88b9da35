"""The e-mail of a situation report: how often it is tried, and what command is told of it."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from bot.domain.message import Message

# By the back-off of errands the seventh attempt comes 51 minutes after the first. A server that is started anew, or
# that lets strangers wait (they all do for minutes), has taken the mail by then; after this attempt we wait an hour.
TOLD_AFTER = 7
# From there on one an hour: this one ends the five days that RFC 5321, 4.5.4.1, asks of a sender.
GIVEN_UP_AFTER = TOLD_AFTER + 5 * 24


class MailTrouble(Enum):
    """Why a mail has not gone out yet."""

    SERVER = "server"  # it cannot be reached, or lets us do nothing
    ANSWER = "answer"  # it will not take this mail, or not for these people, for now
    DOCUMENT = "document"  # what is to be enclosed cannot be read


@dataclass(frozen=True)
class Post:
    """What an errand `mail` is about: a report, and to whom; without `address` to everybody who is named.

    `first` is the id of the errand that mailed it to the others, whose Message-ID it bears.
    """

    sitrep: int
    address: str | None = None
    first: int | None = None

    @property
    def subject(self) -> str:
        """The subject of the errand."""
        return str(self.sitrep) if self.address is None else f"{self.sitrep}:{self.first}:{self.address}"


def post_of(subject: str) -> Post:
    """Return what the subject of an errand `mail` says."""
    which, _, rest = subject.partition(":")
    first, _, address = rest.partition(":")
    return Post(int(which), address, int(first)) if rest else Post(int(which))


@dataclass(frozen=True)
class MailWaits(Message):
    """Tells command that an e-mail has not gone out for an hour and is tried again; `why`: in technical words."""

    kind: ClassVar[str] = "mail_waits"

    number: str
    trouble: MailTrouble
    why: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class MailGone(Message):
    """Tells command that an e-mail of which it read that it waits has gone out after all."""

    kind: ClassVar[str] = "mail_gone"

    number: str
    recipients: tuple[str, ...] = ()

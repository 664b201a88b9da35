"""The e-mail of a situation report: how often it is tried, and what command is told of it."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from bot.domain.message import Message

# By the back-off of errands the seventh attempt comes 51 minutes after the first. A server that is started anew, or
# that lets strangers wait (they all do for minutes), has taken the mail by then; after this attempt we wait an hour.
TOLD_AFTER = 7
# From there on one an hour: this one ends the five days that RFC 5321, 4.5.4.1, asks of a sender. It is held against
# attempts since the server has put the mail off, and not against those at which there was no server to answer.
GIVEN_UP_AFTER = TOLD_AFTER + 5 * 24


class MailTrouble(Enum):
    """Why a mail has not gone out yet."""

    SERVER = "server"  # it cannot be reached, or lets us do nothing
    ANSWER = "answer"  # it will not take this mail, or not for these people, for now
    DOCUMENT = "document"  # what is to be enclosed cannot be read


@dataclass(frozen=True)
class Mailing:
    """What an errand `mail` is about: a report, and to whom; without `address` to everybody who is named.

    `first` is the id of the errand that mailed it before, whose Message-ID it bears. An errand with `first` was owed
    when the server had put the mail off: to everybody, or to this `address` while the others got it.
    """

    sitrep: int
    address: str | None = None
    first: int | None = None

    @property
    def subject(self) -> str:
        """The subject of the errand."""
        return str(self.sitrep) if self.first is None else f"{self.sitrep}:{self.first}:{self.address or ''}"

    def waits_long(self, attempt: int) -> bool:
        """Return whether command reads, at this attempt or before it, that the mail waits."""
        return attempt >= TOLD_AFTER or (self.first is not None and self.address is None)

    def counts_anew(self, attempt: int) -> bool:
        """Return whether attempts are counted anew at this one, at which the server puts the mail off.

        Those before it may have found no server.
        """
        return self.first is None and attempt >= TOLD_AFTER


def mailing_of(subject: str) -> Mailing:
    """Return what the subject of an errand `mail` says."""
    which, _, rest = subject.partition(":")
    first, _, address = rest.partition(":")
    return Mailing(int(which), address or None, int(first)) if rest else Mailing(int(which))


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

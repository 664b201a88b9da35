"""Whom to tell if something happens to an officer: read by commander and deputy alone, and each look is on record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.officer import Person
from bot.domain.own_entry import one_line

_MAX = 60


class KinStep(StrEnum):
    """What is asked, in this order."""

    NAME = "name"
    RELATION = "relation"
    PHONE = "phone"


@dataclass(frozen=True)
class NextOfKin:
    """The person, what they are to the officer, and a number in E.164, perhaps with an extension of digits."""

    name: str
    relation: str
    phone: str
    extension: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class AskKin(Message):
    """Asks for one thing about the next of kin. `example`: a number of the home country."""

    kind: ClassVar[str] = "ask_kin"

    step: KinStep
    example: str = ""


@dataclass(frozen=True)
class OwnKin(Message):
    """What the reader has laid down about their own next of kin, and who may read it."""

    kind: ClassVar[str] = "own_kin"
    secret: ClassVar[bool] = True
    lifetime: ClassVar[timedelta | None] = timedelta(hours=1)

    kin: NextOfKin | None


@dataclass(frozen=True)
class KinShown(Message):
    """The next of kin of an officer, to commander or deputy who asked for it."""

    kind: ClassVar[str] = "kin_shown"
    secret: ClassVar[bool] = True
    # Whoever asked is waiting for it; later they ask again, and that is on record, too.
    lifetime: ClassVar[timedelta | None] = timedelta(hours=1)

    subject: Person
    kin: NextOfKin


def in_words(said: str) -> str:
    """Return a name or a relation as it was typed; raises RefusalError TOO_LONG or BAD_WORDS."""
    plain = one_line(said, _MAX)
    if not any(c.isalpha() for c in plain):
        raise RefusalError(No.BAD_WORDS)
    return plain

"""What is said of whether contacts are right: doubts, corrections, the round of each month, the emergency card."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.domain.bilingual import Text
from bot.domain.contact import Phone
from bot.domain.contact_message import ContactView
from bot.domain.message import Message, Priority
from bot.domain.officer import Person


@dataclass(frozen=True)
class ContactDoubted(Message):
    """Somebody says that a number is wrong: to those who can tell. `may_correct`: the reader can change it here."""

    kind: ClassVar[str] = "contact_doubted"
    priority: ClassVar[Priority] = Priority.REMINDER

    by: Person
    view: ContactView
    may_correct: bool


@dataclass(frozen=True)
class OwnNumberDoubted(Message):
    """Somebody says that the reader's own number is wrong; who it was stays between them and the lead."""

    kind: ClassVar[str] = "own_number_doubted"
    priority: ClassVar[Priority] = Priority.REMINDER

    view: ContactView


@dataclass(frozen=True)
class ContactUnheard(Message):
    """A doubt is recorded, but nobody who could settle it can be told now."""

    kind: ClassVar[str] = "contact_unheard"

    view: ContactView


@dataclass(frozen=True)
class ContactSettled(Message):
    """What became of a doubt: the number was confirmed, or corrected to what `view` says. `by` nobody: by a load."""

    kind: ClassVar[str] = "contact_settled"
    priority: ClassVar[Priority] = Priority.REMINDER

    view: ContactView
    by: Person | None
    corrected: bool


@dataclass(frozen=True)
class AskWhichNumber(Message):
    """Asks which of several numbers is to be corrected."""

    kind: ClassVar[str] = "ask_which_number"

    view: ContactView


@dataclass(frozen=True)
class AskNewNumber(Message):
    """Asks for the number in place of `phone`. `example`: one of the country; `may_drop`: others would be left."""

    kind: ClassVar[str] = "ask_new_number"

    view: ContactView
    phone: Phone
    example: str
    may_drop: bool


@dataclass(frozen=True)
class ContactRound(Message):
    """Asks whether these contacts are still right, a page at a time; nothing left: thanks.

    `scope`: the code of the post, empty for those of none. `mark` stands for what the page says; `left`: how many wait,
    with these.
    """

    kind: ClassVar[str] = "contact_round"
    priority: ClassVar[Priority] = Priority.BULK
    # The next round comes by then.
    lifetime: ClassVar[timedelta | None] = timedelta(days=28)

    scope: str
    post: Text | None
    views: tuple[ContactView, ...]
    mark: str
    left: int
    reminder: bool = False


@dataclass(frozen=True)
class EmergencyCard(Message):
    """Whom to call at the reader's post when life or limb is at stake, to be pinned; `on`: of which day it is.

    Nobody on it: the card that the reader holds is no longer true.
    """

    kind: ClassVar[str] = "emergency_card"
    priority: ClassVar[Priority] = Priority.BULK

    post: Text
    urgent: tuple[ContactView, ...]
    on: date

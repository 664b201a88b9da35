"""What is said of contacts: an answer to a query, a list, a card."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact
from bot.domain.message import Message

# Answers in one message: a handful, so that the right one is seen without scrolling.
SHOWN = 5


@dataclass(frozen=True)
class ContactView:
    """A contact as a reader sees it. `post`: the name of its post; `zone`: whose clock is told.

    `on_duty`: nothing where it is not known. `away`: a member of the contingent who is absent. `doubted`: somebody has
    said that a number is wrong.
    """

    contact: Contact
    post: Text | None = None
    zone: str | None = None
    on_duty: bool | None = None
    away: bool = False
    doubted: bool = False


@dataclass(frozen=True)
class ContactMenu(Message):
    """The emergency numbers of the reader's post, and the categories in which there is somebody."""

    kind: ClassVar[str] = "contact_menu"

    post: Text
    urgent: tuple[ContactView, ...]
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class ContactAnswer(Message):
    """Whom a query may mean, the best first, a page at a time. `partly`: no contact has all its words.

    `urgent`: whom to call where nobody was found. `page` counts from 0.
    """

    kind: ClassVar[str] = "contact_answer"

    query: str
    found: tuple[ContactView, ...]
    page: int
    pages: int
    partly: bool = False
    urgent: tuple[ContactView, ...] = ()


@dataclass(frozen=True)
class ContactList(Message):
    """The contacts of one category, the own post first, a page at a time."""

    kind: ClassVar[str] = "contact_list"

    category: Category
    found: tuple[ContactView, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ContactCard(Message):
    """Everything about one contact. `may_verify`: the reader answers for the list of its post."""

    kind: ClassVar[str] = "contact_card"

    view: ContactView
    may_verify: bool = False


@dataclass(frozen=True)
class AskContact(Message):
    """Asks whom the reader is looking for."""

    kind: ClassVar[str] = "ask_contact"

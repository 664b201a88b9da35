"""What is said of contacts: an answer to a query, a list, a card."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact
from bot.domain.message import Message

# Answers in one message: a handful, so that the right one is seen without scrolling.
SHOWN = 5
# Telegram holds what is typed after the bot's name for so long; after that nobody looks at the answer any more.
QUERY_LIFE = timedelta(seconds=30)
RESULTS_AT_ONCE = 50


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
    """The emergency numbers of the reader's post, and the categories in which there is somebody.

    `waiting`: what is typed next answers another question.
    """

    kind: ClassVar[str] = "contact_menu"

    post: Text
    urgent: tuple[ContactView, ...]
    categories: tuple[Category, ...]
    waiting: bool = False


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
class ContactShared(Message):
    """A contact for the reader's own address book."""

    kind: ClassVar[str] = "contact_shared"

    contact: Contact


@dataclass(frozen=True)
class InlineAnswer(Message):
    """The answer to an inline query, of use for seconds only; without results it says nothing at all.

    `results`: 50 at most. `next_offset`: what the phone asks with for more of them, 64 bytes; nothing: there are none.
    """

    kind: ClassVar[str] = "inline_answer"
    lifetime: ClassVar[timedelta | None] = timedelta(seconds=15)
    secret: ClassVar[bool] = True

    query: str
    results: tuple[ContactView, ...] = ()
    next_offset: str = ""

"""Messages about contacts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.domain.contact import Contact
from bot.domain.message import Message

# Telegram holds a query for so long; after that nobody looks at its answer any more.
QUERY_LIFE = timedelta(seconds=30)
RESULTS_AT_ONCE = 50


@dataclass(frozen=True)
class InlineResult:
    """One contact that was found for somebody who types in a chat."""

    contact: Contact

    @property
    def code(self) -> str:
        """The contact's code."""
        return self.contact.code


@dataclass(frozen=True)
class InlineAnswer(Message):
    """The answer to an inline query, of use for seconds only; without results it says nothing at all.

    `results`: 50 at most. `next_offset`: what the phone asks with for more of them, 64 bytes; nothing: there are none.
    """

    kind: ClassVar[str] = "inline_answer"
    lifetime: ClassVar[timedelta | None] = timedelta(seconds=15)
    secret: ClassVar[bool] = True

    query: str
    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""

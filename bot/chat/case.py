"""What a handler is given: the transaction, who speaks, and when Telegram received it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.chat.keyboard import Press
from bot.chat.press import Seal
from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.officer import Officer
from bot.i18n.catalogue import Catalogues
from bot.services import Tx, box, dossier

Code = TypeVar("Code", bound=StrEnum)


@dataclass
class Case:
    """One update being handled. `officer` is nothing for a stranger; `error` is what its handler raised."""

    tx: Tx
    officer: Officer | None
    sender: int
    update_id: int
    sent_at: datetime
    query: str | None = None
    press: Press | None = None
    error: Exception | None = None

    @property
    def who(self) -> Officer:
        """The officer who speaks; routing lets no stranger past the door."""
        if self.officer is None:
            raise LookupError("a stranger got past the door")
        return self.officer

    @property
    def about(self) -> int:
        """The id that the press is about."""
        if self.press is None or not self.press.about.isdigit():
            raise RefusalError(No.STALE_BUTTON)
        return int(self.press.about)

    @property
    def code(self) -> str:
        """The officer code that the press is about."""
        return self.press.about if self.press is not None else ""

    def word(self, codes: type[Code]) -> Code:
        """Return the code word of the press."""
        try:
            return codes(self.press.word if self.press is not None else "")
        except ValueError:
            raise RefusalError(No.STALE_BUTTON) from None

    async def asked(self, what: str) -> str:
        """Return what is known so far of the question that this answers."""
        draft = (await dossier.of(self.tx, self.who)).draft
        if draft is None or what not in draft.data:
            raise RefusalError(No.STALE_BUTTON)
        return str(draft.data[what])

    def owe(self, message: Message) -> None:
        """Owe the person who speaks a message."""
        box.owe(self.tx, message, self.officer, chat=None if self.officer else self.sender)


@dataclass
class Room:
    """What all handlers share; `case` is the update at hand, since one desk handles one at a time."""

    seal: Seal
    catalogues: Catalogues
    case: Case | None = None


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context that python-telegram-bot hands to our handlers."""

    @property
    def room(self) -> Room:
        """What all handlers share."""
        found: Room = self.bot_data["room"]
        return found

    @property
    def case(self) -> Case:
        """The update at hand."""
        if self.room.case is None:
            raise LookupError("no update is at hand")
        return self.room.case


Vigie = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

__all__ = ["Bot", "Case", "Context", "Room", "Update", "Vigie"]

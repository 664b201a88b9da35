"""Contacts for somebody who types in a chat."""

from bot.domain.contact_message import InlineAnswer
from bot.domain.officer import Officer
from bot.services import box
from bot.store.engine import Tx


async def inline(tx: Tx, officer: Officer, query: str, text: str, offset: str) -> None:
    """Owe the answer to an inline query; `offset` is the `next_offset` of the answer before, nothing at first."""
    box.owe(tx, InlineAnswer(query), officer)

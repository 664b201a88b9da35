"""Contacts for somebody who types in a chat: personal, and only for those who look up contacts."""

from bot.domain.contact_message import RESULTS_AT_ONCE, InlineAnswer
from bot.domain.officer import Officer, Right
from bot.services import box, contact
from bot.store.engine import Tx


async def inline(tx: Tx, officer: Officer, query: str, text: str, offset: str) -> None:
    """Owe the answer to an inline query; `offset` is the `next_offset` of the answer before, nothing at first.

    Without a word it shows the emergency numbers of the own post. Whose role looks up nobody gets an empty list.
    """
    if not officer.may(Right.CHECK_IN):
        box.owe(tx, InlineAnswer(query), officer)
        return
    found = (await contact.search(tx, officer, text))[0] if text.strip() else list(await contact.urgent_of(tx, officer))
    at = int(offset) if offset.isdecimal() and len(offset) < 6 else 0
    shown = tuple(found[at : at + RESULTS_AT_ONCE])
    more = str(at + RESULTS_AT_ONCE) if at + RESULTS_AT_ONCE < len(found) else ""
    box.owe(tx, InlineAnswer(query, shown, more), officer)

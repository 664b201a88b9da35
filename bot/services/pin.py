"""What stands pinned at the top of a chat: one message of ours, or none."""

from bot.domain.pin import Pin
from bot.store import agenda, outbox
from bot.store.engine import Tx

_NONE = ""


async def put_up(tx: Tx, chat: int, message_id: int) -> None:
    """Owe that a message be pinned, and then the one before taken down: at every instant one stands pinned."""
    before = await _standing(tx, chat)
    outbox.owe(tx, Pin(message_id), chat=chat)
    if before is not None:
        outbox.owe(tx, Pin(before, on=False), chat=chat)
    agenda.put_fact(tx, _name(chat), str(message_id))


async def take_down(tx: Tx, chat: int) -> None:
    """Owe that what stands pinned be taken down."""
    if (before := await _standing(tx, chat)) is not None:
        outbox.owe(tx, Pin(before, on=False), chat=chat)
        agenda.put_fact(tx, _name(chat), _NONE)


async def _standing(tx: Tx, chat: int) -> int | None:
    found = await agenda.get_fact(tx, _name(chat))
    return int(found) if found else None


def _name(chat: int) -> str:
    return f"pinned:{chat}"

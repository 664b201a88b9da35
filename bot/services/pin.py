"""What stands pinned at the top of a chat: one message of ours, or none."""

from collections.abc import Collection

from bot.domain.pin import Pin
from bot.store import agenda, outbox
from bot.store.engine import Tx


async def put_up(tx: Tx, chat: int, message_id: int) -> None:
    """Owe that a message be pinned, and then the one before taken down: at every instant one stands pinned."""
    before = await agenda.get_fact(tx, _name(chat))
    outbox.owe(tx, Pin(message_id), chat=chat)
    if before is not None:
        outbox.owe(tx, Pin(int(before), on=False), chat=chat)
    agenda.put_fact(tx, _name(chat), str(message_id))


async def take_down(tx: Tx, chats: Collection[int]) -> None:
    """Owe that what stands pinned in these chats be taken down."""
    for name, message_id in (await agenda.facts(tx, [_name(chat) for chat in chats])).items():
        outbox.owe(tx, Pin(int(message_id), on=False), chat=int(name.removeprefix(_name(""))))
        agenda.drop_fact(tx, name)


def _name(chat: int | str) -> str:
    return f"pinned:{chat}"

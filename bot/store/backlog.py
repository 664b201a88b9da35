"""How much of the outbox waits, and what of it can be let go."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select

from bot.store.engine import Tx
from bot.store.tables import outbox

_UNSENT = or_(outbox.c.state == "owed", outbox.c.state == "sending")
_WAITING = select(func.count(), func.min(outbox.c.owed_at)).where(
    _UNSENT, or_(outbox.c.not_before <= bindparam("at"), outbox.c.attempts > 0)
)
_PURGE = delete(outbox).where(
    outbox.c.owed_at < bindparam("before"), outbox.c.state.in_(["sent", "withdrawn", "dropped", "parked"])
)


async def waiting(tx: Tx) -> tuple[int, datetime | None]:
    """Return how many messages are owed now and since when the oldest one is."""
    row: Any = (await tx.read(_WAITING, {"at": tx.now}))[0]
    return int(row[0]), row[1]


async def purge(tx: Tx, before: datetime) -> int:
    """Delete messages owed before `before` that are settled."""
    return await tx.change(_PURGE, {"before": before})

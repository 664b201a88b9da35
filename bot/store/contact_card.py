"""Who has the emergency card of their post, and which one, as rows."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.store.engine import Tx
from bot.store.tables import contact_card

_INSERT = insert(contact_card)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["officer"], set_={name: _INSERT.excluded[name] for name in ("says", "sent_at")}
)
_DROP = delete(contact_card).where(contact_card.c.officer == bindparam("who"))
_ALL = select(contact_card.c.officer, contact_card.c.says)
_OF = select(contact_card.c.says).where(contact_card.c.officer == bindparam("who"))


async def every(tx: Tx) -> dict[str, str]:
    """Return what stands for the card of each officer who has one."""
    return {row.officer: row.says for row in await tx.read(_ALL)}


async def of(tx: Tx, who: str) -> str | None:
    """Return what stands for the card that an officer has."""
    rows = await tx.read(_OF, {"who": who})
    return str(rows[0][0]) if rows else None


def put(tx: Tx, who: str, says: str) -> None:
    """Keep which card an officer is given."""
    tx.write(_PUT, {"officer": who, "says": says, "sent_at": tx.now})


def drop(tx: Tx, who: str) -> None:
    """Forget the card of an officer: on a new phone it is not there."""
    tx.write(_DROP, {"who": who})

"""Numbers that somebody has said to be wrong, as rows: open until a lead has settled it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import contact_doubt
from bot.store.upsert import upsert

# Said twice by the same person it is one doubt.
_ADD = upsert(contact_doubt).on_conflict_do_nothing()
_OPEN = select(contact_doubt.c.contact).where(
    contact_doubt.c.contact.in_(bindparam("codes", expanding=True)), contact_doubt.c.settled_at.is_(None)
)
_OF = (
    select(contact_doubt)
    .where(contact_doubt.c.contact == bindparam("which"), contact_doubt.c.settled_at.is_(None))
    .order_by(contact_doubt.c.id)
)
_SETTLE = (
    update(contact_doubt)
    .where(contact_doubt.c.contact == bindparam("which"), contact_doubt.c.settled_at.is_(None))
    .values(settled_at=bindparam("at_"), settled_by=bindparam("who"), outcome=bindparam("what"))
)


@dataclass(frozen=True)
class Doubt:
    """That somebody (a code) has said that a number of a contact is wrong."""

    contact: str
    said_by: str
    said_at: datetime


async def add(tx: Tx, which: str, by: str) -> bool:
    """Keep that somebody says so; return False if the same person has said it already."""
    return await tx.change(_ADD, {"id": new_id(tx.now), "contact": which, "said_by": by, "said_at": tx.now}) == 1


async def open_of(tx: Tx, codes: Collection[str]) -> set[str]:
    """Return which of these contacts are in doubt."""
    if not codes:
        return set()
    return {row.contact for row in await tx.read(_OPEN, {"codes": sorted(codes)})}


async def of(tx: Tx, which: str) -> list[Doubt]:
    """Return who doubts a contact, the first first."""
    return [Doubt(row.contact, row.said_by, row.said_at) for row in await tx.read(_OF, {"which": which})]


async def settle(tx: Tx, which: str, by: str | None, outcome: str) -> int:
    """Settle every doubt about a contact, `by` nobody: by a load; return how many there were."""
    return await tx.change(_SETTLE, {"which": which, "at_": tx.now, "who": by, "what": outcome})

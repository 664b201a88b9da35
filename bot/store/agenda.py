"""Things due at an instant that belong to nobody, and small facts that must survive a restart."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.store.engine import Tx
from bot.store.tables import agenda, fact
from bot.store.upsert import upsert

AT_ONCE = 500
_ADD = upsert(agenda).on_conflict_do_nothing(index_elements=["what"])
_DUE = select(agenda).where(agenda.c.next_at <= bindparam("at"))
_CLAIM = (
    update(agenda)
    .where(agenda.c.what == bindparam("which"), agenda.c.next_at == bindparam("seen"))
    .values(next_at=bindparam("then"))
)
_DROP = delete(agenda).where(agenda.c.what == bindparam("which"))
_FACTS = upsert(fact)
_PUT = _FACTS.on_conflict_do_update(index_elements=["name"], set_={"value": _FACTS.excluded.value})
_SOME = select(fact).where(fact.c.name.in_(bindparam("names", expanding=True)))
_FORGET = delete(fact).where(fact.c.name == bindparam("which"))
_GET = select(fact.c.value).where(fact.c.name == bindparam("which"))


def add(tx: Tx, what: str, next_at: datetime) -> None:
    """Put something on the agenda, unless it stands there."""
    tx.write(_ADD, {"what": what, "next_at": next_at})


def drop(tx: Tx, what: str) -> None:
    """Take something off the agenda."""
    tx.write(_DROP, {"which": what})


async def due(tx: Tx) -> list[tuple[str, datetime]]:
    """Return what is due now."""
    return [(row.what, row.next_at) for row in await tx.read(_DUE, {"at": tx.now})]


async def claim(tx: Tx, what: str, seen: datetime, then: datetime) -> bool:
    """Move a due entry to its next instant; return whether nobody else did."""
    return await tx.change(_CLAIM, {"which": what, "seen": seen, "then": then}) == 1


def put_fact(tx: Tx, name: str, value: str) -> None:
    """Keep a small fact."""
    tx.write(_PUT, {"name": name, "value": value})


def drop_fact(tx: Tx, name: str) -> None:
    """Forget a small fact."""
    tx.write(_FORGET, {"which": name})


async def facts(tx: Tx, names: Collection[str]) -> dict[str, str]:
    """Return small facts by name; those that are not kept are missing."""
    found: dict[str, str] = {}
    wanted = sorted(names)
    for at in range(0, len(wanted), AT_ONCE):
        rows = await tx.read(_SOME, {"names": wanted[at : at + AT_ONCE]})
        found |= {row.name: str(row.value) for row in rows}
    return found


async def get_fact(tx: Tx, name: str) -> str | None:
    """Return a small fact."""
    rows = await tx.read(_GET, {"which": name})
    return str(rows[0][0]) if rows else None

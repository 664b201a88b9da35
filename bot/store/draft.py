"""Questions that wait for a typed answer: rows, so that a restart forgets none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.engine import Tx
from bot.store.officer import ENDED
from bot.store.tables import draft
from bot.store.upsert import upsert

_INSERT = upsert(draft)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["officer"], set_={name: _INSERT.excluded[name] for name in ("kind", "data", "at")}
)
_DROP = delete(draft).where(draft.c.officer == bindparam("who"))
_FORGET = delete(draft).where(draft.c.officer.in_(ENDED))
_OF = select(draft).where(draft.c.officer.in_(bindparam("codes", expanding=True)))


@dataclass(frozen=True)
class Draft:
    """What was asked (`kind`) and what is known so far; `data` is JSON."""

    kind: str
    data: dict[str, Any]
    at: datetime


def put(tx: Tx, who: str, kind: str, **data: Any) -> None:
    """Keep the officer's open question, in place of an older one."""
    tx.write(_PUT, {"officer": who, "kind": kind, "data": data, "at": tx.now})
    tx.cache.clear()


def drop(tx: Tx, who: str) -> None:
    """Close the officer's open question."""
    tx.write(_DROP, {"who": who})
    tx.cache.clear()


async def forget(tx: Tx, ended_before: date) -> int:
    """Delete the open questions of those whose tour ended before that day; return how many."""
    gone = await tx.change(_FORGET, {"day": ended_before})
    tx.cache.clear()
    return gone


async def of(tx: Tx, codes: Collection[str]) -> dict[str, Draft]:
    """Return the open questions, by officer."""
    if not codes:
        return {}
    return {row.officer: Draft(row.kind, row.data, row.at) for row in await tx.read(_OF, {"codes": sorted(codes)})}

"""Questions that wait for a typed answer: rows, so that a restart forgets none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store.engine import Tx
from bot.store.tables import draft

# What was begun outlives the question: it stays in the row, under this name, until it is said to be all.
BEGUN, ASIDE = "begun", "aside"


def _begun(data: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.json_extract(data, f"$.{BEGUN}", type_=String)


_INSERT = insert(draft)
_NEW = _INSERT.excluded
_CARRIED = func.json_set(_NEW.data, f"$.{BEGUN}", func.json(_begun(draft.c.data)), type_=JSON)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["officer"],
    set_={
        "kind": _NEW.kind,
        "at": _NEW.at,
        "data": case((_begun(draft.c.data).is_not(None) & _begun(_NEW.data).is_(None), _CARRIED), else_=_NEW.data),
    },
)
_DROP = delete(draft).where(draft.c.officer == bindparam("who"), _begun(draft.c.data).is_(None))
_LAY_ASIDE = update(draft).where(draft.c.officer == bindparam("who")).values(kind=ASIDE)
_FORGET = delete(draft).where(draft.c.officer == bindparam("who"))
_OF = select(draft).where(draft.c.officer.in_(bindparam("codes", expanding=True)))


@dataclass(frozen=True)
class Draft:
    """What was asked (`kind`) and what is known so far; `data` is JSON."""

    kind: str
    data: dict[str, Any]
    at: datetime


def put(tx: Tx, who: str, kind: str, **data: Any) -> None:
    """Keep the officer's open question, in place of an older one; what was begun there is kept unless `data` has it."""
    tx.write(_PUT, {"officer": who, "kind": kind, "data": data, "at": tx.now})
    tx.cache.clear()


def drop(tx: Tx, who: str) -> None:
    """Close the officer's open question; what was begun is laid aside."""
    tx.write(_DROP, {"who": who})
    tx.write(_LAY_ASIDE, {"who": who})
    tx.cache.clear()


def forget(tx: Tx, who: str) -> None:
    """Close the officer's open question and let go of what was begun."""
    tx.write(_FORGET, {"who": who})
    tx.cache.clear()


async def begun(tx: Tx, who: str) -> dict[str, Any] | None:
    """Return what the officer has begun, however long ago and whatever was asked since."""
    rows = await tx.read(_OF, {"codes": [who]})
    return rows[0].data.get(BEGUN) if rows else None


async def of(tx: Tx, codes: Collection[str]) -> dict[str, Draft]:
    """Return the open questions, by officer."""
    if not codes:
        return {}
    rows = await tx.read(_OF, {"codes": sorted(codes)})
    return {row.officer: Draft(row.kind, row.data, row.at) for row in rows if row.kind != ASIDE}

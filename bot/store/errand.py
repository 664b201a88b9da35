"""Errands owed, as rows: killed at any instant, each is carried out at least once."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.errand import Errand
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import errand

OWED, DONE, FAILED = "owed", "done", "failed"

_INSERT = insert(errand)
# Owed again, from the first attempt: what it is about has changed, or a person asked.
_OWE = _INSERT.on_conflict_do_update(
    index_elements=["kind", "subject"],
    set_={
        "state": OWED,
        "attempts": 0,
        "owed_at": _INSERT.excluded.owed_at,
        "not_before": _INSERT.excluded.not_before,
        "error": None,
    },
)
_DUE = (
    select(errand.c.id, errand.c.kind, errand.c.subject, errand.c.attempts)
    .where(errand.c.state == OWED, errand.c.not_before <= bindparam("at_"))
    .where(errand.c.id.not_in(bindparam("busy", expanding=True)))
    .order_by(errand.c.not_before, errand.c.id)
    .limit(bindparam("most"))
)
_RESULT = (
    update(errand)
    .where(errand.c.id == bindparam("which"))
    .values(
        state=bindparam("to"),
        attempts=bindparam("tries"),
        not_before=bindparam("later"),
        error=bindparam("why"),
    )
)
_DROP = delete(errand).where(errand.c.kind == bindparam("of"), errand.c.subject == bindparam("about"))


def owe(tx: Tx, kind: str, subject: str, wait: timedelta = timedelta()) -> None:
    """Owe an errand; one that is known already begins anew."""
    tx.write(
        _OWE,
        {
            "id": new_id(tx.now),
            "kind": kind,
            "subject": subject,
            "state": OWED,
            "owed_at": tx.now,
            "not_before": tx.now + wait,
        },
    )


async def due(tx: Tx, most: int, busy: Collection[int] = ()) -> list[Errand]:
    """Return the errands that are due, the longest due first, but for those under way."""
    rows = await tx.read(_DUE, {"at_": tx.now, "most": most, "busy": sorted(busy)})
    return [Errand(row.id, row.kind, row.subject, row.attempts) for row in rows]


def done(tx: Tx, one: Errand) -> None:
    """Write that it has been carried out."""
    _write(tx, one, DONE, timedelta(), None)


def later(tx: Tx, one: Errand, wait: timedelta, why: str) -> None:
    """Write that it is to be tried again after `wait`."""
    _write(tx, one, OWED, wait, why)


def never(tx: Tx, one: Errand, why: str) -> None:
    """Write that it is given up."""
    _write(tx, one, FAILED, timedelta(), why)


def _write(tx: Tx, one: Errand, to: str, wait: timedelta, why: str | None) -> None:
    tx.write(
        _RESULT,
        {"which": one.id, "to": to, "tries": one.attempts + 1, "later": tx.now + wait, "why": why and why[:500]},
    )


def drop(tx: Tx, kind: str, subject: str) -> None:
    """Let go of an errand: nobody wants it any more."""
    tx.write(_DROP, {"of": kind, "about": subject})

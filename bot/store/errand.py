"""Errands owed, as rows: killed at any instant, each is carried out at least once."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, tuple_, update

from bot.domain.errand import REACHES_PEOPLE, RESTORED, Errand, wait_after
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import errand
from bot.store.upsert import upsert

OWED, DONE, FAILED = "owed", "done", "failed"

_INSERT = upsert(errand)
# Owed anew, from the first attempt: what it is about has changed, or a person asked. Under a new id, so that the result
# of an attempt that is under way falls to the ground.
_OWE = _INSERT.on_conflict_do_update(
    index_elements=["kind", "subject"],
    set_={
        "id": _INSERT.excluded.id,
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
    .where(tuple_(errand.c.kind, errand.c.subject).not_in(bindparam("busy", expanding=True)))
    .where(errand.c.kind.not_in(bindparam("full", expanding=True)))
    .order_by(errand.c.not_before, errand.c.id)
    .limit(1)
)
_CLAIM = (
    update(errand)
    .where(errand.c.id == bindparam("which"), errand.c.state == OWED)
    .values(attempts=bindparam("tries"), not_before=bindparam("later"))
)
_RESULT = (
    update(errand)
    .where(errand.c.id == bindparam("which"), errand.c.state == OWED)
    .values(state=bindparam("to"), not_before=bindparam("later"), error=bindparam("why"))
)
_FORWARD = (
    update(errand)
    .where(errand.c.state == OWED, errand.c.not_before > bindparam("now"))
    .values(not_before=bindparam("now"))
)
_WAITING = select(func.count(), func.min(errand.c.owed_at)).where(
    errand.c.state == OWED, (errand.c.not_before <= bindparam("at_")) | (errand.c.attempts > 0)
)
_FAILED = select(func.count()).where(errand.c.state == FAILED)
_PURGE = delete(errand).where(errand.c.not_before < bindparam("before"), errand.c.state.in_([DONE, FAILED]))
_PARK = (
    update(errand).where(errand.c.state == OWED, errand.c.kind.in_(REACHES_PEOPLE)).values(state=FAILED, error=RESTORED)
)
_PARKED = (
    select(errand.c.kind, func.count())
    .where(errand.c.state == FAILED, errand.c.error == RESTORED)
    .group_by(errand.c.kind)
    .order_by(errand.c.kind)
)
_DROP = delete(errand).where(errand.c.kind == bindparam("of"), errand.c.subject == bindparam("about"))


def owe(tx: Tx, kind: str, subject: str, wait: timedelta = timedelta()) -> None:
    """Owe an errand, not before `wait` has passed; one that is known already begins anew."""
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
    tx.errand_owed = True


async def claim(tx: Tx, busy: Collection[tuple[str, str]] = (), full: Collection[str] = ()) -> Errand | None:
    """Take the errand that is longest due, or nothing; none `busy` (kind and subject), none of the kinds `full`.

    The attempt counts from here: an errand at which the process dies is not the first thing that the next one does.
    """
    rows = await tx.read(_DUE, {"at_": tx.now, "busy": sorted(busy), "full": sorted(full)})
    if not rows:
        return None
    one = Errand(rows[0].id, rows[0].kind, rows[0].subject, rows[0].attempts)
    tries = one.attempts + 1
    tx.write(_CLAIM, {"which": one.id, "tries": tries, "later": tx.now + wait_after(tries)})
    return one


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
    tx.write(_RESULT, {"which": one.id, "to": to, "later": tx.now + wait, "why": why})


def drop(tx: Tx, kind: str, subject: str) -> None:
    """Let go of an errand: nobody wants it any more."""
    tx.write(_DROP, {"of": kind, "about": subject})


def bring_forward(tx: Tx) -> None:
    """Have everything owed be tried now that the clock was set back: its time lies in what was the past."""
    tx.write(_FORWARD, {"now": tx.now})
    tx.errand_owed = True


async def waiting(tx: Tx) -> tuple[int, datetime | None]:
    """Return how many errands are owed, but for those that are to begin later, and since when the oldest one is."""
    row: Any = (await tx.read(_WAITING, {"at_": tx.now}))[0]
    return int(row[0]), row[1]


async def failed(tx: Tx) -> int:
    """Return how many errands are given up and still kept."""
    return int((await tx.read(_FAILED))[0][0])


async def purge(tx: Tx, before: datetime) -> int:
    """Delete errands that were settled before `before`."""
    return await tx.change(_PURGE, {"before": before})


async def park(tx: Tx) -> int:
    """Give up what would reach people twice: owed in a backup, it was sent long ago, or is no longer true."""
    return await tx.change(_PARK)


async def parked(tx: Tx) -> dict[str, int]:
    """Return how many errands of each kind were given up by a restore and are still kept."""
    rows: list[Any] = list(await tx.read(_PARKED))
    return dict(rows)

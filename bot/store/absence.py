"""Absences, as rows."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.absence import Absence, AbsenceKind, AbsenceState
from bot.store.engine import Tx
from bot.store.tables import absence

_INSERT = insert(absence)
_UPDATE = (
    update(absence)
    .where(absence.c.id == bindparam("which"))
    .values(
        starts_at=bindparam("starts"),
        ends_at=bindparam("ends"),
        state=bindparam("to"),
        decided_by=bindparam("by"),
        decided_at=bindparam("at"),
    )
)
_STANDING = (
    select(absence)
    .where(
        absence.c.officer.in_(bindparam("codes", expanding=True)),
        absence.c.state.in_([AbsenceState.ASKED.value, AbsenceState.CONFIRMED.value]),
        absence.c.ends_at > bindparam("after"),
    )
    .order_by(absence.c.starts_at)
)
_AWAY = select(absence.c.officer).where(
    absence.c.state == AbsenceState.CONFIRMED.value,
    absence.c.starts_at <= bindparam("at"),
    absence.c.ends_at > bindparam("at"),
)
_ONE = select(absence).where(absence.c.id == bindparam("which"))


def _from_row(row: Row[Any]) -> Absence:
    return Absence(
        id=row.id,
        officer=row.officer,
        kind=AbsenceKind(row.kind),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=AbsenceState(row.state),
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def add(tx: Tx, one: Absence) -> None:
    """Write a new absence."""
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "officer": one.officer,
            "kind": one.kind.value,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "state": one.state.value,
            "asked_at": one.asked_at,
            "decided_by": None,
            "decided_at": None,
        },
    )
    tx.cache.clear()


def save(tx: Tx, one: Absence) -> None:
    """Write what changes in an absence's life: its times, its state and who decided."""
    tx.write(
        _UPDATE,
        {
            "which": one.id,
            "starts": one.starts_at,
            "ends": one.ends_at,
            "to": one.state.value,
            "by": one.decided_by,
            "at": one.decided_at,
        },
    )
    tx.cache.clear()


async def one(tx: Tx, which: int) -> Absence | None:
    """Return one absence, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def standing(tx: Tx, codes: Collection[str], after: Any = None) -> dict[str, list[Absence]]:
    """Return, by officer, the asked or confirmed absences that end later than `after` (now by default)."""
    found: dict[str, list[Absence]] = {code: [] for code in codes}
    if codes:
        for row in await tx.read(_STANDING, {"codes": sorted(codes), "after": after or tx.now}):
            found[row.officer].append(_from_row(row))
    return found


async def away_now(tx: Tx) -> set[str]:
    """Return the codes of those whose confirmed absence covers this instant."""
    return {row.officer for row in await tx.read(_AWAY, {"at": tx.now})}

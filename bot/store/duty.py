"""Duties, as rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, or_, select, update

from bot.domain.duty import Duty, DutyState, Stage
from bot.store.engine import Tx
from bot.store.tables import duty
from bot.store.upsert import upsert

# Both SQLite and PostgreSQL say it this way: a slot that is already planned (or excused, or opened) stays as it is.
_INSERT = upsert(duty).on_conflict_do_nothing(index_elements=["officer", "watch", "slot"])
_UPDATE = (
    update(duty)
    .where(duty.c.id == bindparam("which"))
    .values(
        state=bindparam("to"),
        stage=bindparam("at_stage"),
        next_at=bindparam("look_at"),
        alert=bindparam("case"),
        checkin=bindparam("answer"),
    )
)
_LIVE = (DutyState.PENDING.value, DutyState.OVERDUE.value)
_OPEN = (
    select(duty)
    .where(
        duty.c.officer.in_(bindparam("codes", expanding=True)),
        duty.c.state.in_(_LIVE),
        duty.c.opens_at <= bindparam("at"),
    )
    .order_by(duty.c.due_at)
)
_NEXT = (
    select(duty.c.officer, func.min(duty.c.due_at).label("due_at"))
    .where(
        duty.c.officer.in_(bindparam("codes", expanding=True)),
        duty.c.state == DutyState.PENDING.value,
        duty.c.opens_at > bindparam("at"),
    )
    .group_by(duty.c.officer)
)
_DUE = select(duty).where(duty.c.next_at <= bindparam("until")).order_by(duty.c.next_at).limit(bindparam("most"))
_BY_ALERT = select(duty).where(duty.c.alert.in_(bindparam("cases", expanding=True))).order_by(duty.c.due_at)
# What was excused is planned anew until it is due: a roster that was wrong for an hour must not cost a check-in.
_STILL_TO_PLAN = or_(
    and_(duty.c.opens_at > bindparam("at"), duty.c.state == DutyState.PENDING.value),
    and_(duty.c.due_at > bindparam("at"), duty.c.state == DutyState.EXCUSED.value),
)
_DROP = delete(duty).where(duty.c.officer == bindparam("who"), _STILL_TO_PLAN)
_IN_SPAN = and_(
    duty.c.officer == bindparam("who"), duty.c.due_at >= bindparam("first"), duty.c.due_at <= bindparam("last")
)
_EXCUSE = (
    update(duty)
    .where(_IN_SPAN, duty.c.state == DutyState.PENDING.value, duty.c.opens_at > bindparam("at"))
    .values(state=DutyState.EXCUSED.value, next_at=None)
)
_REINSTATE = (
    update(duty)
    .where(_IN_SPAN, duty.c.state == DutyState.EXCUSED.value, duty.c.due_at > bindparam("at"))
    .values(state=DutyState.PENDING.value, next_at=duty.c.remind_at)
)
_SHIFT = update(duty).where(duty.c.id == bindparam("which")).values(next_at=bindparam("look_at"))
_PROMPTED = select(duty).where(
    duty.c.state == DutyState.PENDING.value,
    duty.c.stage.in_([Stage.REMINDED.value, Stage.DUE.value, Stage.LAST_CALL.value]),
)
_LONGEST = select(func.min(duty.c.next_at)).where(duty.c.next_at <= bindparam("until"))
_PAST_DEADLINE = select(func.count()).where(
    or_(
        and_(duty.c.state == DutyState.PENDING.value, duty.c.deadline <= bindparam("until")),
        and_(duty.c.state == DutyState.OVERDUE.value, duty.c.alert.is_(None)),
    )
)


def _from_row(row: Row[Any]) -> Duty:
    return Duty(
        id=row.id,
        officer=row.officer,
        watch=row.watch,
        slot=row.slot,
        opens_at=row.opens_at,
        remind_at=row.remind_at,
        due_at=row.due_at,
        deadline=row.deadline,
        state=DutyState(row.state),
        stage=Stage(row.stage),
        alert=row.alert,
        checkin=row.checkin,
    )


def add(tx: Tx, one: Duty) -> None:
    """Write a new duty; one that exists for that officer, watch and slot stays as it is."""
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "officer": one.officer,
            "watch": one.watch,
            "slot": one.slot,
            "opens_at": one.opens_at,
            "remind_at": one.remind_at,
            "due_at": one.due_at,
            "deadline": one.deadline,
            "state": one.state.value,
            "stage": one.stage.value,
            "next_at": one.next_at,
            "alert": one.alert,
            "checkin": one.checkin,
        },
    )


def save(tx: Tx, one: Duty) -> None:
    """Write what changes in a duty's life."""
    tx.write(
        _UPDATE,
        {
            "which": one.id,
            "to": one.state.value,
            "at_stage": one.stage.value,
            "look_at": one.next_at,
            "case": one.alert,
            "answer": one.checkin,
        },
    )


async def opened(tx: Tx, codes: Collection[str], at: datetime) -> dict[str, list[Duty]]:
    """Return, by officer, the duties that are open at `at` and that nothing has settled, the oldest first."""
    found: dict[str, list[Duty]] = {code: [] for code in codes}
    if codes:
        for row in await tx.read(_OPEN, {"codes": sorted(codes), "at": at}):
            found[row.officer].append(_from_row(row))
    return found


async def next_due(tx: Tx, codes: Collection[str], after: datetime) -> dict[str, datetime]:
    """Return, by officer, when the first duty that opens later than `after` is due."""
    if not codes:
        return {}
    rows = await tx.read(_NEXT, {"codes": sorted(codes), "at": after})
    return {row.officer: row.due_at for row in rows}


async def due(tx: Tx, until: datetime, most: int) -> list[Duty]:
    """Return the duties to look at as of `until`, the longest waiting first."""
    return [_from_row(row) for row in await tx.read(_DUE, {"until": until, "most": most})]


async def of_alerts(tx: Tx, cases: Collection[int]) -> dict[int, list[Duty]]:
    """Return, by alert, the duties that joined it, the oldest first."""
    found: dict[int, list[Duty]] = {case: [] for case in cases}
    if cases:
        for row in await tx.read(_BY_ALERT, {"cases": sorted(cases)}):
            found[row.alert].append(_from_row(row))
    return found


async def prompted(tx: Tx) -> Sequence[Duty]:
    """Return the duties whose officer holds a reminder that waits for an answer."""
    return [_from_row(row) for row in await tx.read(_PROMPTED)]


def drop_unopened(tx: Tx, who: str) -> None:
    """Forget what was planned for an officer and has not opened, or was excused and is not due yet, to plan it anew."""
    tx.write(_DROP, {"who": who, "at": tx.now})


def excuse(tx: Tx, who: str, first: datetime, last: datetime) -> None:
    """Excuse what has not opened and is due between two instants, both included."""
    tx.write(_EXCUSE, {"who": who, "at": tx.now, "first": first, "last": last})


def reinstate(tx: Tx, who: str, first: datetime, last: datetime) -> None:
    """Expect again what was excused between two instants, both included, and is not due yet."""
    tx.write(_REINSTATE, {"who": who, "at": tx.now, "first": first, "last": last})


def look_at(tx: Tx, one: Duty, at: datetime) -> None:
    """Push one row forward, so that a bad one never stops the others."""
    tx.write(_SHIFT, {"which": one.id, "look_at": at})


async def unjudged(tx: Tx, until: datetime) -> int:
    """Return how many duties are past their deadline as of `until` without an alert: the auditor's question."""
    return int((await tx.read(_PAST_DEADLINE, {"until": until}))[0][0])


async def longest_waiting(tx: Tx) -> datetime | None:
    """Return since when the longest waiting duty is due to be looked at."""
    found: datetime | None = (await tx.read(_LONGEST, {"until": tx.now}))[0][0]
    return found

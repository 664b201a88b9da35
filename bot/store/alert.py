"""Alerts, as rows."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, String, and_, bindparam, cast, delete, func, insert, or_, select, update

from bot.domain.alert import Alert, AlertKind, AlertState, HowVerified, Outcome, Reason
from bot.store.engine import Tx
from bot.store.tables import alert, checkin, outbox
from bot.store.types import earlier, micros

_COLUMNS = [one.name for one in fields(Alert)]
_INSERT = insert(alert)
_UPDATE = (
    update(alert)
    .where(alert.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS if name != "id"})
)
_NOT_CLOSED = alert.c.state != AlertState.CLOSED.value
_OPEN_OF = select(alert).where(_NOT_CLOSED, alert.c.officer.in_(bindparam("codes", expanding=True)))
_RECENT_OF = (
    select(alert)
    .where(
        alert.c.officer == bindparam("code"),
        or_(alert.c.opened_at >= bindparam("begins"), _NOT_CLOSED),
        # Of an SOS that was cancelled in time, or may still be, nobody was told.
        alert.c.state != AlertState.ARMED.value,
        or_(alert.c.outcome.is_(None), alert.c.outcome != Outcome.CANCELLED.value),
    )
    .order_by(alert.c.since.desc())
    .limit(bindparam("most"))
)
RECENT_MOST = 6  # so many are offered on buttons
# Nobody has spoken with the officer, and nothing has come from them since.
UNSEEN = and_(
    alert.c.kind == AlertKind.OVERDUE.value,
    alert.c.state == AlertState.CLOSED.value,
    alert.c.outcome == Outcome.RESOLVED.value,
    alert.c.answered_at.is_(None),
    ~select(checkin.c.id)
    .where(checkin.c.officer == alert.c.officer, checkin.c.received_at >= alert.c.closed_at)
    .correlate(alert)
    .exists(),
)
_CLOSED_UNSEEN = (
    select(alert).where(UNSEEN, alert.c.officer.in_(bindparam("codes", expanding=True))).order_by(alert.c.closed_at)
)
_ONE = select(alert).where(alert.c.id == bindparam("which"))
_SUBJECTS = select(alert.c.officer).where(_NOT_CLOSED).distinct()
_OPEN = select(alert).where(_NOT_CLOSED).order_by(alert.c.since)
_DISTRESS_DUE = and_(alert.c.kind == AlertKind.DISTRESS.value, alert.c.next_at <= bindparam("now"))
_DUE_DISTRESS = select(alert).where(_DISTRESS_DUE).order_by(alert.c.next_at).limit(bindparam("most"))
_DUE = (
    select(alert)
    .where(or_(_DISTRESS_DUE, and_(alert.c.kind != AlertKind.DISTRESS.value, alert.c.next_at <= bindparam("until"))))
    .order_by(alert.c.next_at)
    .limit(bindparam("most"))
)
_LONGEST = select(func.min(alert.c.next_at)).where(alert.c.next_at <= bindparam("until"))
_COUNT_OPEN = select(func.count()).where(_NOT_CLOSED)
_SHIFT = update(alert).where(alert.c.id == bindparam("which")).values(next_at=bindparam("look_at"))
_FORWARD = (
    update(alert)
    .where(_NOT_CLOSED, alert.c.next_at > bindparam("now"))
    .values(next_at=earlier(alert.c.next_at, bindparam("by")))
)
_STUCK = select(func.count()).where(_NOT_CLOSED, or_(alert.c.next_at.is_(None), alert.c.next_at < bindparam("before")))
_TOLD = select(outbox.c.id).where(outbox.c.thread == "alert:" + cast(alert.c.id, String)).exists()
_UNHEARD = select(func.count()).where(_NOT_CLOSED, alert.c.rung > 0, ~_TOLD)
_LOCATED = and_(alert.c.closed_at < bindparam("before"), alert.c.latitude.is_not(None))
_FORGET_PLACES = update(alert).where(_LOCATED).values(latitude=None, longitude=None)
# Their facts say where somebody was, to the metre.
_FORGET_MESSAGES = delete(outbox).where(
    outbox.c.thread.in_(select("alert:" + cast(alert.c.id, String)).where(_LOCATED)),
    outbox.c.state.not_in(["owed", "sending"]),
)


def _values(one: Alert) -> dict[str, Any]:
    found = ((name, getattr(one, name)) for name in _COLUMNS)
    return {name: getattr(value, "value", value) for name, value in found}


def _from_row(row: Row[Any]) -> Alert:
    values = dict(row._mapping)
    values["kind"] = AlertKind(row.kind)
    values["state"] = AlertState(row.state)
    values["outcome"] = Outcome(row.outcome) if row.outcome else None
    values["reason"] = Reason(row.reason) if row.reason else None
    values["how"] = HowVerified(row.how) if row.how else None
    return Alert(**values)


def add(tx: Tx, one: Alert) -> None:
    """Write a new alert."""
    tx.write(_INSERT, _values(one))


def save(tx: Tx, one: Alert) -> None:
    """Write an alert's new state."""
    values = _values(one)
    tx.write(_UPDATE, {"which": values.pop("id"), **{f"new_{name}": value for name, value in values.items()}})


async def one(tx: Tx, which: int) -> Alert | None:
    """Return one alert, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def open_of(tx: Tx, codes: Collection[str]) -> dict[str, list[Alert]]:
    """Return, by officer, the alerts that are not closed."""
    found: dict[str, list[Alert]] = {code: [] for code in codes}
    if codes:
        for row in await tx.read(_OPEN_OF, {"codes": sorted(codes)}):
            found[row.officer].append(_from_row(row))
    return found


async def recent_of(tx: Tx, code: str, since: datetime) -> list[Alert]:
    """Return the newest alerts about an officer that were opened since then or are not closed, the newest first."""
    rows = await tx.read(_RECENT_OF, {"code": code, "begins": since, "most": RECENT_MOST})
    return [_from_row(row) for row in rows]


async def closed_unseen(tx: Tx, codes: Collection[str]) -> dict[str, Alert]:
    """Return, by officer, the last overdue alert closed with a reason, if no answer has come since."""
    found: dict[str, Alert] = {}
    if codes:
        for row in await tx.read(_CLOSED_UNSEEN, {"codes": sorted(codes)}):
            found[row.officer] = _from_row(row)
    return found


async def subjects(tx: Tx) -> set[str]:
    """Return the officers about whom an alert is open."""
    return {row.officer for row in await tx.read(_SUBJECTS)}


async def every_open(tx: Tx) -> list[Alert]:
    """Return all alerts that are not closed, the oldest first."""
    return [_from_row(row) for row in await tx.read(_OPEN)]


async def due(tx: Tx, until: datetime | None, most: int) -> list[Alert]:
    """Return the alerts to look at: a distress as of now, the others as of `until`, none of them if that is nothing."""
    query = _DUE if until is not None else _DUE_DISTRESS
    return [_from_row(row) for row in await tx.read(query, {"now": tx.now, "until": until, "most": most})]


def look_at(tx: Tx, which: int, at: datetime) -> None:
    """Have the sweep look at an alert at `at`: now, or later so that a bad row never stops the others."""
    tx.write(_SHIFT, {"which": which, "look_at": at})


def bring_forward(tx: Tx, by: timedelta) -> None:
    """Bring forward what open alerts wait for: the clock was set back."""
    tx.write(_FORWARD, {"now": tx.now, "by": micros(by)})


async def stuck(tx: Tx, before: datetime) -> int:
    """Return how many open alerts should have moved before `before` and did not: the auditor's question."""
    return int((await tx.read(_STUCK, {"before": before}))[0][0])


async def unheard(tx: Tx) -> int:
    """Return how many open alerts have climbed and nobody could be told of."""
    return int((await tx.read(_UNHEARD))[0][0])


async def forget_places(tx: Tx, before: datetime) -> int:
    """Delete the coordinates of alerts closed before `before`, and the messages that hold them; return the alerts."""
    await tx.change(_FORGET_MESSAGES, {"before": before})
    return await tx.change(_FORGET_PLACES, {"before": before})


async def open_count(tx: Tx) -> int:
    """Return how many alerts are not closed."""
    return int((await tx.read(_COUNT_OPEN))[0][0])


async def longest_waiting(tx: Tx) -> datetime | None:
    """Return since when the longest waiting alert is due to be looked at."""
    found: datetime | None = (await tx.read(_LONGEST, {"until": tx.now}))[0][0]
    return found

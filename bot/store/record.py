"""The record as it is exported: check-ins, alerts and the audit, with stable column names."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, select

from bot.store.engine import Tx
from bot.store.tables import alert, audit, checkin, officer

What = Literal["checkins", "alerts", "audit"]

_CHECKINS = (
    select(
        checkin.c.id,
        checkin.c.officer,
        officer.c.name,
        officer.c.post,
        officer.c.mission,
        checkin.c.sent_at,
        checkin.c.occurred_at,
        checkin.c.received_at,
        checkin.c.channel,
        checkin.c.entered_by,
        checkin.c.how_verified,
        checkin.c.place,
        checkin.c.remark,
    )
    .join(officer, officer.c.code == checkin.c.officer)
    .where(checkin.c.received_at >= bindparam("since"), checkin.c.received_at < bindparam("until"))
    .order_by(checkin.c.received_at, checkin.c.id)
)
# Coordinates are not exported: they expire, and an exported file does not.
_ALERTS = (
    select(
        *[column for column in alert.columns if column.name not in ("latitude", "longitude", "next_at")],
        officer.c.name,
        officer.c.post,
    )
    .join(officer, officer.c.code == alert.c.officer)
    .where(alert.c.opened_at >= bindparam("since"), alert.c.opened_at < bindparam("until"))
    .order_by(alert.c.opened_at, alert.c.id)
)
_AUDIT = (
    select(audit)
    .where(audit.c.at >= bindparam("since"), audit.c.at < bindparam("until"))
    .order_by(audit.c.at, audit.c.id)
)
_QUERIES: dict[What, Select[Any]] = {"checkins": _CHECKINS, "alerts": _ALERTS, "audit": _AUDIT}


def columns(what: What) -> list[str]:
    """Return the names of the columns, in order."""
    return list(_QUERIES[what].selected_columns.keys())


async def each(tx: Tx, what: What, since: datetime, until: datetime) -> AsyncIterator[dict[str, Any]]:
    """Yield the rows between two instants (the latter not included)."""
    async for row in tx.stream(_QUERIES[what], {"since": since, "until": until}):
        yield dict(row._mapping)

"""Check-ins, as rows: every one is kept."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.alert import HowVerified
from bot.domain.checkin import Channel, Checkin, Details
from bot.store.engine import Tx
from bot.store.tables import checkin

_INSERT = insert(checkin)
_DETAILS = (
    update(checkin)
    .where(checkin.c.id == bindparam("which"))
    .values(occurred_at=bindparam("stated"), place=bindparam("where_"), remark=bindparam("said"))
)
_NEWER = checkin.alias("newer")
_LATEST = (
    select(checkin)
    .where(checkin.c.officer.in_(bindparam("codes", expanding=True)))
    .where(
        checkin.c.id
        == select(_NEWER.c.id)
        .where(_NEWER.c.officer == checkin.c.officer)
        .order_by(_NEWER.c.sent_at.desc(), _NEWER.c.id.desc())
        .limit(1)
        .correlate(checkin)
        .scalar_subquery()
    )
)


def _from_row(row: Row[Any]) -> Checkin:
    return Checkin(
        id=row.id,
        officer=row.officer,
        sent_at=row.sent_at,
        received_at=row.received_at,
        details=Details(row.occurred_at, row.place, row.remark),
        channel=Channel(row.channel),
        entered_by=row.entered_by,
        how_verified=HowVerified(row.how_verified) if row.how_verified else None,
    )


def add(tx: Tx, one: Checkin, update_id: int | None) -> None:
    """Write a check-in; `update_id` says from which update it came."""
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "officer": one.officer,
            "sent_at": one.sent_at,
            "occurred_at": one.details.occurred_at,
            "received_at": one.received_at,
            "channel": one.channel.value,
            "entered_by": one.entered_by,
            "how_verified": one.how_verified.value if one.how_verified else None,
            "place": one.details.place,
            "remark": one.details.remark,
            "update_id": update_id,
        },
    )


def add_details(tx: Tx, which: int, details: Details) -> None:
    """Write the place, remark and stated time that an officer adds to a check-in."""
    tx.write(
        _DETAILS,
        {"which": which, "stated": details.occurred_at, "where_": details.place, "said": details.remark},
    )


async def latest(tx: Tx, codes: Collection[str]) -> dict[str, Checkin]:
    """Return, by officer, the last check-in."""
    if not codes:
        return {}
    return {row.officer: _from_row(row) for row in await tx.read(_LATEST, {"codes": sorted(codes)})}

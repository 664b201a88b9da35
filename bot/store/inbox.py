"""The inbox: raw updates, stored before they are acknowledged, and done exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.engine import Tx
from bot.store.tables import inbox
from bot.store.upsert import upsert

# The key is bot id and update id: Telegram delivers an update again until it is acknowledged.
_INSERT = upsert(inbox).on_conflict_do_nothing(index_elements=["bot", "update_id"])
_WAITING = (
    select(inbox.c.bot, inbox.c.update_id, inbox.c.received_at, inbox.c.sent_at, inbox.c.raw)
    .where(inbox.c.state == "new")
    .order_by(inbox.c.update_id)
    .limit(bindparam("most"))
)
_DONE = (
    update(inbox)
    .where(inbox.c.bot == bindparam("of"), inbox.c.update_id == bindparam("which"))
    .values(state="done", raw=b"")
)
_FAILED = (
    update(inbox)
    .where(inbox.c.bot == bindparam("of"), inbox.c.update_id == bindparam("which"))
    .values(state="failed", error=bindparam("why"), reference=bindparam("ref"))
)
_WAITING_SINCE = select(func.min(inbox.c.received_at)).where(inbox.c.state == "new")
_SENT_SINCE = select(func.min(inbox.c.sent_at)).where(inbox.c.state == "new")
_COUNT = select(func.count()).where(inbox.c.state == bindparam("in_state"))
_PURGE = delete(inbox).where(inbox.c.state == "done", inbox.c.received_at < bindparam("before"))


@dataclass(frozen=True)
class Raw:
    """One stored update: `raw` is the JSON text as Telegram sent it, `sent_at` when Telegram received it."""

    bot: int
    update_id: int
    received_at: datetime
    sent_at: datetime
    raw: bytes


@dataclass(frozen=True)
class Fresh:
    """An update that has just come in; `sent_at` is nothing where it carries no date."""

    update_id: int
    sent_at: datetime | None
    raw: bytes


def add(tx: Tx, bot: int, updates: Sequence[Fresh]) -> None:
    """Store raw updates; those stored before stay as they are. No update was sent later than it came in."""
    for one in updates:
        tx.write(
            _INSERT,
            {
                "bot": bot,
                "update_id": one.update_id,
                "received_at": tx.now,
                "sent_at": min(one.sent_at or tx.now, tx.now),
                "raw": one.raw,
                "state": "new",
            },
        )


async def waiting(tx: Tx, most: int) -> list[Raw]:
    """Return the oldest updates that are not done."""
    rows = await tx.read(_WAITING, {"most": most})
    return [Raw(row.bot, row.update_id, row.received_at, row.sent_at, row.raw) for row in rows]


def done(tx: Tx, one: Raw) -> None:
    """Mark an update done; its text has served and is let go (rows and messages keep what matters)."""
    tx.write(_DONE, {"of": one.bot, "which": one.update_id})


def failed(tx: Tx, one: Raw, why: str, reference: str) -> None:
    """Set an update aside, whole, under the reference that the person was given."""
    tx.write(_FAILED, {"of": one.bot, "which": one.update_id, "why": why, "ref": reference})


async def waiting_since(tx: Tx) -> datetime | None:
    """Return when the oldest update that is not done came in: how long the desk is behind."""
    found: datetime | None = (await tx.read(_WAITING_SINCE))[0][0]
    return found


async def known_until(tx: Tx) -> datetime | None:
    """Return when the oldest update that is not done was sent: an answer of that instant may be among them."""
    found: datetime | None = (await tx.read(_SENT_SINCE))[0][0]
    return found


async def count(tx: Tx, state: str) -> int:
    """Return how many updates are `new`, `done` or `failed`."""
    return int((await tx.read(_COUNT, {"in_state": state}))[0][0])


async def purge(tx: Tx, before: datetime) -> int:
    """Delete done updates received before `before`; the key must outlive Telegram's 24 hours."""
    return await tx.change(_PURGE, {"before": before})

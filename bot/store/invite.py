"""Invitations and strangers, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.invite import Invite
from bot.store.engine import Tx
from bot.store.tables import invite, stranger
from bot.store.upsert import upsert

_INSERT = insert(invite)
_BY_HASH = select(invite).where(invite.c.code_hash == bindparam("hash_"))
_USE = (
    update(invite)
    .where(invite.c.id == bindparam("which"), invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
    .values(used_at=bindparam("at"), used_by=bindparam("by"))
)
_REVOKE_OTHERS = (
    update(invite)
    .where(
        invite.c.officer == bindparam("who"),
        invite.c.used_at.is_(None),
        invite.c.revoked_at.is_(None),
        invite.c.expires_at > bindparam("at"),
    )
    .values(revoked_at=bindparam("at"))
)
_OPEN = select(invite.c.officer, invite.c.expires_at).where(
    invite.c.used_at.is_(None), invite.c.revoked_at.is_(None), invite.c.expires_at > bindparam("at")
)
_STRANGER = select(stranger).where(stranger.c.telegram_id == bindparam("who"))
_UPSERT = upsert(stranger)
_COUNT = _UPSERT.on_conflict_do_update(
    index_elements=["telegram_id"],
    set_={name: _UPSERT.excluded[name] for name in ("window_from", "answers", "tries")},
)


def add(tx: Tx, one: Invite, made_by: str) -> None:
    """Write a new invitation; an older open one for the same officer is revoked."""
    tx.write(_REVOKE_OTHERS, {"who": one.officer, "at": tx.now})
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "officer": one.officer,
            "code_hash": one.code_hash,
            "made_by": made_by,
            "made_at": one.made_at,
            "expires_at": one.expires_at,
        },
    )


async def by_hash(tx: Tx, code_hash: str) -> Invite | None:
    """Return the invitation whose code has this hash."""
    rows = await tx.read(_BY_HASH, {"hash_": code_hash})
    if not rows:
        return None
    row = rows[0]
    return Invite(
        row.id, row.officer, row.code_hash, row.made_at, row.expires_at, row.used_at, row.used_by, row.revoked_at
    )


async def use(tx: Tx, one: Invite, telegram_id: int) -> bool:
    """Use an invitation up; return whether nobody had."""
    return await tx.change(_USE, {"which": one.id, "at": tx.now, "by": telegram_id}) == 1


def revoke_open(tx: Tx, who: str) -> None:
    """Revoke the officer's open invitations."""
    tx.write(_REVOKE_OTHERS, {"who": who, "at": tx.now})


async def open_until(tx: Tx) -> dict[str, datetime]:
    """Return, by officer, until when an open invitation runs."""
    return {row.officer: row.expires_at for row in await tx.read(_OPEN, {"at": tx.now})}


async def stranger_of(tx: Tx, telegram_id: int) -> Any | None:
    """Return the row of a stranger (window_from, answers, tries), or nothing."""
    rows = await tx.read(_STRANGER, {"who": telegram_id})
    return rows[0] if rows else None


def count_stranger(tx: Tx, telegram_id: int, window_from: datetime, answers: int, tries: int) -> None:
    """Write what a stranger has had and tried."""
    tx.write(
        _COUNT,
        {"telegram_id": telegram_id, "window_from": window_from, "answers": answers, "tries": tries},
    )

"""Attachments as rows: of a draft first, then of the report and the version that brought them."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, or_, select, union, update

from bot.domain.attachment import Attachment, AttachmentKind, AttachmentState, Incoming, Why
from bot.store.engine import Tx
from bot.store.tables import attachment, sitrep_file

_INSERT = insert(attachment)
_IN_DRAFT = attachment.c.report.is_(None)
_ONE = select(attachment).where(attachment.c.id == bindparam("which"))
_OF = (
    select(attachment)
    .where(or_(attachment.c.report == bindparam("report_"), (attachment.c.draft == bindparam("draft_")) & _IN_DRAFT))
    .order_by(attachment.c.id)
)
# Only what is still on its way: a file that was fetched twice, or refused meanwhile, is settled once.
_SETTLE = (
    update(attachment)
    .where(attachment.c.id == bindparam("which"), attachment.c.state == AttachmentState.FETCHING.value)
    .values(
        state=bindparam("to"),
        type=bindparam("new_type"),
        sha256=bindparam("new_sha256"),
        size=bindparam("new_size"),
        fetched_at=bindparam("new_fetched_at"),
        why=bindparam("new_why"),
    )
)
_FETCHING = (
    select(attachment.c.id).where(attachment.c.state == AttachmentState.FETCHING.value).order_by(attachment.c.id)
)
_MOVE = (
    update(attachment)
    .where(attachment.c.id == bindparam("which"))
    .values(report=bindparam("to"), version=bindparam("brought_by"))
)
_DROP = delete(attachment).where(attachment.c.id == bindparam("which"), _IN_DRAFT)
_WANTED = select(
    or_(
        exists().where(attachment.c.sha256 == bindparam("hash")),
        exists().where(sitrep_file.c.sha256 == bindparam("hash")),
    )
)
_NAMED = union(
    select(attachment.c.sha256).where(attachment.c.sha256.is_not(None)),
    select(sitrep_file.c.sha256),
)


def _from_row(row: Row[Any]) -> Attachment:
    brought = Incoming(
        kind=AttachmentKind(row.kind),
        file_id=row.file_id,
        name=row.name,
        caption=row.caption,
        size=row.size,
        album=row.album,
        latitude=row.latitude,
        longitude=row.longitude,
    )
    return Attachment(
        id=row.id,
        officer=row.officer,
        draft=row.draft,
        state=AttachmentState(row.state),
        sent_at=row.sent_at,
        brought=brought,
        report=row.report,
        version=row.version,
        type=row.type,
        sha256=row.sha256,
        fetched_at=row.fetched_at,
        why=Why(row.why) if row.why else None,
    )


def add(tx: Tx, one: Attachment) -> None:
    """Write a new attachment of a draft."""
    brought = one.brought
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "officer": one.officer,
            "draft": one.draft,
            "kind": brought.kind.value,
            "state": one.state.value,
            "file_id": brought.file_id,
            "name": brought.name,
            "caption": brought.caption,
            "album": brought.album,
            "size": brought.size,
            "sent_at": one.sent_at,
            "latitude": brought.latitude,
            "longitude": brought.longitude,
        },
    )


async def one(tx: Tx, which: int) -> Attachment | None:
    """Return an attachment, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def of(tx: Tx, draft: int | None, report: int | None) -> list[Attachment]:
    """Return what hangs on a report and what its draft would add to it, in the order in which it was sent."""
    return [_from_row(row) for row in await tx.read(_OF, {"draft_": draft, "report_": report})]


async def on_their_way(tx: Tx) -> list[int]:
    """Return the ids of all that is still to be fetched."""
    return [row.id for row in await tx.read(_FETCHING)]


async def settle(tx: Tx, one: Attachment) -> bool:
    """Write that it is there, refused or lost; return False if it was settled before, or has been taken off."""
    facts = {
        "which": one.id,
        "to": one.state.value,
        "new_type": one.type,
        "new_sha256": one.sha256,
        "new_size": one.brought.size,
        "new_fetched_at": one.fetched_at,
        "new_why": one.why.value if one.why is not None else None,
    }
    return await tx.change(_SETTLE, facts) == 1


def move(tx: Tx, one: Attachment, report: int, version: int) -> None:
    """Hang what was the draft's on the report, as brought by this version of it."""
    tx.write(_MOVE, {"which": one.id, "to": report, "brought_by": version})


def drop(tx: Tx, one: Attachment) -> None:
    """Let go of an attachment of a draft; what hangs on a report stays."""
    tx.write(_DROP, {"which": one.id})


async def refers_to(tx: Tx, sha256: str) -> bool:
    """Return whether anything on record still needs a file."""
    return bool((await tx.read(_WANTED, {"hash": sha256}))[0][0])


async def named(tx: Tx) -> list[str]:
    """Return the hash of every file that anything on record needs."""
    return [row[0] for row in await tx.read(_NAMED)]

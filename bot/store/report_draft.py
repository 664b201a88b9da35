"""Reports being written, as rows: killed at any instant, each goes on where it was."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from bot.domain.report import ReportDraft
from bot.domain.report_draft import Draft
from bot.store.engine import Tx
from bot.store.tables import report_draft
from bot.store.upsert import upsert

_KEY = ("officer", "slot")
_INSERT = upsert(report_draft)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=_KEY,
    set_={column.name: _INSERT.excluded[column.name] for column in report_draft.columns if column.name not in _KEY},
)
_DROP = delete(report_draft).where(report_draft.c.id == bindparam("which"))
_OF = (
    select(report_draft)
    .where(report_draft.c.officer.in_(bindparam("codes", expanding=True)))
    .order_by(report_draft.c.slot)
)
_ONE = select(report_draft).where(report_draft.c.id == bindparam("which"))


def _from_row(row: Row[Any]) -> ReportDraft:
    return ReportDraft(
        id=row.id,
        officer=row.officer,
        draft=Draft(row.form, row.answers, frozenset(row.ntr), row.at, row.mending),
        language=row.language,
        started_at=row.started_at,
        touched_at=row.touched_at,
        corrects=row.corrects,
        reason=row.reason,
        paused=row.paused,
        slot=row.slot,
    )


def put(tx: Tx, one: ReportDraft) -> None:
    """Keep a draft as it is now, in place of what it was."""
    tx.write(
        _PUT,
        {
            "officer": one.officer,
            "slot": one.slot,
            "id": one.id,
            "form": one.draft.form,
            "answers": one.draft.answers,
            "ntr": sorted(one.draft.nothing),
            "at": one.draft.at,
            "mending": one.draft.mending,
            "paused": one.paused,
            "language": one.language,
            "corrects": one.corrects,
            "reason": one.reason,
            "started_at": one.started_at,
            "touched_at": tx.now,
        },
    )


def drop(tx: Tx, one: ReportDraft) -> None:
    """Let go of a draft: it was submitted, or thrown away."""
    tx.write(_DROP, {"which": one.id})


async def one(tx: Tx, which: int) -> ReportDraft | None:
    """Return the draft of this id, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def of(tx: Tx, codes: Collection[str]) -> dict[str, list[ReportDraft]]:
    """Return the drafts of these officers, by officer: the one that is being written last, those laid aside before."""
    found: dict[str, list[ReportDraft]] = {}
    if codes:
        for row in await tx.read(_OF, {"codes": sorted(codes)}):
            found.setdefault(row.officer, []).append(_from_row(row))
    return found

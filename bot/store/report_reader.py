"""Who was told of a flash, as rows: they may read what becomes of it."""

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, select

from bot.store.engine import Tx
from bot.store.tables import report_reader

_INSERT = insert(report_reader)
_ONE = select(report_reader.c.report).where(
    report_reader.c.report == bindparam("which"), report_reader.c.officer == bindparam("who")
)


def add(tx: Tx, report: int, codes: Iterable[str]) -> None:
    """Write who was told of a new report."""
    for code in codes:
        tx.write(_INSERT, {"report": report, "officer": code})


async def was_told(tx: Tx, report: int, code: str) -> bool:
    """Return whether somebody was told of a report when it was a flash."""
    return bool(await tx.read(_ONE, {"which": report, "who": code}))

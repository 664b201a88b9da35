"""Reports in full, for whoever may read them: what a card or a preview has cut."""

from bot.domain import report as rules
from bot.domain import report_draft as draft_rules
from bot.domain.officer import Officer
from bot.domain.report_part import ReportPart, parts_of
from bot.services import report, report_draft, report_view
from bot.store import audit, outbox
from bot.store import report as reports
from bot.store.engine import Tx


async def of_draft(tx: Tx, officer: Officer, which: int) -> None:
    """Send the officer all that the own draft says so far; it stays where it is."""
    one = await report_draft.mine(tx, officer, which)
    given = draft_rules.given(one.form, one.draft)
    corrected = await reports.one(tx, one.corrects) if one.corrects is not None else None
    by = await report_view.byline_of_draft(tx, officer, corrected)
    _owe(tx, officer, parts_of(one.id, one.form, given, tuple(sorted(one.draft.nothing)), by=by))


async def of_report(tx: Tx, reader: Officer, which: int) -> None:
    """Send somebody who may read a report all of it that they may read, as it is now. Raises NO_SUCH_REPORT."""
    found = await report.readable(tx, reader, which)
    audit.note(tx, reader.code, "report_read", found.officer, report=found.number)
    given, nothing = rules.readable(found, reader), rules.silent(found, reader)
    by = await report_view.byline(tx, found)
    _owe(tx, reader, parts_of(found.id, found.form, given, nothing, found.number, found.version.number, by))


def _owe(tx: Tx, reader: Officer, parts: list[ReportPart]) -> None:
    for one in parts:
        outbox.owe(tx, one, to=reader.code)

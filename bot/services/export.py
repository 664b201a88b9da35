"""Writes the record out, for the institution's own archive."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import BinaryIO, Literal

from bot.services import contact_table, report_table
from bot.services.contact_table import card_file
from bot.services.sheet import Row, Sheet, Writer, csv_file, json_file, plain
from bot.services.workbook import xlsx_file
from bot.store import contact as contacts
from bot.store import officer as officers
from bot.store import record
from bot.store import report as reports
from bot.store.engine import Tx
from bot.store.record import What

Exported = What | Literal["reports", "contacts"]
Format = Literal["csv", "json", "xlsx", "vcf"]

_WRITERS: dict[Format, Writer] = {"csv": csv_file, "json": json_file, "xlsx": xlsx_file, "vcf": card_file}
_REPORTS = Sheet("reports", report_table.COLUMNS)
_ENGAGEMENT = Sheet("engagement", report_table.ENGAGEMENT)
_VICTIMS = Sheet("victims", report_table.VICTIMS)


async def export(tx: Tx, what: Exported, form: Format, since: datetime, until: datetime, file: BinaryIO) -> None:
    """Write the record between two instants (the latter not included) into a file, a row at a time.

    Reports are those whose period ended in between, also with the latter; each belongs to one of the times that follow
    each other. As a workbook they have a sheet of those whom they reached, and one of the victims of incidents.
    Contacts are all that are now in the directory, but for the officers of the roster; they alone are written as
    contact cards.
    """
    if what == "contacts":
        sheets, rows = [contact_table.SHEET], _contacts(tx)
    elif what == "reports":
        sheets, rows = [_REPORTS, _ENGAGEMENT, _VICTIMS], _reports(tx, since, until)
    else:
        sheets, rows = [Sheet(what, record.columns(what))], _record(tx, what, since, until)
    with _WRITERS[form](file, sheets) as write:
        async for sheet, row in rows:
            write(sheet, row)


async def _record(tx: Tx, what: What, since: datetime, until: datetime) -> AsyncIterator[tuple[str, Row]]:
    async for row in record.each(tx, what, since, until):
        yield what, {name: plain(value) for name, value in row.items()}


async def _contacts(tx: Tx) -> AsyncIterator[tuple[str, Row]]:
    sources = await contacts.sources(tx)
    for one in await contacts.every(tx):
        yield contact_table.SHEET.name, contact_table.row(one, sources[one.code])


async def _reports(tx: Tx, since: datetime, until: datetime) -> AsyncIterator[tuple[str, Row]]:
    names = {one.code: one.name for one in await officers.every(tx)}
    async for report in reports.each_between(tx, since, until):
        row = report_table.row(report, names[report.officer])
        yield _REPORTS.name, row
        if not row.keys().isdisjoint(report_table.COUNTED):
            yield _ENGAGEMENT.name, row
        for harmed in report_table.victims(report, row):
            yield _VICTIMS.name, harmed

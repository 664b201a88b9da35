"""Writes the record out, for the institution's own archive."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import xlsxwriter

from bot.services import report_table
from bot.store import officer as officers
from bot.store import record
from bot.store import report as reports
from bot.store.engine import Tx
from bot.store.record import What

Exported = What | Literal["reports"]
Format = Literal["csv", "json", "xlsx"]

# A cell that begins like this is a formula to a spreadsheet, whoever typed it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A table with its name: columns in order, and rows in which a cell without a value may be missing."""

    name: str
    columns: list[str]
    rows: list[dict[str, Any]]


async def export(tx: Tx, what: Exported, form: Format, since: datetime, until: datetime) -> bytes:
    """Return the record between two instants as a file's bytes. Instants are ISO 8601 in UTC.

    Reports are those about any time in between; as a workbook they have a second sheet of those whom they reached.
    """
    sheets = await _reports(tx, since, until) if what == "reports" else await _record(tx, what, since, until)
    match form:
        case "json":
            plain = [{name: row.get(name) for name in sheets[0].columns} for row in sheets[0].rows]
            return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
        case "csv":
            return _csv(sheets[0])
        case "xlsx":
            return _xlsx(sheets)


async def _record(tx: Tx, what: What, since: datetime, until: datetime) -> list[Sheet]:
    columns, rows = await record.rows(tx, what, since, until)
    return [Sheet(what, columns, [{name: _plain(row[name]) for name in columns} for row in rows])]


async def _reports(tx: Tx, since: datetime, until: datetime) -> list[Sheet]:
    names = {one.code: one.name for one in await officers.every(tx)}
    found = await reports.between(tx, since, until)
    rows = [
        {name: _plain(value) for name, value in row.items()}
        for row in report_table.rows((one, names[one.officer]) for one in found)
    ]
    counted = [row for row in rows if any(name in row for name in report_table.ENGAGEMENT if "." in name)]
    return [Sheet("reports", report_table.COLUMNS, rows), Sheet("engagement", report_table.ENGAGEMENT, counted)]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    # 63-bit ids: spreadsheets and JavaScript keep only 53 bits of a number.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53 else value


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.columns)
    writer.writerows([_cell(row.get(name)) for name in sheet.columns] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")  # with its mark, or Excel takes it for Windows-1252


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    data = io.BytesIO()
    # Row by row into a file of its own: a month of four thousand officers does not fit into memory twice.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        bold = book.add_format({"bold": True})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            for at, name in enumerate(one.columns):
                sheet.set_column(at, at, min(40, max(12, len(name) + 2)))
                sheet.write(0, at, name, bold)
            for number, row in enumerate(one.rows, start=1):
                for at, name in enumerate(one.columns):
                    if (value := row.get(name)) is not None:
                        sheet.write(number, at, _cell(value))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(one.rows)), len(one.columns) - 1)
    return data.getvalue()

"""Writes the record out, for the institution's own archive."""

import csv
import io
import json
from datetime import datetime
from typing import Any, Literal

import xlsxwriter

from bot.store import record
from bot.store.engine import Tx
from bot.store.record import What

Format = Literal["csv", "json", "xlsx"]

# A cell that begins like this is a formula to a spreadsheet, whoever typed it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def export(tx: Tx, what: What, form: Format, since: datetime, until: datetime) -> bytes:
    """Return the record between two instants as a file's bytes. Instants are ISO 8601 in UTC."""
    columns, rows = await record.rows(tx, what, since, until)
    plain = [{name: _plain(row[name]) for name in columns} for row in rows]
    match form:
        case "json":
            return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
        case "csv":
            return _csv(columns, plain)
        case "xlsx":
            return _xlsx(what, columns, plain)


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


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # with its mark, or Excel takes it for Windows-1252


def _xlsx(what: str, columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        sheet = book.add_worksheet(what)
        bold = book.add_format({"bold": True})
        for at, name in enumerate(columns):
            sheet.write(0, at, name, bold)
        for number, row in enumerate(rows, start=1):
            for at, name in enumerate(columns):
                sheet.write(number, at, _cell(row[name]))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.autofit()
    return data.getvalue()

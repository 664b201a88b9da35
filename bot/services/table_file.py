"""Tables that people made elsewhere, as rows of text: CSV as any program writes it, and Excel's workbooks."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

# A row with its number as a spreadsheet shows it: the names of the columns stand in row 1.
Numbered = tuple[int, list[str]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with its mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_PARTED = {",": "commas", ";": "semicolons", "\t": "tabs"}
# Excel takes this line for what parts the cells.
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
# What `sheet.csv_file` and careful people put before a text that a spreadsheet would take for a formula.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class TableFault(Exception):  # noqa: N818 - the word of the house
    """The file is no table; the text is the end of a line that names the file."""


@dataclass(frozen=True)
class TableFile:
    """A table as it was read. `form`: what it was taken for, in words."""

    form: str
    columns: list[str]
    rows: Iterator[Numbered]


def text_of(content: bytes) -> tuple[str, str]:
    """Return a text and how its letters were written; raises TableFault if that cannot be told."""
    for mark, name, said in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(name), said
            except UnicodeDecodeError:
                raise TableFault(f"begins as {said} and is not; expected a file that is whole") from None
    try:
        found, said = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        try:
            found, said = content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            raise TableFault("is neither UTF-8 nor Windows-1252 text; save it as CSV UTF-8") from None
    if "\0" in found:
        raise TableFault("is not a text; expected CSV, a workbook (.xlsx) or contact cards (.vcf)")
    return found, said


def read(content: bytes, known: Callable[[str], bool]) -> TableFile:
    """Return the table in a file's content; `known`: whether a column is called so. Raises TableFault.

    Rows are read as they are asked for, and reading one may raise TableFault too.
    """
    if content.startswith(_OLD_EXCEL):
        raise TableFault("is a workbook of an old Excel (.xls); save it as .xlsx or as CSV UTF-8")
    return _workbook(content) if content.startswith(ZIP) else _csv(content, known)


def _csv(content: bytes, known: Callable[[str], bool]) -> TableFile:
    text, said = text_of(content)
    given = _SEP.match(text)
    body = text[given.end() :] if given is not None else text
    sign = given[1] if given is not None else max(_PARTED, key=lambda one: _likely(body, one, known))
    parted = _PARTED.get(sign)
    if parted is None:
        raise TableFault(f'is parted by "{sign}"; expected commas, semicolons or tabs')
    rows = _lines(body, sign, 2 if given is not None else 1)
    columns = next(rows, (1, []))[1]
    return TableFile(f"CSV, {said}, {parted}", columns, rows)


def _likely(text: str, sign: str, known: Callable[[str], bool]) -> tuple[int, int]:
    """Return how many columns have names if this sign parts them, and how many there are."""
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
    except csv.Error:
        return (0, 0)
    return sum(map(known, first)), len(first)


def _lines(text: str, sign: str, first: int) -> Iterator[Numbered]:
    number = first - 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableFault(f"row {number}: is not CSV: {error}; expected quotes in pairs around a cell") from None
        yield number, [one[1:] if _GUARDED.match(one) else one for one in row]


def _workbook(content: bytes) -> TableFile:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong one
        rows = _cells(sheet.iter_rows(values_only=True))
        columns = next(rows, (1, []))[1]
    except Exception:  # archive, XML and the library's own: a damaged file makes them raise what they like
        raise TableFault("is not a workbook of Excel; expected .xlsx, CSV or contact cards (.vcf)") from None
    return TableFile(f'workbook, sheet "{sheet.title}"', columns, rows)


def _cells(rows: Iterator[Sequence[Any]]) -> Iterator[Numbered]:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:
            raise TableFault(f"row {number}: the workbook is damaged; expected one that Excel opens") from None
        yield number, [_said(cell) for cell in row]


def _said(cell: Any) -> str:
    """Return a cell as its reader sees it."""
    match cell:
        case None:
            return ""
        case str():
            return str(unescape(cell))
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time(0):
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)

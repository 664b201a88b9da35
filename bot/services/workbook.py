"""Tables as a workbook (XLSX), in which what people wrote stands as they wrote it.

A cell costs XlsxWriter seven microseconds, and a month of four thousand officers has three million. So it makes the
workbook with the names of the columns alone, and the rows, which have lain on the disk, are put in where they belong.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bot.services.sheet import Row, Sheet, Write, as_text

# Excel's limits: rows of a worksheet, the names of the columns among them; UTF-16 units of a text in a cell.
ROWS_MAX = 2**20
TEXT_MAX = 32_767
_CUT = " […]"

# What XML cannot hold stands as `_x000B_`, as Excel writes it; and so does a "_" that would be taken for that.
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# The frame's, which knows of one row; a reader does without.
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_ROWS_END = b"</sheetData>"


class _Page:
    """One worksheet, whose rows lie on the disk."""

    def __init__(self, name: str, columns: Sequence[str], rows: IO[bytes]) -> None:
        self.name, self.columns, self.rows = name, columns, rows
        self.count = 1  # the names of the columns
        self._number = {name: number for number, name in enumerate(columns)}
        self._cell = [f'<c r="{xl_col_to_name(number)}' for number in range(len(columns))]

    def write(self, row: Row) -> None:
        """Add a row. In a row the cells of a worksheet stand in the order of its columns."""
        self.count += 1
        cells = [""] * len(self.columns)
        for name, value in row.items():
            number = self._number.get(name)
            if number is not None and value is not None and value != "":
                cells[number] = f"{self._cell[number]}{self.count}{_content(value)}"
        self.rows.write(f'<row r="{self.count}">{"".join(cells)}</row>'.encode())


@contextmanager
def xlsx_file(file: BinaryIO, sheets: Sequence[Sheet], rows_max: int = ROWS_MAX) -> Iterator[Write]:
    """Write every sheet as a worksheet; what is more than a worksheet holds goes on in a further one."""
    with ExitStack() as stack:
        pages: dict[str, list[_Page]] = {one.name: [] for one in sheets}

        def turn(sheet: Sheet) -> None:
            every = pages[sheet.name]
            name = f"{sheet.name} {len(every) + 1}" if every else sheet.name
            # Nameless, so that nothing is left behind by a command that is killed.
            every.append(_Page(name, sheet.columns, stack.enter_context(TemporaryFile())))

        for one in sheets:
            turn(one)
        by_name = {one.name: one for one in sheets}

        def write(sheet: str, row: Row) -> None:
            if pages[sheet][-1].count == rows_max:
                turn(by_name[sheet])
            pages[sheet][-1].write(row)

        yield write
        _bind(file, [page for every in pages.values() for page in every])


def _bind(file: BinaryIO, pages: Sequence[_Page]) -> None:
    """Write the workbook: what XlsxWriter makes of the names of the columns, with the rows put in."""
    rows = {f"xl/worksheets/sheet{number}.xml": page.rows for number, page in enumerate(pages, start=1)}
    with ZipFile(_frame(pages)) as frame, ZipFile(file, "w", ZIP_DEFLATED) as book:
        for part in frame.infolist():
            content = frame.read(part)
            if part.filename not in rows:
                book.writestr(part, content, ZIP_DEFLATED)
                continue
            head, tail = _DIMENSION.sub(b"", content).split(_ROWS_END)
            whole = ZipInfo(part.filename, part.date_time)
            whole.compress_type = ZIP_DEFLATED
            whole.file_size = len(head) + rows[part.filename].tell() + len(_ROWS_END + tail)
            rows[part.filename].seek(0)
            with book.open(whole, "w") as into:
                into.write(head)
                copyfileobj(rows[part.filename], into, 2**20)
                into.write(_ROWS_END + tail)


def _frame(pages: Sequence[_Page]) -> io.BytesIO:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for at, name in enumerate(page.columns):
                sheet.set_column(at, at, min(40, max(12, len(name) + 2)))
                sheet.write_string(0, at, name, bold)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, page.count - 1), len(page.columns) - 1)
    return data


def _content(value: Any) -> str:
    """Return the rest of a cell, after its place."""
    if isinstance(value, dict):
        value = as_text(value)
    if isinstance(value, str):
        return _text(value)
    return f'" t="b"><v>{value:d}</v></c>' if isinstance(value, bool) else f'"><v>{value}</v></c>'


@lru_cache(2**12)  # most of a month are codes, names and the same times again
def _text(text: str) -> str:
    text = _fitting(text)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in text or not text.isprintable():  # else nothing is odd; this is twenty times as fast
        escaped = _ODD.sub(lambda odd: f"_x{ord(odd[0]):04X}_", escaped)
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f'" t="inlineStr"><is><t{kept}>{escaped}</t></is></c>'


def _fitting(text: str) -> str:
    """Return a text that a cell holds; a longer one is cut where nobody can overlook it."""
    if len(text) * 2 <= TEXT_MAX or len(units := text.encode("utf-16-le")) <= TEXT_MAX * 2:
        return text
    return units[: (TEXT_MAX - len(_CUT)) * 2].decode("utf-16-le", "ignore") + _CUT

"""Tables as files, written a row at a time as the rows come: CSV and JSON here, workbooks in `workbook.py`."""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

# A cell that begins like this is a formula to a spreadsheet that reads CSV, whoever typed it. It gets an apostrophe,
# and so does one that begins as if it had got it: whoever takes the first one away has what was typed.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A table's name, and its columns in order."""

    name: str
    columns: Sequence[str]


# Takes the name of a sheet and its next row, of which a cell may be missing; what has no column is left out.
Write = Callable[[str, Row], None]
# Opens a file for these sheets; it is whole once the context is left.
Writer = Callable[[BinaryIO, Sequence[Sheet]], AbstractContextManager[Write]]


def instant(at: datetime) -> str:
    """Return an instant in UTC as ISO 8601, to the second."""
    return f"{at.isoformat()[:19]}Z"


def plain(value: Any) -> Any:
    """Return a value as every reader takes it as it is meant."""
    if isinstance(value, datetime):
        return instant(value)
    # 63-bit ids: spreadsheets and JavaScript keep only 53 bits of a number.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53 else value


def as_text(value: dict[str, Any]) -> str:
    """Return facts as they stand in one cell."""
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def csv_file(file: BinaryIO, sheets: Sequence[Sheet]) -> Iterator[Write]:
    """Write the first sheet as CSV, which has no others."""
    only = sheets[0]
    # With its mark, or Excel takes it for Windows-1252.
    lines = csv.writer(codecs.getwriter("utf-8-sig")(file))
    lines.writerow(only.columns)
    column = {name: number for number, name in enumerate(only.columns)}

    def write(sheet: str, row: Row) -> None:
        if sheet == only.name:
            line = [""] * len(column)
            for name, value in row.items():
                if value is not None and name in column:
                    line[column[name]] = _cell(value)
            lines.writerow(line)

    yield write


def _cell(value: Any) -> Any:
    text = as_text(value) if isinstance(value, dict) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text


@contextmanager
def json_file(file: BinaryIO, sheets: Sequence[Sheet]) -> Iterator[Write]:
    """Write the first sheet as a JSON array, a row a line; a cell that a row has not is no key of it."""
    only, columns, before = sheets[0], set(sheets[0].columns), "[\n"

    def write(sheet: str, row: Row) -> None:
        nonlocal before
        if sheet == only.name:
            known = {name: value for name, value in row.items() if name in columns}
            file.write((before + json.dumps(known, ensure_ascii=False)).encode())
            before = ",\n"

    yield write
    file.write(b"[]\n" if before == "[\n" else b"\n]\n")

"""Workbooks: opened again they hold what was written, whatever it was."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.services.sheet import Row, Sheet
from bot.services.workbook import TEXT_MAX, xlsx_file

COLUMNS = [f"c{number}" for number in range(30)]


def written(*rows: Row, **limits: int) -> bytes:
    file = io.BytesIO()
    with xlsx_file(file, [Sheet("reports", COLUMNS), Sheet("engagement", ["c1", "c0"])], **limits) as write:
        for row in rows:
            write("reports", row)
            write("engagement", row)
    return file.getvalue()


def opened(content: bytes, **how: Any) -> dict[str, list[list[Any]]]:
    """Return the rows of each worksheet below the names of its columns."""
    book = openpyxl.load_workbook(io.BytesIO(content), **how)
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    book.close()
    assert all(rows[0] in (COLUMNS, ["c1", "c0"]) for rows in sheets.values())
    return {name: rows[1:] for name, rows in sheets.items()}


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
strange = st.sampled_from(
    ["=1+1", "_x0041_", "_x005F_", "<r>&</r>", "<r><t>x</t></r>", " a ", "\r\n", "\x00", "\uffff", "]]>"]
)
cells = st.one_of(
    texts, strange, st.integers(-(2**53), 2**53), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS[1:]), cells), max_size=4))
def test_what_is_opened_again_is_what_was_written(given_rows: list[dict[str, Any]]) -> None:
    rows = [{"c0": number, **row} for number, row in enumerate(given_rows)]
    content = written(*rows)
    for how in ({}, {"read_only": True}):
        sheets = opened(content, **how)
        for columns, found in ((COLUMNS, sheets["reports"]), (["c1", "c0"], sheets["engagement"])):
            for row, line in zip(rows, found, strict=True):
                plain = (unescape(cell) if isinstance(cell, str) else cell for cell in line)
                wanted = {name: row[name] for name in columns if name in row}
                assert {name: cell for name, cell in zip(columns, plain, strict=False) if cell is not None} == wanted


def test_a_text_that_looks_like_a_formula_or_markup_is_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written({"c0": "=cmd()", "c1": "<r><t>x</t></r>", "c2": 7, "c3": "7"})))
    assert [(cell.value, cell.data_type) for cell in book["reports"][2]][:4] == [
        ("=cmd()", "s"), ("<r><t>x</t></r>", "s"), (7, "n"), ("7", "s"),
    ]  # fmt: skip


def test_facts_are_text_in_a_cell_and_what_has_no_value_or_no_column_leaves_none() -> None:
    sheets = opened(written({"c0": {"à": ["é", 1]}, "c1": None, "c2": "", "other": "x", "c29": False}))
    assert sheets["reports"] == [['{"à": ["é", 1]}', *[None] * 28, False]]
    assert sheets["engagement"] == [[None, '{"à": ["é", 1]}']]


def test_what_is_more_than_a_worksheet_holds_goes_on_in_a_further_one() -> None:
    sheets = opened(written(*({"c0": number} for number in range(7)), rows_max=4))
    numbers = {name: [cell for row in rows for cell in row if cell is not None] for name, rows in sheets.items()}
    assert list(numbers.items()) == [
        ("reports", [0, 1, 2]), ("reports 2", [3, 4, 5]), ("reports 3", [6]),
        ("engagement", [0, 1, 2]), ("engagement 2", [3, 4, 5]), ("engagement 3", [6]),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["w", "🚚", "<"])
def test_a_text_longer_than_a_cell_holds_ends_so_that_it_is_seen(sign: str) -> None:
    most = TEXT_MAX // (len(sign.encode("utf-16-le")) // 2)
    whole, cut = opened(written({"c0": sign * most}, {"c0": sign * (most + 1)}))["reports"]
    assert whole[0] == sign * most
    assert cut[0].endswith(f"{sign} […]")
    assert TEXT_MAX - 2 < len(cut[0].encode("utf-16-le")) // 2 <= TEXT_MAX


def test_the_names_of_the_columns_stay_in_sight_and_filter() -> None:
    content = written({"c0": "a"}, {"c29": "b"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [(sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book] == [("A2", "A1:AD3"), ("A2", "A1:B3")]
    assert all(cell.font.b for cell in book["reports"][1])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))
    assert opened(written()) == {"reports": [], "engagement": []}

"""What Word's document is made of: runs, paragraphs, fields, tables, as elements of WordprocessingML.

python-docx finds every cell of a table anew for each access, which takes minutes for hundreds of rows; elements that
are made in one go take a second. The order of properties within an element is that of the schema (ECMA-376).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.document import character, layout
from bot.document.paper import Table

Element = BaseOxmlElement

# Twentieths of a point: the width of the text on a Letter page with margins of an inch.
TEXT_WIDTH: Final = 9360

_NAMESPACES: Final = {"w": nsmap["w"]}
_W: Final = f"{{{nsmap['w']}}}"
_BREAK: Final = re.compile(r"([\n\t])")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ON, _OFF = "1", "0"


def element(tag: str, *children: Element, **values: str) -> Element:
    """Return `<w:tag>` with attributes `w:name` and with `children`."""
    made: Element = oxml_parser.makeelement(_W + tag, {_W + name: value for name, value in values.items()}, _NAMESPACES)
    made.extend(children)
    return made


def runs(text: str, style: str = "") -> list[Element]:
    """Return `text` as runs, one for each direction, none for no text; line breaks and tabs are Word's own."""
    return [_run(piece, style, rtl) for piece, rtl in character.stretches(character.legible(text)) if piece]


def page_number(page_of: str) -> list[Element]:
    """Return the words of the page number with Word's fields in them."""
    made = []
    for piece in layout.page_pieces(page_of):
        if piece in {"{page}", "{pages}"}:
            made.append(element("fldSimple", *runs("1"), instr="PAGE" if piece == "{page}" else "NUMPAGES"))
        else:
            made += runs(piece)
    return made


def paragraph(
    style: str,
    content: Iterable[Element],
    *,
    rtl: bool = False,
    keep: bool = False,
    new_page: bool = False,
    before: int = 0,
    align: str = "",
) -> Element:
    """Return a paragraph of a style (its id). `keep`: on the page of the next one; `before`: space above, in twips."""
    properties = [element("pStyle", val=style)]
    if keep:
        properties.append(element("keepNext"))
    if new_page:
        properties.append(element("pageBreakBefore"))
    if rtl:
        properties.append(element("bidi"))
    if before:
        properties.append(element("spacing", before=str(before)))
    if align:
        properties.append(element("jc", val=align))
    return element("p", element("pPr", *properties), *content)


def table(one: Table) -> Element:
    """Return a table: its head repeats on every page, no row is split, columns are as wide as their contents need."""
    widths = _twips(layout.widths(one))
    head = _row(
        [
            _cell(name, "TableHeading", width, align="right" if at in one.numbers else "", keep=bool(one.rows))
            for at, (name, width) in enumerate(zip(one.columns, widths, strict=True))
        ],
        head=True,
    )
    # Word keeps the rows of a table together if the paragraphs in each want to be with those of the next.
    together = layout.kept_together(one)
    rows = [
        _row(
            [
                _cell(text, "TableNumber" if at in one.numbers else "TableText", width, letters, keep=keep)
                for at, (text, width) in enumerate(zip(row, widths, strict=True))
            ]
        )
        for row, letters, keep in zip(one.rows, _letters(one), _kept(one, together), strict=True)
    ]
    return _table("ReportTable", widths, [head, *rows], firstRow=_ON, lastRow=_ON if one.total else _OFF)


def fields(style: str, pairs: Sequence[tuple[str, str]], ems: float) -> Element:
    """Return pairs of a label and a value, one below the other, kept on one page; the labels take `ems`."""
    widths = _twips([ems, layout.PAGE_EMS - ems])
    rows = [
        _row(
            [
                _cell(label, style, widths[0], "FieldName", keep=at < len(pairs) - 1),
                _cell(value, style, widths[1], keep=at < len(pairs) - 1),
            ]
        )
        for at, (label, value) in enumerate(pairs)
    ]
    return _table("FieldTable", widths, rows, firstColumn=_ON)


def _table(style: str, widths: Sequence[int], rows: Iterable[Element], **look: str) -> Element:
    flags = dict.fromkeys(("firstRow", "lastRow", "firstColumn", "lastColumn"), _OFF) | look
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=str(sum(widths)), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", **flags, noHBand=_ON, noVBand=_ON),
        ),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
        *rows,
    )


def _letters(one: Table) -> list[str]:
    """Return the style of the letters of each row: the last one may be a sum."""
    letters = [""] * len(one.rows)
    if one.total and letters:
        letters[-1] = "Strong"
    return letters


def _kept(one: Table, together: bool) -> list[bool]:
    """Return of each row whether it stays on the page of the next."""
    return [together and at < len(one.rows) - 1 for at in range(len(one.rows))]


def _row(cells: Iterable[Element], *, head: bool = False) -> Element:
    properties = [element("cantSplit"), *([element("tblHeader")] if head else [])]
    return element("tr", element("trPr", *properties), *cells)


def _cell(text: str, style: str, width: int, letters: str = "", *, keep: bool = False, align: str = "") -> Element:
    return element(
        "tc",
        element("tcPr", element("tcW", w=str(width), type="dxa")),
        paragraph(style, runs(text, letters), rtl=character.right_to_left(text), keep=keep, align=align),
    )


def _run(text: str, style: str, rtl: bool) -> Element:
    made = element("r")
    if style or rtl:
        properties = [element("rStyle", val=style)] if style else []
        made.append(element("rPr", *properties, *([element("rtl")] if rtl else [])))
    for piece in _BREAK.split(text):
        if piece in {"\n", "\t"}:
            made.append(element("br" if piece == "\n" else "tab"))
        elif piece:
            words = element("t")
            words.text = piece
            words.set(_SPACE, "preserve")
            made.append(words)
    return made


def _twips(ems: Sequence[float]) -> list[int]:
    whole = [round(TEXT_WIDTH * one / sum(ems)) for one in ems]
    whole[-1] += TEXT_WIDTH - sum(whole)
    return whole

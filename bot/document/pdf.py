"""A paper as PDF: Letter, tagged, made to be kept, with its fonts inside. The page itself is drawn in `paper.typ`."""

from datetime import datetime
from typing import Any, Final

from bot.document import character, layout
from bot.document.paper import Block, Paper, Section, Table
from bot.document.typesetting import typeset

# A tab would vanish; a mark of byte order is no sign, and the standards refuse it.
_SHOWN: Final = str.maketrans({"\t": "\u2003", "\ufeff": ""})
# How many ems of text find room beside the label of a field, in a corner of every page.
_FIELD_EMS, _CORNER_EMS = 28.0, 16.0


def write(paper: Paper, at: datetime, *, system_fonts: bool = True) -> bytes:
    """Return the PDF of `paper`, dated `at`; the same paper gives the same bytes where the same fonts are installed."""
    return typeset(_words(paper), at, system_fonts=system_fonts)


def _words(paper: Paper) -> dict[str, Any]:
    """Return what the template shows: strings, with the direction in which they run and how wide columns are."""
    fields = layout.label_ems((*paper.header, *paper.signatures))
    return {
        "language": paper.language,
        "title": _shown(paper.title, layout.PAGE_EMS / 2),
        "subject": _shown(f"{paper.number} {paper.contingent}".strip(), None),
        "number": _shown(paper.number, _CORNER_EMS),
        "contingent": _shown(paper.contingent, _CORNER_EMS),
        "marking": _shown(paper.marking, _CORNER_EMS),
        "draft": _shown(paper.draft, _CORNER_EMS),
        "page_of": layout.page_pieces(_shown(paper.page_of, _CORNER_EMS)),
        "label_ems": fields,
        "header": [_field(label, value, fields) for label, value in paper.header],
        "signatures": [_field(label, value, fields) for label, value in paper.signatures],
        "sections": [_section(mark, one) for mark, one in layout.sections(paper)],
        "annexes": [_section(mark, one) for mark, one in layout.annexes(paper)],
    }


def _section(mark: str, section: Section) -> dict[str, Any]:
    return {
        "mark": mark,
        "heading": _shown(section.heading, layout.PAGE_EMS / 2),
        "empty": section.empty,
        "blocks": [_block(block, place) for block, place in layout.listed(layout.fitting(section.blocks))],
    }


def _block(block: Block, place: layout.Place) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block)
    return {
        "kind": "paragraph" if place == "alone" else place,
        "turning": character.turning(block.text),
        "label": _shown(block.label, layout.PAGE_EMS),
        "note": _shown(block.note, layout.PAGE_EMS),
        **_said(block.text, layout.PAGE_EMS),
    }


def _table(table: Table) -> dict[str, Any]:
    wide = layout.widths(table)
    inner = [one - layout.PADDING_EMS for one in wide]
    return {
        "kind": "table",
        "widths": wide,
        "numbers": sorted(table.numbers),
        "together": layout.kept_together(table),
        "total": table.total and bool(table.rows),
        "columns": [_said(name, width) for name, width in zip(table.columns, inner, strict=True)],
        "rows": [
            {
                "whole": layout.kept_whole(row, wide),
                "cells": [_said(cell, width) for cell, width in zip(row, inner, strict=True)],
            }
            for row in table.rows
        ],
    }


def _field(label: str, value: str, label_ems: float) -> dict[str, Any]:
    return {"label": _shown(label, label_ems), "value": _said(value, _FIELD_EMS)}


def _said(text: str, width: float) -> dict[str, Any]:
    return {"text": _shown(text, width), "rtl": character.right_to_left(text)}


def _shown(text: str, width: float | None) -> str:
    plain = character.legible(text).translate(_SHOWN)
    return plain if width is None else character.breakable(plain, width)

"""How a paper is laid out, the same in every form: what is a list, how parts are marked, how wide columns are."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import ceil
from typing import Final, Literal

from bot.document.character import ems
from bot.document.paper import Block, Line, Paper, Section, Table

LOCALES: Final = {"en": "en-CA", "fr": "fr-CA"}

# Across a Letter page with margins of an inch: ems of the text; ems of the smaller letters of a table, and the padding
# of a column in these.
PAGE_EMS: Final = 44.0
TABLE_EMS: Final = 52.0
PADDING_EMS: Final = 1.2
# A longer word is broken, a longer line is wrapped; neither may starve the other columns.
_WORD_EMS, _LINE_EMS = 14.0, 40.0
# More of a cell than this says nothing more about how wide its column should be.
_LOOKED_AT: Final = 200
# A row is kept whole on a page unless it is this long; a row longer than a page could not be.
_ROW_LINES: Final = 15
_PLACEHOLDER: Final = re.compile(r"(\{pages?\})")

# A short table is kept on one page: its sum, alone at the top of the next, says nothing.
TOGETHER_ROWS: Final = 12

Place = Literal["alone", "item", "under"]
PagePiece = Literal["{page}", "{pages}"] | str


def listed(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Place]]:
    """Yield each block with its place: several paragraphs in a row make a list, with what belongs under each."""
    for is_line, run in groupby(blocks, lambda block: isinstance(block, Line)):
        several = list(run)
        heads = [one for one in several if not (isinstance(one, Line) and one.under)]
        for block in several:
            if not is_line or len(heads) < 2:
                yield block, "alone"
            else:
                yield block, "under" if isinstance(block, Line) and block.under else "item"


def fitting(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with every table of numbers that is too wide for the page as several, one below the other.

    Each has the names of the rows again. Broken words are read wrong: `Comptes ren-` over a 3 says nothing.
    """
    return tuple(part for one in blocks for part in (_parts(one) if isinstance(one, Table) else (one,)))


def _parts(table: Table) -> Iterator[Table]:
    wide = len(table.columns)
    if wide < 4 or table.numbers != frozenset(range(1, wide)) or _fits(table):
        yield table
        return
    half = 1 + wide // 2
    for part in (range(1, half), range(half, wide)):
        columns, *rows = ((row[0], *(row[at] for at in part)) for row in (table.columns, *table.rows))
        yield from _parts(Table(columns, tuple(rows), frozenset(range(1, len(columns))), table.total))


def _fits(table: Table) -> bool:
    """Return whether every word has room in its column."""
    columns = zip(table.columns, *table.rows, strict=True)
    words = sum(_widest((word for cell in cells for word in cell.split()), _WORD_EMS) for cells in columns)
    return words + PADDING_EMS * len(table.columns) <= TABLE_EMS


def kept_together(table: Table) -> bool:
    """Return whether a table is short enough to be kept on one page."""
    return len(table.rows) <= TOGETHER_ROWS and all(kept_whole(row, widths(table)) for row in table.rows)


def sections(paper: Paper) -> list[tuple[str, Section]]:
    """Return the sections, each with the mark before its heading: its number."""
    return [(f"{section.number}.", section) for section in paper.sections]


def annexes(paper: Paper) -> list[tuple[str, Section]]:
    """Return the annexes, each with the mark before its heading: letters, in their order."""
    return [(f"{_letters(at)}.", annex) for at, annex in enumerate(paper.annexes)]


def page_pieces(page_of: str) -> list[PagePiece]:
    """Return the words of the page number, split at `{page}` and `{pages}`."""
    return [piece for piece in _PLACEHOLDER.split(page_of) if piece]


def label_ems(pairs: tuple[tuple[str, str], ...]) -> float:
    """Return how wide the labels of a list of pairs stand, in ems, with a gap; a very long one is wrapped."""
    return min(max((ems(label) for label, _ in pairs), default=0.0) + 1.5, PAGE_EMS / 3)


def widths(table: Table) -> list[float]:
    """Return the widths of the columns, padding included, as ems that fill the page: as the contents need them.

    No word is broken and no short line wrapped if that can be helped; what room is left goes to the columns with
    long lines, and then to all alike.
    """
    columns = [[cell[:_LOOKED_AT] for cell in cells] for cells in zip(table.columns, *table.rows, strict=True)]
    words = [_widest((word for cell in cells for word in cell.split()), _WORD_EMS) for cells in columns]
    lines = [_widest((line for cell in cells for line in cell.split("\n")), _LINE_EMS) for cells in columns]
    room = TABLE_EMS - PADDING_EMS * len(columns)
    short = [min(one, _WORD_EMS) for one in lines]
    least = short if sum(short) <= room else words
    if room <= sum(least):
        inner = [one * max(room, 1.0) / sum(least) for one in least]
    elif room < sum(lines):
        share = (room - sum(least)) / (sum(lines) - sum(least))
        inner = [low + share * (high - low) for low, high in zip(least, lines, strict=True)]
    else:
        inner = [one + (room - sum(lines)) / len(lines) for one in lines]
    return [one + PADDING_EMS for one in inner]


def kept_whole(row: tuple[str, ...], columns: list[float]) -> bool:
    """Return whether a row is short enough to be kept on one page."""
    return all(
        sum(ceil(ems(line) / (width - PADDING_EMS)) or 1 for line in cell.split("\n")) <= _ROW_LINES
        for cell, width in zip(row, columns, strict=True)
    )


def _widest(texts: Iterable[str], at_most: float) -> float:
    return min(max(map(ems, texts), default=0.0) or 1.0, at_most)


def _letters(at: int) -> str:
    above, rest = divmod(at, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + rest)

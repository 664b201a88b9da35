"""A document as values: plain words in one language, not yet Word, PDF or Markdown. What writes it knows no reports."""

from dataclasses import dataclass, field

from bot.domain.bilingual import Language


@dataclass(frozen=True)
class Line:
    """A paragraph. `label` leads in, in bold; `note` follows, smaller: its source, its language, "to translate".

    `text` may have line breaks and any character; nothing in it is markup. `under`: belongs to the line before it.
    """

    text: str
    label: str = ""
    note: str = ""
    under: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a row of column names. `numbers`: columns set to the right; `total`: the last row sums up.

    Raises ValueError unless every row has a cell for each column: no cell may be lost for want of a place.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    total: bool = False

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"rows do not fit the columns {self.columns}")


Block = Line | Table


@dataclass(frozen=True)
class Section:
    """A numbered heading with what stands under it; no heading is left out, an empty one says "nothing to report"."""

    number: int
    heading: str
    blocks: tuple[Block, ...]
    empty: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole document. `marking` and `contingent` stand on every page; `draft` says so across an unapproved one.

    `header` and `signatures` are pairs of a label and a value; `page_of` has `{page}` and `{pages}`. Annexes stand
    under letters, in their order; their own numbers are not shown. Labels are written as they are given: no colon
    is added to them.
    """

    language: Language
    title: str
    number: str
    contingent: str
    marking: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signatures: tuple[tuple[str, str], ...] = ()
    draft: str = ""
    page_of: str = "{page} / {pages}"
    annexes: tuple[Section, ...] = field(default=())

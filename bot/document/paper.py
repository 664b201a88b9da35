"""A document as values: plain words in one language, not yet Word, PDF or Markdown. What writes it knows no reports."""

from dataclasses import dataclass, field

from bot.domain.bilingual import Language


@dataclass(frozen=True)
class Line:
    """A paragraph. `label` leads in, in bold; `note` follows, smaller: its source, its language, "to translate".

    `text` may have line breaks and any character; nothing in it is markup.
    """

    text: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a row of column names. `numbers`: columns set to the right; `total`: the last row sums up."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    total: bool = False


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

    `header` and `signatures` are pairs of a label and a value; `page_of` has `{page}` and `{pages}`.
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

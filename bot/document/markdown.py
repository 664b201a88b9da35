"""A paper as Markdown (CommonMark, with the pipe tables of GitHub): words stay words, nothing in them is markup."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.document import character, layout
from bot.document.paper import Line, Paper, Section, Table

# Signs that may be markup wherever they stand: after a backslash, each of them is only itself.
_ANYWHERE: Final = re.compile(r"[\\`*_{}\[\]<>&~|#$^]")
# Signs that make a list, a rule, a table or a heading out of a line, if they are the first in it.
_FIRST: Final = re.compile(r"[-+=:]|\d+(?=[.)])")
# Blanks at either end of a line would be dropped, or make code of it.
_EDGE: Final = re.compile(r"^\s+|\s+$")
# Within an item every line stands deeper; one with nothing in it stays empty.
_DEEPER: Final = re.compile(r"\n(?!\n)")
_HARD_BREAK: Final = "\\\n"


def write(paper: Paper) -> bytes:
    """Return the Markdown of `paper`, in UTF-8."""
    return ("\n\n".join(block for block in _blocks(paper) if block) + "\n").encode()


def _blocks(paper: Paper) -> Iterator[str]:
    yield f"# {_one_line(paper.title)}"
    yield " · ".join(_strong(one) for one in (paper.marking, paper.contingent, paper.number) if one)
    yield _strong(paper.draft)
    yield _pairs(paper.header)
    for mark, section in layout.sections(paper):
        yield from _section(mark, section)
    if paper.signatures:
        yield "---"
        yield _pairs(paper.signatures)
    for mark, annex in layout.annexes(paper):
        yield from _section(mark, annex)


def _section(mark: str, section: Section) -> Iterator[str]:
    yield f"## {mark} {_one_line(section.heading)}"
    items: list[str] = []
    for block, place in layout.listed(section.blocks):
        if isinstance(block, Line) and place == "item":
            items.append(_line(block))
            continue
        if isinstance(block, Line) and place == "under":
            items[-1] += f"\n\n{_line(block)}"
            continue
        yield _list(items)
        items = []
        yield _table(block) if isinstance(block, Table) else _line(block)
    yield _list(items)


def _line(line: Line) -> str:
    return _joined(_strong(line.label), _inline(line.text), _emphasis(line.note))


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return _list(_joined(_strong(label), _inline(value)) for label, value in pairs)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _list(items: Iterable[str]) -> str:
    return "\n".join("- " + _DEEPER.sub("\n  ", item) for item in items)


def _table(table: Table) -> str:
    head = [_cell(_inline(name)) for name in table.columns]
    rule = ["---:" if at in table.numbers else "---" for at in range(len(head))]
    rows = [[_cell(_inline(cell)) for cell in row] for row in table.rows]
    if table.total and rows:
        rows[-1] = [_cell(_strong(cell)) for cell in table.rows[-1]]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _cell(words: str) -> str:
    # A row is one line, and for a line break within it the language has nothing but HTML.
    return words.replace(_HARD_BREAK, "<br>")


def _one_line(text: str) -> str:
    return _inline(" ".join(character.legible(text).split()))


def _strong(text: str) -> str:
    return f"**{words}**" if (words := _inline(text.strip())) else ""


def _emphasis(text: str) -> str:
    return f"*{words}*" if (words := _inline(text.strip())) else ""


def _inline(text: str) -> str:
    """Return `text` as Markdown that shows just this text; line breaks at its end are left out."""
    lines = character.legible(text).rstrip("\n").split("\n")
    return _HARD_BREAK.join(_literal(line) for line in lines)


def _literal(line: str) -> str:
    words = _ANYWHERE.sub(r"\\\g<0>", line)
    if first := _FIRST.match(line):
        at = first.end() if first[0].isdigit() else 0
        words = f"{words[:at]}\\{words[at:]}"
    return _EDGE.sub(lambda blanks: "".join(f"&#{ord(one)};" for one in blanks[0]), words)

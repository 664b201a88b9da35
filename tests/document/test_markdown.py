"""The Markdown, read by a parser of it: structure is ours alone, and words are only words."""

import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.document import markdown
from bot.document.paper import Line, Paper, Section, Table
from tests.document import sample, words

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
OURS = {"text", "text_special", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"}

languages = pytest.mark.parametrize("paper", sample.PAPERS.values(), ids=sample.PAPERS)


def shown(text: str) -> str:
    return ILLEGAL.sub("\ufffd", LINE_END.sub("\n", text)).rstrip("\n")


def read(paper: Paper) -> list[Token]:
    return PARSER.parse(markdown.write(paper).decode())


def said(token: Token) -> str:
    """Return the words of a run of text; only a line break in a cell may be HTML."""
    found = ""
    for one in token.children or ():
        if one.type == "html_inline":
            assert one.content == "<br>"
        else:
            assert one.type in OURS, one
        found += "\n" if one.type in {"hardbreak", "html_inline"} else one.content
    return found


def within(tokens: Sequence[Token], kind: str) -> list[str]:
    return [said(after) for one, after in itertools.pairwise(tokens) if one.type == f"{kind}_open"]


@languages
def test_headings_lines_and_cells_are_read_as_they_were_written(paper: Paper) -> None:
    tokens = read(paper)
    assert within(tokens, "heading") == [paper.title, *words.headings(paper)]
    found = within(tokens, "paragraph")
    for line in words.lines(paper):
        assert " ".join(one for one in (line.label, shown(line.text), line.note) if one) in found
    for label, value in (*paper.header, *paper.signatures):
        assert f"{label} {value}".rstrip() in found
    assert within(tokens, "th") == [name for one in words.tables(paper) for name in one.columns]
    assert within(tokens, "td") == [shown(cell) for one in words.tables(paper) for row in one.rows for cell in row]


@languages
def test_marking_contingent_number_and_draft_stand_at_the_top(paper: Paper) -> None:
    found = within(read(paper), "paragraph")
    assert found[0] == f"{paper.marking} · {paper.contingent} · {paper.number}"
    assert (found[1] == paper.draft) is bool(paper.draft)


def test_numbers_stand_to_the_right_and_a_sum_is_bold() -> None:
    table = Table(("a", "b"), (("x", "1"), ("all", "1")), frozenset({1}), total=True)
    text = markdown.write(Paper("en", "T", "", "", "", (), (Section(1, "S", (table,)),))).decode()
    assert "| a | b |\n| --- | ---: |\n| x | 1 |\n| **all** | **1** |\n" in text


# What makes markup, many times more often than chance would have it.
_SIGNS = st.sampled_from(
    [*"\\`*_{}[]()#+-.!|~&<>:=$^\"' \t\n\r1a", "<b>", "<!--", "&amp;", "```", "---", "]: http://", "é"]
)
_TEXTS = st.lists(_SIGNS).map("".join) | st.text(st.characters(exclude_categories=()))


@given(_TEXTS, _TEXTS, _TEXTS)
@example("", "1. a\n- b\n# c\n> d\n===\n---\n    e\n\tf\n```\n| a |\n|---|", "")
@example("\\", "\\|\\\\|", "\\")
@example(" a ", "  a  ", " a ")
@example("", "a\n\n\n", "*")
def test_no_text_breaks_out(label: str, text: str, note: str) -> None:
    table = Table((text, "b"), ((text, label), (text, text)), total=True)
    blocks = (Line(text, label, f"n{note}"), Line("next"), table)
    paper = Paper("en", text, text, text, text, ((label, text),), (Section(1, text, blocks),), draft=text)
    tokens = read(paper)
    assert {one.type for one in tokens if one.nesting == 1} <= {
        *("heading_open", "paragraph_open", "bullet_list_open", "list_item_open", "table_open", "thead_open"),
        *("tbody_open", "tr_open", "th_open", "td_open"),
    }
    assert {one.type for one in tokens if one.nesting == 0} == {"inline"}
    heading = " ".join(shown(text).split())
    assert within(tokens, "heading") == [heading, f"1. {heading}".rstrip()]
    strong, plain = shown(text.strip()), shown(text)
    assert within(tokens, "th") == [plain, "b"]
    assert within(tokens, "td") == [plain, shown(label), strong, strong]
    items = [said(after) for before, after in zip(tokens, tokens[2:], strict=False) if before.type == "list_item_open"]
    whole = " ".join(one for one in (shown(label.strip()), plain, shown(f"n{note}".strip())) if one)
    assert items[-2:] == [whole, "next"]

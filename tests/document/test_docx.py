"""The Word document, opened again with python-docx."""

import itertools
import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx as word
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.document import docx
from bot.document.paper import Line, Paper, Section, Table
from tests.document import sample, words

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")

languages = pytest.mark.parametrize("paper", sample.PAPERS.values(), ids=sample.PAPERS)


def opened(paper: Paper) -> Document:
    return word.Document(BytesIO(docx.write(paper, sample.AT)))


def shown(text: str) -> str:
    return ILLEGAL.sub("\ufffd", LINE_END.sub("\n", text))


def styled(document: Document, name: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == name]


def report_tables(document: Document) -> list[WordTable]:
    return [one for one in document.tables if one.style is not None and one.style.name == "Report Table"]


@languages
def test_the_outline_is_in_real_styles_and_in_order(paper: Paper) -> None:
    document = opened(paper)
    assert styled(document, "Title") == [paper.title]
    assert styled(document, "Heading 1") == [one.replace(" ", "\t", 1) for one in words.headings(paper)]
    assert styled(document, "Draft") == ([paper.draft] if paper.draft else [])
    assert styled(document, "Empty Section") == [
        one.text for part in paper.sections if part.empty for one in part.blocks
    ]
    assert {one.style.name for one in document.paragraphs if one.style is not None} <= {
        *("Title", "Draft", "Heading 1", "Body Text", "Empty Section", "List Bullet", "List Continue", "Table End")
    }


@languages
def test_every_line_is_there_word_for_word(paper: Paper) -> None:
    found = [one.text for one in opened(paper).paragraphs]
    for line in words.lines(paper):
        whole = "\u2003".join(one for one in (line.label, shown(line.text), line.note) if one)
        alone = [one for one in (line.label, shown(line.text), line.note) if one]
        assert whole in found or all(one in found for one in alone), line
    assert len(sample.LONG) > 4000


@languages
def test_every_cell_is_there_word_for_word(paper: Paper) -> None:
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in report_tables(opened(paper))]
    assert found == [[[shown(cell) for cell in row] for row in (one.columns, *one.rows)] for one in words.tables(paper)]


@languages
def test_the_fields_stand_above_and_the_signatures_below(paper: Paper) -> None:
    found = [
        [tuple(cell.text for cell in row.cells) for row in table.rows]
        for table in opened(paper).tables
        if table.style is not None and table.style.name == "Field Table"
    ]
    assert found == [list(paper.header), list(paper.signatures)]


@languages
def test_every_page_says_whose_it_is_how_it_is_marked_and_its_number(paper: Paper) -> None:
    section = opened(paper).sections[0]
    assert [one.text for one in section.header.paragraphs] == [
        f"{paper.contingent}\t{paper.marking}",
        *([paper.draft] if paper.draft else []),
    ]
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith(f"{paper.number}\t{paper.marking}\t")
    assert [one.get(qn("w:instr")) for one in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    said = "".join(one.text for one in footer._p.iter(qn("w:t")))
    assert said.endswith(paper.page_of.format(page=1, pages=1))
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)


@languages
def test_tables_are_tables_to_a_reader_and_to_a_screen_reader(paper: Paper) -> None:
    for source, made in zip(words.tables(paper), report_tables(opened(paper)), strict=True):
        assert [one.trPr.find(qn("w:tblHeader")) is not None for one in made._tbl.tr_lst] == [True] + [False] * len(
            source.rows
        )
        assert all(one.trPr.find(qn("w:cantSplit")) is not None for one in made._tbl.tr_lst)
        widths = [column.width for column in made.columns]
        assert abs(sum(widths) - 6.5 * 914400) < 1000
        for at, cell in enumerate(made.rows[1].cells):
            style = "Table Number" if at in source.numbers else "Table Text"
            assert cell.paragraphs[0].style is not None
            assert cell.paragraphs[0].style.name == style
        last = [run.style.name for cell in made.rows[-1].cells for run in cell.paragraphs[0].runs]
        assert set(last) == ({"Strong"} if source.total else {"Default Paragraph Font"})
        assert made._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:lastRow")) == ("1" if source.total else "0")


def test_what_runs_from_right_to_left_says_so() -> None:
    document = opened(sample.FR)
    arabic = [one for one in document.paragraphs if one.text == sample.ARABIC]
    assert len(arabic) == 2
    for paragraph in arabic:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert [run.font.rtl for run in paragraph.runs] == [True]
    mixed = next(one for one in document.paragraphs if one.text.endswith(sample.HEBREW))
    assert mixed._p.pPr.find(qn("w:bidi")) is None
    assert [(run.text, run.font.rtl) for run in mixed.runs][1:] == [(sample.HEBREW[:-1], True), (".", None)]


@pytest.mark.parametrize(("paper", "locale"), [(sample.EN, "en-CA"), (sample.FR, "fr-CA")])
def test_the_document_says_what_it_is_and_in_which_language(paper: Paper, locale: str) -> None:
    document = opened(paper)
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == (paper.title, paper.contingent, locale)
    assert paper.number in properties.subject
    assert properties.created == properties.modified == sample.AT
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {locale}


def test_the_same_paper_gives_the_same_bytes_whatever_the_hour() -> None:
    first = docx.write(sample.EN, sample.AT)
    assert docx.write(sample.EN, sample.AT) == first
    assert docx.write(sample.EN, sample.AT + timedelta(hours=1)) != first
    with zipfile.ZipFile(BytesIO(first)) as made:
        assert {one.date_time for one in made.infolist()} == {(2026, 11, 24, 6, 30, 0)}


def test_nothing_of_the_template_is_left_in_it() -> None:
    with zipfile.ZipFile(BytesIO(docx.write(sample.EN, sample.AT))) as made:
        assert not [name for name in made.namelist() if re.search("thumbnail|WithEffects|customXml", name)]
        assert b"python-docx" not in b"".join(made.read(name) for name in made.namelist())


def test_a_style_that_is_named_is_there() -> None:
    document = opened(sample.EN)
    known = {style.style_id for style in document.styles}
    for part in (document.part, *(one.part for one in (document.sections[0].header, document.sections[0].footer))):
        named = {
            one.get(qn("w:val"))
            for tag in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next")
            for one in (*part.element.iter(qn(tag)), *document.styles.element.iter(qn(tag)))
        }
        assert named <= known


def test_two_tables_stay_two_and_a_table_may_be_the_last() -> None:
    table = Table(("a", "b"), (("1", "2"),), total=True)
    empty = Table(("only", "names"), (), total=True)
    paper = Paper("en", "T", "N", "C", "M", (), (Section(1, "S", (table, empty, table)),))
    document = opened(paper)
    assert len(report_tables(document)) == 3
    kinds = [one.tag for one in document.element.body]
    assert all((one, next_) != (qn("w:tbl"), qn("w:tbl")) for one, next_ in itertools.pairwise(kinds))
    assert kinds[-2:] == [qn("w:p"), qn("w:sectPr")]


def test_a_table_of_hundreds_of_rows_is_all_there() -> None:
    paper = sample.large(lines=150, rows=400, tables=1)
    (made,) = report_tables(opened(paper))
    (given,) = words.tables(paper)
    cells = made._cells  # each access to a row's cells would find them all anew
    assert [one.text for one in cells] == [cell for row in (given.columns, *given.rows) for cell in row]


def test_an_hour_elsewhere_is_the_same_moment() -> None:
    there = datetime.fromisoformat("2026-11-24T01:30:00-05:00")
    assert docx.write(sample.EN, there) == docx.write(sample.EN, there.astimezone(UTC))


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
@example("\x00\x0b\x1f\ud800\ufffe")
@example(" \t a\r\nb\rc\u2028d ")
@example("مرحبا (123) abc שלום")
@example("]]><w:p/>&amp;{page}")
def test_any_text_comes_back_as_it_was(text: str) -> None:
    paper = Paper(
        "fr", "T", text, text, text, ((text, text),), (Section(1, text, (Line(text), Table((text,), ((text,),)))),),
        draft=text,
    )  # fmt: skip
    document = opened(paper)
    body = [one.text for one in document.paragraphs]
    assert body[body.index(f"1.\t{shown(text)}") + 1] == shown(text)
    assert [cell.text for table in document.tables for row in table.rows for cell in row.cells] == [shown(text)] * 4
    assert document.sections[0].header.paragraphs[0].text == f"{shown(text)}\t{shown(text)}"

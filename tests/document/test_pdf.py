"""The PDF, opened again with pypdf. Text is compared without blanks: where a line breaks is the page's affair."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from bot.document import pdf, typesetting
from bot.document.paper import Line, Paper, Section, Table
from tests.document import sample, words

EMOJI_FONT = "Noto Color Emoji"
languages = pytest.mark.parametrize("paper", sample.PAPERS.values(), ids=sample.PAPERS)


def opened(paper: Paper, *, system_fonts: bool = True) -> PdfReader:
    return PdfReader(BytesIO(pdf.write(paper, sample.AT, system_fonts=system_fonts)))


def named(text: str) -> str:
    """Return `text` as it stands where there is no font with emoji."""
    return re.sub("[\U0001f000-\U0001faff\u2705]", lambda match: f"[U+{ord(match[0]):04X}]", text)


def pages(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def bare(text: str) -> str:
    """Return `text` without blanks, invisible signs and what stands for a sign that no document can hold."""
    return re.sub("[\\s\u200b-\u200f\ufe0f\ufffd\x00-\x1f]", "", text)


def body(paper: Paper, reader: PdfReader) -> str:
    """Return the text of all pages as one, without what stands on every page."""
    found = ""
    for number, text in enumerate(pages(reader), 1):
        top = bare(paper.draft + paper.contingent + paper.draft + paper.marking)
        foot = bare(paper.number + paper.marking + paper.page_of.format(page=number, pages=len(reader.pages)))
        page = bare(text)
        assert page.startswith(top)
        assert page.endswith(foot)
        found += page.removeprefix(top).removesuffix(foot)
    return found


def structure(node: Any) -> Iterator[str]:
    """Yield the kinds of the parts of the page that a screen reader is told of."""
    if not isinstance(node, DictionaryObject):
        return
    if "/S" in node:
        yield node["/S"]
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from structure(child.get_object())


def small(text: str, **facts: str) -> Paper:
    return Paper("fr", "T", "N", "C", "M", (), (Section(1, "S", (Line(text),)),), **facts)  # type: ignore[arg-type]


@languages
@pytest.mark.parametrize("system_fonts", [True, False])
def test_all_that_was_written_is_on_the_pages_and_every_page_is_marked(paper: Paper, system_fonts: bool) -> None:
    emoji = system_fonts and EMOJI_FONT in typesetting._fonts(True).families()
    found = body(paper, opened(paper, system_fonts=system_fonts))
    for text in words.texts(paper):
        if text in {sample.ARABIC, sample.HEBREW} or sample.HEBREW in text:
            # Read from right to left, the words come out of the file one by one.
            assert all(re.sub(r"[.:,]", "", bare(word)) in found for word in text.split()), text
        else:
            assert bare(text if emoji else named(text)) in found, text
    for text in words.headings(paper):
        assert bare(text) in found


def test_a_paper_in_french_adds_no_spaces_of_its_own() -> None:
    text = "Note\u00a0: « oui\u00a0»; 9\u00a0h\u00a040! 80\u00a0% (1\u00a0204)? C'est \"dit\" -- 'ici'... a/b"
    assert text in "".join(pages(opened(small(text))))


def test_no_text_is_taken_as_markup_of_the_page() -> None:
    text = '#panic() #{1+1} *a* _b_ $x$ `c` @d <e> = f \\ // g /* h */ ~ -- "i" https://j.k [l] \\u{1F600}'
    assert text in "".join(pages(opened(small(text))))


@pytest.mark.parametrize(("paper", "locale"), [(sample.EN, "en-CA"), (sample.FR, "fr-CA")])
def test_the_file_says_what_it_is_and_in_which_language(paper: Paper, locale: str) -> None:
    reader = opened(paper)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (paper.title, paper.contingent)
    assert paper.number in str(reader.metadata.subject)
    assert reader.metadata.creation_date == sample.AT
    root = reader.root_object
    assert root["/Lang"] == locale
    assert bool(root["/MarkInfo"]["/Marked"])
    xmp = root["/Metadata"].get_data().decode()
    assert all(f"<{mark}>{part}<" in xmp for mark, part in (("pdfaid:part", 2), ("pdfuaid:part", 1)))
    assert [one.title for one in reader.outline] == words.headings(paper)
    assert {tuple(map(float, page.mediabox)) for page in reader.pages} == {(0.0, 0.0, 612.0, 792.0)}


def test_a_table_is_one_to_a_screen_reader_and_its_head_is_on_every_page() -> None:
    table = Table(("Post", "Women"), tuple((f"Post {at}", str(at)) for at in range(120)), frozenset({1}))
    reader = opened(Paper("en", "T", "N", "C", "M", (), (Section(1, "S", (table,)),)))
    assert len(reader.pages) > 2
    assert all("Post Women" in text for text in pages(reader))
    kinds = set(structure(reader.root_object["/StructTreeRoot"]))
    assert {"/Title", "/H1", "/Table", "/THead", "/TH", "/TBody", "/TD"} <= kinds


def test_signatures_never_stand_on_a_page_by_themselves() -> None:
    for count in range(34, 46):
        last = Section(2, "Last", (Line("The last line."),))
        paper = Paper(
            "en", "T", "N", "C", "M", (), (Section(1, "S", (Line("a\n" * count),)), last), (("Prepared by", "x"),)
        )
        (signed,) = [text for text in pages(opened(paper)) if "Prepared by" in text]
        assert "The last line." in signed


def test_only_a_draft_says_that_it_is_one() -> None:
    assert all(text.count("NOT APPROVED") >= 2 for text in pages(opened(sample.EN)))
    assert "NOT APPROVED" not in "".join(pages(opened(replace(sample.EN, draft=""))))


def test_without_fonts_on_the_machine_a_sign_is_named_and_none_is_lost() -> None:
    text = "a 🚚 b 👩🏽\u200d✈\ufe0f c مرحبا שלום Привет ✓ \ue000"
    found = "".join(pages(opened(small(text), system_fonts=False)))
    assert "a [U+1F69A] b [U+1F469][U+1F3FD]✈\ufe0f c" in found
    assert all(word in found for word in ("مرحبا", "שלום", "Привет", "✓", "[U+E000]"))


def test_what_is_added_to_a_sign_is_named_if_no_font_has_both() -> None:
    reader = opened(small("1\ufe0f\u20e3 x\U0001f3fb y"), system_fonts=False)
    assert "1[U+20E3] x[U+1F3FB] y" in pages(reader)[0]
    assert b"pdfaid" in reader.root_object["/Metadata"].get_data()


def test_rather_a_plainer_file_than_none() -> None:
    untitled = opened(replace(small("all of it"), title=""))
    assert "all of it" in pages(untitled)[0]


def test_the_same_paper_gives_the_same_bytes_in_every_thread() -> None:
    first = pdf.write(sample.FR, sample.AT)
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(lambda paper: pdf.write(paper, sample.AT), [sample.FR] * 4)) == {first}


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
@example("\x00\ufeff\ud800\U000e0041\u202e\u2066\u0301")
@example("a" * 5000)
@example("🇨🇦" * 300)
@example("\r")
def test_any_text_becomes_a_page(text: str) -> None:
    paper = Paper(
        "fr", text, text, text, text, ((text, text),),
        (Section(1, text, (Line(text, text, text), Line(text), Table((text,), ((text,),), total=True))),), draft=text,
    )  # fmt: skip
    assert len(opened(paper).pages) >= 1


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("Cc", "Cf", "Cs"))))
def test_latin_text_is_read_back_as_it_was(text: str) -> None:
    assert bare(text) in bare("".join(pages(opened(small(f"<{text}>")))))


def test_fonts_that_are_named_first_come_with_typst() -> None:
    assert typesetting.FONTS[0] in typesetting._fonts(False).families()

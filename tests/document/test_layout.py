from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document import layout
from bot.document.character import ems
from bot.document.paper import Line, Paper, Section, Table

A, B = Line("a"), Line("b")
TABLE = Table(("n",), (("1",),))


def test_paragraphs_in_a_row_are_a_list_and_one_alone_is_none() -> None:
    places = [place for _, place in layout.listed((A, TABLE, A, B, TABLE, TABLE, B))]
    assert places == ["alone", "alone", "item", "item", "alone", "alone", "alone"]
    assert [place for _, place in layout.listed((A,))] == ["alone"]
    below = replace(B, under=True)
    assert [place for _, place in layout.listed((A, below))] == ["alone", "alone"], "one entry makes no list"
    assert [place for _, place in layout.listed((A, below, below, B))] == ["item", "under", "under", "item"]
    assert [*layout.listed(())] == []


def test_sections_have_numbers_and_annexes_letters() -> None:
    part = Section(7, "x", ())
    paper = Paper("en", "", "", "", "", (), (part,), annexes=(part,) * 28)
    assert [mark for mark, _ in layout.sections(paper)] == ["7."]
    marks = [mark for mark, _ in layout.annexes(paper)]
    assert (marks[0], marks[25], marks[26], marks[27]) == ("A.", "Z.", "AA.", "AB.")


def test_the_words_of_a_page_number_are_taken_apart() -> None:
    assert layout.page_pieces("Page {page} of {pages}") == ["Page ", "{page}", " of ", "{pages}"]
    assert layout.page_pieces("{page}/{pages}{other}") == ["{page}", "/", "{pages}", "{other}"]
    assert layout.page_pieces("") == []


CELLS = st.text(max_size=300)


@given(st.integers(1, 12).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), min_size=1, max_size=5)))
def test_columns_fill_the_page(rows: list[tuple[str, ...]]) -> None:
    found = layout.widths(Table(rows[0], tuple(rows[1:])))
    assert sum(found) == pytest.approx(layout.TABLE_EMS)
    assert all(one > layout.PADDING_EMS for one in found)


def test_a_long_text_takes_no_room_from_short_ones() -> None:
    table = Table(("Post", "Unaccounted", "Remarks"), (("Tombouctou", "1", "word " * 900),))
    post, number, remarks = (one - layout.PADDING_EMS for one in layout.widths(table))
    assert post >= ems("Tombouctou")
    assert number >= ems("Unaccounted")
    assert remarks > 25


def test_a_table_of_numbers_that_is_too_wide_is_put_one_part_below_the_other() -> None:
    words = ("Comptes rendus", "Déplacements", "Investigations", "Communications", "Sensibilisation", "Rencontres")
    wide = Table(("Poste", *words, *words), (("Tombouctou", *map(str, range(12))),), frozenset(range(1, 13)), True)
    above, *below = layout.fitting((A, wide, B))[1:-1]
    parts = [above, *below]
    assert len(parts) > 1
    assert all(isinstance(one, Table) and one.columns[0] == "Poste" and one.total for one in parts)
    assert [name for one in parts if isinstance(one, Table) for name in one.columns[1:]] == [*words, *words]
    assert [cell for one in parts if isinstance(one, Table) for cell in one.rows[0][1:]] == [*map(str, range(12))]
    for one in parts:
        assert isinstance(one, Table)
        for name, width in zip(one.columns, layout.widths(one), strict=True):
            assert max(map(ems, name.split())) <= width - layout.PADDING_EMS, "no word is broken"
    remarks = replace(wide, numbers=frozenset({1}))
    assert layout.fitting((remarks, TABLE)) == (remarks, TABLE), "only numbers are read column by column"


def test_a_row_that_would_fill_a_page_may_be_split() -> None:
    columns = layout.widths(Table(("a", "b"), (("x", "y"),)))
    assert layout.kept_whole(("x", "y\n" * 10), columns)
    assert not layout.kept_whole(("x", "y\n" * 40), columns)
    assert not layout.kept_whole(("x", "word " * 800), columns)


def test_a_table_is_a_rectangle() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Table(("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="do not fit"):
        Table((), ())

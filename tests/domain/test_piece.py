"""A long text in pieces: nothing is lost, nothing that is seen as one is cut in two, and each fits its message."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.piece import cut, pieces, shortened, weight_of

NASTY = st.text(
    st.sampled_from('a&<>"\n é\u0301👩\u200d👩\u200d👧🇲🇱👍🏽\ufe0f') | st.characters(codec="utf-8"), max_size=6000
)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(NASTY, st.integers(8, 3000))
def test_a_text_is_cut_into_what_fits_and_nothing_is_lost(text: str, room: int) -> None:
    found, rest = [], text
    while rest:
        head, after = cut(rest, room)
        assert head
        assert weight_of(head) <= room
        assert len(after) < len(rest)
        found.append(head)
        rest = after
    assert without_blanks("".join(found)) == without_blanks(text)


def test_it_is_cut_between_words_and_never_within_what_is_seen_as_one_sign() -> None:
    assert cut("un deux trois", 9) == ("un deux", "trois")
    assert cut("premier\ndeuxième ligne", 10) == ("premier", "deuxième ligne")
    family = "👩\u200d👩\u200d👧"
    assert cut(f"aaaaaa{family}", 10) == ("aaaaaa", family)
    assert cut("aaaaaae\u0301", 7) == ("aaaaaa", "e\u0301")
    assert cut("aaaa🇲🇱🇨🇦", 10)[0] in ("aaaa🇲🇱", "aaaa")
    assert cut("a" * 9, 4) == ("aaaa", "aaaaa")


@given(NASTY, st.integers(8, 3000))
def test_all_of_it_comes_in_pieces_and_a_beginning_says_that_more_follows(text: str, room: int) -> None:
    found = list(pieces(text, room))
    assert all(0 < weight_of(one) <= room for one in found)
    assert without_blanks("".join(found)) == without_blanks(text)
    assert weight_of(shortened(text, room)) <= room
    assert shortened(text, weight_of(text)) == text

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from bot.document.character import breakable, ems, legible, right_to_left, stretches, turning

TEXTS = st.text(st.characters(exclude_categories=()))
TURNING = st.text(st.sampled_from("abמלاب (1),.؟ ")) | TEXTS


def test_what_no_document_can_hold_is_seen_and_line_breaks_are_one_sign() -> None:
    assert legible("a\x00b\x1b[0m\ud800\uffff") == "a�b�[0m��"
    assert legible("a\r\nb\rc\nd\u2028e\x85f\tg") == "a\nb\nc\nd\ne\nf\tg"


def test_the_first_letter_says_which_way_a_text_is_read() -> None:
    assert right_to_left("... 12 مرحبا abc")
    assert not right_to_left("Patrol: مرحبا")
    assert not right_to_left("12, ... !")
    assert turning("Patrol: שלום")
    assert turning("a\u202eb")
    assert not turning("Привет, é, 中, 🚚")


def test_signs_between_pieces_go_with_both_or_with_the_whole() -> None:
    assert stretches("ab مرحبا بكم, (cd)") == [("ab ", False), ("مرحبا بكم", True), (", (cd)", False)]
    assert stretches("مرحبا (12) ab!") == [("مرحبا (12) ", True), ("ab", False), ("!", True)]
    assert stretches("plain") == [("plain", False)]


@given(TURNING)
def test_stretches_are_the_text(text: str) -> None:
    found = stretches(text)
    assert "".join(piece for piece, _ in found) == text
    assert all(one != after for (_, one), (_, after) in itertools.pairwise(found))


@given(TEXTS, st.floats(1, 60))
@example("a" * 500, 20)
@example("x" + "👩🏽‍✈️🇨🇦🇲🇱e\u0301" * 40, 10)
def test_breaking_words_changes_nothing_that_is_seen(text: str, width: float) -> None:
    broken = breakable(text, width)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    if max(map(ems, text.split()), default=0) <= width:
        assert broken == text


def test_a_word_breaks_between_characters_and_not_inside_one() -> None:
    assert breakable("👩🏽‍✈️🇨🇦🇲🇱e\u0301a", 1) == "\u200b".join(("👩🏽‍✈️", "🇨🇦", "🇲🇱", "e\u0301", "a"))
    assert breakable("short words stay", 10) == "short words stay"

"""A report in full: nothing is left out, and every answer is whole and in order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.form import steps
from bot.domain.report_draft import with_turns
from bot.domain.report_form import DAILY, FLASH, FORMS
from bot.domain.report_part import BESIDE, ROOM, parts_of
from tests.chat.report_sample import filled
from tests.domain.test_piece import NASTY, without_blanks


@given(st.sampled_from(sorted(FORMS)), NASTY.filter(str.strip))
def test_every_answer_is_in_it_whole_and_in_order(code: str, text: str) -> None:
    form = FORMS[code]
    long = {key for key, value in filled(code).items() if isinstance(value, str) and len(value) > 500}
    answers = {key: text if key in long else value for key, value in filled(code).items()}
    parts = parts_of(7, form, answers, ("plans",), "MLI-2026-0001", 2)
    assert [(one.part, one.parts) for one in parts] == [(at + 1, len(parts)) for at in range(len(parts))]
    assert [one.nothing for one in parts] == [()] * (len(parts) - 1) + [("plans",)]
    said: dict[str, Any] = {}
    for key, value in (each for one in parts for each in one.answers):
        said[key] = said.get(key, "") + value if key in long else value
    asked = [one.key for one in steps(form, with_turns(form, answers), frozenset())]
    assert list(said) == [key for key in asked if key in answers]
    assert {key: without_blanks(said[key]) for key in long} == dict.fromkeys(long, without_blanks(text))
    assert {key: said[key] for key in said.keys() - long} == {key: answers[key] for key in answers.keys() - long}


def test_a_short_one_is_one_message_and_an_empty_one_too() -> None:
    assert len(parts_of(7, FLASH, {"category": "shooting", "what": "w" * (ROOM - 3 * BESIDE)}, ())) == 1
    (empty,) = parts_of(7, DAILY, {}, ())
    assert (empty.answers, empty.continued) == ((), False)


def test_what_goes_on_in_the_next_message_is_marked() -> None:
    first, second = parts_of(7, FLASH, {"what": "&" * 1000, "action": "a"}, ())
    assert (first.continued, second.continued) == (False, True)
    assert [key for key, _ in second.answers] == ["what", "action"]

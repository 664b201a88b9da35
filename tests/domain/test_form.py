"""Forms: no sequence of answers, backs, skips and corrections loses an answer or lets an incomplete report out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Form, Links, Moment, Number, Period, Step, Takes, Where, Words
from bot.domain.report_code import PEOPLE
from bot.domain.report_draft import Draft
from bot.domain.report_form import DAILY, FLASH, FORMS, INCIDENT

MORNING = "2026-11-23T06:00:00+00:00"
INSTANTS = (MORNING, "2026-11-23T06:05:00+00:00", "2026-11-23T18:00:00+00:00")
PERIODS = tuple({"from": f"2026-11-{day}T06:00:00+00:00", "to": MORNING} for day in (20, 22))
PLACES = (
    {"name": "Sévaré"},
    {"post": "MPT", "name": {"en": "Mopti", "fr": "Mopti"}},
    {"grid": "30PUB72510161", "latitude": 14.48428, "longitude": -4.18296},
)
NUMBERS = ("MLI-2026-0001", "MLI-2026-0042", "MLI-2025-0099")
_SOME: dict[type[Takes], st.SearchStrategy[Any]] = {
    Number: st.integers(0, 7),
    Words: st.sampled_from(("a few words", "others")),
    Moment: st.sampled_from(INSTANTS),
    Period: st.sampled_from(PERIODS),
    Where: st.sampled_from(PLACES),
    Links: st.lists(st.sampled_from(NUMBERS), min_size=1, unique=True),
}


def some_answer(step: Step, data: Any) -> Any:
    takes = step.question.takes
    if isinstance(takes, Choices):
        return data.draw(st.lists(st.sampled_from(takes.codes), min_size=1, unique=True))
    if isinstance(takes, Choice):
        return data.draw(st.sampled_from(takes.codes))
    if isinstance(takes, Counts):
        return {group: data.draw(st.integers(0, 50)) for group in takes.groups}
    return data.draw(_SOME[type(takes)])


class Filling(RuleBasedStateMachine):
    """One person at a phone, who may press anything at any time; `said` is all that they have answered."""

    @initialize(code=st.sampled_from(sorted(FORMS)))
    def begin(self, code: str) -> None:
        self.form: Form = FORMS[code]
        self.draft: Draft = rules.begin(self.form)
        self.said: dict[str, Any] = {}

    @property
    def steps(self) -> list[Step]:
        return list(forms.steps(self.form, self.draft.answers, self.draft.nothing))

    @precondition(lambda self: self.draft.at is not None)
    @rule(data=st.data())
    def answer_what_is_asked(self, data: Any) -> None:
        step = rules.step_at(self.form, self.draft)
        self._answer(step, some_answer(step, data))

    @rule(data=st.data())
    def answer_an_older_question(self, data: Any) -> None:
        step = data.draw(st.sampled_from(self.steps))
        self._answer(step, some_answer(step, data))

    def _answer(self, step: Step, value: Any) -> None:
        self.said[step.key] = value
        self.draft = rules.answer(self.form, self.draft, step.key, value)
        assert step.section.code not in self.draft.nothing

    @precondition(lambda self: self.draft.at is not None)
    @rule()
    def skip(self) -> None:
        step = rules.step_at(self.form, self.draft)
        try:
            self.draft = rules.skip(self.form, self.draft)
        except RefusalError as refusal:
            assert refusal.code is No.REQUIRED
            assert step.question.required
            assert not self.said.get(step.key)

    @precondition(lambda self: self.draft.at is not None)
    @rule()
    def nothing_here(self) -> None:
        section = rules.step_at(self.form, self.draft).section
        if section.nothing:
            self.draft = rules.nothing_here(self.form, self.draft)
            assert section.code in self.draft.nothing
        else:
            with pytest.raises(RefusalError):
                rules.nothing_here(self.form, self.draft)

    @precondition(lambda self: self.draft.at is not None)
    @rule()
    def nothing_more(self) -> None:
        before = rules.given(self.form, self.draft)
        self.draft = rules.nothing_more(self.form, self.draft)
        assert rules.given(self.form, self.draft) == before, "what was said still counts"

    @rule()
    def back(self) -> None:
        self.draft = rules.back(self.form, self.draft)
        assert self.draft.at is not None

    @rule(data=st.data())
    def mend(self, data: Any) -> None:
        self.draft = rules.mend(self.form, self.draft, data.draw(st.sampled_from(self.steps)).key)

    @rule()
    def preview(self) -> None:
        self.draft = rules.preview(self.draft)

    @invariant()
    def no_answer_is_lost(self) -> None:
        assert {key: self.draft.answers.get(key) for key in self.said} == self.said

    @invariant()
    def what_is_open_is_asked(self) -> None:
        assert self.draft.at is None or self.draft.at in [one.key for one in self.steps]

    @invariant()
    def what_counts_was_said_and_is_asked(self) -> None:
        counts = rules.given(self.form, self.draft)
        assert counts.items() <= self.said.items()
        silent = {one.section.code for one in self.steps if one.section.code in self.draft.nothing}
        assert not any(rules.step_at(self.form, self.draft, key).section.code in silent for key in counts)

    @invariant()
    def an_incomplete_one_is_known(self) -> None:
        lacking = rules.missing(self.form, self.draft)
        counts = rules.given(self.form, self.draft)
        for one in self.steps:
            needed = one.question.required and one.section.code not in self.draft.nothing
            assert (one in lacking) == (needed and one.key not in counts)


TestFilling = Filling.TestCase
TestFilling.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.code)
def test_every_question_has_a_key_of_its_own(form: Form) -> None:
    keys = [one.key for one in forms.steps(form, {}, frozenset())]
    assert len(keys) == len(set(keys))
    every = [question.code for section in form.sections if not section.turns for question in section.questions]
    assert len(every) == len(set(every))
    assert len({section.code for section in form.sections}) == len(form.sections)
    for section in form.sections:
        known = {question.code for question in section.questions}
        assert {question.needs for question in section.questions} <= known | {None}


def test_a_day_on_which_nothing_happened_is_three_answers() -> None:
    draft = rules.begin(DAILY)
    draft = rules.answer(DAILY, draft, "period", {"from": "a", "to": "b"})
    draft = rules.answer(DAILY, draft, "duty_type", "patrol")
    draft = rules.nothing_more(DAILY, draft)
    assert draft.at is None
    assert rules.missing(DAILY, draft) == []
    assert rules.given(DAILY, draft) == {"period": {"from": "a", "to": "b"}, "duty_type": "patrol"}


def test_activities_are_asked_for_again_and_again() -> None:
    draft = rules.begin(DAILY)
    for turn, more in enumerate(("yes", "no")):
        for code in ("type", "time", "place", "partner", "summary"):
            draft = rules.mend(DAILY, draft, f"activities.{turn}.{code}")
            draft = rules.answer(DAILY, draft, f"activities.{turn}.{code}", "patrol")
        draft = rules.answer(DAILY, draft, f"activities.{turn}.more", more)
    assert "activities.2.type" not in [one.key for one in forms.steps(DAILY, draft.answers, draft.nothing)]
    fewer = rules.answer(DAILY, draft, "activities.0.more", "no")
    assert not any(key.startswith("activities.1") for key in rules.given(DAILY, fewer))
    again = rules.answer(DAILY, fewer, "activities.0.more", "yes")
    assert "activities.1.summary" in rules.given(DAILY, again), "kept aside, not lost"


def test_victims_are_asked_for_again_and_again_each_with_what_happened_and_how_many() -> None:
    draft = rules.mend(INCIDENT, rules.begin(INCIDENT), "victims.0.victim_kind")
    draft = rules.answer(INCIDENT, rules.Draft(INCIDENT.code, at=draft.at), "victims.0.victim_kind", "civilian")
    assert draft.at == "victims.0.harm"
    draft = rules.answer(INCIDENT, draft, "victims.0.harm", "killed")
    assert draft.at == "victims.0.harmed"
    assert "victims.0.harmed" in [one.key for one in rules.missing(INCIDENT, draft)]
    draft = rules.answer(INCIDENT, draft, "victims.0.harmed", {"women": 1})
    draft = rules.answer(INCIDENT, draft, "victims.0.more", "yes")
    assert draft.at == "victims.1.victim_kind"
    assert rules.answer(INCIDENT, draft, "victims.0.more", "no").at == "means"


def test_numbers_of_incident_reports_are_asked_only_where_there_was_an_incident() -> None:
    draft = rules.mend(DAILY, rules.begin(DAILY), "incidents")
    silent = rules.nothing_here(DAILY, rules.Draft(DAILY.code, at=draft.at))
    assert silent.at == "poc"
    draft = rules.answer(DAILY, rules.Draft(DAILY.code, at=draft.at), "incidents", "Tirs au marché")
    assert draft.at == "incident_numbers"
    for number in NUMBERS[:2]:
        draft = rules.toggle(DAILY, draft, "incident_numbers", number)
    assert draft.answers["incident_numbers"] == list(NUMBERS[:2])
    draft = rules.toggle(DAILY, draft, "incident_numbers", NUMBERS[0])
    assert draft.answers["incident_numbers"] == [NUMBERS[1]]
    assert rules.skip(DAILY, draft).at == "poc"
    with pytest.raises(RefusalError) as refused:
        for number in range(30):
            draft = rules.toggle(DAILY, draft, "incident_numbers", f"MLI-2027-{number:04}")
    assert refused.value.code is No.TOO_MANY_LINKS


def test_every_button_holds_enough_of_its_code_to_tell_it_from_the_others() -> None:
    for form in FORMS.values():
        for section in form.sections:
            turn = f"{section.code}.{forms.TURNS_MAX - 1}." if section.turns else ""
            for question in section.questions:
                for code in getattr(question.takes, "codes", ()):
                    key, _, held = forms.on_button(f"{turn}{question.code}", code).partition("=")
                    assert key == f"{turn}{question.code}"
                    assert forms.of_button(question.takes.codes, held) == code
    assert forms.of_button(("joint_vehicle", "joint_foot"), "joint") is None
    assert forms.of_button(("vehicle",), "") is None


def test_what_an_answer_brings_up_is_asked_before_the_preview() -> None:
    draft = rules.nothing_more(
        DAILY, rules.Draft(DAILY.code, {"period": {"a": 1}, "duty_type": "patrol"}, at="duty_type")
    )
    draft = rules.mend(DAILY, draft, "flags")
    draft = rules.answer(DAILY, draft, "flags", ["sgbv"])
    assert draft.at == "referral"
    assert [one.key for one in rules.missing(DAILY, draft)] == ["referral"]
    assert rules.answer(DAILY, draft, "referral", "medical").at is None


def test_the_flash_is_the_beginning_of_the_full_report() -> None:
    flash = [one.key for one in forms.steps(FLASH, {}, frozenset())]
    full = [one.key for one in forms.steps(INCIDENT, {}, frozenset())]
    assert full[: len(flash)] == flash
    assert set(PEOPLE) == {"women", "men", "girls", "boys"}


@given(st.text(max_size=30))
def test_a_key_that_is_not_asked_is_refused(key: str) -> None:
    draft = rules.begin(FLASH)
    if key not in [one.key for one in forms.steps(FLASH, {}, frozenset())]:
        with pytest.raises(RefusalError):
            rules.answer(FLASH, draft, key, "x")

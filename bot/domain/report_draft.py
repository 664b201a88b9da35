"""A report being written: what is known so far, and what follows an answer.

A draft is a value: every step returns a new one, and no step ever loses an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.errors import No, RefusalError
from bot.domain.form import MORE, YES, Answers, Choices, Form, Links, Section, Step, in_section, is_given, steps


@dataclass(frozen=True)
class Draft:
    """A report being written. `at` is the key of the question that is open; nothing: the preview.

    `answers` holds nothing for a question that was skipped. `mending`: came from the preview, and goes back there.
    """

    form: str
    answers: dict[str, Any] = field(default_factory=dict)
    nothing: frozenset[str] = frozenset()
    at: str | None = None
    mending: bool = False


def begin(form: Form) -> Draft:
    """Return an empty draft at the first question."""
    return Draft(form.code, at=next(steps(form, {}, frozenset())).key)


def begin_silent(form: Form, answers: Answers, at: str) -> Draft:
    """Return a draft with nothing to report under every heading that may say so; after question `at`, the preview."""
    silent = frozenset(section.code for section in form.sections if section.nothing)
    return Draft(form.code, dict(answers), silent, at, mending=True)


def given(form: Form, draft: Draft) -> dict[str, Any]:
    """Return the answers that count: those of questions that the form still asks, outside sections with nothing."""
    return {
        one.key: draft.answers[one.key]
        for one in steps(form, draft.answers, draft.nothing)
        if one.section.code not in draft.nothing and is_given(draft.answers.get(one.key)) and one.question.code != MORE
    }


def with_turns(form: Form, answers: Answers) -> dict[str, Any]:
    """Put back that there were more turns: what counts as given holds only what was reported."""
    every = dict(answers)
    for section in form.sections:
        if section.turns:
            turns = [int(key.split(".")[1]) for key in answers if key.startswith(f"{section.code}.")]
            every |= {f"{section.code}.{turn}.{MORE}": YES for turn in range(max(turns, default=0))}
    return every


def step_at(form: Form, draft: Draft, key: str | None = None) -> Step:
    """Return the step of `key`, or the one that is open; raises RefusalError STALE_BUTTON if it is not asked now."""
    wanted = key if key is not None else draft.at
    for one in steps(form, draft.answers, draft.nothing):
        if one.key == wanted:
            return one
    raise RefusalError(No.STALE_BUTTON)


def missing(form: Form, draft: Draft) -> list[Step]:
    """Return the required questions without an answer: with any of them the draft cannot be submitted."""
    return [
        one
        for one in steps(form, draft.answers, draft.nothing)
        if one.question.required and one.section.code not in draft.nothing and not is_given(draft.answers.get(one.key))
    ]


def answer(form: Form, draft: Draft, key: str, value: Any) -> Draft:
    """Return the draft with this answer. If that question was open, the next one is; else the open one stays.

    An answer to a section that had nothing to report means that it has. Raises RefusalError STALE_BUTTON.
    """
    one = step_at(form, draft, key)
    after = replace(draft, answers={**draft.answers, key: value}, nothing=draft.nothing - {one.section.code})
    if key == draft.at:
        return _onward(form, after, one)
    return _kept_open(form, after, one.section)


def toggle(form: Form, draft: Draft, key: str, code: str) -> Draft:
    """Return the draft with a code of a Choices question, or a number of a Links question, put in or taken out.

    The open question stays open. Raises RefusalError STALE_BUTTON, TOO_MANY_LINKS.
    """
    one = step_at(form, draft, key)
    takes = one.question.takes
    chosen = set(draft.answers.get(key) or []) ^ {code}
    if isinstance(takes, Links):
        value = linked(takes, chosen)
    elif isinstance(takes, Choices) and code in takes.codes:
        value = [each for each in takes.codes if each in chosen]
    else:
        raise RefusalError(No.STALE_BUTTON)
    after = replace(draft, answers={**draft.answers, key: value}, nothing=draft.nothing - {one.section.code})
    return after if key == draft.at else _kept_open(form, after, one.section)


def linked(takes: Links, numbers: Iterable[str]) -> list[str]:
    """Return the numbers of reports as an answer: each once, in order. Raises RefusalError TOO_MANY_LINKS."""
    found = sorted(set(numbers))
    if len(found) > takes.most:
        raise RefusalError(No.TOO_MANY_LINKS, most=takes.most)
    return found


def skip(form: Form, draft: Draft) -> Draft:
    """Return the draft at the next question; an answer given before stays. Raises RefusalError REQUIRED."""
    one = step_at(form, draft)
    if one.question.required and not is_given(draft.answers.get(one.key)):
        raise RefusalError(No.REQUIRED)
    return _onward(form, replace(draft, answers={one.key: None, **draft.answers}), one)


def nothing_here(form: Form, draft: Draft) -> Draft:
    """Return the draft with nothing to report under the open question's heading; what was said there is kept aside."""
    one = step_at(form, draft)
    if not one.section.nothing:
        raise RefusalError(No.STALE_BUTTON)
    after = replace(draft, nothing=draft.nothing | {one.section.code})
    if draft.mending:
        return preview(after)
    return _first(form, after, form.sections[form.sections.index(one.section) + 1 :])


def nothing_more(form: Form, draft: Draft) -> Draft:
    """Return the draft with nothing to report under this heading and all that follow and hold no answer yet."""
    here = step_at(form, draft).section
    free = {
        section.code
        for section in form.sections[form.sections.index(here) :]
        if section.nothing and not begun(section, draft.answers)
    }
    return _open(form, replace(draft, nothing=draft.nothing | free, mending=False), here)


def back(form: Form, draft: Draft) -> Draft:
    """Return the draft at the question before; at the first one it stays."""
    keys = [one.key for one in steps(form, draft.answers, draft.nothing)]
    before = len(keys) - 1 if draft.at is None else max(0, keys.index(step_at(form, draft).key) - 1)
    return replace(draft, at=keys[before], mending=False)


def mend(form: Form, draft: Draft, key: str) -> Draft:
    """Return the draft at a question chosen from the preview; once it is answered, the preview is next."""
    return replace(draft, at=step_at(form, draft, key).key, mending=True)


def preview(draft: Draft) -> Draft:
    """Return the draft at its preview."""
    return replace(draft, at=None, mending=False)


def begun(section: Section, answers: Answers) -> bool:
    """Whether something was said under a heading."""
    return any(is_given(answers.get(one.key)) for one in in_section(section, answers))


def _kept_open(form: Form, draft: Draft, changed: Section) -> Draft:
    """Keep the open question, unless what was changed elsewhere has made it one that is not asked any more."""
    still_asked = draft.at is None or any(one.key == draft.at for one in steps(form, draft.answers, draft.nothing))
    return draft if still_asked else _open(form, draft, changed)


def _onward(form: Form, draft: Draft, done: Step) -> Draft:
    """Go to the next question after `done` that is not settled by "nothing to report".

    While mending only to those of its section that its answer has brought up.
    """
    every = list(steps(form, draft.answers, draft.nothing))
    after = every[[one.key for one in every].index(done.key) + 1 :]
    if draft.mending:
        brought_up = [one for one in after if one.section is done.section and one.key not in draft.answers]
        return replace(draft, at=brought_up[0].key) if brought_up else preview(draft)
    unsettled = [one for one in after if one.section.code not in draft.nothing]
    return replace(draft, at=unsettled[0].key) if unsettled else preview(draft)


def _first(form: Form, draft: Draft, sections: Sequence[Section]) -> Draft:
    """Go to the first question of these sections that is not settled, else to the preview."""
    for one in steps(form, draft.answers, draft.nothing):
        if one.section in sections and one.section.code not in draft.nothing:
            return replace(draft, at=one.key)
    return preview(draft)


def _open(form: Form, draft: Draft, here: Section) -> Draft:
    """Go to the first question from section `here` on that nobody has answered, skipped or settled; else preview."""
    ahead = form.sections[form.sections.index(here) :]
    for one in steps(form, draft.answers, draft.nothing):
        if one.section in ahead and one.section.code not in draft.nothing and one.key not in draft.answers:
            return replace(draft, at=one.key)
    return preview(draft)

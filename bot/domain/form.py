"""Forms: what may be asked, and which of it is asked, given what is known so far. A form is data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# Answers are plain values that go through JSON: a code, a text, a number, a list of codes, a mapping.
Answers = Mapping[str, Any]

MORE, YES, NO = "more", "yes", "no"
# So many turns of a repeated section; more do not fit a phone, and belong into another report.
TURNS_MAX = 8
# A button has 64 bytes of data: beside the seal, the verb and the id of a draft so many are left for key and code.
PRESS_MAX = 33


@dataclass(frozen=True)
class Choice:
    """One of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """Any of these codes; the answer is a list in this order."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """A number for each of these groups, such as women, men, girls, boys."""

    groups: tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """A whole number of zero or more."""


@dataclass(frozen=True)
class Words:
    """What only a person can say, in their own words; `most` characters."""

    most: int = 4096


@dataclass(frozen=True)
class Moment:
    """An instant; `ahead`: one to come, such as when a follow-up is due."""

    ahead: bool = False


@dataclass(frozen=True)
class Period:
    """Two instants, the second later; it may cross midnight."""


@dataclass(frozen=True)
class Where:
    """A place: a post, a name, a grid reference, coordinates or a shared location."""


@dataclass(frozen=True)
class Links:
    """Numbers of incident reports; the answer is a list of them, at `most` so many."""

    most: int = 20


Takes = Choice | Choices | Counts | Number | Words | Moment | Period | Where | Links


@dataclass(frozen=True)
class Question:
    """One question. `needs`: another one of its section without whose answer it is not asked."""

    code: str
    takes: Takes
    required: bool = False
    needs: str | None = None


# Asked after each turn of a section that repeats.
ANOTHER = Question(MORE, Choice((YES, NO)))


@dataclass(frozen=True)
class Section:
    """Questions under one heading. `nothing`: "nothing to report" answers them all. `turns`: asked again and again.

    `private`: read by command alone, never in what goes out.
    """

    code: str
    questions: tuple[Question, ...]
    nothing: bool = False
    turns: bool = False
    private: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of report, as sections in their order.

    `retired`: what older versions asked. Nobody is asked it any more; what was approved with it is read for ever.
    """

    code: str
    sections: tuple[Section, ...]
    retired: tuple[Section, ...] = ()

    def section(self, code: str) -> Section:
        """Return the section of this code; raises KeyError."""
        return {one.code: one for one in self.sections}[code]

    @cached_property
    def alone(self) -> "dict[str, Step]":
        """The steps of the sections that do not repeat, by key: a day of reports has tens of thousands to look up."""
        return {
            one.code: Step(one.code, one, section)
            for section in (*self.retired, *self.sections)
            if not section.turns
            for one in section.questions
        }


@dataclass(frozen=True)
class Step:
    """A question in its place: `key` names its answer, `turn` counts from 0 in a section that repeats."""

    key: str
    question: Question
    section: Section
    turn: int | None = None


def steps(form: Form, answers: Answers, nothing: frozenset[str]) -> Iterator[Step]:
    """Yield what the form asks, in order, given what is known. A section with nothing to report has its first question.

    So one can still go back to it and say something after all.
    """
    for section in form.sections:
        every = in_section(section, answers)
        if section.code in nothing:
            yield next(every)
        else:
            yield from every


def in_section(section: Section, answers: Answers) -> Iterator[Step]:
    """Yield what one section asks, given what is known."""
    if not section.turns:
        for one in section.questions:
            if one.needs is None or is_given(answers.get(one.needs)):
                yield Step(one.code, one, section)
        return
    for turn in range(TURNS_MAX):
        for one in section.questions:
            if one.needs is None or is_given(answers.get(f"{section.code}.{turn}.{one.needs}")):
                yield Step(f"{section.code}.{turn}.{one.code}", one, section, turn)
        if turn + 1 < TURNS_MAX:
            more = f"{section.code}.{turn}.{MORE}"
            yield Step(more, ANOTHER, section, turn)
            if answers.get(more) != YES:
                return


def is_given(answer: Any) -> bool:
    """Whether an answer says something; one that was skipped does not."""
    return answer not in (None, "", [], {})


def on_button(key: str, code: str) -> str:
    """Return what a button holds that answers question `key` with `code`: as much of both as it has room for."""
    return f"{key}={code}"[:PRESS_MAX]


def of_button(codes: tuple[str, ...], held: str) -> str | None:
    """Return the code of which a button holds the beginning, or nothing if none or several begin like that."""
    if held in codes:
        return held
    found = [code for code in codes if held and code.startswith(held)]
    return found[0] if len(found) == 1 else None


def locate(form: Form, key: str) -> Step:
    """Return the step that a key names, whether or not it is asked now; raises KeyError."""
    code, _, rest = key.partition(".")
    if not rest:
        return form.alone[key]
    section = form.section(code)
    turn, _, question = rest.partition(".")
    if question == MORE:
        return Step(key, ANOTHER, section, int(turn))
    return Step(key, {one.code: one for one in section.questions}[question], section, int(turn))

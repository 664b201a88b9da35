"""A report in full, in as many messages as it takes: what a card has no room for is read in chat all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.domain.form import Answers, Form, Step, Words, steps
from bot.domain.message import Message
from bot.domain.piece import cut, weight_of
from bot.domain.report_draft import with_turns
from bot.domain.report_message import Byline

# Of the 4,096 characters of a message; the rest is for its head.
ROOM = 3800
# Beside an answer: its label, and the heading over it. A heading among those with nothing to report takes half of it.
BESIDE = 120
# Less of a long text than this is not worth a place at the end of a message.
LEAST = 400
# The words of a code in either language; what numbers, a period in two ways of writing, or a grid reference take.
CODE, FIGURES = 40, 120

Answered = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ReportPart(Message):
    """One message of a report in full. `number`: nothing for a draft. `nothing`: in the last, the headings with RAS.

    `id`: of the draft or the report. `continued`: its first answer began in the message before.
    """

    kind: ClassVar[str] = "report_part"

    id: int
    form: str
    number: str | None
    version: int | None
    part: int  # from 1
    parts: int
    answers: Answered
    nothing: tuple[str, ...] = ()
    continued: bool = False
    by: Byline | None = None  # in the first


def parts_of(
    which: int,
    form: Form,
    answers: Answers,
    nothing: tuple[str, ...],
    number: str | None = None,
    version: int | None = None,
    by: Byline | None = None,
) -> list[ReportPart]:
    """Return the messages, in order. `answers`: those that count and that the reader may see."""
    pages, left = _pages(form, answers, ROOM - _weight_of_byline(by))
    if len(nothing) * BESIDE // 2 > left:
        pages.append([])
    found = []
    for at, page in enumerate(pages):
        before = pages[at - 1] if at else []
        continued = bool(page and before) and page[0][0] == before[-1][0]
        shown = nothing if at + 1 == len(pages) else ()
        found.append(
            ReportPart(
                which, form.code, number, version, at + 1, len(pages), tuple(page), shown, continued=continued,
                by=by if at == 0 else None,
            )
        )  # fmt: skip
    return found


def _weight_of_byline(by: Byline | None) -> int:
    if by is None:
        return 0
    names = [one for one in (by.officer.rank, by.officer.post, by.unit, by.marking) if one is not None]
    words = (by.officer.name, by.officer.mission, by.call_sign or "")
    return BESIDE + sum(map(weight_of, words)) + sum(max(weight_of(one.en), weight_of(one.fr)) for one in names)


def _pages(form: Form, answers: Answers, room: int) -> tuple[list[list[tuple[str, Any]]], int]:
    """Return the answers a message at a time, and how much room the last one has; the first one has `room`."""
    pages: list[list[tuple[str, Any]]] = [[]]
    left = room
    for step in steps(form, with_turns(form, answers), frozenset()):
        if step.key not in answers:
            continue
        for value, weight in _portions(step, answers[step.key], left):
            if weight > left and pages[-1]:
                pages.append([])
                left = ROOM
            pages[-1].append((step.key, value))
            left -= weight
    return pages, left


def _portions(step: Step, value: Any, left: int) -> Iterator[tuple[Any, int]]:
    """Yield an answer and what it takes; a long text in portions, the first of which fills what is `left`."""
    if not isinstance(step.question.takes, Words):
        yield value, _weight_of_short(value) + BESIDE
        return
    text = str(value).strip()
    room = left - BESIDE
    if room < min(LEAST, weight_of(text)):
        room = ROOM - BESIDE
    while weight_of(text) > room:
        head, text = cut(text, room)
        yield head, weight_of(head) + BESIDE
        room = ROOM - BESIDE
    yield text, weight_of(text) + BESIDE


def _weight_of_short(value: Any) -> int:
    if isinstance(value, list):
        return CODE * len(value)
    name = value.get("name", "") if isinstance(value, dict) else ""
    return FIGURES + max(weight_of(each) for each in (name.values() if isinstance(name, dict) else (str(name),)))

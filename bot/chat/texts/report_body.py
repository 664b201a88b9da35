"""A report as lines: every heading of its form, with what was answered, or "nothing to report"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.chat.texts import attachment
from bot.chat.texts.person import capital, named
from bot.document.report_said import said
from bot.document.report_word import HEADINGS, field_name
from bot.domain.attachment import AttachmentView
from bot.domain.form import ANOTHER, Form, Section, Step, Words, locate, steps
from bot.domain.report_draft import with_turns
from bot.domain.report_message import Byline
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

# Of the 4,096 characters of a message; what is longer is sent in full at the press of a button.
ROOM = 3300
# No answer is longer than a message.
UNCUT = 4096
# What sends it.
WHOLE_TEXT = W_("button", "📃 Whole text")


@dataclass(frozen=True)
class Body:
    """A report as lines; `cut`: some of it has no place in the message."""

    lines: list[Html]
    cut: bool


def body(
    voice: Voice,
    form: Form,
    answers: Mapping[str, Any],
    nothing: frozenset[str],
    attached: Sequence[AttachmentView] = (),
    *,
    beside: int = 0,
) -> Body:
    """Return the lines of a report and its attachments; `beside`: characters that stand in the same message.

    Long answers are cut so that it fits one message. What even then has no place is on record, and the end says so.
    """
    below = attachment.lines(voice, attached)
    shown = _body(voice, form, answers, nothing, ROOM - beside - sum(len(line) + 1 for line in below))
    return replace(shown, lines=[*shown.lines, *below])


def byline(voice: Voice, by: Byline) -> list[Html | None]:
    """Return who wrote a report: rank and name, post and mission, call sign and unit; and how it is marked."""
    return [
        voice.say(
            "{who}, {post} ({mission})",
            who=capital(named(voice, by.officer)),
            post=voice.name(by.officer.post),
            mission=by.officer.mission,
        ),
        voice.say("Call sign: {call_sign}", call_sign=by.call_sign) if by.call_sign else None,
        voice.say("Unit: {unit}", unit=voice.name(by.unit)) if by.unit is not None else None,
        voice.say("Marking: {marking}", marking=voice.name(by.marking)) if by.marking is not None else None,
    ]


def room_of(voice: Voice, by: Byline) -> int:
    """Return how many characters of a message are taken by what may be long about who wrote it."""
    return sum(len(line) + 1 for line in byline(voice, by)[1:] if line is not None)


def _body(voice: Voice, form: Form, answers: Mapping[str, Any], nothing: frozenset[str], room: int) -> Body:
    answers = with_turns(form, answers)
    for most in (1000, 500, 250, 120, 60):
        lines = list(_lines(voice, form, answers, nothing, most))
        if sum(len(line) + 1 for line in lines) <= room:
            return Body(lines, cut=any(_is_cut(form, key, value, most) for key, value in answers.items()))
    kept, left = [], room
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        kept.append(line)
    return Body([*kept, voice.say("… There is more than fits here. All of it is on record.")], cut=True)


def _is_cut(form: Form, key: str, value: Any, most: int) -> bool:
    return isinstance(locate(form, key).question.takes, Words) and len(str(value)) > most


def whole(
    voice: Voice, form: Form, answers: Sequence[tuple[str, Any]], nothing: Sequence[str], *, continued: bool
) -> list[Html]:
    """Return the lines of a part of a report, nothing cut; `continued`: its first answer began in the part before."""
    every = dict(answers)
    lines: list[Html] = [voice.say("<i>(continued)</i>")] if continued else []
    for section, given in groupby((locate(form, key) for key in every), key=lambda step: step.section):
        lines += _section(voice, section, voice.word(*HEADINGS[section.code]), list(given), every, most=UNCUT)
    if nothing:
        lines.append(_silent(voice, [voice.word(*HEADINGS[one.code]) for one in form.sections if one.code in nothing]))
    return lines


def _lines(voice: Voice, form: Form, answers: Mapping[str, Any], nothing: frozenset[str], most: int) -> Iterator[Html]:
    silent = []
    said_of = [one for one in steps(form, answers, frozenset()) if one.key in answers and one.question is not ANOTHER]
    for section in form.sections:
        heading = voice.word(*HEADINGS[section.code])
        given = [one for one in said_of if one.section is section]
        if not given:
            if section.code in nothing:
                silent.append(heading)
            continue
        yield from _section(voice, section, heading, given, answers, most)
    if silent:
        yield _silent(voice, silent)


def _silent(voice: Voice, headings: Sequence[str]) -> Html:
    return voice.say("<b>Nothing to report (NTR)</b>: {headings}", headings=", ".join(headings))


def _section(
    voice: Voice, section: Section, heading: str, given: list[Step], answers: Mapping[str, Any], most: int
) -> Iterator[Html]:
    if len(section.questions) == 1 or (len(given) == 1 and given[0].question.code == section.code):
        answer = said(voice, given[0], answers[given[0].key], most)
        yield voice.say("<b>{heading}</b>: {answer}", heading=field_name(voice, given[0].question.code), answer=answer)
        return
    yield voice.say("<b>{heading}</b>", heading=heading)
    turn = None
    for one in given:
        if one.turn is not None and one.turn != turn:
            turn = one.turn
            yield voice.say("{number}.", number=turn + 1)
        answer = said(voice, one, answers[one.key], most)
        yield voice.say("{field}: {answer}", field=field_name(voice, one.question.code), answer=answer)

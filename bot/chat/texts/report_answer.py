"""The buttons that answer a question of a report, as its kind of question asks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.chat.keyboard import Button, Press, Verb
from bot.document.report_said import place
from bot.document.report_word import code_name
from bot.domain.errors import No
from bot.domain.form import Choice, Choices, Links, Moment, Period, Step, Where, on_button
from bot.domain.place import as_text
from bot.domain.report import short
from bot.domain.report_message import AskReport, Proposal
from bot.i18n.voice import Voice

Rows = list[tuple[Button, ...]]

# Two short labels fit a row of a narrow phone; a longer one has its own.
ROW_CHARACTERS = 30
HOUR = timedelta(hours=1)


def answers(message: AskReport, step: Step, voice: Voice) -> Rows:
    """Return the buttons that answer the question."""
    about, code = str(message.draft), step.question.code

    def answer(text: str, value: str) -> Button:
        return Button(text, Press(Verb.REPORT_ANSWER, about, on_button(message.key, value)))

    match step.question.takes:
        case Choice(codes):
            return in_rows([answer(code_name(voice, code, each), each) for each in codes])
        case Choices() | Links():
            return _toggles(message, step, voice)
        case Moment(ahead=False):
            return [(answer(voice.word("button", "Now"), "now"),)]
        case Period():
            return [(answer(_proposed(each, voice), each.what),) for each in message.proposals]
        case Where():
            posts = [answer(f"📍 {voice.name(name)}", post) for post, name in message.posts]
            return _doubted(message, step, voice) + in_rows(posts)
    return []


def _toggles(message: AskReport, step: Step, voice: Voice) -> Rows:
    """Return the buttons that put something in or take it out; a report goes by its number and its day."""
    about, code, chosen = str(message.draft), step.question.code, message.answer or []

    def toggle(text: str, value: str, *, on: bool) -> Button:
        return Button(f"{'☑️' if on else '⬜'} {text}", Press(Verb.REPORT_TOGGLE, about, on_button(message.key, value)))

    if isinstance(step.question.takes, Choices):
        codes = step.question.takes.codes
        return in_rows([toggle(code_name(voice, code, each), each, on=each in chosen) for each in codes])
    every = ((short(number), number in chosen, at) for number, at in message.links)
    return [(toggle(f"{held} · {voice.date(at)}", held, on=on),) for held, on, at in every]


def _doubted(message: AskReport, step: Step, voice: Voice) -> Rows:
    """Return the buttons under a doubt about a place: what was likely meant, and what was typed, if it is one."""
    facts = message.facts or {}

    def answer(text: str, value: Mapping[str, Any]) -> tuple[Button, ...]:
        turn = "" if step.turn is None else step.turn
        return (Button(text, Press(Verb.REPORT_PLACE, str(message.draft), f"{turn}={as_text(value)}")),)

    rows: Rows = []
    if message.refused in (No.FAR_PLACE, No.OTHER_ZONE) and (likely := facts.get("likely")):
        rows.append(answer(f"📍 {place(voice, likely)}", likely))
    if message.refused is No.FAR_PLACE and (typed := facts.get("given")):
        rows.append(answer(voice.word("button", "Yes, it is there"), typed))
    return rows


def _proposed(one: Proposal, voice: Voice) -> str:
    if one.what == "since_last":
        return voice.word("button", "Since {when}", when=voice.at(one.since))
    return voice.word("button", "The last {n} hours", n=round((one.until - one.since) / HOUR))


def in_rows(buttons: list[Button]) -> Rows:
    """Return the buttons two in a row where both fit a narrow phone."""
    rows: Rows = []
    for one in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and len(last[0].text) + len(one.text) <= ROW_CHARACTERS:
            rows[-1] = (last[0], one)
        else:
            rows.append((one,))
    return rows

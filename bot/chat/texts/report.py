"""Texts of the report form: one question a message, the preview, and what to do with a draft."""

from datetime import datetime

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts import attachment
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.refusal import refusal
from bot.chat.texts.report_answer import Rows, answers, in_rows
from bot.chat.texts.report_body import WHOLE_TEXT, body, byline, room_of
from bot.chat.texts.report_menu import laid_aside
from bot.chat.texts.report_prompt import prompt_of
from bot.document.report_said import said
from bot.document.report_word import FORM_NAMES, HEADINGS, field_name
from bot.domain.form import (
    Choices,
    Counts,
    Links,
    Moment,
    Period,
    Step,
    Takes,
    Where,
    is_given,
    locate,
)
from bot.domain.report_code import PEOPLE
from bot.domain.report_form import FORMS
from bot.domain.report_message import AskCorrection, AskReport, ReportMend, ReportPreview
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice

# So much of a long answer is shown again; the whole of it is on record.
SHOWN = 300

_FOUR = N_("Type four numbers: women, men, girls, boys. Example: <code>12 8 3 0</code>")
_TWO = N_("Type two numbers: women, men. Example: <code>4 9</code>")
_EXAMPLES: dict[type[Takes], str] = {
    Moment: N_("Press, or type the local time. Example: <code>14:30</code>"),
    Period: N_("Press, or type from and to, local time. Example: <code>06:00 18:00</code>"),
    Where: N_("Press, type a place or a grid reference (with its zone), or share a location."),
    Choices: N_("Press all that apply, then go on."),
    Links: N_("Press, or type the numbers. Example: <code>42, 43</code>"),
}


def _move(voice: Voice, label: tuple[str, str], draft: int, word: str, key: str = "") -> Button:
    return Button(voice.word(*label), Press(Verb.REPORT_MOVE, str(draft), f"{word}={key}" if key else word))


def ask(message: AskReport, voice: Voice, reader: Reader) -> Rendered:
    """Ask one question: what was just recorded, where one is, what is expected, and the buttons that answer it."""
    form = FORMS[message.form]
    step = locate(form, message.key)
    return Rendered(
        voice.join(
            laid_aside(voice, message.aside) if message.aside is not None else None,
            _refused(message, voice),
            _recorded(message, voice),
            voice.say("⚠️ That is outside the period of the report. If it is wrong, go back and correct it.")
            if message.outside
            else None,
            voice.say(
                "<b>{heading}</b> ({number} of {of})",
                heading=_heading(step, voice),
                number=message.number,
                of=message.of,
            ),
            voice.say(prompt_of(step)),
            _example(step, voice),
            _standing(message, step, voice),
        ),
        Inline(tuple(answers(message, step, voice) + _moves(message, step, voice))),
    )


def _refused(message: AskReport, voice: Voice) -> Html | None:
    return refusal(message.refused, message.facts, voice) if message.refused is not None else None


def _recorded(message: AskReport, voice: Voice) -> Html | None:
    if message.before is None:
        return None
    key, value = message.before
    step = locate(FORMS[message.form], key)
    answer = said(voice, step, value, SHOWN)
    return voice.say("✔️ {field}: {answer}", field=field_name(voice, step.question.code), answer=answer)


def _heading(step: Step, voice: Voice) -> str:
    name = voice.word(*HEADINGS[step.section.code])
    return f"{name} {step.turn + 1}" if step.turn is not None else name


def _example(step: Step, voice: Voice) -> Html | None:
    takes = step.question.takes
    if isinstance(takes, Counts):
        return voice.say(_FOUR if takes.groups == PEOPLE else _TWO)
    if isinstance(takes, Moment) and takes.ahead:
        return voice.say("Type a day, with a time if there is one. Example: <code>tomorrow 08:00</code>")
    example = _EXAMPLES.get(type(takes))
    return voice.say(example) if example is not None else None


def _standing(message: AskReport, step: Step, voice: Voice) -> Html | None:
    if message.silent:
        return voice.say("So far: nothing to report.")
    if not is_given(message.answer) or isinstance(step.question.takes, Choices | Links):
        return None
    return voice.say("So far: {answer}", answer=said(voice, step, message.answer, SHOWN))


def _moves(message: AskReport, step: Step, voice: Voice) -> Rows:
    """Return the buttons that go on without an answer, and those that are always there."""
    draft, key = message.draft, message.key
    rows: Rows = []
    several = isinstance(step.question.takes, Choices | Links)
    answered = is_given(message.answer)
    if answered and (several or step.question.required):
        rows.append((_move(voice, W_("button", "Go on ➡️"), draft, "skip", key),))
    if step.section.nothing and not message.silent and not message.begun:
        rows.append((_move(voice, W_("button", "Nothing to report"), draft, "none", key),))
        if not message.mending:
            rows.append((_move(voice, W_("button", "Nothing more to report"), draft, "rest", key),))
    last = []
    if message.number > 1:
        last.append(_move(voice, W_("button", "⬅️ Back"), draft, "back", key))
    if not step.question.required and not (several and answered):
        last.append(_move(voice, W_("button", "Skip"), draft, "skip", key))
    rows.append(tuple(last)) if last else None
    if message.complete or message.mending:
        rows.append((_move(voice, W_("button", "📄 Read and send"), draft, "view", key),))
    rows.append((_move(voice, W_("button", "💾 Go on later"), draft, "pause"),))
    return rows


def preview(message: ReportPreview, voice: Voice, reader: Reader) -> Rendered:
    """Show the report as it would be sent, and what is to be looked at before."""
    form = FORMS[message.form]
    title = voice.word(*FORM_NAMES[message.form])
    if message.sent is not None:
        return Rendered(voice.say("<b>{form}</b>: sent as {number}", form=title, number=message.sent))
    beside = room_of(voice, message.by) if message.by is not None else 0
    shown = body(voice, form, message.answers, frozenset(message.nothing), message.attached, beside=beside)
    missing = voice.items([field_name(voice, locate(form, key).question.code) for key in message.missing])
    send: Rows = [(_move(voice, W_("button", "✅ Send"), message.draft, "submit"),)] if not message.missing else []
    return Rendered(
        voice.join(
            voice.say("<b>{form}</b>: not sent yet", form=title),
            voice.say("New version of {number}", number=message.corrects) if message.corrects else None,
            *(byline(voice, message.by) if message.by is not None else ()),
            "",
            *shown.lines,
            "",
            voice.say("⚠️ Still missing: {fields}.", fields=missing) if message.missing else None,
            voice.say(
                "⚠️ Overlaps with {numbers}. If that is right, send it all the same.",
                numbers=voice.items(message.overlaps),
            )
            if message.overlaps
            else None,
            _outside(message, voice),
            attachment.how_to(voice),
            voice.say("Names of survivors never belong in a report."),
        ),
        Inline(
            (
                *send,
                *([(_move(voice, WHOLE_TEXT, message.draft, "whole"),)] if shown.cut else []),
                (_move(voice, W_("button", "✏️ Correct an answer"), message.draft, "mend"),),
                *attachment.to_list(voice, message.draft, any_=bool(message.attached)),
                (
                    _move(voice, W_("button", "⬅️ Back"), message.draft, "back"),
                    _move(voice, W_("button", "💾 Go on later"), message.draft, "pause"),
                ),
            )
        ),
    )


def _outside(message: ReportPreview, voice: Voice) -> Html | None:
    """Point out what took place outside the period of the report: which activity, and when."""
    if not message.outside:
        return None
    which = [
        voice.word(
            "report",
            "activity {number} ({when})",
            number=(locate(FORMS[message.form], key).turn or 0) + 1,
            when=voice.when(datetime.fromisoformat(message.answers[key])),
        )
        for key in message.outside
    ]
    return voice.say(
        "⚠️ Outside the period of the report: {which}. If that is right, send it all the same.",
        which=voice.items(which),
    )


def mend(message: ReportMend, voice: Voice, reader: Reader) -> Rendered:
    """Ask which answer is to be corrected."""
    form = FORMS[message.form]
    buttons = []
    for key in message.keys:
        step = locate(form, key)
        turn = f"{step.turn + 1}. " if step.turn is not None else ""
        label = f"{turn}{field_name(voice, step.question.code)}"
        buttons.append(Button(label, Press(Verb.REPORT_MEND, str(message.draft), key)))
    return Rendered(voice.say("Which answer do you wish to correct?"), Inline(tuple(in_rows(buttons))))


def ask_correction(message: AskCorrection, voice: Voice, reader: Reader) -> Rendered:
    """Ask why a submitted report is corrected."""
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: why is it corrected?", number=message.number),
            voice.say("Type the reason in one line. The version that was sent stays on record."),
        ),
        Inline(((cancel_button(voice),),)),
    )

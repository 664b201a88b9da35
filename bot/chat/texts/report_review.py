"""Texts of the review of reports: questions and answers between officer and command, and what is on record."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.person import named, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.report_read import read
from bot.document.report_word import FORM_NAMES
from bot.domain.report_message import (
    AskReviewAnswer,
    AskReviewQuestion,
    ReportAccepted,
    ReportReturned,
    ReviewAnswered,
    ReviewRecorded,
)
from bot.i18n.mark import N_
from bot.i18n.voice import Voice

_RECORDED = {
    "accepted": N_("✅ <b>{number}</b> is accepted."),
    "returned": N_("❓ <b>{number}</b> is returned; your question is on its way."),
    "answered": N_("✅ Your answer about <b>{number}</b> is on record and passed on."),
}


def ask_question(message: AskReviewQuestion, voice: Voice, reader: Reader) -> Rendered:
    """Ask what the officer is to be asked."""
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: what do you want to ask?", number=message.number),
            voice.say("Type the question in one line: it goes to whoever wrote the report."),
        ),
        Inline(((cancel_button(voice),),)),
    )


def returned(message: ReportReturned, voice: Voice, reader: Reader) -> Rendered:
    """Ask the officer what command wants to know about a report."""
    about = str(message.report)
    return Rendered(
        voice.join(
            voice.say(
                "❓ {who} asks about <b>{number}</b> ({form}):",
                who=subject(voice, message.by),
                number=message.number,
                form=voice.word(*FORM_NAMES[message.form]),
            ),
            voice.say("{question}", question=message.question),
        ),
        Inline(
            (
                (Button(voice.word("button", "💬 Answer"), Press(Verb.REPORT_REPLY, about)),),
                (Button(voice.word("button", "✏️ Correct"), Press(Verb.REPORT_CORRECT, about)),),
                (read(voice, message.report),),
            )
        ),
    )


def ask_answer(message: AskReviewAnswer, voice: Voice, reader: Reader) -> Rendered:
    """Ask the officer to type the answer."""
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: {question}", number=message.number, question=message.question),
            voice.say("Type your answer in one line."),
        ),
        Inline(((cancel_button(voice),),)),
    )


def answered(message: ReviewAnswered, voice: Voice, reader: Reader) -> Rendered:
    """Tell the one who asked what the answer is."""
    return Rendered(
        voice.join(
            voice.say(
                "💬 {who} answers about <b>{number}</b>:", who=subject(voice, message.officer), number=message.number
            ),
            voice.say("Question: {question}", question=message.question),
            voice.say("Answer: {answer}", answer=message.answer),
        ),
        Inline(((read(voice, message.report),),)),
    )


def accepted(message: ReportAccepted, voice: Voice, reader: Reader) -> Rendered:
    """Tell the officer that the report is accepted."""
    return Rendered(
        voice.say(
            "✅ <b>{number}</b> ({form}) is accepted by {who}.",
            number=message.number,
            form=voice.word(*FORM_NAMES[message.form]),
            who=named(voice, message.by, article=True),
        )
    )


def recorded(message: ReviewRecorded, voice: Voice, reader: Reader) -> Rendered:
    """Say that what was pressed or typed is on record, and how many reports still wait."""
    more = Button(voice.word("button", "📥 New reports: {n}", n=message.waiting), Press(Verb.REPORT_LIST, "0", "inbox"))
    return Rendered(
        voice.say(_RECORDED[message.what], number=message.number), Inline(((more,),)) if message.waiting else None
    )

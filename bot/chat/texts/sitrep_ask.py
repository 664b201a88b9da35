"""Texts that ask for what command writes into a situation report: headings, words, periods."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.reader import Reader, Rendered
from bot.document.sitrep_word import heading_name
from bot.domain.piece import shortened
from bot.domain.sitrep_message import AskSitrepHeading, AskSitrepPeriod, AskSitrepText
from bot.i18n.voice import Voice

# So much of what stands is shown again: what is asked has its place beside it.
SHOWN = 3600


def ask_heading(message: AskSitrepHeading, voice: Voice, reader: Reader) -> Rendered:
    """Ask under which heading command wishes to write."""
    which = str(message.line.id)
    rows = [
        (Button(heading_name(voice, one, message.line.kind), Press(Verb.SITREP_WRITE, which, one)),)
        for one in message.headings
    ]
    return Rendered(voice.say("<b>{number}</b>: under which heading?", number=message.line.number), Inline(tuple(rows)))


def ask_text(message: AskSitrepText, voice: Voice, reader: Reader) -> Rendered:
    """Ask for the words under a heading."""
    heading = heading_name(voice, message.heading, message.sitrep)
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: {heading}", number=message.number, heading=heading),
            voice.say("So far: {answer}", answer=shortened(message.standing, SHOWN)) if message.standing else None,
            voice.say("Type the text: it replaces what stands there. Write in your language; it can be translated."),
        ),
        Inline(((cancel_button(voice),),)),
    )


def ask_period(message: AskSitrepPeriod, voice: Voice, reader: Reader) -> Rendered:
    """Ask for a period."""
    return Rendered(
        voice.join(
            voice.say("Which period should it cover?"),
            voice.say("Type from and to, local time. Example: <code>2026-11-20 06:00 / 2026-11-23 06:00</code>"),
        ),
        Inline(((cancel_button(voice),),)),
    )

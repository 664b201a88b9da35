"""Texts that ask for what people write into a situation report: headings, words, periods, translations."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.reader import Reader, Rendered
from bot.document.sitrep_word import heading_name
from bot.domain.bilingual import Language
from bot.domain.sitrep_message import (
    AskSitrepHeading,
    AskSitrepPeriod,
    AskSitrepText,
    AskTranslation,
    SitrepPassage,
    TranslationsDone,
)
from bot.i18n.mark import N_
from bot.i18n.voice import Voice

# So much of what stands is shown again, so that it fits even where many of its signs are escaped.
SHOWN = 2500

_ORIGINAL: dict[Language, str] = {
    "en": N_("<b>Original, in English</b>"),
    "fr": N_("<b>Original, in French</b>"),
}
_BY_MACHINE = N_("<b>Machine translation, not confirmed</b>")
_ASK_INTO: dict[Language, str] = {
    "en": N_("Type its translation into English."),
    "fr": N_("Type its translation into French."),
}


def ask_heading(message: AskSitrepHeading, voice: Voice, reader: Reader) -> Rendered:
    """Ask under which heading command wishes to write."""
    which = str(message.line.id)
    rows = [
        (Button(heading_name(voice, one, message.line.kind), Press(Verb.SITREP_WRITE, which, one)),)
        for one in message.headings
    ]
    return Rendered(voice.say("<b>{number}</b>: under which heading?", number=message.line.number), Inline(tuple(rows)))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def ask_text(message: AskSitrepText, voice: Voice, reader: Reader) -> Rendered:
    """Ask for the words under a heading."""
    heading = heading_name(voice, message.heading, message.sitrep)
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: {heading}", number=message.number, heading=heading),
            voice.say("So far: {answer}", answer=_cut(message.standing)) if message.standing else None,
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


def passage(message: SitrepPassage, voice: Voice, reader: Reader) -> Rendered:
    """Show a narrative verbatim, or a machine's draft of its translation; a long one in parts."""
    head = voice.say(_BY_MACHINE) if message.machine else voice.say(_ORIGINAL[message.language])
    part = voice.say("({part} of {of})", part=message.part, of=message.of) if message.of > 1 else None
    return Rendered(voice.join(voice.join(head, part, sep=" "), message.text.strip()))


def ask_translation(message: AskTranslation, voice: Voice, reader: Reader) -> Rendered:
    """Ask for a translation; a machine's draft is shown as such, and may be confirmed."""
    which, mark = str(message.sitrep), message.mark
    rows: list[tuple[Button, ...]] = []
    if message.drafted:
        confirm = voice.word("button", "☑️ The draft is right")
        rows.append((Button(confirm, Press(Verb.SITREP_CONFIRM, which, mark)),))
    if message.left > 1:
        rows.append((Button(voice.word("button", "Skip"), Press(Verb.SITREP_TRANSLATE, which, mark)),))
    rows.append((cancel_button(voice),))
    return Rendered(
        voice.join(
            voice.count(
                "<b>{number}</b>: {n} passage to translate",
                "<b>{number}</b>: {n} passages to translate",
                message.left,
                number=message.number,
            ),
            voice.say(_ASK_INTO[message.into]),
            voice.say("It stands beside the original, with your name."),
        ),
        Inline(tuple(rows)),
    )


def translations_done(message: TranslationsDone, voice: Voice, reader: Reader) -> Rendered:
    """Say that nothing is left to translate."""
    again = Button(voice.word("button", "📋 Back to the report"), Press(Verb.SITREP_CARD, str(message.sitrep)))
    return Rendered(
        voice.say("<b>{number}</b>: nothing is left to translate.", number=message.number), Inline(((again,),))
    )

"""Texts of translations: which passage, where it stands, into which language; and what is left."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.person import capital, named
from bot.chat.texts.reader import Reader, Rendered
from bot.document.report_word import field_name
from bot.document.sitrep_word import heading_name
from bot.domain.bilingual import Language
from bot.domain.sitrep_message import (
    AskTranslation,
    PassageSource,
    SitrepPassage,
    TranslationGoesOn,
    TranslationsDone,
    Untranslated,
)
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Voice

_INTO: dict[Language, tuple[str, str]] = {
    "en": W_("button", "🌐 Into English: {n}"),
    "fr": W_("button", "🌐 Into French: {n}"),
}
_ORIGINAL: dict[Language, str] = {
    "en": N_("<b>Original, in English</b>"),
    "fr": N_("<b>Original, in French</b>"),
}
_BY_MACHINE = N_("<b>Machine translation, not confirmed</b>")
_ASK_INTO: dict[Language, str] = {
    "en": N_("Type its translation into English."),
    "fr": N_("Type its translation into French."),
}
_NOTHING_LEFT: dict[Language, str] = {
    "en": N_("<b>{number}</b>: nothing is left to translate into English."),
    "fr": N_("<b>{number}</b>: nothing is left to translate into French."),
}


def into_rows(voice: Voice, sitrep: int, untranslated: Untranslated) -> list[tuple[Button, ...]]:
    """Return a button for each language into which something is untranslated, with the count."""
    return [
        (Button(voice.word(*_INTO[into], n=n), Press(Verb.SITREP_TRANSLATE, str(sitrep), into)),)
        for into, n in untranslated
    ]


def passage(message: SitrepPassage, voice: Voice, reader: Reader) -> Rendered:
    """Show a narrative verbatim, or a machine's draft of its translation; a long one in parts."""
    head = voice.say(_BY_MACHINE) if message.machine else voice.say(_ORIGINAL[message.language])
    part = voice.say("({part} of {of})", part=message.part, of=message.of) if message.of > 1 else None
    return Rendered(
        voice.join(_standing(message.source, voice), voice.join(head, part, sep=" "), message.text),
    )


def _standing(source: PassageSource, voice: Voice) -> str:
    """Return where it stands, in the words of the document."""
    if source.field is not None:
        field = field_name(voice, source.field)
        if source.turn is not None:
            field = f"{field} ({voice.number(source.turn + 1)})"
        parts = [voice.name(source.post) if source.post is not None else None, source.number, field]
    else:
        who = capital(named(voice, source.author)) if source.author is not None else None
        heading = None
        if source.heading is not None and source.sitrep is not None:
            heading = heading_name(voice, source.heading, source.sitrep)
        parts = [who, source.number, heading]
    return voice.join(*parts, sep=", ")


def ask_translation(message: AskTranslation, voice: Voice, reader: Reader) -> Rendered:
    """Ask for a translation; a machine's draft is shown as such, and may be confirmed."""
    which, word = str(message.sitrep), f"{message.into}={message.mark}"
    rows: list[tuple[Button, ...]] = []
    if message.drafted:
        confirm = voice.word("button", "☑️ The draft is right")
        rows.append((Button(confirm, Press(Verb.SITREP_CONFIRM, which, word)),))
    if message.left > 1:
        rows.append((Button(voice.word("button", "Skip"), Press(Verb.SITREP_TRANSLATE, which, word)),))
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
            voice.say("It may take several messages: after the first one you are asked for the rest.")
            if message.long
            else None,
            voice.say("It stands beside the original, with your name."),
        ),
        Inline(tuple(rows)),
    )


def translation_goes_on(message: TranslationGoesOn, voice: Voice, reader: Reader) -> Rendered:
    """Say what is kept, and that the next text is put at its end unless it is said to be all."""
    on = Press(Verb.SITREP_TRANSLATE, str(message.sitrep), message.into)
    done = Button(voice.word("button", "✅ That is all"), on)
    return Rendered(
        voice.join(
            voice.count(
                "<b>{number}</b>: {n} character of this translation is kept.",
                "<b>{number}</b>: {n} characters of this translation are kept.",
                message.length,
                number=message.number,
            ),
            voice.say("What you type now is added at its end. If nothing is missing, press the button."),
        ),
        Inline(((done,),)),
    )


def translations_done(message: TranslationsDone, voice: Voice, reader: Reader) -> Rendered:
    """Say that nothing is left to translate into a language, and what is into the other."""
    again = Button(voice.word("button", "📋 Back to the report"), Press(Verb.SITREP_CARD, str(message.sitrep)))
    left = sum(n for _, n in message.left)
    return Rendered(
        voice.join(
            voice.say(_NOTHING_LEFT[message.into], number=message.number),
            voice.count(
                "Into the other language, {n} passage is left.", "Into the other language, {n} passages are left.", left
            )
            if left
            else None,
        ),
        Inline((*into_rows(voice, message.sitrep, message.left), (again,))),
    )

"""Texts that belong to no case: help, privacy, what is held about the reader, our own faults."""

import re
from html import unescape

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.menu import SAFE, SOS, commands_of, main_menu
from bot.chat.texts.own_entry import entry_buttons, in_directory
from bot.chat.texts.person import capital, named, phone, role_name
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.refusal import refusal
from bot.domain.bilingual import LANGUAGES, Language
from bot.domain.officer import RIGHTS, Right
from bot.domain.talk import Answer, Cancelled, Done, Help, LanguageChoice, Me, Privacy, Refused, Sorry
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice

ANSWER_MAX = 200  # characters of a callback answer, by the Bot API

# Each language by its own name, in alphabetical order, whoever reads.
_AUTONYMS: dict[Language, str] = {"en": "English", "fr": "Français"}
_DONE = {
    Done.LANGUAGE: W_("answer", "English it is"),
    Done.TAKEN: W_("answer", "The alert is yours"),
    Done.CLIMBED: W_("answer", "Others are being told"),
    Done.RECORDED: W_("answer", "Recorded"),
    Done.REOPENED: W_("answer", "The alert goes on"),
    Done.UP_TO_DATE: W_("answer", "Up to date"),
    Done.REVOKED: W_("answer", "The phone is revoked"),
    Done.CANCELLED: W_("answer", "Cancelled"),
}
_TAG = re.compile(r"</?[a-z][^>]*>")


def two_languages(word: str = "") -> Inline:
    """Return the two equal buttons English and Français."""
    return Inline((tuple(Button(_AUTONYMS[one], Press(Verb.LANGUAGE, one, word)) for one in LANGUAGES),))


def help_(message: Help, voice: Voice, reader: Reader) -> Rendered:
    """Say how to check in, what to do in danger, and every command of the role by both its names."""
    mine = commands_of(message.role)
    other: Language = "fr" if voice.lang == "en" else "en"
    parts: list[str | None] = []
    if Right.CHECK_IN in RIGHTS[message.role]:
        parts += [
            voice.say('All is well: press "{button}". That is all it takes.', button=voice.word(*SAFE)),
            voice.say("With time, place and remark: <code>/checkin 06:10 Sévaré; back by noon</code>"),
            voice.say('In danger: press "{button}". Everyone on the ladder will be told.', button=voice.word(*SOS)),
            "",
        ]
    parts += [f"/{one[voice.lang]} – {voice.word(*one.what)}" for one in mine]
    others = " ".join(f"/{one[other]}" for one in mine)
    parts += ["", voice.say("The same in French: {commands}", commands=others)]
    return Rendered(voice.join(*parts), main_menu(voice, message.role))


def privacy(message: Privacy, voice: Voice, reader: Reader) -> Rendered:
    """Say what is kept, who sees it, and what must never be written here."""
    return Rendered(
        voice.join(
            voice.say("<b>Unclassified information only.</b>"),
            voice.say("Telegram is not end-to-end encrypted here: the company could read what is written."),
            voice.say("A departmental decision on wider use is pending."),
            "",
            voice.say(
                "<b>What is kept</b>: your entry on the roster; your check-ins, with place and remark if given;"
                " your reports, with the places and files you give; absences; alerts and who acted on them."
            ),
            voice.say(
                "<b>Who sees it</b>: your post lead, the commander and the deputy; the liaison reads the status"
                " only; the operator has technical access."
            ),
            voice.say(
                "<b>Directory</b>: your name, rank, function, numbers, e-mail, languages and hours are read by"
                " everybody in the field. What you have added yourself is deleted 90 days after your tour."
            ),
            voice.say(
                "<b>Next of kin</b>, if you give one: name, relation and number, until you replace or delete them"
                " (/me), 90 days after your tour at the latest. The commander and the deputy alone can read them, and"
                " each look is on record."
            ),
            voice.say("<b>Why</b>: so that nobody is silently unaccounted for."),
            voice.say(
                "<b>Location</b>: yours is never asked for, except in distress. Exact coordinates are deleted 72 hours"
                " after the case closes."
            ),
            voice.say(
                "<b>How long</b>: check-ins, reports, absences and alerts stay on record;"
                " other messages go within 30 days."
            ),
            "",
            voice.say("To see or correct what is held about you: /me, then your commander."),
        )
    )


def language_choice(message: LanguageChoice, english: Voice, french: Voice) -> Rendered:
    """Ask for the language, in both."""
    text = N_("Choose your language.")
    return Rendered(english.join(english.say(text), french.say(text)), two_languages())


def me(message: Me, voice: Voice, reader: Reader) -> Rendered:
    """Say what Vigie holds about the reader."""
    person = message.person
    return Rendered(
        voice.join(
            voice.say("<b>{who}</b>", who=capital(named(voice, person))),
            voice.say("Role: {role}", role=role_name(voice, message.role, person.gender)),
            voice.say("Service: {service}", service=voice.name(message.service)),
            voice.say("Post: {post} ({mission})", post=voice.name(person.post), mission=person.mission),
            voice.say("Telephone: {phone}", phone=phone(voice, person.phone))
            if person.phone
            else voice.say("Telephone: none on the roster"),
            voice.say("Enrolled: {when}", when=voice.when(message.enrolled_at)) if message.enrolled_at else None,
            voice.say("Last check-in: {when}", when=voice.when(message.last_checkin)) if message.last_checkin else None,
            voice.say("Check-in awaited, was due: {when}", when=voice.when(message.overdue))
            if message.overdue
            else None,
            voice.say("Next check-in: {when}", when=voice.when(message.next_due)) if message.next_due else None,
            voice.say("Absent; return: {when}", when=voice.when(message.absent_until))
            if message.absent_until
            else None,
            *in_directory(message, voice),
            "",
            voice.say("Something is wrong? Tell your commander. What is kept, and why: /privacy"),
        ),
        entry_buttons(voice),
    )


def refused(message: Refused, voice: Voice, reader: Reader) -> Rendered:
    """Say what is not possible and what is expected."""
    return Rendered(refusal(message.code, message.facts, voice))


def cancelled(message: Cancelled, voice: Voice, reader: Reader) -> Rendered:
    """Say that the open question is closed."""
    return Rendered(voice.say("Cancelled. Nothing was changed."), main_menu(voice, reader.role))


def sorry(message: Sorry, voice: Voice, reader: Reader) -> Rendered:
    """Say that the fault is ours, that nothing is lost, and whom to call in danger."""
    return Rendered(
        voice.join(
            voice.say("Something went wrong on our side."),
            voice.say(
                "Your message is kept (reference {reference}) and the operator is told.", reference=message.reference
            ),
            voice.say("If it was a check-in, please send it again."),
            in_danger(voice, message.duty_phone),
        )
    )


def in_danger(voice: Voice, duty_phone: str | None) -> Html:
    """Return the line that says whom to call in danger."""
    if duty_phone is None:
        return voice.say("If you are in danger, call or radio your post at once.")
    return voice.say("If you are in danger, call {phone} (duty officer).", phone=phone(voice, duty_phone))


def answer_in_both(message: Answer, english: Voice, french: Voice) -> str:
    """Return the line for somebody whose language is not known."""
    both = "\n".join(answer_text(message, voice) for voice in (english, french))
    return both if len(both) <= ANSWER_MAX else f"{both[: ANSWER_MAX - 1]}…"


def answer_text(message: Answer, voice: Voice) -> str:
    """Return the line that answers a pressed button, as plain text."""
    if message.refused is None:
        return voice.word(*_DONE[message.done]) if message.done else ""
    plain = unescape(_TAG.sub("", refusal(message.refused, message.facts, voice)))
    return plain if len(plain) <= ANSWER_MAX else f"{plain[: ANSWER_MAX - 1]}…"

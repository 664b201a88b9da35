"""Texts about whether contacts are right: doubts, corrections, the round of each month, the emergency card."""

from collections.abc import Iterator
from html import escape

from bot.chat.keyboard import Button, Inline, Press, Verb, short
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.contact_button import correct_button, own_numbers_button, right_button
from bot.chat.texts.contact_said import numbers, reached, title, way, what
from bot.chat.texts.person import named, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.contact_care import number_mark, says
from bot.domain.contact_care_message import (
    AskNewNumber,
    AskWhichNumber,
    ContactDoubted,
    ContactRound,
    ContactSettled,
    ContactUnheard,
    EmergencyCard,
    OwnNumberDoubted,
)
from bot.domain.contact_message import ContactView
from bot.i18n.voice import Html, Voice


def _entry(view: ContactView, voice: Voice) -> Iterator[Html]:
    yield voice.say("<b>{who}</b>", who=title(view.contact, voice))
    if said := what(view, voice):
        yield Html(escape(said))
    yield from reached(view, voice)


def doubted(message: ContactDoubted, voice: Voice, reader: Reader) -> Rendered:
    """Say who holds a number to be wrong, and ask whether it is."""
    one = message.view.contact
    rows = [(right_button(one, voice),)]
    if message.may_correct:
        rows.append((correct_button(one, voice),))
    return Rendered(
        voice.join(
            voice.say("⚠️ {who} says that a number here is wrong:", who=subject(voice, message.by)),
            *_entry(message.view, voice),
            "",
            voice.say("Try it if you can. Is it still right, or do you know the right one?")
            if message.may_correct
            else voice.say("Is it still right? Command changes the number of the roster, each member the others: /me"),
        ),
        Inline(tuple(rows)),
    )


def own_doubted(message: OwnNumberDoubted, voice: Voice, reader: Reader) -> Rendered:
    """Tell somebody that they could not be reached at their own number."""
    return Rendered(
        voice.join(
            voice.say("⚠️ Somebody says that a number of yours is wrong:"),
            *reached(message.view, voice),
            "",
            voice.say("Is it still right? To add or take away one: /me. Command changes the number of the roster."),
        ),
        Inline(((right_button(message.view.contact, voice),), (own_numbers_button(voice),))),
    )


def unheard(message: ContactUnheard, voice: Voice, reader: Reader) -> Rendered:
    """Say that a doubt is kept but that nobody could be told."""
    who = title(message.view.contact, voice)
    return Rendered(
        voice.say(
            "Recorded for {who}, but nobody who could settle it can be told here now. Tell your lead by voice.", who=who
        )
    )


def settled(message: ContactSettled, voice: Voice, reader: Reader) -> Rendered:
    """Say what became of a doubt."""
    return Rendered(voice.join(_became(message, voice), *reached(message.view, voice)))


def _became(message: ContactSettled, voice: Voice) -> Html:
    known = {"contact": title(message.view.contact, voice)}
    if message.by is None:
        return voice.say("✏️ {contact}: corrected by command.", **known)
    if message.by.code == message.view.contact.officer and not message.corrected:
        return voice.say("✅ {contact} has confirmed the own numbers.", **known)
    who = named(voice, message.by, article=True)
    if message.corrected:
        return voice.say("✏️ {contact}: corrected by {who}.", **known, who=who)
    return voice.say("✅ {contact}: {who} says that this is still right.", **known, who=who)


def ask_which(message: AskWhichNumber, voice: Voice, reader: Reader) -> Rendered:
    """Ask which number is to be corrected."""
    one = message.view.contact
    rows = [
        (Button(short(way(each, voice)), Press(Verb.CONTACT_NUMBER, one.code, number_mark(each))),)
        for each in one.phones
    ]
    return Rendered(voice.say("{who}: which number is wrong?", who=title(one, voice)), Inline(tuple(rows)))


def ask_new(message: AskNewNumber, voice: Voice, reader: Reader) -> Rendered:
    """Ask for the right number."""
    one = message.view.contact
    rows = [(cancel_button(voice),)]
    if message.may_drop:
        press = Press(Verb.CONTACT_NUMBER_OFF, one.code, number_mark(message.phone))
        rows.insert(0, (Button(voice.word("button", "Take this number off"), press),))
    return Rendered(
        voice.join(
            voice.say("<b>{who}</b>", who=title(one, voice)),
            Html(escape(way(message.phone, voice))),
            voice.say("What is the right number? Type it, as in <code>{example}</code>.", example=message.example)
            if message.phone.dialled
            else voice.say("What is the right call sign? Type it."),
        ),
        Inline(tuple(rows)),
    )


def round_(message: ContactRound, voice: Voice, reader: Reader) -> Rendered:
    """Ask whether the contacts of a page are still right."""
    if not message.views:
        return Rendered(voice.say("✅ All these contacts are confirmed. Thank you."))
    place = voice.name(message.post) if message.post is not None else None
    rows = [_round_row(view, voice) for view in message.views]
    every = Press(Verb.ROUND_ALL, message.scope, message.mark)
    rows.append((Button(voice.word("button", "✅ All of these are right"), every),))
    rows.append((Button(voice.word("button", "🔄 Show what is left"), Press(Verb.ROUND_PAGE, message.scope)),))
    return Rendered(
        voice.join(
            voice.say("⏰ Not all of it is confirmed yet.") if message.reminder else None,
            voice.say("<b>Contacts of {post}: are these still right?</b>", post=place)
            if place is not None
            else voice.say("<b>Contacts of no post: are these still right?</b>"),
            voice.count("{n} contact is to be confirmed.", "{n} contacts are to be confirmed.", message.left),
            *(line for view in message.views for line in ("", *_entry(view, voice), *_doubt(view, voice))),
        ),
        Inline(tuple(rows)),
    )


def _doubt(view: ContactView, voice: Voice) -> Iterator[Html]:
    if view.doubted:
        yield voice.say("⚠️ Somebody says that a number here is wrong.")


def _round_row(view: ContactView, voice: Voice) -> tuple[Button, ...]:
    one = view.contact
    yes = Button(short(f"✅ {title(one, voice)}"), Press(Verb.ROUND_RIGHT, one.code, says(one)))
    return (yes, correct_button(one, voice)) if one.phones else (yes,)


def emergency_card(message: EmergencyCard, voice: Voice, reader: Reader) -> Rendered:
    """Show whom to call at the reader's post when life or limb is at stake: one screen, to be pinned."""
    known = {"post": voice.name(message.post), "date": message.on.isoformat()}
    if not message.urgent:
        return Rendered(
            voice.join(
                voice.say("🚨 <b>Emergency numbers, {post}</b>, as of {date}: none is on record any more.", **known),
                voice.say("The card that you have is no longer true. Ask your lead. The directory: /contact"),
            ),
            pin=True,
        )
    return Rendered(
        voice.join(
            voice.say("🚨 <b>Emergency numbers, {post}</b>, as of {date}.", **known),
            *numbers(message.urgent, voice),
            voice.say("Everybody else: /contact"),
        ),
        pin=True,
    )

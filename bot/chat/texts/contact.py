"""Texts of the directory: whom to call, with numbers that a phone makes tappable."""

import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from bot.chat.keyboard import Button, CopyButton, Inline, Press, Verb, short
from bot.chat.texts.contact_button import care_buttons
from bot.chat.texts.contact_said import (
    confirmed,
    hours,
    local_time,
    numbers,
    reached,
    spoken,
    state,
    title,
    what,
)
from bot.chat.texts.person import phone
from bot.chat.texts.picture import pages
from bot.chat.texts.reader import Article, Reader, Rendered, SharedContact
from bot.domain.contact import Category, Contact
from bot.domain.contact_message import (
    ContactAnswer,
    ContactCard,
    ContactList,
    ContactMenu,
    ContactShared,
    ContactView,
)
from bot.domain.fold import fold
from bot.domain.vcard import vcard
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

Rows = list[tuple[Button, ...]]

COPIES = 3  # numbers that can be copied: more buttons would hide the card
# Beside verb, page and seal a button has room for so much of what was asked.
QUERY_BYTES = 44

CATEGORIES = {
    Category.EMERGENCY: W_("contact", "🚨 Emergency"),
    Category.MEDICAL: W_("contact", "🏥 Medical"),
    Category.MISSION: W_("contact", "🏢 Mission"),
    Category.SECURITY: W_("contact", "🛡 Security"),
    Category.HOST_POLICE: W_("contact", "🚓 Host country police"),
    Category.CONTINGENT: W_("contact", "👥 Contingent"),
    Category.EMBASSY: W_("contact", "🏛 Embassies"),
    Category.HOME: W_("contact", "🏠 Home service"),
    Category.WELFARE: W_("contact", "💬 Welfare and support"),
}


def menu(message: ContactMenu, voice: Voice, reader: Reader) -> Rendered:
    """Show the emergency numbers of the reader's post, then the categories, then how one looks somebody up."""
    rows: Rows = []
    names = [_category_button(voice, one) for one in message.categories]
    rows += [tuple(names[at : at + 2]) for at in range(0, len(names), 2)]
    return Rendered(
        voice.join(
            voice.say("<b>In an emergency at {post}</b>", post=voice.name(message.post)),
            *numbers(message.urgent, voice),
            voice.say("No emergency number is on record for this post. Tell your lead.")
            if not message.urgent
            else None,
            "",
            voice.say("Another question waits for what you type. To look somebody up meanwhile:")
            if message.waiting
            else voice.say("To look somebody up, type part of a name, a function, a place or a number. Or in one go:"),
            voice.say("<code>/contact hospital</code>"),
        ),
        Inline(tuple(rows)),
    )


def _category_button(voice: Voice, category: Category) -> Button:
    return Button(voice.word(*CATEGORIES[category]), Press(Verb.CONTACT_LIST, "0", category.value))


def answer(message: ContactAnswer, voice: Voice, reader: Reader) -> Rendered:
    """Show a handful of contacts with their numbers, a button for each and for more; or what to try instead."""
    if not message.found:
        return Rendered(
            voice.join(
                voice.say('Nobody was found for "{query}".', query=message.query),
                voice.say("Try part of a name, a function, a place, a call sign, or the last digits of a number."),
                "" if message.urgent else None,
                voice.say("<b>Emergency numbers of your post</b>") if message.urgent else None,
                *numbers(message.urgent, voice),
            )
        )
    about = _on_button(message.query)
    turn = pages(voice, Verb.CONTACT_FIND, message.page, message.pages, about)
    return Rendered(
        voice.join(
            voice.say('Nobody fits all of "{query}". These come near:', query=message.query)
            if message.partly
            else voice.say('Found for "{query}":', query=message.query),
            *_entries(message.found, voice),
        ),
        Inline((*_buttons(message.found, voice), *((turn,) if turn else ()))),
    )


def listed(message: ContactList, voice: Voice, reader: Reader) -> Rendered:
    """Show a page of a category."""
    back = Button(voice.word("button", "⬅️ Categories"), Press(Verb.CONTACT_MENU))
    turn = pages(voice, Verb.CONTACT_LIST, message.page, message.pages, message.category.value)
    return Rendered(
        voice.join(
            voice.say("<b>{category}</b>", category=voice.word(*CATEGORIES[message.category])),
            voice.say("Page {page} of {pages}", page=message.page + 1, pages=message.pages)
            if message.pages > 1
            else None,
            *_entries(message.found, voice),
            voice.say("Nobody is listed here.") if not message.found else None,
        ),
        Inline((*_buttons(message.found, voice), *((turn,) if turn else ()), (back,))),
    )


def _entries(found: Sequence[ContactView], voice: Voice) -> Iterator[Html | str]:
    for one in found:
        yield ""
        yield voice.say("<b>{who}</b>", who=title(one.contact, voice))
        if said := what(one, voice):
            yield Html(escape(said))
        yield from reached(one, voice)
        if answers := state(one, voice):
            yield answers
        if one.doubted:
            yield voice.say("⚠️ Somebody says that a number here is wrong.")
        elif one.contact.verified_on is not None:
            yield voice.say("Confirmed on {date}", date=voice.date(one.contact.verified_on))


def _buttons(found: Sequence[ContactView], voice: Voice) -> Rows:
    names = [title(one.contact, voice) for one in found]
    # Every post has its duty officer.
    told = [
        f"{name}, {voice.name(one.post)}" if names.count(name) > 1 and one.post is not None else name
        for one, name in zip(found, names, strict=True)
    ]
    return [
        (Button(short(name), Press(Verb.CONTACT_CARD, one.contact.code)),)
        for one, name in zip(found, told, strict=True)
    ]


def card(message: ContactCard, voice: Voice, reader: Reader) -> Rendered:
    """Show all about one contact, with what can be done with it."""
    one = message.view.contact
    rows: list[tuple[Button | CopyButton, ...]] = [(copy,) for copy in _copies(one, voice)]
    if any(phone.dialled for phone in one.phones):
        share = voice.word("button", "📇 Keep in my phone")
        rows.append((Button(share, Press(Verb.CONTACT_SHARE, one.code)),))
    rows += care_buttons(message, voice, reader)
    return Rendered(_whole(message.view, voice, reader), Inline(tuple(rows)) if rows else None)


def _copies(one: Contact, voice: Voice) -> list[CopyButton]:
    """Return a button for each number, which puts it where one dials: some phones make no number tappable."""
    numbers = [each for each in one.phones if each.dialled][:COPIES]
    return [
        CopyButton(short(voice.word("button", "📋 {number}", number=phone(voice, each.number))), each.number)
        for each in numbers
    ]


def _whole(view: ContactView, voice: Voice, reader: Reader) -> Html:
    one = view.contact
    return voice.join(
        voice.say("<b>{who}</b>", who=title(one, voice)),
        Html(escape(said)) if (said := what(view, voice)) else None,
        *reached(view, voice),
        voice.say("✉️ {email}", email=one.email) if one.email else None,
        voice.say("🗣 {languages}", languages=spoken(one.languages, voice)) if one.languages else None,
        hours(one.hours, voice) if one.hours is not None else None,
        state(view, voice),
        local_time(view, voice, reader),
        voice.say("⚠️ Somebody says that a number here is wrong. It is being looked into.") if view.doubted else None,
        confirmed(one, voice),
    )


def shared(message: ContactShared, voice: Voice, reader: Reader) -> Rendered:
    """Hand a contact over as a phone keeps it."""
    one = message.contact
    number = next(each.number for each in one.phones if each.dialled)
    said = title(one, voice)
    return Rendered(Html(escape(said)), contact=SharedContact(number, said[:64], vcard=vcard(one, reader.language)))


def article(view: ContactView, voice: Voice, reader: Reader) -> Article:
    """Return a contact as a result of an inline query: chosen, its card stands in the chat."""
    # A code may be longer than the 64 bytes that Telegram takes for an id.
    id_ = hashlib.sha256(view.contact.code.encode()).hexdigest()[:32]
    return Article(
        id_,
        title(view.contact, voice),
        what(view, voice),
        _whole(view, voice, reader),
        tuple((copy,) for copy in _copies(view.contact, voice)),
    )


def _on_button(query: str) -> str:
    """Return as much of a query as a button holds, by whole words where there is more than one."""
    kept = fold(query)
    while len(kept.encode()) > QUERY_BYTES:
        kept = kept.rpartition(" ")[0] or kept[:-1]
    return kept

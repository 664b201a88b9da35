"""Wrong numbers: somebody says so in one tap, who answers for the contact settles it, and those who asked are told."""

from dataclasses import replace

from bot.domain import own_entry
from bot.domain.contact import Contact, Phone, Source
from bot.domain.contact_care import answers_for, may_settle, number_mark, says, settlers
from bot.domain.contact_care_message import (
    AskNewNumber,
    AskWhichNumber,
    ContactDoubted,
    ContactSettled,
    ContactUnheard,
    OwnNumberDoubted,
)
from bot.domain.contact_message import ContactCard, ContactView
from bot.domain.contact_word import words_of
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.services import contact, contact_phone, person
from bot.store import audit, outbox
from bot.store import contact as contacts
from bot.store import contact_doubt as doubts
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx

DRAFT = "contact_number"
_HELD_MOST = 5


async def doubt(tx: Tx, who: Officer, code: str) -> ContactCard:
    """Take up that somebody says a number is wrong, once, and tell those who can settle it; return the card.

    Raises RefusalError NOT_ALLOWED or NO_SUCH_CONTACT.
    """
    view = await contact.view(tx, who, code)
    if view.contact.officer == who.code:
        raise RefusalError(No.NOT_ALLOWED)
    if await doubts.add(tx, code, who.code):
        audit.note(tx, who.code, "contact_doubted", contact=code)
        await _tell(tx, who, view)
    return await contact.card(tx, who, code)


async def _tell(tx: Tx, who: Officer, view: ContactView) -> None:
    one, people = view.contact, await officers.every(tx)
    thread = await _thread(tx, one.code)
    told = settlers(people, one, who.code, tx.now)
    for reader in told:
        news = ContactDoubted(who.person, view, may_correct=answers_for(reader, one))
        outbox.owe(tx, news, to=reader.code, thread=thread)
    own = [each for each in people if each.code == one.officer and each.enrolled]
    for reader in own:
        outbox.owe(tx, OwnNumberDoubted(view), to=reader.code, thread=thread)
    if not told and not own:
        outbox.owe(tx, ContactUnheard(view), to=who.code)


async def _thread(tx: Tx, code: str) -> str:
    """Return what the messages about a doubt belong to, from the first who has it until it is settled."""
    first = (await doubts.of(tx, code))[0]
    return f"doubt:{code}:{first.said_at.isoformat()}"


async def confirm(tx: Tx, who: Officer, code: str, mark: str) -> ContactCard:
    """Keep that a contact is right as `mark` says it; return its card.

    Raises RefusalError NOT_ALLOWED, NO_SUCH_CONTACT, or CONTACT_CHANGED: that was read by nobody.
    """
    one = (await contact.view(tx, who, code)).contact
    if not may_settle(who, one):
        raise RefusalError(No.NOT_ALLOWED)
    if says(one) != mark:
        raise RefusalError(No.CONTACT_CHANGED)
    await right(tx, who, one)
    return await contact.card(tx, who, code)


async def right(tx: Tx, who: Officer, one: Contact) -> None:
    """Keep that somebody who may say so has confirmed a contact, and settle what was in doubt."""
    if one.officer is not None and one.officer not in await contacts.extras(tx, [one.officer]):
        await contact.keep(tx, own_entry.blank(one.code, one.officer), Source.OFFICER)
    contacts.verify(tx, one.code, who.code, who.today(tx.now))
    audit.note(tx, who.code, "contact_confirmed", contact=one.code)
    await settle(tx, who, one.code, corrected=False)


async def settle(tx: Tx, by: Officer | None, code: str, *, corrected: bool) -> None:
    """Settle every doubt about a contact: who had it is told, and whoever was asked reads in place what became of it.

    Only those are told who may still see the contact. `by` nobody: a load has changed it.
    """
    actor = by.code if by is not None else None
    waiting = await doubts.of(tx, code)
    if not waiting:
        return
    thread = await _thread(tx, code)
    await doubts.settle(tx, code, actor, "corrected" if corrected else "still_right")
    outbox.withdraw(tx, thread)
    held = await outbox.held(tx, thread, (ContactDoubted.kind, OwnNumberDoubted.kind), most=_HELD_MOST)
    said_by = {one.said_by for one in waiting if one.said_by != actor}
    readers = await officers.by_code(tx, said_by | {one.officer for one in held})
    news: dict[str, ContactSettled] = {}
    for reader in readers.values():
        view = await _seen(tx, reader, code)
        if view is not None:
            news[reader.code] = ContactSettled(view, by.person if by is not None else None, corrected)
    for one in held:
        if one.officer in news:
            outbox.edit(tx, one, news[one.officer], thread)
    for doubter in sorted(said_by & news.keys()):
        outbox.owe(tx, news[doubter], to=doubter)


async def _seen(tx: Tx, reader: Officer, code: str) -> ContactView | None:
    if not (reader.enrolled and reader.on_tour(tx.now)):
        return None
    try:
        return await contact.view(tx, reader, code)
    except RefusalError:
        return None


async def _correctable(tx: Tx, who: Officer, code: str) -> ContactView:
    """Return a contact that the officer may change; of the contingent, each changes the own entry, with /me."""
    view = await contact.view(tx, who, code)
    if view.contact.officer is not None or not answers_for(who, view.contact) or not view.contact.phones:
        raise RefusalError(No.NOT_ALLOWED)
    return view


def _marked(one: Contact, mark: str) -> Phone:
    found = next((each for each in one.phones if number_mark(each) == mark), None)
    if found is None:
        raise RefusalError(No.CONTACT_CHANGED)
    return found


async def ask_correction(tx: Tx, who: Officer, code: str) -> AskWhichNumber | AskNewNumber:
    """Return the question which number is wrong, or with a single one what the right one is.

    Raises RefusalError NOT_ALLOWED or NO_SUCH_CONTACT.
    """
    view = await _correctable(tx, who, code)
    if len(view.contact.phones) > 1:
        return AskWhichNumber(view)
    return await ask_number(tx, who, code, number_mark(view.contact.phones[0]))


async def ask_number(tx: Tx, who: Officer, code: str, mark: str) -> AskNewNumber:
    """Return the question what is right in place of a number; what is typed next answers it.

    Raises RefusalError NOT_ALLOWED, NO_SUCH_CONTACT or CONTACT_CHANGED.
    """
    view = await _correctable(tx, who, code)
    phone = _marked(view.contact, mark)
    person.ask(tx, who, DRAFT, contact=code, number=mark)
    example = contact_phone.example(await region(tx, view.contact, who))
    return AskNewNumber(view, phone, example, may_drop=len(view.contact.phones) > 1)


async def region(tx: Tx, one: Contact, who: Officer) -> str | None:
    """Return the country whose numbers a contact's are without a country code: that of its post, or of the reader's."""
    zones = {post.code: post.timezone for post in (await posts.must_plan(tx)).posts}
    return contact_phone.region_of(zones.get(one.post or who.post, who.timezone))


async def correct(tx: Tx, who: Officer, code: str, mark: str, said: str) -> ContactCard:
    """Put the number that was typed in place of the marked one; return the card.

    Raises RefusalError BAD_PHONE, BAD_CALL_SIGN or TOO_LONG, to be asked again; or that it cannot be changed any more:
    NOT_ALLOWED, NO_SUCH_CONTACT, CONTACT_CHANGED.
    """
    one = (await _correctable(tx, who, code)).contact
    old = _marked(one, mark)
    if old.dialled:
        parts = contact_phone.read(said, await region(tx, one, who), short=old.kind in contact_phone.SHORT_KINDS)
        new = Phone(old.kind, parts.number, parts.extension)
    else:
        new = Phone(old.kind, own_entry.call_sign(said))
    return await _changed(tx, who, one, tuple(dict.fromkeys(new if each == old else each for each in one.phones)))


async def take_off(tx: Tx, who: Officer, code: str, mark: str) -> ContactCard:
    """Take a number that is nobody's any more off a contact that has others; return the card.

    Raises RefusalError NOT_ALLOWED, NO_SUCH_CONTACT or CONTACT_CHANGED.
    """
    one = (await _correctable(tx, who, code)).contact
    old = _marked(one, mark)
    if len(one.phones) == 1:
        raise RefusalError(No.CONTACT_CHANGED)
    return await _changed(tx, who, one, tuple(each for each in one.phones if each != old))


async def _changed(tx: Tx, who: Officer, one: Contact, phones: tuple[Phone, ...]) -> ContactCard:
    person.answered(tx, who)
    if phones == one.phones:
        await right(tx, who, one)
    else:
        new = replace(one, phones=phones)
        post = (await contact.post_names(tx)).get(one.post or "")
        contacts.correct(tx, new, words_of(new, post), who.code, who.today(tx.now))
        audit.note(tx, who.code, "contact_corrected", contact=one.code)
        await settle(tx, who, one.code, corrected=True)
    return await contact.card(tx, who, one.code)

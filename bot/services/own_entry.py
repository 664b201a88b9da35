"""What members of the contingent add to their own entry; the number of the roster is command's to change."""

from dataclasses import replace

from bot.domain.bilingual import LANGUAGES, Language
from bot.domain.contact import OFFICER, Contact, Phone, PhoneKind, Source, contact_of
from bot.domain.contact_care import number_mark
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.domain.own_entry import (
    NUMBERS_MOST,
    AskOwnFunction,
    AskOwnNumber,
    OwnLanguages,
    OwnNumbers,
    blank,
    call_sign,
    function_of,
)
from bot.services import contact, contact_care, contact_phone, person
from bot.store import audit
from bot.store import contact as contacts
from bot.store.engine import Tx

DRAFT_NUMBER, DRAFT_FUNCTION = "own_number", "own_function"


async def _added(tx: Tx, who: Officer) -> Contact:
    code = f"{OFFICER}{who.code}"
    return (await contacts.extras(tx, [who.code])).get(who.code) or blank(code, who.code)


async def _keep(tx: Tx, who: Officer, entry: Contact) -> None:
    """Write what an officer has changed."""
    await contact.keep(tx, entry, Source.OFFICER)
    audit.note(tx, who.code, "own_entry", who.code)


async def _renumber(tx: Tx, who: Officer, entry: Contact, phones: tuple[Phone, ...]) -> None:
    """Write an officer's own numbers.

    They are confirmed by a change of what is dialled, and in doubt no more; a call sign says nothing about numbers.
    """
    await _keep(tx, who, replace(entry, phones=phones))
    if any(one.dialled for one in {*phones} ^ {*entry.phones}):
        contacts.verify(tx, entry.code, who.code, who.today(tx.now))
        await contact_care.settle(tx, who, entry.code, corrected=True)


async def numbers(tx: Tx, who: Officer) -> OwnNumbers:
    """Return an officer's own numbers."""
    return OwnNumbers(who.phone, (await _added(tx, who)).phones)


async def ask_number(tx: Tx, who: Officer, kind: PhoneKind) -> AskOwnNumber:
    """Return the question for a number of a kind; what is typed next answers it. Raises TOO_MANY_NUMBERS."""
    if len((await _added(tx, who)).phones) >= NUMBERS_MOST:
        raise RefusalError(No.TOO_MANY_NUMBERS)
    person.ask(tx, who, DRAFT_NUMBER, of=kind.value)
    return AskOwnNumber(kind, contact_phone.example(contact_phone.region_of(who.timezone)))


async def add_number(tx: Tx, who: Officer, kind: PhoneKind, said: str) -> OwnNumbers:
    """Add a number as it was typed; without a country code it is one of the post's country.

    Raises RefusalError BAD_PHONE, BAD_CALL_SIGN, TOO_LONG or TOO_MANY_NUMBERS.
    """
    if kind is PhoneKind.RADIO:
        new = Phone(kind, call_sign(said))
    else:
        parts = contact_phone.read(said, contact_phone.region_of(who.timezone), short=False)
        new = Phone(kind, parts.number, parts.extension)
    entry = await _added(tx, who)
    if len(entry.phones) >= NUMBERS_MOST:
        raise RefusalError(No.TOO_MANY_NUMBERS)
    person.answered(tx, who)
    if new not in contact_of(who, entry).phones:
        await _renumber(tx, who, entry, (*entry.phones, new))
    return await numbers(tx, who)


async def drop_number(tx: Tx, who: Officer, mark: str) -> OwnNumbers:
    """Take away a number that the officer has added; the roster's stays. Pressed twice, it is gone once."""
    entry = await _added(tx, who)
    left = tuple(one for one in entry.phones if number_mark(one) != mark)
    if left != entry.phones:
        await _renumber(tx, who, entry, left)
    return await numbers(tx, who)


async def languages(tx: Tx, who: Officer) -> OwnLanguages:
    """Return the languages in which an officer can be called."""
    return OwnLanguages(contact_of(who, await _added(tx, who)).languages)


async def speak(tx: Tx, who: Officer, chosen: tuple[Language, ...]) -> OwnLanguages:
    """Keep the languages in which an officer can be called."""
    entry = await _added(tx, who)
    spoken = tuple(one for one in LANGUAGES if one in chosen)
    if spoken != entry.languages:
        await _keep(tx, who, replace(entry, languages=spoken))
    return OwnLanguages(spoken)


async def ask_function(tx: Tx, who: Officer) -> AskOwnFunction:
    """Return the question what the officer does; what is typed next answers it."""
    person.ask(tx, who, DRAFT_FUNCTION)
    return AskOwnFunction((await _added(tx, who)).function)


async def set_function(tx: Tx, who: Officer, said: str | None) -> None:
    """Keep what an officer does, or with nothing take it away, and show the entry.

    Raises RefusalError BAD_FUNCTION or TOO_LONG.
    """
    function = function_of(said) if said is not None else None
    await _keep(tx, who, replace(await _added(tx, who), function=function))
    person.answered(tx, who)
    await person.about_me(tx, who)

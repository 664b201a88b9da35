"""What members of the contingent add to their own entry; the number of the roster is command's to change."""

from dataclasses import replace
from typing import Any

from bot.domain.contact import OFFICER, Contact, Phone, PhoneKind, Source, contact_of
from bot.domain.contact_care import number_mark
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.domain.own_entry import (
    LANGUAGES_MOST,
    NUMBERS_MOST,
    AskOwnField,
    AskOwnNumber,
    OwnField,
    OwnLanguages,
    OwnNumbers,
    blank,
    call_sign,
    email_of,
    function_of,
    hours_of,
)
from bot.i18n.tongue import tongue
from bot.services import contact, contact_care, contact_phone, person
from bot.store import audit
from bot.store import contact as contacts
from bot.store.engine import Tx

DRAFT_NUMBER, DRAFT_FIELD = "own_number", "own_field"


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
    new = _phone(who, kind, said)
    entry = await _added(tx, who)
    if len(entry.phones) >= NUMBERS_MOST:
        raise RefusalError(No.TOO_MANY_NUMBERS)
    person.answered(tx, who)
    if new not in contact_of(who, entry).phones:
        await _renumber(tx, who, entry, (*entry.phones, new))
    return await numbers(tx, who)


def _phone(who: Officer, kind: PhoneKind, said: str) -> Phone:
    match kind:
        case PhoneKind.RADIO:
            return Phone(kind, call_sign(said))
        case PhoneKind.SATELLITE:
            # Of no country: without the plus it would be one of the post's.
            plain = said.strip()
            parts = contact_phone.parse(f"+{plain}" if plain.startswith(contact_phone.SATELLITE) else plain, None)
            if parts is None:
                raise RefusalError(No.BAD_PHONE, example=contact_phone.SATELLITE_EXAMPLE)
        case _:
            parts = contact_phone.read(said, contact_phone.region_of(who.timezone), short=False)
    return Phone(kind, parts.number, parts.extension)


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


async def speak(tx: Tx, who: Officer, language: str) -> OwnLanguages:
    """Add a language (ISO 639) in which an officer can be called; raises RefusalError TOO_MANY_LANGUAGES."""
    spoken = (await languages(tx, who)).languages
    if language in spoken:
        return OwnLanguages(spoken)
    if len(spoken) >= LANGUAGES_MOST:
        raise RefusalError(No.TOO_MANY_LANGUAGES)
    return await _speak(tx, who, (*spoken, language))


async def unlearn(tx: Tx, who: Officer, language: str) -> OwnLanguages:
    """Take a language away; raises RefusalError LAST_LANGUAGE, for everybody is called in some language."""
    spoken = (await languages(tx, who)).languages
    left = tuple(one for one in spoken if one != language)
    if not left:
        raise RefusalError(No.LAST_LANGUAGE)
    return await _speak(tx, who, left) if left != spoken else OwnLanguages(spoken)


async def stay_spoken(tx: Tx, who: Officer) -> None:
    """Lay down the language in which an officer can be called, before Vigie speaks another one to them."""
    added = await _added(tx, who)
    if not added.languages:
        await _speak(tx, who, contact_of(who, added).languages)


async def _speak(tx: Tx, who: Officer, spoken: tuple[str, ...]) -> OwnLanguages:
    await _keep(tx, who, replace(await _added(tx, who), languages=spoken))
    return OwnLanguages(spoken)


async def ask(tx: Tx, who: Officer, of: OwnField) -> AskOwnField:
    """Return the question for one thing of the entry; what is typed next answers it. Raises TOO_MANY_LANGUAGES."""
    added = await _added(tx, who)
    now: dict[str, Any] = {}
    match of:
        case OwnField.LANGUAGE:
            if len(contact_of(who, added).languages) >= LANGUAGES_MOST:
                raise RefusalError(No.TOO_MANY_LANGUAGES)
        case OwnField.HOURS:
            now["hours"] = contact_of(who, added).hours
        case OwnField.FUNCTION | OwnField.EMAIL:
            now[of.value] = getattr(added, of.value)
    person.ask(tx, who, DRAFT_FIELD, of=of.value)
    return AskOwnField(of, **now)


async def answer(tx: Tx, who: Officer, of: OwnField, said: str) -> OwnLanguages | None:
    """Keep what was typed, and show the entry; a language is returned with the others.

    Raises RefusalError BAD_FUNCTION, BAD_EMAIL, BAD_HOURS, BAD_LANGUAGE, TOO_MANY_LANGUAGES or TOO_LONG.
    """
    match of:
        case OwnField.LANGUAGE:
            if (language := tongue(said)) is None:
                raise RefusalError(No.BAD_LANGUAGE)
            found = await speak(tx, who, language)
            person.answered(tx, who)
            return found
        case OwnField.FUNCTION:
            await _set(tx, who, function=function_of(said))
        case OwnField.EMAIL:
            await _set(tx, who, email=email_of(said))
        case OwnField.HOURS:
            await _set(tx, who, hours=hours_of(said, who.timezone))
    return None


async def take_away(tx: Tx, who: Officer, of: OwnField) -> None:
    """Take what was typed for one thing out of the entry, and show it; a language is taken out by `unlearn`.

    Raises RefusalError STALE_BUTTON for one.
    """
    if of is OwnField.LANGUAGE:
        raise RefusalError(No.STALE_BUTTON)
    await _set(tx, who, **{of.value: None})


async def _set(tx: Tx, who: Officer, **changed: Any) -> None:
    await _keep(tx, who, replace(await _added(tx, who), **changed))
    person.answered(tx, who)
    await person.about_me(tx, who)

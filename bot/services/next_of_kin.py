"""Next of kin: laid down by the officer, read by commander and deputy alone, and each look is on record."""

from typing import Any

from bot.domain.errors import No, RefusalError
from bot.domain.next_of_kin import AskKin, KinShown, KinStep, NextOfKin, OwnKin, in_words
from bot.domain.officer import Officer, Right
from bot.services import contact_phone, person
from bot.store import audit
from bot.store import next_of_kin as kin
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx

DRAFT = "next_of_kin"


async def own(tx: Tx, who: Officer) -> OwnKin:
    """Return what an officer has laid down, for the officer alone."""
    return OwnKin(await kin.of(tx, who.code))


async def ask(tx: Tx, who: Officer, step: KinStep = KinStep.NAME, **known: Any) -> AskKin:
    """Return the question for one thing; what is typed next answers it. `known`: what was answered before."""
    person.ask(tx, who, DRAFT, step=step.value, **known)
    return AskKin(step, contact_phone.example(await _region(tx)))


async def _region(tx: Tx) -> str | None:
    """Return the country whose numbers need no country code here: that of home."""
    return contact_phone.region_of((await posts.must_plan(tx)).contingent.home_timezone)


async def answer(tx: Tx, who: Officer, step: KinStep, known: dict[str, str], said: str) -> AskKin | OwnKin:
    """Take what was typed; return the next question, or what is laid down once all is known.

    Raises RefusalError BAD_WORDS, TOO_LONG or BAD_PHONE.
    """
    match step:
        case KinStep.NAME:
            return await ask(tx, who, KinStep.RELATION, name=in_words(said))
        case KinStep.RELATION:
            return await ask(tx, who, KinStep.PHONE, name=known["name"], relation=in_words(said))
        case KinStep.PHONE:
            parts = contact_phone.read(said, await _region(tx), short=False)
            kin.put(tx, who.code, NextOfKin(known["name"], known["relation"], parts.number, parts.extension))
            audit.note(tx, who.code, "next_of_kin_given", who.code)
            person.answered(tx, who)
            return await own(tx, who)


async def delete(tx: Tx, who: Officer) -> OwnKin:
    """Delete what an officer has laid down; return that nothing is."""
    kin.drop(tx, who.code)
    audit.note(tx, who.code, "next_of_kin_deleted", who.code)
    return OwnKin(None)


async def read(tx: Tx, reader: Officer, code: str) -> KinShown:
    """Return an officer's next of kin to commander or deputy, and put the look on record.

    Raises RefusalError NOT_ALLOWED, NO_SUCH_OFFICER or NO_KIN.
    """
    if not reader.may(Right.ROSTER):
        raise RefusalError(No.NOT_ALLOWED)
    subject = (await officers.by_code(tx, {code})).get(code)
    if subject is None:
        raise RefusalError(No.NO_SUCH_OFFICER)
    found = await kin.of(tx, code)
    if found is None:
        raise RefusalError(No.NO_KIN)
    audit.note(tx, reader.code, "next_of_kin_read", code)
    return KinShown(subject.person, found)

"""Invitations and enrolment: a phone is bound to an officer by a one-time code, and closed at once when it must be."""

import hashlib
import secrets

from bot.domain.bilingual import Language, Text
from bot.domain.errors import No, RefusalError
from bot.domain.invite import (
    INVITE_LIFE,
    STRANGER_ANSWERS,
    STRANGER_WINDOW,
    CodeRefused,
    CommandMenu,
    Greeting,
    Invite,
    InviteMade,
    InviteMisused,
    Kept,
    PhoneChanged,
    PhoneClosed,
    Stranger,
    Welcome,
    check,
)
from bot.domain.officer import Officer, Right, commanders
from bot.services import alert, digest, emergency_card, own_entry, pin
from bot.services import plan as plan_service
from bot.store import agenda, audit, outbox
from bot.store import invite as invites
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx
from bot.store.ids import new_id

_USERNAME = "bot_username"
PLANNED_AT_ONCE = 50


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def keep_username(tx: Tx, username: str) -> None:
    """Keep the bot's name, so that the shell can print links without asking Telegram."""
    agenda.put_fact(tx, _USERNAME, username)


async def invite(tx: Tx, who: str, made_by: Officer | None, username: str | None = None) -> InviteMade:
    """Make a one-time invitation for an officer; an older open one stops working. `made_by` nothing: the shell.

    Raises RefusalError NOT_ALLOWED or NO_SUCH_OFFICER.
    """
    if made_by is not None and not made_by.may(Right.ROSTER):
        raise RefusalError(No.NOT_ALLOWED)
    officer = (await officers.by_code(tx, {who})).get(who)
    if officer is None:
        raise RefusalError(No.NO_SUCH_OFFICER)
    code = secrets.token_urlsafe(18)
    one = Invite(new_id(tx.now), who, _hash(code), tx.now, tx.now + INVITE_LIFE)
    by = made_by.code if made_by else audit.SYSTEM
    invites.add(tx, one, by)
    audit.note(tx, by, "invited", who, expires=one.expires_at)
    name = username or await agenda.get_fact(tx, _USERNAME)
    link = f"https://t.me/{name}?start={code}" if name else ""
    made = InviteMade(officer.person, link, code, one.expires_at, replaces_phone=officer.enrolled)
    if made_by is not None:
        outbox.owe(tx, made, to=made_by.code)
    return made


async def start(tx: Tx, telegram_id: int, code: str, known: Officer | None) -> None:
    """Use an invitation: bind the phone and greet in both languages.

    A code that was never given out is a guess: answered like any stranger, and only counted.
    """
    found = await invites.by_hash(tx, _hash(code))
    if found is None:
        if known is None:
            await stranger(tx, telegram_id, guessed=True)
        else:
            raise RefusalError(No.CODE_REVOKED)
        return
    officer = (await officers.by_code(tx, {found.officer}))[found.officer]
    try:
        check(found, tx.now, telegram_id, known.code if known else None)
        if not await invites.use(tx, found, telegram_id):
            raise RefusalError(No.CODE_USED)
    except RefusalError as refusal:
        await _misused(tx, found, officer, telegram_id, refusal.code, known)
        return
    await _bind(tx, officer, telegram_id)


async def _misused(tx: Tx, found: Invite, officer: Officer, telegram_id: int, why: No, known: Officer | None) -> None:
    """Answer clearly, and tell command once: somebody holds a code that once was good."""
    if known is not None and known.code == officer.code:
        raise RefusalError(why)  # the officer pressed the own link again: nobody needs to worry
    plan = await posts.plan(tx)
    outbox.owe(tx, CodeRefused(why, plan.contingent.duty_phone if plan else None), chat=telegram_id)
    audit.note(tx, audit.SYSTEM, "invite_misused", officer.code, why=why.value, telegram_id=telegram_id)
    for one in commanders(await officers.every(tx), tx.now):
        key = f"misused:{found.id}:{telegram_id}:{why.value}:{one.code}"
        outbox.owe(tx, InviteMisused(officer.person, why), to=one.code, key=key)


async def _bind(tx: Tx, officer: Officer, telegram_id: int) -> None:
    before = officer.telegram_id
    replaced = before is not None and before != telegram_id
    if before is not None and replaced:
        await _close_phone(tx, officer, before, replaced=True)
    officers.bind_phone(tx, officer.code, telegram_id)
    emergency_card.lost(tx, officer.code)
    audit.note(tx, officer.code, "phone_replaced" if replaced else "enrolled", officer.code)
    plan = await posts.plan(tx)
    name = plan.contingent.name if plan else Text("", "")
    outbox.owe(tx, Greeting(name), to=officer.code)
    outbox.owe(tx, CommandMenu(officer.role), to=officer.code)
    for one in commanders(await officers.every(tx), tx.now):
        if one.code != officer.code:
            outbox.owe(tx, PhoneChanged(officer.person, "replaced" if replaced else "enrolled"), to=one.code)
    await digest.put_on_agenda(tx)
    # At once and not at the next tick: a check-in sent in between must find the duty that it answers.
    await plan_service.ahead(tx, PLANNED_AT_ONCE)


async def _close_phone(tx: Tx, officer: Officer, chat: int, *, replaced: bool) -> None:
    """Say the last words to a phone that no longer speaks for the officer; take its card and its commands away."""
    plan = await posts.plan(tx)
    duty_phone = plan.contingent.duty_phone if plan else None
    outbox.owe(tx, PhoneClosed(replaced, officer.language, duty_phone), chat=chat)
    outbox.owe(tx, CommandMenu(None), chat=chat)
    await pin.take_down(tx, [chat])


async def choose_language(tx: Tx, officer: Officer, language: Language, *, first: bool) -> None:
    """Keep the officer's language; everything from now on is in it. `first`: welcome them with what to do."""
    if not first:
        await own_entry.stay_spoken(tx, officer)
    officers.set_language(tx, officer.code, language)
    audit.note(tx, officer.code, "language", officer.code, language=language)
    outbox.owe(tx, await welcome(tx, officer, new_language=not first), to=officer.code)
    outbox.owe(tx, CommandMenu(officer.role), to=officer.code)
    await emergency_card.hand(tx, officer, language)


async def welcome(tx: Tx, officer: Officer, *, new_language: bool = False) -> Welcome:
    """Return what an enrolled officer is welcomed with: post, role, and when check-ins are due."""
    plan = await posts.plan(tx)
    watches = plan.watches_of(officer.post) if plan else []
    kept = [Kept(tuple(f"{at:%H:%M}" for at in watch.times), watch.days) for watch in watches if not watch.every]
    every = min((watch.every for watch in watches if watch.every), default=None)
    return Welcome(officer.person, officer.role, tuple(kept), every, new_language)


async def revoke(tx: Tx, actor: Officer, who: str) -> None:
    """Close an officer's phone and open invitations at once.

    Raises RefusalError NOT_ALLOWED, NO_SUCH_OFFICER, or OWN_PHONE: nobody might be left who could invite.
    """
    if not actor.may(Right.ROSTER):
        raise RefusalError(No.NOT_ALLOWED)
    officer = (await officers.by_code(tx, {who})).get(who)
    if officer is None:
        raise RefusalError(No.NO_SUCH_OFFICER)
    if officer.code == actor.code:
        raise RefusalError(No.OWN_PHONE)
    invites.revoke_open(tx, who)
    if officer.telegram_id is not None:
        await _close_phone(tx, officer, officer.telegram_id, replaced=False)
        officers.bind_phone(tx, who, None)
        await alert.out_of_reach(tx)  # alerts that this phone alone has heard climb at once
    audit.note(tx, actor.code, "phone_revoked", who)
    for one in commanders(await officers.every(tx), tx.now):
        if one.code != who:
            outbox.owe(tx, PhoneChanged(officer.person, "revoked"), to=one.code)


async def stranger(tx: Tx, telegram_id: int, *, guessed: bool = False, danger: bool = False) -> None:
    """Answer somebody who is not enrolled with the one bilingual line, a few times an hour; the rest is counted."""
    row = await invites.stranger_of(tx, telegram_id)
    if row is None or tx.now - row.window_from > STRANGER_WINDOW:
        window, answers, tries = tx.now, 0, row.tries if row is not None else 0
    else:
        window, answers, tries = row.window_from, row.answers, row.tries
    if answers < STRANGER_ANSWERS:
        outbox.owe(tx, Stranger(danger), chat=telegram_id)
        answers += 1
    invites.count_stranger(tx, telegram_id, window, answers, tries + int(guessed))


async def renew_menus(tx: Tx) -> None:
    """Owe every phone the menu of this version's commands, once."""
    for one in await officers.every(tx):
        if one.enrolled:
            key = f"menu:{one.code}:{one.telegram_id}:{CommandMenu.version}"
            outbox.owe(tx, CommandMenu(one.role), to=one.code, key=key)

"""The emergency card of a post: every officer there has it, and has it anew when it says something else."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import structlog

from bot.domain.bilingual import Language
from bot.domain.contact_care import says
from bot.domain.contact_care_message import EmergencyCard
from bot.domain.contact_message import ContactView
from bot.domain.officer import Officer, Right, Role
from bot.services import contact, pin
from bot.store import contact as contacts
from bot.store import contact_card as cards
from bot.store import officer as officers
from bot.store import outbox
from bot.store import post as posts
from bot.store.engine import Tx
from bot.store.post import Plan

log = structlog.get_logger(__name__)

# What fits on one screen, each with so many numbers.
SHOWN, NUMBERS = 8, 3
# So many posts in one transaction: nobody in need waits behind a card. The others come at the next tick.
AT_ONCE = 4
_EMPTY = ""


async def refresh(tx: Tx) -> None:
    """Owe the card to everybody for whom it says something else than the one that they have, a few posts at a time.

    Looked at only if the directory or the roster has changed, or a date: the last day of a contact has passed.
    """
    plan = await posts.plan(tx)
    if plan is None:
        return
    state = await _state(tx, plan)
    seen, after, left = _read(await cards.looked(tx))
    codes = sorted(one.code for one in plan.posts)
    left = left if seen == state else len(codes)
    if not left:
        return
    # Round and round: a directory that changes all the time still reaches the last post.
    at = bisect_right(codes, after)
    here = (codes[at:] + codes[:at])[: min(AT_ONCE, left)]
    failed = 0
    for code in here:
        try:
            async with tx.savepoint():
                await _refresh(tx, code)
        except Exception:
            log.exception("contact_card_failed", post=code)
            failed = 1
    # Round once more after a failure: the others have theirs by then, and nothing is owed twice.
    cards.keep_looked(tx, "\n".join((state, here[-1], str(len(codes) if failed else left - len(here)))))


def _read(value: str | None) -> tuple[str, str, int]:
    """Return of which state posts were looked at last, up to which one, and how many are left."""
    state, after, left = value.split("\n") if value else ("", "", "0")
    return state, after, int(left)


async def _refresh(tx: Tx, post: str) -> None:
    there = await officers.at(tx, [post])
    people = [one for one in there if _gets(tx, one)]
    await _take_down(tx, [one for one in there if not _entitled(tx, one)])
    held = await cards.held(tx, [one.code for one in people])
    made: dict[tuple[str, Role], EmergencyCard] = {}
    said: dict[tuple[str, Role, Language], str] = {}
    owed: list[tuple[Officer, EmergencyCard, str]] = []
    for one in people:
        if (one.post, one.role) not in made:
            made[one.post, one.role] = await _card(tx, one)
        card, key = made[one.post, one.role], (one.post, one.role, one.language)
        if key not in said:
            said[key] = _said(card, one.language)
        if said[key] != held.get(one.code, _EMPTY):
            owed.append((one, card, said[key]))
    _owe(tx, owed)


async def hand(tx: Tx, who: Officer, language: Language) -> None:
    """Owe an officer the card in the language that they have chosen, unless they have it."""
    one = replace(who, language=language)
    if _gets(tx, one):
        card = await _card(tx, one)
        said = _said(card, language)
        if said != (await cards.held(tx, [one.code])).get(one.code, _EMPTY):
            _owe(tx, [(one, card, said)])


def lost(tx: Tx, code: str) -> None:
    """Keep that an officer does not have the card: on a new phone, or out of reach."""
    cards.drop(tx, code)


async def _take_down(tx: Tx, gone: Sequence[Officer]) -> None:
    """Take the card of those who have gone home, or whose role has no card, off the top of the chat.

    What is pinned decides, not who was given a card last: somebody out of reach has it, and may come back to it.
    """
    gone = [one for one in gone if one.unreachable_since is None]
    for code in await cards.held(tx, [one.code for one in gone]):
        cards.drop(tx, code)
    outbox.withdraw(tx, *(_thread(one) for one in gone))
    await pin.take_down(tx, [one.telegram_id for one in gone if one.telegram_id is not None])


def _gets(tx: Tx, one: Officer) -> bool:
    return one.enrolled and one.unreachable_since is None and _entitled(tx, one)


def _entitled(tx: Tx, one: Officer) -> bool:
    return one.may(Right.CHECK_IN) and one.on_tour(tx.now)


def _owe(tx: Tx, owed: Sequence[tuple[Officer, EmergencyCard, str]]) -> None:
    # All of them before the first new one: statements that alternate on a table are written one at a time.
    outbox.withdraw(tx, *(_thread(one) for one, _, _ in owed))
    for one, card, said in owed:
        outbox.owe(tx, card, to=one.code, thread=_thread(one))
        cards.put(tx, one.code, said)


def _thread(one: Officer) -> str:
    return f"card:{one.code}"


async def _state(tx: Tx, plan: Plan) -> str:
    days = {tx.now.astimezone(ZoneInfo(post.timezone)).date() for post in plan.posts}
    return " ".join([await contacts.version(tx), *sorted(day.isoformat() for day in days)])


async def _card(tx: Tx, one: Officer) -> EmergencyCard:
    urgent = await contact.urgent_of(tx, one)
    # A doubt is no part of it: settled without a change, it would stand there for as long as the card does.
    reached = [replace(view, doubted=False) for view in urgent if view.contact.phones][:SHOWN]
    shown = tuple(_shortened(view) for view in reached)
    return EmergencyCard(one.post_name, shown, one.today(tx.now))


def _shortened(view: ContactView) -> ContactView:
    return replace(view, contact=replace(view.contact, phones=view.contact.phones[:NUMBERS]))


def _said(card: EmergencyCard, language: Language) -> str:
    """Return what stands for what is on a card; nothing for one with nobody on it."""
    if not card.urgent:
        return _EMPTY
    said = [language, card.post.en, card.post.fr]
    for one in (view.contact for view in card.urgent):
        texts = [text for text in (one.rank, one.title) if text is not None]
        said += [part for text in texts for part in (text.en, text.fr)] + [says(one)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()

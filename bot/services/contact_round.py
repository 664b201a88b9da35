"""On the first of each month who answers for contacts is asked whether they are still right: due rows on the agenda."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.contact import Contact
from bot.domain.contact_care import PAGE, REMIND_AFTER, answers_for, asked, next_round, page_mark, to_confirm
from bot.domain.contact_care_message import ContactRound
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Right
from bot.services import contact, contact_care, sitrep
from bot.store import agenda, outbox
from bot.store import contact as contacts
from bot.store import contact_doubt as doubts
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx

log = structlog.get_logger(__name__)

# After each stands the scope: the code of a post, or nothing for the contacts of none.
_ROUND, _REMIND, _ASKED = "contact_round:", "contact_remind:", "contact_round_on:"

# So many posts in one transaction: nobody in need waits behind a round. The others come at the next tick.
AT_ONCE = 4
# What fails is tried again after this long; the others are not held up.
LATER = timedelta(minutes=10)


async def _zones(tx: Tx) -> dict[str, str]:
    """Return by whose clock each scope is asked about; none on an empty database."""
    plan = await posts.plan(tx)
    if plan is None:
        return {}
    return {one.code: one.timezone for one in plan.posts} | {"": await sitrep.zone_of(tx)}


async def put_on_agenda(tx: Tx, *, anew: bool = False) -> None:
    """See to it that the round of every post stands on the agenda; `anew`: by clocks that have changed."""
    waiting = {what for what, _ in await agenda.due(tx)}
    for scope, zone in (await _zones(tx)).items():
        if anew and _ROUND + scope not in waiting:  # what is due now is still asked
            agenda.drop(tx, _ROUND + scope)
        agenda.add(tx, _ROUND + scope, next_round(tx.now, zone))


async def due(tx: Tx) -> None:
    """Ask what is due, once however long Vigie slept, and remind a week later who has not finished."""
    waiting = [(what, seen) for what, seen in await agenda.due(tx) if what.startswith((_ROUND, _REMIND))]
    zones = await _zones(tx) if waiting else {}
    anew = {what.removeprefix(_ROUND) for what, _ in waiting if what.startswith(_ROUND)}
    # Reminders first: a round drops the old one and puts a new one under the same name, which has to stay.
    waiting.sort(key=lambda one: (one[0].startswith(_ROUND), one[1], one[0]))
    for what, seen in waiting[:AT_ONCE]:
        try:
            async with tx.savepoint():
                await _due(tx, what, seen, zones, anew)
        except Exception:
            log.exception("contact_round_failed", what=what)
            await agenda.claim(tx, what, seen, tx.now + LATER)


async def _due(tx: Tx, what: str, seen: datetime, zones: Mapping[str, str], anew: Collection[str]) -> None:
    kind, _, scope = what.partition(":")
    reminder = f"{kind}:" == _REMIND
    if scope not in zones or reminder:
        agenda.drop(tx, what)
    elif not await agenda.claim(tx, what, seen, next_round(tx.now, zones[scope])):
        return
    # What is asked anew is not reminded of as well: Vigie may have slept for a month.
    if scope in zones and not (reminder and scope in anew):
        await _ask(tx, scope, zones[scope], seen, reminder=reminder)


async def _ask(tx: Tx, scope: str, zone: str, due_at: datetime, *, reminder: bool) -> None:
    if not reminder:
        agenda.put_fact(tx, _ASKED + scope, tx.now.astimezone(ZoneInfo(zone)).date().isoformat())
        agenda.drop(tx, _REMIND + scope)
        agenda.add(tx, _REMIND + scope, tx.now + REMIND_AFTER)
    for reader in await officers.every(tx):
        if not (reader.enrolled and reader.on_tour(tx.now) and _answers(reader, scope)):
            continue
        message = await page(tx, reader, scope, reminder=reminder)
        if message.views:
            key = f"round:{scope}:{due_at.isoformat()}:{reader.code}:{'again' if reminder else 'first'}"
            outbox.owe(tx, message, to=reader.code, key=key)


def _answers(reader: Officer, scope: str) -> bool:
    return reader.may(Right.ROSTER) or (reader.may(Right.ACT) and reader.post == scope)


def _must_answer(reader: Officer, scope: str) -> None:
    if not _answers(reader, scope):
        raise RefusalError(No.NOT_ALLOWED)


async def page(tx: Tx, reader: Officer, scope: str, *, reminder: bool = False) -> ContactRound:
    """Return the next page of what a reader answers for and has not confirmed; raises RefusalError NOT_ALLOWED."""
    _must_answer(reader, scope)
    left = await _left(tx, reader, scope)
    shown = left[:PAGE]
    views = await contact.views_of(tx, shown)
    name = (await contact.post_names(tx)).get(scope)
    return ContactRound(scope, name, tuple(views), page_mark(shown), len(left), reminder)


async def _left(tx: Tx, reader: Officer, scope: str) -> list[Contact]:
    today = reader.today(tx.now)
    found = await contacts.of_post(tx, scope or None, reader.role, today)
    people = await officers.every(tx)
    found = [one for one in found if answers_for(reader, one) and reader in asked(people, one, tx.now)]
    doubted = await doubts.open_of(tx, [one.code for one in found])
    value = await agenda.get_fact(tx, _ASKED + scope)
    asked_on = date.fromisoformat(value) if value is not None else today
    return to_confirm(found, doubted, asked_on)


async def confirm_one(tx: Tx, reader: Officer, code: str, mark: str) -> ContactRound:
    """Keep that one contact of the page is right; return what is left. Raises as `contact_care.confirm` does."""
    card = await contact_care.confirm(tx, reader, code, mark)
    return await page(tx, reader, card.view.contact.post or "")


async def confirm_page(tx: Tx, reader: Officer, scope: str, mark: str) -> ContactRound:
    """Keep that all on a page are right, if they still say what was shown; return what is left.

    Raises RefusalError NOT_ALLOWED, or CONTACT_CHANGED: nothing was confirmed.
    """
    _must_answer(reader, scope)
    shown = (await _left(tx, reader, scope))[:PAGE]
    if page_mark(shown) != mark:
        raise RefusalError(No.CONTACT_CHANGED)
    for one in shown:
        await contact_care.right(tx, reader, one)
    return await page(tx, reader, scope)

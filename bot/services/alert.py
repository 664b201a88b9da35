"""Alerts: told step by step, taken, settled; every change reaches those who were told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain import alert as rules
from bot.domain import closing
from bot.domain.alert import Alert, AlertKind, AlertState
from bot.domain.alert_message import (
    AlertList,
    AlertNews,
    AlertStep,
    AnsweredAfter,
    DistressStep,
    HelpIsComing,
)
from bot.domain.checkin import Checkin
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Right
from bot.services import dossier, line
from bot.services.casebook import STEPS, Casebook, open_for, thread
from bot.store import alert as alerts
from bot.store import audit, outbox
from bot.store import post as posts
from bot.store.engine import Tx

log = structlog.get_logger(__name__)

LISTED = 15  # alerts in one answer to /alerts: more do not fit a phone
# A phone on the move reports every few seconds, and a chat takes one edit a second.
FOLLOW_EVERY = timedelta(seconds=20)
# After hours of repeats, this many copies on a screen are kept true; older ones have scrolled away.
COPIES = 3


def _step(alert: Alert, book: Casebook) -> AlertStep:
    view = book.view(alert)
    return DistressStep(view) if alert.kind is AlertKind.DISTRESS else AlertStep(view)


def _key(alert: Alert, code: str) -> str:
    return f"{thread(alert)}:{alert.rung}:{alert.round}:{code}"


def climb(tx: Tx, alert: Alert, book: Casebook, *, fresh: bool = False) -> Alert:
    """Take the alert one rung up, tell those who stand there, and write it; `fresh`: it is not written yet."""
    result = rules.climb(tx.now, alert, book.subject(alert), book.contingent.ladder, book.responders)
    alert = result.alert
    message = _step(alert, book)
    for one in result.recipients:
        for older in book.unsent.get((thread(alert), one.code), ()):
            outbox.withdraw_one(tx, older)  # after an outage one message says it all, not one for each repeat
        outbox.owe(tx, message, to=one.code, key=_key(alert, one.code), thread=thread(alert))
    if not result.recipients:
        log.critical("alert_without_anybody_to_tell", alert=alert.id, kind=alert.kind.value)
    (alerts.add if fresh else alerts.save)(tx, alert)
    audit.note(
        tx,
        audit.SYSTEM,
        "alert_step",
        alert.officer,
        alert=alert.id,
        rung=alert.rung,
        round=alert.round,
        told=[one.code for one in result.recipients],
    )
    dossier.forget(tx, alert.officer)
    return alert


async def lapse(tx: Tx, alert: Alert, book: Casebook) -> None:
    """Tell the owner, whose time ran out without an outcome, that the alert has gone on; mend what the others hold."""
    if alert.owner is not None:
        # The key of the rung: whoever is told there anyway is told once.
        outbox.owe(tx, _step(alert, book), to=alert.owner, key=_key(alert, alert.owner), thread=thread(alert))
    await refresh(tx, alert, book)


async def follow(tx: Tx, alert: Alert) -> int:
    """Show where a live location has moved to, on each reader's newest copy; not at every step, but always the last."""
    book = await open_for(tx, [alert])
    held = await outbox.held(tx, thread(alert), STEPS)
    await outbox.edit_in_time(tx, held, _step(alert, book), thread(alert), FOLLOW_EVERY)
    return 0


async def refresh(tx: Tx, alert: Alert, book: Casebook | None = None) -> int:
    """Edit the alert's new state into the message that everyone who was told holds; return how many hold one."""
    book = book or await open_for(tx, [alert])
    held = await outbox.held(tx, thread(alert), STEPS, COPIES)
    _mend(tx, alert, book, held)
    return len({one.officer for one in held})


def _mend(tx: Tx, alert: Alert, book: Casebook, held: Sequence[outbox.Told]) -> None:
    for one in held:
        outbox.edit(tx, one, _step(alert, book), thread(alert))


async def tell_more(tx: Tx, alert: Alert, said: str | None) -> int:
    """Ring with what the officer in need writes, or with the first place they share; return how many hold the alert.

    Its whole card, which is kept true like the others. At most once a minute for each reader: what comes in between is
    edited into what they hold.
    """
    book = await open_for(tx, [alert])
    held = await outbox.held(tx, thread(alert), STEPS, COPIES)
    what = f"said:{int(tx.now.timestamp()) // 60}" if said is not None else "located"
    newest = {one.officer: one for one in held}
    readers = set(newest)
    for code in sorted(code for code, one in newest.items() if not one.owed):  # else it says so itself
        outbox.owe(tx, _step(alert, book), to=code, key=f"{thread(alert)}:{what}:{code}", thread=thread(alert))
    _mend(tx, alert, book, held)
    return len(readers)


async def ring(tx: Tx, alert: Alert, *, checked_in: Checkin | None = None) -> None:
    """Tell everyone who was told, with a new message that rings, what became of the alert; then mend the old ones."""
    book = await open_for(tx, [alert])
    news = AlertNews(book.view(alert), checked_in.sent_at if checked_in else None)
    held = await outbox.held(tx, thread(alert), STEPS, COPIES)
    for code in dict.fromkeys(one.officer for one in held):
        outbox.owe(tx, news, to=code, thread=thread(alert))
    _mend(tx, alert, book, held)


async def officer_answered(tx: Tx, alert: Alert, checkin: Checkin, *, missing: bool) -> Alert:
    """Carry through what the officer's check-in makes of an alert; `missing`: a duty is still overdue after it."""
    if alert.kind is not AlertKind.OVERDUE:
        if alert.state is not AlertState.ARMED:
            await ring(tx, alert, checked_in=checkin)
        return alert
    plan = await posts.must_plan(tx)
    after = closing.checked_in(tx.now, alert, missing=missing, ladder=plan.contingent.ladder)
    if after != alert:
        alerts.save(tx, after)
        outbox.withdraw(tx, thread(alert)) if alert.rung == 0 else None
        audit.note(tx, alert.officer, f"alert_{after.state.value}", alert.officer, alert=alert.id)
        await ring(tx, after)
    return after


async def answered_after(tx: Tx, closed: Alert, checkin: Checkin, officer: Officer) -> None:
    """Tell those who closed an alert with a reason that the officer, whom nobody had reached, has answered."""
    for code in {closed.closed_by, closed.proposed_by} - {None, officer.code}:
        key = f"{thread(closed)}:answered_after:{code}"
        outbox.owe(tx, AnsweredAfter(officer.person, checkin.sent_at), to=code, key=key)


async def out_of_reach(tx: Tx) -> None:
    """Have the alerts climb at the next tick on whose step nobody who was told can be reached any more."""
    waiting = [one for one in await alerts.every_open(tx) if one.rung and not one.owned]
    if not waiting:
        return
    book = await open_for(tx, [])
    for one in waiting:
        if not rules.heard(one, book.subject(one), book.contingent.ladder, book.responders):
            alerts.look_at(tx, one.id, tx.now)


async def case_of(tx: Tx, which: int) -> tuple[Alert, Casebook]:
    """Return an alert with all that bears on it; raises RefusalError STALE_BUTTON if there is none."""
    alert = await alerts.one(tx, which)
    if alert is None:
        raise RefusalError(No.STALE_BUTTON)
    return alert, await open_for(tx, [alert])


def _name_owner(book: Casebook, refusal: RefusalError) -> RefusalError:
    if "owner" in refusal.facts:
        refusal.facts["owner"] = book.person(refusal.facts["owner"])
    return refusal


async def take(tx: Tx, actor: Officer, which: int) -> None:
    """Have `actor` take the alert; the others read who has it, the officer in need is told that help is coming."""
    alert, book = await case_of(tx, which)
    try:
        alert = rules.take(tx.now, alert, actor, book.subject(alert), book.contingent.ladder)
    except RefusalError as refusal:
        raise _name_owner(book, refusal) from None
    alerts.save(tx, alert)
    audit.note(tx, actor.code, "alert_taken", alert.officer, alert=alert.id)
    if alert.kind is not AlertKind.OVERDUE:
        outbox.owe(tx, HelpIsComing(actor.person, tx.now), to=alert.officer)
    await refresh(tx, alert, book)
    dossier.forget(tx, alert.officer)


async def show(tx: Tx, reader: Officer, which: int, shown_list: int) -> None:
    """Give somebody who took an alert from the list its card, below and with its buttons, and mend the list."""
    alert, book = await case_of(tx, which)
    outbox.owe(tx, _step(alert, book), to=reader.code, thread=thread(alert))
    outbox.owe(tx, await listed(tx, reader), to=reader.code, edits=await outbox.by_message(tx, reader, shown_list))


async def escalate(tx: Tx, actor: Officer, which: int) -> None:
    """Take the alert to its next step now, because `actor` asks for it."""
    alert, book = await case_of(tx, which)
    alert = rules.escalate(tx.now, alert, actor, book.subject(alert), book.contingent.ladder)
    audit.note(tx, actor.code, "alert_escalated", alert.officer, alert=alert.id)
    await refresh(tx, climb(tx, alert, book), book)


async def doubt(tx: Tx, actor: Officer, which: int) -> None:
    """Open an answered alert again, because `actor` is not convinced; it climbs at once."""
    alert, book = await case_of(tx, which)
    alert = closing.doubted(tx.now, alert, actor, book.subject(alert), book.contingent.ladder)
    audit.note(tx, actor.code, "alert_doubted", alert.officer, alert=alert.id)
    await refresh(tx, climb(tx, alert, book), book)


async def listed(tx: Tx, viewer: Officer) -> AlertList:
    """Return the open alerts that the viewer may see, the gravest first, then those that wait longest."""
    if not viewer.may(Right.ACT):
        raise RefusalError(No.NOT_ALLOWED)
    every: Sequence[Alert] = [one for one in await alerts.every_open(tx) if one.state is not AlertState.ARMED]
    book = await open_for(tx, every)
    mine = [one for one in every if rules.concerns(one, viewer, book.subject(one), book.contingent.ladder)]
    mine.sort(key=lambda one: (rules.GRAVITY.index(one.kind), one.since))
    # Without what the list does not show: these rows belong to no case, and places expire with their case.
    views = tuple(replace(book.view(one), location=None, detail=None) for one in mine[:LISTED])
    return AlertList(tx.now, views, max(0, len(mine) - LISTED), await line.down_since(tx))

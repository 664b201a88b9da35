"""Alerts: told step by step, taken, settled; every change reaches those who were told."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.domain import alert as rules
from bot.domain.alert import Alert, AlertKind, AlertState, Outcome, Reason
from bot.domain.alert_message import AlertList, AlertNews, AlertOver, AlertStep, DistressStep, HelpIsComing
from bot.domain.checkin import Channel, Checkin, HowVerified
from bot.domain.duty import DutyState
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Right
from bot.services import dossier, line
from bot.services.casebook import STEPS, Casebook, open_for, thread
from bot.store import alert as alerts
from bot.store import audit, outbox
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store import post as posts
from bot.store.engine import Tx
from bot.store.ids import new_id

log = structlog.get_logger(__name__)

LISTED = 15  # alerts in one answer to /alerts: more do not fit a phone
# After hours of repeats, this many copies on a screen are kept true; older ones have scrolled away.
COPIES = 3


def _step(alert: Alert, book: Casebook) -> AlertStep:
    view = book.view(alert)
    return DistressStep(view) if alert.kind is AlertKind.DISTRESS else AlertStep(view)


def climb(tx: Tx, alert: Alert, book: Casebook, *, fresh: bool = False) -> Alert:
    """Take the alert one rung up, tell those who stand there, and write it; `fresh`: it is not written yet."""
    result = rules.climb(tx.now, alert, book.subject(alert), book.contingent.ladder, book.responders)
    alert = result.alert
    message = _step(alert, book)
    for one in result.recipients:
        for older in book.unsent.get((thread(alert), one.code), ()):
            outbox.withdraw_one(tx, older)  # after an outage one message says it all, not one for each repeat
        key = f"{thread(alert)}:{alert.rung}:{alert.round}:{one.code}"
        outbox.owe(tx, message, to=one.code, key=key, thread=thread(alert))
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


async def refresh(tx: Tx, alert: Alert, book: Casebook | None = None) -> int:
    """Edit the alert's new state into the message that everyone who was told holds; return how many hold one."""
    book = book or await open_for(tx, [alert])
    held = await outbox.held(tx, thread(alert), STEPS, COPIES)
    _mend(tx, alert, book, held)
    return len({one.officer for one in held})


def _mend(tx: Tx, alert: Alert, book: Casebook, held: Sequence[outbox.Told]) -> None:
    for one in held:
        outbox.edit(tx, one, _step(alert, book), thread(alert))


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
    plan = await posts.plan(tx)
    if plan is None:
        raise LookupError("no contingent has been loaded")
    after = rules.checked_in(tx.now, alert, missing=missing, ladder=plan.contingent.ladder)
    if after != alert:
        alerts.save(tx, after)
        outbox.withdraw(tx, thread(alert)) if alert.rung == 0 else None
        audit.note(tx, alert.officer, f"alert_{after.state.value}", alert.officer, alert=alert.id)
        await ring(tx, after)
    return after


async def out_of_reach(tx: Tx) -> None:
    """Have the alerts climb at the next tick on whose step nobody who was told can be reached any more."""
    waiting = [one for one in await alerts.every_open(tx) if one.rung and not one.owned]
    if not waiting:
        return
    book = await open_for(tx, [])
    for one in waiting:
        if not rules.heard(one, book.subject(one), book.contingent.ladder, book.responders):
            alerts.look_at(tx, one.id, tx.now)


async def _case(tx: Tx, which: int) -> tuple[Alert, Casebook]:
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
    alert, book = await _case(tx, which)
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


async def escalate(tx: Tx, actor: Officer, which: int) -> None:
    """Take the alert to its next step now, because `actor` asks for it."""
    alert, book = await _case(tx, which)
    alert = rules.escalate(tx.now, alert, actor, book.subject(alert), book.contingent.ladder)
    audit.note(tx, actor.code, "alert_escalated", alert.officer, alert=alert.id)
    climb(tx, alert, book)


async def doubt(tx: Tx, actor: Officer, which: int) -> None:
    """Open an answered alert again, because `actor` is not convinced; it climbs at once."""
    alert, book = await _case(tx, which)
    alert = rules.doubted(tx.now, alert, actor, book.subject(alert), book.contingent.ladder)
    audit.note(tx, actor.code, "alert_doubted", alert.officer, alert=alert.id)
    climb(tx, alert, book)


async def may_settle(tx: Tx, actor: Officer, which: int) -> tuple[Alert, Officer]:
    """Return the alert and whom it is about if `actor` may close it; raises RefusalError otherwise.

    Nothing is changed.
    """
    alert, book = await _case(tx, which)
    subject = book.subject(alert)
    rules.settle(tx.now, alert, actor, subject, book.contingent.ladder, Outcome.RESOLVED)
    return alert, subject


async def settle(
    tx: Tx,
    actor: Officer,
    which: int,
    *,
    verified: HowVerified | None = None,
    reason: Reason | None = None,
    note: str | None = None,
) -> bool:
    """Close the alert: the officer was verified safe, or a reason; return whether it is closed now.

    A verification is a check-in entered by `actor`. A distress needs a second person: the first call only proposes.
    """
    if note is not None and len(note) > rules.REASON_MAX:
        raise RefusalError(No.TOO_LONG, limit=rules.REASON_MAX, length=len(note))
    alert, book = await _case(tx, which)
    outcome = Outcome.VERIFIED if verified is not None else Outcome.RESOLVED
    alert = rules.settle(tx.now, alert, actor, book.subject(alert), book.contingent.ladder, outcome, reason, note)
    alerts.save(tx, alert)
    details = {"how": verified.value if verified else None, "reason": reason.value if reason else None}
    closed = not alert.open
    audit.note(
        tx, actor.code, "alert_closed" if closed else "alert_close_proposed", alert.officer, alert=alert.id, **details
    )
    entered = None
    if verified is not None:
        entered = Checkin(
            id=new_id(tx.now),
            officer=alert.officer,
            sent_at=tx.now,
            received_at=tx.now,
            channel=Channel.VERIFIED,
            entered_by=actor.code,
            how_verified=verified,
        )
        checkins.add(tx, entered, None)
    if closed:
        await _account_for(tx, alert, entered)
        if book.subject(alert).enrolled:
            outbox.owe(tx, AlertOver(actor.person, tx.now), to=alert.officer)
    await ring(tx, alert)
    dossier.forget(tx, alert.officer)
    return closed


async def _account_for(tx: Tx, alert: Alert, entered: Checkin | None) -> None:
    """Settle the duties of a closed alert; a verification also answers what is open now."""
    waiting = (await duties.of_alerts(tx, {alert.id}))[alert.id]
    if entered is not None:
        opened = (await duties.opened(tx, {alert.officer}, tx.now))[alert.officer]
        waiting = list({one.id: one for one in [*waiting, *opened]}.values())
    for one in waiting:
        if one.state in (DutyState.OVERDUE, DutyState.PENDING):
            state = DutyState.ANSWERED if one.state is DutyState.PENDING else DutyState.ACCOUNTED
            duties.save(tx, replace(one, state=state, checkin=entered.id if entered else None))
            outbox.withdraw(tx, f"duty:{one.id}")


async def listed(tx: Tx, viewer: Officer) -> AlertList:
    """Return the open alerts that the viewer may see, those that wait longest first."""
    if not viewer.may(Right.ACT):
        raise RefusalError(No.NOT_ALLOWED)
    every: Sequence[Alert] = [one for one in await alerts.every_open(tx) if one.state is not AlertState.ARMED]
    book = await open_for(tx, every)
    mine = [one for one in every if rules.concerns(one, viewer, book.subject(one), book.contingent.ladder)]
    views = tuple(book.view(one) for one in mine[:LISTED])
    return AlertList(tx.now, views, max(0, len(mine) - LISTED), await line.down_since(tx))

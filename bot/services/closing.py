"""Closing an alert: verified, or with a reason; a distress takes two people."""

from dataclasses import replace

from bot.domain import closing as rules
from bot.domain.alert import Alert, HowVerified, Outcome, Reason
from bot.domain.alert_message import AlertOver
from bot.domain.checkin import Channel, Checkin
from bot.domain.duty import DutyState
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.services import alert as alert_service
from bot.services import dossier
from bot.store import alert as alerts
from bot.store import audit, outbox
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store.engine import Tx
from bot.store.ids import new_id


async def may_settle(tx: Tx, actor: Officer, which: int) -> tuple[Alert, Officer]:
    """Return the alert and whom it is about if `actor` may close it; raises RefusalError otherwise.

    Nothing is changed.
    """
    alert, book = await alert_service.case_of(tx, which)
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
    alert, book = await alert_service.case_of(tx, which)
    outcome = Outcome.VERIFIED if verified is not None else Outcome.RESOLVED
    subject = book.subject(alert)
    alert = rules.settle(tx.now, alert, actor, subject, book.contingent.ladder, outcome, reason, note, how=verified)
    alerts.save(tx, alert)
    details = {"how": verified.value if verified else None, "reason": reason.value if reason else None}
    closed = not alert.open
    audit.note(
        tx, actor.code, "alert_closed" if closed else "alert_close_proposed", alert.officer, alert=alert.id, **details
    )
    entered = None
    # Only with the closing: a proposal may be taken back, and then nobody has verified anything.
    if verified is not None and closed:
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
            sure = alert.outcome is Outcome.VERIFIED or alert.answered_at is not None
            reached = sure or alert.reason is Reason.OTHER  # in whose words it may say so
            outbox.owe(tx, AlertOver(actor.person, tx.now, alert.kind, reached), to=alert.officer)
    await alert_service.ring(tx, alert)
    dossier.forget(tx, alert.officer)
    return closed


async def confirm(tx: Tx, actor: Officer, which: int) -> None:
    """Close a distress as another person proposed, with their reason."""
    alert, _ = await alert_service.case_of(tx, which)
    if alert.proposed_by is None or alert.outcome is not Outcome.RESOLVED:
        raise RefusalError(No.STALE_BUTTON)
    await settle(tx, actor, which, reason=alert.reason, note=alert.note)


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

"""Check-ins: recorded, matched with the duties they answer, and acknowledged."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alert import GRAVITY
from bot.domain.checkin import Checkin, Details, DetailsAdded, Receipt
from bot.domain.duty import DutyState, Stage, answers
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Right
from bot.services import alert as alert_service
from bot.services import dossier
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store import outbox
from bot.store.engine import Tx
from bot.store.ids import new_id

# Details may be added to a check-in for this long; later they would be taken for another one's.
DETAILS_WITHIN_S = 3600


async def record(
    tx: Tx,
    officer: Officer,
    *,
    sent_at: datetime,
    details: Details | None = None,
    update_id: int | None = None,
    note_asked: bool = False,
) -> Checkin:
    """Record a check-in and owe its receipt. `note_asked`: the reason for closing an alert was asked for, too.

    `sent_at` is Telegram's date of the message: it decides what is answered and whether that is on time, however late
    Vigie takes it up. Every check-in is a row, also when nothing was due.
    """
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    file = await dossier.of(tx, officer)
    details = details or Details()
    sent_at = min(sent_at, tx.now)
    one = Checkin(new_id(tx.now), officer.code, sent_at, tx.now, details)
    checkins.add(tx, one, update_id)
    answered = [duty for duty in file.open if answers(duty, sent_at)]
    for duty in answered:
        duties.save(tx, replace(duty, state=DutyState.ANSWERED, checkin=one.id))
        if duty.stage is not Stage.PLANNED:
            outbox.withdraw(tx, f"duty:{duty.id}")
    left = [duty for duty in file.open if duty not in answered]
    missing = any(duty.state is DutyState.OVERDUE for duty in left)
    verify = False
    for case in file.alerts:
        after = await alert_service.officer_answered(tx, case, one, missing=missing)
        verify = verify or (after.open and after.answered_at is not None)
    if file.unseen is not None:
        await alert_service.answered_after(tx, file.unseen, one, officer)
    late = [duty for duty in answered if sent_at > duty.deadline]
    upcoming = [duty.due_at for duty in left if duty.due_at >= tx.now]
    if file.next_due is not None:
        upcoming.append(file.next_due)
    outbox.owe(
        tx,
        Receipt(
            post=officer.post_name,
            sent_at=sent_at,
            received_at=tx.now,
            stated_at=details.occurred_at,
            place=details.place,
            remark=details.remark,
            next_due=min(upcoming, default=None),
            still_due=not answered and bool(upcoming),
            late_for=min((duty.due_at for duty in late), default=None),
            on_time=not late,
            absent_until=file.absent_until,
            help_open=next((kind for kind in GRAVITY[:2] if any(case.kind is kind for case in file.alerts)), None),
            verify=verify,
            note_asked=note_asked,
        ),
        to=officer.code,
    )
    dossier.forget(tx, officer.code)
    return one


async def add_details(tx: Tx, officer: Officer, details: Details) -> None:
    """Add place, remark or an earlier time to the officer's last check-in, if that was within the hour."""
    last = (await checkins.latest(tx, {officer.code})).get(officer.code)
    if last is None or (tx.now - last.sent_at).total_seconds() > DETAILS_WITHIN_S:
        raise RefusalError(No.NO_CHECKIN_TO_NOTE)
    both = Details(
        details.occurred_at or last.details.occurred_at,
        details.place or last.details.place,
        details.remark or last.details.remark,
    )
    checkins.add_details(tx, last.id, both)
    outbox.owe(tx, DetailsAdded(last.sent_at, both), to=officer.code)

"""SOS and the call for assistance: on record at the first tap, sent to everyone, repeated until somebody acts."""

from dataclasses import replace
from datetime import datetime

from bot.domain import alert as rules
from bot.domain import closing
from bot.domain.alert import Alert, AlertKind, AlertState
from bot.domain.alert_message import AssistanceSent, DetailNoted, SosArmed, SosCancelled, SosSent
from bot.domain.errors import No, RefusalError
from bot.domain.ladder import everyone
from bot.domain.officer import Officer, Right
from bot.services import alert as alert_service
from bot.services import dossier
from bot.services.casebook import Casebook, open_for, thread
from bot.store import alert as alerts
from bot.store import audit, outbox
from bot.store.engine import Tx
from bot.store.ids import new_id


async def _open(tx: Tx, officer: Officer, kind: AlertKind) -> Alert | None:
    file = await dossier.of(tx, officer)
    return next((one for one in file.alerts if one.kind is kind), None)


async def press(tx: Tx, officer: Officer, sent_at: datetime) -> None:
    """Record an SOS at the first tap; the second tap sends it; a later one rings everyone again.

    `sent_at` is when Telegram received it: what is told is when it was pressed, not when we took it up.
    """
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    alert = await _open(tx, officer, AlertKind.DISTRESS)
    if alert is not None:
        again = alert.state is not AlertState.ARMED
        book = await open_for(tx, [alert])
        alert = await send(tx, replace(alert, confirmed=True), book)
        if again:
            _report(tx, alert, book, again=True)
        return
    alert = rules.distress(new_id(tx.now), officer.code, min(sent_at, tx.now), tx.now)
    alerts.add(tx, alert)
    audit.note(tx, officer.code, "sos_pressed", officer.code, alert=alert.id)
    goes_out_at = alert.next_at or tx.now
    outbox.owe(tx, SosArmed(alert.id, goes_out_at), to=officer.code, thread=f"sos:{alert.id}")
    dossier.forget(tx, officer.code)


async def send(tx: Tx, alert: Alert, book: Casebook | None = None) -> Alert:
    """Send a distress to everyone now, and tell the officer how many were told."""
    book = book or await open_for(tx, [alert])
    first = alert.state is AlertState.ARMED
    alert = alert_service.climb(tx, alert, book)
    audit.note(tx, alert.officer, "sos_sent" if first else "sos_repeated", alert.officer, alert=alert.id)
    if first:
        await _disarm(tx, alert)
        _report(tx, alert, book)
    return alert


async def _disarm(tx: Tx, alert: Alert) -> None:
    """Take the buttons from the message with which an SOS was armed: it was sent, or called off."""
    for held in (await outbox.told(tx, f"sos:{alert.id}", (SosArmed.kind,))).values():
        outbox.edit(tx, held, SosArmed(alert.id, tx.now, settled=True), f"sos:{alert.id}")


def _report(tx: Tx, alert: Alert, book: Casebook, *, again: bool = False) -> None:
    """Tell the officer that the distress has gone out, to how many, and who has it. No press stays unanswered."""
    told = len(everyone(book.subject(alert), book.responders))
    outbox.owe(
        tx,
        SosSent(alert.id, tx.now, told, book.person(alert.owner), book.contingent.duty_phone, again),
        to=alert.officer,
        thread=f"sos:{alert.id}",
    )


async def confirm(tx: Tx, officer: Officer, which: int) -> None:
    """Send an armed SOS at once, by its button. On one that was called off or closed it is a new cry for help."""
    alert = await alerts.one(tx, which)
    if alert is None or alert.officer != officer.code:
        raise RefusalError(No.STALE_BUTTON)
    if alert.state is AlertState.ARMED:
        await send(tx, replace(alert, confirmed=True))
    else:
        await press(tx, officer, tx.now)


async def cancel(tx: Tx, officer: Officer, which: int) -> None:
    """Cancel an armed SOS; one that has gone out stays open, its recipients read that it was called a mistake."""
    alert = await alerts.one(tx, which)
    if alert is None or alert.officer != officer.code:
        raise RefusalError(No.STALE_BUTTON)
    after = closing.cancel_sos(tx.now, alert)
    alerts.save(tx, after)
    audit.note(tx, officer.code, "sos_called_off", officer.code, alert=alert.id, gone_out=after.open)
    if not after.open:
        await _disarm(tx, alert)
    elif alert.mistake_at is None:
        await alert_service.ring(tx, after)
    outbox.owe(tx, SosCancelled(gone_out=after.open), to=officer.code)
    dossier.forget(tx, officer.code)


async def assist(tx: Tx, officer: Officer, sent_at: datetime) -> None:
    """Open a call for assistance, which takes the ladder from its first step; a second one rings the next step."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    alert = await _open(tx, officer, AlertKind.ASSISTANCE)
    again = alert is not None
    if alert is None:
        alert = rules.assistance(new_id(tx.now), officer.code, min(sent_at, tx.now), tx.now)
        alerts.add(tx, alert)
        audit.note(tx, officer.code, "assistance_asked", officer.code, alert=alert.id)
    book = await open_for(tx, [alert])
    alert = alert_service.climb(tx, alert, book)
    told = await outbox.told(tx, thread(alert), ("alert_step",))
    outbox.owe(
        tx,
        AssistanceSent(tx.now, len(told), book.person(alert.owner), book.contingent.duty_phone, again),
        to=officer.code,
    )


async def _pass_on(tx: Tx, alert: Alert, text: str | None, *, quiet: bool) -> int:
    """Bring what is new to those who hold the alert, as loudly as it deserves; return how many they are."""
    if quiet:
        return await alert_service.follow(tx, alert)
    if alert.state is AlertState.ARMED:
        return await alert_service.refresh(tx, alert)
    return await alert_service.tell_more(tx, alert, text)


async def detail(
    tx: Tx,
    officer: Officer,
    *,
    text: str | None = None,
    location: tuple[float, float] | None = None,
    quiet: bool = False,
) -> int | None:
    """Pass on what an officer with an open distress or call for assistance writes, or where they are.

    Returns how many hold it (0: it goes out with the alert), or nothing, having done nothing, if there is no such
    alert. `quiet`: nothing rings for it, neither here nor there, since nobody pressed anything.
    """
    file = await dossier.of(tx, officer)
    mine = [one for one in file.alerts if one.kind is not AlertKind.OVERDUE]
    if not mine:
        return None
    told = 0
    for one in mine:
        alert = one
        if text is not None:
            alert = rules.with_detail(alert, text)
        if location is not None:
            alert = replace(alert, latitude=location[0], longitude=location[1])
        alerts.save(tx, alert)
        told = max(told, await _pass_on(tx, alert, text, quiet=quiet))
    if not quiet:
        outbox.owe(tx, DetailNoted(told), to=officer.code)
    audit.note(tx, officer.code, "detail_added", officer.code, location=location is not None)
    dossier.forget(tx, officer.code)
    return told

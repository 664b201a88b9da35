"""One tick: everything that has fallen due is settled, some officers at a time, each batch in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain import alert as alert_rules
from bot.domain.alert import Alert, AlertKind
from bot.domain.duty import Duty, DutyState, Stage, follow
from bot.domain.line import Line, Seen, seen
from bot.domain.officer import Right
from bot.services import alert as alert_service
from bot.services import contact, contact_round, digest, dossier, emergency_card, plan, sitrep_agenda, sos
from bot.services.casebook import Casebook, open_for
from bot.services.reminder import remind, say_missed
from bot.store import alert as alerts
from bot.store import audit, inbox, outbox
from bot.store import duty as duties
from bot.store.engine import Tx
from bot.store.ids import new_id

log = structlog.get_logger(__name__)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]

# Officers in one transaction: the first batch is on the disk, and its alerts on their way, within milliseconds.
BATCH = 200
# A row that fails is looked at again after this long; the others are not held up.
LATER = timedelta(minutes=1)


@dataclass
class Swept:
    """What one tick did; `failed` rows were pushed forward and logged."""

    planned: int = 0
    reminded: int = 0
    overdue: int = 0
    climbed: int = 0
    failed: int = 0


async def tick(begin: Begin, line: Line) -> Swept:
    """Settle everything that is due, and return what was done.

    Duties are judged as of the instant up to which every answer is known to have been taken up (`domain/line.py`).
    """
    done = Swept()
    await _in_batches(begin, done, lambda tx: _plan(tx, done))
    await _in_batches(begin, done, lambda tx: _duties(tx, line, done))
    await _in_batches(begin, done, lambda tx: _alerts(tx, line, done))
    if line.up:  # while nothing is known there is nothing to sum up: it comes once the line is back
        async with begin() as tx:
            await digest.due(tx)
        for what, work in _BESIDE.items():
            await _beside(begin, done, what, work)
    return done


# What a tick does beside the watch over people: whatever goes wrong with it stops that as little as the others.
_BESIDE: dict[str, Callable[[Tx], Awaitable[None]]] = {
    "sitrep_failed": sitrep_agenda.due,
    "contact_round_failed": contact_round.due,
    "contact_card_failed": emergency_card.refresh,
    "contact_words_failed": contact.renew_words,
}


async def _beside(begin: Begin, done: Swept, event: str, work: Callable[[Tx], Awaitable[None]]) -> None:
    try:
        async with begin() as tx:
            await work(tx)
    except Exception:
        log.exception(event)
        done.failed += 1


async def distress(begin: Begin) -> None:
    """Send the distress alerts that are due: they wait neither for Telegram's backlog nor for any batch."""
    async with begin() as tx:
        await _distress(tx, Swept())


async def due_since(tx: Tx) -> datetime | None:
    """Return since when the longest waiting duty or alert wants to be looked at, or nothing if none does."""
    found = [await duties.longest_waiting(tx), await alerts.longest_waiting(tx)]
    return min((one for one in found if one is not None), default=None)


async def _in_batches(begin: Begin, done: Swept, work: Callable[[Tx], Awaitable[int]]) -> None:
    while True:
        async with begin() as tx:
            await _distress(tx, done)  # waits for no batch: there may be many of them
            count = await work(tx)
        if count < BATCH:
            return


async def _plan(tx: Tx, done: Swept) -> int:
    count = await plan.ahead(tx, BATCH)
    done.planned += count
    return count


async def _seen(tx: Tx, line: Line) -> Seen:
    return seen(tx.now, line, await inbox.known_until(tx))


async def _duties(tx: Tx, line: Line, done: Swept) -> int:
    as_of = await _seen(tx, line)
    if as_of.until is None:
        return 0
    found = await duties.due(tx, as_of.until, BATCH)
    if not found:
        return 0
    silent = {one.officer for one in found if one.deadline <= as_of.until}
    book = await open_for(tx, [], {one.officer for one in found}, silent)
    await dossier.load(tx, [book.roster[code] for code in {one.officer for one in found}])
    # Before the rows and not among them: a reminder of what is past is untrue whatever becomes of the row, and
    # statements that alternate on a table are written one at a time.
    outbox.withdraw(tx, *(f"duty:{one.id}" for one in found if one.deadline <= as_of.until))
    for one in found:
        try:
            async with tx.savepoint():
                await _follow(tx, one, as_of, book, done)
        except Exception:
            log.exception("duty_failed", duty=one.id)
            duties.look_at(tx, one, tx.now + LATER)
            done.failed += 1
    return len(found)


async def _follow(tx: Tx, duty: Duty, as_of: Seen, book: Casebook, done: Swept) -> None:
    officer = book.roster[duty.officer]
    if not officer.on_tour(duty.due_at) or not officer.may(Right.CHECK_IN):
        duties.save(tx, replace(duty, state=DutyState.EXCUSED))
        return
    following = follow(as_of.until or tx.now, duty)
    if following is None:
        return
    if following.remind:
        duties.save(tx, following.duty)
        remind(tx, following.duty, book)
        done.reminded += 1
        return
    await _overdue(tx, following.duty, book, certain=as_of.certain, unreminded=duty.stage is Stage.PLANNED)
    done.overdue += 1


async def _overdue(tx: Tx, duty: Duty, book: Casebook, *, certain: bool, unreminded: bool) -> None:
    """Open an overdue alert and tell its first step at once; a later miss joins the alert that is open."""
    file = await dossier.of(tx, book.roster[duty.officer])
    standing = next((one for one in file.alerts if one.kind is AlertKind.OVERDUE), None)
    if standing is not None:
        duties.save(tx, replace(duty, alert=standing.id))
        after = alert_rules.joined(tx.now, standing)
        if after != standing:
            alerts.save(tx, after)
        dossier.forget(tx, duty.officer)
        audit.note(tx, audit.SYSTEM, "duty_missed", duty.officer, duty=duty.id, alert=standing.id)
        await alert_service.refresh(tx, after)
        return
    alert = alert_rules.overdue(new_id(tx.now), duty.officer, duty.due_at, tx.now, certain=certain)
    duty = replace(duty, alert=alert.id)
    book.missed[alert.id] = [duty]
    audit.note(tx, audit.SYSTEM, "duty_missed", duty.officer, duty=duty.id, alert=alert.id)
    alert_service.climb(tx, alert, book, fresh=True)
    duties.save(tx, duty)
    say_missed(tx, duty, book, unreminded=unreminded)


async def _alerts(tx: Tx, line: Line, done: Swept) -> int:
    as_of = await _seen(tx, line)
    return await _climb(tx, await alerts.due(tx, as_of.until, BATCH), done)


async def _distress(tx: Tx, done: Swept) -> None:
    await _climb(tx, await alerts.due(tx, None, BATCH), done)


async def _climb(tx: Tx, found: Sequence[Alert], done: Swept) -> int:
    if not found:
        return 0
    book = await open_for(tx, found)
    for one in found:
        try:
            async with tx.savepoint():
                if one.kind is AlertKind.DISTRESS:
                    climbed = await sos.send(tx, one, book)
                else:
                    climbed = alert_service.climb(tx, one, book)
                if climbed.lapsed and not one.lapsed:
                    await alert_service.lapse(tx, climbed, book)
                done.climbed += 1
        except Exception:
            log.exception("alert_failed", alert=one.id)
            alerts.look_at(tx, one.id, tx.now + LATER)
            done.failed += 1
    return len(found)

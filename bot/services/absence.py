"""Absences: asked for, confirmed by a lead or above, ended by a due check-in."""

from dataclasses import replace
from datetime import datetime

from bot.domain import absence as rules
from bot.domain.absence import (
    Absence,
    AbsenceAsked,
    AbsenceCard,
    AbsenceDecided,
    AbsenceEnded,
    AbsenceKind,
    AbsenceRequest,
    AbsenceState,
    AbsenceView,
    AskKind,
)
from bot.domain.errors import No, RefusalError
from bot.domain.ladder import able
from bot.domain.officer import Officer, Right
from bot.services import dossier, plan
from bot.store import absence as absences
from bot.store import audit, outbox
from bot.store import officer as officers
from bot.store.engine import Tx
from bot.store.ids import new_id


def _view(one: Absence, subject: Officer, decided_by: Officer | None = None) -> AbsenceView:
    return AbsenceView(
        id=one.id,
        subject=subject.person,
        absence=one.kind,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        state=one.state,
        decided_by=decided_by.person if decided_by else None,
    )


def _thread(one: Absence) -> str:
    return f"absence:{one.id}"


async def open_form(tx: Tx, officer: Officer) -> bool:
    """Answer /leave: show the absence that stands, or ask for the kind of a new one; return whether one stands."""
    if not officer.may(Right.LEAVE):
        raise RefusalError(No.NOT_ALLOWED)
    standing = (await dossier.of(tx, officer)).absences
    if standing:
        one = standing[0]
        outbox.owe(tx, AbsenceCard(_view(one, officer), begun=one.covers(tx.now)), to=officer.code)
        return True
    outbox.owe(tx, AskKind(), to=officer.code)
    return False


async def ask(tx: Tx, officer: Officer, kind: AbsenceKind, starts_at: datetime, ends_at: datetime) -> None:
    """Ask for an absence; those who can confirm it are told. Raises RefusalError LEAVE_ALREADY or BAD_RETURN."""
    if not officer.may(Right.LEAVE):
        raise RefusalError(No.NOT_ALLOWED)
    if (await dossier.of(tx, officer)).absences:
        raise RefusalError(No.LEAVE_ALREADY)
    rules.check_times(starts_at, ends_at, tx.now)
    one = Absence(new_id(tx.now), officer.code, kind, starts_at, ends_at, AbsenceState.ASKED, tx.now)
    absences.add(tx, one)
    audit.note(tx, officer.code, "absence_asked", officer.code, kind=kind.value, starts=starts_at, ends=ends_at)
    people = [who for who in able(officer, await officers.responders(tx)) if who.sees(officer.post)]
    for who in people:
        outbox.owe(tx, AbsenceRequest(_view(one, officer)), to=who.code, thread=_thread(one))
    outbox.owe(tx, AbsenceAsked(_view(one, officer), len(people)), to=officer.code)


async def _decide(tx: Tx, actor: Officer, which: int, state: AbsenceState) -> None:
    one = await absences.one(tx, which)
    if one is None:
        raise RefusalError(No.STALE_BUTTON)
    subject = (await officers.by_code(tx, {one.officer}))[one.officer]
    rules.must_decide(one, actor, subject, tx.now)
    one = replace(one, state=state, decided_by=actor.code, decided_at=tx.now)
    absences.save(tx, one)
    if state is AbsenceState.CONFIRMED:
        await plan.absent(tx, subject, one)
    audit.note(tx, actor.code, f"absence_{state.value}", subject.code, starts=one.starts_at, ends=one.ends_at)
    view = _view(one, subject, actor)
    for held in (await outbox.told(tx, _thread(one), (AbsenceRequest.kind,))).values():
        outbox.edit(tx, held, AbsenceRequest(view), _thread(one))
    outbox.owe(tx, AbsenceDecided(view), to=subject.code)


async def confirm(tx: Tx, actor: Officer, which: int) -> None:
    """Put an absence in force: duties that have not opened and fall into it are excused, nothing open is closed."""
    await _decide(tx, actor, which, AbsenceState.CONFIRMED)


async def refuse(tx: Tx, actor: Officer, which: int) -> None:
    """Refuse an absence: duties stay as they are."""
    await _decide(tx, actor, which, AbsenceState.REFUSED)


async def end(tx: Tx, officer: Officer, which: int) -> None:
    """End an absence early, or withdraw one that has not begun. An early return is a check-in due now."""
    one = await absences.one(tx, which)
    if one is None or one.officer != officer.code:
        raise RefusalError(No.STALE_BUTTON)
    if one.state not in (AbsenceState.ASKED, AbsenceState.CONFIRMED) or one.ends_at <= tx.now:
        raise RefusalError(No.LEAVE_DECIDED)
    begun = one.covers(tx.now)
    decided_by = (await officers.by_code(tx, {one.decided_by})).get(one.decided_by) if one.decided_by else None
    if one.state is AbsenceState.CONFIRMED:
        plan.back(tx, officer, one)
    one = replace(one, ends_at=tx.now) if begun else replace(one, state=AbsenceState.CANCELLED)
    absences.save(tx, one)
    if begun:
        await plan.absent(tx, officer, one)
    audit.note(tx, officer.code, "absence_ended" if begun else "absence_withdrawn", officer.code)
    view = _view(one, officer, decided_by)
    held = await outbox.told(tx, _thread(one), (AbsenceRequest.kind,))
    for row in held.values():
        outbox.edit(tx, row, AbsenceRequest(view), _thread(one))
    # Whoever confirmed it is told, also once the request has left the outbox.
    for who in {*held, officer.code, *([one.decided_by] if one.decided_by else [])}:
        outbox.owe(tx, AbsenceEnded(view, withdrawn=not begun), to=who)

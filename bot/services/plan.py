"""Makes duties ahead, from watches and absences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.absence import Absence, AbsenceState
from bot.domain.duty import Duty, DutyState, from_slot, make
from bot.domain.officer import Officer
from bot.domain.watch import RETURN, Slot, Watch, slots
from bot.store import absence as absences
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.post import Plan

# A week ahead, so that "next check-in" is known over a weekend; watches of minutes would make thousands of rows.
AHEAD = timedelta(days=8)
AHEAD_EVERY = timedelta(hours=6)
# Telegram keeps messages for a day: of what fell due longer ago no answer can still be waiting, and one alert tells it.
BEHIND = timedelta(hours=24)
BEHIND_EVERY = timedelta(hours=1)

# How a return from absence is watched at a post that keeps no watch.
_RETURN_WATCH = Watch(
    RETURN, (), (), (), None, timedelta(hours=2), remind_before=timedelta(minutes=15), grace=timedelta(minutes=30)
)


async def ahead(tx: Tx, most: int) -> int:
    """Make the duties of up to `most` officers whose plan runs out or was thrown away; return how many officers."""
    plan = await posts.plan(tx)
    if plan is None:
        return 0
    minutes = {p.code for p in plan.posts if any(w.every for w in plan.watches_of(p.code))}
    hours = {p.code for p in plan.posts} - minutes
    found = await officers.to_plan(tx, hours, tx.now + AHEAD - timedelta(days=1), most)
    found += await officers.to_plan(tx, minutes, tx.now + AHEAD_EVERY / 2, most)
    if not found:
        return 0
    codes = {one.code for one, _ in found}
    away = await absences.standing(tx, codes, tx.now - BEHIND)
    opened = await duties.opened(tx, codes, tx.now)
    for one, planned_until in found:
        often = one.post in minutes
        until = tx.now + (AHEAD_EVERY if often else AHEAD)
        anew = planned_until is None
        if anew:
            duties.drop_unopened(tx, one.code)
        confirmed = [a for a in away[one.code] if a.state is AbsenceState.CONFIRMED]
        for duty in _duties(tx, plan, one, confirmed, planned_until or tx.now, until):
            if not (anew and duty.opens_at <= tx.now and _has(opened[one.code], duty)):
                duties.add(tx, duty)
        officers.planned(tx, one.code, until)
    return len(found)


def _has(opened: Sequence[Duty], duty: Duty) -> bool:
    """Whether the officer already owes an answer for this watch: a plan made anew never asks for two at once."""
    return any(one.watch == duty.watch for one in opened)


def _duties(
    tx: Tx, plan: Plan, officer: Officer, away: Sequence[Absence], after: datetime, until: datetime
) -> list[Duty]:
    found: list[Duty] = []
    for watch in plan.watches_of(officer.post):
        since = max(after, tx.now - (BEHIND_EVERY if watch.every else BEHIND))
        found += [
            _duty(tx, slot, officer, away)
            for slot in slots(watch, officer.timezone, since, until)
            if officer.on_tour(slot.due_at)
        ]
    after = max(after, tx.now - BEHIND)
    found += [
        _return(tx, plan, officer, one) for one in away if after < one.ends_at <= until and officer.on_tour(one.ends_at)
    ]
    return found


def _duty(tx: Tx, slot: Slot, officer: Officer, away: Sequence[Absence]) -> Duty:
    duty = from_slot(slot, officer.code, new_id(tx.now))
    # The very moment of the return is covered too: there the return itself is the due check-in.
    if any(one.covers(slot.due_at) or one.ends_at == slot.due_at for one in away):
        return replace(duty, state=DutyState.EXCUSED)
    return duty


def _return(tx: Tx, plan: Plan, officer: Officer, one: Absence) -> Duty:
    watches = plan.watches_of(officer.post)
    how = watches[0] if watches else _RETURN_WATCH
    return make(how, one.slot, one.ends_at, officer.code, new_id(tx.now), code=RETURN)


def back(tx: Tx, officer: Officer, away: Absence) -> None:
    """Undo what a confirmed absence did to what is still ahead, because it is withdrawn or ends early."""
    duties.reinstate(tx, officer.code, away.starts_at, away.ends_at)
    officers.replan(tx, officer.code)


async def absent(tx: Tx, officer: Officer, one: Absence) -> None:
    """Carry a confirmed absence into the duties at once, not at the next tick: Vigie may be off until it is over.

    What has not opened and falls into it is excused; the return is a due check-in; the rest is planned anew.
    """
    plan = await posts.plan(tx)
    if plan is None:
        return
    duties.excuse(tx, officer.code, one.starts_at, one.ends_at)
    if officer.enrolled and officer.on_tour(one.ends_at):
        duties.add(tx, _return(tx, plan, officer, one))
    officers.replan(tx, officer.code)

"""Situation reports that are prepared by themselves: due rows on the agenda, by the clock of the commander's post."""

from datetime import datetime

from bot.domain.ladder import Responder
from bot.domain.officer import Role
from bot.domain.post import SitrepPlan
from bot.domain.sitrep import SitrepKind, SitrepState
from bot.domain.sitrep_message import SitrepReady
from bot.domain.sitrep_plan import last_whole_day, next_time
from bot.services import sitrep
from bot.store import agenda, outbox
from bot.store import officer as officers
from bot.store import period as periods
from bot.store import post as posts
from bot.store.engine import Tx

_WHAT = {"sitrep:daily": SitrepKind.DAILY, "sitrep:weekly": SitrepKind.WEEKLY}


def _next(plan: SitrepPlan, kind: SitrepKind, after: datetime, zone: str) -> datetime | None:
    """Return when the next one of a kind is prepared, or nothing if none ever is."""
    if plan.at is None or (kind is SitrepKind.WEEKLY and plan.weekly is None):
        return None
    return next_time(after, plan.at, zone, plan.weekly if kind is SitrepKind.WEEKLY else None)


async def due(tx: Tx) -> None:
    """Prepare what is due, each day that Vigie slept through too, and put the next on the agenda."""
    waiting = [(what, seen) for what, seen in await agenda.due(tx) if what in _WHAT]
    plan = await posts.plan(tx) if waiting else None
    if plan is None:
        return
    zone = await sitrep.zone_of(tx)
    for what, seen in waiting:
        kind, said = _WHAT[what], plan.contingent.sitrep
        then = _next(said, kind, tx.now, zone)
        if then is None:
            agenda.drop(tx, what)
        elif await agenda.claim(tx, what, seen, then):
            at: datetime | None = max(seen, tx.now - sitrep.PERIOD_MAX)
            while at is not None and at <= tx.now:
                await _prepare(tx, kind, at, said, zone)
                at = _next(said, kind, at, zone)


async def _prepare(tx: Tx, kind: SitrepKind, at: datetime, said: SitrepPlan, zone: str) -> None:
    since, until = await sitrep.of_day(tx, last_whole_day(at, said.day_from, zone), kind)
    if not await periods.watched(tx, until):
        return  # it would claim that all was quiet
    row = await sitrep.prepare(tx, kind, since, until, None)
    if row.state is SitrepState.APPROVED:
        return  # somebody was up early
    news = SitrepReady(sitrep.line_of(row, zone))
    for one in await officers.responders(tx):
        if _reads(one):
            outbox.owe(tx, news, to=one.officer.code, key=f"sitrep:{row.id}:{one.officer.code}")


def _reads(one: Responder) -> bool:
    return one.officer.enrolled and one.officer.role in (Role.COMMANDER, Role.DEPUTY)


async def put_on_agenda(tx: Tx, *, anew: bool = False) -> None:
    """See to it that what is prepared by itself stands on the agenda; `anew`: by a plan that has changed."""
    plan = await posts.plan(tx)
    if plan is None:
        return
    zone = await sitrep.zone_of(tx)
    waiting = {what for what, _ in await agenda.due(tx)}
    for what, kind in _WHAT.items():
        if anew and what not in waiting:  # what is due now is still prepared
            agenda.drop(tx, what)
        at = _next(plan.contingent.sitrep, kind, tx.now, zone)
        if at is not None:
            agenda.add(tx, what, at)

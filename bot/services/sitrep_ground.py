"""Gathers what a period left behind, for a situation report to be composed from."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.officer import Officer, Right
from bot.domain.picture import Standing
from bot.domain.picture import row as state_of
from bot.domain.report import Report
from bot.domain.report_form import INCIDENT
from bot.domain.sitrep import Changed, SitrepKind, Written
from bot.domain.sitrep_compose import Day, Ground
from bot.domain.sitrep_plan import day_of, reporting_day
from bot.domain.sitrep_tally import Presence
from bot.store import officer as officers
from bot.store import period as periods
from bot.store import picture as pictures
from bot.store import post as posts
from bot.store.engine import Tx
from bot.store.period import Span
from bot.store.post import Plan

# A period's end is the next one's beginning: its last instant is this much before.
INSTANT = timedelta(microseconds=1)


async def gather(
    tx: Tx, kind: SitrepKind, span: Span, zone: str, written: tuple[Written, ...] = ()
) -> tuple[Ground, tuple[Changed, ...]]:
    """Return what the period left behind, and the reports of before that were corrected since they went out."""
    plan = await posts.must_plan(tx)
    as_of = min(span.until - INSTANT, tx.now)
    so_far = replace(span, until=min(span.until, tx.now))
    told = replace(span, at=as_of)
    tracked = kind is not SitrepKind.SPECIAL and span.only is None
    changed = await periods.changed(tx, kind, span) if tracked else []
    people = await officers.every(tx)
    updated = [one for one in changed if one.version.form == INCIDENT.code]
    patrols = await periods.patrols(tx, told)
    ground = Ground(
        posts=tuple(one.code for one in plan.posts if span.only in (None, one.code)),
        people=_present(await _standings(tx, span.only, as_of), frozenset(patrols)),
        reports=tuple(await periods.ended(tx, kind, span)),
        late=tuple(await periods.late(tx, kind, span)) if tracked else (),
        updated=tuple(updated),
        replaced=tuple(await periods.replaced(tx, kind, updated)),
        kept=await periods.kept(tx, replace(span, at=so_far.until)),
        cases=await periods.cases(tx, so_far),
        acknowledged=await periods.acknowledged(tx, so_far),
        closings=await periods.closings(tx, so_far),
        travel=await periods.travel(tx, told),
        patrols_out=len(patrols),
        held=tuple((one.code, one.channels) for one in plan.posts if span.only in (None, one.code)),
        authorised=plan.contingent.sitrep.authorised if span.only is None else None,
        written=written,
    )
    changes = tuple((post, _come_and_gone(people, post, span.since, span.until)) for post in ground.posts)
    ground = replace(ground, changes=changes)
    if kind is SitrepKind.WEEKLY:
        ground = await _week(tx, ground, span, plan, zone, people)
    return ground, tuple(_changed(one) for one in changed)


def _changed(one: Report) -> Changed:
    return Changed(one.number, one.version.number, one.version.reason)


async def _standings(tx: Tx, only: str | None, at: datetime) -> list[Standing]:
    """Return what was known of everybody at `at`, phones included.

    What changed a phone since is on record, so that what it was before can be told; but for one: whether a phone that
    was replaced since was out of reach.
    """
    found = await pictures.standings(tx, only, at)
    if at >= tx.now:
        return found
    since = await periods.phones_before(tx, at)
    # What first changed a phone since tells what it was: enrolled but by "enrolled", out of reach only by "reachable".
    return [
        replace(one, enrolled=then != "enrolled", unreachable_since=at if then == "reachable" else None)
        if (then := since.get(one.person.code)) is not None
        else one
        for one in found
    ]


def _present(standings: list[Standing], out: frozenset[str]) -> tuple[Presence, ...]:
    found = []
    for one in standings:
        here = state_of(one)
        found.append(
            Presence(
                one.post, one.person.gender, here.state, one.absence_kind, one.enrolled, here.unreachable,
                on_patrol=one.person.code in out,
            )
        )  # fmt: skip
    return tuple(found)


def _come_and_gone(people: list[Officer], post: str, since: datetime, until: datetime) -> tuple[int, int]:
    """Return whose tours at a post begin, and end, within a period, by the dates there."""
    there = [one for one in people if one.post == post and one.may(Right.CHECK_IN)]
    begin = end = 0
    for one in there:
        zone = ZoneInfo(one.timezone)
        # A tour is of whole days: it begins as its first one does, and ends with the last. Each is one instant, so that
        # periods that follow each other never count it twice.
        if one.tour_from is not None:
            begin += since <= datetime.combine(one.tour_from, time(0), zone) < until
        if one.tour_until is not None:
            end += since < datetime.combine(one.tour_until + timedelta(days=1), time(0), zone) <= until
    return begin, end


async def _week(tx: Tx, ground: Ground, span: Span, plan: Plan, zone: str, people: list[Officer]) -> Ground:
    """Add what only a week tells: its days, and who comes and goes in the next one."""
    day_from = plan.contingent.sitrep.day_from
    days = []
    on = day_of(span.since, day_from, zone)
    while (since := reporting_day(on, day_from, zone)[0]) < span.until:
        until = reporting_day(on, day_from, zone)[1]
        # A week that begins or ends at another hour, since the hour of the day was changed, has days cut short.
        since, until = max(since, span.since), min(until, span.until)
        kept = await periods.kept(tx, Span(since, until, span.only, min(until, tx.now))) if since < tx.now else ()
        days.append(Day(on.isoformat(), since, until, kept))
        on += timedelta(days=1)
    leave = await periods.leave_ahead(tx, span)
    ahead = span.until + (span.until - span.since)
    turnover = [
        (post, (*_come_and_gone(people, post, span.until, ahead), *leave.get(post, (0, 0)))) for post in ground.posts
    ]
    return replace(ground, days=tuple(days), turnover=tuple(turnover))

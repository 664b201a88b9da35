"""When a reporting day or week begins and ends, by the clock of the commander's post."""

from datetime import date, datetime, timedelta

from bot.domain import sitrep_plan as rules
from bot.domain.officer import Role
from bot.domain.sitrep import SitrepKind
from bot.store import officer as officers
from bot.store import post as posts
from bot.store import sitrep as sitreps
from bot.store.engine import Tx


async def zone_of(tx: Tx) -> str:
    """Return the zone of the reporting day: that of the commander's post, else of the first post."""
    people = [one for one in await officers.every(tx) if one.role is Role.COMMANDER]
    # Who is on tour goes before who was, or is to come.
    commander = min(people, key=lambda one: not one.on_tour(tx.now), default=None)
    return commander.timezone if commander is not None else (await posts.must_plan(tx)).posts[0].timezone


async def of_day(tx: Tx, on: date | None = None, kind: SitrepKind = SitrepKind.DAILY) -> tuple[datetime, datetime]:
    """Return the period of a reporting day by its local date, or of the one that `tx.now` lies in.

    Where the hour at which the day begins was changed it fits to what was prepared before, without gap or overlap.
    """
    plan = (await posts.must_plan(tx)).contingent.sitrep
    zone = await zone_of(tx)
    day = on if on is not None else rules.day_of(tx.now, plan.day_from, zone)
    since, until = rules.period_of(kind, day, plan.day_from, zone)
    first = rules.day_of(since, plan.day_from, zone)
    before, _ = rules.reporting_day(first - timedelta(days=1), plan.day_from, zone)
    _, after = rules.reporting_day(first, plan.day_from, zone)
    told = await sitreps.periods(tx, kind, before, until)
    if kind is SitrepKind.WEEKLY:
        return rules.continued(since, before, after, told), until
    running = [one for one in told if on is None and one[0] <= tx.now < one[1]]
    return running[0] if running else rules.fitted(since, until, before, told)


async def asked_day(tx: Tx, on: date, kind: SitrepKind = SitrepKind.DAILY) -> tuple[datetime, datetime]:
    """Return the period of a day, or of the week that ends with it, for somebody who asks for that date.

    It is the one that was prepared for most of it, whatever hour the day began at then; else as `of_day` has it.
    """
    plan = (await posts.must_plan(tx)).contingent.sitrep
    since, until = rules.period_of(kind, on, plan.day_from, await zone_of(tx))
    return rules.told_of(since, until, await sitreps.periods(tx, kind, since, until)) or await of_day(tx, on, kind)

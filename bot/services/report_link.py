"""Incident reports that another report names: offered, pressed or typed, and always one that its officer may name."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import No, RefusalError
from bot.domain.form import Links
from bot.domain.officer import Officer
from bot.domain.report import Report, may_name, number_of
from bot.domain.report_draft import linked
from bot.store import post as posts
from bot.store import report as reports
from bot.store import report_reader as readers
from bot.store.engine import Tx

# Offered on buttons: the newest of the last days at the officer's post. Any other one is typed.
RECENT = timedelta(days=7)
OFFERED_MOST = 6


async def offered(tx: Tx, officer: Officer, chosen: Sequence[str]) -> tuple[tuple[str, datetime], ...]:
    """Return the numbers on the buttons and when each was: those of the post, then what else is chosen already."""
    found = await reports.incidents_of(tx, officer.post, tx.now - RECENT, OFFERED_MOST)
    there = {one.number for one in found}
    others = await reports.by_numbers(tx, [one for one in chosen if one not in there])
    return tuple((one.number, one.until) for one in (*found, *sorted(others, key=lambda one: one.number)))


async def pressed(tx: Tx, officer: Officer, held: str, chosen: Collection[str]) -> str:
    """Return the number that a button stands for; raises RefusalError STALE_BUTTON if it may not be named."""
    (numbers,) = await _readings(tx, [held])
    number = numbers[0]
    if number in chosen:  # taking it out is always open
        return number
    for one in await reports.by_numbers(tx, [number]):
        if await _may_name(tx, officer, one):
            return number
    raise RefusalError(No.STALE_BUTTON)


async def settled(tx: Tx, officer: Officer, takes: Links, typed: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Return whole numbers for those that were typed, beside those that are `chosen` already.

    Raises RefusalError NO_SUCH_INCIDENT, with the number of the first that is not there, is no incident report or
    is not for this officer to know of: saying which would tell.
    """
    readings = await _readings(tx, typed)
    found = {one.number: one for one in await reports.by_numbers(tx, [number for each in readings for number in each])}
    named = []
    for numbers in readings:
        number = await _first_named(tx, officer, [found[one] for one in numbers if one in found])
        if number is None:
            raise RefusalError(No.NO_SUCH_INCIDENT, number=next((one for one in numbers if one in found), numbers[0]))
        named.append(number)
    return linked(takes, (*chosen, *named))


async def _readings(tx: Tx, typed: Sequence[str]) -> list[list[str]]:
    """Return for each what it may stand for: of a count alone the report of this year, then that of the last."""
    plan = await posts.must_plan(tx)
    found = []
    for one in typed:
        *before, count = one.rsplit("-", 2)
        match before:
            case [code, year]:
                numbers = [number_of(code, int(year), int(count))]
            case [year]:
                numbers = [number_of(plan.contingent.code, int(year), int(count))]
            case _:
                numbers = [number_of(plan.contingent.code, tx.now.year - back, int(count)) for back in (0, 1)]
        found.append(numbers)
    return found


async def _first_named(tx: Tx, officer: Officer, every: Sequence[Report]) -> str | None:
    """Return the first that may be named: this year's 42 may be a duty report, last year's the incident."""
    for one in every:
        if await _may_name(tx, officer, one):
            return one.number
    return None


async def _may_name(tx: Tx, officer: Officer, one: Report) -> bool:
    return may_name(one, officer, told=await readers.was_told(tx, one.id, officer.code))

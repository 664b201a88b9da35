"""Reports between two instants: of times that follow each other, each report belongs to exactly one."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.domain.report import Report, ReportState, Version
from bot.store import report as reports
from bot.store.engine import STREAMED, Store, open_store
from bot.store.tables import metadata
from tests.store.conftest import NOW, url, write_officer


def about(which: int, since: datetime, until: datetime) -> Report:
    """Return a report about a period, or an instant."""
    version = Version(1, "daily", {"which": which}, frozenset(), "en", NOW, NOW)
    number, state = f"MLI-2008-{which:04}", ReportState.SUBMITTED
    return Report(which, number, "willis", "BKO", "MINUSMA", state, version, since, until, NOW)


async def written(store: Store, *found: Report) -> None:
    async with store.begin() as tx:
        write_officer(tx, "willis", 1)
        for one in found:
            reports.add(tx, one, NOW.year, one.id)


async def between(store: Store, since: datetime, until: datetime) -> list[int]:
    """Return the ids of the reports of a time, which come alike all at once and one by one."""
    async with store.read() as tx:
        found = [one.id for one in await reports.between(tx, since, until)]
        assert [one.id async for one in reports.each_between(tx, since, until)] == found
    return found


async def test_a_report_belongs_to_the_time_in_which_it_ended(store: Store) -> None:
    hour = timedelta(hours=1)
    await written(
        store,
        about(1, NOW - 2 * hour, NOW),  # ends as the time begins
        about(2, NOW - hour, NOW + hour),  # through the night
        about(3, NOW, NOW),  # an instant, as it begins
        about(4, NOW + hour, NOW + 2 * hour),  # ends with it
        about(5, NOW + 2 * hour, NOW + 2 * hour),  # an instant, as it ends
        about(6, NOW + hour, NOW + 3 * hour),
    )
    assert await between(store, NOW - 2 * hour, NOW) == [1]
    assert await between(store, NOW, NOW + 2 * hour) == [3, 2, 4]
    assert await between(store, NOW + 2 * hour, NOW + 3 * hour) == [5, 6]


async def test_a_correction_moves_the_report_with_its_period(store: Store) -> None:
    day = timedelta(days=1)
    first = about(1, NOW - day, NOW)
    await written(store, first)
    version = replace(first.version, number=2, reason="the wrong day")
    async with store.begin() as tx:
        moved = replace(first, version=version, since=NOW + day, until=NOW + 2 * day)
        reports.add_version(tx, moved)
        reports.save(tx, moved)
    assert await between(store, NOW - day, NOW) == []
    async with store.read() as tx:
        assert await reports.between(tx, NOW + day, NOW + 2 * day) == [moved]


async def test_more_than_is_held_at_once_comes_whole_and_in_order(store: Store) -> None:
    minute = timedelta(minutes=1)
    count = 2 * STREAMED + 1
    await written(store, *(about(n, NOW, NOW + n * minute) for n in range(count, 0, -1)))
    assert await between(store, NOW, NOW + count * minute) == list(range(1, count + 1))


hours = st.integers(0, 12)


@settings(max_examples=40, deadline=None)
@given(spans=st.lists(st.tuples(hours, hours), max_size=12), cuts=st.lists(hours, max_size=5))
def test_days_that_follow_each_other_have_every_report_once(spans: list[tuple[int, int]], cuts: list[int]) -> None:
    at = [NOW + timedelta(hours=one) for one in sorted({-1, *cuts, 13})]
    found = [
        about(number, NOW + timedelta(hours=min(span)), NOW + timedelta(hours=max(span)))
        for number, span in enumerate(spans, start=1)
    ]

    async def go() -> list[int]:
        with tempfile.TemporaryDirectory(prefix="vigie-report-") as folder:
            store = open_store(url(Path(folder) / "vigie.db"), MovableClock(NOW, held=True).now)
            async with store.begin() as tx:
                await tx._conn.run_sync(metadata.create_all)
            await written(store, *found)
            days = [await between(store, since, until) for since, until in pairwise(at)]
            await store.close()
        return sorted(number for day in days for number in day)

    assert asyncio.run(go()) == [one.id for one in found]

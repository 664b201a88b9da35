"""The month that is measured is one that officers could have written: the domain finds nothing wrong with it."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import MovableClock
from bot.domain import report_draft as rules
from bot.domain.line import Line
from bot.domain.report import ReportState, covers
from bot.domain.report_form import FORMS
from bot.services import upkeep
from bot.services.picture import compliance, picture
from bot.store import report as reports
from bot.store import schema
from bot.store.engine import Store, open_store
from tests.bench.month import END, fill
from tests.bench.world import POSTS

STRENGTH, DAYS = 120, 8


async def house(folder: Path, name: str) -> Store:
    store = open_store(f"sqlite+aiosqlite:///{folder / name}", MovableClock(END, held=True).now)
    await schema.create(store)
    assert await fill(store, strength=STRENGTH, days=DAYS) > STRENGTH * DAYS
    return store


async def test_every_report_is_complete_and_about_the_time_that_it_says(tmp_path: Path) -> None:
    store = await house(tmp_path, "vigie.db")
    async with store.read() as tx:
        found = [one async for one in reports.each_between(tx, END - timedelta(days=DAYS + 1), END)]
    await store.close()
    for one in found:
        answers, nothing = one.version.answers, one.version.nothing
        draft = rules.Draft(one.version.form, rules.with_turns(one.form, answers), nothing)
        assert rules.missing(one.form, draft) == []
        assert rules.given(one.form, draft) == answers
        assert nothing <= {section.code for section in one.form.sections if section.nothing}
        assert covers(one.form, answers, one.version.sent_at) == (one.since, one.until)
        assert one.until <= one.submitted_at <= one.version.sent_at < one.version.received_at < END
    forms = Counter(one.version.form for one in found)
    assert forms.keys() == FORMS.keys()
    assert forms["daily"] == STRENGTH * DAYS
    silent = sum("engagement" in one.version.nothing for one in found if one.version.form == "daily")
    assert 0.75 < silent / forms["daily"] < 0.98
    assert {one.version.number for one in found} == {1, 2}
    assert {one.state for one in found} == set(ReportState)
    assert len({one.post for one in found}) == len(POSTS)


async def test_the_last_day_has_its_checkins_and_nothing_overlooked(tmp_path: Path) -> None:
    store = await house(tmp_path, "vigie.db")
    async with store.read() as tx:
        seen = await picture(tx)
        on_time, late, missed = await compliance(tx)
        overlooked = await upkeep.audit(tx, Line(up=True, since=END, drained_at=END))
    await store.close()
    assert seen.strength == STRENGTH
    assert on_time > STRENGTH
    assert on_time > 10 * (late + missed) > 0
    assert (overlooked.unjudged, overlooked.stuck) == (0, 0)


async def test_the_same_seed_makes_the_same_month(tmp_path: Path) -> None:
    tables = ("report", "report_version", "checkin", "duty", "alert", "absence")
    months = []
    for name in ("one.db", "other.db"):
        store = await house(tmp_path, name)
        async with store.read() as tx:
            rows = [await tx.read(text(f"select * from {table} order by 1, 2")) for table in tables]
        await store.close()
        months.append(rows)
    assert all(months[0])
    assert months[0] == months[1]

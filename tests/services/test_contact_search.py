"""Who is meant by a few letters: queries of real life, each with the one that comes first."""

import csv
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.domain.contact import OFFICER
from bot.services import contact as service
from bot.services import contact_import
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store.engine import Store, open_store
from bot.store.schema import create
from tests.kit import ROSTER

DATA = Path(__file__).parents[1] / "data"
# A Wednesday morning in Mali: offices are open.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
# So many come first at the least.
RIGHT_AT_LEAST = 0.97
READERS = {"BKO": "hamelin", "MPT": "deniger"}


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Store]:
    """The roster of the demo with its contacts, and the rest of a real directory."""
    store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'vigie.db'}", MovableClock(NOW, held=True).now)
    await create(store)
    async with store.begin() as tx:
        await load(tx, parse(ROSTER.read_text(encoding="utf-8"), "mali.toml"))
        people = {one.code for one in await officers.every(tx)}
        ground = await contact_import.ground(tx)
    kept = [row for row in (DATA / "contacts.csv").read_text("utf-8").splitlines() if row.split(",")[0] not in people]
    done = contact_import.judge("\n".join(kept).encode(), ground)
    assert done.faults == []
    async with store.begin() as tx:
        await contact_import.compare(tx, done)
    await contact_import.write(store, done)
    yield store
    await store.close()


async def _first(tx: Any, post: str, query: str) -> str:
    reader = (await officers.by_code(tx, {READERS[post]}))[READERS[post]]
    found, _ = await service.search(tx, reader, query)
    return found[0].contact.code.removeprefix(OFFICER) if found else "nobody"


async def test_queries_of_real_life_find_whom_they_mean(directory: Store) -> None:
    queries = _table("contact_queries.csv")
    assert len(queries) >= 150
    async with directory.read() as tx:
        wrong = [
            f"{one['post']} {one['query']!r}: {found}, not {one['first']}"
            for one in queries
            if (found := await _first(tx, one["post"], one["query"])) != one["first"]
        ]
    assert len(wrong) <= len(queries) * (1 - RIGHT_AT_LEAST), wrong

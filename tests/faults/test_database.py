"""The database held by somebody else, taken twice, or of another version."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from bot.clock import SystemClock, monotonic
from bot.store import schema
from bot.store.engine import open_store
from tests.faults.conftest import BUSY_S
from tests.faults.process import Process
from tests.kit import Scene, texts, until

OFFICERS = ("willis", "lacroix", "hamelin", "bradshaw", "deniger")


@contextmanager
def holding(scene: Scene) -> Iterator[None]:
    """Hold the write lock, as a program beside Vigie could."""
    with closing(sqlite3.connect(scene.folder / "vigie.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


async def patience_ends() -> None:
    """Wait until every writer has given up at least twice."""
    end = monotonic() + 4 * BUSY_S
    await until(lambda: monotonic() > end)


def receipts(scene: Scene, code: str) -> int:
    return sum(1 for one in texts(scene.phone(code)) if one.startswith("✅ ") and "NOV 26" in one)


async def test_a_locked_database_is_waited_for_and_nothing_is_lost(
    contingent: Scene, no_task_dies: Callable[[], None]
) -> None:
    await contingent.to(7, 45)
    with holding(contingent):
        for code in OFFICERS:
            await contingent.phone(code).send("ok")
        await patience_ends()
        assert contingent.telegram.pending == len(OFFICERS)  # not acknowledged before it is stored
    await contingent.settle()
    await contingent.tick()
    assert await contingent.one("select count(*) from checkin") == len(OFFICERS)
    assert [receipts(contingent, code) for code in OFFICERS] == [1] * len(OFFICERS)
    assert await contingent.one("select count(*) from inbox where state <> 'done'") == 0
    no_task_dies()


async def test_a_database_locked_between_storing_and_handling(contingent: Scene) -> None:
    with holding(contingent):
        await contingent.phone("willis").send("ok")
        await patience_ends()
        await contingent.phone("willis").send("ok")
    with holding(contingent):
        await patience_ends()
    await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == receipts(contingent, "willis") == 2


async def test_a_tick_on_a_locked_database_is_made_good_by_the_next(contingent: Scene) -> None:
    await contingent.pass_time(hours=3, minutes=31, tick=False)
    with holding(contingent):
        await contingent.app.jobs._tick()  # as the scheduler does: it must not raise
    done = await contingent.tick()
    assert done.overdue == len(OFFICERS)


async def test_a_database_locked_at_the_start_is_waited_for(
    contingent: Scene, no_task_dies: Callable[[], None]
) -> None:
    await contingent.stop()
    await contingent.phone("willis").send("ok")
    with holding(contingent):
        await contingent.start(reach=False)
        await patience_ends()
    await until(contingent.app.ready.is_set, "readiness without a hand")
    await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == receipts(contingent, "willis") == 1
    no_task_dies()


@asynccontextmanager
async def made(folder: Path) -> AsyncIterator[Path]:
    """A database of this version in a data folder."""
    data = folder / "data"
    data.mkdir()
    store = open_store(f"sqlite+aiosqlite:///{data / 'vigie.db'}", SystemClock().now)
    try:
        await schema.create(store)
    finally:
        await store.close()
    yield data / "vigie.db"


# Nobody listens there; a refused start never asks.
SETTINGS = {
    "VIGIE_TELEGRAM_TOKEN": "700000001:demo-token",
    "VIGIE_TELEGRAM_API_URL": "http://127.0.0.1:9",
    "VIGIE_WEB_BIND": "127.0.0.1:0",
}


async def refusal(folder: Path, data: Path) -> str:
    """Run Vigie, which must refuse, and return its one line."""
    second = Process(folder, SETTINGS | {"VIGIE_DATA_DIR": str(data)})
    await second.start()
    assert await second.wait() == 2
    lines = [one for one in second.log.read_text().splitlines() if not one.startswith("{")]
    assert len(lines) == 1, lines
    return lines[0]


async def test_a_second_vigie_on_the_same_folder_is_refused(contingent: Scene, tmp_path: Path) -> None:
    line = await refusal(tmp_path / "second", contingent.folder)
    assert line.startswith("Vigie is already running with this data folder")
    await contingent.phone("willis").send("ok")
    await contingent.settle()
    assert receipts(contingent, "willis") == 1


# There is one version of the schema so far: an older one cannot be made yet (tests/store/test_schema.py pretends one).
@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("update alembic_version set version_num = '9999'", "made by a newer Vigie"),
        ("drop table alembic_version", "not Vigie's"),
    ],
)
async def test_a_database_of_another_version_is_refused_and_left_alone(tmp_path: Path, sql: str, says: str) -> None:
    async with made(tmp_path) as file:
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(sql)
        with closing(sqlite3.connect(file)) as db:
            before = list(db.iterdump())
        assert says in await refusal(tmp_path, file.parent)
        with closing(sqlite3.connect(file)) as db:
            assert list(db.iterdump()) == before

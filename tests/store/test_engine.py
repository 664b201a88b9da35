"""The transaction that everything is handed: what is undone, what is seen, in which order it is written."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, event, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.clock import MovableClock
from bot.store.engine import STREAMED, Store, Tx, open_store
from bot.store.tables import agenda, draft, fact
from tests.store.conftest import NOW, url

_FACT = insert(fact)
_AGENDA = insert(agenda)
_DRAFT = insert(draft)
_CHANGE = update(fact).where(fact.c.name == bindparam("which")).values(value=bindparam("to"))
_ALL = select(fact.c.name, fact.c.value)

Enrol = Callable[[Tx, str, int], None]


class OopsError(Exception):
    """What a handler may raise."""


def put(tx: Tx, name: str, value: str) -> None:
    tx.write(_FACT, {"name": name, "value": value})


async def facts(store: Store) -> dict[str, str]:
    async with store.read() as tx:
        return dict(tuple(row) for row in await tx.read(_ALL))


@pytest.fixture
def said(store: Store) -> list[str]:
    """What the database is told, in order: one entry for each statement, however many rows it carries."""
    statements: list[str] = []

    @event.listens_for(store.engine.sync_engine, "before_cursor_execute")
    def note(conn: Connection, cursor: object, statement: str, rows: object, context: object, many: bool) -> None:
        statements.append(" ".join(statement.split()[:3]))

    return statements


async def test_a_transaction_is_kept_whole(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "a", "1")
        put(tx, "b", "2")
    assert await facts(store) == {"a": "1", "b": "2"}


async def test_a_stream_sees_every_write_and_may_be_left_before_its_end(store: Store) -> None:
    async with store.begin() as tx:
        for number in range(2 * STREAMED + 1):
            put(tx, f"{number:05}", "x")
        names = [row.name async for row in tx.stream(_ALL.order_by(fact.c.name))]
        assert names == [f"{number:05}" for number in range(2 * STREAMED + 1)]
        async for _ in tx.stream(_ALL):
            break
        put(tx, "after", "x")
    assert len(await facts(store)) == 2 * STREAMED + 2


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(OopsError):
        async with store.begin() as tx:
            put(tx, "a", "1")
            await tx.flush()
            async with tx.savepoint():
                put(tx, "b", "2")
                await tx.flush()
            put(tx, "c", "3")
            raise OopsError
    assert await facts(store) == {}


async def test_there_is_one_now_in_a_transaction(store: Store, clock: MovableClock) -> None:
    async with store.begin() as tx:
        clock.move(timedelta(hours=1))
        assert tx.now == NOW
    async with store.read() as tx:
        assert tx.now == NOW + timedelta(hours=1)


async def test_reads_see_what_was_written(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "a", "1")
        assert len(await tx.read(_ALL)) == 1
        assert await tx.change(_CHANGE, {"which": "a", "to": "2"}) == 1
        assert await tx.change(_CHANGE, {"which": "z", "to": "2"}) == 0
        assert [row.value for row in await tx.read(_ALL)] == ["2"]


async def test_a_reader_sees_what_was_committed_and_does_not_wait(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "a", "1")
        await tx.flush()
        assert await facts(store) == {}
    assert await facts(store) == {"a": "1"}


async def test_a_failed_savepoint_undoes_only_itself(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "before", "1")
        with pytest.raises(OopsError):
            async with tx.savepoint():
                put(tx, "inside", "1")
                assert len(await tx.read(_ALL)) == 2
                put(tx, "waiting", "1")
                raise OopsError
        async with tx.savepoint():
            put(tx, "after", "1")
    assert set(await facts(store)) == {"before", "after"}


async def test_a_failed_savepoint_without_a_read_drops_its_waiting_writes(store: Store, said: list[str]) -> None:
    async with store.begin() as tx:
        put(tx, "before", "1")
        with pytest.raises(OopsError):
            async with tx.savepoint():
                put(tx, "inside", "1")
                raise OopsError
    assert set(await facts(store)) == {"before"}
    assert not any(statement.startswith("SAVEPOINT") for statement in said)


async def test_a_refused_change_in_a_savepoint_undoes_what_it_wrote(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "before", "1")
        with pytest.raises(IntegrityError):
            async with tx.savepoint():
                put(tx, "inside", "1")
                await tx.flush()
                put(tx, "inside", "again")
                await tx.flush()
    assert set(await facts(store)) == {"before"}


async def test_a_write_refused_at_the_end_of_a_savepoint_undoes_the_whole_savepoint(store: Store) -> None:
    async with store.begin() as tx:
        put(tx, "before", "1")
        with pytest.raises(IntegrityError):
            async with tx.savepoint():
                put(tx, "inside", "1")
                await tx.flush()
                put(tx, "inside", "again")
        put(tx, "after", "1")
    assert set(await facts(store)) == {"before", "after"}


async def test_an_older_write_refused_inside_a_savepoint_fails_the_whole(store: Store) -> None:
    """The savepoint's owner is innocent, and what waited with the refused write is gone: nothing may be kept."""
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            put(tx, "twice", "1")
            tx.write(_AGENDA, {"what": "digest", "next_at": NOW})
            put(tx, "twice", "2")
            with pytest.raises(IntegrityError):
                async with tx.savepoint():
                    await tx.read(_ALL)
            put(tx, "after", "1")
    assert await facts(store) == {}


@pytest.mark.parametrize("inside", [True, False])
async def test_a_full_disk_fails_the_whole(store: Store, inside: bool) -> None:
    """SQLite then rolls back by itself; what would be written next must not stand alone."""
    with pytest.raises(OperationalError):
        async with store.begin() as tx:
            put(tx, "before", "1")
            await tx.read(text("PRAGMA max_page_count = 1"))
            with pytest.raises(OperationalError):
                async with tx.savepoint() if inside else nullcontext():
                    put(tx, "much", "x" * 1_000_000)
                    await tx.flush()
            await tx.read(text("PRAGMA max_page_count = 1073741823"))
            put(tx, "after", "1")
    assert await facts(store) == {}


async def test_a_failed_savepoint_forgets_what_was_cached_in_it(store: Store) -> None:
    async with store.begin() as tx:
        with pytest.raises(OopsError):
            async with tx.savepoint():
                tx.cache["plan"] = "read inside"
                raise OopsError
        assert tx.cache == {}


async def test_savepoints_do_not_nest(store: Store) -> None:
    async with store.begin() as tx, tx.savepoint():
        with pytest.raises(RuntimeError, match="nest"):
            async with tx.savepoint():
                pass
        put(tx, "a", "1")
    assert await facts(store) == {"a": "1"}


async def test_a_cancelled_savepoint_is_undone(store: Store) -> None:
    async with store.begin() as tx:
        with pytest.raises(asyncio.CancelledError):
            async with tx.savepoint():
                put(tx, "inside", "1")
                await tx.flush()
                raise asyncio.CancelledError
        put(tx, "after", "1")
    assert set(await facts(store)) == {"after"}


async def test_writes_go_out_in_sets(store: Store, said: list[str]) -> None:
    async with store.begin() as tx:
        for number in range(20):
            put(tx, f"f{number}", "1")
            tx.write(_AGENDA, {"what": f"a{number}", "next_at": NOW})
    assert said == ["BEGIN IMMEDIATE", "INSERT INTO fact", "INSERT INTO agenda"]


async def test_sets_keep_the_order_within_a_table(store: Store, said: list[str]) -> None:
    async with store.begin() as tx:
        put(tx, "a", "1")
        tx.write(_CHANGE, {"which": "a", "to": "2"})
        tx.write(_AGENDA, {"what": "digest", "next_at": NOW})
        put(tx, "b", "1")
        tx.write(_CHANGE, {"which": "b", "to": "2"})
        tx.write(_CHANGE, {"which": "a", "to": "3"})
    assert await facts(store) == {"a": "3", "b": "2"}
    assert [one.split()[-1] for one in said if one.startswith(("INSERT", "UPDATE"))] == [
        "fact",
        "SET",
        "agenda",
        "fact",
        "SET",
    ]


async def test_references_are_checked_at_commit(store: Store, enrol: Enrol) -> None:
    question = {"officer": "willis", "kind": "report", "data": {}, "at": NOW}
    async with store.begin() as tx:
        tx.write(_DRAFT, question)
        await tx.flush()
        enrol(tx, "willis", 101)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with store.begin() as tx:
            put(tx, "with it", "1")
            tx.write(_DRAFT, {**question, "officer": "nobody"})
    assert await facts(store) == {}


async def test_instants_keep_their_zone_and_order(store: Store) -> None:
    mopti, toronto = NOW.astimezone(UTC), NOW.astimezone(timezone(timedelta(hours=-5)))
    exact = datetime(2038, 1, 19, 3, 14, 8, 123457, tzinfo=UTC)
    async with store.begin() as tx:
        for name, at in (
            ("mopti", mopti),
            ("toronto", toronto),
            ("later", exact),
            ("old", datetime.min.replace(tzinfo=UTC)),
        ):
            tx.write(_AGENDA, {"what": name, "next_at": at})
        rows = await tx.read(select(agenda).order_by(agenda.c.next_at, agenda.c.what))
    assert [row.what for row in rows] == ["old", "mopti", "toronto", "later"]
    assert rows[1].next_at == rows[2].next_at == NOW
    assert rows[2].next_at.utcoffset() == timedelta()
    assert rows[3].next_at == exact


async def test_a_naive_instant_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="needs its zone"):
        async with store.begin() as tx:
            put(tx, "with it", "1")
            tx.write(_AGENDA, {"what": "digest", "next_at": naive})
    async with store.read() as tx:
        with pytest.raises(StatementError, match="needs its zone"):
            await tx.read(select(agenda).where(agenda.c.next_at < naive))
    assert await facts(store) == {}


async def test_writers_of_one_process_take_turns(store: Store) -> None:
    async def add_one() -> None:
        async with store.begin() as tx:
            rows = await tx.read(_ALL)
            await asyncio.sleep(0)
            if rows:
                tx.write(_CHANGE, {"which": "count", "to": str(int(rows[0].value) + 1)})
            else:
                put(tx, "count", "1")

    await asyncio.gather(*(add_one() for _ in range(20)))
    assert await facts(store) == {"count": "20"}


async def test_another_process_waits_and_then_is_told(store: Store, database: Path, clock: MovableClock) -> None:
    other = open_store(url(database), clock.now, busy_timeout=0.05)
    async with store.begin() as tx:
        put(tx, "first", "1")
        await tx.flush()
        with pytest.raises(OperationalError, match="database is locked"):
            async with other.begin():
                pass
        assert await facts(other) == {}
    await other.close()

    patient = open_store(url(database), clock.now, busy_timeout=30)

    async def second() -> None:
        async with patient.begin() as tx:
            put(tx, "second", str(len(await tx.read(_ALL))))

    async with store.begin() as tx:
        put(tx, "before it", "1")
        await tx.flush()
        waiting = asyncio.get_running_loop().create_task(second())
        await asyncio.wait([waiting], timeout=0.1)
        assert not waiting.done()
    await waiting
    assert await facts(patient) == {"first": "1", "before it": "1", "second": "2"}
    await patient.close()


async def test_the_courier_is_woken_after_the_commit_and_only_then(store: Store) -> None:
    seen: list[str] = []
    store.on_owed = lambda: seen.append("woken")
    async with store.begin() as tx:
        put(tx, "a", "1")
    assert seen == []
    async with store.begin() as tx:
        tx.owed = True
        assert seen == []
    assert seen == ["woken"]
    with pytest.raises(OopsError):
        async with store.begin() as tx:
            tx.owed = True
            raise OopsError
    assert seen == ["woken"]


async def test_the_settings_that_a_promise_needs(store: Store) -> None:
    async with store.read() as tx:
        found = {
            name: (await tx.read(text(f"PRAGMA {name}")))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 200}

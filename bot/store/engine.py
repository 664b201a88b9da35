"""The database: its settings, and the transaction that everything else is handed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import CursorResult, Executable, Row, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import UpdateBase

Params = Mapping[str, Any]

# A database that is gone when it is closed.
IN_MEMORY = "sqlite+aiosqlite://"
# Rows of a stream that are held at once: enough that fetching them costs little, and a few megabytes at the most.
STREAMED = 500


class Tx:
    """One transaction with one `now`. Writes are collected and go out in sets; reads see all that was written.

    A lone statement costs 0.3 to 1 ms through SQLAlchemy Core and aiosqlite, a row in a set 0.04 ms: what a batch of
    updates writes is therefore kept and written a table at a time, before the next read or the commit.
    """

    def __init__(self, conn: AsyncConnection, now: datetime, kept: dict[Any, Any] | None = None) -> None:
        """`kept` outlives the transaction: what is made from rows at some cost, under the version of these rows."""
        self.now = now
        self.kept = kept if kept is not None else {}
        self._conn = conn
        self._waiting: list[tuple[UpdateBase, Params]] = []
        self._mark: int | None = None  # how many waiting writes are older than the open savepoint
        self._savepoint: AsyncTransaction | None = None
        self._broken: BaseException | None = None  # why nothing of this transaction may be kept
        self.cache: dict[Any, Any] = {}
        self.owed = False  # whether a message was owed: the courier is woken after the commit
        self.errand_owed = False  # likewise whoever carries out errands

    def write(self, statement: UpdateBase, params: Params) -> None:
        """Keep one row's write; the same statement (a module's constant) with many rows becomes one set."""
        self._waiting.append((statement, params))

    async def read(self, statement: Executable, params: Params | None = None) -> Sequence[Row[Any]]:
        """Return the rows of a query, which sees every write so far."""
        await self.flush()
        return (await self._execute(statement, params)).all()

    async def stream(self, statement: Executable, params: Params | None = None) -> AsyncIterator[Row[Any]]:
        """Yield the rows of a query that are too many to be held at once."""
        await self.flush()
        try:
            async with self._conn.stream(statement, params) as found:
                async for some in found.partitions(STREAMED):
                    for row in some:
                        yield row
        except OperationalError as error:
            self._broken = error
            raise

    async def change(self, statement: UpdateBase, params: Params | None = None) -> int:
        """Carry out a conditional write now and return how many rows it changed: claim, then act."""
        await self.flush()
        await self._hold()
        return int((await self._execute(statement, params)).rowcount)

    async def flush(self) -> None:
        """Write what waits, a statement at a time. Raises again what broke the transaction as a whole, if anything."""
        if self._broken is not None:
            raise self._broken
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        if self._mark is not None:
            before, waiting = waiting[: self._mark], waiting[self._mark :]
            self._mark = 0
            try:
                await self._run(before)
            except BaseException as error:
                # The savepoint's owner is innocent, and what waited with the refused row is gone.
                self._broken = error
                raise
            if waiting:
                await self._hold()
        await self._run(waiting)

    async def _run(self, writes: list[tuple[UpdateBase, Params]]) -> None:
        for statement, rows in _in_sets(writes):
            await self._execute(statement, rows)

    async def _execute(self, statement: Executable, params: Params | list[Params] | None) -> CursorResult[Any]:
        try:
            return await self._conn.execute(statement, params)
        except OperationalError as error:
            # A full disk, say: SQLite has rolled back by itself, and what is written next would stand alone.
            self._broken = error
            raise

    async def _hold(self) -> None:
        if self._mark is not None and self._savepoint is None:
            self._savepoint = await self._conn.begin_nested()

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo on an error what was done inside, and only that. A real SAVEPOINT is set only once something is written.

        Savepoints do not nest.
        """
        if self._mark is not None:
            raise RuntimeError("savepoints do not nest")
        self._mark = len(self._waiting)
        try:
            yield
            if self._savepoint is not None:
                await self.flush()
                await self._savepoint.commit()
        except BaseException:
            del self._waiting[self._mark :]
            if self._savepoint is not None and self._broken is None:
                await self._savepoint.rollback()
            self.cache.clear()
            raise
        finally:
            self._mark = None
            self._savepoint = None


def _in_sets(writes: list[tuple[UpdateBase, Params]]) -> list[tuple[UpdateBase, list[Params]]]:
    """Group writes by statement, keeping the order within each table.

    A row joins an earlier set of its statement only if no other statement has touched that table since.
    """
    sets: list[tuple[UpdateBase, list[Params]]] = []
    last_of_table: dict[str, int] = {}
    for statement, params in writes:
        table = str(statement.table)
        at = last_of_table.get(table)
        if at is not None and sets[at][0] is statement:
            sets[at][1].append(params)
        else:
            last_of_table[table] = len(sets)
            sets.append((statement, [params]))
    return sets


class Store:
    """The open database. One writer at a time in this process; other processes wait by SQLite's busy timeout."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        """Take the engine and where `now` comes from."""
        self.engine = engine
        self._clock = clock
        self._writer = asyncio.Lock()
        self._kept: dict[Any, Any] = {}
        self.on_owed: Callable[[], None] = lambda: None
        self.on_errand: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        """Open the write transaction; commit at the end, roll back on an error. `Tx.now` is read inside."""
        async with self._writer, self.engine.connect() as conn:
            async with conn.begin():
                tx = Tx(conn, self._clock(), self._kept)
                yield tx
                await tx.flush()
            owed, errand_owed = tx.owed, tx.errand_owed
        if owed:
            self.on_owed()
        if errand_owed:
            self.on_errand()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Open a read-only transaction on a snapshot; it does not wait for the writer."""
        async with self.engine.connect() as conn:
            await conn.execution_options(vigie_read=True)
            async with conn.begin():
                yield Tx(conn, self._clock(), self._kept)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def exists(url: str) -> bool:
    """Tell whether there is a database at `url` to open; of a server's, only opening it can tell."""
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def open_store(url: str, clock: Callable[[], datetime], busy_timeout: float = 10.0) -> Store:
    """Open the database at `url` with the settings that a promise needs; `busy_timeout` is in seconds."""
    # Parameters carry what people wrote; an SQL error must not bring them into the log.
    engine = create_async_engine(url, hide_parameters=True, json_deserializer=orjson.loads)
    if engine.dialect.name == "sqlite":
        _settle_sqlite(engine, busy_timeout)
    return Store(engine, clock)


def _settle_sqlite(engine: AsyncEngine, busy_timeout: float) -> None:
    """Give SQLite the transactions that we need.

    The driver's own are wrong for this: a released savepoint survives the outer rollback, and a read that turns into
    a write fails at once despite the busy timeout. So the driver begins nothing, and we begin with the write lock.
    FULL: a receipt is a promise, and a commit that is not on the disk is none.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {int(busy_timeout * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(conn: Any) -> None:
        read_only = conn.get_execution_options().get("vigie_read", False)
        conn.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

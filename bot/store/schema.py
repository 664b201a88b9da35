"""Which shape the database has, and how it gets the one that this version needs."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from bot.store.engine import Store

_MIGRATIONS = Path(__file__).with_name("migrations")

# In every version of Vigie: what tells its database from somebody else's.
_OURS = {"inbox", "officer", "outbox"}


class SchemaState(StrEnum):
    """How a database stands to this version of Vigie."""

    EMPTY = "empty"  # no table at all: `create` makes them
    CURRENT = "current"
    STALE = "stale"  # made by an older version: `migrate`
    AHEAD = "ahead"  # made by a newer version, which may have written what this one would misread
    UNKNOWN = "unknown"  # somebody else's tables


class SchemaFault(Exception):  # noqa: N818 (the word for what stops a start)
    """The database cannot be used as it is; the text is one line that says what to do."""


WHAT_TO_DO = {
    SchemaState.EMPTY: "the database is empty: `vigie load` or `vigie run` makes its tables",
    SchemaState.CURRENT: "the database has its tables already",
    SchemaState.STALE: "the database was made by an older Vigie: run `vigie migrate`, which takes a backup first",
    SchemaState.AHEAD: "the database was made by a newer Vigie: run that version, or restore an older backup",
    SchemaState.UNKNOWN: "the database holds tables that are not Vigie's: give Vigie a database of its own",
}


async def state(store: Store) -> SchemaState:
    """Return how the database stands to this version; nothing is changed."""
    async with store.engine.connect() as conn:
        await conn.execution_options(vigie_read=True)
        async with conn.begin():
            return await conn.run_sync(_state)


def look(file: Path) -> SchemaState:
    """Return how an SQLite file stands, without any change of it; one of no bytes is empty.

    Raises what SQLite says of a file that is damaged or none of its own. Opened as a store it would be put into
    another journal mode, and a file of no bytes would become a database.
    """
    if not file.stat().st_size:
        return SchemaState.EMPTY

    def connect() -> sqlite3.Connection:
        # "rw" and not "ro", which leaves files beside the database that it could not take away at the end.
        conn = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        conn.execute("PRAGMA query_only = ON")
        return conn

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    try:
        with engine.connect() as conn:
            return _state(conn)
    finally:
        engine.dispose()


async def require_current(store: Store) -> None:
    """Raise SchemaFault unless the database has this version's tables."""
    await _require(store, SchemaState.CURRENT)


async def create(store: Store) -> None:
    """Make the tables of an empty database; raise SchemaFault if anything is in it."""
    await _change(store, lambda found: found is SchemaState.EMPTY)


async def migrate(store: Store) -> SchemaState:
    """Bring an older database to this version's tables, all or nothing; return the state that was found.

    A current one is left alone; an empty, newer or foreign one raises SchemaFault. The caller takes the backup.
    """
    return await _change(store, lambda found: found in {SchemaState.STALE, SchemaState.CURRENT})


async def _require(store: Store, wanted: SchemaState) -> None:
    found = await state(store)
    if found is not wanted:
        raise SchemaFault(WHAT_TO_DO[found])


async def _change(store: Store, fits: Callable[[SchemaState], bool]) -> SchemaState:
    """Run the missing migrations in one transaction, if the state that it finds fits."""
    async with store.engine.connect() as conn, _rebuilding(conn), conn.begin():
        found = await conn.run_sync(_state)
        if not fits(found):
            raise SchemaFault(WHAT_TO_DO[found])
        if found is not SchemaState.CURRENT:
            await conn.run_sync(_upgrade)
        return found


@asynccontextmanager
async def _rebuilding(conn: AsyncConnection) -> AsyncIterator[None]:
    """Let tables be rebuilt: SQLite would take the old table's end for the deletion of every row it refers to.

    The setting has no effect inside a transaction, hence before it; `_upgrade` checks the references at the end
    (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if conn.dialect.name != "sqlite":
        yield
        return
    driver = (await conn.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys = ON")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _state(conn: Connection) -> SchemaState:
    tables = set(inspect(conn).get_table_names())
    revisions = MigrationContext.configure(conn).get_current_heads()
    if not revisions and tables <= {"alembic_version"}:
        return SchemaState.EMPTY
    if not revisions or not tables >= _OURS:
        return SchemaState.UNKNOWN
    script = ScriptDirectory.from_config(_config())
    if set(revisions) == set(script.get_heads()):
        return SchemaState.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return SchemaState.STALE if known.issuperset(revisions) else SchemaState.AHEAD


def _upgrade(conn: Connection) -> None:
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    if conn.dialect.name == "sqlite" and (broken := conn.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise SchemaFault(f"{len(broken)} rows refer to something that is not there; nothing was changed")

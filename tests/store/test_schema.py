"""The migrations make what `tables.py` says, and a database of another version is noticed."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from bot.domain.bilingual import Text
from bot.domain.checkin import Receipt
from bot.domain.invite import Kept, Welcome
from bot.domain.talk import Me
from bot.store import report as reports
from bot.store import report_draft as report_drafts
from bot.store import report_reader as report_readers
from bot.store import schema
from bot.store.codec import message_from
from bot.store.engine import Store, Tx
from bot.store.schema import SchemaFault, SchemaState
from bot.store.tables import metadata, officer, outbox

_COUNT = sa.select(sa.func.count()).select_from(officer)


def _structure(conn: Connection) -> dict[str, Any]:
    """What SQLite itself says of every table: more than Alembic compares (partial indexes, deferred references)."""
    found: dict[str, Any] = {}
    for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all():
        if name == "alembic_version":
            continue
        columns = conn.exec_driver_sql(f"PRAGMA table_xinfo({name})").all()
        references = conn.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all()
        indexes = conn.exec_driver_sql(f"PRAGMA index_list({name})").all()
        made: str = conn.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{name}'").scalar_one()
        found[name] = {
            "columns": {tuple(column)[1:] for column in columns},
            "references": {tuple(reference)[2:] for reference in references},
            "deferred": made.count("DEFERRABLE INITIALLY DEFERRED"),
            "indexes": {_index(conn, index) for index in indexes},
        }
    return found


def _index(conn: Connection, index: sa.Row[Any]) -> tuple[Any, ...]:
    columns = tuple(row.name for row in conn.exec_driver_sql(f"PRAGMA index_info('{index.name}')").all())
    made = conn.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{index.name}'").scalar()
    # SQLite names the index of a key by itself, in the order of its making.
    return (index.name if index.origin == "c" else None, index.unique, columns, made)


def _differences(conn: Connection) -> list[Any]:
    context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_a_migrated_database_is_what_the_tables_say(store: Store) -> None:
    pristine = sa.create_engine("sqlite://")
    with pristine.begin() as conn:
        metadata.create_all(conn)
        expected = _structure(conn)
    pristine.dispose()
    async with store.engine.connect() as migrated:
        assert await migrated.run_sync(_differences) == []
        assert await migrated.run_sync(_structure) == expected


async def test_a_missing_index_would_be_noticed(store: Store) -> None:
    async with store.engine.connect() as conn:
        await conn.exec_driver_sql("DROP INDEX uq_alert_open")
        assert await conn.run_sync(_differences) != []


async def test_an_empty_database_is_made_once(bare: Store) -> None:
    assert await schema.state(bare) is SchemaState.EMPTY
    with pytest.raises(SchemaFault, match="empty"):
        await schema.require_current(bare)
    with pytest.raises(SchemaFault, match="empty"):
        await schema.migrate(bare)
    await schema.create(bare)
    assert await schema.state(bare) is SchemaState.CURRENT
    await schema.require_current(bare)
    assert await schema.migrate(bare) is SchemaState.CURRENT
    with pytest.raises(SchemaFault, match="already"):
        await schema.create(bare)


async def test_a_look_changes_nothing(store: Store, database: Path, tmp_path: Path) -> None:
    await store.close()
    empty, foreign, damaged = (tmp_path / name for name in ("empty.db", "foreign.db", "damaged.db"))
    empty.touch()
    with closing(sqlite3.connect(foreign)) as conn:
        conn.execute("CREATE TABLE invoice (id)")
    damaged.write_bytes(b"not a database" * 500)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert schema.look(database) is SchemaState.CURRENT
    assert schema.look(empty) is SchemaState.EMPTY
    assert schema.look(foreign) is SchemaState.UNKNOWN
    with pytest.raises(sa.exc.DatabaseError, match="not a database"):
        schema.look(damaged)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


async def test_a_stale_database_is_refused_until_migrated(
    store: Store, enrol: Callable[[Tx, str, int], None], later: Callable[[str], None]
) -> None:
    async with store.begin() as tx:
        enrol(tx, "willis", 101)
    later("pass")
    assert await schema.state(store) is SchemaState.STALE
    with pytest.raises(SchemaFault, match="vigie migrate"):
        await schema.require_current(store)
    with pytest.raises(SchemaFault, match="older"):
        await schema.create(store)
    assert await schema.migrate(store) is SchemaState.STALE
    await schema.require_current(store)
    async with store.begin() as tx:
        assert (await tx.read(_COUNT))[0][0] == 1
        assert (await tx.read(sa.text("SELECT shoe_size FROM officer")))[0][0] is None
        assert (await tx.read(sa.text("PRAGMA foreign_keys")))[0][0] == 1


async def test_a_newer_database_is_refused(
    store: Store, later: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    later("pass")
    await schema.migrate(store)
    monkeypatch.undo()
    assert await schema.state(store) is SchemaState.AHEAD
    with pytest.raises(SchemaFault, match="newer"):
        await schema.migrate(store)


@pytest.mark.parametrize(
    "then", ["op.execute('no such statement')", "op.execute(\"UPDATE officer SET post = 'nowhere'\")"]
)
async def test_a_migration_that_fails_changes_nothing(
    store: Store, enrol: Callable[[Tx, str, int], None], later: Callable[[str], None], then: str
) -> None:
    async with store.begin() as tx:
        enrol(tx, "willis", 101)
    async with store.engine.connect() as conn:
        before = await conn.run_sync(_structure)
    later(then)
    with pytest.raises((SchemaFault, sa.exc.OperationalError)):
        await schema.migrate(store)
    assert await schema.state(store) is SchemaState.STALE
    async with store.engine.connect() as conn:
        assert await conn.run_sync(_structure) == before
    async with store.read() as tx:
        assert (await tx.read(sa.text("SELECT post FROM officer")))[0][0] == "BKO"


@pytest.mark.parametrize("revision", [None, "0001", "abcd"])
async def test_a_foreign_database_is_left_alone(bare: Store, revision: str | None) -> None:
    foreign = MetaData()
    sa.Table("invoice", foreign, sa.Column("id", sa.Integer, primary_key=True))
    async with bare.engine.begin() as conn:
        await conn.run_sync(foreign.create_all)
        if revision is not None:
            await conn.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
            await conn.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")
    assert await schema.state(bare) is SchemaState.UNKNOWN
    for attempt in (schema.create, schema.migrate, schema.require_current):
        with pytest.raises(SchemaFault, match="not Vigie's"):
            await attempt(bare)


async def test_a_database_of_the_first_version_keeps_what_it_holds(bare: Store) -> None:
    async with bare.engine.connect() as conn, conn.begin():
        await conn.run_sync(_as_first_version)
    assert await schema.state(bare) is SchemaState.STALE
    await schema.migrate(bare)
    async with bare.read() as tx:
        rows = await tx.read(sa.select(officer.c.service))
        assert [row.service for row in rows] == [{"en": "RCMP", "fr": "RCMP"}]
        waits = await tx.read(sa.text("SELECT received_at, sent_at FROM inbox ORDER BY update_id"))
        assert [tuple(row) for row in waits] == [(7, 7), (9_000_000, 4_000_000)], (
            "by when it was sent, if that is known"
        )
        owed = await tx.read(sa.select(outbox.c.kind, outbox.c.facts).order_by(outbox.c.id))
    said = [message_from(row.kind, row.facts) for row in owed]
    assert [type(one) for one in said] == [Receipt, Welcome, Me]
    assert isinstance(said[1], Welcome)
    assert said[1].watches == (Kept(("08:00", "20:00"), tuple(range(7))),)
    assert isinstance(said[2], Me)
    assert said[2].service == Text("RCMP", "RCMP")


async def test_a_draft_goes_on_and_who_was_told_of_a_flash_still_reads_it(bare: Store) -> None:
    async with bare.engine.connect() as conn, conn.begin():
        await conn.run_sync(_with_a_flash_told)
    await schema.migrate(bare)
    async with bare.read() as tx:
        (draft,) = (await report_drafts.of(tx, {"willis"}))["willis"]
        assert (draft.slot, draft.id, draft.draft.answers) == (0, 7, {"time": "x"})
        assert [await report_readers.was_told(tx, report, "willis") for report in (3, 4)] == [True, False]
        assert await reports.sent_as(tx, "willis", 7) is None


_PERSON = {
    "code": "willis", "rank": {"en": "Cpl", "fr": "cap."}, "name": "Kelly Willis",
    "post": {"en": "Bamako", "fr": "Bamako"}, "timezone": "Africa/Bamako", "phone": None, "gender": "f",
    "mission": "MINUSMA",
}  # fmt: skip
_OWED_BY_THE_FIRST: dict[str, dict[str, Any]] = {
    "receipt": {
        "post": {"en": "Mopti", "fr": "Mopti"}, "sent_at": "2026-11-23T04:59:00Z",
        "received_at": "2026-11-23T04:59:01Z", "stated_at": None, "place": None, "remark": None, "next_due": None,
        "still_due": False, "late_for": None, "on_time": True, "help_open": False, "verify": False,
    },
    "welcome": {"person": _PERSON, "role": "officer", "times": ["08:00", "20:00"], "every": None},
    "me": {
        "person": _PERSON, "role": "officer", "service": "RCMP", "enrolled_at": None, "last_checkin": None,
        "next_due": None, "absent_until": None,
    },
}  # fmt: skip


def _with_a_flash_told(conn: Connection) -> None:
    config = schema._config()
    config.attributes["connection"] = conn
    command.upgrade(config, "0004")
    _people(conn)
    conn.exec_driver_sql(
        "INSERT INTO report_draft (officer, id, form, answers, ntr, mending, paused, language, started_at, touched_at)"
        """ VALUES ('willis', 7, 'meeting', '{"time": "x"}', '[]', 0, 0, 'en', 1, 1)"""
    )
    for report in (3, 4):
        conn.exec_driver_sql(
            "INSERT INTO report (id, number, year, serial, officer, post, mission, form, state, version, since, until,"
            " submitted_at) VALUES (?, ?, 2026, ?, 'willis', 'BKO', 'MINUSMA', 'flash', 'submitted', 1, 1, 1, 1)",
            (report, f"MLI-2026-000{report}", report),
        )
        conn.exec_driver_sql(
            "INSERT INTO report_version (report, number, form, answers, ntr, language, sent_at, received_at)"
            " VALUES (?, 1, 'flash', '{}', '[]', 'en', 1, 1)",
            (report,),
        )
    told = (("report:3", "flash_news"), ("report:3", "flash_news"), ("report:4", "report_new"), (None, "flash_news"))
    for number, (thread, kind) in enumerate(told):
        conn.exec_driver_sql(
            "INSERT INTO outbox (id, officer, kind, facts, priority, owed_at, not_before, state, thread)"
            " VALUES (?, 'willis', ?, '{}', 1, 0, 0, 'sent', ?)",
            (number, kind, thread),
        )


def _as_first_version(conn: Connection) -> None:
    config = schema._config()
    config.attributes["connection"] = conn
    command.upgrade(config, "0001")
    _people(conn)
    _owed_by_the_first(conn)


def _people(conn: Connection) -> None:
    conn.exec_driver_sql("INSERT INTO mission (code, name) VALUES ('MINUSMA', '{}')")
    conn.exec_driver_sql("INSERT INTO post (code, name, timezone) VALUES ('BKO', '{}', 'Africa/Bamako')")
    conn.exec_driver_sql(
        "INSERT INTO officer (code, rank, name, service, mission, post, role, language)"
        " VALUES ('willis', '{}', 'Kelly Willis', 'RCMP', 'MINUSMA', 'BKO', 'officer', 'en')"
    )


def _owed_by_the_first(conn: Connection) -> None:
    conn.exec_driver_sql("INSERT INTO inbox (bot, update_id, received_at, raw, state) VALUES (1, 1, 7, 'x', 'new')")
    conn.exec_driver_sql(
        "INSERT INTO inbox (bot, update_id, received_at, raw, state)"
        ' VALUES (1, 2, 9000000, CAST(\'{"update_id": 2, "message": {"date": 4}}\' AS BLOB), \'new\')'
    )
    for number, (kind, facts) in enumerate(_OWED_BY_THE_FIRST.items()):
        conn.exec_driver_sql(
            "INSERT INTO outbox (id, officer, kind, facts, priority, owed_at, not_before, state)"
            " VALUES (?, 'willis', ?, ?, 1, 0, 0, 'owed')",
            (number, kind, json.dumps(facts)),
        )

"""A backup is whole or absent; a restore keeps what it replaces and sends nothing that was owed long ago."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.message import Priority
from bot.domain.talk import Privacy
from bot.store import agenda, backup, contact_card, errand, inbox, outbox, schema, sending
from bot.store.backup import BackupFault
from bot.store.engine import Store, Tx, open_store
from bot.store.inbox import Fresh
from bot.store.schema import SchemaState
from bot.store.tables import audit
from bot.store.tables import outbox as owed
from tests.store.conftest import NOW, url


async def _put(store: Store, value: str) -> None:
    async with store.begin() as tx:
        agenda.put_fact(tx, "mark", value)


async def _fact(store: Store) -> str | None:
    async with store.read() as tx:
        return await agenda.get_fact(tx, "mark")


def _fact_in(database: Path) -> str:
    with closing(sqlite3.connect(database)) as conn:
        return str(conn.execute("SELECT value FROM fact WHERE name = 'mark'").fetchone()[0])


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
async def saved(store: Store, tmp_path: Path) -> Path:
    """A backup whose mark is `then`, of a closed database whose mark is `now`."""
    target = tmp_path / "elsewhere" / "saved.db"
    target.parent.mkdir()
    await _put(store, "then")
    await backup.backup(store, target)
    await _put(store, "now")
    await store.close()
    return target


async def test_a_backup_is_one_whole_private_file(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    await _put(store, "kept")
    await backup.backup(store, folder / "saved.db")
    assert _names(folder) == {"saved.db"}
    assert (folder / "saved.db").stat().st_mode & 0o777 == 0o600
    assert _fact_in(folder / "saved.db") == "kept"


async def test_a_backup_is_taken_while_a_transaction_is_open(store: Store, tmp_path: Path) -> None:
    await _put(store, "committed")
    async with store.begin() as tx:
        agenda.put_fact(tx, "mark", "not yet")
        await tx.flush()
        await backup.backup(store, tmp_path / "saved.db")
    assert _fact_in(tmp_path / "saved.db") == "committed"
    assert await _fact(store) == "not yet"


async def test_what_was_deleted_is_not_in_a_backup(store: Store, tmp_path: Path) -> None:
    async with store.begin() as tx:
        inbox.add(tx, 1, [Fresh(1, NOW, b"14.4843 north"), Fresh(2, NOW, b"other")])
    async with store.begin() as tx:
        inbox.done(tx, (await inbox.waiting(tx, 1))[0])
    await backup.backup(store, tmp_path / "saved.db")
    content = _content(tmp_path / "saved.db")
    assert b"14.4843" not in content
    assert b"other" in content


async def test_an_existing_file_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    before = _names(tmp_path)
    with pytest.raises(BackupFault, match="exists already"):
        await backup.backup(store, target)
    assert target.read_text() == "precious"
    assert _names(tmp_path) == before


async def test_a_backup_takes_no_name_that_is_the_databases_own_or_none(
    store: Store, database: Path, tmp_path: Path
) -> None:
    await store.close()
    before = _names(tmp_path)
    for ending in ("-wal", "-shm", "-journal", "-lock"):
        with pytest.raises(BackupFault, match="belongs to Vigie's database"):
            await backup.backup(store, Path(f"{database}{ending}"))
    with pytest.raises(BackupFault, match="is a folder: expected the name of a new file in it"):
        await backup.backup(store, tmp_path)
    assert _names(tmp_path) == before


async def test_a_stale_database_is_backed_up_beside_itself_before_it_is_migrated(
    store: Store, database: Path, clock: MovableClock, later: Callable[[str], None]
) -> None:
    await _put(store, "then")
    later("pass")
    first = await backup.before_migration(store, clock.now())
    assert first == database.with_name("vigie.before-migrate-20080227T154500Z.db")
    assert (await backup.before_migration(store, clock.now())).name == "vigie.before-migrate-20080227T154500Z-2.db"
    await schema.migrate(store)
    assert _fact_in(first) == "then"
    assert schema.look(first) is SchemaState.STALE


async def test_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="No such file or directory"):
        await backup.backup(store, tmp_path / "nowhere" / "saved.db")


async def test_a_damaged_database_gives_no_backup(store: Store, database: Path, tmp_path: Path) -> None:
    await _put(store, "x" * 50_000)
    await store.close()
    _damage(database)
    before = _names(tmp_path)
    broken = open_store(url(database), lambda: NOW)
    with pytest.raises(BackupFault, match=r"saved\.db was not written|damaged"):
        await backup.backup(broken, tmp_path / "saved.db")
    await broken.close()
    assert _names(tmp_path) - before <= {"vigie.db-wal", "vigie.db-shm"}


@pytest.mark.parametrize("address", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "postgresql://host/vigie"])
def test_only_a_file_has_backups(address: str) -> None:
    with pytest.raises(BackupFault, match="only an SQLite file"):
        backup.database_file(address)


async def test_a_restore_keeps_what_it_replaces(saved: Path, database: Path, clock: MovableClock) -> None:
    done = await backup.restore(saved, database, clock.now)
    assert done.kept == database.with_name("vigie.before-restore-20080227T154500Z.db")
    assert _fact_in(database) == "then"
    assert _fact_in(done.kept) == "now"
    assert _fact_in(saved) == "then"
    assert _names(database.parent) == {"elsewhere", database.name, done.kept.name}
    again = await backup.restore(saved, database, clock.now)
    assert again.kept == database.with_name("vigie.before-restore-20080227T154500Z-2.db")
    assert _fact_in(done.kept) == "now"


async def test_a_restore_onto_nothing(saved: Path, tmp_path: Path, clock: MovableClock) -> None:
    done = await backup.restore(saved, tmp_path / "new.db", clock.now)
    assert done.kept is None
    assert _fact_in(tmp_path / "new.db") == "then"


async def test_a_restored_message_is_parked_and_told_in_the_audit(
    store: Store, database: Path, tmp_path: Path, clock: MovableClock, enrol: Callable[[Tx, str, int], None]
) -> None:
    async with store.begin() as tx:
        enrol(tx, "willis", 101)
        outbox.owe(tx, Privacy(), to="willis")
        outbox.owe(tx, Privacy(), to="willis")
        contact_card.put(tx, "willis", "a card")
        contact_card.keep_looked(tx, "as of now")
    async with store.begin() as tx:
        assert len(await sending.claim(tx, 1, Priority.BULK)) == 1
    await backup.backup(store, tmp_path / "saved.db")
    await store.close()
    clock.move(timedelta(days=2))
    done = await backup.restore(tmp_path / "saved.db", database, clock.now)
    assert done.parked == 2
    restored = open_store(url(database), clock.now)
    async with restored.begin() as tx:
        assert await sending.release(tx) == 0
        assert await sending.claim(tx, 9, Priority.BULK) == []
        assert {row.error for row in await tx.read(select(owed))} == {"restored from a backup"}
        entry = (await tx.read(select(audit)))[0]
        assert (entry.actor, entry.action, entry.at) == ("vigie", "restored", NOW + timedelta(days=2))
        assert entry.details["messages_parked"] == 2
        assert await contact_card.held(tx, ["willis"]) == {}, "everybody gets the emergency card anew"
        assert await contact_card.looked(tx) is None
    await restored.close()


async def test_a_restored_mail_is_parked_like_a_message_and_what_is_only_fetched_is_not(
    store: Store, database: Path, tmp_path: Path, clock: MovableClock
) -> None:
    async with store.begin() as tx:
        errand.owe(tx, "mail", "sitrep:3")
        errand.owe(tx, "fetch", "attachment:7")
    await backup.backup(store, tmp_path / "saved.db")
    await store.close()
    assert (await backup.restore(tmp_path / "saved.db", database, clock.now)).parked == 1
    restored = open_store(url(database), clock.now)
    async with restored.begin() as tx:
        taken = await errand.claim(tx)
        assert taken is not None
        assert (taken.kind, taken.subject) == ("fetch", "attachment:7")
        assert await errand.claim(tx) is None
    await restored.close()


async def test_what_a_killed_vigie_left_in_its_journal_is_kept(
    store: Store, database: Path, tmp_path: Path, clock: MovableClock
) -> None:
    await _put(store, "then")
    await backup.backup(store, tmp_path / "saved.db")
    await _put(store, "now")
    journal = Path(f"{database}-wal")
    left = _content(database), _content(journal)
    await store.close()
    _write(database, left[0])
    _write(journal, left[1])
    done = await backup.restore(tmp_path / "saved.db", database, clock.now)
    assert done.kept is not None
    assert _fact_in(done.kept) == "now"
    assert _fact_in(database) == "then"


async def test_a_damaged_database_is_replaced_and_kept_with_its_journal(
    saved: Path, database: Path, clock: MovableClock
) -> None:
    journal = Path(f"{database}-wal")
    _write(database, b"scrambled" * 1000)
    _write(journal, b"scrambled too")
    done = await backup.restore(saved, database, clock.now)
    assert _fact_in(database) == "then"
    assert done.kept is not None
    assert _content(done.kept) == b"scrambled" * 1000
    assert _content(Path(f"{done.kept}-wal")) == b"scrambled too"


async def test_a_restore_is_refused_while_somebody_writes(saved: Path, database: Path, clock: MovableClock) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupFault, match="in use"):
            await backup.restore(saved, database, clock.now)
    assert _fact_in(database) == "now"


async def test_what_is_no_backup_is_refused_and_changes_nothing(
    saved: Path, database: Path, tmp_path: Path, clock: MovableClock
) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as conn:
        conn.execute("CREATE TABLE invoice (id)")
    newer = tmp_path / "newer.db"
    _write(newer, _content(saved))
    with closing(sqlite3.connect(newer)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    text = tmp_path / "notes.txt"
    text.write_text("SQLite is nice")
    torn = tmp_path / "torn.db"
    _write(torn, _content(saved)[:20_000])
    damaged = tmp_path / "damaged.db"
    _write(damaged, _content(saved))
    _damage(damaged)
    content = _content(database)
    before = _names(tmp_path)
    for source, told in (
        (foreign, "not a Vigie database"),
        (newer, "newer Vigie"),
        (text, "not an SQLite database"),
        (torn, "damaged|malformed"),
        (damaged, "damaged|malformed"),
        (database, "the database itself"),
        (tmp_path / "missing.db", "No such file"),
        (tmp_path, "Is a directory"),
    ):
        with pytest.raises(BackupFault, match=told) as fault:
            await backup.restore(source, database, clock.now)
        assert "\n" not in str(fault.value)
    assert _content(database) == content
    assert _names(tmp_path) == before


async def test_an_older_backup_is_migrated_as_it_comes_in(
    saved: Path, database: Path, clock: MovableClock, later: Callable[[str], None]
) -> None:
    later("pass")
    await backup.restore(saved, database, clock.now)
    restored = open_store(url(database), clock.now)
    await schema.require_current(restored)
    assert await _fact(restored) == "then"
    await restored.close()


def _content(file: Path) -> bytes:
    return file.read_bytes()


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _damage(database: Path) -> None:
    """Overwrite the second half of the file, as a bad disk would."""
    content = _content(database)
    half = len(content) // 2
    _write(database, content[:half] + b"\xa5" * (len(content) - half))

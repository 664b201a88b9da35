"""Backups: a copy of the running database, and the way back."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.store import audit, contact_card, errand, schema, sending
from bot.store.engine import Store, open_store
from bot.store.schema import SchemaFault, SchemaState

_MAGIC = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database that is or was open


class BackupFault(Exception):  # noqa: N818 (one word for what the person is told)
    """A backup or a restore that was not carried out; the text is one line that says why."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the former database is kept, if there was one, and how many messages were parked."""

    kept: Path | None
    parked: int


def database_file(url: str | URL) -> Path:
    """Return the file of an SQLite database's URL; raise BackupFault for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise BackupFault("only an SQLite file is backed up and restored by Vigie: use your database's own tools")
    return Path(parsed.database or "")


async def backup(store: Store, target: Path) -> None:
    """Write a checked copy of the database to `target` while Vigie runs; raises BackupFault and leaves no file if not.

    The copy is one state of the database, without what was deleted from it (expired places stay expired). It bears
    its name only once it is whole and on the disk. An existing file is never overwritten.
    """
    await asyncio.to_thread(_backup, database_file(store.engine.url), target)


async def before_migration(store: Store, now: datetime) -> Path:
    """Write a backup beside the database, under a name with the time in it, and return it; raises BackupFault."""
    database = database_file(store.engine.url)
    target = _free_name(database, "before-migrate", now)
    await asyncio.to_thread(_backup, database, target)
    return target


def belongs_to(url: str | URL, target: Path) -> bool:
    """Return whether `target` is an SQLite database or what SQLite or Vigie keeps beside it, there or not."""
    try:
        database = database_file(url).resolve()
    except BackupFault:
        return False
    return target.resolve() in {Path(f"{database}{ending}") for ending in ("", *_BESIDE, "-lock")}


async def restore(source: Path, database: Path, clock: Callable[[], datetime]) -> Restored:
    """Put the backup `source` in the place of `database`; the caller holds the process lock, so that nothing runs.

    1. Check the backup and copy it beside the database: it must be a whole SQLite file.
    2. In the copy: it must be Vigie's, of this version or older; bring it to this version's tables.
    3. Park every message owed, because what a backup owed was sent long ago, and write the audit entry. Emergency cards
       are the exception: everybody gets theirs anew, as a parked one is on no phone.
    4. Keep the present database under a name with the time in it, and put the copy in its place.

    The present database is untouched until step 4, the backup always. Raises BackupFault.
    """
    with _told(f"{source} was not restored"), _temporary(database) as copy:
        await asyncio.to_thread(_take, source, database, copy)
        parked = await _settle(copy, source, clock)
        kept = await asyncio.to_thread(_put_in_place, copy, database, clock())
    return Restored(kept, parked)


def _backup(database: Path, target: Path) -> None:
    with _told(f"{target} was not written"):
        if not database.is_file():
            raise BackupFault(f"there is no database at {database}")
        _refuse_name(database, target)
        with _temporary(target) as copy:
            _copy(database, copy)
            _check(copy, f"the database {database}")
            _sync(copy)
            _refuse_name(database, target)
            copy.rename(target)
        _sync(target.parent)


def _take(source: Path, database: Path, copy: Path) -> None:
    with source.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BackupFault(f"{source} is not an SQLite database")
    if database.exists() and source.samefile(database):
        raise BackupFault(f"{source} is the database itself")
    _check(source, "the backup")
    _copy(source, copy)
    _check(copy, "the copy of the backup")


async def _settle(copy: Path, source: Path, clock: Callable[[], datetime]) -> int:
    url = URL.create("sqlite+aiosqlite", database=str(copy)).render_as_string()
    store = open_store(url, clock)
    try:
        found = await schema.state(store)
        if found is SchemaState.AHEAD:
            raise BackupFault(f"{source} was made by a newer Vigie: restore it with that version")
        if found in {SchemaState.EMPTY, SchemaState.UNKNOWN}:
            raise BackupFault(f"{source} is not a Vigie database")
        await schema.migrate(store)
        async with store.begin() as tx:
            parked = await sending.park_all(tx) + await errand.park(tx)
            contact_card.drop_all(tx)
            audit.note(tx, audit.SYSTEM, "restored", messages_parked=parked, was=found.value)
        return parked
    finally:
        await store.close()


def _put_in_place(copy: Path, database: Path, now: datetime) -> Path | None:
    _fold(copy)
    _sync(copy)
    kept = _free_name(database, "before-restore", now)
    had_one = database.exists()
    if had_one:
        _fold_if_whole(database)
    # A journal left here would be played into the new database and spoil it.
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{database}{ending}").rename(f"{kept}{ending}")
    if had_one:
        try:
            kept.hardlink_to(database)  # so that there is a database under its name at every instant
        except OSError:
            database.rename(kept)
    copy.replace(database)
    _sync(database.parent)
    return kept if had_one else None


def _copy(database: Path, copy: Path) -> None:
    # Not the backup API: VACUUM INTO leaves out deleted rows, which the file's free pages still hold.
    with closing(_open(database, "ro")) as conn:
        conn.execute("VACUUM INTO ?", (str(copy),))


def _check(file: Path, called: str) -> None:
    with closing(_open(file, "ro")) as conn:
        found = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupFault(f"{called} is damaged: {' '.join(str(found).split())}")


def _fold(database: Path) -> None:
    """Bring everything into the one file, so that it can be moved alone."""
    with closing(_open(database, "rw")) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")


def _fold_if_whole(database: Path) -> None:
    """Do so unless the file is damaged, which may be why it is replaced: SQLite might then delete its journal."""
    try:
        _check(database, "the database")
    except (sqlite3.DatabaseError, BackupFault):
        return
    try:
        _fold(database)
    except sqlite3.OperationalError as error:
        raise BackupFault(f"{database} is in use by another process") from error


def _open(database: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)


def _sync(path: Path) -> None:
    """Have the disk hold a file's content, or a folder's names."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _refuse_name(database: Path, target: Path) -> None:
    if target.is_dir():
        raise BackupFault(
            f"{target} is a folder: expected the name of a new file in it, such as {target / 'vigie.backup'}"
        )
    if os.path.lexists(target):
        raise BackupFault(f"{target} exists already: a backup never overwrites a file; expected a new name")
    if belongs_to(URL.create("sqlite", database=str(database)), target):
        raise BackupFault(f"{target} belongs to Vigie's database: expected a file of another name")


def _free_name(database: Path, why: str, now: datetime) -> Path:
    name = f"{database.stem}.{why}-{now:%Y%m%dT%H%M%SZ}"
    kept = database.with_name(f"{name}{database.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{name}-{number}{database.suffix}")
    return kept


@contextmanager
def _temporary(near: Path) -> Iterator[Path]:
    """Give an empty file beside `near` that only its owner can read; at the end it is gone, unless it was renamed."""
    file, name = tempfile.mkstemp(prefix=f".{near.name}.", suffix=".partial", dir=near.parent)
    os.close(file)
    try:
        yield Path(name)
    finally:
        for ending in ("", *_BESIDE):
            Path(f"{name}{ending}").unlink(missing_ok=True)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say in one line what the disk, SQLite or the schema refused."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError, SchemaFault) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        raise BackupFault(f"{what}: {reason}") from error

"""One Vigie for one database: two would answer every officer twice and fight for Telegram's updates."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import make_url


class AlreadyRunning(Exception):  # noqa: N818 (it says what is the case; nothing is broken)
    """Another Vigie works with this data folder or database. `pid` is its process, if it could be read."""

    def __init__(self, path: Path, pid: int | None, what: str = "data folder") -> None:
        """Name the lock file, who holds it, and what it guards."""
        who = f"process {pid}" if pid is not None else "another process"
        super().__init__(f"Vigie is already running with this {what}: {who} holds {path}")
        self.path = path
        self.pid = pid


class ProcessLock:
    """The lock on a data folder and on its database; use it as a context manager, or `acquire` and `release`.

    The operating system lets go of it however the process ends, kill -9 included, so a stale lock cannot exist. The
    files themselves stay: deleting one would let two processes lock two files of one name.
    """

    def __init__(self, data_dir: Path, database_url: str = "") -> None:
        """Name the folder and the database, which may lie elsewhere; nothing is opened yet."""
        self.path = data_dir / "vigie.lock"
        self.beside = lock_file(database_url)
        self._file: int | None = None
        self._other: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise AlreadyRunning. The data folder is made if it is missing."""
        if self._file is not None:
            raise RuntimeError("this lock is already taken")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = _take(self.path, "data folder")
        if self.beside is not None:
            try:
                self._other = _take(self.beside, "database")
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Let the lock go; a lock that is not held is left alone."""
        held, self._other, self._file = (self._other, self._file), None, None
        for file in held:
            if file is not None:
                os.ftruncate(file, 0)
                os.close(file)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock_file(database_url: str) -> Path | None:
    """Return the lock file beside an SQLite database, by its resolved path; a server's database has none."""
    if not database_url:
        return None
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    # Not `.lock`: a database that is called "vigie" would then have the name of its folder's lock.
    return Path(f"{Path(url.database or '').resolve()}-lock")


def _take(path: Path, what: str) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
    except BlockingIOError:
        pid = _pid_in(file)
        os.close(file)
        raise AlreadyRunning(path, pid, what) from None
    except OSError as error:
        os.close(file)
        error.filename = str(path)  # a full disk does not say which file it has no room for
        raise
    return file


def _pid_in(file: int) -> int | None:
    text = os.pread(file, 32, 0).strip()
    return int(text) if text.isdigit() else None

"""One Vigie for one data folder: two would answer every officer twice and fight for Telegram's updates."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class AlreadyRunning(Exception):  # noqa: N818 (it says what is the case; nothing is broken)
    """Another Vigie works with this data folder. `pid` is its process, if it could be read."""

    def __init__(self, path: Path, pid: int | None) -> None:
        """Name the lock file and who holds it."""
        who = f"process {pid}" if pid is not None else "another process"
        super().__init__(f"Vigie is already running with this data folder: {who} holds {path}")
        self.path = path
        self.pid = pid


class ProcessLock:
    """The lock on `vigie.lock` in a data folder; use it as a context manager, or `acquire` and `release`.

    The operating system lets go of it however the process ends, kill -9 included, so a stale lock cannot exist. The
    file itself stays: deleting it would let two processes lock two files of one name.
    """

    def __init__(self, data_dir: Path) -> None:
        """Name the folder; nothing is opened yet."""
        self.path = data_dir / "vigie.lock"
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise AlreadyRunning. The folder is made if it is missing."""
        if self._file is not None:
            raise RuntimeError("this lock is already taken")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = _pid_in(file)
            os.close(file)
            raise AlreadyRunning(self.path, pid) from None
        except BaseException:
            os.close(file)
            raise
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Let the lock go; a lock that is not held is left alone."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _pid_in(file: int) -> int | None:
    text = os.pread(file, 32, 0).strip()
    return int(text) if text.isdigit() else None

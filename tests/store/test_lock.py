"""One Vigie for one data folder and one database, whatever became of the last one."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.lock import AlreadyRunning, ProcessLock

_HOLD = """
import sys, time
from pathlib import Path
from bot.store.lock import ProcessLock
with ProcessLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_is_taken_and_let_go(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    with ProcessLock(folder) as lock:
        assert lock.path == folder / "vigie.lock"
        assert lock.path.read_text() == f"{os.getpid()}\n"
    assert lock.path.read_text() == ""
    with ProcessLock(folder):
        pass


def test_a_second_lock_is_refused_with_the_holder(tmp_path: Path) -> None:
    with ProcessLock(tmp_path):
        with pytest.raises(AlreadyRunning) as refused:
            ProcessLock(tmp_path).acquire()
        assert refused.value.pid == os.getpid()
        assert str(os.getpid()) in str(refused.value)
        assert str(tmp_path / "vigie.lock") in str(refused.value)
        with ProcessLock(tmp_path / "another"):
            pass


def test_one_database_has_one_lock_whatever_the_data_folder(tmp_path: Path) -> None:
    real = tmp_path / "vigie"  # its folder's own lock is vigie.lock
    alias = tmp_path / "alias"
    alias.symlink_to(real)
    with ProcessLock(tmp_path, f"sqlite+aiosqlite:///{real}") as lock:
        assert lock.beside == tmp_path / "vigie-lock"
        other = ProcessLock(tmp_path / "other", f"sqlite+aiosqlite:///{alias}")
        for _ in range(2):
            with pytest.raises(AlreadyRunning, match="already running with this database: process") as refused:
                other.acquire()
            assert refused.value.path == tmp_path / "vigie-lock"
        with ProcessLock(tmp_path / "other", f"sqlite+aiosqlite:///{tmp_path / 'another.db'}"):
            pass
    with other:
        pass


@pytest.mark.parametrize("url", ["", "sqlite+aiosqlite://", "postgresql+asyncpg://host/vigie"])
def test_a_database_without_a_file_has_no_lock_of_its_own(tmp_path: Path, url: str) -> None:
    with ProcessLock(tmp_path, url) as lock:
        assert lock.beside is None
        assert [one.name for one in tmp_path.iterdir()] == ["vigie.lock"]


def test_a_disk_without_room_is_told_with_the_name_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.pwrite", full)
    lock = ProcessLock(tmp_path)
    with pytest.raises(OSError, match="No space left") as told:
        lock.acquire()
    assert told.value.filename == str(tmp_path / "vigie.lock")
    monkeypatch.undo()
    with lock:
        pass


def test_an_unreadable_holder_is_refused_all_the_same(tmp_path: Path) -> None:
    with ProcessLock(tmp_path) as lock:
        lock.path.write_text("who knows")
        with pytest.raises(AlreadyRunning, match="another process") as refused:
            ProcessLock(tmp_path).acquire()
        assert refused.value.pid is None


def test_a_lock_is_not_taken_twice_and_may_be_released_twice(tmp_path: Path) -> None:
    lock = ProcessLock(tmp_path)
    lock.release()
    lock.acquire()
    with pytest.raises(RuntimeError):
        lock.acquire()
    lock.release()
    lock.release()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning) as refused:
            ProcessLock(tmp_path).acquire()
        assert refused.value.pid == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with ProcessLock(tmp_path) as lock:
        assert lock.path.read_text() == f"{os.getpid()}\n"

"""The real program as a process of its own, which can be killed."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Process:
    """`python -m bot ...` with only the settings given; what it writes goes to a file in its folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *words: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "stderr.log"
        self._folder, self._words = folder, words or ("run",)
        self._settings = {"VIGIE_DATA_DIR": str(folder / "data"), "VIGIE_LOG_FORMAT": "json", **settings}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        env = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **self._settings}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *self._words, env=env, cwd=self._folder, stdout=log, stderr=log
            )

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """Kill it at whatever instruction it is."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Tell it to stop, as an operator does, and return its exit code."""
        return await self._end(signal.SIGTERM)

    async def wait(self) -> int:
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 30)

    async def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        if self.running:
            self._process.send_signal(how)
        return await self.wait()

    def rows(self, sql: str) -> list[Any]:
        """Read what the database holds, beside the running program."""
        file = self._folder / "data" / "vigie.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as db:
            return db.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

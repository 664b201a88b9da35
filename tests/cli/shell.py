"""Runs the real command `vigie` in a process of its own, beside whatever the test runs."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.kit import Scene

TREE = Path(__file__).parents[2]
MALI = TREE / "bot" / "demo" / "mali.toml"
TOKEN = "700000001:demo-token"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it printed."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")


class Shell:
    """The settings of one data folder."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {"VIGIE_DATA_DIR": str(folder), **settings}

    async def run(self, *words: object, **settings: str) -> Ran:
        """Run one command to its end."""
        env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(TREE), "COLUMNS": "200", **self.settings, **settings}
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *map(str, words),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self.folder.parent,
            env=env,
        )
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return Ran(process.returncode or 0, out, err.decode("utf-8"))


def beside(scene: Scene, **settings: str) -> Shell:
    """Return the shell of a running scene: the same database, the same stand-in."""
    return Shell(
        scene.folder,
        VIGIE_TELEGRAM_TOKEN=scene.telegram.token,
        VIGIE_TELEGRAM_API_URL=scene.telegram.url,
        **settings,
    )

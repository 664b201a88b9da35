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


# The command of a later version of Vigie, whose migrations are those of a folder.
_LATER = """
import sys
from pathlib import Path
from bot.cli import main
from bot.store import schema
schema._MIGRATIONS = Path({folder!r})
main()
"""


class Shell:
    """The settings of one data folder; `migrations` makes it a later version's."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {"VIGIE_DATA_DIR": str(folder), **settings}
        self.migrations: Path | None = None

    async def run(self, *words: object, out: int = asyncio.subprocess.PIPE, **settings: str) -> Ran:
        """Run one command to its end; `out` is where it writes if not to us."""
        env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(TREE), "COLUMNS": "200", **self.settings, **settings}
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(("-c", _LATER.format(folder=str(self.migrations))) if self.migrations else ("-m", "bot")),
            *map(str, words),
            stdout=out,
            stderr=asyncio.subprocess.PIPE,
            cwd=self.folder.parent,
            env=env,
        )
        written, err = await asyncio.wait_for(process.communicate(), 60)
        return Ran(process.returncode or 0, written or b"", err.decode("utf-8"))


def beside(scene: Scene, **settings: str) -> Shell:
    """Return the shell of a running scene: the same database, the same stand-in."""
    return Shell(
        scene.folder,
        VIGIE_TELEGRAM_TOKEN=scene.telegram.token,
        VIGIE_TELEGRAM_API_URL=scene.telegram.url,
        **settings,
    )

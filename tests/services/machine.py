"""What every state machine of this folder stands on: a database of its own, a clock that moves, a way to be killed."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from bot.clock import MovableClock
from bot.domain.errors import RefusalError
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store.engine import Store, Tx, open_store
from bot.store.tables import metadata

ROSTER = (Path(__file__).parents[2] / "bot" / "demo" / "mali.toml").read_text(encoding="utf-8")


class Machine(RuleBasedStateMachine):
    """The demo's contingent at `start`; `with_phones` are bound to phones 1, 2, … in this order."""

    start: datetime
    with_phones: Sequence[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="vigie-machine-"))
        self.runner = asyncio.Runner()
        self.clock = MovableClock(self.start, held=True)
        self.store: Store = self._open()
        self.do(self._make)

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def do(self, work: Callable[[Tx], Awaitable[Any]]) -> Any:
        async def go() -> Any:
            async with self.store.begin() as tx:
                return await work(tx)

        return self.runner.run(go())

    def do_as(self, code: str, work: Callable[[Tx, Any], Awaitable[Any]]) -> Any:
        """What an officer does; one who is refused has done nothing, and gets nothing."""

        async def go(tx: Tx) -> Any:
            who = (await officers.by_code(tx, {code}))[code]
            with suppress(RefusalError):
                async with tx.savepoint():
                    return await work(tx, who)
            return None

        return self.do(go)

    def kill_and_start(self) -> None:
        self.runner.run(self.store.close())
        self.store = self._open()

    def _open(self) -> Store:
        return open_store(f"sqlite+aiosqlite:///{self.folder}/vigie.db", self.clock.now)

    async def _make(self, tx: Tx) -> None:
        await tx._conn.run_sync(metadata.create_all)
        await load(tx, parse(ROSTER, "mali.toml"))
        for number, code in enumerate(self.with_phones, start=1):
            officers.bind_phone(tx, code, number)

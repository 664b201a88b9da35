"""The demo's clock: a move is not a leap, each of its minutes passes, and what falls due on the way happens in time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.clock import MovableClock

MINUTE = timedelta(minutes=1)
# So many seconds, at most, the next minute waits for messages that are on their way, so that they carry their own time.
PATIENCE_S = 1.0


class PassingClock(MovableClock):
    """A clock whose moves are carried out by `run`, minute by minute; without it a move is a leap."""

    _left = timedelta()
    _running = False
    _asked: asyncio.Event

    def move(self, by: timedelta) -> datetime:
        """Let the time pass as soon as `run` comes to it; return the present instant."""
        if not self._running:
            return super().move(by)
        self._left += by
        self._asked.set()
        return self.now()

    async def run(self, minute: Callable[[], Awaitable[bool]], idle: Callable[[], bool]) -> None:
        """Carry out moves until cancelled. `minute` does what falls due, and tells whether anything did."""
        self._asked = asyncio.Event()
        self._running = True
        try:
            while True:
                await self._asked.wait()
                self._asked.clear()
                while self._left > timedelta():
                    self._step()
                    if await minute():
                        await _until(idle)
        finally:
            self._running = False

    def _step(self) -> None:
        now = self.now()
        whole = now.replace(second=0, microsecond=0) + MINUTE
        step = min(whole - now, self._left)
        self._left -= step
        super().move(step)


async def _until(true: Callable[[], bool]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                await asyncio.sleep(0.01)

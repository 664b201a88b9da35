"""The demo's clock: a move is not a leap, the time between passes, and what falls due happens on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import MovableClock

STEP = timedelta(seconds=30)
# The next step waits, one second at most, for messages that are on their way, so that they carry their own time.
LOOK_S = 0.01
LOOKS = 100


class PassingClock(MovableClock):
    """A clock whose moves are carried out by `run`, half a minute at a time; without it a move is a leap."""

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

    async def run(self, step: Callable[[], Awaitable[bool]], idle: Callable[[], bool]) -> None:
        """Carry out moves until cancelled. `step` does what falls due, and tells whether anything did."""
        self._asked = asyncio.Event()
        self._running = True
        try:
            while True:
                await self._asked.wait()
                self._asked.clear()
                while self._left > timedelta():
                    self._step()
                    if await step():
                        await _until(idle)
        finally:
            self._running = False

    def _step(self) -> None:
        now = self.now()
        step = min(STEP - (now - datetime.min.replace(tzinfo=now.tzinfo)) % STEP, self._left)
        self._left -= step
        super().move(step)


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(LOOKS):
        if true():
            return
        await asyncio.sleep(LOOK_S)

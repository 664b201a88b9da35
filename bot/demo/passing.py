"""The demo's clock: the time between passes, and what falls due happens on the way; only a day or more is a leap."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import MovableClock

STEP = timedelta(seconds=30)
# So much would take minutes to pass, and fill every phone with alerts of each hour: it is slept through instead.
LEAP = timedelta(days=1)
# The next step waits, one second at most, for messages that are on their way, so that they carry their own time.
LOOK_S = 0.01
LOOKS = 100


class PassingClock(MovableClock):
    """A clock whose moves are carried out by `run`, half a minute at a time; without it a move is a leap.

    A move of a day or more is one also with it: the bot finds the time gone, as on a machine that slept.
    """

    _left = timedelta()
    _leaps = timedelta()
    _running = False
    _asked: asyncio.Event

    def move(self, by: timedelta) -> datetime:
        """Let the time pass as soon as `run` comes to it; return the present instant."""
        if not self._running:
            return super().move(by)
        if by >= LEAP:
            self._leaps += by
        else:
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
                while self._left + self._leaps > timedelta():
                    self._step()
                    if await step():
                        await _until(idle)
        finally:
            self._running = False

    def _step(self) -> None:
        if self._leaps:
            leap, self._leaps = self._leaps, timedelta()
            super().move(leap)
            return
        now = self.now()
        step = min(STEP - (now - datetime.min.replace(tzinfo=now.tzinfo)) % STEP, self._left)
        self._left -= step
        super().move(step)


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(LOOKS):
        if true():
            return
        await asyncio.sleep(LOOK_S)

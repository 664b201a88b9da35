"""Long polling: getUpdates."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import monotonic
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.refusal import conflict
from bot.demo.telegram.update import Pending

LIMIT = 100
LONGEST = 50  # seconds
GATHER = 0.001  # seconds that a waiting poll stays after the first update, so that a burst comes in one answer
AGAIN = 0.5  # a poll that repeats its offset within so many seconds gets one update: it may be choking on a batch
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass
class Waiting:
    """A poll that waits for its first update; the result tells whether to answer or to cut the line."""

    done: "asyncio.Future[bool]"
    until: datetime


class Poll:
    """The one poll that may wait. Its timeout runs on real time and on the movable clock, whichever ends first."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._waiting: Waiting | None = None
        self.waits = asyncio.Event()
        self._answered: tuple[int, float] = (0, float("-inf"))

    @property
    def open(self) -> bool:
        """Tell whether a poll is waiting."""
        return self._waiting is not None

    async def get(self, params: Mapping[str, Any], gone: Callable[[], bool]) -> list[Pending] | None:
        """Answer getUpdates; None means that nobody is there to hear it or that the line is cut."""
        updates = self._exchange.updates
        offset = int(params.get("offset", 0))
        limit = min(LIMIT, max(1, int(params.get("limit", LIMIT))))
        timeout = min(LONGEST, max(0, int(params.get("timeout", 0))))
        if "allowed_updates" in params:
            updates.allow(params["allowed_updates"])
        if (last := self._answered)[0] == offset and monotonic() - last[1] < AGAIN:
            limit = 1
        updates.acknowledge(offset)
        self.terminate(TERMINATED)
        if not updates and timeout > 0 and not await self._wait(timeout):
            return None
        if gone():
            return None
        batch = updates.first(limit)
        if batch:
            self._answered = (offset, monotonic())
        return batch

    async def _wait(self, timeout: float) -> bool:
        loop = asyncio.get_running_loop()
        waiting = Waiting(loop.create_future(), self._exchange.clock.now() + timedelta(seconds=timeout))
        self._waiting = waiting
        self.waits.set()
        timer = loop.call_later(timeout, _settle, waiting, True)
        try:
            return await waiting.done
        finally:
            timer.cancel()
            if self._waiting is waiting:
                self._waiting = None
                self.waits.clear()

    def wake(self) -> None:
        """Let the waiting poll answer: there is an update."""
        if self._waiting is not None:
            asyncio.get_running_loop().call_later(GATHER, _settle, self._waiting, True)

    def moved(self) -> None:
        """Let the waiting poll answer if its time has run out on the movable clock, or something is left for it."""
        if self._waiting is not None and self._exchange.clock.now() >= self._waiting.until:
            _settle(self._waiting, True)

    def cut(self) -> None:
        """Cut the waiting poll's line."""
        if self._waiting is not None:
            _settle(self._waiting, False)

    def terminate(self, reason: str) -> None:
        """Answer the waiting poll with 409."""
        waiting, self._waiting = self._waiting, None
        self.waits.clear()
        if waiting is not None and not waiting.done.done():
            waiting.done.set_exception(conflict(reason))


def _settle(waiting: Waiting, answer: bool) -> None:
    if not waiting.done.done():
        waiting.done.set_result(answer)

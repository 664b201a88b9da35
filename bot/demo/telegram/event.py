"""Events for the pages that watch: a slow page misses no state, and a burst costs it one event."""

import asyncio
from typing import Any


class Subscription:
    """One page's events that it has not read yet; a newer event about the same thing replaces the older."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, object], Any] = {}
        self._ready = asyncio.Event()
        self.closed = False

    def put(self, kind: str, key: object, data: Any) -> None:
        """Add an event."""
        self._waiting[(kind, key)] = data
        self._ready.set()

    def close(self) -> None:
        """End the subscription."""
        self.closed = True
        self._ready.set()

    async def take(self, timeout: float) -> list[tuple[str, Any]]:
        """Return the events since the last call, waiting for the first at most `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._ready.wait()
        except TimeoutError:
            return []
        self._ready.clear()
        taken = [(kind, data) for (kind, _), data in self._waiting.items()]
        self._waiting.clear()
        return taken


class Events:
    """Tells every page what happened."""

    def __init__(self) -> None:
        self._pages: set[Subscription] = set()
        self._number = 0

    def subscribe(self) -> Subscription:
        """Begin to collect events for a page."""
        page = Subscription()
        self._pages.add(page)
        return page

    def leave(self, page: Subscription) -> None:
        """Forget a page."""
        self._pages.discard(page)

    def phone(self, user_id: int) -> None:
        """Tell that a phone shows something else."""
        self._tell("phone", user_id, {"user_id": user_id})

    def clock(self, now: str) -> None:
        """Tell that the clock was moved."""
        self._tell("clock", None, {"now": now})

    def popup(self, user_id: int, text: str, alert: bool) -> None:
        """Tell that a phone pops up a text; each is told, even the same twice."""
        self._number += 1
        self._tell("popup", self._number, {"user_id": user_id, "text": text, "alert": alert})

    def close(self) -> None:
        """End every subscription."""
        for page in self._pages:
            page.close()

    def _tell(self, kind: str, key: object, data: Any) -> None:
        for page in self._pages:
            page.put(kind, key, data)

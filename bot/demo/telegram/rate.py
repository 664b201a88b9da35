"""Telegram's sending limits, in real seconds: they do not follow the movable clock."""

import math
from collections.abc import Callable

from bot.clock import monotonic

OVERALL = 30.0  # messages a second over all chats, by Telegram's FAQ
PRIVATE = 1.0  # messages a second to one person, by the same
PRIVATE_BURST = 5.0  # "short bursts that go over this limit" are let through; how many is not published: our choice
GROUP = 20 / 60  # messages a second to one group: twenty a minute
GROUP_BURST = 20.0


class Bucket:
    """A token bucket: `burst` at once, then `rate` a second."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def wait(self, now: float) -> float:
        """Return the seconds until one more may pass, 0 when it may pass now."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._rate

    def take(self) -> None:
        """Count one that passed."""
        self._tokens -= 1


class Rates:
    """The limits over all chats and for each chat."""

    def __init__(self, *, strict: bool, now: Callable[[], float] = monotonic) -> None:
        self.strict = strict
        self._now = now
        self._overall = Bucket(OVERALL, OVERALL, now())
        self._chats: dict[int, Bucket] = {}

    def pass_one(self, chat_id: int) -> int:
        """Count one message to the chat and return 0, or return the seconds after which to try again."""
        if not self.strict:
            return 0
        now = self._now()
        chat = self._chats.get(chat_id)
        if chat is None:
            rate, burst = (PRIVATE, PRIVATE_BURST) if chat_id > 0 else (GROUP, GROUP_BURST)
            chat = self._chats[chat_id] = Bucket(rate, burst, now)
        wait = max(chat.wait(now), self._overall.wait(now))
        if wait > 0:
            return max(1, math.ceil(wait))
        chat.take()
        self._overall.take()
        return 0

"""Long polling: the raw batch is committed before the next `offset` acknowledges it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.background import Background
from bot.chat.intake import ALLOWED, Begin, back_off, fresh, let_go, tell
from bot.chat.line import LineTracker
from bot.chat.wire import call
from bot.clock import Clock, monotonic
from bot.services import box

LIMIT = 100
POLL_S = 30
# A poll that stays silent this much longer than it may has lost its connection without a word.
POLL_SLACK_S = 10.0


class _BrokenOffError(Exception):
    """The open poll was broken off to look at once."""


class Polling:
    """Long polling. The raw batch is committed before the next `offset` acknowledges it."""

    def __init__(
        self,
        bot: Bot,
        begin: Begin,
        clock: Clock,
        tracker: LineTracker,
        background: Background,
        stored: Callable[[], None],
        *,
        bot_id: int,
        poll_s: int = POLL_S,
    ) -> None:
        """`stored` is called after each commit, to wake the desk; `poll_s`: seconds that an empty poll stays open."""
        self._bot, self._begin, self._clock, self._tracker = bot, begin, clock, tracker
        self._background, self._stored, self._poll_s = background, stored, poll_s
        self._bot_id = bot_id
        self._request: asyncio.Task[list[dict[str, Any]] | TelegramError] | None = None
        self._asked_by: list[asyncio.Future[None]] = []
        self._last_offset: int | None = None

    async def look(self) -> None:
        """Break off the open poll and ask anew without waiting; nothing is lost, since nothing was acknowledged."""
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked_by.append(answered)
        if self._request is not None:
            self._request.cancel()
        await answered

    def why(self) -> str:
        """Say nothing: a poll that fails is told as the line."""
        return ""

    async def run(self) -> None:
        """Poll until cancelled. A failure is told to the line, and tried again a little later."""
        await self._no_webhook()
        # The first poll acknowledges nothing: what is stored already is known by its key, and what a webhook could
        # not deliver before later updates came in is not thrown away.
        offset = 0
        failures = 0
        try:
            while True:
                asked_by, self._asked_by = self._asked_by, []
                try:
                    # While nothing is known, an answer at once is worth more than one that waits for updates.
                    known = self._tracker.line.up and not failures
                    offset = await self._once(offset, self._poll_s if known and not asked_by else 0)
                    failures = 0
                except _BrokenOffError:
                    continue
                except Exception as error:
                    failures += 1
                    self._tracker.bad()
                    tell(error, failures)
                    await asyncio.sleep(back_off(failures))
                finally:
                    let_go(asked_by)
        finally:
            let_go(self._asked_by)

    async def _no_webhook(self) -> None:
        """Take away a webhook left by an earlier run, or getUpdates is refused for ever."""
        failures = 0
        while True:
            try:
                await call(self._bot, "deleteWebhook")
            except TelegramError as error:
                failures += 1
                self._tracker.bad()
                tell(error, failures)
                asked_by, self._asked_by = self._asked_by, []
                let_go(asked_by)
                await asyncio.sleep(back_off(failures))
            else:
                return

    async def _once(self, offset: int, seconds: int) -> int:
        asked_at = self._clock.now()
        asked_mono = monotonic()
        self._request = self._background.start(self._get(offset, seconds), "getUpdates")
        try:
            answer = await self._request
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._asked_by and not (task is not None and task.cancelling()):
                raise _BrokenOffError from None
            self._request.cancel()
            raise
        finally:
            self._request = None
        if isinstance(answer, TelegramError):
            raise answer
        updates = answer
        if updates:
            async with self._begin() as tx:
                await box.receive(tx, self._bot_id, fresh(updates))
            self._stored()
        # An answer shorter than the limit held all there was; asked again with the same offset it may be cut short.
        whole = not updates or (len(updates) < LIMIT and offset != self._last_offset)
        waited = min(seconds, monotonic() - asked_mono) if not updates else 0
        drained_at = min(asked_at + timedelta(seconds=waited), self._clock.now()) if whole else None
        self._last_offset = offset
        self._tracker.good(drained_at)
        return int(updates[-1]["update_id"]) + 1 if updates else offset

    async def _get(self, offset: int, seconds: int) -> list[dict[str, Any]] | TelegramError:
        """Return the updates, or why there are none: raised in a task of its own it would be logged at every try."""
        try:
            found: list[dict[str, Any]] = await call(
                self._bot,
                "getUpdates",
                read_timeout=seconds + POLL_SLACK_S,
                offset=offset,
                timeout=seconds,
                limit=LIMIT,
                allowed_updates=ALLOWED,
            )
        except TelegramError as error:
            return error
        return found

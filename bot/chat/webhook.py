"""The webhook: `web` hands over each raw body, which is stored before the answer 200."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.chat.intake import Begin, back_off, fresh, let_go, tell
from bot.chat.line import LineTracker
from bot.chat.wire import call
from bot.clock import Clock
from bot.services import box

log = structlog.get_logger(__name__)


LOOK_EVERY_S = 15.0


class Webhook:
    """Webhook: `web` hands over each raw body; it is stored before the answer 200. What waits goes in one commit."""

    def __init__(
        self,
        bot: Bot,
        begin: Begin,
        clock: Clock,
        tracker: LineTracker,
        stored: Callable[[], None],
        register: Callable[[], Awaitable[None]],
        *,
        url: str,
        bot_id: int,
        every_s: float | None = None,
    ) -> None:
        """`register` sets the webhook to `url`; `every_s`: seconds between looks at what Telegram still holds."""
        self._bot, self._begin, self._clock, self._tracker = bot, begin, clock, tracker
        self._stored, self._register = stored, register
        self._every_s = LOOK_EVERY_S if every_s is None else every_s
        self._bot_id, self._url = bot_id, url
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._came = asyncio.Event()
        self._why = ""
        self._registered = False

    def why(self) -> str:
        """Return what Telegram says hinders it from delivering."""
        return f": {self._why}; expected VIGIE_WEBHOOK_URL to be reachable from outside" if self._why else ""

    async def receive(self, body: bytes) -> bool:
        """Store one update and return after the commit; return False if the body is not an update.

        Raises what the database raises: the answer is then an error, and Telegram delivers it again.
        """
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError:
            return False
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return False
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, done))
        self._came.set()
        await done
        return True

    async def store_waiting(self) -> None:
        """Store what came in, until cancelled: all that waits in one commit."""
        while True:
            await self._came.wait()
            self._came.clear()
            batch, self._waiting = self._waiting, []
            try:
                async with self._begin() as tx:
                    await box.receive(tx, self._bot_id, fresh([update for update, _ in batch]))
            except Exception as error:
                log.error("intake_failed", exc_info=error)
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                let_go([done for _, done in batch])
                self._stored()

    async def run(self) -> None:
        """Set the webhook, then look regularly at what Telegram still holds, until cancelled."""
        failures = 0
        while True:
            try:
                if not self._registered:
                    await self._register()
                    self._registered = True
                await self.look()
                failures = 0
            except TelegramError as error:
                failures += 1
                self._tracker.bad()
                tell(error, failures)
            # A webhook that somebody took away is set again at once.
            await asyncio.sleep(back_off(max(1, failures)) if not self._registered else self._every_s)

    async def look(self) -> None:
        """Ask how many updates wait at Telegram: none means that everything has come in."""
        asked_at = self._clock.now()
        try:
            info = await call(self._bot, "getWebhookInfo")
        except TelegramError:
            self._tracker.bad()
            return
        if info.get("url") != self._url:  # none, or somebody else's
            log.error("webhook_was_taken_away", expected="one Vigie for one token")
            self._registered = False
            self._tracker.good(None)
            return
        why = str(info.get("last_error_message") or "")
        if why and why != self._why:
            log.warning("webhook_cannot_be_delivered", telegram_says=why)
        self._why = why
        self._tracker.good(asked_at if info.get("pending_update_count", 0) == 0 and not self._waiting else None)

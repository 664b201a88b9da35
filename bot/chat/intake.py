"""Takes updates in: stored and committed first, acknowledged to Telegram only then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, Protocol

import orjson
import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.background import Background
from bot.chat.line import LineTracker
from bot.chat.wire import call
from bot.clock import Clock, monotonic
from bot.services import Tx, box

log = structlog.get_logger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LIMIT = 100
POLL_S = 30
# A poll that stays silent this much longer than it may has lost its connection without a word.
POLL_SLACK_S = 10.0
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]


class Intake(Protocol):
    """Either way in: long polling or webhook."""

    async def run(self) -> None:
        """Take updates in until cancelled."""
        ...

    async def look(self) -> None:
        """Find out at once whether Telegram still holds something for us."""
        ...

    def why(self) -> str:
        """Say why updates may be waiting at Telegram, to be put after that; nothing if it is not known."""
        ...


def as_rows(updates: Sequence[dict[str, Any]]) -> list[tuple[int, bytes]]:
    """Return each update's id and its JSON text, as they are stored."""
    return [(one["update_id"], _as_text(one)) for one in updates]


def _as_text(update: dict[str, Any]) -> bytes:
    """Return the update as JSON. One nested too deep to be written leaves only its id: it must block nobody."""
    try:
        return orjson.dumps(update)
    except TypeError:
        log.error("update_cannot_be_stored_whole", update_id=update["update_id"])
        return orjson.dumps({"update_id": update["update_id"], "message": "nested too deep"})


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
                    offset = await self._once(offset, 0 if asked_by else self._poll_s)
                    failures = 0
                except _BrokenOffError:
                    continue
                except Exception as error:
                    failures += 1
                    self._tracker.bad()
                    _tell(error, failures)
                    await asyncio.sleep(BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1])
                finally:
                    _answer(asked_by)
        finally:
            _answer(self._asked_by)

    async def _no_webhook(self) -> None:
        """Take away a webhook left by an earlier run, or getUpdates is refused for ever."""
        failures = 0
        while True:
            try:
                await call(self._bot, "deleteWebhook")
            except TelegramError as error:
                failures += 1
                self._tracker.bad()
                _tell(error, failures)
                asked_by, self._asked_by = self._asked_by, []
                _answer(asked_by)
                await asyncio.sleep(BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1])
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
                await box.receive(tx, self._bot_id, as_rows(updates))
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


class _BrokenOffError(Exception):
    """The open poll was broken off to look at once."""


def _answer(waiting: list[asyncio.Future[None]]) -> None:
    for one in waiting:
        if not one.done():
            one.set_result(None)


def _tell(error: Exception, failures: int) -> None:
    """Log a failed poll once it matters, not at every try."""
    if isinstance(error, Conflict):
        log.error("another_instance_takes_our_updates", detail=str(error))
    elif not isinstance(error, TelegramError):
        log.error("intake_failed", exc_info=error)
    elif failures in (1, 10, 100):
        log.warning("telegram_out_of_reach", error=type(error).__name__, failures=failures)


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
        bot_id: int,
        every_s: float = 15.0,
    ) -> None:
        """`register` sets the webhook at Telegram; `every_s`: seconds between looks at what Telegram still holds."""
        self._bot, self._begin, self._clock, self._tracker = bot, begin, clock, tracker
        self._stored, self._register, self._every_s = stored, register, every_s
        self._bot_id = bot_id
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._came = asyncio.Event()
        self._why = ""

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
                    await box.receive(tx, self._bot_id, as_rows([update for update, _ in batch]))
            except Exception as error:
                log.error("intake_failed", exc_info=error)
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                _answer([done for _, done in batch])
                self._stored()

    async def run(self) -> None:
        """Set the webhook, then look regularly at what Telegram still holds, until cancelled."""
        registered = False
        failures = 0
        while True:
            try:
                if not registered:
                    await self._register()
                    registered = True
                await self.look()
                failures = 0
            except TelegramError as error:
                failures += 1
                self._tracker.bad()
                _tell(error, failures)
            await asyncio.sleep(self._every_s if registered else BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1])

    async def look(self) -> None:
        """Ask how many updates wait at Telegram: none means that everything has come in."""
        asked_at = self._clock.now()
        try:
            info = await call(self._bot, "getWebhookInfo")
        except TelegramError:
            self._tracker.bad()
            return
        why = str(info.get("last_error_message") or "")
        if why and why != self._why:
            log.warning("webhook_cannot_be_delivered", telegram_says=why)
        self._why = why
        self._tracker.good(asked_at if info.get("pending_update_count", 0) == 0 and not self._waiting else None)

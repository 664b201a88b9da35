"""Updates pushed to the bot: setWebhook, and what follows from it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import orjson

from bot.background import Background
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.fault import PUSH, Faults
from bot.demo.telegram.refusal import Refusal, bad_request
from bot.demo.telegram.update import Pending

LOOPBACK = ("127.0.0.1", "localhost", "::1")
CONNECTIONS = 40  # Telegram's default; it takes 1 to 100
TIMEOUT = 60.0  # seconds that Telegram waits for the webhook's answer
LONGEST_PAUSE = 60.0
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name, no secret)

Reply = Callable[[str, Mapping[str, Any]], Awaitable[None]]


class Webhook:
    """Pushes updates to one address: in order and one at a time for each chat, again and again until it is taken.

    After the first failure of an update it tries again at once, then after `retry_base` seconds, twice that, and so on.
    """

    def __init__(
        self,
        exchange: Exchange,
        faults: Faults,
        params: Mapping[str, Any],
        reply: Reply,
        passable: asyncio.Event,
        retry_base: float,
    ) -> None:
        self.url: str = params["url"]
        self.secret: str = params.get("secret_token", "")
        self.connections = min(100, max(1, int(params.get("max_connections", CONNECTIONS))))
        self.error: str | None = None
        self.error_at = 0
        _check(self.url, self.secret)
        self._exchange = exchange
        self._faults = faults
        self._reply = reply
        self._passable = passable
        self._retry_base = retry_base
        self._queues: dict[int, deque[Pending]] = {}
        self._slots = asyncio.Semaphore(self.connections)
        self._background = Background()
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))

    def push(self, pending: Pending) -> None:
        """Take an update for delivery."""
        queue = self._queues.get(pending.chat_id)
        if queue is not None:
            queue.append(pending)
            return
        self._queues[pending.chat_id] = deque([pending])
        self._background.start(self._serve(pending.chat_id), f"webhook for chat {pending.chat_id}")

    async def stop(self) -> None:
        """Stop pushing; what was not taken stays pending."""
        await self._background.stop()
        await self._http.close()

    async def _serve(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        failures = 0
        while queue:
            pending = queue[0]
            self._exchange.updates.expire()
            if pending.id not in self._exchange.updates:
                queue.popleft()
                continue
            await self._passable.wait()
            async with self._slots:
                taken = await self._deliver(pending)
            if taken:
                queue.popleft()
                self._exchange.updates.done(pending.id)
                failures = 0
                continue
            failures += 1
            await asyncio.sleep(0 if failures == 1 else min(LONGEST_PAUSE, self._retry_base * 2 ** (failures - 2)))
        del self._queues[chat_id]

    async def _deliver(self, pending: Pending) -> bool:
        """Push an update as well as the faults let it; tell whether it counts as taken.

        A line that is cut afterwards carries the update but not its answer, so that it is pushed again.
        """
        cut_before, cut_after = self._faults.cuts(PUSH)
        delay = self._faults.delay(PUSH) / 2
        if delay:
            await asyncio.sleep(delay)
        if cut_before:
            self._failed("Connection timed out")
            return False
        if unwell := self._faults.answer(PUSH):
            self._failed(f"Wrong response from the webhook: {unwell.code} {unwell.description}")
            return False
        answer = await self._post(pending)
        if delay:
            await asyncio.sleep(delay)
        if answer is None:
            return False
        if cut_after:
            self._failed("Connection reset by peer")
            return False
        await self._carry_out(*answer)
        return True

    async def _post(self, pending: Pending) -> tuple[str, bytes] | None:
        """Return the type and the body of the webhook's answer, or None if it did not take the update."""
        headers = {"Content-Type": "application/json"} | ({SECRET: self.secret} if self.secret else {})
        try:
            async with self._http.post(self.url, data=pending.body, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
                if 200 <= answer.status <= 299:
                    return answer.content_type, body
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except TimeoutError:
            self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            self._failed("Connection refused")
        except aiohttp.ClientError:
            self._failed("Connection reset by peer")
        return None

    def _failed(self, error: str) -> None:
        self.error = error
        self.error_at = int(self._exchange.clock.now().timestamp())

    async def _carry_out(self, kind: str, body: bytes) -> None:
        """Do the method call that the answer may carry; its result is told to nobody, as at Telegram."""
        try:
            call = orjson.loads(body) if kind == "application/json" else dict(parse_qsl(body.decode()))
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
            await self._reply(method, call)

    def info(self) -> dict[str, Any]:
        """Return what getWebhookInfo tells of it."""
        facts: dict[str, Any] = {"url": self.url, "max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.error is not None:
            facts |= {"last_error_date": self.error_at, "last_error_message": self.error}
        return facts


def _check(url: str, secret: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if host not in LOOPBACK:
        raise Refusal(400, "Bad Request: bad webhook: the stand-in pushes to loopback addresses only")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
        raise bad_request("secret token contains unallowed characters")

"""How updates reach the bot: by long polling or by webhook, never both."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.fault import Faults
from bot.demo.telegram.method import checked, named, perform
from bot.demo.telegram.poll import WEBHOOK_SET, Poll
from bot.demo.telegram.refusal import Refusal, conflict
from bot.demo.telegram.update import Pending
from bot.demo.telegram.webhook import Webhook


class Delivery:
    """Carries out every method: the four about delivery here, the others on the exchange."""

    def __init__(self, exchange: Exchange, faults: Faults, retry_base: float) -> None:
        self._exchange = exchange
        self._faults = faults
        self._retry_base = retry_base
        self.poll = Poll(exchange)
        self.webhook: Webhook | None = None
        self.passable = asyncio.Event()
        self.passable.set()
        exchange.updates.added = self._added

    def _added(self, pending: Pending) -> None:
        if self.webhook is not None:
            self.webhook.push(pending)
        else:
            self.poll.wake()

    def outage(self, on: bool) -> None:
        """Cut the waiting poll and hold the webhook, or let both go on."""
        if on:
            self.passable.clear()
            self.poll.cut()
        else:
            self.passable.set()

    async def call(self, name: str, params: Mapping[str, Any], gone: Callable[[], bool]) -> Any:
        """Carry a method out. getUpdates gives `list[Pending]`, or None where nobody hears the answer."""
        if name == "getUpdates":
            if self.webhook is not None:
                raise conflict(WEBHOOK_SET)
            return await self.poll.get(params, gone)
        if name in ("setWebhook", "deleteWebhook"):
            return await self._set_webhook(params if name == "setWebhook" else {**params, "url": ""})
        if name == "getWebhookInfo":
            return self._info()
        return perform(self._exchange, name, params)

    async def _set_webhook(self, params: Mapping[str, Any]) -> bool:
        updates = self._exchange.updates
        new = None
        if params["url"]:
            reply, passable = self._from_webhook, self.passable
            new = Webhook(self._exchange, self._faults, params, reply, passable, self._retry_base)
        old, self.webhook = self.webhook, new
        if "allowed_updates" in params:
            updates.allow(params["allowed_updates"])
        if params.get("drop_pending_updates"):
            updates.clear()
        if old is not None:
            await old.stop()
        if new is not None:
            self.poll.terminate("terminated by setWebhook request")
            for pending in updates.first(len(updates)):
                new.push(pending)
        return True

    def _info(self) -> dict[str, Any]:
        updates = self._exchange.updates
        facts = {"url": "", "has_custom_certificate": False, "pending_update_count": len(updates)}
        if self.webhook is not None:
            facts |= self.webhook.info()
        if updates.allowed:
            facts["allowed_updates"] = sorted(updates.allowed)
        return facts

    async def _from_webhook(self, method: str, raw: Mapping[str, Any]) -> None:
        status = 200
        params: Mapping[str, Any] = raw
        try:
            name = named(method)
            params = checked(name, raw, {})
            perform(self._exchange, name, params)
        except Refusal as refusal:
            status = refusal.code
        self._exchange.record(method, params, status)

    async def stop(self) -> None:
        """End what waits and what is being pushed."""
        self.poll.cut()
        if self.webhook is not None:
            await self.webhook.stop()

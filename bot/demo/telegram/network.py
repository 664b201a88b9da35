"""The network: the phones, the groups and the bot's line, before anything of HTTP."""

import asyncio
from typing import Any

from bot.clock import Clock
from bot.demo.telegram.chat import Chat
from bot.demo.telegram.delivery import Delivery
from bot.demo.telegram.exchange import Call, Exchange, Query, Sent
from bot.demo.telegram.fault import Faults
from bot.demo.telegram.phone import Phone
from bot.demo.telegram.profile import Profile


class Network:
    """One bot and the people around it."""

    def __init__(self, clock: Clock, profile: Profile, *, strict_rates: bool, retry_base: float) -> None:
        self.clock = clock
        self.exchange = Exchange(clock, profile, strict_rates=strict_rates)
        self.exchange.popped = self._popped
        self.faults = Faults(changed=self._outage_changed)
        self.delivery = Delivery(self.exchange, self.faults, retry_base)
        self.phones: dict[int, Phone] = {}

    @property
    def pending(self) -> int:
        """Return the number of updates that the bot has not acknowledged."""
        return len(self.exchange.updates)

    @property
    def calls(self) -> list[Call]:
        """Return the bot's calls, oldest first; of a very long run the newest."""
        return self.exchange.calls

    @property
    def sent(self) -> list[Sent]:
        """Return the messages that the bot sent, oldest first."""
        return self.exchange.sent

    @property
    def polling(self) -> bool:
        """Tell whether a long poll is waiting."""
        return self.delivery.poll.open

    def phone(
        self, user_id: int, first_name: str = "Guy", last_name: str = "", language_code: str | None = None
    ) -> Phone:
        """Return the phone of this person; the first call creates it, a later one does not change it."""
        phone = self.phones.get(user_id)
        if phone is None:
            user = {"id": user_id, "is_bot": False, "first_name": first_name, "last_name": last_name}
            phone = self.phones[user_id] = Phone(self.exchange, user | {"language_code": language_code})
            self.exchange.show(phone.chat)
        return phone

    def group(self, chat_id: int, title: str = "Group") -> Chat:
        """Return a group that the bot is a member of, for `phone.send(..., chat=group)`."""
        if chat_id >= 0:
            raise ValueError("the id of a group is negative")
        kind = "supergroup" if chat_id <= -1_000_000_000_000 else "group"
        chat = self.exchange.chats.setdefault(chat_id, Chat(chat_id, {"type": kind, "title": title}))
        chat.started = True
        return chat

    def inject(self, raw_update: dict[str, Any]) -> int:
        """Queue any object as an update, poisonous or not; return its id."""
        return self.exchange.updates.inject(raw_update)

    def moved(self) -> None:
        """Take note that the clock was moved: polls and updates whose time has run out end."""
        self.exchange.updates.expire()
        self.delivery.poll.moved()

    async def polled(self, timeout: float = 5) -> None:
        """Wait until a long poll is waiting: the bot is there, and has taken what there was."""
        async with asyncio.timeout(timeout):
            await self.delivery.poll.waits.wait()

    async def drained(self, timeout: float = 5) -> None:
        """Wait until the bot has acknowledged every update."""
        async with asyncio.timeout(timeout):
            await self.exchange.updates.empty.wait()

    def _popped(self, query: Query, text: str, alert: bool) -> None:
        if phone := self.phones.get(query.user_id):
            phone.answered(text, alert)

    def _outage_changed(self) -> None:
        self.delivery.outage(self.faults.out)

"""Updates that the bot has not acknowledged."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import orjson

from bot.clock import Clock

RETENTION = timedelta(hours=24)  # Telegram's documented time for what nobody fetches
RETENTION_OF = {"callback_query": timedelta(seconds=150), "inline_query": timedelta(seconds=30)}
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot", "subscription",
    "stopped_message_generation",
})  # fmt: skip
FIRST_ID = 100_000_001


@dataclass(frozen=True)
class Pending:
    """One update as it goes over the line."""

    id: int
    chat_id: int
    body: bytes
    expires_at: datetime


class Updates:
    """The queue between the phones and the bot, in the order of `update_id`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: dict[int, Pending] = {}
        self._soonest: datetime | None = None
        self.next_id = FIRST_ID
        self.allowed: frozenset[str] = frozenset()
        self.added: Callable[[Pending], None] = lambda _: None
        self.empty = asyncio.Event()
        self.empty.set()

    def __len__(self) -> int:
        self.expire()
        return len(self._pending)

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._pending

    def allow(self, kinds: Collection[str]) -> None:
        """Deliver only these kinds from now on, those of them that there are.

        None at all means every kind but those that must be asked for, as at Telegram.
        """
        self.allowed = KINDS.intersection(kind.lower() for kind in kinds)

    def add(self, kind: str, payload: dict[str, Any], chat_id: int) -> int:
        """Queue an update and return its id, or 0 if the bot does not want its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        return self._put(self.next_id, {kind: payload}, kind, chat_id) if wanted else 0

    def inject(self, raw: dict[str, Any]) -> int:
        """Queue any object as it is; it gets an id if it has none."""
        facts = dict(raw)
        update_id = facts.pop("update_id", self.next_id)
        if not isinstance(update_id, int):
            raise TypeError("update_id must be an integer")
        kind = next(iter(facts), "")
        return self._put(update_id, facts, kind, _chat_of(facts.get(kind)))

    def _put(self, update_id: int, facts: dict[str, Any], kind: str, chat_id: int) -> int:
        expires_at = self._clock.now() + RETENTION_OF.get(kind, RETENTION)
        pending = Pending(update_id, chat_id, orjson.dumps({"update_id": update_id, **facts}), expires_at)
        self._pending[update_id] = pending
        self.empty.clear()
        if update_id < self.next_id:
            self._pending = dict(sorted(self._pending.items()))
        self.next_id = max(self.next_id, update_id + 1)
        self._soonest = min(self._soonest or expires_at, expires_at)
        self.added(pending)
        return update_id

    def expire(self) -> None:
        """Forget what nobody fetched in time."""
        now = self._clock.now()
        if self._soonest is None or now < self._soonest:
            return
        self._pending = {i: p for i, p in self._pending.items() if p.expires_at > now}
        self._soonest = min((p.expires_at for p in self._pending.values()), default=None)
        self._settle()

    def acknowledge(self, offset: int) -> None:
        """Forget what is below the offset; a negative one keeps only so many of the newest."""
        if offset == 0:
            return
        if offset < 0:
            gone = list(self._pending)[:offset]
        else:
            gone = []
            for update_id in self._pending:
                if update_id >= offset:
                    break
                gone.append(update_id)
        for update_id in gone:
            del self._pending[update_id]
        self._settle()

    def done(self, update_id: int) -> None:
        """Forget one update: the webhook took it."""
        self._pending.pop(update_id, None)
        self._settle()

    def clear(self) -> None:
        """Forget them all."""
        self._pending.clear()
        self._settle()

    def _settle(self) -> None:
        if not self._pending:
            self.empty.set()

    def first(self, limit: int) -> list[Pending]:
        """Return the oldest updates."""
        self.expire()
        return list(islice(self._pending.values(), limit))


def _chat_of(payload: Any) -> int:
    """Return the chat of an injected update, 0 where it tells none."""
    try:
        return int((payload.get("message") or payload)["chat"]["id"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return 0

"""The desk: takes stored updates in order, a batch in one transaction, each inside a savepoint."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import structlog
from telegram import Update

from bot.chat.case import Case, Room, Vigie
from bot.domain.contact_message import QUERY_LIFE, InlineAnswer
from bot.domain.errors import RefusalError
from bot.domain.talk import Answer, Refused
from bot.services import Tx, box, dossier
from bot.services.box import Raw

log = structlog.get_logger(__name__)

BATCH = 64
RETRY_S = (0.2, 0.5, 1.0, 2.0)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]


@dataclass(frozen=True)
class Opened:
    """A stored update, read just far enough to know who sent it; `update` is nothing if it is not even JSON."""

    raw: Raw
    update: dict[str, Any] | None
    sender: int | None
    private: bool

    def query(self, kind: str) -> str | None:
        """Return the id of the query of this kind that waits for an answer, if it is one."""
        return str(self.update[kind]["id"]) if self.update is not None and kind in self.update else None


def open_(raw: Raw) -> Opened:
    """Read who sent an update and whether in a private chat; never raises."""
    try:
        update = orjson.loads(raw.raw)
        if "inline_query" in update:
            # Typed in whichever chat, it is shown to the sender alone.
            return Opened(raw, update, _user_id(update["inline_query"]["from"]["id"]), private=True)
        for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
            if kind in update:
                body = update[kind]
                chat = body["message"]["chat"] if kind == "callback_query" else body["chat"]
                return Opened(raw, update, _user_id(body["from"]["id"]), chat["type"] == "private")
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return Opened(raw, None, None, private=False)
    return Opened(raw, update, None, private=False)


def _user_id(value: object) -> int:
    """Return a Telegram user id: at most 52 bits of a number; anything else could not be looked up."""
    if type(value) is not int or not 0 < value < 1 << 52:
        raise ValueError("this is not a user id")
    return value


class Desk:
    """Handles what the inbox holds. A handler that fails loses only its own savepoint."""

    def __init__(self, application: Vigie, begin: Begin) -> None:
        self._application, self._begin = application, begin
        self._room: Room = application.bot_data["room"]
        self._wake = asyncio.Event()
        self.handled = 0
        self.failed = 0

    def wake(self) -> None:
        """Say that the inbox holds something."""
        self._wake.set()

    async def run(self) -> None:
        """Handle updates until cancelled; a database that is busy or gone is waited for, and nothing is lost."""
        tries = 0
        self._wake.set()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                while await self.take_up():
                    tries = 0
            except Exception:
                log.exception("desk_failed")
                await asyncio.sleep(RETRY_S[min(tries, len(RETRY_S) - 1)])
                tries += 1
                self._wake.set()

    async def take_up(self) -> int:
        """Handle the oldest batch in one transaction; return how many updates that were.

        If the batch as a whole cannot be written, each update is tried alone, so that only the guilty one fails.
        """
        try:
            async with self._begin() as tx:
                return await self._handle(tx, BATCH, alone=False)
        except Exception as error:
            if box.is_busy(error):
                raise
            log.warning("batch_failed_one_by_one", error=type(error).__name__)
        async with self._begin() as tx:
            return await self._handle(tx, 1, alone=True)

    async def _handle(self, tx: Tx, most: int, *, alone: bool) -> int:
        batch = [open_(raw) for raw in await box.take_up(tx, most)]
        senders = {one.sender for one in batch if one.sender is not None and one.private}
        try:
            await dossier.prepare(tx, senders)
        except Exception as error:
            if not alone or box.is_busy(error):
                raise
            for one in batch:
                await self._set_aside(tx, one, error)
            return len(batch)
        idle = _of_no_use(batch, tx.now)
        for at, one in enumerate(batch):
            if at in idle:
                box.done(tx, one.raw)
            else:
                await self._one(tx, one, alone=alone)
        self.handled += len(batch)
        return len(batch)

    async def _one(self, tx: Tx, one: Opened, *, alone: bool) -> None:
        if one.update is not None and not one.private:
            box.done(tx, one.raw)  # groups, channels and kinds that we did not ask for are ignored
            return
        try:
            async with tx.savepoint():
                await self._route(tx, one)
                if alone:
                    await tx.flush()
            box.done(tx, one.raw)
        except RefusalError as refusal:
            await self._refuse(tx, one, refusal)
            box.done(tx, one.raw)
        except Exception as error:
            if box.is_busy(error):
                raise
            await self._set_aside(tx, one, error)

    async def _set_aside(self, tx: Tx, one: Opened, error: Exception) -> None:
        """Keep an update that failed and owe its sender a line, unless what is held of the sender is at fault too.

        No line for an inline query: there is one at each keystroke, and the list just stays empty.
        """
        self.failed += 1
        sender = one.sender if one.query("inline_query") is None else None
        log.error("update_failed", reference=box.reference(one.raw), update_id=one.raw.update_id, exc_info=error)
        try:
            async with tx.savepoint():
                await box.failed(tx, one.raw, type(error).__name__, sender)
        except Exception as again:
            if box.is_busy(again):
                raise
            await box.failed(tx, one.raw, type(error).__name__, None)

    async def _route(self, tx: Tx, one: Opened) -> None:
        if one.update is None or one.sender is None:
            raise ValueError("this is not an update")
        update = Update.de_json(one.update, self._application.bot)
        officer = await dossier.by_phone(tx, one.sender)
        case = Case(tx, officer, one.sender, one.raw.update_id, one.raw.sent_at, query=one.query("callback_query"))
        self._room.case = case
        try:
            await self._application.process_update(update)
        finally:
            self._room.case = None
        if case.error is not None:
            raise case.error

    async def _refuse(self, tx: Tx, one: Opened, refusal: RefusalError) -> None:
        """Owe the one clear line: on the pressed button, or as a message. No personal content in the log."""
        log.info("refused", code=refusal.code.value, update_id=one.raw.update_id)
        query, typed = one.query("callback_query"), one.query("inline_query")
        officer = await dossier.by_phone(tx, one.sender) if one.sender is not None else None
        if query is not None:
            chat = one.sender if officer is None else None
            box.owe(tx, Answer(query, refused=refusal.code, facts=refusal.facts), officer, chat=chat)
        elif typed is not None:
            box.owe(tx, InlineAnswer(typed), chat=one.sender)
        elif officer is not None:
            box.owe(tx, Refused(refusal.code, refusal.facts), officer)


def _of_no_use(batch: Sequence[Opened], now: datetime) -> set[int]:
    """Return the places of inline queries that nobody waits for: too old, or overtaken by the next keystroke."""
    idle: set[int] = set()
    newest: dict[int, int] = {}
    for at, one in enumerate(batch):
        if one.query("inline_query") is None:
            continue
        if now - one.raw.received_at > QUERY_LIFE:
            idle.add(at)
        elif one.sender is not None:
            if one.sender in newest:
                idle.add(newest[one.sender])
            newest[one.sender] = at
    return idle

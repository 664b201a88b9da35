"""A person's phone: what they do, and what they see."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from bot.demo.telegram.exchange import Exchange, Query
from bot.demo.telegram.hand import Hand, PhoneError
from bot.demo.telegram.keyboard import Keyboard
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.profile import Command


class Popup(NamedTuple):
    """The answer to a pressed button: a line at the top, or an alert to be closed."""

    text: str
    alert: bool


class Phone(Hand):
    """One person's phone, whose private chat with the bot has the person's user id.

    What the person does returns the `update_id` of what the bot gets, 0 if the bot has not asked for that kind.
    """

    def __init__(self, exchange: Exchange, user: dict[str, Any]) -> None:
        super().__init__(exchange, user)
        self.label = ""
        self.popups: list[Popup] = []
        self.clipboard: str | None = None

    @property
    def messages(self) -> list[ChatMessage]:
        """Return the messages of the private chat in order, both directions."""
        return self.chat.messages

    @property
    def last(self) -> ChatMessage | None:
        """Return the newest message from the bot."""
        return next((m for m in reversed(self.messages) if _from_bot(m)), None)

    @property
    def pinned(self) -> ChatMessage | None:
        """Return the message that stands pinned at the top."""
        return self.chat.pinned

    @property
    def results(self) -> list[str] | None:
        """Return the titles that are listed for what was typed after the bot's name, or None before the answer."""
        listed = self.asked.articles if self.asked is not None else None
        return [one.title for one in listed] if listed is not None else None

    @property
    def keyboard(self) -> list[list[str]] | None:
        """Return the texts of the reply keyboard, or None without one."""
        keyboard = self.chat.keyboard
        return [[key.text for key in row] for row in keyboard.rows] if keyboard else None

    @property
    def commands(self) -> list[Command]:
        """Return the menu that this person sees now."""
        return list(self._exchange.profile.seen_by(self.user_id, self.user.get("language_code")))

    @property
    def blocked(self) -> bool:
        """Tell whether the person has blocked the bot."""
        return self.chat.blocked

    @property
    def mark(self) -> int:
        """Return the number of the newest change in the chat, for `wait_for(..., after=mark)`."""
        return self.chat.changes

    async def start(self, payload: str = "") -> int:
        """Open the bot by its link: unblocks it and sends `/start`."""
        if self.chat.blocked:
            await self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def press(self, button: str, message: ChatMessage | int | None = None, *, by: str = "text") -> int:
        """Press an inline button, named by its text or (`by="data"`) its data, on the newest message that has it.

        One that copies puts its text on the `clipboard`; the bot hears nothing of it.
        """
        if isinstance(message, int):
            found = self.chat.get(message)
            candidates = [found] if found else []
        else:
            candidates = [message] if message else [m for m in reversed(self.messages) if not m.outgoing or m.via]
        for candidate in candidates:
            if (pressed := candidate.button(button, by)) is not None:
                break
        else:
            raise PhoneError(f"no message has a button with the {by} {button!r}; the newest says: {self._newest()}")
        if pressed.copies is not None:
            self.clipboard = pressed.copies
            self._exchange.show(self.chat)
            return 0
        if pressed.data is None:
            raise PhoneError(f"the button {button!r} opens {pressed.url}: the bot hears nothing of it")
        return self._query(candidate, pressed.data)

    async def tap(self, text: str) -> int:
        """Tap a key of the reply keyboard: sends its text, or the position or number that it asks for."""
        keyboard = self.chat.keyboard
        key = keyboard.find(text) if keyboard else None
        if keyboard is None or key is None:
            raise PhoneError(f"the keyboard has no {text!r}: {self.keyboard}")
        if keyboard.one_time:
            self.chat.keyboard = None
        if key.request_location:
            return await self.send_location(14.4843, -4.1830)
        if key.request_contact:
            return await self.send_contact()
        return await self.send(text)

    async def block(self) -> int:
        """Block the bot."""
        return self._membership(blocked=True)

    async def unblock(self) -> int:
        """Unblock the bot."""
        return self._membership(blocked=False)

    def deactivate(self) -> None:
        """Delete the account: the bot can write to it no more."""
        self.chat.deactivated = True

    async def wait_for(
        self, predicate: Callable[[ChatMessage], Any], timeout: float = 5, *, after: int = 0
    ) -> ChatMessage:
        """Return the newest message from the bot that satisfies the predicate, waiting for it if there is none yet.

        `after` is an earlier `mark`: only what came or was edited since then counts. Raises TimeoutError with what
        the phone shows.
        """
        for message in reversed(self.messages):
            if _from_bot(message) and message.change > after and predicate(message):
                return message
        found: asyncio.Future[ChatMessage] = asyncio.get_running_loop().create_future()

        def watch(message: ChatMessage) -> None:
            if not _from_bot(message) or found.done():
                return
            try:
                if predicate(message):
                    found.set_result(message)
            except Exception as error:
                found.set_exception(error)

        self.chat.watchers.append(watch)
        try:
            async with asyncio.timeout(timeout):
                return await found
        except TimeoutError:
            raise TimeoutError(f"nothing fitting in {timeout} s; the newest says: {self._newest()}") from None
        finally:
            self.chat.watchers.remove(watch)

    def answered(self, text: str, alert: bool) -> None:
        """Show the answer to a pressed button; an empty one shows nothing."""
        if text:
            self.popups.append(Popup(text, alert))
            self._exchange.events.popup(self.user_id, text, alert)

    def language(self, code: str | None) -> None:
        """Change the language of the phone."""
        self.user["language_code"] = code

    def reply_keyboard(self) -> Keyboard | None:
        """Return the reply keyboard with all that it says of its keys."""
        return self.chat.keyboard

    def _newest(self) -> str:
        return repr(self.last.text[:200]) if self.last else "nothing"

    def _query(self, message: ChatMessage, data: str) -> int:
        if self.chat.blocked:
            raise PhoneError("the bot is blocked: its buttons do nothing")
        exchange = self._exchange
        query = Query(
            str(4_000_000_000 + len(exchange.queries)), message.chat["id"], self.user_id, exchange.clock.now()
        )
        exchange.queries[query.id] = query
        facts = {
            "id": query.id,
            "from": self._from(),
            "message": message.as_json(),
            "chat_instance": str(-self.user_id),
            "data": data,
        }
        return exchange.updates.add("callback_query", facts, self.user_id)

    def _membership(self, *, blocked: bool) -> int:
        if self.chat.blocked == blocked:
            return 0
        self.chat.blocked = blocked
        bot = self._exchange.profile.me()
        member = {"status": "member", "user": bot}
        banned = {"status": "kicked", "user": bot, "until_date": 0}
        facts = {
            "chat": self.chat.facts,
            "from": self._from(),
            "date": int(self._exchange.clock.now().timestamp()),
            "old_chat_member": member if blocked else banned,
            "new_chat_member": banned if blocked else member,
        }
        self._exchange.show(self.chat)
        return self._exchange.updates.add("my_chat_member", facts, self.user_id)


def _from_bot(message: ChatMessage) -> bool:
    return not message.outgoing and message.kind != "service"

"""A person's phone: what they do, and what they see."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.demo.telegram import sample
from bot.demo.telegram.chat import Chat
from bot.demo.telegram.entity import Text, detect
from bot.demo.telegram.exchange import Exchange, Query
from bot.demo.telegram.keyboard import Keyboard
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.profile import Command
from bot.demo.telegram.schema import Upload


class PhoneError(Exception):
    """A person cannot do this: there is no such button, or the bot is blocked."""


class Popup(NamedTuple):
    """The answer to a pressed button: a line at the top, or an alert to be closed."""

    text: str
    alert: bool


class Phone:
    """One person's phone, whose private chat with the bot has the person's user id.

    What the person does returns the `update_id` of what the bot gets, 0 if the bot has not asked for that kind.
    """

    def __init__(self, exchange: Exchange, user: dict[str, Any]) -> None:
        self._exchange = exchange
        self.user = user
        self.user_id: int = user["id"]
        self.label = ""
        # 613 555-0100 to 0199 is kept for fiction: it rings at nobody's.
        self.phone_number = f"+161355501{self.user_id % 100:02d}"
        self.popups: list[Popup] = []
        facts = {k: user[k] for k in ("first_name", "last_name") if user.get(k)} | {"type": "private"}
        self.chat = exchange.chats.setdefault(self.user_id, Chat(self.user_id, facts))

    @property
    def messages(self) -> list[ChatMessage]:
        """Return the messages of the private chat in order, both directions."""
        return self.chat.messages

    @property
    def last(self) -> ChatMessage | None:
        """Return the newest message from the bot."""
        return next((m for m in reversed(self.messages) if not m.outgoing), None)

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

    async def send(self, text: str, *, chat: Chat | None = None, at: datetime | None = None) -> int:
        """Send a text, to the bot or into a group, dated `at` or now."""
        return self._say(chat, at, body=Text(text, detect(text)))

    async def start(self, payload: str = "") -> int:
        """Open the bot by its link: unblocks it and sends `/start`."""
        if self.chat.blocked:
            await self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def press(self, button: str, message: ChatMessage | int | None = None, *, by: str = "text") -> int:
        """Press an inline button, named by its text or (`by="data"`) its data, on the newest message that has it."""
        if isinstance(message, int):
            found = self.chat.get(message)
            candidates = [found] if found else []
        else:
            candidates = [message] if message else [m for m in reversed(self.messages) if not m.outgoing]
        for candidate in candidates:
            if (pressed := candidate.button(button, by)) is not None:
                break
        else:
            raise PhoneError(f"no message has a button with the {by} {button!r}; the newest says: {self._newest()}")
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

    async def send_location(
        self, lat: float, lon: float, *, at: datetime | None = None, live_period: int | None = None
    ) -> int:
        """Send a position; `live_period`: that it will be told anew for so many seconds."""
        location: dict[str, Any] = {"latitude": lat, "longitude": lon}
        if live_period is not None:
            location["live_period"] = live_period
        return self._say(None, at, kind="location", location=location)

    async def move_location(self, message_id: int, lat: float, lon: float) -> int:
        """Move a live location that was sent."""
        message = self.chat.get(message_id)
        if message is None or not message.location or "live_period" not in message.location:
            raise PhoneError(f"message {message_id} is no live location")
        message.location = {**message.location, "latitude": lat, "longitude": lon}
        return self._edited(message)

    async def send_contact(self) -> int:
        """Send the phone's own number."""
        contact = {"phone_number": self.phone_number, "first_name": self.user["first_name"], "user_id": self.user_id}
        return self._say(None, None, kind="contact", contact=contact)

    async def send_photo(self, caption: str | None = None, upload: Upload = sample.PHOTO) -> int:
        """Send a picture."""
        return self._send_file("photo", upload, caption)

    async def send_voice(self, upload: Upload = sample.VOICE) -> int:
        """Send a voice message."""
        return self._send_file("voice", upload, None)

    async def send_document(self, name: str, data: bytes, mime: str = "", caption: str | None = None) -> int:
        """Send a file."""
        return self._send_file("document", Upload(name, mime, data), caption)

    async def send_audio(self, name: str, data: bytes, mime: str = "audio/mpeg", caption: str | None = None) -> int:
        """Send a sound with its name."""
        return self._send_file("audio", Upload(name, mime, data), caption)

    async def send_video(self, name: str, data: bytes, mime: str = "video/mp4", caption: str | None = None) -> int:
        """Send a film."""
        return self._send_file("video", Upload(name, mime, data), caption)

    async def send_album(self, photos: Sequence[Upload], caption: str | None = None) -> list[int]:
        """Send pictures together: each comes as a message of its own, the first with the caption."""
        album = f"1{self.mark:016d}"
        return [
            self._send_file("photo", one, None if number else caption, album=album) for number, one in enumerate(photos)
        ]

    async def edit(self, message_id: int, new_text: str) -> int:
        """Edit one of the person's own messages; it keeps its old date."""
        message = self.chat.get(message_id)
        if message is None or not message.outgoing or message.kind not in ("text", "photo", "document"):
            raise PhoneError(f"message {message_id} is not this person's to edit")
        message.body = Text(new_text, detect(new_text))
        return self._edited(message)

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
            if not message.outgoing and message.change > after and predicate(message):
                return message
        found: asyncio.Future[ChatMessage] = asyncio.get_running_loop().create_future()

        def watch(message: ChatMessage) -> None:
            if message.outgoing or found.done():
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

    def _from(self) -> dict[str, Any]:
        return {name: value for name, value in self.user.items() if value not in (None, "")}

    def _say(self, chat: Chat | None, at: datetime | None, **content: Any) -> int:
        target = chat or self.chat
        if target.blocked:
            raise PhoneError("the bot is blocked: nothing can be sent before start() or unblock()")
        target.started = True
        message = target.add(self._from(), at or self._exchange.clock.now(), outgoing=True, **content)
        self._exchange.show(target)
        return self._exchange.updates.add("message", message.as_json(), target.id)

    def _edited(self, message: ChatMessage) -> int:
        message.edit_date = self._exchange.clock.now()
        self.chat.changed(message)
        self._exchange.show(self.chat)
        return self._exchange.updates.add("edited_message", message.as_json(), self.user_id)

    def _send_file(self, kind: str, upload: Upload, caption: str | None, **more: Any) -> int:
        file = self._exchange.files.add(kind, upload)
        body = Text(caption or "", detect(caption or ""))
        return self._say(None, None, kind=kind, file=file, body=body, **more)

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

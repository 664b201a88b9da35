"""What a person sends from a phone: texts, places, files, and what was chosen from a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.demo.telegram import sample
from bot.demo.telegram.chat import Chat
from bot.demo.telegram.entity import Text, detect
from bot.demo.telegram.exchange import Asked, Exchange
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.schema import Upload


class PhoneError(Exception):
    """A person cannot do this: there is no such button, or the bot is blocked."""


class Hand:
    """One person's phone, as far as it sends."""

    def __init__(self, exchange: Exchange, user: dict[str, Any]) -> None:
        self._exchange = exchange
        self.user = user
        self.user_id: int = user["id"]
        self.asked: Asked | None = None
        # 613 555-0100 to 0199 is kept for fiction: it rings at nobody's.
        self.phone_number = f"+161355501{self.user_id % 100:02d}"
        facts = {k: user[k] for k in ("first_name", "last_name") if user.get(k)} | {"type": "private"}
        self.chat = exchange.chats.setdefault(self.user_id, Chat(self.user_id, facts))

    async def send(self, text: str, *, chat: Chat | None = None, at: datetime | None = None) -> int:
        """Send a text, to the bot or into a group, dated `at` or now."""
        return self._say(chat, at, body=Text(text, detect(text)))

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
        album = f"1{self.chat.changes:016d}"
        return [
            self._send_file("photo", one, None if number else caption, album=album) for number, one in enumerate(photos)
        ]

    async def edit(self, message_id: int, new_text: str) -> int:
        """Edit one of the person's own messages; it keeps its old date."""
        message = self.chat.get(message_id)
        if message is None or not message.outgoing or message.via or message.kind not in ("text", "photo", "document"):
            raise PhoneError(f"message {message_id} is not this person's to edit")
        message.body = Text(new_text, detect(new_text))
        return self._edited(message)

    async def inline(self, text: str, offset: str = "") -> int:
        """Type this after the bot's name, in whichever chat; `offset` asks for more of the same."""
        if not self._exchange.profile.inline:
            raise PhoneError("the bot has no inline mode: to Telegram this is a text like any other")
        self.asked = asked = self._exchange.ask(self.user_id, text, offset)
        facts = {"id": asked.id, "from": self._from(), "query": text, "offset": offset, "chat_type": "sender"}
        self._exchange.show(self.chat)
        return self._exchange.updates.add("inline_query", facts, self.user_id)

    async def choose(self, title: str | int, *, chat: Chat | None = None) -> int:
        """Choose what is listed, by its title or its place: sends it, into the chat with the bot or into `chat`."""
        listed = self.asked.articles if self.asked is not None else None
        for at, one in enumerate(listed or ()):
            if title in (at, one.title):
                self.asked = None
                return self._say(chat, None, body=one.body, markup=one.markup, via=self._exchange.profile.user())
        raise PhoneError(f"nothing listed is called {title!r}: {[one.title for one in listed or ()]}")

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

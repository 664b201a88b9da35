"""A message in a chat, as a phone shows it and as the Bot API tells it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.demo.telegram.entity import Entity, Text
from bot.demo.telegram.file import StoredFile
from bot.demo.telegram.keyboard import Button, buttons

MEDIA = ("photo", "document", "voice", "audio", "video")


@dataclass
class ChatMessage:
    """One message; `outgoing` means from the phone to the bot. `text` is the caption where there is a file.

    Of a venue it is the title, then the address. `fixed`: it came with a reply keyboard, the removal of one or a forced
    reply, and can therefore not be edited. `via`: the bot among whose inline results it was chosen. `pins`: the message
    that was pinned, where this is Telegram's notice of it (kind `service`).
    """

    id: int
    chat: dict[str, Any]
    sender: dict[str, Any]
    outgoing: bool
    date: datetime
    kind: str = "text"
    body: Text = field(default_factory=lambda: Text(""))
    markup: dict[str, Any] | None = None
    file: StoredFile | None = None
    album: str | None = None
    location: dict[str, Any] | None = None
    venue: dict[str, str] | None = None
    contact: dict[str, Any] | None = None
    origin: dict[str, Any] | None = None
    reply_to: "ChatMessage | None" = None
    silent: bool = False
    protected: bool = False
    fixed: bool = False
    via: dict[str, Any] | None = None
    pins: "ChatMessage | None" = None
    edit_date: datetime | None = None
    pinned: bool = False
    change: int = 0

    @property
    def text(self) -> str:
        """Return the text without its markup."""
        return self.body.plain

    @property
    def html(self) -> str:
        """Return the text as safe HTML with none but Telegram's tags."""
        return self.body.html

    @property
    def inline(self) -> list[list[Button]]:
        """Return the rows of buttons under the message."""
        return buttons(self.markup)

    @property
    def edited(self) -> bool:
        """Tell whether the message was edited."""
        return self.edit_date is not None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Return the entities of the text or caption."""
        return self.body.entities

    def button(self, wanted: str, by: str = "text") -> Button | None:
        """Return the inline button with this text, or this callback data with `by="data"`."""
        return next((b for row in self.inline for b in row if getattr(b, by) == wanted), None)

    def as_json(self, *, nested: bool = False) -> dict[str, Any]:
        """Return the Bot API's `Message`; a nested one does not repeat what it replies to."""
        told: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat,
            "date": int(self.date.timestamp()),
        }
        if self.edit_date is not None:
            told["edit_date"] = int(self.edit_date.timestamp())
        if self.origin is not None:
            told["forward_origin"] = self.origin
        if self.reply_to is not None and not nested:
            told["reply_to_message"] = self.reply_to.as_json(nested=True)
        if self.via is not None:
            told["via_bot"] = self.via
        if self.protected:
            told["has_protected_content"] = True
        told |= self._content()
        if self.markup:
            told["reply_markup"] = self.markup
        return told

    def _content(self) -> dict[str, Any]:
        if self.kind in MEDIA and self.file is not None:
            media: Any = self.file.as_json()
            told: dict[str, Any] = {self.kind: [media] if self.kind == "photo" else media}
            if self.text:
                told["caption"] = self.text
            if self.entities:
                told["caption_entities"] = list(self.entities)
            return told | {"media_group_id": self.album} if self.album else told
        if self.venue is not None:
            return {"location": self.location, "venue": {"location": self.location, **self.venue}}
        if self.pins is not None:
            return {"pinned_message": self.pins.as_json(nested=True)}
        if self.kind == "location":
            return {"location": self.location}
        if self.kind == "contact":
            return {"contact": self.contact}
        return {"text": self.text, "entities": list(self.entities)} if self.entities else {"text": self.text}

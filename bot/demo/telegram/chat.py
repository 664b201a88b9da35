"""A chat and what is in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.demo.telegram.keyboard import Keyboard, is_inline, keyboard
from bot.demo.telegram.message import ChatMessage

Watcher = Callable[[ChatMessage], None]


class Chat:
    """A private or group chat: its messages in order, the reply keyboard, and whether the bot may write."""

    def __init__(self, chat_id: int, facts: dict[str, Any]) -> None:
        self.id = chat_id
        self.facts = {"id": chat_id, **facts}
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.keyboard: Keyboard | None = None
        self.force_reply = False
        self.menu_button: dict[str, Any] = {"type": "default"}
        self.watchers: list[Watcher] = []
        self.changes = 0
        self._messages: dict[int, ChatMessage] = {}
        self._last_id = 0

    @property
    def private(self) -> bool:
        """Tell whether this is a chat with one person."""
        return self.id > 0

    @property
    def title(self) -> str:
        """Return the group's title."""
        return str(self.facts.get("title", ""))

    @property
    def messages(self) -> list[ChatMessage]:
        """Return the messages in order, both directions, without the deleted."""
        return list(self._messages.values())

    @property
    def last_id(self) -> int:
        """Return the id of the newest message there ever was."""
        return self._last_id

    @property
    def pinned(self) -> ChatMessage | None:
        """Return the newest pinned message."""
        return next((m for m in reversed(self._messages.values()) if m.pinned), None)

    def get(self, message_id: int) -> ChatMessage | None:
        """Return the message with this id."""
        return self._messages.get(message_id)

    def add(self, sender: dict[str, Any], date: datetime, *, outgoing: bool, **content: Any) -> ChatMessage:
        """Append a message and tell the watchers."""
        self._last_id += 1
        message = ChatMessage(self._last_id, self.facts, sender, outgoing, date, **content)
        self._messages[message.id] = message
        self.changed(message)
        return message

    def notice(self, sender: dict[str, Any], date: datetime, pins: ChatMessage) -> ChatMessage:
        """Append Telegram's notice that a message was pinned."""
        return self.add(sender, date, outgoing=sender["id"] == self.id, kind="service", silent=True, pins=pins)

    def remove(self, message: ChatMessage) -> None:
        """Delete a message; its id is not used again."""
        self._messages.pop(message.id, None)
        self.changes += 1

    def changed(self, message: ChatMessage) -> None:
        """Number the change of a message and tell the watchers."""
        self.changes += 1
        message.change = self.changes
        for watcher in tuple(self.watchers):
            watcher(message)

    def apply(self, markup: dict[str, Any] | None) -> dict[str, Any] | None:
        """Put a reply keyboard in place, or take it away; return the markup that stays under the message."""
        if markup is None or is_inline(markup):
            return markup
        if "keyboard" in markup:
            self.keyboard = keyboard(markup)
        elif markup.get("remove_keyboard"):
            self.keyboard = None
        self.force_reply = bool(markup.get("force_reply"))
        return None

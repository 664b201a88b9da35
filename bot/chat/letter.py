"""Turns a message owed into the call that sends it: words and buttons in the reader's language, at the last moment."""

from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from bot.chat import texts
from bot.chat.keyboard import Button, CopyButton, Inline, Keyboard, Menu, NoMenu
from bot.chat.press import Seal
from bot.chat.texts import Article, Reader, Rendered
from bot.chat.texts.reader import SharedContact, Spot
from bot.clock import Clock
from bot.domain.bilingual import Language
from bot.domain.contact_message import RESULTS_AT_ONCE, InlineAnswer
from bot.domain.file import FileRef
from bot.domain.invite import CommandMenu, DefaultMenu
from bot.domain.message import Message
from bot.domain.pin import Pin
from bot.domain.talk import Answer
from bot.i18n.catalogue import Catalogues
from bot.services import box
from bot.services.box import Owed

VCARD_BYTES = 2048


@dataclass(frozen=True)
class Letter:
    """One Bot API call. The content of a `file` is still to be put in, as the parameter that its kind names.

    `pin`: what it sends is then to be pinned.
    """

    method: str
    params: dict[str, Any]
    file: FileRef | None = None
    pin: bool = False


class Letters:
    """Writes letters."""

    def __init__(self, catalogues: Catalogues, seal: Seal, clock: Clock) -> None:
        self._catalogues, self._seal, self._clock = catalogues, seal, clock

    def now(self) -> datetime:
        """Return the instant that "today" and "late" are relative to."""
        return self._clock.now()

    def write(self, one: Owed, chat: int, *, without_file: bool = False) -> Letter:
        """Return the call that sends, edits or answers; raises KeyError or ValueError if the row cannot be read.

        `without_file`: the file cannot be read any more, and the reader is told.
        """
        message = box.read(one)
        if (wordless := self._wordless(one, message, chat)) is not None:
            return wordless
        reader = self._reader(one)
        rendered = texts.render(message, reader, self._catalogues)
        if without_file:
            rendered = texts.without_file(rendered, reader, self._catalogues)
        return self._message(one, chat, rendered)

    def _wordless(self, one: Owed, message: Message, chat: int) -> Letter | None:
        """Return the call for what is no message in the chat: an answer to a query, a pin, a menu of commands."""
        method = ""
        params: dict[str, Any] = {}
        match message:
            case Answer():
                text = texts.answer(message, self._reader(one), self._catalogues)
                params = {"callback_query_id": message.query, "text": text, "show_alert": message.refused is not None}
                method = "answerCallbackQuery"
            case InlineAnswer():
                method, params = "answerInlineQuery", self._listed(message, self._reader(one), chat)
            case Pin(message_id=shown, on=True):
                method, params = "pinChatMessage", {"chat_id": chat, "message_id": shown, "disable_notification": True}
            case Pin(message_id=shown):
                method, params = "unpinChatMessage", {"chat_id": chat, "message_id": shown}
            case CommandMenu(role=None):
                method, params = "deleteMyCommands", {"scope": {"type": "chat", "chat_id": chat}}
            case CommandMenu():
                scope = {"type": "chat", "chat_id": chat}
                method, params = "setMyCommands", {"scope": scope, "commands": self._commands(one, message)}
            case DefaultMenu():
                # Without a language it is the menu of everybody whose phone speaks neither.
                code = {"language_code": message.language} if message.language else {}
                method, params = "setMyCommands", {"commands": self._commands(one, message), **code}
        return Letter(method, params) if method else None

    def _message(self, one: Owed, chat: int, rendered: Rendered) -> Letter:
        markup = self._markup(rendered.keyboard, chat)
        text = "caption" if rendered.file is not None else "text"
        params = {"chat_id": chat, text: str(rendered.text), "parse_mode": "HTML"}
        if one.edits is not None:
            # An edited message takes only inline buttons; without any, the old ones go.
            inline = markup if markup is not None and "inline_keyboard" in markup else {"inline_keyboard": []}
            edited = {**params, "message_id": one.edits_message, "reply_markup": inline}
            return Letter(f"editMessage{text.capitalize()}", edited)
        if markup is not None:
            params["reply_markup"] = markup
        if rendered.file is not None:
            return Letter(f"send{rendered.file.sent_as.capitalize()}", params, rendered.file, rendered.pin)
        if rendered.spot is not None:
            return Letter("sendVenue", _spot(rendered.spot, rendered.text, chat), pin=rendered.pin)
        if rendered.contact is not None:
            below = {"reply_markup": markup} if markup is not None else {}
            return Letter("sendContact", {"chat_id": chat, **_contact(rendered.contact), **below}, pin=rendered.pin)
        return Letter("sendMessage", params, pin=rendered.pin)

    def _listed(self, message: InlineAnswer, reader: Reader, chat: int) -> dict[str, Any]:
        """Return what is listed for this person only, and kept by nobody, since what one may see can change."""
        found = texts.articles(message, reader, self._catalogues)[:RESULTS_AT_ONCE]
        return {
            "inline_query_id": message.query,
            "results": [self._article(one, chat) for one in found],
            "cache_time": 0,
            "is_personal": True,
            "next_offset": message.next_offset,
        }

    def _article(self, one: Article, chat: int) -> dict[str, Any]:
        result = {
            "type": "article",
            "id": one.id,
            "title": one.title,
            "description": one.description,
            "input_message_content": {"message_text": str(one.text), "parse_mode": "HTML"},
        }
        return result | ({"reply_markup": self._markup(Inline(one.buttons), chat)} if one.buttons else {})

    def _reader(self, one: Owed) -> Reader:
        return Reader(
            language=one.language,
            timezone=one.timezone,
            role=one.role,
            gender=one.gender,
            now=self.now(),
            code=one.officer,
        )

    def _commands(self, one: Owed, message: CommandMenu | DefaultMenu) -> list[dict[str, str]]:
        language: Language = one.language
        role = message.role if isinstance(message, CommandMenu) else None
        if isinstance(message, DefaultMenu):
            language = "fr" if message.language == "fr" else "en"
        return [
            {"command": name, "description": text} for name, text in texts.commands(role, language, self._catalogues)
        ]

    def _markup(self, keyboard: Keyboard, chat: int) -> dict[str, Any] | None:
        match keyboard:
            case Inline(rows=rows):
                return {"inline_keyboard": [[self._button(one, chat) for one in row] for row in rows]}
            case Menu(rows=rows):
                return {
                    "keyboard": [[{"text": text} for text in row] for row in rows],
                    "resize_keyboard": True,
                    "is_persistent": True,
                }
            case NoMenu():
                return {"remove_keyboard": True}
            case _:
                return None

    def _button(self, one: Button | CopyButton, chat: int) -> dict[str, Any]:
        if isinstance(one, CopyButton):
            return {"text": one.text, "copy_text": {"text": one.copies}}
        return {"text": one.text, "callback_data": self._seal.data(one.press, chat)}


def _spot(spot: Spot, title: str, chat: int) -> dict[str, Any]:
    where = {"latitude": spot.latitude, "longitude": spot.longitude}
    return {"chat_id": chat, **where, "title": unescape(title), "address": spot.address}


def _contact(one: SharedContact) -> dict[str, str]:
    named = {"phone_number": one.number, "first_name": one.first_name, "last_name": one.last_name}
    # The number goes all the same if there is more to keep than Telegram takes.
    if len(one.vcard.encode()) <= VCARD_BYTES:
        named["vcard"] = one.vcard
    return {name: value for name, value in named.items() if value}

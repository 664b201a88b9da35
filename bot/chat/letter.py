"""Turns a message owed into the call that sends it: words and buttons in the reader's language, at the last moment."""

from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from bot.chat import texts
from bot.chat.keyboard import Inline, Keyboard, Menu, NoMenu
from bot.chat.press import Seal
from bot.chat.texts import Reader, Rendered
from bot.chat.texts.reader import Spot
from bot.clock import Clock
from bot.domain.bilingual import Language
from bot.domain.file import FileRef
from bot.domain.invite import CommandMenu, DefaultMenu
from bot.domain.talk import Answer
from bot.i18n.catalogue import Catalogues
from bot.services import box
from bot.services.box import Owed


@dataclass(frozen=True)
class Letter:
    """One Bot API call. The content of a `file` is still to be put in, as the parameter that its kind names."""

    method: str
    params: dict[str, Any]
    file: FileRef | None = None


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
        reader = self._reader(one)
        match message:
            case Answer():
                text = texts.answer(message, reader, self._catalogues)
                params = {"callback_query_id": message.query, "text": text, "show_alert": message.refused is not None}
                return Letter("answerCallbackQuery", params)
            case CommandMenu(role=role):
                scope = {"type": "chat", "chat_id": chat}
                if role is None:
                    return Letter("deleteMyCommands", {"scope": scope})
                return Letter("setMyCommands", {"scope": scope, "commands": self._commands(one, message)})
            case DefaultMenu():
                # Without a language it is the menu of everybody whose phone speaks neither.
                code = {"language_code": message.language} if message.language else {}
                return Letter("setMyCommands", {"commands": self._commands(one, message), **code})
        rendered = texts.render(message, reader, self._catalogues)
        if without_file:
            rendered = texts.without_file(rendered, reader, self._catalogues)
        return self._message(one, chat, rendered)

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
            return Letter(f"send{rendered.file.sent_as.capitalize()}", params, rendered.file)
        if rendered.spot is not None:
            return Letter("sendVenue", _spot(rendered.spot, rendered.text, chat))
        return Letter("sendMessage", params)

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
                return {
                    "inline_keyboard": [
                        [{"text": one.text, "callback_data": self._seal.data(one.press, chat)} for one in row]
                        for row in rows
                    ]
                }
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


def _spot(spot: Spot, title: str, chat: int) -> dict[str, Any]:
    where = {"latitude": spot.latitude, "longitude": spot.longitude}
    return {"chat_id": chat, **where, "title": unescape(title), "address": spot.address}

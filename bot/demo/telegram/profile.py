"""What the bot says of itself: its name, its descriptions, its menus of commands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.refusal import bad_request

COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"([a-z]{2})?")
LENGTHS = {"name": 64, "description": 512, "short_description": 120}

Scope = tuple[str, int, int]


@dataclass(frozen=True)
class Command:
    """A line of the menu."""

    command: str
    description: str


@dataclass
class Profile:
    """The bot's own account."""

    id: int
    first_name: str
    username: str
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    inline: bool = True  # what /setinline at BotFather turns on
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def user(self) -> dict[str, Any]:
        """Return the bot as the sender of a message."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def me(self) -> dict[str, Any]:
        """Return the answer to getMe. The bot reads everything in groups, so that it has to ignore them itself."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_text(self, name: str, language: str, text: str) -> None:
        """Set the name or a description in a language; an empty text takes it away."""
        _check_language(language)
        if len(text) > LENGTHS[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        self.texts[(name, language)] = text

    def text(self, name: str, language: str) -> str:
        """Return the name or a description: in the language, or else as set for all."""
        _check_language(language)
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")

    def set_commands(self, scope: Scope, language: str, commands: Sequence[Mapping[str, Any]]) -> None:
        """Set a menu; an empty one takes it away."""
        _check_language(language)
        if len(commands) > COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        menu = tuple(_command(raw) for raw in commands)
        if menu:
            self.menus[(scope, language)] = menu
        else:
            self.menus.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Return the menu set for exactly this scope and language."""
        _check_language(language)
        return self.menus.get((scope, language), ())

    def seen_by(self, user_id: int, language: str | None) -> tuple[Command, ...]:
        """Return the menu that a person sees in the private chat: the nearest scope first, the own language first."""
        for scope in (("chat", user_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)):
            for code in ((language or "")[:2].lower(), ""):
                if menu := self.menus.get((scope, code)):
                    return menu
        return ()


def scope_of(raw: Mapping[str, Any] | None) -> Scope:
    """Return a BotCommandScope as a key; none means the default."""
    raw = raw or {"type": "default"}
    return str(raw["type"]), raw.get("chat_id", 0), raw.get("user_id", 0)


def _command(raw: Mapping[str, Any]) -> Command:
    name = raw["command"].strip().removeprefix("/")
    description = raw["description"].strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    return Command(name, description)


def _check_language(code: str) -> None:
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")

"""Commands with the accents that Telegram's own cannot have: `/répertoire`, `/congé`."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Message
from telegram.ext import filters

from bot.chat.case import Context, Update
from bot.domain.fold import fold

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Commands = Mapping[tuple[str, ...], Handler]


class Filter(filters.MessageFilter):
    """Lets such a command pass."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._names = {name for names in commands for name in names}

    def filter(self, message: Message) -> bool:
        """Return whether the message is one of these commands with an accent in it."""
        return _name(message.text or "") in self._names


def carry_out(commands: Commands) -> Handler:
    """Return what carries such a command out."""
    by_name = {name: handler for names, handler in commands.items() for name in names}

    async def handle(update: Update, context: Context) -> None:
        text = update.message.text if update.message is not None else None
        await by_name[_name(text or "")](update, context)

    return handle


def _name(text: str) -> str:
    head = (text.split() or [""])[0]
    return fold(head) if head.startswith("/") and not head.isascii() else ""

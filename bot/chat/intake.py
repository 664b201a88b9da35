"""Takes updates in: stored and committed first, acknowledged to Telegram only then. Two ways: polling and webhook."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, Protocol

import orjson
import structlog
from telegram.error import Conflict, TelegramError

from bot.services import Tx
from bot.services.box import Fresh

log = structlog.get_logger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]


class Intake(Protocol):
    """Either way in: long polling or webhook."""

    async def run(self) -> None:
        """Take updates in until cancelled."""
        ...

    async def look(self) -> None:
        """Find out at once whether Telegram still holds something for us."""
        ...

    def why(self) -> str:
        """Say why updates may be waiting at Telegram, to be put after that; nothing if it is not known."""
        ...


def back_off(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row."""
    return BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1]


def fresh(updates: Sequence[dict[str, Any]]) -> list[Fresh]:
    """Return updates as they are stored: id, when Telegram received it, and its JSON text."""
    return [Fresh(one["update_id"], _sent_at(one), _as_text(one)) for one in updates]


def _sent_at(update: dict[str, Any]) -> datetime | None:
    """Return when Telegram received an update; a press and an inline query carry no date of their own. Never raises."""
    for kind, name in (("message", "date"), ("edited_message", "edit_date"), ("my_chat_member", "date")):
        body = update.get(kind)
        if isinstance(body, dict) and type(body.get(name)) is int:
            try:
                return datetime.fromtimestamp(body[name], UTC)
            except (OverflowError, OSError, ValueError):
                return None
    return None


def _as_text(update: dict[str, Any]) -> bytes:
    """Return the update as JSON. One nested too deep to be written leaves only its id: it must block nobody."""
    try:
        return orjson.dumps(update)
    except TypeError:
        log.error("update_cannot_be_stored_whole", update_id=update["update_id"])
        return orjson.dumps({"update_id": update["update_id"], "message": "nested too deep"})


def let_go(waiting: Sequence[asyncio.Future[None]]) -> None:
    """Let go on those who wait."""
    for one in waiting:
        if not one.done():
            one.set_result(None)


def tell(error: Exception, failures: int) -> None:
    """Log a failed poll once it matters, not at every try."""
    if isinstance(error, Conflict):
        log.error("another_instance_takes_our_updates", detail=str(error))
    elif not isinstance(error, TelegramError):
        log.error("intake_failed", exc_info=error)
    elif failures in (1, 10, 100):
        log.warning("telegram_out_of_reach", error=type(error).__name__, failures=failures)

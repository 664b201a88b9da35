"""What stands pinned at the top of a conversation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.domain.message import Message


@dataclass(frozen=True)
class Pin(Message):
    """Pins a message that was sent, without a sound, or (`on` False) takes it down again; no words of its own."""

    kind: ClassVar[str] = "pin"
    # Telegram may be away for long; what was to be pinned the day before is found by asking again.
    lifetime: ClassVar[timedelta | None] = timedelta(days=1)

    message_id: int  # as Telegram numbers it in that chat
    on: bool = True

"""Messages owed: values of facts. Words and buttons come later, in the reader's language, when it is sent."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any, ClassVar


class Priority(IntEnum):
    """Who waits for whom at the courier: a distress never waits behind a roll call."""

    DISTRESS = 0
    ALERT = 1
    REPLY = 2
    REMINDER = 3
    BULK = 4


@dataclass(frozen=True)
class Message:
    """Something that Vigie owes somebody. Subclasses stand beside their noun and carry only facts."""

    kind: ClassVar[str]
    priority: ClassVar[Priority] = Priority.REPLY
    # After this long an unsent message is dropped: it would no longer be true or of use.
    lifetime: ClassVar[timedelta | None] = None
    # Its facts hold what nobody may find in the database or a backup once it has been delivered.
    secret: ClassVar[bool] = False
    # A file goes with it, whose sending takes its time: others go past it.
    brings_file: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        """Register the subclass by its kind, so that a stored message can be read back."""
        super().__init_subclass__(**options)
        if cls.kind in MESSAGES:
            raise TypeError(f"two messages are called {cls.kind}")
        MESSAGES[cls.kind] = cls


MESSAGES: dict[str, type[Message]] = {}

"""What is said about the draft as a whole, and what can be done with reports."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.message import Message


@dataclass(frozen=True)
class ReportMenu(Message):
    """What can be done with reports: go on with the draft, begin a new one, read the own ones, read new ones."""

    kind: ClassVar[str] = "report_menu"

    draft: int | None
    draft_form: str | None
    mine: int
    waiting: int
    reviews: bool  # whether the reader may read those of others
    aside: tuple[str, ...] = ()  # the forms of what is laid aside until the draft is done, the latest first


@dataclass(frozen=True)
class ReportPaused(Message):
    """Tells that the draft is laid aside and how to go on."""

    kind: ClassVar[str] = "report_paused"

    draft: int
    form: str


@dataclass(frozen=True)
class ReportDiscarded(Message):
    """Tells that the draft is gone; `waits`: one that was laid aside for it, and its form."""

    kind: ClassVar[str] = "report_discarded"

    waits: tuple[int, str] | None = None


@dataclass(frozen=True)
class AskDiscard(Message):
    """Asks whether the draft may be thrown away."""

    kind: ClassVar[str] = "ask_discard"

    draft: int
    form: str

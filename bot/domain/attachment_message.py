"""What is said about attachments: the receipt, the list, what was not taken, and the attachment itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.domain.attachment import AttachmentKind, AttachmentView, Why
from bot.domain.file import FileRef
from bot.domain.message import Message
from bot.domain.officer import Person

# A file that could not be sent for so long has been asked for again, or is not needed any more.
FILE_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class Attached(Message):
    """Tells that something is attached; what is sent as one album has one receipt, which counts up.

    `added`: of this receipt; `fetching`: of these, still on their way; `count`: attached in all. `number`: of the
    report, if it has been sent. `draft`: nothing once it is.
    """

    kind: ClassVar[str] = "attached"

    draft: int | None
    form: str
    number: str | None
    what: AttachmentKind
    added: int
    fetching: int
    count: int
    paused: bool = False
    no_checkin: bool = False  # its caption says "I am safe": nobody may take this for a check-in


@dataclass(frozen=True)
class AttachmentList(Message):
    """What is attached to the draft, with a button to take each off; `removed`: what just was."""

    kind: ClassVar[str] = "attachment_list"

    draft: int
    form: str
    files: tuple[AttachmentView, ...]
    removed: AttachmentView | None = None


@dataclass(frozen=True)
class AttachmentFailed(Message):
    """Tells the officer that an attachment was not taken or is gone; `number`: of the report, once it was sent."""

    kind: ClassVar[str] = "attachment_failed"

    what: AttachmentKind
    name: str | None
    why: Why
    form: str
    number: str | None


@dataclass(frozen=True)
class AttachmentFile(Message):
    """The file of an attachment, for a reader of the report."""

    kind: ClassVar[str] = "attachment_file"
    lifetime: ClassVar[timedelta | None] = FILE_LIFE
    brings_file: ClassVar[bool] = True

    file: FileRef
    number: str
    view: AttachmentView
    officer: Person


@dataclass(frozen=True)
class AttachmentPlace(Message):
    """The place of an attachment, for a reader of the report."""

    kind: ClassVar[str] = "attachment_place"

    latitude: float
    longitude: float
    number: str
    view: AttachmentView
    officer: Person

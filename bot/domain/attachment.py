"""Attachments of a report: what may be attached, how much of it, and what becomes of it until it is there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import No, RefusalError
from bot.domain.file import FileRef, SentAs

# What Telegram lets a bot fetch (getFile), and how many one phone still shows as buttons under a report.
SIZE_MAX = 20 * 1024 * 1024
COUNT_MAX = 20
NAME_MAX = 100
# Telegram says in one sentence that a file is gone or only away for now: so often is it asked before it counts as gone.
GONE_AFTER = 5


class AttachmentKind(StrEnum):
    """What the officer has sent."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    LOCATION = "location"


class AttachmentState(StrEnum):
    """Where an attachment stands: on its way, on our disk, of a type that is not taken, gone at Telegram."""

    FETCHING = "fetching"
    THERE = "there"
    REFUSED = "refused"
    LOST = "lost"


# What is there or may still come; the others are told, and count as nothing.
COUNTING = (AttachmentState.FETCHING, AttachmentState.THERE)


class Why(StrEnum):
    """Why an attachment is refused or lost."""

    TYPE = "type"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    GONE = "gone"


# What is taken, by the content and not by what was declared; the first ending is given to a name that has none of them.
TAKEN: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "image/gif": (".gif",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "text/plain": (".txt", ".csv"),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a",),
    "audio/wav": (".wav",),
    "video/mp4": (".mp4", ".m4v", ".m4a"),
    "video/quicktime": (".mov",),
}
# What a phone can show or play in its own way, by the Bot API's lists; everything else goes as a document.
_SHOWN: dict[AttachmentKind, tuple[SentAs, frozenset[str]]] = {
    AttachmentKind.PHOTO: (SentAs.PHOTO, frozenset({"image/jpeg", "image/png", "image/webp"})),
    AttachmentKind.VOICE: (SentAs.VOICE, frozenset({"audio/ogg", "audio/mpeg", "audio/mp4"})),
    AttachmentKind.AUDIO: (SentAs.AUDIO, frozenset({"audio/mpeg", "audio/mp4"})),
    AttachmentKind.VIDEO: (SentAs.VIDEO, frozenset({"video/mp4"})),
}


@dataclass(frozen=True)
class Incoming:
    """What a message brings. `album`: sent together with others; `size` in bytes, where Telegram says it.

    The `name` of a location is its grid reference.
    """

    kind: AttachmentKind
    file_id: str | None = None
    name: str | None = None
    caption: str | None = None
    size: int | None = None
    album: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Attachment:
    """An attachment of the draft `draft`; once that is submitted, of a report, from this version of it on."""

    id: int
    officer: str
    draft: int
    state: AttachmentState
    sent_at: datetime
    brought: Incoming
    report: int | None = None
    version: int | None = None
    type: str | None = None
    sha256: str | None = None
    fetched_at: datetime | None = None
    why: Why | None = None

    @property
    def counts(self) -> bool:
        """Whether it is there or may still come."""
        return self.state in COUNTING


@dataclass(frozen=True)
class AttachmentView:
    """An attachment as a message tells it. `number` counts from 1 within its report; `mine`: can still be taken off."""

    id: int
    number: int
    kind: AttachmentKind
    state: AttachmentState
    name: str | None = None
    caption: str | None = None
    mine: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is there or may still come."""
        return self.state in COUNTING


def begin(which: int, officer: str, draft: int, brought: Incoming, kept: int, sent_at: datetime) -> Attachment:
    """Return a new attachment beside `kept` others: a place is there at once, a file is to be fetched.

    Raises RefusalError FILE_TOO_LARGE or TOO_MANY_FILES.
    """
    if brought.size is not None and brought.size > SIZE_MAX:
        raise RefusalError(No.FILE_TOO_LARGE, name=tidy(brought.name))
    if kept >= COUNT_MAX:
        raise RefusalError(No.TOO_MANY_FILES)
    there = brought.kind is AttachmentKind.LOCATION
    state = AttachmentState.THERE if there else AttachmentState.FETCHING
    return Attachment(which, officer, draft, state, sent_at, replace(brought, name=tidy(brought.name)))


def judge(size: int, content_type: str | None) -> Why | None:
    """Return why a file that has been fetched is not taken; nothing if it is. `content_type` is that of its content."""
    if size == 0:
        return Why.EMPTY
    if size > SIZE_MAX:
        return Why.TOO_BIG
    return None if content_type in TAKEN else Why.TYPE


def fetched(one: Attachment, content_type: str, sha256: str, size: int, now: datetime) -> Attachment:
    """Return the attachment as it is once its file lies on the disk."""
    brought = replace(one.brought, size=size)
    state = AttachmentState.THERE
    return replace(one, state=state, brought=brought, type=content_type, sha256=sha256, fetched_at=now)


def failed(one: Attachment, why: Why) -> Attachment:
    """Return the attachment that will never be there: not taken, or gone."""
    return replace(one, state=AttachmentState.LOST if why is Why.GONE else AttachmentState.REFUSED, why=why)


def file_of(one: Attachment, number: str) -> FileRef:
    """Return the file of an attachment that is there, as it is handed out; `number` names one that has no name.

    Its name ends as its content is, whatever the sender called it: no `report.pdf.exe` leaves here.
    """
    if one.sha256 is None or one.type is None:
        raise ValueError("the file of this attachment is not there")
    endings = TAKEN[one.type]
    name = one.brought.name or number
    if not name.lower().endswith(endings):
        name += endings[0]
    sent_as, types = _SHOWN.get(one.brought.kind, (SentAs.DOCUMENT, frozenset()))
    return FileRef(one.sha256, name, one.type, sent_as if one.type in types else SentAs.DOCUMENT)


def tidy(name: str | None) -> str | None:
    """Return a file's name as it may be shown and sent on: the last part of a path, nothing that is not seen.

    A mark that turns the direction of writing makes `exe.jpg` read as `gpj.exe`, and the other way round.
    """
    last = (name or "").replace("\\", "/").rpartition("/")[2].replace("\u00a0", " ")
    plain = "".join(sign for sign in last if sign.isprintable()).replace('"', "'").strip(" .")
    if len(plain) > NAME_MAX:
        stem, dot, ending = plain.rpartition(".")
        ending = f".{ending}" if dot and len(ending) < 10 else ""
        plain = (stem if ending else plain)[: NAME_MAX - len(ending)].rstrip(" .") + ending
    return plain or None


def counted(every: Iterable[Attachment] | Iterable[AttachmentView]) -> int:
    """Return how many are there or may still come."""
    return sum(one.counts for one in every)


def viewed(every: Iterable[Attachment], draft: int | None = None) -> tuple[AttachmentView, ...]:
    """Return how attachments are told, numbered in their order; those of `draft` can still be taken off."""
    return tuple(
        AttachmentView(
            id=one.id,
            number=number,
            kind=one.brought.kind,
            state=one.state,
            name=one.brought.name,
            caption=one.brought.caption,
            mine=one.report is None and one.draft == draft,
        )
        for number, one in enumerate(every, start=1)
    )

"""Files that go with a message: which bytes, under which name, shown how."""

from dataclasses import dataclass
from enum import StrEnum


class SentAs(StrEnum):
    """How a phone shows a file; each is a method of the Bot API, and the name of its parameter."""

    DOCUMENT = "document"
    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class FileRef:
    """A file that is kept under its SHA-256. `type` is its content type, `name` what the reader's phone calls it."""

    sha256: str
    name: str
    type: str
    sent_as: SentAs = SentAs.DOCUMENT

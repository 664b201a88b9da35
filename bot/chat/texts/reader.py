"""Who reads, and what they are shown."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.keyboard import CopyButton, Keyboard
from bot.domain.bilingual import Language
from bot.domain.file import FileRef
from bot.domain.officer import Gender, Role
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Html, Voice


@dataclass(frozen=True)
class Reader:
    """The person on whose screen a message stands; `now` is UTC, `timezone` that of their post."""

    language: Language
    timezone: str
    role: Role | None
    gender: Gender | None
    now: datetime
    code: str | None


@dataclass(frozen=True)
class Spot:
    """A point on the map (degrees, WGS 84), and what stands under its title."""

    latitude: float
    longitude: float
    address: str


@dataclass(frozen=True)
class SharedContact:
    """A number that the phone can call or keep; `vcard`: all that is to be kept, at most 2,048 bytes."""

    number: str
    first_name: str
    last_name: str = ""
    vcard: str = ""


@dataclass(frozen=True)
class Article:
    """A result of an inline query: how the list shows it, and the HTML text that choosing it sends into the chat.

    The chat may be with anybody, so a button under it can only copy: a press would be somebody else's.
    """

    id: str
    title: str
    description: str
    text: Html
    buttons: tuple[tuple[CopyButton, ...], ...] = ()


@dataclass(frozen=True)
class Rendered:
    """What is sent: HTML text and the buttons under it; a `popup` must be pressed away.

    With a `file` the text is its caption, 1,024 characters at most; with a `spot`, the map's title, in plain words;
    with a `contact` it is not shown: Telegram shows name and number. `pin`: it is then pinned without a sound, and
    what Vigie had pinned in this chat before no longer is.
    """

    text: Html
    keyboard: Keyboard = None
    popup: bool = False
    file: FileRef | None = None
    spot: Spot | None = None
    contact: SharedContact | None = None
    pin: bool = False


def voice_of(reader: Reader, catalogues: Catalogues, language: str) -> Voice:
    """Return the voice that speaks `language` to this reader, in the time of their post."""
    return Voice(catalogues[language], zone=ZoneInfo(reader.timezone), now=reader.now)

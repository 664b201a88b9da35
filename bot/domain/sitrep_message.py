"""What is said about situation reports: the list, the card, what command is asked, and the documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.bilingual import Language, Text
from bot.domain.message import Message, Priority
from bot.domain.officer import Person
from bot.domain.sitrep import SitrepKind, SitrepState

# How many passages are untranslated, by the language into which; the reporting language first, none that has none.
Untranslated = tuple[tuple[Language, int], ...]


@dataclass(frozen=True)
class SitrepLine:
    """One situation report in a list; `since` and `until` are told by the clock of `zone`."""

    id: int
    number: str
    kind: SitrepKind
    state: SitrepState
    since: datetime
    until: datetime
    zone: str


@dataclass(frozen=True)
class SitrepMenu(Message):
    """The newest situation reports, and what may be prepared. `writes`: the reader is command."""

    kind: ClassVar[str] = "sitrep_menu"

    lines: tuple[SitrepLine, ...]
    writes: bool


@dataclass(frozen=True)
class SitrepReady(Message):
    """Tells command that one has been prepared by itself, and waits to be completed and approved."""

    kind: ClassVar[str] = "sitrep_ready"
    priority: ClassVar[Priority] = Priority.BULK

    line: SitrepLine


@dataclass(frozen=True)
class SitrepCard(Message):
    """One situation report at a glance. `figures`: codes with numbers; `written`: headings with their words.

    `may_*`: what the reader may do with it.
    """

    kind: ClassVar[str] = "sitrep_card"

    line: SitrepLine
    language: Language
    figures: tuple[tuple[str, int], ...]
    written: tuple[tuple[str, str], ...]
    untranslated: Untranslated
    late: int
    changed: int
    approved_by: Person | None = None
    approved_at: datetime | None = None
    may_write: bool = False
    may_translate: bool = False
    may_approve: bool = False


@dataclass(frozen=True)
class AskSitrepHeading(Message):
    """Asks under which heading command wishes to write."""

    kind: ClassVar[str] = "ask_sitrep_heading"

    line: SitrepLine
    headings: tuple[str, ...]


@dataclass(frozen=True)
class AskSitrepText(Message):
    """Asks for the words under a heading; those that stand are shown and will be replaced."""

    kind: ClassVar[str] = "ask_sitrep_text"

    number: str
    sitrep: SitrepKind
    heading: str
    standing: str | None


@dataclass(frozen=True)
class AskSitrepPeriod(Message):
    """Asks for the period of a situation report, from and to."""

    kind: ClassVar[str] = "ask_sitrep_period"


@dataclass(frozen=True)
class PassageSource:
    """Where a passage stands. Of a report: its post and number, the field by its question, and the turn from 0.

    Of what command wrote: the number and kind of the situation report, the heading, and who wrote it.
    """

    number: str
    post: Text | None = None
    field: str | None = None
    turn: int | None = None
    sitrep: SitrepKind | None = None
    heading: str | None = None
    author: Person | None = None


@dataclass(frozen=True)
class SitrepPassage(Message):
    """A narrative verbatim, to be translated, or a machine's draft of its translation; a long one comes in parts."""

    kind: ClassVar[str] = "sitrep_passage"

    source: PassageSource
    text: str
    language: Language
    part: int
    of: int
    machine: bool = False


@dataclass(frozen=True)
class AskTranslation(Message):
    """Asks for the translation of the narrative before. `mark` names it on buttons; `drafted`: by a machine.

    `long`: its translation may take more than one message.
    """

    kind: ClassVar[str] = "ask_translation"

    sitrep: int
    number: str
    mark: str
    into: Language
    left: int
    drafted: bool = False
    long: bool = False


@dataclass(frozen=True)
class TranslationGoesOn(Message):
    """Says that what was typed is kept, `length` characters by now, and that the next text goes on with it."""

    kind: ClassVar[str] = "translation_goes_on"

    sitrep: int
    number: str
    into: Language
    length: int


@dataclass(frozen=True)
class TranslationsDone(Message):
    """Says that nothing is left to translate into a language; `left`: what is, into the other."""

    kind: ClassVar[str] = "translations_done"

    sitrep: int
    number: str
    into: Language
    left: Untranslated = ()


@dataclass(frozen=True)
class AskApproval(Message):
    """Asks the commander once more, with what is still open. `mark` stands for what is approved, and nothing else.

    `language`: the one in which it goes out.
    """

    kind: ClassVar[str] = "ask_approval"

    line: SitrepLine
    language: Language
    untranslated: Untranslated
    unreviewed: int
    unwritten: tuple[str, ...]
    mark: str


@dataclass(frozen=True)
class SitrepApproved(Message):
    """Tells who approved that it is on record, and to how many people it goes; `mails`: by e-mail.

    `unmailed`: addresses that get nothing, because no mail server is set.
    """

    kind: ClassVar[str] = "sitrep_approved"

    number: str
    told: int
    mails: int
    unmailed: int = 0


@dataclass(frozen=True)
class SitrepOnItsWay(Message):
    """Says that a document is being made and follows."""

    kind: ClassVar[str] = "sitrep_on_its_way"

    number: str


@dataclass(frozen=True)
class SitrepDocument(Message):
    """Brings a document: `sha256` is its name in the folder of files, `name` the one that the reader sees."""

    kind: ClassVar[str] = "sitrep_document"
    priority: ClassVar[Priority] = Priority.BULK
    brings_file: ClassVar[bool] = True

    number: str
    sha256: str
    name: str
    draft: bool
    approved_by: Person | None = None


@dataclass(frozen=True)
class MailRefused(Message):
    """Tells the commander that a server would not take the e-mail, with its own words."""

    kind: ClassVar[str] = "mail_refused"

    number: str
    why: str
    recipients: tuple[str, ...] = ()

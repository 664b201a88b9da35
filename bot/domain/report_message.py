"""What is said about reports: questions, the preview, receipts, and what passes between officer and command."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from bot.domain.attachment import AttachmentView
from bot.domain.bilingual import Text
from bot.domain.errors import No
from bot.domain.message import Message, Priority
from bot.domain.officer import Person
from bot.domain.report import ReportState


@dataclass(frozen=True)
class Proposal:
    """An answer on a button that needs no typing; `what` names it, the instants are UTC."""

    what: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Byline:
    """Who wrote a report, where and for whom they served when it was first sent, and how it is marked."""

    officer: Person
    call_sign: str | None = None
    unit: Text | None = None
    marking: Text | None = None


@dataclass(frozen=True)
class AskReport(Message):
    """One question of a form, with the buttons that answer it, and what was just recorded.

    `refused`: why the answer before was not taken; nothing was lost. `complete`: nothing required is missing.
    """

    kind: ClassVar[str] = "ask_report"

    draft: int
    form: str
    key: str
    number: int  # which question it is, from 1
    of: int
    answer: Any = None  # what is on record for this question already
    before: tuple[str, Any] | None = None  # the key and the answer just recorded
    silent: bool = False  # its heading has nothing to report
    begun: bool = False  # something was said under its heading
    complete: bool = False
    mending: bool = False
    posts: tuple[tuple[str, Text], ...] = ()
    proposals: tuple[Proposal, ...] = ()
    links: tuple[tuple[str, datetime], ...] = ()  # numbers of incident reports, and when each was
    refused: No | None = None
    facts: dict[str, Any] | None = None
    aside: str | None = None  # the form of the draft that was laid aside for this one just now
    outside: bool = False  # what was just recorded took place outside the period of the report


@dataclass(frozen=True)
class ReportPreview(Message):
    """The report as it would be submitted, with what is missing, what it overlaps, and what is outside its period."""

    kind: ClassVar[str] = "report_preview"

    draft: int
    form: str
    answers: dict[str, Any]
    nothing: tuple[str, ...]
    missing: tuple[str, ...]
    overlaps: tuple[str, ...]
    corrects: str | None
    attached: tuple[AttachmentView, ...] = ()
    sent: str | None = None  # it has been sent, as the report of this number: nothing is left to press
    by: Byline | None = None
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportMend(Message):
    """Asks which answer is to be corrected."""

    kind: ClassVar[str] = "report_mend"

    draft: int
    form: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class AskCorrection(Message):
    """Asks why a submitted report is corrected; the reason stands with the new version."""

    kind: ClassVar[str] = "ask_correction"

    number: str


@dataclass(frozen=True)
class ReportReceipt(Message):
    """Tells the officer that the report is on record, under which number and version, and who reads it."""

    kind: ClassVar[str] = "report_receipt"

    number: str
    form: str
    version: int
    sent_at: datetime
    report: int
    told: int
    flash: bool
    files: int = 0
    waits: tuple[int, str] | None = None  # a draft that was laid aside, and its form


@dataclass(frozen=True)
class ReportView:
    """A report as its readers see it."""

    id: int
    number: str
    form: str
    version: int
    state: ReportState
    officer: Person
    answers: dict[str, Any]
    nothing: tuple[str, ...]
    language: str
    since: datetime
    until: datetime
    submitted_at: datetime
    received_at: datetime
    reason: str | None = None
    reviewed_at: datetime | None = None
    reviewed_by: Person | None = None
    question: str | None = None
    answer: str | None = None
    attached: tuple[AttachmentView, ...] = ()
    call_sign: str | None = None
    unit: Text | None = None
    marking: Text | None = None

    @property
    def by(self) -> Byline:
        """Who wrote it, and how it is marked."""
        return Byline(self.officer, self.call_sign, self.unit, self.marking)


@dataclass(frozen=True)
class ReportCard(Message):
    """A report to read, with what the reader may do with it."""

    kind: ClassVar[str] = "report_card"

    view: ReportView
    mine: bool
    may_review: bool


@dataclass(frozen=True)
class ReportNew(Message):
    """Tells lead and command that a report has come in, or a new version of one."""

    kind: ClassVar[str] = "report_new"
    priority: ClassVar[Priority] = Priority.REMINDER

    report: int
    number: str
    form: str
    version: int
    officer: Person
    reason: str | None = None
    files: int = 0


@dataclass(frozen=True)
class FlashNews(Message):
    """Tells the whole ladder of an incident at once: its flash report."""

    kind: ClassVar[str] = "flash_news"
    priority: ClassVar[Priority] = Priority.ALERT

    view: ReportView


@dataclass(frozen=True)
class ReportRow:
    """One report in a list."""

    id: int
    number: str
    form: str
    state: ReportState
    officer: Person
    since: datetime
    until: datetime
    version: int


@dataclass(frozen=True)
class ReportList(Message):
    """The reader's own reports, or those that wait for a review, a page at a time."""

    kind: ClassVar[str] = "report_list"

    rows: tuple[ReportRow, ...]
    page: int
    pages: int
    inbox: bool


@dataclass(frozen=True)
class AskReviewQuestion(Message):
    """Asks what the officer is to be asked when a report is returned."""

    kind: ClassVar[str] = "ask_review_question"

    number: str


@dataclass(frozen=True)
class ReportReturned(Message):
    """Tells the officer that command asks something about a report."""

    kind: ClassVar[str] = "report_returned"

    report: int
    number: str
    form: str
    by: Person
    question: str


@dataclass(frozen=True)
class AskReviewAnswer(Message):
    """Asks the officer to type the answer to a question about a report."""

    kind: ClassVar[str] = "ask_review_answer"

    number: str
    question: str


@dataclass(frozen=True)
class ReviewAnswered(Message):
    """Tells the one who asked what the officer answered."""

    kind: ClassVar[str] = "review_answered"

    report: int
    number: str
    form: str
    officer: Person
    question: str
    answer: str


@dataclass(frozen=True)
class ReportAccepted(Message):
    """Tells the officer that a report was accepted."""

    kind: ClassVar[str] = "report_accepted"
    priority: ClassVar[Priority] = Priority.BULK

    number: str
    form: str
    by: Person


@dataclass(frozen=True)
class ReviewRecorded(Message):
    """Tells the one who accepted, asked or answered that it is on record."""

    kind: ClassVar[str] = "review_recorded"

    number: str
    what: str  # accepted | returned | answered
    waiting: int

"""Reports: what was submitted stays as it was; a correction is a new version; command accepts, or asks back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain import report_time
from bot.domain.bilingual import Language, Text
from bot.domain.errors import No, RefusalError
from bot.domain.form import Form, locate, steps
from bot.domain.officer import Officer, Right
from bot.domain.report_code import HELP
from bot.domain.report_draft import Draft, given, missing, with_turns
from bot.domain.report_form import FLASH, FORMS, INCIDENT

REASON_MAX = 280
QUESTION_MAX = 600


class ReportState(StrEnum):
    """Where a report stands. `flash`: an incident of which only the first eight fields are in."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Decision(StrEnum):
    """What command has said of a version."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class ReportDraft:
    """A report that a person is writing: a draft, and what it is to become.

    `corrects`: the report of which it will be a new version. `paused`: its question no longer waits. `slot`: a flash
    lies on top of what was being written, which goes on once the flash is done; from 0, and only the top is written.
    """

    id: int
    officer: str
    draft: Draft
    language: Language
    started_at: datetime
    touched_at: datetime
    corrects: int | None = None
    reason: str | None = None
    paused: bool = False
    slot: int = 0

    @property
    def form(self) -> Form:
        """The form that is being filled in."""
        return FORMS[self.draft.form]

    @property
    def is_untouched_flash(self) -> bool:
        """Whether it is a flash without an answer: whoever begins one again has tapped twice."""
        return self.form is FLASH and not self.draft.answers

    @property
    def grows_from_flash(self) -> bool:
        """Whether it is the full report that a flash still owes: only a correction has a reason."""
        return self.corrects is not None and self.reason is None


@dataclass(frozen=True)
class Version:
    """What was submitted, once and for all. `answers` holds only what counts; `nothing`: headings with RAS.

    `sent_at` is when it was sent, `received_at` when Vigie took it up. `reason`: why it replaces the one before.
    """

    number: int
    form: str
    answers: dict[str, Any]
    nothing: frozenset[str]
    language: Language
    sent_at: datetime
    received_at: datetime
    reason: str | None = None
    draft: int | None = None  # the draft that it was


@dataclass(frozen=True)
class Report:
    """A submitted report with its newest version. `since` and `until` are the period or instant it is about (UTC).

    `post`, `mission`, `call_sign`, `unit` and `marking` are those of when it was first sent, whatever changes later.
    """

    id: int
    number: str
    officer: str
    post: str
    mission: str
    state: ReportState
    version: Version
    since: datetime
    until: datetime
    submitted_at: datetime
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    call_sign: str | None = None
    unit: Text | None = None
    marking: Text | None = None

    @property
    def form(self) -> Form:
        """The form that the newest version fills in."""
        return FORMS[self.version.form]

    @property
    def is_flash(self) -> bool:
        """Whether the full report of an incident is still owed."""
        return self.version.form == FLASH.code

    def ended_in(self, since: datetime, until: datetime) -> bool:
        """Whether it belongs to this time, the one in which it ended; an instant, to the time that it begins."""
        if self.since == self.until:
            return since <= self.until < until
        return since < self.until <= until


def number_of(contingent: str, year: int, count: int) -> str:
    """Return the number that a report goes by: `MLI-2026-0042`."""
    return f"{contingent}-{year}-{count:04}"


def short(number: str) -> str:
    """Return year and count of a report's number, `2026-0042`; the code of a contingent may have a hyphen, too."""
    return "-".join(number.rsplit("-", 2)[1:])


def covers(form: Form, answers: dict[str, Any], sent_at: datetime) -> tuple[datetime, datetime]:
    """Return the two instants that a report is about: its period, its patrol, its meeting or its incident."""
    if "period" in answers:
        return _instant(answers["period"]["from"]), _instant(answers["period"]["to"])
    if "left_at" in answers:
        return _instant(answers["left_at"]), _instant(answers.get("back_at", answers["left_at"]))
    at = answers.get("occurred_at") or answers.get("time")
    instant = _instant(at) if at else sent_at
    return instant, instant


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)


def version_of(writing: ReportDraft, before: Report | None, sent_at: datetime, now: datetime) -> Version:
    """Return what a finished draft is submitted as; `before`: the report that it corrects, or completes.

    Raises RefusalError INCOMPLETE, TOO_EARLY for a time before another one, NEEDS_REASON for a correction without one.
    """
    lacking = missing(writing.form, writing.draft)
    if lacking:
        raise RefusalError(No.INCOMPLETE, key=lacking[0].key, count=len(lacking))
    answers = given(writing.form, writing.draft)
    report_time.check_all(answers)
    if before is not None and not before.is_flash and writing.reason is None:
        raise RefusalError(No.NEEDS_REASON)
    asked = {one.section.code for one in steps(writing.form, writing.draft.answers, writing.draft.nothing)}
    return Version(
        number=before.version.number + 1 if before is not None else 1,
        form=writing.form.code,
        answers=answers,
        nothing=frozenset(writing.draft.nothing & asked),
        language=writing.language,
        sent_at=sent_at,
        received_at=now,
        reason=writing.reason,
        draft=writing.id,
    )


def may_lie_on(new: ReportDraft, writing: ReportDraft) -> bool:
    """Return whether a report may be begun while another is being written, which is then laid aside.

    One draft a person; but an incident waits for no duty report: a flash may be begun at any moment, and the full
    report of one while anything but another incident is being written.
    """
    if new.form is FLASH:
        return True
    return new.grows_from_flash and writing.form not in (FLASH, INCIDENT)


def reopened(report: Report) -> Draft:
    """Return the draft from which a correction starts, at its preview; a flash goes on as the full report."""
    form = INCIDENT if report.is_flash else report.form
    answers = dict(report.version.answers)
    if report.is_flash:
        full = [one.key for one in steps(form, answers, report.version.nothing)]
        flash = {one.key for one in steps(FLASH, answers, report.version.nothing)}
        first = next((key for key in full if key not in flash), None)
        return Draft(form.code, answers, report.version.nothing, at=first)
    return Draft(form.code, with_turns(form, answers), report.version.nothing, at=None)


def overlaps(report: Report, since: datetime, until: datetime) -> bool:
    """Return whether a report is about some of this time; one that begins as the other ends is not."""
    return report.since < until and since < report.until


def says_the_same(before: Version, after: Version) -> bool:
    """Return whether a new version would say nothing else than the one before."""
    return (before.form, before.answers, before.nothing) == (after.form, after.answers, after.nothing)


def may_read(report: Report, reader: Officer, *, told: bool = False) -> bool:
    """Return whether somebody may read a report: its officer, the post's lead, command, who was `told` of its flash.

    The last may read what becomes of it for as long as they are lead, deputy or commander, at whichever post.
    """
    return reader.code == report.officer or (reader.may(Right.ACT) and (told or reader.sees(report.post)))


def may_name(report: Report, officer: Officer, *, told: bool = False) -> bool:
    """Return whether somebody may name an incident report in their own: one that they read, or one of their post."""
    return report.version.form in (FLASH.code, INCIDENT.code) and (
        report.post == officer.post or may_read(report, officer, told=told)
    )


def readable(report: Report, reader: Officer | None) -> dict[str, Any]:
    """Return the answers that a reader may see: what is private only for its officer and for command.

    No reader: what may go to everybody who is told.
    """
    return {
        key: value
        for key, value in report.version.answers.items()
        if _sees_all(report, reader) or not locate(report.form, key).section.private
    }


def silent(report: Report, reader: Officer | None) -> tuple[str, ...]:
    """Return the headings with nothing to report; of a private one a reader does not even learn that."""
    every = sorted(report.version.nothing)
    return tuple(code for code in every if _sees_all(report, reader) or not report.form.section(code).private)


def _sees_all(report: Report, reader: Officer | None) -> bool:
    return reader is not None and (reader.code == report.officer or reader.may(Right.ROSTER))


def alarms(version: Version | None) -> bool:
    """Return whether a report says that somebody of ours needs help, is injured or is missing."""
    if version is None:
        return False
    answers = version.answers
    return answers.get("help") in HELP[1:] or answers.get("personnel") in ("injured", "unaccounted")

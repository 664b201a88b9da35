"""Submitted reports: numbered, kept as they were, read and reviewed; a flash goes to the whole ladder at once."""

from dataclasses import replace
from datetime import datetime

from bot.domain import report as rules
from bot.domain import report_review as reviews
from bot.domain.errors import No, RefusalError
from bot.domain.ladder import everyone
from bot.domain.officer import Officer, Right
from bot.domain.page import turned
from bot.domain.report import Decision, Report, ReportState
from bot.domain.report_message import (
    AskReviewAnswer,
    FlashNews,
    ReportAccepted,
    ReportCard,
    ReportList,
    ReportNew,
    ReportReceipt,
    ReportReturned,
    ReportRow,
    ReviewAnswered,
    ReviewRecorded,
)
from bot.services import attachment, report_draft, report_menu, report_question, report_view, sos
from bot.store import audit, outbox
from bot.store import officer as officers
from bot.store import post as posts
from bot.store import report as reports
from bot.store import report_reader as readers
from bot.store import report_review as said_of
from bot.store.engine import Tx
from bot.store.ids import new_id

REASON_MAX = rules.REASON_MAX
PAGE = 8  # reports on one page: each has a button


def thread(report: Report) -> str:
    """Return what the messages about a report are tied together by."""
    return f"report:{report.id}"


async def submit(tx: Tx, officer: Officer, which: int, sent_at: datetime) -> Report:
    """Submit the draft: a new report under the next number, or the next version of the one that it corrects.

    Raises RefusalError INCOMPLETE with the first missing key, or UNCHANGED for a correction that changes nothing and
    brings no attachment; the draft is then as it was.
    """
    report_draft.must_write(officer)
    writing = await report_draft.mine(tx, officer, which)
    before = await reports.one(tx, writing.corrects) if writing.corrects is not None else None
    version = rules.version_of(writing, before, sent_at, tx.now)
    if before is not None and rules.says_the_same(before.version, version) and not await attachment.brings(tx, which):
        raise RefusalError(No.UNCHANGED)
    since, until = rules.covers(writing.form, version.answers, sent_at)
    if before is not None:
        report = _unreviewed(replace(before, version=version, since=since, until=until))
        reports.add_version(tx, report)
        reports.save(tx, report)
    else:
        report = await _new(tx, officer, version, since, until)
    files = await attachment.submitted(tx, writing, report)
    report_draft.drop(tx, officer, writing)
    audit.note(tx, officer.code, "report_submitted", officer.code, report=report.number, version=version.number)
    told = await _tell(tx, officer, report, files)
    waits = await report_menu.that_waits(tx, officer)
    receipt = ReportReceipt(
        report.number,
        version.form,
        version.number,
        version.sent_at,
        report.id,
        told,
        flash=report.is_flash,
        files=files,
        waits=waits,
    )
    outbox.owe(tx, receipt, to=officer.code)
    await report_question.settle(tx, writing, report.number)
    if rules.alarms(version) and not rules.alarms(before.version if before else None):
        # Whoever needs help, or is missing, gets somebody who answers for it, not only readers.
        await sos.assist(tx, officer, sent_at)
        await sos.detail(tx, officer, text=report.number, quiet=True)
    return report


def _unreviewed(report: Report) -> Report:
    """Return the report waiting for a review: who reviewed it before has not seen what it says now."""
    return replace(report, state=ReportState.SUBMITTED, reviewed_at=None, reviewed_by=None)


async def _new(tx: Tx, officer: Officer, version: rules.Version, since: datetime, until: datetime) -> Report:
    plan = await posts.must_plan(tx)
    year = tx.now.year
    serial = await reports.next_serial(tx, year)
    report = Report(
        id=new_id(tx.now),
        number=rules.number_of(plan.contingent.code, year, serial),
        officer=officer.code,
        post=officer.post,
        mission=officer.mission,
        state=ReportState.SUBMITTED,
        version=version,
        since=since,
        until=until,
        submitted_at=version.sent_at,
        call_sign=officer.call_sign,
        unit=officer.unit,
        marking=plan.contingent.sitrep.marking,
    )
    reports.add(tx, report, year, serial)
    return report


async def _tell(tx: Tx, officer: Officer, report: Report, files: int) -> int:
    """Tell those who review it; of a flash everyone on the ladder, at once. Return how many that is."""
    if report.is_flash:
        news = FlashNews(await report_view.of_report(tx, report))
        told = everyone(officer, await officers.responders(tx))
        for one in told:
            outbox.owe(tx, news, to=one.code, thread=thread(report))
        readers.add(tx, report.id, [one.code for one in told])
        return len(told)
    version = report.version
    new = ReportNew(report.id, report.number, version.form, version.number, officer.person, version.reason, files)
    people = [
        one
        for one in await officers.every(tx)
        if reviews.may_review(report, officer, one) and one.enrolled and one.on_tour(tx.now)
    ]
    for one in people:
        outbox.owe(tx, new, to=one.code, thread=thread(report))
    return len(people)


async def readable(tx: Tx, reader: Officer, which: int) -> Report:
    """Return a report that somebody may read; raises RefusalError NO_SUCH_REPORT, also where it is not theirs."""
    found = await reports.one(tx, which)
    told = found is not None and await readers.was_told(tx, which, reader.code)
    if found is None or not rules.may_read(found, reader, told=told):
        raise RefusalError(No.NO_SUCH_REPORT)
    return found


async def _author(tx: Tx, report: Report) -> Officer:
    return (await officers.by_code(tx, {report.officer}))[report.officer]


async def card(tx: Tx, reader: Officer, which: int) -> None:
    """Show a report to somebody who may read it. Raises RefusalError NO_SUCH_REPORT, also where it is not theirs."""
    found = await readable(tx, reader, which)
    audit.note(tx, reader.code, "report_read", found.officer, report=found.number)
    own = found.officer == reader.code
    may_review = reviews.may_review(found, await _author(tx, found), reader)
    may_review = may_review and found.state is not ReportState.ACCEPTED
    outbox.owe(tx, ReportCard(await report_view.of_report(tx, found, reader), own, may_review), to=reader.code)


async def listed(tx: Tx, reader: Officer, *, inbox: bool, page: int = 0) -> None:
    """Show the reader's own reports, or those of others that wait for a review."""
    if inbox and not reader.may(Right.ACT):
        raise RefusalError(No.NOT_ALLOWED)
    mine = reviews.reviews_of(reader)
    count = await (reports.count_waiting(tx, mine) if inbox else reports.count_of(tx, reader.code))
    shown = turned(page, count, PAGE)
    found = await (
        reports.waiting(tx, mine, PAGE, shown.first) if inbox else reports.of(tx, reader.code, PAGE, shown.first)
    )
    people = {one.code: one for one in await officers.every(tx)}
    rows = tuple(
        ReportRow(
            one.id,
            one.number,
            one.version.form,
            one.state,
            people[one.officer].person,
            one.since,
            one.until,
            one.version.number,
        )
        for one in found
    )
    outbox.owe(tx, ReportList(rows, shown.at, shown.of, inbox), to=reader.code)


async def own(tx: Tx, officer: Officer, which: int) -> Report:
    """Return an own report; raises RefusalError NO_SUCH_REPORT."""
    found = await reports.one(tx, which)
    if found is None or found.officer != officer.code:
        raise RefusalError(No.NO_SUCH_REPORT)
    return found


async def may_return(tx: Tx, reviewer: Officer, which: int, version: int) -> Report:
    """Return the report if the reviewer may send it back; raises RefusalError otherwise. Nothing is changed."""
    found = await readable(tx, reviewer, which)
    reviews.review(tx.now, found, await _author(tx, found), reviewer, version, Decision.RETURNED)
    return found


async def accept(tx: Tx, reviewer: Officer, which: int, version: int) -> None:
    """Accept a report; its officer reads that."""
    found = await readable(tx, reviewer, which)
    after = reviews.review(tx.now, found, await _author(tx, found), reviewer, version, Decision.ACCEPTED)
    reports.save(tx, after)
    said_of.add(tx, found.id, version, reviewer.code, Decision.ACCEPTED, None)
    audit.note(tx, reviewer.code, "report_accepted", found.officer, report=found.number, version=version)
    outbox.owe(tx, ReportAccepted(found.number, found.version.form, reviewer.person), to=found.officer)
    await _recorded(tx, reviewer, found, "accepted")


async def send_back(tx: Tx, reviewer: Officer, which: int, version: int, question: str) -> None:
    """Return a report with a question, which reaches its officer as a message to answer."""
    if len(question) > rules.QUESTION_MAX:
        raise RefusalError(No.TOO_LONG, limit=rules.QUESTION_MAX, length=len(question))
    found = await readable(tx, reviewer, which)
    after = reviews.review(tx.now, found, await _author(tx, found), reviewer, version, Decision.RETURNED)
    reports.save(tx, after)
    said_of.add(tx, found.id, version, reviewer.code, Decision.RETURNED, question)
    audit.note(tx, reviewer.code, "report_returned", found.officer, report=found.number, version=version)
    outbox.owe(
        tx, ReportReturned(found.id, found.number, found.version.form, reviewer.person, question), to=found.officer
    )
    await _recorded(tx, reviewer, found, "returned")


async def open_question(tx: Tx, officer: Officer, which: int) -> tuple[Report, said_of.Review]:
    """Return the question that an own report was returned with; raises RefusalError if none waits for an answer."""
    found = await own(tx, officer, which)
    said = await said_of.of(tx, which)
    asked = next((one for one in reversed(said) if one.question and one.answer is None), None)
    if asked is None:
        raise RefusalError(No.STALE_BUTTON)
    return found, asked


async def ask_answer(tx: Tx, officer: Officer, which: int) -> None:
    """Ask the officer to type the answer to the question about a report."""
    found, asked = await open_question(tx, officer, which)
    outbox.owe(tx, AskReviewAnswer(found.number, asked.question or ""), to=officer.code)


async def answer(tx: Tx, officer: Officer, which: int, said: str) -> None:
    """Pass the officer's answer on to the one who asked; the report waits for a review again."""
    if len(said) > rules.QUESTION_MAX:
        raise RefusalError(No.TOO_LONG, limit=rules.QUESTION_MAX, length=len(said))
    found, asked = await open_question(tx, officer, which)
    await said_of.answer(tx, asked.id, said)
    if found.state is ReportState.RETURNED:
        reports.save(tx, _unreviewed(found))
    audit.note(tx, officer.code, "report_question_answered", officer.code, report=found.number)
    outbox.owe(
        tx,
        ReviewAnswered(found.id, found.number, found.version.form, officer.person, asked.question or "", said),
        to=asked.reviewer,
    )
    await _recorded(tx, officer, found, "answered")


async def _recorded(tx: Tx, who: Officer, report: Report, what: str) -> None:
    waiting = await reports.count_waiting(tx, reviews.reviews_of(who)) if who.may(Right.ACT) else 0
    outbox.owe(tx, ReviewRecorded(report.number, what, waiting), to=who.code)

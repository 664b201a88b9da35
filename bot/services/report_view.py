"""A report as its readers see it, and who wrote it: as it was when it was first sent, whatever has changed since."""

from dataclasses import replace

from bot.domain import report as rules
from bot.domain.officer import Officer, Person
from bot.domain.report import Report
from bot.domain.report_message import Byline, ReportView
from bot.services import attachment
from bot.store import officer as officers
from bot.store import post as posts
from bot.store import report_review as said_of
from bot.store.engine import Tx


async def of_report(tx: Tx, report: Report, reader: Officer | None = None) -> ReportView:
    """Return what a reader may see of a report; no reader: what may go to everybody who is told."""
    people = {one.code: one for one in await officers.every(tx)}
    said = await said_of.of(tx, report.id)
    asked = next((one for one in reversed(said) if one.question), None)
    return ReportView(
        id=report.id,
        number=report.number,
        form=report.version.form,
        version=report.version.number,
        state=report.state,
        officer=await _as_then(tx, report, people[report.officer]),
        answers=rules.readable(report, reader),
        nothing=rules.silent(report, reader),
        language=report.version.language,
        since=report.since,
        until=report.until,
        submitted_at=report.version.sent_at,
        received_at=report.version.received_at,
        reason=report.version.reason,
        reviewed_at=report.reviewed_at,
        reviewed_by=people[report.reviewed_by].person if report.reviewed_by else None,
        question=asked.question if asked else None,
        answer=asked.answer if asked else None,
        attached=await attachment.views(tx, None, report.id),
        call_sign=report.call_sign,
        unit=report.unit,
        marking=report.marking,
    )


async def byline(tx: Tx, report: Report) -> Byline:
    """Return who wrote a report."""
    author = (await officers.by_code(tx, {report.officer}))[report.officer]
    return Byline(await _as_then(tx, report, author), report.call_sign, report.unit, report.marking)


async def byline_of_draft(tx: Tx, officer: Officer, corrected: Report | None) -> Byline:
    """Return who is writing a draft; a correction stays what the report that it `corrected` was sent as."""
    if corrected is not None:
        return await byline(tx, corrected)
    plan = await posts.plan(tx)
    marking = plan.contingent.sitrep.marking if plan is not None else None
    return Byline(officer.person, officer.call_sign, officer.unit, marking)


async def _as_then(tx: Tx, report: Report, author: Officer) -> Person:
    """Return the officer with the post and the mission of then: a later move does not move the report."""
    plan = await posts.plan(tx)
    if plan is None or (author.post, author.mission) == (report.post, report.mission):
        return author.person
    return replace(author.person, post=plan.post(report.post).name, mission=report.mission)

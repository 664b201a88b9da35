"""Who reviews whose reports: accepts them, or returns them with a question."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Role
from bot.domain.report import Decision, Report, ReportState


@dataclass(frozen=True)
class Reviews:
    """Which reports somebody reviews: those of officers of these roles but the own ones; `post`: only from there."""

    reader: str
    roles: frozenset[Role]
    post: str | None


def reviews_of(reviewer: Officer) -> Reviews:
    """Return which reports somebody reviews; a lead accepts none of those who command.

    A lead: those of the officers of the own post. The commander: those of officers, leads and deputies. A deputy:
    everybody's, the commander's among them. Where there is no deputy nobody reviews the commander's: they stay
    unreviewed, stand in nobody's list of new reports, and are read by all who may read them.
    """
    match reviewer.role:
        case Role.LEAD:
            return Reviews(reviewer.code, frozenset({Role.OFFICER}), reviewer.post)
        case Role.COMMANDER:
            return Reviews(reviewer.code, frozenset(Role) - {Role.COMMANDER}, None)
        case Role.DEPUTY:
            return Reviews(reviewer.code, frozenset(Role), None)
        case _:
            return Reviews(reviewer.code, frozenset(), None)


def may_review(report: Report, author: Officer, reviewer: Officer) -> bool:
    """Return whether somebody may accept or return a report that `author` wrote; nobody reviews their own."""
    mine = reviews_of(reviewer)
    return author.code != reviewer.code and author.role in mine.roles and mine.post in (None, report.post)


def review(
    now: datetime, report: Report, author: Officer, reviewer: Officer, version: int, decision: Decision
) -> Report:
    """Return the report accepted or returned. Raises NOT_ALLOWED, OWN_REPORT, or REPORT_CHANGED for an old version."""
    if reviewer.code == report.officer:
        raise RefusalError(No.OWN_REPORT)
    if not may_review(report, author, reviewer):
        raise RefusalError(No.NOT_ALLOWED)
    returned_twice = report.state is ReportState.RETURNED and decision is Decision.RETURNED  # one question at a time
    if version != report.version.number or report.state is ReportState.ACCEPTED or returned_twice:
        raise RefusalError(No.REPORT_CHANGED)
    return replace(report, state=ReportState(decision.value), reviewed_at=now, reviewed_by=reviewer.code)

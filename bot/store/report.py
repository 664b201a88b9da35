"""Submitted reports and their versions, as rows. A version is never written again."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, func, insert, not_, or_, select, update

from bot.domain.report import Report, ReportState, Version
from bot.domain.report_review import Reviews
from bot.store.codec import text_from, text_to
from bot.store.engine import Tx
from bot.store.report_tables import INCIDENT_FORM
from bot.store.tables import officer, report, report_version

_INSERT = insert(report)
_INSERT_VERSION = insert(report_version)
_UPDATE = (
    update(report)
    .where(report.c.id == bindparam("which"))
    .values(
        form=bindparam("new_form"),
        state=bindparam("new_state"),
        version=bindparam("new_version"),
        since=bindparam("new_since"),
        until=bindparam("new_until"),
        reviewed_at=bindparam("new_reviewed_at"),
        reviewed_by=bindparam("new_reviewed_by"),
    )
)
_LAST_SERIAL = select(func.max(report.c.serial)).where(report.c.year == bindparam("year"))

# In the order of the fields of `Report` and `Version`, which a month's rows are unpacked by: names cost twice as much.
_OF_REPORT = [
    report.c[name]
    for name in ("id", "number", "officer", "post", "mission", "state", "since", "until", "submitted_at",
                 "reviewed_at", "reviewed_by", "call_sign", "unit", "marking")
]  # fmt: skip
_OF_VERSION = [
    report_version.c[name].label(f"v_{name}")
    for name in ("number", "form", "answers", "ntr", "language", "sent_at", "received_at", "reason", "draft")
]
_ALL = select(*_OF_REPORT, *_OF_VERSION).join(
    report_version, and_(report_version.c.report == report.c.id, report_version.c.number == report.c.version)
)
_ONE = _ALL.where(report.c.id == bindparam("which"))
_OF = (
    _ALL.where(report.c.officer == bindparam("who"))
    .order_by(report.c.submitted_at.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
# In the words of its index, or SQLite does not use that.
_INCIDENTS_OF = (
    _ALL.where(report.c.post == bindparam("post"), INCIDENT_FORM, report.c.submitted_at >= bindparam("since"))
    .order_by(report.c.submitted_at.desc(), report.c.id.desc())
    .limit(bindparam("most"))
)
_BY_NUMBERS = _ALL.where(report.c.number.in_(bindparam("numbers", expanding=True)))
_COUNT_OF = select(func.count()).where(report.c.officer == bindparam("who"))
_WAITING = (
    (report.c.state == ReportState.SUBMITTED.value)
    & (report.c.officer != bindparam("reader"))
    & report.c.officer.in_(select(officer.c.code).where(officer.c.role.in_(bindparam("roles", expanding=True))))
    & or_(bindparam("post", type_=String).is_(None), report.c.post == bindparam("post"))
)
_INBOX = _ALL.where(_WAITING).order_by(report.c.submitted_at).limit(bindparam("most")).offset(bindparam("skipped"))
_COUNT_INBOX = select(func.count()).select_from(report).where(_WAITING)
# What is about one instant, such as an incident.
INSTANT = report.c.since == report.c.until
# A report belongs to the time in which it ended, so that of any days that follow each other one has it: what ended as
# a time began belongs to the time before, while an instant belongs to the time that it begins.
ENDED_IN = and_(
    report.c.until >= bindparam("since"),
    report.c.until <= bindparam("until"),
    or_(report.c.until > bindparam("since"), INSTANT),
    or_(report.c.until < bindparam("until"), not_(INSTANT)),
)
ENDED_BEFORE = and_(report.c.until <= bindparam("since"), or_(report.c.until < bindparam("since"), not_(INSTANT)))
_BETWEEN = _ALL.where(ENDED_IN).order_by(report.c.until, report.c.id)
_OF_BETWEEN = _ALL.where(
    report.c.officer == bindparam("who"),
    report.c.form == bindparam("form"),
    report.c.until >= bindparam("since"),
    report.c.since <= bindparam("until"),
).order_by(report.c.since, report.c.id)
_VERSIONS = select(*_OF_VERSION).where(report_version.c.report == bindparam("which")).order_by(report_version.c.number)

# SQLite takes 32,766 values in one statement; fewer keep it quick to prepare.
AT_ONCE = 500
_SENT_AS = (
    select(report.c.number)
    .join(report_version, report_version.c.report == report.c.id)
    .where(report_version.c.draft == bindparam("which"), report.c.officer == bindparam("who"))
)


def _version(row: Iterable[Any]) -> Version:
    number, form, answers, nothing, language, sent_at, received_at, reason, draft = row
    return Version(number, form, answers, frozenset(nothing), language, sent_at, received_at, reason, draft)


def _from_row(row: Iterable[Any]) -> Report:
    (which, number, officer, post, mission, state, since, until, submitted_at, reviewed_at, reviewed_by, call_sign,
     unit, marking, *version) = row  # fmt: skip
    return Report(
        which, number, officer, post, mission, ReportState(state), _version(version), since, until, submitted_at,
        reviewed_at, reviewed_by, call_sign, text_from(unit) if unit else None, text_from(marking) if marking else None,
    )  # fmt: skip


async def next_serial(tx: Tx, year: int) -> int:
    """Return the next number of a year; one writer at a time makes it safe, and the table refuses it twice."""
    last = (await tx.read(_LAST_SERIAL, {"year": year}))[0][0]
    return int(last or 0) + 1


def add(tx: Tx, one: Report, year: int, serial: int) -> None:
    """Write a new report with its first version."""
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "number": one.number,
            "year": year,
            "serial": serial,
            "officer": one.officer,
            "post": one.post,
            "mission": one.mission,
            "form": one.version.form,
            "state": one.state.value,
            "version": one.version.number,
            "since": one.since,
            "until": one.until,
            "submitted_at": one.submitted_at,
            "reviewed_at": one.reviewed_at,
            "reviewed_by": one.reviewed_by,
            "call_sign": one.call_sign,
            "unit": text_to(one.unit) if one.unit is not None else None,
            "marking": text_to(one.marking) if one.marking is not None else None,
        },
    )
    add_version(tx, one)


def add_version(tx: Tx, one: Report) -> None:
    """Write the newest version of a report; those before stay."""
    version = one.version
    tx.write(
        _INSERT_VERSION,
        {
            "report": one.id,
            "number": version.number,
            "form": version.form,
            "answers": version.answers,
            "ntr": sorted(version.nothing),
            "language": version.language,
            "sent_at": version.sent_at,
            "received_at": version.received_at,
            "reason": version.reason,
            "draft": version.draft,
        },
    )


def save(tx: Tx, one: Report) -> None:
    """Write where a report stands: its state, and which version is the newest."""
    tx.write(
        _UPDATE,
        {
            "which": one.id,
            "new_form": one.version.form,
            "new_state": one.state.value,
            "new_version": one.version.number,
            "new_since": one.since,
            "new_until": one.until,
            "new_reviewed_at": one.reviewed_at,
            "new_reviewed_by": one.reviewed_by,
        },
    )


async def one(tx: Tx, which: int) -> Report | None:
    """Return a report with its newest version, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def _reports(tx: Tx, query: Select[Any], params: dict[str, Any]) -> list[Report]:
    return [_from_row(row) for row in await tx.read(query, params)]


async def by_numbers(tx: Tx, numbers: Sequence[str]) -> list[Report]:
    """Return the reports with these numbers, each with its newest version."""
    found = []
    for at in range(0, len(numbers), AT_ONCE):
        found += await _reports(tx, _BY_NUMBERS, {"numbers": numbers[at : at + AT_ONCE]})
    return found


def whose_id_is_in(ids: Select[Any]) -> Select[Any]:
    """Return the query of the reports that another query names, by their end; to be kept as a constant."""
    return _ALL.where(report.c.id.in_(ids)).order_by(report.c.until, report.c.id)


async def found(tx: Tx, query: Select[Any], params: dict[str, Any]) -> list[Report]:
    """Return the reports of such a query, each with its newest version."""
    return await _reports(tx, query, params)


async def of(tx: Tx, who: str, most: int, skipped: int = 0) -> list[Report]:
    """Return an officer's reports, the newest first."""
    return await _reports(tx, _OF, {"who": who, "most": most, "skipped": skipped})


async def incidents_of(tx: Tx, post: str, since: datetime, most: int) -> list[Report]:
    """Return the incident reports of a post that were first sent after an instant, the newest first.

    Whatever ended after it is among them, since nobody reports an incident before it happens.
    """
    return await _reports(tx, _INCIDENTS_OF, {"post": post, "since": since, "most": most})


async def count_of(tx: Tx, who: str) -> int:
    """Return how many reports an officer has submitted."""
    return int((await tx.read(_COUNT_OF, {"who": who}))[0][0])


async def waiting(tx: Tx, whose: Reviews, most: int, skipped: int = 0) -> list[Report]:
    """Return the reports that wait for a review by one reviewer, the oldest first."""
    return await _reports(tx, _INBOX, _where(whose) | {"most": most, "skipped": skipped})


async def count_waiting(tx: Tx, whose: Reviews) -> int:
    """Return how many reports wait for a review by one reviewer."""
    return int((await tx.read(_COUNT_INBOX, _where(whose)))[0][0])


def _where(whose: Reviews) -> dict[str, Any]:
    return {"reader": whose.reader, "roles": sorted(role.value for role in whose.roles), "post": whose.post}


async def between(tx: Tx, since: datetime, until: datetime) -> list[Report]:
    """Return the reports whose period ended, or whose instant was, between two instants, in that order.

    Of times that follow each other every report belongs to exactly one: what is counted by day adds up.
    """
    return await _reports(tx, _BETWEEN, {"since": since, "until": until})


async def each_between(tx: Tx, since: datetime, until: datetime) -> AsyncIterator[Report]:
    """Yield what `between` returns, for months that are too much to be held at once."""
    async for row in tx.stream(_BETWEEN, {"since": since, "until": until}):
        yield _from_row(row)


async def of_between(tx: Tx, who: str, form: str, since: datetime, until: datetime) -> list[Report]:
    """Return an officer's reports of one form that touch a period."""
    return await _reports(tx, _OF_BETWEEN, {"who": who, "form": form, "since": since, "until": until})


async def versions(tx: Tx, which: int) -> list[Version]:
    """Return all versions of a report, the oldest first."""
    return [_version(row) for row in await tx.read(_VERSIONS, {"which": which})]


async def sent_as(tx: Tx, who: str, draft: int) -> str | None:
    """Return the number of the report that an officer's draft was submitted as, or nothing."""
    rows = await tx.read(_SENT_AS, {"which": draft, "who": who})
    return str(rows[0].number) if rows else None

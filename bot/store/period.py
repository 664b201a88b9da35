"""What a period left behind: check-ins, alerts, absences, and the reports that belong to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, case, exists, func, or_, select

from bot.domain.absence import AbsenceKind, AbsenceState
from bot.domain.alert import AlertState
from bot.domain.duty import DutyState
from bot.domain.report import Report, Version
from bot.domain.report_form import PATROL
from bot.domain.sitrep import SitrepKind, SitrepState
from bot.domain.sitrep_compose import Travel
from bot.domain.sitrep_tally import Cases, Kept
from bot.store import report as reports
from bot.store.engine import Tx
from bot.store.tables import absence, alert, audit, checkin, duty, officer, report, sitrep, sitrep_report

# A report that came later than this after the end of its period is history, and goes into no situation report.
LATE_MOST = timedelta(days=31)

_ONLY = or_(bindparam("only").is_(None), officer.c.post == bindparam("only"))
_ANSWERED = duty.c.state == DutyState.ANSWERED.value
_PENDING = duty.c.state == DutyState.PENDING.value
_MISSED = duty.c.state.in_([DutyState.OVERDUE.value, DutyState.ACCOUNTED.value])
_EXCUSED = duty.c.state == DutyState.EXCUSED.value
_KEPT = (
    select(
        officer.c.post,
        func.count().filter(~_EXCUSED).label("due"),
        func.count().filter(_ANSWERED, checkin.c.sent_at <= duty.c.deadline).label("on_time"),
        func.count().filter(_ANSWERED, checkin.c.sent_at > duty.c.deadline).label("late"),
        func.count().filter(_MISSED).label("missed"),
        func.count().filter(_EXCUSED).label("excused"),
        # Whoever verified somebody by voice has entered a check-in too, though the officer's own was missed.
        func.count().filter(checkin.c.entered_by.is_not(None)).label("proxy"),
        func.count().filter(_PENDING).label("awaited"),
    )
    .select_from(
        duty.join(officer, officer.c.code == duty.c.officer).join(checkin, checkin.c.id == duty.c.checkin, isouter=True)
    )
    # By its deadline each belongs to one period; of one that still runs, those count whose due time has passed.
    .where(duty.c.deadline > bindparam("since"), duty.c.deadline <= bindparam("until"), _ONLY)
    # A deadline is at most a day after the due time, and the due time is what the index is of.
    .where(duty.c.due_at > bindparam("since_due"), duty.c.due_at <= bindparam("at"))
    .group_by(officer.c.post)
)
_HERE = alert.join(officer, officer.c.code == alert.c.officer)
_OPENED = and_(alert.c.opened_at > bindparam("since"), alert.c.opened_at <= bindparam("until"))
_CLOSED = and_(alert.c.closed_at > bindparam("since"), alert.c.closed_at <= bindparam("until"))
_STILL = and_(
    alert.c.opened_at <= bindparam("until"), or_(alert.c.closed_at.is_(None), alert.c.closed_at > bindparam("until"))
)
_CASES = (
    select(
        alert.c.kind,
        func.count().filter(_OPENED).label("opened"),
        func.count().filter(_CLOSED).label("closed"),
        func.count().filter(_STILL).label("open"),
    )
    .select_from(_HERE)
    .where(_ONLY, or_(_OPENED, _CLOSED, _STILL))
    .group_by(alert.c.kind)
    .order_by(alert.c.kind)
)
_TAKEN = (
    select(alert.c.opened_at, alert.c.taken_at).select_from(_HERE).where(_ONLY, _OPENED, alert.c.taken_at.is_not(None))
)
_CAUSE = case((alert.c.reason.is_not(None), alert.c.reason), else_=alert.c.outcome)
_CLOSINGS = (
    select(_CAUSE.label("cause"), func.count().label("times"))
    .select_from(_HERE)
    .where(_ONLY, _CLOSED, alert.c.state == AlertState.CLOSED.value)
    .group_by(_CAUSE)
    .order_by(func.count().desc(), _CAUSE)
)
_AWAY = absence.join(officer, officer.c.code == absence.c.officer)
_TRAVEL = (
    select(
        func.count().filter(absence.c.starts_at >= bindparam("since"), absence.c.starts_at <= bindparam("at")),
        func.count().filter(absence.c.ends_at >= bindparam("since"), absence.c.ends_at <= bindparam("at")),
        func.count().filter(absence.c.starts_at <= bindparam("at"), absence.c.ends_at > bindparam("at")),
        func.count().filter(absence.c.starts_at > bindparam("at"), absence.c.starts_at <= bindparam("ahead")),
    )
    .select_from(_AWAY)
    .where(_ONLY, absence.c.kind == AbsenceKind.DUTY_TRAVEL.value, absence.c.state == AbsenceState.CONFIRMED.value)
)
_TURNOVER = (
    select(
        officer.c.post,
        func.count().filter(absence.c.starts_at > bindparam("until"), absence.c.starts_at <= bindparam("ahead")),
        func.count().filter(absence.c.ends_at > bindparam("until"), absence.c.ends_at <= bindparam("ahead")),
    )
    .select_from(_AWAY)
    .where(_ONLY, absence.c.kind == AbsenceKind.LEAVE.value, absence.c.state == AbsenceState.CONFIRMED.value)
    .group_by(officer.c.post)
)

_OF_KIND = and_(sitrep.c.kind == bindparam("of"), sitrep.c.state == SitrepState.APPROVED.value)
_HOLDING = select(func.max(sitrep_report.c.version)).join(sitrep, sitrep.c.id == sitrep_report.c.sitrep)


def _held(*by: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Return the newest version of a report that those which have gone out hold; nothing, if none does."""
    return _HOLDING.where(_OF_KIND, sitrep_report.c.report == report.c.id, *by).correlate(report).scalar_subquery()


_EARLIER = sitrep.c.until <= bindparam("since")
_HELD = _held()
# Of two that overlap each is whole by itself; what one of another time has counted is not counted again.
_HELD_ELSEWHERE = _held(or_(_EARLIER, sitrep.c.since >= bindparam("until")))
# One that has gone out covers its time, so that it came too late for it; before the first one nothing is late.
_COVERED = (
    select(sitrep.c.id)
    .where(
        _OF_KIND,
        or_(
            and_(reports.INSTANT, sitrep.c.since <= report.c.until, sitrep.c.until > report.c.until),
            and_(~reports.INSTANT, sitrep.c.since < report.c.until, sitrep.c.until >= report.c.until),
        ),
    )
    .exists()
)
_THERE = or_(bindparam("only").is_(None), report.c.post == bindparam("only"))
# A report belongs to the period in which it ends: so each belongs to one, and the days add up to the week.
_ENDED = reports.whose_id_is_in(select(report.c.id).where(reports.ENDED_IN, _THERE, _HELD_ELSEWHERE.is_(None)))
_LATE = reports.whose_id_is_in(
    select(report.c.id).where(report.c.until > bindparam("late_since"), reports.ENDED_BEFORE, _HELD.is_(None), _COVERED)
)
_CHANGED = reports.whose_id_is_in(
    select(report.c.id).where(
        report.c.until > bindparam("late_since"), report.c.version > _HELD, _held(_EARLIER).is_not(None)
    )
)
# The newest version of each of some reports that has gone out.
_OUT = (
    select(sitrep_report.c.report, func.max(sitrep_report.c.version))
    .join(sitrep, sitrep.c.id == sitrep_report.c.sitrep)
    .where(_OF_KIND, sitrep_report.c.report.in_(bindparam("which", expanding=True)))
    .group_by(sitrep_report.c.report)
)
# Left, and not back yet.
_PATROLS = select(report.c.officer).where(
    report.c.form == PATROL.code, report.c.since <= bindparam("at"), report.c.until > bindparam("at"), _THERE
)
_PHONES = ("enrolled", "phone_replaced", "phone_revoked", "unreachable", "reachable")
_PHONE_EVENTS = (
    select(audit.c.subject, audit.c.action)
    .where(audit.c.at > bindparam("at"), audit.c.action.in_(_PHONES))
    .order_by(audit.c.at.desc(), audit.c.id.desc())
)
# Whether anything at all is on record of before an instant.
_WATCHED = select(
    or_(
        exists(select(duty.c.id).where(duty.c.opens_at < bindparam("before"))),
        exists(select(checkin.c.id).where(checkin.c.received_at < bindparam("before"))),
        exists(select(report.c.id).where(report.c.until <= bindparam("before"))),
    )
)


@dataclass(frozen=True)
class Span:
    """A period (UTC, `since` not included) of the whole contingent, or of the post `only`.

    `at`: the instant up to which it is told, if it is not over yet.
    """

    since: datetime
    until: datetime
    only: str | None = None
    at: datetime | None = None

    @property
    def params(self) -> dict[str, Any]:
        """What the queries above are asked with; `ahead` is as long again."""
        return {
            "since": self.since,
            "until": self.until,
            "at": self.at or self.until,
            "ahead": self.until + (self.until - self.since),
            "since_due": self.since - timedelta(days=1),
            "only": self.only,
        }


async def watched(tx: Tx, before: datetime) -> bool:
    """Return whether anybody was watched over, or reported, before an instant: of other times nothing can be said."""
    return bool((await tx.read(_WATCHED, {"before": before}))[0][0])


async def kept(tx: Tx, span: Span) -> tuple[Kept, ...]:
    """Return the check-ins by post."""
    rows = await tx.read(_KEPT, span.params)
    return tuple(
        Kept(row.post, row.due, row.on_time, row.late, row.missed, row.excused, row.proxy, row.awaited) for row in rows
    )


async def cases(tx: Tx, span: Span) -> tuple[Cases, ...]:
    """Return the alerts by kind."""
    return tuple(Cases(row.kind, row.opened, row.closed, row.open) for row in await tx.read(_CASES, span.params))


async def acknowledged(tx: Tx, span: Span) -> tuple[timedelta, ...]:
    """Return after how long each alert was taken by somebody."""
    return tuple(row.taken_at - row.opened_at for row in await tx.read(_TAKEN, span.params))


async def closings(tx: Tx, span: Span) -> tuple[tuple[str, int], ...]:
    """Return why alerts were closed, and how often."""
    return tuple((row.cause, row.times) for row in await tx.read(_CLOSINGS, span.params))


async def travel(tx: Tx, span: Span) -> Travel:
    """Return the duty travel as of the last instant of what is told, `span.at`."""
    row: Any = (await tx.read(_TRAVEL, span.params))[0]
    return Travel(*(int(number) for number in row))


async def patrols(tx: Tx, span: Span) -> list[str]:
    """Return the officers of the patrols that were under way at `span.at`; one for each patrol report."""
    return [row.officer for row in await tx.read(_PATROLS, span.params)]


async def phones_before(tx: Tx, at: datetime) -> dict[str, str]:
    """Return, by officer, the first thing on record that changed a phone later than `at`: the audit's action."""
    return {row.subject: row.action for row in await tx.read(_PHONE_EVENTS, {"at": at})}


async def leave_ahead(tx: Tx, span: Span) -> dict[str, tuple[int, int]]:
    """Return by post how many go on leave, and come back, within the next period as long."""
    rows: Any = await tx.read(_TURNOVER, span.params)
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


async def ended(tx: Tx, kind: SitrepKind, span: Span) -> list[Report]:
    """Return the reports that belong to the period, but for those that one which has gone out holds."""
    # One of any period, or of one post, is asked for beside the others: it holds what they hold.
    series = kind.value if kind is not SitrepKind.SPECIAL and span.only is None else ""
    return await reports.found(tx, _ENDED, {"of": series, **span.params})


async def late(tx: Tx, kind: SitrepKind, span: Span) -> list[Report]:
    """Return the reports of earlier periods that came after theirs had gone out, and are in none."""
    return await reports.found(tx, _LATE, _before(kind, span))


async def changed(tx: Tx, kind: SitrepKind, span: Span) -> list[Report]:
    """Return the reports that one which has gone out holds in an older version."""
    return await reports.found(tx, _CHANGED, _before(kind, span))


async def replaced(tx: Tx, kind: SitrepKind, updated: list[Report]) -> list[Version]:
    """Return the versions of these reports that went out last, in the same order."""
    if not updated:
        return []
    out: dict[int, int] = {}
    for at in range(0, len(updated), reports.AT_ONCE):
        which = [one.id for one in updated[at : at + reports.AT_ONCE]]
        rows: Any = await tx.read(_OUT, {"of": kind.value, "which": which})
        out |= {row[0]: row[1] for row in rows}
    found = []
    for one in updated:
        found += [version for version in await reports.versions(tx, one.id) if version.number == out[one.id]]
    return found


def _before(kind: SitrepKind, span: Span) -> dict[str, Any]:
    return {"of": kind.value, "since": span.since, "late_since": span.since - LATE_MOST}

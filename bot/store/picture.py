"""The commander's picture: one query, one row an officer."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, case, func, or_, select

from bot.domain.absence import AbsenceKind, AbsenceState
from bot.domain.alert import AlertKind, AlertState
from bot.domain.duty import DutyState
from bot.domain.officer import Right
from bot.domain.picture import Standing
from bot.store import alert as alerts
from bot.store import officer as officers
from bot.store.engine import Tx
from bot.store.tables import absence, alert, checkin, duty, officer, post

# A check-in that nobody has given for so long is an alert, not awaited.
AWAITED_MOST = timedelta(days=3)

_GRAVITY = case((alert.c.kind == AlertKind.DISTRESS.value, 0), (alert.c.kind == AlertKind.ASSISTANCE.value, 1), else_=2)


def _worst(still_open: ColumnElement[bool]) -> ScalarSelect[Any]:
    return (
        select(alert.c.id)
        .where(alert.c.officer == officer.c.code, still_open)
        .order_by(_GRAVITY)
        .limit(1)
        .correlate(officer)
        .scalar_subquery()
    )


_UNSEEN_ALERT = alert.alias("unseen")
_UNSEEN = (
    select(alert.c.id)
    .where(alert.c.officer == officer.c.code, alerts.UNSEEN)
    .order_by(alert.c.closed_at.desc())
    .limit(1)
    .correlate(officer)
    .scalar_subquery()
)
_AWAY = (
    select(absence.c.id)
    .where(
        absence.c.officer == officer.c.code,
        absence.c.state == AbsenceState.CONFIRMED.value,
        absence.c.starts_at <= bindparam("at"),
        absence.c.ends_at > bindparam("at"),
    )
    .order_by(absence.c.ends_at.desc())
    .limit(1)
    .correlate(officer)
    .scalar_subquery()
)
_LIVE = and_(duty.c.officer == officer.c.code, duty.c.opens_at <= bindparam("at"))
_AWAITED = (
    select(func.min(duty.c.due_at)).where(_LIVE, duty.c.state == DutyState.PENDING.value).correlate(officer)
).scalar_subquery()
# At an instant that is past: what has been answered since was awaited then. Older ones had long become alerts.
_AWAITED_THEN = (
    select(func.min(duty.c.due_at))
    .select_from(duty.join(checkin, checkin.c.id == duty.c.checkin, isouter=True))
    .where(_LIVE, duty.c.opens_at > bindparam("not_older"))
    .where(or_(duty.c.state == DutyState.PENDING.value, checkin.c.sent_at > bindparam("at")))
    .correlate(officer)
).scalar_subquery()
_OPENED = (
    select(func.max(duty.c.opens_at)).where(_LIVE, duty.c.state != DutyState.EXCUSED.value).correlate(officer)
).scalar_subquery()
# Now, whatever the clocks say: an answer that is here is not awaited, even where our clock was set back.
_LAST = select(func.max(checkin.c.sent_at)).where(checkin.c.officer == officer.c.code).correlate(officer)
_LAST_THEN = _LAST.where(checkin.c.sent_at <= bindparam("at"))


def _picture(still_open: ColumnElement[bool], awaited: ScalarSelect[Any], last: Select[Any]) -> Select[Any]:
    return (
        select(
            officer,
            post.c.name.label("post_name"),
            post.c.timezone,
            alert.c.kind.label("alert_kind"),
            alert.c.state.label("alert_state"),
            alert.c.since.label("alert_since"),
            alert.c.owner.label("alert_owner"),
            alert.c.lapsed.label("alert_lapsed"),
            _UNSEEN_ALERT.c.closed_at.label("unseen_since"),
            _UNSEEN_ALERT.c.closed_by.label("unseen_by"),
            absence.c.kind.label("absence_kind"),
            absence.c.ends_at.label("absence_until"),
            awaited.label("awaited_due"),
            _OPENED.label("last_opened"),
            last.scalar_subquery().label("last_checkin"),
        )
        .join(post, post.c.code == officer.c.post)
        .join(alert, alert.c.id == _worst(still_open), isouter=True)
        .join(_UNSEEN_ALERT, _UNSEEN_ALERT.c.id == _UNSEEN, isouter=True)
        .join(absence, absence.c.id == _AWAY, isouter=True)
        .where(or_(bindparam("only_post").is_(None), officer.c.post == bindparam("only_post")))
        .order_by(officer.c.post, officer.c.name)
    )


_NOW = _picture(alert.c.state != AlertState.CLOSED.value, _AWAITED, _LAST)
# An overdue check-in was overdue from its deadline on, though we may have slept then and opened its alert later.
_DUE_THEN = (
    select(duty.c.id).where(duty.c.alert == alert.c.id, duty.c.deadline <= bindparam("at")).correlate(alert).exists()
)
_OPEN_THEN = or_(alert.c.opened_at <= bindparam("at"), and_(alert.c.kind == AlertKind.OVERDUE.value, _DUE_THEN))
_THEN = _picture(
    and_(_OPEN_THEN, or_(alert.c.closed_at.is_(None), alert.c.closed_at > bindparam("at"))),
    _AWAITED_THEN,
    _LAST_THEN,
)
# Half a day back a check-in is not found by its duty, and the last 24 hours are what a digest is about.
DIGEST_SPAN = timedelta(hours=24)
_COMPLIANCE = (
    select(
        func.count().filter(duty.c.state == DutyState.ANSWERED.value, checkin.c.sent_at <= duty.c.deadline),
        func.count().filter(duty.c.state == DutyState.ANSWERED.value, checkin.c.sent_at > duty.c.deadline),
        func.count().filter(duty.c.state.in_([DutyState.OVERDUE.value, DutyState.ACCOUNTED.value])),
    )
    .select_from(duty.join(checkin, checkin.c.id == duty.c.checkin, isouter=True))
    .where(duty.c.deadline > bindparam("after"), duty.c.deadline <= bindparam("at"))
)


async def standings(tx: Tx, only_post: str | None = None, at: datetime | None = None) -> list[Standing]:
    """Return what is known of every officer on tour, of one post if given, as of `tx.now` or an earlier instant.

    Of the past, phones and posts are those of today: no more is kept of them.
    """
    params: dict[str, Any] = {"at": at or tx.now, "only_post": only_post}
    if at is None or at >= tx.now:
        rows = await tx.read(_NOW, params)
    else:
        rows = await tx.read(_THEN, params | {"not_older": at - AWAITED_MOST})
    named = {code for row in rows for code in (row.alert_owner, row.unseen_by) if code}
    owners = await officers.by_code(tx, named)
    found = []
    for row in rows:
        one = officers.from_row(row)
        watched = one.on_tour(params["at"]) and one.may(Right.CHECK_IN)
        if not watched and row.alert_kind is None:
            continue  # liaison and admin are not watched over, but nobody with an open alert falls out of the picture
        closed_by = owners.get(row.unseen_by) if row.unseen_by else None
        owner = owners.get(row.alert_owner) if row.alert_owner and not row.alert_lapsed else None
        found.append(
            Standing(
                person=one.person,
                post=one.post,
                enrolled=one.enrolled,
                unreachable_since=one.unreachable_since,
                alert_kind=AlertKind(row.alert_kind) if row.alert_kind else None,
                alert_state=AlertState(row.alert_state) if row.alert_state else None,
                alert_since=row.alert_since,
                alert_owner=owner.person if owner else None,
                unseen_since=row.unseen_since,
                unseen_by=closed_by.person if closed_by else None,
                absence_kind=AbsenceKind(row.absence_kind) if row.absence_kind else None,
                absence_until=row.absence_until,
                awaited_due=row.awaited_due,
                last_opened=row.last_opened,
                last_checkin=row.last_checkin,
            )
        )
    return found


async def compliance(tx: Tx, span: timedelta = DIGEST_SPAN) -> tuple[int, int, int]:
    """Return how many duties whose deadline lies in the last `span` were answered on time, late, and not."""
    row: Any = (await tx.read(_COMPLIANCE, {"at": tx.now, "after": tx.now - span}))[0]
    return int(row[0]), int(row[1]), int(row[2])

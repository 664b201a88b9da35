"""What closes an alert: the officer's own answer, a person with a reason, two people for a distress."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.alert import Alert, AlertKind, AlertState, HowVerified, Outcome, Reason, must_act
from bot.domain.errors import No, RefusalError
from bot.domain.ladder import Ladder
from bot.domain.officer import Officer

REASON_MAX = 280


def checked_in(now: datetime, alert: Alert, *, missing: bool, ladder: Ladder) -> Alert:
    """Return what the officer's check-in makes of the alert.

    Overdue on step 1: closed. From step 2 on: answered, a person verifies by voice, because somebody else may hold
    the phone. `missing`: a duty is still overdue after this check-in (it was sent before that one opened): no change.
    Assistance and distress are never closed by a check-in.
    """
    if alert.kind is not AlertKind.OVERDUE or not alert.open or missing:
        return alert
    if alert.rung <= 1:
        return close(now, alert, alert.officer, Outcome.CHECKED_IN)
    if alert.state is AlertState.ANSWERED:
        return alert
    next_at = alert.next_at if alert.owned else now + ladder.repeat_every
    return replace(alert, state=AlertState.ANSWERED, answered_at=now, next_at=next_at)


def doubted(now: datetime, alert: Alert, actor: Officer, subject: Officer, ladder: Ladder) -> Alert:
    """Return an alert open again: a person is not convinced by the answer or by a proposal to close; it climbs at once.

    Whoever proposed may take it back like that, too.
    """
    must_act(alert, actor, subject, ladder)
    alert = replace(alert, owner=None, taken_at=None, lapsed=False)  # whoever had it is not to be blamed for the doubt
    if alert.proposed_by is not None:
        return replace(alert, proposed_by=None, outcome=None, reason=None, note=None, how=None, next_at=now)
    if alert.state is not AlertState.ANSWERED:
        raise RefusalError(No.STALE_BUTTON)
    return replace(alert, state=AlertState.OPEN, answered_at=None, next_at=now)


def close(
    now: datetime, alert: Alert, by: str, outcome: Outcome, reason: Reason | None = None, note: str | None = None
) -> Alert:
    """Return the alert closed; nothing about it is due any more."""
    return replace(
        alert,
        state=AlertState.CLOSED,
        closed_at=now,
        closed_by=by,
        outcome=outcome,
        reason=reason,
        note=note,
        next_at=None,
    )


def settle(
    now: datetime,
    alert: Alert,
    actor: Officer,
    subject: Officer,
    ladder: Ladder,
    outcome: Outcome,
    reason: Reason | None = None,
    note: str | None = None,
    how: HowVerified | None = None,
) -> Alert:
    """Return the alert closed by a person; a distress takes two different people, the first only proposes it.

    Raises RefusalError: OWN_ALERT, NOT_ALLOWED, ALREADY_CLOSED, NEEDS_SECOND (the same person again).
    """
    must_act(alert, actor, subject, ladder)
    if alert.kind is not AlertKind.DISTRESS:
        return replace(close(now, alert, actor.code, outcome, reason, note), how=how)
    if alert.proposed_by is None:
        return replace(
            alert,
            proposed_by=actor.code,
            owner=alert.owner or actor.code,
            taken_at=alert.taken_at or now,
            lapsed=False,
            next_at=now + ladder.resolve_within,
            outcome=outcome,
            reason=reason,
            note=note,
            how=how,
        )
    if alert.proposed_by == actor.code:
        raise RefusalError(No.NEEDS_SECOND)
    closed = close(now, alert, actor.code, outcome, reason or alert.reason, note or alert.note)
    return replace(closed, how=how or alert.how)


def cancel_sos(now: datetime, alert: Alert) -> Alert:
    """Return an armed SOS cancelled by the officer; one that has gone out stays open and only says "a mistake"."""
    if not alert.open:
        raise RefusalError(No.ALREADY_CLOSED, at=alert.closed_at)
    if alert.state is AlertState.ARMED:
        return close(now, alert, alert.officer, Outcome.CANCELLED)
    return replace(alert, mistake_at=alert.mistake_at or now)


def says_something(note: str) -> bool:
    """Return whether a typed reason holds a word: a question mark or a sign closes no alert."""
    return any(len(word) >= 3 and word.isalpha() for word in re.findall(r"\w+", note))

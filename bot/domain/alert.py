"""Alerts: cases that need a person. Who owns one, and when it climbs; what closes it stands in `closing.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import No, RefusalError
from bot.domain.ladder import Ladder, Responder, Rung, everyone, rung, standing
from bot.domain.officer import Officer, Right

# SOS not cancelled within this time goes out as "pressed, not confirmed".
SOS_HOLD = timedelta(seconds=30)

# A distress that nobody has acknowledged rings at least this often, however slow the ladder is.
DISTRESS_REPEAT = timedelta(minutes=5)

DETAIL_MAX = 2000
# What waited at Telegram for less may be two clocks that differ: its hold is not shortened.
HELD_BACK = timedelta(minutes=1)


class AlertKind(StrEnum):
    """What an alert is about."""

    OVERDUE = "overdue"
    ASSISTANCE = "assistance"
    DISTRESS = "distress"


# The order in which they are read.
GRAVITY = (AlertKind.DISTRESS, AlertKind.ASSISTANCE, AlertKind.OVERDUE)


class AlertState(StrEnum):
    """`armed`: SOS tapped, not yet sent. `answered`: the officer has answered, a person must verify by voice."""

    ARMED = "armed"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How an alert ended."""

    CHECKED_IN = "checked_in"
    VERIFIED = "verified"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class HowVerified(StrEnum):
    """How somebody made sure that an officer is safe."""

    VOICE = "voice"
    RADIO = "radio"
    IN_PERSON = "in_person"
    COLLEAGUE = "colleague"


class Reason(StrEnum):
    """Why a person closes an alert without having verified that the officer is safe."""

    NO_NETWORK = "no_network"
    FALSE_ALARM = "false_alarm"
    HANDED_OVER = "handed_over"
    HELP_GIVEN = "help_given"
    OTHER = "other"


@dataclass(frozen=True)
class Alert:
    """A case. `since` is the due time or the moment of the tap; `rung` is 0 until somebody is told."""

    id: int
    officer: str
    kind: AlertKind
    state: AlertState
    since: datetime
    opened_at: datetime
    next_at: datetime | None
    rung: int = 0
    round: int = 0
    confirmed: bool = True
    certain: bool = True
    owner: str | None = None
    taken_at: datetime | None = None
    lapsed: bool = False  # the owner's time ran out without an outcome, and it climbed again
    answered_at: datetime | None = None
    proposed_by: str | None = None  # first of the two people who close a distress
    mistake_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None
    note: str | None = None
    how: HowVerified | None = None
    detail: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def open(self) -> bool:
        """Whether a person still answers for it."""
        return self.state is not AlertState.CLOSED

    @property
    def owned(self) -> bool:
        """Whether somebody has it and their time has not run out."""
        return self.owner is not None and not self.lapsed


@dataclass(frozen=True)
class Climb:
    """An alert on its new rung, and who is told there. Nobody to tell is itself an alarm."""

    alert: Alert
    recipients: tuple[Officer, ...]


def overdue(new_id: int, officer: str, due_at: datetime, now: datetime, *, certain: bool) -> Alert:
    """Return a new overdue alert, due to climb onto its first rung at once."""
    return Alert(new_id, officer, AlertKind.OVERDUE, AlertState.OPEN, due_at, now, next_at=now, certain=certain)


def assistance(new_id: int, officer: str, asked_at: datetime, now: datetime) -> Alert:
    """Return a new assistance alert, due to climb onto its first rung at once; `asked_at` is when it was sent."""
    return Alert(new_id, officer, AlertKind.ASSISTANCE, AlertState.OPEN, asked_at, now, next_at=now)


def distress(new_id: int, officer: str, pressed_at: datetime, now: datetime) -> Alert:
    """Return a distress recorded at the first tap; it goes out when the hold ends, confirmed or not.

    `pressed_at` is when it was sent: what waited at Telegram for long is held no more.
    """
    waited = now - pressed_at > HELD_BACK
    return Alert(
        new_id,
        officer,
        AlertKind.DISTRESS,
        AlertState.ARMED,
        pressed_at,
        now,
        next_at=now if waited else now + SOS_HOLD,
        confirmed=False,
    )


def climb(now: datetime, alert: Alert, subject: Officer, ladder: Ladder, people: Sequence[Responder]) -> Climb:
    """Return the alert one rung higher: told anew, to be looked at again after that rung's wait.

    Distress skips the ladder: everyone at once, again and again. An owner whose time ran out is named as such; one who
    asks for more people keeps the alert, and it waits until that time is over.
    """
    if alert.kind is AlertKind.DISTRESS:
        top = len(ladder.steps) + 1
        target = Rung(top, everyone(subject, people), min(ladder.repeat_every, DISTRESS_REPEAT))
    else:
        target = rung(ladder, alert.rung, subject, people)
    again = target.number <= alert.rung  # also where a ladder that was loaded since is shorter
    state = AlertState.OPEN if alert.state is AlertState.ARMED else alert.state
    owned_until = alert.taken_at + ladder.resolve_within if alert.owner is not None and alert.taken_at else None
    lapsed = owned_until is not None and (alert.lapsed or owned_until <= now)
    next_at = now + target.wait
    return Climb(
        replace(
            alert,
            state=state,
            rung=target.number,
            round=alert.round + 1 if again else alert.round,
            lapsed=lapsed,
            next_at=max(next_at, owned_until) if owned_until is not None and not lapsed else next_at,
        ),
        target.recipients,
    )


def heard(alert: Alert, subject: Officer, ladder: Ladder, people: Sequence[Responder]) -> bool:
    """Return whether somebody who was told on the alert's rung can still be reached and act."""
    if alert.kind is AlertKind.DISTRESS or alert.rung > len(ladder.steps):
        return True  # everyone was told, and is told again
    return bool(standing(ladder, alert.rung, subject, people))


def concerns(alert: Alert, actor: Officer, subject: Officer, ladder: Ladder) -> bool:
    """Return whether `actor` may act on the alert: on those of the own posts, and on what everyone is told of."""
    told_to_all = alert.kind is AlertKind.DISTRESS or alert.rung > len(ladder.steps)
    return actor.may(Right.ACT) and (told_to_all or actor.sees(subject.post))


def must_act(alert: Alert, actor: Officer, subject: Officer, ladder: Ladder) -> None:
    """Raise RefusalError unless `actor` may act: OWN_ALERT, NOT_ALLOWED, ALREADY_CLOSED; STALE_BUTTON while armed."""
    if actor.code == alert.officer:
        raise RefusalError(No.OWN_ALERT)
    if not concerns(alert, actor, subject, ladder):
        raise RefusalError(No.NOT_ALLOWED)
    if not alert.open:
        raise RefusalError(No.ALREADY_CLOSED, at=alert.closed_at)
    if alert.state is AlertState.ARMED:
        raise RefusalError(No.STALE_BUTTON)


def take(now: datetime, alert: Alert, actor: Officer, subject: Officer, ladder: Ladder) -> Alert:
    """Return the alert owned by `actor`: the first acknowledgement wins, nobody acknowledges their own.

    Raises RefusalError: OWN_ALERT, NOT_ALLOWED, ALREADY_CLOSED, ALREADY_TAKEN.
    """
    must_act(alert, actor, subject, ladder)
    if alert.owned:
        raise RefusalError(No.ALREADY_TAKEN, owner=alert.owner, at=alert.taken_at)
    return replace(alert, owner=actor.code, taken_at=now, lapsed=False, next_at=now + ladder.resolve_within)


def escalate(now: datetime, alert: Alert, actor: Officer, subject: Officer, ladder: Ladder) -> Alert:
    """Return the alert due to climb now, because a person asked for it."""
    must_act(alert, actor, subject, ladder)
    return replace(alert, next_at=now)


def joined(now: datetime, alert: Alert) -> Alert:
    """Return the alert after another duty of the same officer was missed: an answer given before no longer counts."""
    if alert.state is AlertState.ANSWERED:
        return replace(alert, state=AlertState.OPEN, answered_at=None, next_at=now)
    return alert


def with_detail(alert: Alert, said: str) -> Alert:
    """Return the alert with what the officer adds; of very much the newest lines are kept, and that is shown."""
    whole = f"{alert.detail}\n{said}" if alert.detail else said
    if len(whole) > DETAIL_MAX:
        kept = whole[-(DETAIL_MAX - 2) :]
        _, _, rest = kept.partition("\n")
        # Whole lines read better, but what stands in one long line is not thrown away for that.
        whole = f"…\n{rest}" if len(rest) >= DETAIL_MAX // 2 else f"… {kept}"
    return replace(alert, detail=whole)

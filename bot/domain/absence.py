"""Absences: no duty falls due, but the officer still counts in the strength."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.domain.errors import No, RefusalError
from bot.domain.message import Message, Priority
from bot.domain.officer import Officer, Person, Right

# Longer than a rotation is a change of the roster, not an absence.
LONGEST = timedelta(days=366)


class AbsenceKind(StrEnum):
    """Why an officer is away."""

    LEAVE = "leave"
    SICK = "sick"
    DUTY_TRAVEL = "duty_travel"
    OFF_MISSION = "off_mission"


class AbsenceState(StrEnum):
    """An absence is in force only once it is confirmed."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Absence:
    """From `starts_at` up to `ends_at` (UTC, the latter not included), when the return is a due check-in."""

    id: int
    officer: str
    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    state: AbsenceState
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None

    def covers(self, instant: datetime) -> bool:
        """Whether a duty due at `instant` does not fall due."""
        return self.state is AbsenceState.CONFIRMED and self.starts_at <= instant < self.ends_at

    @property
    def slot(self) -> str:
        """The key of the return's duty; with its end moved it is another duty."""
        return f"{self.id}@{self.ends_at:%Y-%m-%dT%H:%M:%SZ}"


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise RefusalError BAD_RETURN unless the absence ends later than now and than its start, within a year."""
    if ends_at <= starts_at or ends_at <= now or ends_at - starts_at > LONGEST:
        raise RefusalError(No.BAD_RETURN)


def must_decide(absence: Absence, actor: Officer, subject: Officer, now: datetime) -> None:
    """Raise RefusalError unless `actor` may confirm or refuse: a lead of the post or above, never for themselves."""
    if actor.code == absence.officer:
        raise RefusalError(No.OWN_LEAVE)
    if not actor.may(Right.ACT) or not actor.sees(subject.post):
        raise RefusalError(No.NOT_ALLOWED)
    if absence.state is not AbsenceState.ASKED or absence.ends_at <= now:
        raise RefusalError(No.LEAVE_DECIDED)


@dataclass(frozen=True)
class AskKind(Message):
    """Asks what kind of absence it is."""

    kind: ClassVar[str] = "ask_absence_kind"


@dataclass(frozen=True)
class AskStart(Message):
    """Asks when the absence begins."""

    kind: ClassVar[str] = "ask_absence_start"

    absence: AbsenceKind


@dataclass(frozen=True)
class AskReturn(Message):
    """Asks when the officer is back; that moment is a due check-in."""

    kind: ClassVar[str] = "ask_absence_return"

    absence: AbsenceKind
    starts_at: datetime


@dataclass(frozen=True)
class AbsenceView:
    """An absence as those concerned read it."""

    id: int
    subject: Person
    absence: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    state: AbsenceState
    decided_by: Person | None = None


@dataclass(frozen=True)
class AbsenceAsked(Message):
    """Tells the officer that the request is on record and how many people can confirm it."""

    kind: ClassVar[str] = "absence_asked"

    view: AbsenceView
    told: int


@dataclass(frozen=True)
class AbsenceRequest(Message):
    """Asks a lead or above to confirm or refuse an absence."""

    kind: ClassVar[str] = "absence_request"

    view: AbsenceView


@dataclass(frozen=True)
class AbsenceDecided(Message):
    """Tells the officer whether the absence is in force, and that the return is a due check-in."""

    kind: ClassVar[str] = "absence_decided"

    view: AbsenceView


@dataclass(frozen=True)
class AbsenceCard(Message):
    """The absence that stands, with the button to come back early or to withdraw the request."""

    kind: ClassVar[str] = "absence_card"

    view: AbsenceView
    begun: bool


@dataclass(frozen=True)
class AbsenceEnded(Message):
    """Tells those who confirmed it that the officer came back early or withdrew the request."""

    kind: ClassVar[str] = "absence_ended"
    priority: ClassVar[Priority] = Priority.BULK

    view: AbsenceView
    withdrawn: bool

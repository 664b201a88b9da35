"""Duties: one expected check-in of one officer, and what follows when it does not come."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import ClassVar

from bot.domain.message import Message, Priority
from bot.domain.officer import Role
from bot.domain.watch import RETURN, Slot, Watch


class DutyState(StrEnum):
    """What became of a duty."""

    PENDING = "pending"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ACCOUNTED = "accounted"  # a person closed the alert: verified by voice, or resolved with a reason
    EXCUSED = "excused"  # fell into an absence before it opened


class Stage(IntEnum):
    """How far the sweep has gone with a pending duty; the number is also the number of the reminder."""

    PLANNED = 0
    REMINDED = 1
    DUE = 2
    LAST_CALL = 3
    JUDGED = 4


@dataclass(frozen=True)
class Duty:
    """One expected check-in; all instants are UTC. `deadline` is due plus grace."""

    id: int
    officer: str
    watch: str
    slot: str
    opens_at: datetime
    remind_at: datetime
    due_at: datetime
    deadline: datetime
    state: DutyState = DutyState.PENDING
    stage: Stage = Stage.PLANNED
    alert: int | None = None
    checkin: int | None = None

    @property
    def is_return(self) -> bool:
        """Whether this duty ends an absence."""
        return self.watch == RETURN

    def instant(self, stage: Stage) -> datetime:
        """Return when `stage` is reached. The second reminder comes halfway through the grace."""
        match stage:
            case Stage.PLANNED:
                return self.opens_at
            case Stage.REMINDED:
                return self.remind_at
            case Stage.DUE:
                return self.due_at
            case Stage.LAST_CALL:
                return self.due_at + (self.deadline - self.due_at) / 2
            case Stage.JUDGED:
                return self.deadline

    @property
    def next_at(self) -> datetime | None:
        """Return when the sweep must look at this duty again; nothing if it is settled."""
        if self.state is not DutyState.PENDING:
            return None
        return self.instant(Stage(self.stage + 1))


def from_slot(slot: Slot, officer: str, new_id: int) -> Duty:
    """Return the duty that `slot` makes for `officer`."""
    return make(slot.watch, slot.key, slot.due_at, officer, new_id, code=slot.watch.code)


def make(watch: Watch, key: str, due_at: datetime, officer: str, new_id: int, *, code: str) -> Duty:
    """Return a duty due at `due_at` with the times that `watch` gives; `code` names what it comes from.

    One check-in answers one turn of an `every` watch: its window never opens before the turn before is due.
    """
    opens_before = min(watch.opens_before, watch.every) if watch.every is not None else watch.opens_before
    return Duty(
        id=new_id,
        officer=officer,
        watch=code,
        slot=key,
        opens_at=due_at - opens_before,
        remind_at=due_at - min(watch.remind_before, opens_before),
        due_at=due_at,
        deadline=due_at + watch.grace,
    )


@dataclass(frozen=True)
class Following:
    """What follows for a duty: its new value, and whether the officer is owed the reminder of its new stage."""

    duty: Duty
    remind: bool


def follow(seen_until: datetime, duty: Duty) -> Following | None:
    """Return what follows for a pending duty as of `seen_until`, or nothing if it is too early.

    Only the latest stage reached speaks: after an outage nobody gets three reminders at once, and past the deadline
    there is nothing left to remind of.
    """
    if duty.state is not DutyState.PENDING:
        return None
    reached = max((stage for stage in Stage if duty.instant(stage) <= seen_until), default=Stage.PLANNED)
    if reached <= duty.stage:
        return None
    if reached is Stage.JUDGED:
        return Following(replace(duty, stage=reached, state=DutyState.OVERDUE), remind=False)
    # A watch without a reminder before (`remind_before = 0`) reaches both stages at once and speaks at due.
    return Following(replace(duty, stage=reached), remind=True)


def answers(duty: Duty, sent_at: datetime) -> bool:
    """Return whether a check-in sent at `sent_at` closes this duty: it was open then, and nothing closed it yet."""
    return duty.state in (DutyState.PENDING, DutyState.OVERDUE) and duty.opens_at <= sent_at


@dataclass(frozen=True)
class Reminder(Message):
    """Reminds the officer: before the due time, at it, or halfway through the grace; says who is told otherwise."""

    kind: ClassVar[str] = "reminder"
    priority: ClassVar[Priority] = Priority.REMINDER

    stage: Stage
    due_at: datetime
    deadline: datetime
    is_return: bool
    first_told: tuple[Role, ...] | None  # empty: everyone on the ladder; nothing: nobody can be told
    duty_phone: str | None = None  # where nobody can be told
    resent: bool = False  # sent anew after an outage


@dataclass(frozen=True)
class Missed(Message):
    """Tells the officer that an alert has been opened about them, and who is told first.

    Most of those who miss a check-in have forgotten it: while the alert is on step 1, one tap closes it.
    """

    kind: ClassVar[str] = "missed"
    priority: ClassVar[Priority] = Priority.REMINDER

    due_at: datetime
    told: tuple[Role, ...] | None  # empty: everyone on the ladder; nothing: nobody can be told
    duty_phone: str | None = None  # where nobody can be told
    unreminded: bool = False  # no reminder went out, because of us

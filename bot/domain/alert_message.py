"""What is said about alerts: to those who are told, and to the officer concerned."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.domain.alert import AlertKind, AlertState, HowVerified, Outcome, Reason
from bot.domain.message import Message, Priority
from bot.domain.officer import Person, Role


@dataclass(frozen=True)
class LastSign:
    """The last sign of life: when, and where if it was said."""

    at: datetime
    place: str | None


@dataclass(frozen=True)
class AlertView:
    """All that somebody who is told must know: what, who, where, since when, who has it, what happens next."""

    id: int
    kind: AlertKind
    state: AlertState
    subject: Person
    since: datetime
    opened_at: datetime
    rung: int
    rungs: int
    again: bool
    next_at: datetime | None
    next_told: tuple[Role, ...]  # empty: everyone is told
    deadline: datetime | None = None
    missed: int = 1
    certain: bool = True
    confirmed: bool = True
    last_sign: LastSign | None = None
    colleague: Person | None = None
    owner: Person | None = None
    taken_at: datetime | None = None
    lapsed: bool = False
    answered_at: datetime | None = None
    mistake_at: datetime | None = None
    proposed_by: Person | None = None
    detail: str | None = None
    location: tuple[float, float] | None = None
    closed_at: datetime | None = None
    closed_by: Person | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None
    note: str | None = None
    how: HowVerified | None = None


@dataclass(frozen=True)
class AlertStep(Message):
    """Tells somebody of an alert on its rung, with the buttons to act; the same kind carries its edits."""

    kind: ClassVar[str] = "alert_step"
    priority: ClassVar[Priority] = Priority.ALERT

    view: AlertView


@dataclass(frozen=True)
class DistressStep(AlertStep):
    """The same for a distress, which nothing may hold up."""

    kind: ClassVar[str] = "distress_step"
    priority: ClassVar[Priority] = Priority.DISTRESS


@dataclass(frozen=True)
class AlertNews(Message):
    """Rings again for those told before: answered (verify by voice), closed, "a mistake", a check-in meanwhile."""

    kind: ClassVar[str] = "alert_news"
    priority: ClassVar[Priority] = Priority.ALERT

    view: AlertView
    checked_in_at: datetime | None = None


@dataclass(frozen=True)
class AskHow(Message):
    """Asks the person who says "safe" how they verified it."""

    kind: ClassVar[str] = "ask_how"

    alert: int
    subject: Person


@dataclass(frozen=True)
class AskReason(Message):
    """Asks for the reason with which an alert is closed."""

    kind: ClassVar[str] = "ask_reason"

    alert: int
    subject: Person
    about: AlertKind = AlertKind.OVERDUE


@dataclass(frozen=True)
class AskNote(Message):
    """Asks to type the reason in words."""

    kind: ClassVar[str] = "ask_note"

    subject: Person
    about: AlertKind = AlertKind.OVERDUE


@dataclass(frozen=True)
class SosArmed(Message):
    """Tells the officer that SOS is recorded and when it goes out, with the buttons to send now or not at all."""

    kind: ClassVar[str] = "sos_armed"
    priority: ClassVar[Priority] = Priority.DISTRESS

    alert: int
    goes_out_at: datetime
    settled: bool = False  # sent or called off: nothing is left to press


@dataclass(frozen=True)
class SosSent(Message):
    """Tells the officer that the distress alert has gone out, to how many, and who has seen it."""

    kind: ClassVar[str] = "sos_sent"
    priority: ClassVar[Priority] = Priority.DISTRESS

    alert: int
    at: datetime
    told: int
    owner: Person | None
    duty_phone: str | None
    again: bool = False  # it had gone out before


@dataclass(frozen=True)
class SosCancelled(Message):
    """Tells the officer that the SOS did not go out, or that the recipients now read "a mistake"."""

    kind: ClassVar[str] = "sos_cancelled"
    priority: ClassVar[Priority] = Priority.DISTRESS

    gone_out: bool


@dataclass(frozen=True)
class AssistanceSent(Message):
    """Tells the officer that the request for assistance is on record and how many people were told."""

    kind: ClassVar[str] = "assistance_sent"
    priority: ClassVar[Priority] = Priority.ALERT

    at: datetime
    told: int
    owner: Person | None
    duty_phone: str | None
    again: bool = False  # it had gone out before


@dataclass(frozen=True)
class AlertOver(Message):
    """Tells the officer whom an alert was about who has closed it: they may still need somebody."""

    kind: ClassVar[str] = "alert_over"
    priority: ClassVar[Priority] = Priority.ALERT

    by: Person
    at: datetime
    about: AlertKind = AlertKind.OVERDUE
    reached: bool = True  # somebody has made sure


@dataclass(frozen=True)
class AnsweredAfter(Message):
    """Tells whoever closed an alert without having reached the officer that they have answered since."""

    kind: ClassVar[str] = "answered_after"

    subject: Person
    at: datetime


@dataclass(frozen=True)
class HelpIsComing(Message):
    """Tells the officer in distress or in need who has taken the alert."""

    kind: ClassVar[str] = "help_is_coming"
    priority: ClassVar[Priority] = Priority.ALERT

    owner: Person
    at: datetime


@dataclass(frozen=True)
class DetailNoted(Message):
    """Tells the officer in distress that what they wrote or where they are has been passed on."""

    kind: ClassVar[str] = "detail_noted"
    priority: ClassVar[Priority] = Priority.ALERT

    told: int


@dataclass(frozen=True)
class AlertList(Message):
    """The open alerts that the reader may see, each with its owner; `known_until` is set while the line is down."""

    kind: ClassVar[str] = "alert_list"

    as_of: datetime
    alerts: tuple[AlertView, ...]
    more: int
    known_until: datetime | None = None


@dataclass(frozen=True)
class Unreachable(Message):
    """Tells the lead or command that an officer can no longer be reached here."""

    kind: ClassVar[str] = "unreachable"
    priority: ClassVar[Priority] = Priority.ALERT

    subject: Person


@dataclass(frozen=True)
class LineDown(Message):
    """Tells the ladder once that Telegram is out of reach; withdrawn if it could not be sent before the return."""

    kind: ClassVar[str] = "line_down"
    priority: ClassVar[Priority] = Priority.ALERT
    lifetime: ClassVar[timedelta | None] = timedelta(hours=1)

    since: datetime


@dataclass(frozen=True)
class LineBack(Message):
    """Tells those concerned that the line is back, and that a button pressed meanwhile must be pressed again."""

    kind: ClassVar[str] = "line_back"

    since: datetime
    until: datetime

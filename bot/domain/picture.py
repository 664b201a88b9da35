"""The commander's picture: every officer in exactly one state, and the sum is the strength."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from bot.domain.absence import AbsenceKind
from bot.domain.alert import AlertKind, AlertState
from bot.domain.bilingual import Text
from bot.domain.message import Message
from bot.domain.officer import Person
from bot.domain.page import turned


class State(StrEnum):
    """The one state of an officer, in the order of what outranks what."""

    DISTRESS = "distress"
    ASSISTANCE = "assistance"
    OVERDUE = "overdue"
    NOT_ENROLLED = "not_enrolled"
    ABSENT = "absent"
    AWAITED = "awaited"
    ANSWERED = "answered"


# What is listed by name, the gravest first; the others are only counted.
ATTENTION = (State.DISTRESS, State.ASSISTANCE, State.OVERDUE, State.NOT_ENROLLED, State.ABSENT)


@dataclass(frozen=True)
class Standing:
    """What the store knows of one officer, as of one instant."""

    person: Person
    post: str
    enrolled: bool
    unreachable_since: datetime | None
    alert_kind: AlertKind | None = None
    alert_state: AlertState | None = None
    alert_since: datetime | None = None
    alert_owner: Person | None = None
    unseen_since: datetime | None = None  # an alert was closed without contact, and nothing has come since
    unseen_by: Person | None = None
    absence_kind: AbsenceKind | None = None
    absence_until: datetime | None = None
    awaited_due: datetime | None = None  # the earliest open duty that nobody has answered
    last_opened: datetime | None = None  # when the latest duty that has opened did so
    last_checkin: datetime | None = None


@dataclass(frozen=True)
class Row:
    """One officer in the picture. `since`: due time, moment of the tap, or last answer, by state."""

    person: Person
    post: str
    state: State
    since: datetime | None
    until: datetime | None = None
    owner: Person | None = None
    absence: AbsenceKind | None = None
    to_verify: bool = False
    unconfirmed: bool = False
    unreachable: bool = False
    last_checkin: datetime | None = None
    unseen_since: datetime | None = None
    unseen_by: Person | None = None


def row(standing: Standing) -> Row:
    """Return the officer's one state. An open alert outranks a check-in; unreachable is a flag on top."""
    one = standing
    fresh = one.last_checkin is not None and (one.last_opened is None or one.last_checkin >= one.last_opened)
    base = Row(
        person=one.person,
        post=one.post,
        state=State.AWAITED,
        since=one.awaited_due,
        unreachable=one.unreachable_since is not None,
        last_checkin=one.last_checkin,
    )
    if one.alert_kind is not None:
        return replace(
            base,
            state=State(one.alert_kind.value),
            since=one.alert_since,
            owner=one.alert_owner,
            to_verify=one.alert_state is AlertState.ANSWERED,
            unconfirmed=one.alert_state is AlertState.ARMED,
        )
    if not one.enrolled:
        return replace(base, state=State.NOT_ENROLLED, since=None)
    if one.absence_kind is not None:
        return replace(base, state=State.ABSENT, since=None, until=one.absence_until, absence=one.absence_kind)
    if one.awaited_due is None and fresh:
        return replace(base, state=State.ANSWERED, since=one.last_checkin)
    return replace(base, unseen_since=one.unseen_since, unseen_by=one.unseen_by)


@dataclass(frozen=True)
class PostCount:
    """How many of a post's strength have answered."""

    name: Text
    answered: int
    strength: int


@dataclass(frozen=True)
class Picture:
    """The whole as of one instant. `known_until` is set while the line to Telegram is down."""

    name: Text
    as_of: datetime
    known_until: datetime | None
    counts: tuple[tuple[State, int], ...]
    posts: tuple[PostCount, ...]
    rows: tuple[Row, ...]

    @property
    def strength(self) -> int:
        """How many officers there are: the sum of all states."""
        return sum(count for _, count in self.counts)


def paint(
    name: Text,
    as_of: datetime,
    known_until: datetime | None,
    posts: Sequence[tuple[str, Text]],
    standings: Iterable[Standing],
) -> Picture:
    """Return the picture of these officers; rows come with the gravest state first, then by post and name."""
    order = list(State)
    rows = sorted((row(one) for one in standings), key=lambda r: (order.index(r.state), r.post, r.person.name))
    counts = tuple((state, n) for state in State if (n := sum(r.state is state for r in rows)))
    by_post = []
    for code, post_name in posts:
        there = [r for r in rows if r.post == code]
        if there:
            by_post.append(PostCount(post_name, sum(r.state is State.ANSWERED for r in there), len(there)))
    return Picture(name, as_of, known_until, counts, tuple(by_post), tuple(rows))


def attention(picture: Picture) -> list[Row]:
    """Return the rows that a commander must read by name: no answer past the due time, worse, or unreachable."""
    return [
        r
        for r in picture.rows
        if r.state in ATTENTION
        or r.unreachable
        or r.unseen_since is not None
        or (r.state is State.AWAITED and r.since is not None and r.since <= picture.as_of)
    ]


PAGE = 20  # names on one page: fits a phone and stays far under Telegram's 4,096 characters


@dataclass(frozen=True)
class Status(Message):
    """The picture as one message; `page` counts from 0 and only pages the names."""

    kind: ClassVar[str] = "status"

    name: Text
    as_of: datetime
    known_until: datetime | None
    counts: tuple[tuple[State, int], ...]
    posts: tuple[PostCount, ...]
    rows: tuple[Row, ...]
    page: int
    pages: int
    digest: bool = False
    on_time: int = 0
    late: int = 0
    missed: int = 0


def page_of(picture: Picture, page: int) -> Status:
    """Return one page of the status message; a page that no longer exists becomes the last one."""
    named = attention(picture)
    there = turned(page, len(named), PAGE)
    shown = tuple(named[there.rows])
    known = (picture.name, picture.as_of, picture.known_until, picture.counts, picture.posts)
    return Status(*known, rows=shown, page=there.at, pages=there.of)


@dataclass(frozen=True)
class RosterRow:
    """One officer on the roster, as command sees it."""

    person: Person
    role: str
    service: Text
    enrolled: bool
    unreachable: bool
    invited_until: datetime | None
    tour_until: date | None


@dataclass(frozen=True)
class Roster(Message):
    """The roster by post, a page at a time, with a button for each name."""

    kind: ClassVar[str] = "roster"

    rows: tuple[RosterRow, ...]
    page: int
    pages: int
    choose_invite: bool


@dataclass(frozen=True)
class RosterCard(Message):
    """One officer's card with the buttons to invite, to revoke the phone, and to read the next of kin (`kin`)."""

    kind: ClassVar[str] = "roster_card"

    row: RosterRow
    confirm_revoke: bool = False
    kin: bool = False

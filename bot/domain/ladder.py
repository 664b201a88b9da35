"""The ladder: who is told of an alert, in which order and after how long; it never ends in silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.officer import ACTING, Officer, Role


@dataclass(frozen=True)
class Step:
    """One rung: the roles that are told, and how long they have before the next rung."""

    notify: tuple[Role, ...]
    wait: timedelta


@dataclass(frozen=True)
class Ladder:
    """The rungs; at the end everyone is told again every `repeat_every` until somebody acts.

    `resolve_within`: an acknowledged alert without an outcome climbs again after this long.
    """

    steps: tuple[Step, ...]
    repeat_every: timedelta
    resolve_within: timedelta


@dataclass(frozen=True)
class Rung:
    """Where an alert stands: `number` counts from 1; the number after the last step is the repeat to everyone."""

    number: int
    recipients: tuple[Officer, ...]
    wait: timedelta


@dataclass(frozen=True)
class Responder:
    """Somebody who could be told, and whether they are on duty now."""

    officer: Officer
    absent: bool = False


def _told_at(step: Step, subject: Officer, officer: Officer) -> bool:
    if officer.role not in step.notify:
        return False
    return officer.role is not Role.LEAD or officer.post == subject.post


def able(subject: Officer, people: Iterable[Responder]) -> list[Officer]:
    """Return those who can act for `subject` now: an acting role, enrolled, reachable, not absent, not the subject."""
    return [
        one.officer
        for one in people
        if one.officer.role in ACTING
        and one.officer.enrolled
        and one.officer.unreachable_since is None
        and not one.absent
        and one.officer.code != subject.code
    ]


def everyone(subject: Officer, people: Iterable[Responder]) -> tuple[Officer, ...]:
    """Return every enrolled lead, deputy and commander but the subject: absent or unreachable ones too, last resort."""
    return tuple(
        one.officer
        for one in people
        if one.officer.role in ACTING and one.officer.enrolled and one.officer.code != subject.code
    )


def standing(ladder: Ladder, number: int, subject: Officer, people: Sequence[Responder]) -> tuple[Officer, ...]:
    """Return those on step `number` (from 1 to the last) who can act for `subject` now."""
    return tuple(one for one in able(subject, people) if _told_at(ladder.steps[number - 1], subject, one))


def rung(ladder: Ladder, above: int, subject: Officer, people: Sequence[Responder]) -> Rung:
    """Return the first rung above number `above` at which somebody can act; past the last one, everyone."""
    for number, step in enumerate(ladder.steps, start=1):
        if number <= above:
            continue
        told = standing(ladder, number, subject, people)
        if told:
            return Rung(number, told, step.wait)
    return Rung(len(ladder.steps) + 1, everyone(subject, people), ladder.repeat_every)


def empty_for(ladder: Ladder, roster: Sequence[Officer]) -> list[Officer]:
    """Return the officers for whom no step of the ladder names anybody else on the roster (enrolled or not)."""
    return [
        subject
        for subject in roster
        if not any(
            _told_at(step, subject, other)
            for step in ladder.steps
            for other in roster
            if other.code != subject.code and other.role in ACTING
        )
    ]

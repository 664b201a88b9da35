"""Who comes first of those whom a query may mean, and of those whom a list shows."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.contact import Category, Contact, Pace

# Two scores as near as this are the same: then it counts who is near and who answers.
_STEPS = 10
_CATEGORIES = list(Category)
_PACES: list[Pace | None] = [*Pace, None]


@dataclass(frozen=True)
class Candidate:
    """A contact with how it fits a query (`fit`, more is better, and `score` within it) and what is known of it now.

    `on_duty`: nothing where it is not known.
    """

    contact: Contact
    on_duty: bool | None = None
    fit: int = 0
    score: float = 0.0


def on_duty(one: Contact, now: datetime, *, away: bool = False) -> bool | None:
    """Return whether somebody answers now; nothing where nobody has said when. `away`: a member who is absent."""
    if away:
        return False
    return one.hours.open_at(now) if one.hours is not None else None


def ranked(candidates: list[Candidate], post: str) -> list[Candidate]:
    """Return whom a query means, the best first: how it fits, the own post, who is on duty, then the finer score.

    Only who is known to be off duty goes behind; of equals the plan (PACE) decides, and an office goes before a person.
    """

    def key(one: Candidate) -> tuple[object, ...]:
        contact = one.contact
        near = (contact.post != post, one.on_duty is False)
        likeness = -round(one.score * _STEPS)
        # Of those that have some of the words, the right one elsewhere goes before any that is near.
        closest = (*near, likeness) if one.fit else (likeness, *near)
        return (-one.fit, *closest, *_order(contact))

    return sorted(candidates, key=key)


def listed(candidates: list[Candidate], post: str) -> list[Candidate]:
    """Return a list as it is read: the own post first, then the other posts, each by category and plan."""
    return sorted(candidates, key=lambda one: (one.contact.post != post, one.contact.post or "~", *_order(one.contact)))


def _order(one: Contact) -> tuple[object, ...]:
    return (_PACES.index(one.pace), one.name is not None, _CATEGORIES.index(one.category), one.title.en, one.code)

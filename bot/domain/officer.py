"""Officers, their roles, and what each role may do. Deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.bilingual import Language, Text

Gender = Literal["f", "m"]


class Role(StrEnum):
    """What an officer is in the contingent."""

    OFFICER = "officer"
    LEAD = "lead"
    DEPUTY = "deputy"
    COMMANDER = "commander"
    LIAISON = "liaison"
    ADMIN = "admin"


class Right(StrEnum):
    """Something that a person may ask for."""

    CHECK_IN = "check_in"
    LEAVE = "leave"
    STATUS = "status"
    ACT = "act"
    ROSTER = "roster"


_FIELD = frozenset({Right.CHECK_IN, Right.LEAVE})
_LEAD = _FIELD | {Right.STATUS, Right.ACT}
_COMMAND = _LEAD | {Right.ROSTER}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: _FIELD,
    Role.LEAD: _LEAD,
    Role.DEPUTY: _COMMAND,
    Role.COMMANDER: _COMMAND,
    Role.LIAISON: frozenset({Right.STATUS}),
    Role.ADMIN: frozenset(),
}

# Roles that may be told of an alert and act on it; the end of every ladder repeats to all of them.
ACTING: tuple[Role, ...] = (Role.LEAD, Role.DEPUTY, Role.COMMANDER)


@dataclass(frozen=True)
class Person:
    """Who somebody is, as far as a message needs to say it; a snapshot that a message carries."""

    code: str
    rank: Text
    name: str
    gender: Gender | None
    post: Text
    mission: str
    phone: str | None


@dataclass(frozen=True)
class Officer:
    """A member of the contingent. `tour_until` is the last day of duty, inclusive, in the post's zone.

    `unit`: that of the mission in which they serve; `call_sign`: by which they are called over the radio.
    """

    code: str
    rank: Text
    name: str
    service: Text
    mission: str
    post: str
    post_name: Text
    timezone: str
    role: Role
    language: Language
    gender: Gender | None = None
    phone: str | None = None
    tour_from: date | None = None
    tour_until: date | None = None
    telegram_id: int | None = None
    enrolled_at: datetime | None = None
    unreachable_since: datetime | None = None
    unit: Text | None = None
    call_sign: str | None = None

    @property
    def enrolled(self) -> bool:
        """Whether a phone is bound to this officer."""
        return self.telegram_id is not None

    @property
    def person(self) -> Person:
        """The snapshot that messages carry."""
        return Person(self.code, self.rank, self.name, self.gender, self.post_name, self.mission, self.phone)

    def may(self, right: Right) -> bool:
        """Whether the role gives this right."""
        return right in RIGHTS[self.role]

    def sees(self, post: str) -> bool:
        """Whether this officer may read and act on what belongs to `post`: a lead only for the own one."""
        if self.role is Role.LEAD:
            return post == self.post
        return self.may(Right.STATUS)

    def today(self, now: datetime) -> date:
        """Return the date at the officer's post."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def on_tour(self, now: datetime) -> bool:
        """Whether `now` lies inside the tour of duty, by the date at the post."""
        today = self.today(now)
        return (self.tour_from is None or self.tour_from <= today) and (
            self.tour_until is None or today <= self.tour_until
        )


def commanders(people: Iterable[Officer], now: datetime) -> list[Officer]:
    """Return those who answer for the contingent and can be told: enrolled deputies and commanders on tour."""
    return [one for one in people if one.role in (Role.COMMANDER, Role.DEPUTY) and one.enrolled and one.on_tour(now)]

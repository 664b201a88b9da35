"""Whom one may call: a contact, its numbers, when it answers, and who may see it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.bilingual import Text
from bot.domain.officer import RIGHTS, Officer, Right, Role

# A bit for each role, as the rows keep who may see a contact; a role never changes its bit.
BITS = {
    Role.OFFICER: 1, Role.LEAD: 2, Role.DEPUTY: 4, Role.COMMANDER: 8, Role.LIAISON: 16, Role.ADMIN: 32,
}  # fmt: skip
# Before the code of an officer, it is the code of the contact that the officer is.
OFFICER = "officer:"
# Who reads the directory where a contact names nobody in particular: those in the field, and who commands them.
READERS = tuple(role for role in Role if Right.CHECK_IN in RIGHTS[role])


class Category(StrEnum):
    """What somebody is called for, in the order in which the directory shows it."""

    EMERGENCY = "emergency"
    MEDICAL = "medical"
    MISSION = "mission"
    SECURITY = "security"
    HOST_POLICE = "host_police"
    CONTINGENT = "contingent"
    EMBASSY = "embassy"
    HOME = "home"
    WELFARE = "welfare"


# What is called when life or limb is at stake.
URGENT = (Category.EMERGENCY, Category.MEDICAL)


class Source(StrEnum):
    """Who lays a contact down: the contingent file, an import, or an officer who adds to the own entry."""

    FILE = "file"
    IMPORT = "import"
    OFFICER = "officer"


class PhoneKind(StrEnum):
    """Over which way a number is reached; a radio has a call sign in place of one."""

    MOBILE = "mobile"
    SATELLITE = "satellite"
    DESK = "desk"
    RADIO = "radio"


class Pace(StrEnum):
    """The order in which ways of reaching help are tried: the plan of the same name."""

    PRIMARY = "primary"
    ALTERNATE = "alternate"
    CONTINGENCY = "contingency"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class Phone:
    """A number in E.164 (`+22320222222`), perhaps with an extension of digits; for a radio, the call sign."""

    kind: PhoneKind
    number: str
    extension: str | None = None

    @property
    def dialled(self) -> bool:
        """Whether it is a telephone number."""
        return self.kind is not PhoneKind.RADIO


@dataclass(frozen=True)
class Hours:
    """When somebody answers, by the clock of `zone`: on these weekdays (Monday is 0) from `since` to `until`.

    `until` may lie past midnight; equal to `since` it is the whole day.
    """

    days: tuple[int, ...]
    since: time
    until: time
    zone: str

    def open_at(self, now: datetime) -> bool:
        """Return whether somebody answers at this instant."""
        local = now.astimezone(ZoneInfo(self.zone))
        at, today = local.time(), local.weekday()
        yesterday = (today - 1) % 7
        if self.since < self.until:
            return today in self.days and self.since <= at < self.until
        return (today in self.days and at >= self.since) or (yesterday in self.days and at < self.until)


@dataclass(frozen=True)
class Contact:
    """Somebody or some office to call.

    `name`: of a person, with `rank` before it, or of a house; an office goes by its `function`. `officer`: the member
    of the contingent that it is. `roles`: who may see it. `languages`: ISO 639 codes, the best spoken first.
    `valid_until`: the last day, by the date at the reader's post. `hours`: nothing where it is not said. `pace`: its
    place in the plan of category and post.
    """

    code: str
    category: Category
    name: Text | None = None
    rank: Text | None = None
    function: Text | None = None
    organisation: Text | None = None
    post: str | None = None
    place: Text | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    languages: tuple[str, ...] = ()
    hours: Hours | None = None
    pace: Pace | None = None
    roles: tuple[Role, ...] = READERS
    valid_until: date | None = None
    verified_on: date | None = None
    officer: str | None = None

    @property
    def seen_by(self) -> int:
        """The bits of those who may see it; nothing: nobody."""
        return sum(BITS[role] for role in self.roles)

    @property
    def title(self) -> Text:
        """What it goes by: the name, or the function of an office."""
        return self.name or self.function or self.organisation or Text.once(self.code)


# What members of the contingent do, so that "the commander" finds them.
_DOES = {
    Role.COMMANDER: Text("Contingent commander", "Commandement du contingent"),
    Role.DEPUTY: Text("Deputy commander", "Commandement adjoint du contingent"),
    Role.LEAD: Text("Post lead", "Responsable du poste"),
    Role.LIAISON: Text("Liaison", "Liaison"),
}


def contact_of(officer: Officer, extra: Contact | None = None) -> Contact:
    """Return a member of the contingent as a contact; `extra`: what the officer has added to the own entry."""
    own: list[Phone] = []
    if officer.phone is not None:
        own.append(Phone(PhoneKind.MOBILE, officer.phone))
    if officer.call_sign is not None:
        own.append(Phone(PhoneKind.RADIO, officer.call_sign))
    more = [one for one in (extra.phones if extra is not None else ()) if one not in own]
    # As the roster has it and the officer has added to it: what is dialled first, the radio last.
    phones = sorted((*own, *more), key=lambda one: not one.dialled)
    function = extra.function if extra is not None and extra.function is not None else None
    return Contact(
        code=f"{OFFICER}{officer.code}",
        category=Category.CONTINGENT,
        name=Text.once(officer.name),
        rank=officer.rank,
        function=function or _DOES.get(officer.role) or officer.unit,
        organisation=officer.service,
        post=officer.post,
        phones=tuple(phones),
        email=extra.email if extra is not None else None,
        languages=extra.languages if extra is not None and extra.languages else (officer.language,),
        hours=replace(extra.hours, zone=officer.timezone) if extra is not None and extra.hours is not None else None,
        valid_until=officer.tour_until,
        verified_on=extra.verified_on if extra is not None else None,
        officer=officer.code,
    )

"""The contingent, the missions it serves and its places of duty."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.bilingual import Language, Text
from bot.domain.ladder import Ladder

# A button has 64 bytes of data; beside the key of a question and the id of a draft a whole code has no place in it.
BUTTON_CODE = 10


@dataclass(frozen=True)
class Mission:
    """An organisation served, such as MINUSMA."""

    code: str
    name: Text


@dataclass(frozen=True)
class Post:
    """A place of duty with its own IANA time zone; `location` is latitude, longitude in degrees (WGS 84).

    `channels`: how many sets of which means of communication it holds, in the order of CHANNELS.
    """

    code: str
    name: Text
    timezone: str
    location: tuple[float, float] | None = None
    channels: tuple[tuple[str, int], ...] = ()

    @property
    def button_code(self) -> str:
        """The code as a button holds it: the code, or what stands for one that is too long and for no other."""
        if len(self.code) <= BUTTON_CODE:
            return self.code
        return hashlib.sha256(self.code.encode()).hexdigest()[:BUTTON_CODE]


@dataclass(frozen=True)
class SitrepPlan:
    """What the contingent file says of situation reports. `at`: when one is prepared by itself; nothing: never.

    `day_from`: when the reporting day begins, in the zone of the commander's post. `weekly`: on which day (Monday is 0)
    the week's is prepared. `authorised`: the strength that the contingent should have. `mail`: who gets it by e-mail.
    """

    sender: Text | None = None
    to: tuple[Text, ...] = ()
    cc: tuple[Text, ...] = ()
    marking: Text = field(default=Text("Unclassified", "Non classifié"))
    day_from: time = time(0)
    at: time | None = None
    weekly: int | None = None
    authorised: int | None = None
    mail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contingent:
    """The people under one commander. `digest_at` is local time in the home zone of the commander's post."""

    code: str
    name: Text
    home_timezone: str
    report_language: Language
    digest_at: time
    ladder: Ladder
    duty_phone: str | None = None
    sitrep: SitrepPlan = field(default_factory=SitrepPlan)


def next_digest(after: datetime, at: time, timezone: str) -> datetime:
    """Return the first instant later than `after` at which it is `at` o'clock in `timezone`.

    A local time that does not exist that day moves forward by the gap; one that comes twice means the first.
    """
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    while True:
        instant = datetime.combine(day, at, zone).astimezone(after.tzinfo)
        if instant > after:
            return instant
        day += timedelta(days=1)

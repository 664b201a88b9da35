"""When a contact answers, as people write it: `24/7`, `mon-fri 08:00-17:00`, `lun-ven 8 h-16 h 30`."""

import re
from datetime import time
from itertools import groupby

from bot.domain.contact import Hours
from bot.domain.fold import fold

EXPECTED = '"24/7", "mon-fri 08:00-17:00" or "daily 20:00-06:00"'
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE_WEEK = tuple(range(7))
_NAMES = (
    ("mon", "monday", "lun", "lundi"),
    ("tue", "tuesday", "mar", "mardi"),
    ("wed", "wednesday", "mer", "mercredi"),
    ("thu", "thursday", "jeu", "jeudi"),
    ("fri", "friday", "ven", "vendredi"),
    ("sat", "saturday", "sam", "samedi"),
    ("sun", "sunday", "dim", "dimanche"),
)
_DAY = {f"{name}{many}": number for number, names in enumerate(_NAMES) for name in names for many in ("", "s")}
_DAILY = {"daily", "every day", "tous les jours", "chaque jour"}
_NAMED = {"minuit": "0 h", "midi": "12 h", "midnight": "0:00", "noon": "12:00"}
_ALWAYS = {"24/7", "24h/7", "24h/24", "7j/7,24h/24", "24h/24,7j/7", "7j/724h/24", "24h/247j/7"}
_CLOCK = r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?)"
# As people type it, and as a card says it: `du lundi au vendredi, de 8 h à 17 h`.
_SAID = re.compile(rf"([^\d]+?),?\s+(?:de\s+|from\s+)?{_CLOCK}\s*(?:-|–|to|until|à)\s*{_CLOCK}")
_BEFORE = re.compile(r"(?:du|le|les|on|from)\s+")
_RANGE = re.compile(r"\s*[-–]\s*|\s+(?:au|à|to)\s+")
_AND = re.compile(r"\s*,\s*|\s+(?:et|and)\s+")


def parse(text: str, zone: str) -> Hours:
    """Read when somebody answers by the clock of `zone`; raises ValueError without a word: EXPECTED is the word."""
    said = text.strip().casefold()
    for name, clock in _NAMED.items():
        said = said.replace(name, clock)
    if "".join(said.split()) in _ALWAYS:
        return Hours(_WHOLE_WEEK, time(0), time(0), zone)
    found = _SAID.fullmatch(said)
    if found is None:
        raise ValueError
    return Hours(_days(found[1]), _clock(found[2], found[3]), _clock(found[4], found[5]), zone)


def _clock(hour: str, minute: str | None) -> time:
    # Midnight at the end of a day is written either way.
    return time(0) if (hour, minute or "00") == ("24", "00") else time(int(hour), int(minute or 0))


def _days(text: str) -> tuple[int, ...]:
    if fold(text) in _DAILY:
        return _WHOLE_WEEK
    found: set[int] = set()
    for part in _AND.split(text):
        ends = [_DAY.get(fold(end)) for end in _RANGE.split(_BEFORE.sub("", part.strip(), count=1))]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            raise ValueError
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(sorted(found))


def spell(hours: Hours) -> str:
    """Return hours as `parse` reads them; their zone stands elsewhere."""
    if hours.days == _WHOLE_WEEK and hours.since == hours.until == time(0):
        return "24/7"
    until = "24:00" if hours.until == time(0) else f"{hours.until:%H:%M}"
    return f"{_spell_days(hours.days)} {hours.since:%H:%M}-{until}"


def _spell_days(days: tuple[int, ...]) -> str:
    if days == _WHOLE_WEEK:
        return "daily"
    runs = [[day for _, day in run] for _, run in groupby(enumerate(sorted(days)), lambda one: one[1] - one[0])]
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run) for run in runs
    )

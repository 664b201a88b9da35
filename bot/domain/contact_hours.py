"""When a contact answers, as people write it: `24/7`, `mon-fri 08:00-17:00`, `lun-ven 8 h-16 h 30`."""

import re
import unicodedata
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
_SETS = {
    name: days
    for days, names in (
        (_WHOLE_WEEK, "daily, every day, tous les jours, chaque jour, quotidien, tlj"),
        (_WHOLE_WEEK[:5], "weekdays, working days, en semaine, jours de semaine, jours ouvrables"),
        (_WHOLE_WEEK[5:], "weekend, weekends, week end, fin de semaine, fins de semaine"),
    )
    for name in names.split(", ")
}
_ALWAYS = {
    "24/7", "24h/7", "24h/24", "24h", "7j/7", "7/7", "7j/7,24h/24", "24h/24,7j/7", "7j/724h/24", "24h/247j/7",
    "dayandnight", "jouretnuit", "toujours", "always", "h24", "24hsur24", "7jsur7",
}  # fmt: skip
_NAMED = re.compile(r"(?:12 )?\b(minuit|midnight|midi|noon)\b")
_HOURS = re.compile(r"(?<=\d) ?(?:heures?|hrs?)\b")
_NIGHT = ("minuit", "midnight")
_HALF = r"(?: ?([ap])\.?m\.?)?"
_CLOCK = rf"(\d{{1,2}})(?: ?[:h] ?(\d{{2}})?)?{_HALF}"
_TO = r" ?(?:[-–—]|to|until|a) ?"
# As people type it, and as a card says it: `du lundi au vendredi, de 8 h à 17 h`.
_SAID = re.compile(rf"([^\d]+?),? (?:de |from )?{_CLOCK}{_TO}{_CLOCK}")
_ROUND = re.compile(r"(?:round the clock|24 ?h(?: sur 24|/24)?),? (\D+)")
_BEFORE = re.compile(r"^(?:du|le|les|la|on|from) ")
_RANGE = re.compile(r" ?[-–—] ?| (?:au|a|to) ")
_AND = re.compile(r" ?, ?| (?:et|and) ")
_LONGEST = 120


def parse(text: str, zone: str) -> Hours:
    """Read when somebody answers by the clock of `zone`; raises ValueError without a word: EXPECTED is the word."""
    if len(text) > _LONGEST:
        raise ValueError
    plain = unicodedata.normalize("NFKD", text.casefold())
    said = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    said = _HOURS.sub("h", said)
    said = _NAMED.sub(lambda found: "0:00" if found[1] in _NIGHT else "12:00", said)
    if "".join(said.split()) in _ALWAYS:
        return Hours(_WHOLE_WEEK, time(0), time(0), zone)
    if (found := _ROUND.fullmatch(said)) is not None:
        return Hours(_days(found[1]), time(0), time(0), zone)
    found = _SAID.fullmatch(said)
    if found is None:
        raise ValueError
    since, until = _clock(*found.groups()[1:4]), _clock(*found.groups()[4:7])
    bare = not any(sign in said[found.end(1) :] for sign in ":hm")
    if bare and until <= since:
        raise ValueError  # `9-5`: in the evening, or in the morning after?
    return Hours(_days(found[1]), since, until, zone)


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    if half is not None:
        if not 1 <= int(hour) <= 12:
            raise ValueError
        return time(int(hour) % 12 + (12 if half == "p" else 0), int(minute or 0))
    # Midnight at the end of a day is written either way.
    return time(0) if (hour, minute or "00") == ("24", "00") else time(int(hour), int(minute or 0))


def _days(text: str) -> tuple[int, ...]:
    plain = _BEFORE.sub("", text)
    if (known := _SETS.get(fold(plain))) is not None:
        return known
    found: set[int] = set()
    for part in _AND.split(plain):
        ends = [_DAY.get(fold(end)) for end in _RANGE.split(_BEFORE.sub("", part))]
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

"""What a text says of an instant: a day, a time of day, a date-time group. Which instant that is, `moment` decides."""

import re
import unicodedata
from dataclasses import dataclass, replace

# Everything here is folded: small letters without accents, as people type them on a phone.
_SHIFTS = {
    "today": 0, "aujourd'hui": 0, "aujourdhui": 0,
    "yesterday": -1, "hier": -1, "the day before yesterday": -2, "day before yesterday": -2, "avant-hier": -2,
    "tomorrow": 1, "demain": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "apres-demain": 2,
}  # fmt: skip
_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
}  # fmt: skip
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
_NUMBERS = {"a": 1, "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3}
# `le mercredi 23 septembre 2026 à 8 h 30 du matin (230830Z SEP 26)` has fourteen; every gap between two is tried.
_WORDS_MAX = 16
_NOW = frozenset({"now", "maintenant"})

# Which half, or part, of the day an hour of twelve is in.
_PART = r"(?P<part>matin|apres[- ]midi|soir|morning|afternoon|evening)"
_PARTS = {"matin": "morning", "soir": "evening", "apres-midi": "afternoon", "apres midi": "afternoon"}
_HALF = (
    r"(?:(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?:du|in\s+the)\s+(?P<of_day>matin|soir|morning|afternoon|evening)|de\s+l'(?P<apres>apres[- ]midi))"
)
_HALVES = {"a": "am", "p": "pm", "apres-midi": "afternoon", "apres midi": "afternoon"}
_QUARTERS = {"quart": 15, "demi": 30, "demie": 30}
_OCLOCK = r"(?:h|hrs?|hours|heures?)"
_CLOCKS = (
    # `08:15`, `8 h 15`, `8 h`, `9 heures 30`, `9 h et demie`; in half of the day too.
    re.compile(
        r"(?P<hour>\d{1,2})\s*(?::|heures?\b|h)"
        rf"(?:\s*(?P<minute>\d{{2}})(?:\s*min(?:utes)?)?(?:\s*(?:hrs?|hours))?|\s*et\s+(?P<quarter>demie?|quart))?(?:\s*{_HALF})?"
    ),
    re.compile(rf"(?P<hour>\d{{1,2}})(?P<minute>\d{{2}})(?:\s*{_OCLOCK})?(?:\s*{_HALF})?"),  # `0815`, `0815 hrs`
    re.compile(rf"(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?\s*{_HALF}"),  # `9 am`, `2.30 p.m.`, `9 du matin`
    re.compile(
        r"(?:12(?::00)?\s+)?(?P<word>noon|midnight|midi|minuit)"
        r"(?:\s*h?\s*(?P<minute>\d{2})|\s+et\s+(?P<quarter>demie?|quart))?"
    ),
)
_NUMBER = r"(?P<number>\d{1,2})(?:er|st|nd|rd|th)?"
# Four digits after a month are a year of ours; others are a time of day, `22 nov 1830`.
_YEAR = r"(?:,?\s+(?P<year>20\d{2}))?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_DATES = (
    rf"{_NUMBER}\s+(?:of\s+|de\s+)?(?P<month>[a-z]{{3,}})\.?{_YEAR}",
    rf"(?P<month>[a-z]{{3,}})\.?\s+{_NUMBER}{_YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<number>\d{2})",
)
_DAYS = (
    re.compile(rf"(?P<shift>{'|'.join(_SHIFTS)})(?:\s+{_PART})?"),
    re.compile(rf"(?:cet?|this)\s+{_PART}"),
    re.compile(r"(?:dans|in)\s+(?P<many>\d{1,2}|[a-z]+)\s+(?:jours?|days?|(?P<weeks>semaines?|weeks?))"),
    re.compile(r"il\s+y\s+a\s+(?P<ago>\d{1,2}|[a-z]+)\s+(?:jours?|(?P<weeks>semaines?))"),
    re.compile(r"(?P<ago>\d{1,2}|[a-z]+)\s+(?:days?|(?P<weeks>weeks?))\s+ago"),
    re.compile(rf"{_WEEKDAY}(?:\s+{_PART})?"),
    *(re.compile(form) for form in _DATES),
    *(re.compile(rf"{_WEEKDAY},?\s+{form}") for form in _DATES),
    re.compile(rf"{_WEEKDAY},?\s+{_NUMBER}"),
)
_DAY_OF_MONTH = re.compile(_NUMBER)
# What may stand before a day: `le 22 novembre`, `22 h d'hier`, `on Monday`.
_BEFORE_DAY = re.compile(r"^(?:(?:le|the|on|of|du|de)\s+|d')+")
_BEFORE_CLOCK = re.compile(r"^(?:a|at)\s+")
_ISO_T = re.compile(r"(\d{4}-\d{2}-\d{2})t(?=\d)")
# The date-time group of a signal, `271545Z FEB 08`.
_GROUP = re.compile(r"\d{6}z(?:\s*[a-z]{3}(?:\s*\d{2})?)?")
_WITH_GROUP = re.compile(rf"(?P<words>.+?)\s*\((?P<group>{_GROUP.pattern})\)")


@dataclass(frozen=True)
class Clock:
    """A time of day. `halved`: an hour of twelve, and which; `midnight`: by that word, which may end a day or begin it.

    `padded`: written `06`, as only an hour of twenty-four is.
    """

    hour: int
    minute: int
    halved: bool = False
    midnight: bool = False
    padded: bool = False


@dataclass(frozen=True)
class Day:
    """A day: so many from today, a weekday, a date with or without its month and year. `part`: of that day."""

    shift: int | None = None
    weekday: int | None = None
    number: int | None = None
    month: int | None = None
    year: int | None = None
    part: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is only the day of a month."""
        return self.number is not None and self.month is None and self.weekday is None


@dataclass(frozen=True)
class Said:
    """What a text says: a day and a time of day, either of which may be missing, or a group, or now.

    `day_last`: the day comes after the time, and may be meant for what stands before that, too.
    """

    day: Day | None = None
    clock: Clock | None = None
    day_last: bool = False
    group: str | None = None
    at_once: bool = False

    @property
    def clock_alone(self) -> bool:
        """Whether it is a time of day on any day."""
        return self.clock is not None and self.day is None and self.group is None

    @property
    def day_alone(self) -> bool:
        """Whether it is a whole day."""
        return self.day is not None and self.clock is None and self.day.part is None


def folded(text: str) -> str:
    """Return a text in small letters, without accents, with one plain space where there are any."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def parse(text: str) -> Said | None:
    """Return what a text says; nothing if it is no instant, or may be two."""
    plain = _ISO_T.sub(r"\1 ", folded(text))
    if plain.count(" ") >= _WORDS_MAX:
        return None
    if plain in _NOW:
        return Said(at_once=True)
    if _GROUP.fullmatch(plain):
        return Said(group=plain.upper())
    if both := _WITH_GROUP.fullmatch(plain):
        words = _words(both["words"])
        return replace(words, group=both["group"].upper()) if words is not None and words.clock is not None else None
    return _words(plain)


def _words(plain: str) -> Said | None:
    if clock := _clock(plain):
        return Said(clock=clock)
    if day := _day(plain):
        return Said(day=day)
    found = set()
    for cut in re.finditer(" ", plain):
        head, tail = plain[: cut.start()].rstrip(","), plain[cut.end() :]
        if (day := _day(head) or _day_of_month(head)) and (clock := _clock(_BEFORE_CLOCK.sub("", tail))):
            found.add(_together(day, clock, day_last=False))
        # A number after a time is its minutes: `6 h 22` is no 22nd, `6 h le 22` is.
        if (day := _day(tail) or (_day_of_month(tail) if _BEFORE_DAY.match(tail) else None)) and (
            clock := _clock(head)
        ):
            found.add(_together(day, clock, day_last=True))
    return found.pop() if len(found) == 1 else None


def _together(day: Day, clock: Clock, *, day_last: bool) -> Said | None:
    if day.is_number and clock.halved:
        return None  # `2 10 pm`: ten at night on the second, or ten past two
    if day.part is None:
        return Said(day, clock, day_last)
    hour = _in_half(clock.hour, clock.minute, day.part)
    if hour is None or (clock.halved and hour != clock.hour):
        return None
    return Said(replace(day, part=None), replace(clock, hour=hour, halved=True), day_last)


def _clock(plain: str) -> Clock | None:
    found = next((each.groupdict() for form in _CLOCKS if (each := form.fullmatch(plain))), None)
    if found is None:
        return None
    minute = int(found["minute"] or 0) if found.get("minute") else _QUARTERS.get(found.get("quarter") or "", 0)
    if word := found.get("word"):
        midnight = word in ("midnight", "minuit")
        return Clock(0 if midnight else 12, minute, midnight=midnight, padded=True) if minute < 60 else None
    hour: int | None = int(found["hour"] or 0)
    said = found.get("half") or found.get("of_day") or found.get("apres")
    if said is not None and hour is not None:
        hour = _in_half(hour, minute, _HALVES.get(said, _PARTS.get(said, said)))
    if hour is None or hour > 23 or minute > 59:
        return None
    return Clock(hour, minute, halved=said is not None, padded=(found["hour"] or "").startswith("0"))


def _in_half(hour: int, minute: int, half: str) -> int | None:
    """Return the hour of twenty-four; nothing where there is none, nor for twelve sharp, which people use for both."""
    if half in ("am", "pm") and hour == 12:
        return None if minute == 0 else {"am": 0, "pm": 12}[half]
    first, last, add = {
        "am": (0, 11, range(0)),
        "pm": (13, 23, range(1, 12)),
        "morning": (0, 11, range(0)),
        "afternoon": (12, 18, range(1, 7)),
        "evening": (17, 23, range(5, 12)),
    }[half]
    if hour in add:
        return hour + 12
    return hour if first <= hour <= last else None


def _day(plain: str) -> Day | None:
    bare = _BEFORE_DAY.sub("", plain)
    for form in _DAYS:
        for text in dict.fromkeys((plain, bare)):
            if found := form.fullmatch(text):
                day = _day_from(found.groupdict())
                if day is not None:
                    return day
    return None


def _day_of_month(plain: str) -> Day | None:
    found = _DAY_OF_MONTH.fullmatch(_BEFORE_DAY.sub("", plain))
    return Day(number=int(found["number"])) if found is not None else None


def _day_from(parts: dict[str, str | None]) -> Day | None:
    part = _PARTS.get(parts.get("part") or "", parts.get("part"))
    if word := parts.get("shift"):
        return Day(shift=_SHIFTS[word], part=part)
    if many := parts.get("many") or parts.get("ago"):
        number = int(many) if many.isdecimal() else _NUMBERS.get(many)
        if number is None:
            return None
        days = number * (7 if parts.get("weeks") else 1)
        return Day(shift=-days if parts.get("ago") else days)
    weekday = _WEEKDAYS[parts["weekday"] or ""] if parts.get("weekday") else None
    if parts.get("number") is None:
        return Day(shift=0, part=part) if weekday is None else Day(weekday=weekday, part=part)
    month = _month(parts["month"] or "") if parts.get("month") else None
    if parts.get("month") and month is None:
        return None
    year = int(parts["year"] or 0) if parts.get("year") else None
    return Day(weekday=weekday, number=int(parts["number"] or 0), month=month, year=year)


def _month(name: str) -> int | None:
    """Return the month that a number, a name or its beginning means, in either language."""
    if name.isdecimal():
        return int(name)
    found = {number for known, number in _MONTHS.items() if known.startswith(name)}
    return found.pop() if len(found) == 1 else None

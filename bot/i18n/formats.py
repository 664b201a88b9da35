"""How each language writes times, dates, durations, numbers and lists: pure functions, local values in, text out.

Canadian usage, by the Office québécois de la langue française and the Translation Bureau: `14 h 30` with
non-breaking spaces, `8 h` without zeros, *minuit* and *midi* for the exact hours, `1er` for the first of the month.
Beside a day midnight is `0 h`, for *demain à minuit* may be the night before that day or the night after.
Babel gives the names and the numbers; its own `fr_CA` times (`07 h 02`, plain spaces) are not ours.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal

from bot.i18n.language import Lang, plural_form

NBSP: Final = "\u00a0"

_LOCALE: Final[dict[Lang, str]] = {"en": "en_CA", "fr": "fr_CA"}
_AND: Final[dict[Lang, str]] = {"en": "and", "fr": "et"}
_AT: Final[dict[Lang, str]] = {"en": "at", "fr": "à"}
_ON: Final[dict[Lang, str]] = {"en": "on", "fr": "le"}
_DAY_WORDS: Final[dict[Lang, dict[int, str]]] = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "fr": {-1: "hier", 0: "aujourd'hui", 1: "demain"},
}
_EVERY_DAY: Final[dict[Lang, str]] = {"en": "every day", "fr": "chaque jour"}
_DAY_UNITS: Final[dict[Lang, tuple[str, str]]] = {"en": ("day", "days"), "fr": ("jour", "jours")}

# How often, where English and French leave out the one.
_WHOLE: Final[dict[timedelta, dict[Lang, str]]] = {
    timedelta(minutes=1): {"en": "every minute", "fr": "toutes les minutes"},
    timedelta(hours=1): {"en": "every hour", "fr": "toutes les heures"},
    timedelta(days=1): {"en": "every day", "fr": "tous les jours"},
}

# Military month letters are English whatever the language of the text, so that both readers log the same group.
_DTG_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR

# From five minutes on, seconds tell a reader nothing; below it they are what a short grace or drill is made of.
_SECONDS_MATTER: Final = 5 * _MINUTE


def number(lang: Lang, value: float) -> str:
    """Return `value` with the language's separators: `4,000.5` or `4 000,5` (non-breaking)."""
    return format_decimal(value, locale=_LOCALE[lang])


def clock_time(lang: Lang, at: time) -> str:
    """Return a local time of day to the minute: `07:52`, or `7 h 52`, `8 h`, `minuit`, `midi`."""
    if lang == "en":
        return f"{at.hour:02}:{at.minute:02}"
    if at.minute == 0 and at.hour in (0, 12):
        return "minuit" if at.hour == 0 else "midi"
    hour = f"{at.hour}{NBSP}h"
    return f"{hour}{NBSP}{at.minute:02}" if at.minute else hour


def calendar_date(lang: Lang, on: date, today: date) -> str:
    """Return day and month, and the year when it is not that of `today`: `23 November`, `1er novembre 2027`."""
    day = "1er" if lang == "fr" and on.day == 1 else str(on.day)
    month = get_month_names("wide", locale=_LOCALE[lang])[on.month]
    year = f" {on.year}" if on.year != today.year else ""
    return f"{day} {month}{year}"


def day(lang: Lang, on: date, today: date) -> str:
    """Return the day as a sentence says it: `tomorrow`, `Monday 23 November`; `demain`, `le lundi 23 novembre`."""
    word = _DAY_WORDS[lang].get((on - today).days)
    if word is not None:
        return word
    weekday = get_day_names("wide", locale=_LOCALE[lang])[on.weekday()]
    article = "le " if lang == "fr" else ""
    return f"{article}{weekday} {calendar_date(lang, on, today)}"


def when(lang: Lang, at: datetime, today: date) -> str:
    """Return the day and time of a local `at`: `today, 20:00`; `le 23 novembre à 8 h`."""
    on = at.date()
    word = _DAY_WORDS[lang].get((on - today).days)
    said = _time_of_day(lang, at)
    if lang == "en":
        return f"{word or calendar_date(lang, on, today)}, {said}"
    return f"{word or 'le ' + calendar_date(lang, on, today)} à {said}"


def moment(lang: Lang, at: datetime, today: date) -> str:
    """Return a local `at` with its preposition: `at 07:52`, `yesterday at 20:04`, `on 23 November at 08:00`.

    In French `à 7 h 52`, `hier à 20 h 04`, `le 23 novembre à 8 h`; the day is left out when it is today.
    """
    on = at.date()
    if on == today:
        return f"{_AT[lang]} {clock_time(lang, at.time())}"
    word = _DAY_WORDS[lang].get((on - today).days)
    return f"{word or _ON[lang] + ' ' + calendar_date(lang, on, today)} {_AT[lang]} {_time_of_day(lang, at)}"


def _time_of_day(lang: Lang, at: datetime) -> str:
    """Return the time as it stands beside a day: midnight is the hour that the day begins with."""
    if lang == "fr" and (at.hour, at.minute) == (0, 0):
        return f"0{NBSP}h"
    return clock_time(lang, at.time())


def duration(lang: Lang, length: timedelta) -> str:
    """Return a length of time in its two largest units: `45 s`, `32 min`, `2 h 5 min`, `3 days`.

    No zero is put before the minutes: that belongs to times of day, not to durations. Rounded to the nearest
    second below five minutes, then to the minute, then (from one day) to the hour. The sign is dropped: the
    sentence says before or after.
    """
    seconds = round(abs(length).total_seconds())
    if seconds >= _SECONDS_MATTER:
        seconds = _nearest(seconds, _MINUTE)
    if seconds >= _DAY:
        seconds = _nearest(seconds, _HOUR)
    days, rest = divmod(seconds, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    day_unit = _DAY_UNITS[lang][plural_form(lang, days)]
    units = ((days, day_unit), (hours, "h"), (minutes, "min"), (left, "s"))
    said = [f"{number(lang, amount)}{NBSP}{unit}" for amount, unit in units if amount]
    return NBSP.join(said) or f"0{NBSP}s"


def every(lang: Lang, length: timedelta) -> str:
    """Return how often: `every hour`, `every 2 h`; `toutes les heures`, `toutes les 2 h`, `tous les 2 jours`."""
    whole = _WHOLE.get(length)
    if whole is not None:
        return whole[lang]
    said = duration(lang, length)
    if lang == "en":
        return f"every {said}"
    return f"{'tous' if _DAY_UNITS[lang][1] in said else 'toutes'} les {said}"


def weekdays(lang: Lang, days: Sequence[int]) -> str:
    """Return on which weekdays (Monday is 0): `on Monday and Friday`; `le lundi et le vendredi`; or every day.

    Three and more that follow each other are said as such: `from Monday to Friday`; `du lundi au vendredi`.
    """
    told = sorted(set(days))
    if len(told) == 7:
        return _EVERY_DAY[lang]
    names = [get_day_names("wide", locale=_LOCALE[lang])[day] for day in told]
    if len(told) > 2 and told[-1] - told[0] == len(told) - 1:
        return f"from {names[0]} to {names[-1]}" if lang == "en" else f"du {names[0]} au {names[-1]}"
    if lang == "fr":
        return items(lang, [f"le {name}" for name in names])
    return f"on {items(lang, names)}"


def dtg(at: datetime) -> str:
    """Return the date-time group of an aware `at`, in UTC (Zulu): `230752Z NOV 26`; the same in both languages."""
    zulu = at.astimezone(UTC)
    return f"{zulu.day:02}{zulu.hour:02}{zulu.minute:02}Z {_DTG_MONTHS[zulu.month - 1]} {zulu.year % 100:02}"


def items(lang: Lang, parts: Sequence[str]) -> str:
    """Return `parts` as a list in a sentence: `A, B and C`; `A, B et C`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND[lang]} {parts[-1]}"


def _nearest(seconds: int, unit: int) -> int:
    return (seconds + unit // 2) // unit * unit

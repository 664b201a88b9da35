"""The values of a contingent file: each is read strictly, and a refusal says what was expected, with an example."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

import phonenumbers

from bot.domain import duration
from bot.domain.bilingual import LANGUAGES, Text
from bot.domain.hint import near
from bot.domain.mail_address import is_address
from bot.domain.officer import ACTING, Role
from bot.domain.report_code import CHANNELS
from bot.i18n.tongue import tongue

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAME_MAX = 120  # several of them must fit one line of a message on a phone
CALL_SIGN_MAX = 20
SETS_MAX = 10_000
DAY = timedelta(hours=24)

_Kind = TypeVar("_Kind", bound=StrEnum)

_zones = cache(available_timezones)


def _said(value: Any) -> str:
    """Return a value as the reader wrote it, near enough, on one line and never long."""
    shown = f'"{" ".join(value.split())}"' if isinstance(value, str) else "nothing" if value is None else str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def refuse(value: Any, what: str, expected: str, hint: str = "") -> ValueError:
    """Return the error that says: this value is not `what`; expected `expected`."""
    return ValueError(f"{_said(value)} is not {what}; expected {expected}{hint}")


def code(pattern: str, expected: str, reserved: Iterable[str] = ()) -> Callable[[Any], str]:
    """Return a reader of codes that match `pattern`; `reserved` ones mean something to Vigie itself."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise refuse(value, "a code", expected)
        if value in reserved:
            raise ValueError(f'"{value}" is reserved by Vigie; expected another code')
        return value

    return read


def name(value: Any) -> str:
    """Read one line of words."""
    if not isinstance(value, str) or not value.strip() or len(value) > NAME_MAX or not value.isprintable():
        raise refuse(value, "a name", f"1 to {NAME_MAX} characters on one line")
    return value.strip()


def call_sign(value: Any) -> str:
    """Read a call sign: short, since it is said over the radio."""
    if not isinstance(value, str) or not value.strip() or len(value) > CALL_SIGN_MAX or not value.isprintable():
        raise refuse(value, "a call sign", f'1 to {CALL_SIGN_MAX} characters on one line, such as "UNPOL 21"')
    return value.strip()


def text(value: Any) -> Text:
    """Read a name given once, or in both languages."""
    expected = 'one name, or both: { en = "…", fr = "…" }'
    if isinstance(value, str):
        return Text.once(name(value))
    if not isinstance(value, dict):
        raise refuse(value, "a name", expected)
    for key in value:
        if key not in LANGUAGES:
            raise ValueError(f'"{key}" is not a language of Vigie; expected {expected}{near(key, LANGUAGES)}')
    for language in LANGUAGES:
        if language not in value:
            raise ValueError(f"has no {language}; expected {expected}")
    return Text(name(value["en"]), name(value["fr"]))


def one_of(what: str, allowed: Iterable[str]) -> Callable[[Any], str]:
    """Return a reader of one word out of a few."""
    words = tuple(allowed)

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            hint = near(value, words) if isinstance(value, str) else ""
            raise refuse(value, what, f"one of {', '.join(words)}", hint)
        return value

    return read


def zone(value: Any) -> str:
    """Read the IANA name of a time zone."""
    if not isinstance(value, str) or value not in _zones():
        hint = near(value, _zones()) if isinstance(value, str) else ""
        raise refuse(value, "a time zone", "an IANA name such as Africa/Bamako", hint)
    return value


def clock(value: Any) -> time:
    """Read a local time of day."""
    if not isinstance(value, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise refuse(value, "a time", 'HH:MM in quotes, such as "08:00"')
    return time.fromisoformat(value)


def clocks(value: Any) -> tuple[time, ...]:
    """Read the local times of a watch, in order."""
    if not isinstance(value, list) or not value:
        raise refuse(value, "a list of times", 'at least one, such as ["08:00", "20:00"]')
    found = [clock(one) for one in value]
    if len(set(found)) < len(found):
        raise ValueError("names a time twice; expected each time once")
    return tuple(sorted(found))


def days(value: Any) -> tuple[int, ...]:
    """Read the weekdays of a watch; Monday is 0."""
    expected = '"daily" or a list such as ["mon", "tue"]'
    if value == "daily":
        return tuple(range(7))
    if not isinstance(value, list) or not value:
        raise refuse(value, "a choice of days", expected)
    for one in value:
        if one not in WEEKDAYS:
            hint = near(one, WEEKDAYS) if isinstance(one, str) else ""
            raise refuse(one, "a day", f"one of {', '.join(WEEKDAYS)}", hint)
    return tuple(sorted({WEEKDAYS.index(one) for one in value}))


def span(least: timedelta, most: timedelta = DAY) -> Callable[[Any], timedelta]:
    """Return a reader of durations in whole seconds between two bounds."""
    bounds = f"{duration.spell(least)} to {duration.spell(most)}"

    def read(value: Any) -> timedelta:
        if not isinstance(value, str):
            raise refuse(value, "a duration", f"{duration.EXPECTED}, in quotes")
        found = duration.parse(value)
        if not least <= found <= most or found.microseconds:
            raise ValueError(f'"{value}" is out of range; expected {bounds}, in whole seconds')
        return found

    return read


def phone(value: Any) -> str:
    """Read a phone number and return it in E.164, such as +16135550142. Possible is enough: fiction has its range."""
    expected = "a number with its country code, such as +1 613 555 0142"
    try:
        number = phonenumbers.parse(value if isinstance(value, str) else "", None)
    except phonenumbers.NumberParseException:
        raise refuse(value, "a phone number", expected) from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise refuse(value, "a phone number", f"{expected}, without an extension")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def day(value: Any) -> date:
    """Read a date, written without quotes."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refuse(value, "a date", "YYYY-MM-DD without quotes, such as 2019-02-01")
    return value


def location(value: Any) -> tuple[float, float]:
    """Read latitude and longitude in degrees (WGS 84)."""
    expected = "[latitude, longitude] in degrees, such as [14.4843, -4.1830]"
    numbers = isinstance(value, list) and all(type(one) in (int, float) for one in value)
    if not numbers or len(value) != 2:
        raise refuse(value, "a location", expected)
    latitude, longitude = map(float, value)
    # Written so that a NaN is out of range too.
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{_said(value)} is out of range; expected {expected}: at most 90 and 180 either way")
    return latitude, longitude


def responders(value: Any) -> tuple[Role, ...]:
    """Read the roles that a step of the ladder tells."""
    allowed = [role.value for role in ACTING]
    if not isinstance(value, list) or not value:
        raise refuse(value, "a list of roles", f"at least one of {', '.join(allowed)}")
    read = one_of("a role that can act", allowed)
    return tuple(dict.fromkeys(Role(read(one)) for one in value))


def rungs(value: Any) -> list[Any]:
    """Read the list of steps, each of which is then read by itself."""
    if not isinstance(value, list) or not value:
        raise refuse(value, "a list of steps", 'at least one { notify = ["lead"], wait = "10m" }')
    return value


def texts(value: Any) -> tuple[Text, ...]:
    """Read a list of names, each given once or in both languages."""
    if not isinstance(value, list):
        raise refuse(value, "a list of names", 'a list such as ["UN Police Headquarters"]')
    return tuple(text(one) for one in value)


def weekday(value: Any) -> int:
    """Read a day of the week; Monday is 0."""
    return WEEKDAYS.index(one_of("a day", WEEKDAYS)(value))


def count(value: Any) -> int:
    """Read how many people."""
    if type(value) is not int or not 0 < value <= 100_000:
        raise refuse(value, "a number of people", "a whole number such as 5")
    return value


def mail(value: Any) -> str:
    """Read an e-mail address."""
    if not isinstance(value, str) or not is_address(value):
        raise refuse(value, "an e-mail address", "one such as ops@example.org")
    return value


def channels(value: Any) -> tuple[tuple[str, int], ...]:
    """Read how many sets of which means of communication a post holds, in the order of CHANNELS."""
    example = "such as { vhf = 4, satellite = 1 }"
    if not isinstance(value, dict):
        raise refuse(value, "a table of channels", f"numbers of {', '.join(CHANNELS)}, {example}")
    for channel, sets in value.items():
        if channel not in CHANNELS:
            raise refuse(channel, "a channel", f"any of {', '.join(CHANNELS)}, {example}", near(channel, CHANNELS))
        if type(sets) is not int or not 0 <= sets <= SETS_MAX:
            raise ValueError(f"{channel} = {_said(sets)} is not a number of sets; expected 0 or more, {example}")
    return tuple((one, value[one]) for one in CHANNELS if one in value)


def mails(value: Any) -> tuple[str, ...]:
    """Read a list of e-mail addresses."""
    if not isinstance(value, list):
        raise refuse(value, "a list of e-mail addresses", 'a list such as ["ops@example.org"]')
    return tuple(dict.fromkeys(map(mail, value)))


def kind_of(kinds: type[_Kind], what: str) -> Callable[[Any], _Kind]:
    """Return a reader of one word of an enumeration."""
    read = one_of(what, list(kinds))
    return lambda value: kinds(read(value))


def spoken(value: Any) -> str:
    """Read a language that somebody speaks, by its ISO 639 code or its name in either language; return the code."""
    found = tongue(value) if isinstance(value, str) else None
    if found is None:
        raise refuse(value, "a language", "its code or name, such as fr, bm or Arabic")
    return found


def languages(value: Any) -> tuple[str, ...]:
    """Read a list of languages, the best spoken first."""
    if not isinstance(value, list) or not value:
        raise refuse(value, "a list of languages", 'a list such as ["fr", "en", "bm"]')
    return tuple(dict.fromkeys(spoken(one) for one in value))


def roles(value: Any) -> tuple[Role, ...]:
    """Read the roles that may see something, in the order in which the rows give them back."""
    if not isinstance(value, list) or not value:
        raise refuse(value, "a list of roles", f"at least one of {', '.join(Role)}")
    read = kind_of(Role, "a role")
    named = {read(one) for one in value}
    return tuple(role for role in Role if role in named)

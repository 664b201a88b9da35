"""Telephone numbers as people type them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from babel.core import get_global
from phonenumbers import PhoneNumberFormat, ValidationResult, shortnumberinfo

from bot.domain.contact import PhoneKind
from bot.domain.errors import No, RefusalError

# Digits and what is written between them, then perhaps an extension. Letters would be read as keys of a telephone.
_TYPED = re.compile(
    r"\s*(?P<number>(?:\(?\+|\()?[\d ().\-/\u2010-\u2015]*\d)\s*,?\s*"
    r"(?:(?:ext|extension|poste|p|x|#)\.?\s*(?P<extension>\d{1,8}))?\s*",
    re.IGNORECASE,
)
# What is dialled within one country alone; written in one piece, for `21 42 01` is a number that lacks its end.
_SHORT = re.compile("[0-9]{2,6}")
# Over these an emergency number such as 17 is reached.
SHORT_KINDS = (PhoneKind.MOBILE, PhoneKind.DESK)
# No number with its extension is longer; what is longer would only keep the pattern busy.
_LONGEST = 60
# What a satellite telephone's number begins with, and one of them to show how.
SATELLITE = ("881", "870", "882", "883")
SATELLITE_EXAMPLE = "+881 6 31 55 5555"
_EXAMPLE = "+1 613 555 0142"


@dataclass(frozen=True)
class PhoneParts:
    """A number in E.164, or a short one of its country as it is dialled there (`17`); `extension`: digits."""

    number: str
    extension: str | None = None


def region_of(zone: str) -> str | None:
    """Return the country of an IANA zone as two letters, or nothing for one that belongs to none."""
    known = get_global("zone_territories")
    found = known.get(get_global("zone_aliases").get(zone, zone))
    return str(found) if found is not None and str(found) in phonenumbers.SUPPORTED_REGIONS else None


def example(region: str | None) -> str:
    """Return a number of the country as one writes it, to show how."""
    sample = phonenumbers.example_number(region) if region is not None else None
    return phonenumbers.format_number(sample, PhoneNumberFormat.INTERNATIONAL) if sample is not None else _EXAMPLE


def read(text: str, region: str | None, *, short: bool = True) -> PhoneParts:
    """Return the number that was typed; without a country code it is one of `region`.

    `short`: whether an emergency number such as 17 will do. Raises RefusalError BAD_PHONE.
    """
    found = parse(text, region, [region] if short else ())
    if found is None:
        raise RefusalError(No.BAD_PHONE, example=example(region))
    return found


def parse(text: str, region: str | None, short_in: Iterable[str | None] = ()) -> PhoneParts | None:
    """Return the number that a text is, or nothing; without a country code it is one of `region`, if there is one.

    Or else a short number of one of the countries `short_in`. Whether a number is possible is asked, not whether its
    range is in use: ranges are opened faster than lists of them are renewed, and fiction has its own.
    """
    typed = _TYPED.fullmatch("".join(map(_plain, text))) if len(text) <= _LONGEST else None
    if typed is None:
        return None
    number, extension = typed["number"], typed["extension"]
    if region is None and number.startswith("00"):
        number = f"+{number[2:]}"
    try:
        found = phonenumbers.parse(number, region)
        possible = phonenumbers.is_possible_number_with_reason(found) == ValidationResult.IS_POSSIBLE
    except phonenumbers.NumberParseException:
        possible = False  # without a country it may be short all the same
    if possible:
        return PhoneParts(phonenumbers.format_number(found, PhoneNumberFormat.E164), extension)
    if extension is None and is_short(number, short_in):
        return PhoneParts(number)
    return None


def is_short(number: str, regions: Iterable[str | None]) -> bool:
    """Return whether it may be a short number of one of these countries; it is kept as it is dialled, without `+`."""
    known = [region for region in regions if region is not None and region in phonenumbers.SUPPORTED_REGIONS]
    return _SHORT.fullmatch(number) is not None and any(_short_in(number, region) for region in known)


def _short_in(number: str, region: str) -> bool:
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False  # such as `00`, of which nothing is left after what is dialled to go abroad
    return bool(shortnumberinfo.is_possible_short_number_for_region(found, region))


def _plain(one: str) -> str:
    """Return a digit of any script as 0 to 9, and any space as a plain one."""
    return str(unicodedata.decimal(one)) if one.isdecimal() else " " if one.isspace() else one

"""What is told of a contact, read from text: numbers, call signs, and the rules that every contact keeps."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache, lru_cache

import phonenumbers

from bot.domain import contact_hours
from bot.domain.bilingual import LANGUAGES, Text
from bot.domain.contact import Contact, Hours, Phone, PhoneKind
from bot.domain.mail_address import is_address
from bot.services import contact_phone
from bot.services.contact_column import BILINGUAL
from bot.services.contingent_value import NAME_MAX, refuse

CODE = "[a-z0-9_-]{1,32}"
CODE_EXPECTED = "1 to 32 characters of a-z 0-9 _ -, such as duty-bko"
EXTENSION = re.compile(r"[0-9]{1,8}")
# Excel makes this of a long number, and its last digits are gone.
ROUNDED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_ABROAD = "a number with its country code, such as +223 70 00 01 01"
# They join letters, or say which way a word runs: no sign of their own, and no disguise either.
_JOINERS = "\u200c\u200d\u200e\u200f\u061c"
_ORDER = list(PhoneKind)
# What one column each says, or two where it is said in both languages.
_FIELDS = (
    "category", "name", "rank", "function", "organisation", "post", "place", "email", "languages", "hours", "pace",
    "roles", "valid_until",
)  # fmt: skip


def line(text: str, what: str = "a name") -> str:
    """Read one line of words; spaces and line breaks in a row are one space."""
    said = " ".join(text.split())
    plain = said.translate(dict.fromkeys(map(ord, _JOINERS)))
    if not plain or len(said) > NAME_MAX or not plain.isprintable():
        raise refuse(said, what, f"1 to {NAME_MAX} characters on one line")
    return said


def phone(text: str, region: str | None, short_in: Iterable[str | None] = ()) -> tuple[str, str | None]:
    """Read a telephone number and its extension as `contact_phone.parse` does, whose arguments these are."""
    said = text.strip().lstrip("'")
    expected = _expected(region)
    if ROUNDED.fullmatch(said):
        raise ValueError(f'"{said}" is a number that a spreadsheet has rounded; expected {expected}, in a cell of text')
    found = contact_phone.parse(said, region, short_in)
    if found is None:
        raise refuse(text, "a phone number", expected)
    return found.number, found.extension


@cache
def _expected(region: str | None) -> str:
    example = phonenumbers.example_number(region) if region is not None else None
    if example is None:
        return _ABROAD
    return f"{_ABROAD}, or of {region}, such as {phonenumbers.national_significant_number(example)}"


def call_sign(text: str) -> str:
    """Read what a radio is called by."""
    said = line(text, "a call sign")
    if ";" in said:
        raise refuse(said, "a call sign", "one such as Mike zero, without a semicolon")
    return said


def email(text: str) -> str:
    """Read an e-mail address."""
    said = text.strip()
    if not is_address(said):
        raise refuse(said, "an e-mail address", "one such as ops@example.org")
    return said


@lru_cache(2**9)  # thousands of rows say the same
def hours(text: str, zone: str) -> Hours:
    """Read when somebody answers, by the clock of `zone`."""
    try:
        return contact_hours.parse(text, zone)
    except ValueError:
        raise refuse(text, "a time when somebody answers", contact_hours.EXPECTED) from None


def in_order(phones: Iterable[Phone]) -> tuple[Phone, ...]:
    """Return each number once, by kind as tables have them."""
    return tuple(sorted(dict.fromkeys(phones), key=lambda one: _ORDER.index(one.kind)))


def as_corrected(one: Contact, row: Contact | None) -> Contact:
    """Return a contact with the numbers that were corrected in chat, as `row` has them, unless it says the same."""
    if row is None or in_order(one.phones) == in_order(row.phones):
        return one
    return verified(replace(one, phones=row.phones), row)


def filled(one: Contact, row: Contact | None, columns: Collection[str]) -> Contact:
    """Return a contact with what its table has no column for, as `row` has it: only what is said is changed.

    Or else who sends a new number would, without a word, also take away who may see it.
    """
    if row is None:
        return one
    kept = {name: getattr(row, name) for name in _FIELDS if not _said(name, columns)}
    for name in BILINGUAL:
        if name not in kept:
            kept[name] = _both(getattr(one, name), getattr(row, name), name, columns)
    phones = [phone for phone in one.phones if phone.kind.value in columns]
    phones += [phone for phone in row.phones if phone.kind.value not in columns]
    return replace(one, **kept, phones=in_order(phones))


def _both(new: Text | None, old: Text | None, name: str, columns: Collection[str]) -> Text | None:
    """Return a text of which a table perhaps says one language alone: the other stays."""
    if new is None or old is None or name in columns:
        return new
    en, fr = (f"{name}_{language}" in columns for language in LANGUAGES)
    return Text(new.en if en else old.en, new.fr if fr else old.fr)


def _said(name: str, columns: Collection[str]) -> bool:
    return any(column in columns for column in (name, f"{name}_en", f"{name}_fr"))


def verified(one: Contact, row: Contact | None) -> Contact:
    """Return a contact as it is written over its row: the later of the days on which somebody made sure of it stays."""
    days = [day for day in (one.verified_on, row.verified_on if row is not None else None) if day is not None]
    return replace(one, verified_on=max(days)) if days else one


def lacking(one: Contact) -> str | None:
    """Return what a contact must have and has not, as the end of a sentence; nothing if it is whole."""
    if one.name is None and one.function is None:
        return "has neither a name nor a function; expected one of them"
    if not one.phones and one.email is None:
        return "cannot be reached; expected a phone, a radio or an e-mail address"
    return None

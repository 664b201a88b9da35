"""Contact cards (vCard 3.0, RFC 2426) as a phone takes them up."""

import re
from collections.abc import Iterator

from bot.domain.bilingual import Language, Text
from bot.domain.contact import Contact, PhoneKind

# How a phone is told what a number is.
TYPES = {PhoneKind.MOBILE: "CELL,VOICE", PhoneKind.DESK: "WORK,VOICE", PhoneKind.SATELLITE: "CELL,VOICE"}
_FOLD = 74  # octets of a line, and one for the space before it


def vcard(one: Contact, language: Language) -> str:
    """Return a contact as a card in one language, for somebody's own address book: how to reach it, and no more."""
    return "".join(folded(line).decode() for line in _lines(one, language))


def _lines(one: Contact, language: Language) -> Iterator[str]:
    def said(text: Text | None) -> str:
        return text[language] if text is not None else ""

    rank = said(one.rank) if one.name is not None else ""
    given, _, family = said(one.name).rpartition(" ")
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{escaped(family)};{escaped(given)};;{escaped(rank)};"
    yield f"FN:{escaped(' '.join(part for part in (rank, one.title[language]) if part))}"
    for name, text in (("ORG", one.organisation), ("TITLE", one.function)):
        if text is not None:
            yield f"{name}:{escaped(said(text))}"
    for phone in one.phones:
        if phone.dialled:
            yield f"TEL;TYPE={TYPES[phone.kind]}:{dialled(phone.number, phone.extension)}"
    if one.email is not None:
        yield f"EMAIL;TYPE=INTERNET:{escaped(one.email)}"
    yield "END:VCARD"


def dialled(number: str, extension: str | None) -> str:
    """Return a number as a phone dials it: a pause, then the extension, both at one press."""
    return number if extension is None else f"{number},{extension}"


def escaped(said: str) -> str:
    """Return a value of a property: commas, semicolons and backslashes part nothing."""
    return re.sub(r"([\\,;])", r"\\\1", said)


def folded(line: str) -> bytes:
    """Return a line with its end, broken where it is longer than RFC 2426 likes, and never within a letter."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _FOLD:
            parts.append("")
            size = 0
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts).encode() + b"\r\n"

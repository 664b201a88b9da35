"""Contacts written out: as rows of the table that an import reads, and as cards (vCard 3.0) for a phone."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from bot.domain import contact_hours
from bot.domain.contact import READERS, Contact, Phone, PhoneKind
from bot.services.contact_card import KIND, OWN
from bot.services.contact_column import COLUMNS, IDLE, NOBODY
from bot.services.sheet import Row, Sheet, Write

SHEET = Sheet("contacts", (*COLUMNS, IDLE))
_TYPES = {PhoneKind.MOBILE: "CELL,VOICE", PhoneKind.DESK: "WORK,VOICE", PhoneKind.SATELLITE: "CELL,VOICE"}
# Columns that stand in a property of every card.
_IN_CARD = {"code", "rank_en", "name", "function_en", "organisation_en", "mobile", "satellite", "desk", "email", IDLE}
_FOLD = 74  # octets of a line, and one for the space before it


def row(one: Contact, source: str) -> dict[str, Any]:
    """Return the row of a contact; a cell of which nothing is known is missing."""
    cells: dict[str, Any] = {
        "code": one.code,
        "category": one.category.value,
        "name": one.name,
        "post": one.post,
        "email": one.email,
        "languages": ";".join(one.languages),
        "hours": contact_hours.spell(one.hours) if one.hours is not None else None,
        "zone": one.hours.zone if one.hours is not None else None,
        "pace": one.pace.value if one.pace is not None else None,
        "roles": ";".join(one.roles) or NOBODY if one.roles != READERS else None,
        "valid_until": one.valid_until.isoformat() if one.valid_until is not None else None,
        "verified_on": one.verified_on.isoformat() if one.verified_on is not None else None,
        IDLE: source,
    }
    for name in ("rank", "function", "organisation", "place"):
        text = getattr(one, name)
        if text is not None:
            cells |= {f"{name}_en": text.en, f"{name}_fr": text.fr}
    for kind in PhoneKind:
        cells[kind.value] = "; ".join(_spelt(phone) for phone in one.phones if phone.kind is kind)
    return {name: cell for name, cell in cells.items() if cell}


def _spelt(phone: Phone) -> str:
    return phone.number if phone.extension is None else f"{phone.number} ext {phone.extension}"


@contextmanager
def card_file(file: BinaryIO, _sheets: Sequence[Sheet]) -> Iterator[Write]:
    """Write rows as contact cards, which a phone takes up as they are and an import reads again."""

    def write(_: str, cells: Row) -> None:
        file.write(b"".join(map(_folded, _card(cells))))

    yield write


def _card(cells: Row) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    name, rank = cells.get("name", ""), cells.get("rank_en", "")
    given, _, family = name.rpartition(" ")
    shown = " ".join(part for part in (rank, name) if part) if name else cells["function_en"]
    yield f"N:{_text(family)};{_text(given)};;{_text(rank) if name else ''};"
    yield f"FN:{_text(shown)}"
    for column, property_ in (("organisation_en", "ORG"), ("function_en", "TITLE"), ("code", "UID")):
        if column in cells:
            yield f"{property_}:{_text(cells[column])}"
    for kind, types in _TYPES.items():
        for number in filter(None, cells.get(kind.value, "").split("; ")):
            # A pause, then the extension: phones dial both at one press.
            yield f"TEL;TYPE={types};{KIND}={kind.value}:{number.replace(' ext ', ',')}"
    if "email" in cells:
        yield f"EMAIL;TYPE=INTERNET:{_text(cells['email'])}"
    for column in COLUMNS:
        if column in cells and column not in _IN_CARD:
            yield f"{OWN}{column.upper().replace('_', '-')}:{_text(cells[column])}"
    if not name and rank:
        yield f"{OWN}RANK-EN:{_text(rank)}"
    yield "END:VCARD"


def _text(said: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", said)


def _folded(line: str) -> bytes:
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

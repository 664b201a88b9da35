"""Contacts written out: as rows of the table that an import reads, and as cards (vCard 3.0) for a phone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from bot.domain import contact_hours
from bot.domain.contact import READERS, Contact, Phone, PhoneKind
from bot.domain.vcard import TYPES, dialled, escaped, folded
from bot.services.contact_card import KIND, OWN
from bot.services.contact_column import BILINGUAL, COLUMNS, IDLE, NOBODY
from bot.services.sheet import Row, Sheet, Write

SHEET = Sheet("contacts", (*COLUMNS, IDLE))
# Columns that stand in a property of every card.
_IN_CARD = {
    "code",
    "rank_en",
    "name_en",
    "function_en",
    "organisation_en",
    "mobile",
    "satellite",
    "desk",
    "email",
    IDLE,
}


def row(one: Contact, source: str) -> dict[str, Any]:
    """Return the row of a contact; a cell of which nothing is known is missing."""
    cells: dict[str, Any] = {
        "code": one.code,
        "category": one.category.value,
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
    for name in BILINGUAL:
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
        file.write(b"".join(map(folded, _card(cells))))

    yield write


def _card(cells: Row) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    name, rank = cells.get("name_en", ""), cells.get("rank_en", "")
    given, _, family = name.rpartition(" ")
    shown = " ".join(part for part in (rank, name) if part) if name else cells["function_en"]
    yield f"N:{escaped(family)};{escaped(given)};;{escaped(rank) if name else ''};"
    yield f"FN:{escaped(shown)}"
    for column, property_ in (("organisation_en", "ORG"), ("function_en", "TITLE"), ("code", "UID")):
        if column in cells:
            yield f"{property_}:{escaped(cells[column])}"
    for kind, types in TYPES.items():
        for number in filter(None, cells.get(kind.value, "").split("; ")):
            dial, _, extension = number.partition(" ext ")
            yield f"TEL;TYPE={types};{KIND}={kind.value}:{dialled(dial, extension or None)}"
    if "email" in cells:
        yield f"EMAIL;TYPE=INTERNET:{escaped(cells['email'])}"
    for column in COLUMNS:
        if column in cells and column not in _IN_CARD:
            yield f"{OWN}{column.upper().replace('_', '-')}:{escaped(cells[column])}"
    if not name and rank:
        yield f"{OWN}RANK-EN:{escaped(rank)}"
    yield "END:VCARD"

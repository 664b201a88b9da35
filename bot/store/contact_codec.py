"""A contact to the values of its row and back."""

from datetime import time
from typing import Any

from sqlalchemy import Row

from bot.domain.bilingual import Text
from bot.domain.contact import BITS, Category, Contact, Hours, Pace, Phone, PhoneKind
from bot.store.codec import text_from, text_to


def values(one: Contact) -> dict[str, Any]:
    """Return the columns that say what a contact is; who laid it down, and when, is not among them."""
    return {
        "code": one.code,
        "category": one.category.value,
        "name": _text(one.name),
        "rank": _text(one.rank),
        "function": _text(one.function),
        "organisation": _text(one.organisation),
        "post": one.post,
        "place": _text(one.place),
        "phones": [[phone.kind.value, phone.number, phone.extension] for phone in one.phones],
        "email": one.email,
        "languages": list(one.languages),
        "hours": _hours_to(one.hours),
        "pace": one.pace.value if one.pace is not None else None,
        "roles": one.seen_by,
        "valid_until": one.valid_until,
        "verified_on": one.verified_on,
        "officer": one.officer,
    }


def _text(text: Text | None) -> dict[str, str] | None:
    return text_to(text) if text is not None else None


def _hours_to(hours: Hours | None) -> dict[str, Any] | None:
    if hours is None:
        return None
    return {
        "days": list(hours.days),
        "since": f"{hours.since:%H:%M}",
        "until": f"{hours.until:%H:%M}",
        "zone": hours.zone,
    }


def _hours_from(value: dict[str, Any] | None) -> Hours | None:
    if value is None:
        return None
    since, until = (time.fromisoformat(value[name]) for name in ("since", "until"))
    return Hours(tuple(value["days"]), since, until, value["zone"])


def from_row(row: Row[Any]) -> Contact:
    """Return the contact of a row."""
    return Contact(
        code=row.code,
        category=Category(row.category),
        name=text_from(row.name) if row.name is not None else None,
        rank=text_from(row.rank) if row.rank is not None else None,
        function=text_from(row.function) if row.function is not None else None,
        organisation=text_from(row.organisation) if row.organisation is not None else None,
        post=row.post,
        place=text_from(row.place) if row.place is not None else None,
        phones=tuple(Phone(PhoneKind(kind), number, extension) for kind, number, extension in row.phones),
        email=row.email,
        languages=tuple(row.languages),
        hours=_hours_from(row.hours),
        pace=Pace(row.pace) if row.pace is not None else None,
        roles=tuple(role for role, bit in BITS.items() if row.roles & bit),
        valid_until=row.valid_until,
        verified_on=row.verified_on,
        officer=row.officer,
    )

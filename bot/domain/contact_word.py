"""What a contact is found by: its words, folded, each with the field that it stands in."""

import hashlib
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import pairwise

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact
from bot.domain.contact_synonym import IDLE, SYNONYMS
from bot.domain.fold import words


class Field(IntEnum):
    """Where a word stands; the value is its weight, in hundredths: a name says more than a place."""

    NAME = 100
    CALL_SIGN = 99
    URGENT = 97  # who types "emergency" wants whom one calls then, before an office that has the word in its name
    INITIALS = 90
    FUNCTION = 88
    SYNONYM = 70
    ORGANISATION = 68
    CATEGORY = 50
    PLACE = 48
    RANK = 30


# What people look for in a category, in both languages; the words of its name stand in the catalogues.
_OF_CATEGORY = {
    Category.EMERGENCY: "emergency urgence urgences secours 911 112",
    Category.MEDICAL: (
        "medical sante medecin doctor hopital hospital hosto toubib ambulance samu medevac evasan clinique clinic "
        "infirmerie infirmary soins blesse"
    ),
    Category.MISSION: "mission",
    Category.SECURITY: "security securite",
    Category.HOST_POLICE: "police commissariat",
    Category.CONTINGENT: "contingent",
    Category.EMBASSY: "embassy ambassade",
    Category.HOME: "home",
    Category.WELFARE: "welfare bienetre soutien support suicide stress",
}


# Stands for the rules by which contacts are found: rows that were written by other ones are written anew.
RULES = hashlib.sha256(
    "\n".join(
        [
            "1",  # one more where the code below finds other words than before
            *(f"{field.name} {field}" for field in Field),
            *(f"{category} {said}" for category, said in _OF_CATEGORY.items()),
            *sorted(f"{word} {' '.join(sorted(others))}" for word, others in SYNONYMS.items()),
            *sorted(IDLE),
        ]
    ).encode()
).hexdigest()[:16]


def words_of(one: Contact, post: Text | None) -> dict[str, Field]:
    """Return the words that a contact is found by, each in the weightiest field. `post`: the name of its post.

    Telephone numbers are no words: they are found by their last digits.
    """
    found: dict[str, Field] = {}
    for word, field in _every(one, post):
        if field > found.get(word, 0):
            found[word] = field
    return found


def _every(one: Contact, post: Text | None) -> Iterator[tuple[str, Field]]:
    for name in {one.name.en, one.name.fr} if one.name is not None else ():
        parts = words(name)
        yield from ((word, Field.NAME) for word in (*parts, *joined(parts)))
        yield "".join(part[0] for part in parts), Field.INITIALS
    for phone in one.phones:
        if not phone.dialled:
            parts = words(phone.number)
            yield from ((word, Field.CALL_SIGN) for word in (*parts, *joined(parts)))
    for text, field in ((one.function, Field.FUNCTION), (one.organisation, Field.ORGANISATION)):
        for word in _in_both(text):
            yield word, field
            yield from ((other, min(field, Field.SYNONYM)) for other in SYNONYMS.get(word, ()))
    for said in {one.function.en, one.function.fr} if one.function is not None else ():
        yield "".join(word[0] for word in words(said) if word not in IDLE), Field.INITIALS
    for text in (post, one.place):
        yield from ((word, Field.PLACE) for word in _in_both(text))
    for word in _in_both(one.rank):
        yield from ((each, Field.RANK) for each in (word, *SYNONYMS.get(word, ())))
    category = Field.URGENT if one.category is Category.EMERGENCY else Field.CATEGORY
    yield from ((word, category) for word in _OF_CATEGORY[one.category].split())
    if one.post is not None:
        yield from ((word, Field.PLACE) for word in words(one.post))


def _in_both(text: Text | None) -> Iterator[str]:
    for said in {text.en, text.fr} if text is not None else ():
        parts = [word for word in words(said) if word not in IDLE]
        yield from parts
        # `bien-être`, `porte-parole`: typed in one word as often as in two.
        yield from joined(parts)


def joined(parts: Iterable[str]) -> Iterator[str]:
    """Yield neighbours written in one word, and all of them: `la croix` is `lacroix`."""
    every = list(parts)
    for before, after in pairwise(every):
        yield before + after
    if len(every) > 2:
        yield "".join(every)


def digits_of(one: Contact) -> Iterator[str]:
    """Yield each telephone number as digits, with its country code and without its extension."""
    for phone in one.phones:
        if phone.dialled:
            yield digits(phone.number)


def digits(number: str) -> str:
    """Return the digits of a number."""
    return "".join(c for c in number if c.isdecimal())

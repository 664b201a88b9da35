"""The columns of a table of contacts: what each is called, in either language, and what its cells may say."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from bot.domain.contact import READERS, Category, Pace, PhoneKind
from bot.domain.fold import fold
from bot.domain.hint import near
from bot.domain.officer import Role
from bot.services.contingent_value import refuse, spoken

_T = TypeVar("_T")

# Said once for both languages (`rank`), or for each (`rank_en`, `rank_fr`).
BILINGUAL = ("name", "rank", "function", "organisation", "place")
PHONES = tuple(kind.value for kind in PhoneKind)
# As they are written out.
COLUMNS = (
    "code", "category", "rank_en", "rank_fr", "name_en", "name_fr", "function_en", "function_fr", "organisation_en",
    "organisation_fr", "post", "place_en", "place_fr", "mobile", "satellite", "desk", "radio", "email", "languages",
    "hours", "zone", "pace", "roles", "valid_until", "verified_on",
)  # fmt: skip
# Beside these, Vigie's own exports say who laid a contact down, which nobody else decides.
IDLE = "source"
# What stands beyond the last column: most often a second number, parted by the sign that parts cells.
BEYOND = "beyond"
NOBODY = "nobody"

_CALLED = {
    "code": "code, id, identifiant",
    "category": "category, catégorie",
    "name": "name, full name, nom, nom complet",
    "rank": "rank, grade",
    "function": "function, fonction, titre, title",
    "organisation": "organisation, organization, organisme",
    "post": "post, poste",
    "place": "place, lieu, endroit",
    "mobile": "mobile, mobile phone, cell, cell phone, cellulaire, portable, phone, telephone, téléphone",
    "satellite": "satellite, satellite phone, sat phone, téléphone satellite",
    "desk": "desk, desk phone, landline, fixe, téléphone fixe, téléphone de bureau",
    "radio": "radio, call sign, indicatif, indicatif radio",
    "email": "email, e-mail, courriel, adresse courriel",
    "languages": "languages, language, langues, langue",
    "hours": "hours, heures, horaire",
    "zone": "zone, time zone, timezone, fuseau horaire, fuseau",
    "pace": "pace",
    "roles": "roles, rôles, visible to, visible par",
    "valid_until": "valid until, valid_until, valide jusqu’au",
    "verified_on": "verified on, verified_on, vérifié le",
    IDLE: "source",
}
_IN = {"en": "en, english, anglais", "fr": "fr, french, français"}

_NAMES = {fold(name): column for column, names in _CALLED.items() for name in names.split(", ")} | {
    f"{fold(name)} {fold(suffix)}": f"{column}_{language}"
    for column in BILINGUAL
    for name in _CALLED[column].split(", ")
    for language, suffixes in _IN.items()
    for suffix in suffixes.split(", ")
}

_CATEGORIES = {
    Category.EMERGENCY: "urgence, urgences",
    Category.MEDICAL: "médical, santé",
    Category.MISSION: "mission",
    Category.SECURITY: "sécurité",
    Category.HOST_POLICE: "host police, police hôte, police du pays hôte",
    Category.CONTINGENT: "contingent",
    Category.EMBASSY: "ambassade",
    Category.HOME: "canada",
    Category.WELFARE: "bien-être, bienêtre",
}
_PACES = {
    Pace.PRIMARY: "principal, principale, primaire",
    Pace.ALTERNATE: "second, secondaire",
    Pace.CONTINGENCY: "secours, de secours",
    Pace.EMERGENCY: "urgence",
}
_ROLES = {
    Role.OFFICER: "membre, policier, policière",
    Role.LEAD: "responsable",
    Role.DEPUTY: "adjoint, adjointe",
    Role.COMMANDER: "commandant, commandante",
    Role.LIAISON: "liaison",
    Role.ADMIN: "admin",
}


def _said(names: dict[_T, str]) -> dict[str, _T]:
    return {fold(name): one for one, more in names.items() for name in (str(one), *more.split(", "))}


_CATEGORY, _PACE, _ROLE = _said(_CATEGORIES), _said(_PACES), _said(_ROLES)


def column_of(name: str) -> str | None:
    """Return the column that is called so, in either language; nothing if none is."""
    return _NAMES.get(fold(name))


def hint(name: str) -> str:
    """Return the column that was probably meant, as `near` says it."""
    return near(fold(name).replace(" ", "_"), {*COLUMNS, *BILINGUAL})


@lru_cache(2**9)  # thousands of rows say the same
def category(text: str) -> Category:
    """Read a category by its code or its name."""
    return _one(text, _CATEGORY, "a category", [one.value for one in Category])


def pace(text: str) -> Pace:
    """Read a place in the plan."""
    return _one(text, _PACE, "a place in the plan", [one.value for one in Pace])


@lru_cache(2**9)
def languages(text: str) -> tuple[str, ...]:
    """Read languages, the best spoken first."""
    return tuple(dict.fromkeys(spoken(part) for part in _parts(text) if part))


def roles(text: str) -> tuple[Role, ...]:
    """Read who may see a contact; nothing said: all readers."""
    parts = [part for part in _parts(text) if part]
    if parts == [NOBODY]:
        return ()
    named = {_one(part, _ROLE, "a role", [one.value for one in Role]) for part in parts}
    return tuple(role for role in Role if role in named) if named else READERS


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,/\n]", text)]


def _one(text: str, known: dict[str, _T], what: str, told: Iterable[str], more: str = "") -> _T:
    found = known.get(fold(text))
    if found is None:
        every = list(told)
        raise refuse(text, what, f"one of {', '.join(every)}{more}", near(text, every))
    return found

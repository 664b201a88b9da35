"""How people, their roles and their telephone numbers are written."""

import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat

from bot.domain.officer import Gender, Person, Role
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

_NORTH_AMERICA = 1  # the calling code whose numbers have a hyphen in French

_ROLES = {
    Role.OFFICER: W_("role", "Officer"),
    Role.LEAD: W_("role", "Post lead"),
    Role.DEPUTY: W_("role", "Deputy commander"),
    Role.COMMANDER: W_("role", "Commander"),
    Role.LIAISON: W_("role", "Liaison"),
    Role.ADMIN: W_("role", "Technical administrator"),
}
_HER_ROLES = {
    Role.OFFICER: W_("role, of a woman", "Officer"),
    Role.DEPUTY: W_("role, of a woman", "Deputy commander"),
    Role.COMMANDER: W_("role, of a woman", "Commander"),
}
_HIS_ROLES = {
    Role.OFFICER: W_("role, of a man", "Officer"),
    Role.DEPUTY: W_("role, of a man", "Deputy commander"),
    Role.COMMANDER: W_("role, of a man", "Commander"),
}
_BY_GENDER: dict[Gender | None, dict[Role, tuple[str, str]]] = {"f": _HER_ROLES, "m": _HIS_ROLES, None: {}}


def named(voice: Voice, person: Person, *, article: bool = False) -> str:
    """Return rank and name: `Cpl Kelly Willis`; in French `cap. Guy LaCroix`, with its article `le cap. Guy LaCroix`.

    Where the roster does not tell the gender, French does without the article.
    """
    said = " ".join(part for part in (voice.name(person.rank), person.name) if part)
    if voice.lang == "en" or not article or person.gender is None:
        return said
    if _begins_with_vowel(said):
        return f"l'{said}"
    return f"{'la' if person.gender == 'f' else 'le'} {said}"


def capital(said: str) -> str:
    """Return `said` as it begins a line or a sentence."""
    return said[:1].upper() + said[1:]


def subject(voice: Voice, person: Person) -> str:
    """Return the person as the subject that begins a sentence: `Le cap. Guy LaCroix`."""
    return capital(named(voice, person, article=True))


def _begins_with_vowel(said: str) -> bool:
    return unicodedata.normalize("NFKD", said[:1]).casefold()[:1] in tuple("aeiou")


def role_name(voice: Voice, role: Role, gender: Gender | None = None) -> str:
    """Return the role by the person's gender where that is known, else in the epicene form."""
    return voice.word(*_BY_GENDER[gender].get(role, _ROLES[role]))


def phone(voice: Voice, given: str) -> str:
    """Return a telephone number as the language groups it; one that cannot be read stays as it was given."""
    try:
        number = phonenumbers.parse(given, None)
    except phonenumbers.NumberParseException:
        return given
    if not phonenumbers.is_possible_number(number):
        return given
    plain = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL).replace("-", " ")
    if voice.lang == "fr" and number.country_code == _NORTH_AMERICA:
        start, _, end = plain.rpartition(" ")
        return f"{start}-{end}"
    return plain  # with plain spaces: phones make such a number tappable


def duty_officer(voice: Voice, number: str | None) -> Html | None:
    """Return the line that names the duty officer's telephone, if the contingent has one."""
    return voice.say("Duty officer: {phone}", phone=phone(voice, number)) if number else None

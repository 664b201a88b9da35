"""Languages that people speak: which one is meant, and what it is called. All that the CLDR names in both of ours."""

from functools import cache

from babel import Locale

from bot.domain.fold import fold
from bot.i18n.language import Lang

_LOCALES: dict[Lang, str] = {"en": "en_CA", "fr": "fr_CA"}
# What people in West Africa call a language, or one of its ways of being spoken, beside the name that the CLDR has.
_ALSO = {
    "ff": "fulfulde, fulani, pulaar, poular, peulh",
    "tmh": "tamasheq, tamashek, touareg, tuareg",
    "ses": "songhai, songhay, sonrhai, koyraboro",
    "dyu": "dioula, jula, diula",
    "bm": "bamanankan, bamana",
    "ar": "hassaniya, hassanya",
    "dje": "djerma",
}


@cache
def _names(lang: Lang) -> dict[str, str]:
    # Regional kinds (`en_CA`) and scripts are not what one asks of a speaker.
    every = Locale.parse(_LOCALES[lang]).languages
    return {code: str(name) for code, name in every.items() if code.isalpha() and len(code) < 4}


@cache
def _codes() -> dict[str, str]:
    found = {fold(name): code for lang in _LOCALES for code, name in _names(lang).items()}
    found |= {code: code for code in _names("en")}
    return found | {fold(name): code for code, names in _ALSO.items() for name in names.split(", ")}


def tongue(said: str) -> str | None:
    """Return the ISO 639 code of a language by its code or by its name in either language; nothing if none is meant."""
    return _codes().get(fold(said))


def called(code: str, lang: Lang) -> str:
    """Return what a language is called: `Bambara`, `bambara`; a code that nobody knows is its own name."""
    return _names(lang).get(code, code)

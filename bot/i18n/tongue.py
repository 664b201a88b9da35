"""Languages that people speak: which one is meant, and what it is called. Those of the CLDR, and more of the Sahel."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from bot.domain.fold import fold
from bot.i18n.language import Lang

_LOCALES: dict[Lang, str] = {"en": "en_CA", "fr": "fr_CA"}
# Those of the posts that the CLDR does not name, or not as one says there: in English, in French, and how else.
_ALSO = {
    "ar": ("", "", "hassaniya, hassanya, arabe hassaniya, hassaniya arabic"),
    "bm": ("", "", "bamanankan, bamanan, bamana"),
    "bwq": ("Bobo", "bobo", ""),
    "bze": ("Bozo", "bozo", ""),
    "dje": ("", "", "djerma"),
    "dts": ("Dogon", "dogon", ""),
    "dyu": ("", "", "jula, diula"),
    "fa": ("", "", "farsi, dari"),
    "ff": ("", "", "fulfulde, fulani, fulah, pulaar, poular, peulh"),
    "ht": ("", "", "creole, créole, kreyol, kreyòl ayisyen"),
    "man": ("Maninka", "malinké", "mandinka, mandingo, mandingue, maninkakan"),
    "mos": ("Mooré", "mooré", "mossi, moré"),
    "myk": ("Minyanka", "minianka", "mamara"),
    "pcm": ("", "", "pidgin"),
    "rn": ("", "", "kirundi"),
    "sef": ("Senufo", "sénoufo", ""),
    "ses": ("Songhay", "songhaï", "songhai, sonrhai, songhoy, koyraboro senni"),
    "snk": ("", "", "sarakolé, sarakole"),
    "sw": ("", "", "kiswahili"),
    "tmh": ("Tamasheq", "tamasheq", "tamashek, tamacheq, tamachek, touareg, tuareg"),
    "zh": ("", "", "mandarin"),
}
# Codes that stand for no language that somebody speaks.
_NONE = {"und", "mul", "zxx", "mis", "root"}
_REGIONAL = re.compile(r"([a-z]{2,3})[-_][a-z0-9_-]+", re.IGNORECASE)


@cache
def _names(lang: Lang) -> dict[str, str]:
    # Regional kinds (`en_CA`) and scripts are not what one asks of a speaker.
    every = Locale.parse(_LOCALES[lang]).languages
    found = {code: str(name) for code, name in every.items() if code.isalpha() and len(code) < 4 and code not in _NONE}
    own = {code: names[0] if lang == "en" else names[1] for code, names in _ALSO.items()}
    return found | {code: name for code, name in own.items() if name}


@cache
def _by_name() -> dict[str, str]:
    found = {fold(name): code for lang in _LOCALES for code, name in _names(lang).items()}
    return found | {fold(name): code for code, (_, _, more) in _ALSO.items() for name in more.split(", ") if name}


def tongue(said: str) -> str | None:
    """Return the ISO 639 code of a language by a code or by its name in either language; nothing if none is meant.

    A code may have three letters (`fra`) and a region (`fr-CA`). What is written as a name is taken for one: `Ga` is
    a language of Ghana, and `ga` is the code of Irish.
    """
    plain = said.strip()
    if plain.islower() and (code := _by_code(plain)) is not None:
        return code
    if (code := _by_name().get(fold(plain))) is not None:
        return code
    regional = _REGIONAL.fullmatch(plain)
    return _by_code((regional[1] if regional is not None else plain).lower())


def _by_code(code: str) -> str | None:
    short = get_global("language_aliases").get(code, code)
    return str(short) if short in _names("en") else None


def called(code: str, lang: Lang) -> str:
    """Return what a language is called: `Bambara`, `bambara`; a code that nobody knows is its own name."""
    return _names(lang).get(code, code)

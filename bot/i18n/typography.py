"""The typography of each language, as the Office québécois de la langue française and the Translation Bureau set it."""

import re
from html import unescape
from typing import Final

from bot.i18n.formats import NBSP
from bot.i18n.language import Lang
from bot.i18n.markup import without_tags

# What is typed or followed literally keeps its own spelling: code, addresses, times such as 14:30 in a table.
_LITERAL: Final = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>", re.DOTALL)
_ADDRESS: Final = re.compile(r"\b[a-z]+://\S*[\w/]|\bmailto:\S*\w")
_TIME: Final = re.compile(r"\b\d{1,2}:\d{2}\b")

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_SINGLE_SIGNS: Final = {
    "’": "the straight apostrophe '",
    "‘": "the straight apostrophe '",
    "\u202f": "the non-breaking space U+00A0 instead of the narrow one",
    "\u2009": "the non-breaking space U+00A0 instead of the thin one",
}
_DOUBLE_SPACE = re.compile(r"\S[ \u00a0]{2,}\S")
_BEFORE_STOP = re.compile(rf"{_SPACE}([!?;])")
_HOUR = re.compile(r"[\d}](\s*)[hH](?:(\s*)(\d{2}))?(?!\w)")
_UNIT = re.compile(r"(?:[\d}](\s?)(?:%|\$|(?:min|km)\b))|(?:\d(\s?)s\b(?!'))")


def faults(lang: Lang, text: str) -> list[str]:
    """Return what in `text` is not written as the language writes it, each with what is expected."""
    clean = unescape(without_tags(_LITERAL.sub("x", text)))
    clean = _TIME.sub("0", _ADDRESS.sub("x", clean))
    found = [f"{sign!r}; expected: {expected}" for sign, expected in _SINGLE_SIGNS.items() if sign in clean]
    if _DOUBLE_SPACE.search(clean):
        found.append("two spaces in a row; expected: one")
    return found + (_french(clean) if lang == "fr" else _english(clean))


def _english(text: str) -> list[str]:
    found = []
    if any(sign in text for sign in "«»“”"):
        found.append('quotation marks; expected: the straight "')
    if match := re.search(rf"{_SPACE}([!?;:])", text):
        found.append(f"space before {match[1]!r}; expected: none")
    return found


def _french(text: str) -> list[str]:
    found = []
    if any(sign in text for sign in '"“”'):
        found.append(f"quotation marks; expected: «{NBSP}…{NBSP}» with non-breaking spaces inside")
    if text.count("«") != text.count("»"):
        found.append("unpaired « »; expected: one » for each «")
    if re.search(rf"«(?!{NBSP})", text):
        found.append("no non-breaking space after «; expected: U+00A0")
    if re.search(rf"(?<!{NBSP})»", text):
        found.append("no non-breaking space before »; expected: U+00A0")
    if re.search(rf"(?<!{NBSP}):", text):
        found.append("no non-breaking space before ':'; expected: U+00A0")
    if re.search(r":(?!\s|$)", text):
        found.append("no space after ':'; expected: one")
    if match := _BEFORE_STOP.search(text):
        found.append(f"space before {match[1]!r}; expected: none")
    return found + _french_units(text)


def _french_units(text: str) -> list[str]:
    found = []
    for match in _HOUR.finditer(text):
        before, after, minutes = match.groups()
        if before != NBSP or (minutes and after != NBSP):
            found.append(f"time {match[0]!r}; expected: 14 h 30 with non-breaking spaces (U+00A0)")
        elif minutes == "00":
            found.append(f"time {match[0]!r}; expected: the hour alone")
    found += [
        f"unit in {match[0]!r}; expected: a non-breaking space (U+00A0) before it"
        for match in _UNIT.finditer(text)
        if NBSP not in match.groups()
    ]
    return found

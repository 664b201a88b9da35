"""Typesetting: typst, its fonts, what it keeps in memory, and the signs for which no font is there."""

import json
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

# The first is part of typst, so that a paper looks the same everywhere. The others help out with what it lacks, if
# they are installed; the last two are part of typst again, and have Arabic and signs for a machine without fonts.
FONTS: Final = (
    "Libertinus Serif",
    "Noto Color Emoji",
    "DejaVu Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "DejaVu Sans Mono",
    "New Computer Modern Math",
)
# To be kept for decades, and to be read aloud. Both refuse a sign that no font can show.
STANDARDS: "Final[list[typst.PDFStandard]]" = ["a-2a", "ua-1"]

_BASIC: Final = re.compile("[\t\n\x20-\x7e\u00a0-\u024f]+")
_PROBE: Final = b"""#set document(title: [-])
#let paper = json(bytes(sys.inputs.paper))
#set text(font: paper.fonts)
#for sign in paper.signs { par(sign) }"""
_REFUSED: Final = re.compile(r'^error: .*?`"((?:[^"\\]|\\.)*)"`', re.MULTILINE)
# A frame or a skin tone is shown only by a font that also has the sign to which it is added, as the 1 of a keycap.
_ADDED: Final = "\u20d0-\u20ff\U0001f3fb-\U0001f3ff"
_JOINING: Final = "[\u200d\ufe0e\ufe0f]"
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
# What typst worked out for a paper, 150 MB for 75 pages, it forgets after so many others: empty ones will do.
_REMEMBERED: Final = 10


def typeset(words: Mapping[str, Any], at: datetime, *, system_fonts: bool = True) -> bytes:
    """Return the PDF that `paper.typ` makes of `words`, dated `at`.

    A sign that no font can show is written as its number: [U+1F69A]. Typst does not hold Python's lock: other
    threads run meanwhile.
    """
    fonts = _fonts(system_fonts)
    data = json.dumps({**words, "fonts": FONTS}, ensure_ascii=False)
    data = _named(data, "".join(map(re.escape, _unshown(data, fonts))))
    try:
        for tried in (data, _named(data, _ADDED)):
            with suppress(typst.TypstError):
                return _compile(_template(), tried, fonts, at, STANDARDS)
        # A sign that no one font has together with its accent, a paper without a title: rather plainer than none.
        return _compile(_template(), data, fonts, at, [])
    finally:
        for _ in range(_REMEMBERED):
            _compile(b"", "", fonts, at, [])


def _compile(source: bytes, data: str, fonts: typst.Fonts, at: datetime, standards: "list[typst.PDFStandard]") -> bytes:
    return typst.compile(
        source,
        font_paths=fonts,
        sys_inputs={"paper": data},
        format="pdf",
        pdf_standards=standards,
        timestamp=int(at.timestamp()),
    )


@cache
def _fonts(system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system_fonts)


@cache
def _template() -> bytes:
    return files("bot.document").joinpath("paper.typ").read_bytes()


def _unshown(data: str, fonts: typst.Fonts) -> set[str]:
    """Return the signs in `data` that no font can show: typst names each, tried by itself, when it refuses them."""
    signs = sorted(set(_BASIC.sub("", data)))
    if not signs:
        return set()
    probe = json.dumps({"signs": signs, "fonts": FONTS}, ensure_ascii=False)
    try:
        typst.compile(_PROBE, font_paths=fonts, sys_inputs={"paper": probe}, format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as error:
        named = {
            _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name) for name in _REFUSED.findall(error.diagnostic)
        }
        return named.intersection(signs)
    return set()


def _named(data: str, signs: str) -> str:
    """Return `data` with the number of each of `signs`, the inside of a regular set, and without what joined it."""
    if not signs:
        return data
    joined = re.compile(f"{_JOINING}*([{signs}]){_JOINING}*")
    return joined.sub(lambda match: "" if unicodedata.category(match[1]) == "Cf" else f"[U+{ord(match[1]):04X}]", data)

"""Characters: which no document can hold, which way they run, where a word that is too long may break."""

import re
import unicodedata
from itertools import groupby
from typing import Final

REPLACEMENT: Final = "\ufffd"
ZERO_WIDTH_SPACE: Final = "\u200b"

# XML 1.0 has no place for these, not even escaped, and a lone surrogate is not text at all.
# https://www.w3.org/TR/xml/#charsets
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
# The blocks of right-to-left scripts and the marks that turn text round: a quick look before a thorough one.
_TURNING: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_WORD: Final = re.compile(r"\S+")

# Widths in ems of bold letters, which are the wider ones; what is in no list is as wide as a small letter.
_NARROW, _SMALL, _CAPITAL, _WIDE = 0.33, 0.56, 0.73, 1.05
_THIN: Final = frozenset("ijlftrI.,:;'|!()[] \u00a0")
_BROAD: Final = frozenset("mwMW%@—…")


def legible(text: str) -> str:
    """Return `text` with every line break as a newline and a replacement character for what no document can hold."""
    return _ILLEGAL.sub(REPLACEMENT, _LINE_END.sub("\n", text))


def turning(text: str) -> bool:
    """Return whether part of `text` runs from right to left, so that what follows it must stand on its own line."""
    return _TURNING.search(text) is not None


def right_to_left(text: str) -> bool:
    """Return whether `text` is read from right to left: its first strong character says so.

    The Unicode Bidirectional Algorithm, P2 and P3: https://www.unicode.org/reports/tr9/#P2
    """
    return turning(text) and next((strong for one in text if (strong := _strong(one)) is not None), False)


def stretches(text: str) -> list[tuple[str, bool]]:
    """Return `text` in pieces that run one way, each with whether it runs from right to left.

    Blanks and signs between two pieces belong to both if these agree, else to the direction of the whole.
    """
    if not turning(text):
        return [(text, False)]
    whole = right_to_left(text)
    ways = [_strong(one) for one in text]
    before: bool | None = whole
    after = [whole] * (len(ways) + 1)
    for at in range(len(ways) - 1, -1, -1):
        way = ways[at]
        after[at] = after[at + 1] if way is None else way
    found = []
    for at, way in enumerate(ways):
        before = before if way is None else way
        found.append((text[at], after[at] if before == after[at] else whole))
    return [("".join(one for one, _ in group), way) for way, group in groupby(found, lambda one: one[1])]


def ems(text: str) -> float:
    """Return about how wide a line of `text` is, in ems."""
    return sum(map(_WIDTHS.__getitem__, text))


def breakable(text: str, width: float) -> str:
    """Return `text` with places to break in each word that is wider than `width` ems, but inside no character."""

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        return word if len(word) * _WIDE <= width or ems(word) <= width else ZERO_WIDTH_SPACE.join(_clusters(word))

    return _WORD.sub(broken, text)


def _strong(one: str) -> bool | None:
    way = unicodedata.bidirectional(one)
    return True if way in {"R", "AL"} else False if way == "L" else None


class _Widths(dict[str, float]):
    def __missing__(self, one: str) -> float:
        self[one] = _width(one)
        return self[one]


def _width(one: str) -> float:
    if one in _THIN:
        return _NARROW
    if one in _BROAD or unicodedata.east_asian_width(one) in "WF":
        return _WIDE
    if unicodedata.combining(one) or unicodedata.category(one) == "Cf":
        return 0.0
    return _CAPITAL if one.isupper() else _SMALL


# By character, once asked for: there is no end of text, but of characters there is.
_WIDTHS: Final = _Widths()


def _clusters(word: str) -> list[str]:
    """Split into characters as a reader sees them: marks, joiners and skin tones stay with what they change."""
    found: list[str] = []
    flag = False  # the first half of a flag, which is two letters
    for one in word:
        regional = "\U0001f1e6" <= one <= "\U0001f1ff"
        joined = found and (
            unicodedata.category(one) in {"Mn", "Mc", "Me", "Cf"}
            or "\U0001f3fb" <= one <= "\U0001f3ff"
            or found[-1].endswith("\u200d")
            or (regional and flag)
        )
        flag = regional and not (flag and joined)
        if joined:
            found[-1] += one
        else:
            found.append(one)
    return found

"""A long text in pieces that fit a message: ended at a line or a word, and never within what is seen as one sign."""

import unicodedata
from collections.abc import Iterator

# What a character takes once it is written as HTML; one outside the basic plane is two on some of Telegram's counts.
_ESCAPED = {"&": 5, "<": 4, ">": 4, '"': 6}
# A joiner makes one sign of those beside it, a selector belongs to the one before.
_JOINER, _SELECTORS = "\u200d", ("\ufe0e", "\ufe0f")


def weight_of(text: str) -> int:
    """Return how many characters a text takes as HTML, by the count that is longest."""
    return sum(_weight(each) for each in text)


def _weight(character: str) -> int:
    return _ESCAPED.get(character, 2 if ord(character) > 0xFFFF else 1)


def cut(text: str, room: int) -> tuple[str, str]:
    """Return the most of a text that `room` holds, and the rest; nothing but blanks between them is left out.

    It ends with a line or a word where one ends in the last third of it, else between two signs as they are seen: an
    accent stays with its letter, and a family with its children.
    """
    end, left = 0, room
    while end < len(text) and (left := left - _weight(text[end])) >= 0:
        end += 1
    if end == len(text):
        return text, ""
    for gap in ("\n", " "):
        at = text.rfind(gap, end * 2 // 3, end)
        if at > 0 and (head := text[:at].rstrip()):
            return head, text[at:].lstrip()
    at = end
    while at > 1 and _belongs_together(text[at - 1], text[at]):
        at -= 1
    at = at if at > 1 else max(end, 1)  # nothing but such signs: it has to be cut somewhere
    return text[:at], text[at:]


def pieces(text: str, room: int) -> Iterator[str]:
    """Yield a text in pieces that `room` holds; nothing but blanks between them is left out."""
    rest = text.strip()
    while rest:
        head, rest = cut(rest, room)
        yield head


def shortened(text: str, room: int) -> str:
    """Return a text as it is, or what of it `room` holds with the sign that more follows."""
    return text if weight_of(text) <= room else f"{cut(text, room - 1)[0]}…"


def _belongs_together(before: str, after: str) -> bool:
    return (
        after in (_JOINER, *_SELECTORS)
        or before == _JOINER
        or bool(unicodedata.combining(after))
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # the colour of a skin
        or all("\U0001f1e6" <= each <= "\U0001f1ff" for each in (before, after))  # two letters of a flag
    )

"""Text as it is compared: without case, accents, signs and double spaces, so that `LaCroix` is `LACROIX`."""

import unicodedata

# Letters that Unicode does not take apart into a letter and a sign, and how people without them type them.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """Return `text` in lower case without accents, signs and double spaces; a sign parts words as a space does."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return fold(text).split()

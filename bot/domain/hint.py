"""The near match that a typing error was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return `; did you mean "…"?` if something known is close to `word`, else nothing.

    `likeness` from 0 to 1: long words that share a beginning need more of it to be a help and not a puzzle.
    """
    by_small = {one.casefold(): one for one in sorted(known)}
    found = get_close_matches(word.casefold(), list(by_small), n=1, cutoff=likeness)
    return f'; did you mean "{by_small[found[0]]}"?' if found else ""

"""The near match that a typing error was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` if something known is close to `word`, else nothing."""
    by_small = {one.casefold(): one for one in sorted(known)}
    found = get_close_matches(word.casefold(), list(by_small), n=1, cutoff=0.6)
    return f'; did you mean "{by_small[found[0]]}"?' if found else ""

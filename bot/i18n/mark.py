"""Markers for texts that are written in one place and said in another: extraction sees them, running ignores them."""


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools and readers know
    """Mark `text` for the catalogues; it is later handed to `Voice.say`."""
    return text


def W_(context: str, text: str) -> tuple[str, str]:  # noqa: N802
    """Mark the short word `text` of `context` for the catalogues; it is later handed to `Voice.word(*pair)`."""
    return context, text

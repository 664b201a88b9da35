"""Keeps bot tokens out of anything that is written or shown."""

import re

# Telegram's tokens: the bot's number, a colon (in an address perhaps as %3A) and 35 characters; a little slack in both.
_TOKEN = re.compile(r"[0-9]{6,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")

HIDDEN = "[token]"


def redact(text: str) -> str:
    """Return `text` with everything in it that looks like a bot token taken out."""
    return _TOKEN.sub(HIDDEN, text)

"""E-mail addresses: what can be written into an envelope as it stands."""

import re

# RFC 5321 with RFC 5322's dot-atom: no quotes, no comments, no letters that only some servers take.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
LONGEST = 254

_ANYWHERE = re.compile(r"[^\s<>()\",;:]+@[^\s<>()\",;:]+")


def is_address(text: str) -> bool:
    """Return whether `text` is an e-mail address and nothing else."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None


def without_addresses(text: str) -> str:
    """Return `text` with every e-mail address in it hidden: in a log they would name persons."""
    return _ANYWHERE.sub("[address]", text)

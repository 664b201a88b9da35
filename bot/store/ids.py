"""Row ids made by the program, so that a batch can refer to rows that are not yet written."""

import secrets
from datetime import datetime


def new_id(now: datetime) -> int:
    """Return a positive 63-bit id: milliseconds since 1970 first, so that ids sort by time, then 21 random bits."""
    return (int(now.timestamp() * 1000) << 21 | secrets.randbits(21)) & (2**63 - 1)

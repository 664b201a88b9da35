"""Row ids made by the program, so that a batch can refer to rows that are not yet written."""

import secrets
from datetime import datetime

_COUNT_BITS = 21
_last = {"millisecond": -1, "id": 0}


def new_id(now: datetime) -> int:
    """Return a positive 63-bit id: milliseconds since 1970, then a count that starts anywhere in its lower half.

    Ids sort by time, and those of one instant by the order of their making: what is owed first is sent first. The
    random start keeps two processes apart that write in the same millisecond.
    """
    millisecond = int(now.timestamp() * 1000)
    if millisecond == _last["millisecond"]:
        _last["id"] += 1
    else:
        _last["millisecond"] = millisecond
        _last["id"] = (millisecond << _COUNT_BITS) | secrets.randbits(_COUNT_BITS - 1)
    return _last["id"] & (2**63 - 1)

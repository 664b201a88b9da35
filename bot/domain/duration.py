"""Durations as people write them: `5s`, `15m`, `2h`."""

import re
from datetime import timedelta

EXPECTED = "a number and a unit, such as 30s, 15m or 2h"

_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}

# Nine digits of hours still fit a timedelta; more would overflow instead of being refused.
_FORM = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([smh])", re.ASCII)


def parse(text: str) -> timedelta:
    """Return the duration that `text` says; raises ValueError with the expected form."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is not a duration; expected {EXPECTED}')
    return float(found[1]) * _UNITS[found[2]] if "." in found[1] else int(found[1]) * _UNITS[found[2]]


def spell(duration: timedelta) -> str:
    """Return a duration of zero or more the way `parse` reads it, in the largest unit that says it whole."""
    for unit in ("h", "m") if duration else ():
        if duration % _UNITS[unit] == timedelta():
            return f"{duration // _UNITS[unit]}{unit}"
    seconds, rest = divmod(duration, _UNITS["s"])
    return f"{seconds}.{rest.microseconds:06d}".rstrip("0").rstrip(".") + "s"

"""Where something is: a name, a grid reference, coordinates; each kept as it was given, with what follows from it."""

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from bot.domain.errors import No, RefusalError

NAME_MAX = 120

# Grid zone (1 to 60, a latitude band without I and O), the 100 km square, then as many digits east as north.
_GRID = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)")
_LOOKS_LIKE_GRID = re.compile(r"\d{1,2}\s*[A-Za-z]\s*[A-Za-z]{2}[\s\d]*")
_SQUARE_ALONE = re.compile(r"[A-Za-z]{2}[\s\d]{4,}")
_COORDINATES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True)
class Place:
    """A place; latitude and longitude in degrees (WGS 84), `grid` an MGRS reference with its zone, without spaces.

    A grid reference names a square, whose corner its coordinates are.
    """

    name: str | None = None
    grid: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def grid_in(text: str) -> str | None:
    """Return the MGRS reference that a text is, without spaces and in capitals; nothing if it is another kind of text.

    Raises RefusalError BAD_GRID for what looks like a reference but cannot be one: an odd number of digits, letters I
    or O, more than 1 m of precision, or no zone (the theatre spans two: without it the square could be 600 km away).
    """
    plain = text.strip()
    if _SQUARE_ALONE.fullmatch(plain):
        raise RefusalError(No.BAD_GRID)
    if not _LOOKS_LIKE_GRID.fullmatch(plain):
        return None
    canonical = "".join(plain.split()).upper()
    found = _GRID.fullmatch(canonical)
    if found is None or not 1 <= int(found[1]) <= 60 or len(found[5]) % 2 or len(found[5]) > 10:
        raise RefusalError(No.BAD_GRID)
    return canonical


def grouped(grid: str) -> str:
    """Return a reference as it is read aloud: `29P PR 12345 67890`."""
    found = _GRID.fullmatch(grid)
    if found is None:
        return grid
    digits = found[5]
    half = len(digits) // 2
    parts = (found[1] + found[2], found[3] + found[4], digits[:half], digits[half:])
    return " ".join(part for part in parts if part)


def coordinates_in(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude that a text is; raises RefusalError BAD_COORDINATES outside the globe."""
    found = _COORDINATES.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise RefusalError(No.BAD_COORDINATES)
    return latitude, longitude


def other_zones(grid: str) -> list[str]:
    """Return the reference in the zones next to its own, and three on: what a typing error would have meant."""
    found = _GRID.fullmatch(grid)
    if found is None:
        return []
    zones = (((int(found[1]) - 1 + step) % 60) + 1 for step in (-1, 1, -3, 3))
    return [f"{zone}{grid[len(found[1]) :]}" for zone in zones]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points in degrees, over the sphere: good to half a percent."""
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    haversine = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, haversine)))

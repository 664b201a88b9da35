"""Where something is: a name, a grid reference, coordinates; each kept as it was given, with what follows from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from bot.domain.errors import No, RefusalError

NAME_MAX = 120

# Grid zone (1 to 60, a latitude band without I and O), the 100 km square, then as many digits east as north.
_GRID = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)")
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_LOOKS_LIKE_GRID = re.compile(r"\d{1,2}\s*[A-Za-z]\s*[A-Za-z]{2}[\s\d]*")
# `12 rue`, `12 rue 1415`: an address. Whoever puts a space only before the letters of a square gives it more digits.
_ADDRESS = re.compile(r"\d{1,2}\s+[A-Za-z]{3}(?:\s*\d{1,5}|\s+\d{1,2}\s+\d{1,2})?")
# A square without its zone; kilometre points and roads (PK, KM, RN, RR, RD), post boxes (BP, CP) and avenues are names.
_SQUARE_ALONE = re.compile(
    r"(?!PK|KM|RN|RR|RD|(?:BP|CP|AV)\s*\d+$)[A-Z]{2}\s*(?:(\d{2,})\s+(\d{2,})|(?:\d\d){2,})", re.IGNORECASE
)
_DEGREES = r"(-?\d{1,3}(?:[.,]\d+)?)"
# A number, its letter before or after it: north, south, east, west, ouest.
_SIDE = rf"(?:([NSEWO])\s*{_DEGREES}\s*°?|{_DEGREES}\s*°?(?:\s*([NSEWO]))?)"
_COORDINATES = re.compile(rf"{_SIDE}(\s*[,;]\s*|\s+){_SIDE}", re.IGNORECASE)
# Letters of a latitude, of a longitude; on which side of zero. Sets, for no letter is in none of them.
_ACROSS, _ALONG = frozenset("NS"), frozenset("EWO")
_POSITIVE, _NEGATIVE = frozenset("NE"), frozenset("SWO")


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
    square = _SQUARE_ALONE.fullmatch(plain)
    if square and len(square[1] or "") == len(square[2] or ""):
        raise RefusalError(No.BAD_GRID)
    if not _LOOKS_LIKE_GRID.fullmatch(plain) or _ADDRESS.fullmatch(plain):
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
    """Return latitude and longitude that a text is, in degrees with a point or a comma, and letters or signs.

    `14,48` and `N6 12.5` are none: a comma that may part two numbers is no decimal comma, and whole numbers need both
    letters. Raises RefusalError BAD_COORDINATES outside the globe, and for letters that contradict.
    """
    found = _COORDINATES.fullmatch(text.strip().replace("−", "-"))
    if found is None:
        return None
    letters = [(found[1] or found[4] or "").upper(), (found[6] or found[9] or "").upper()]
    numbers = [found[2] or found[3], found[7] or found[8]]
    if found[5] == "," and any("," in one for one in numbers):
        return None
    decimals = sum(not one.lstrip("-").isdecimal() for one in numbers)
    if decimals < (1, 2, 0)[sum(map(bool, letters))]:
        return None
    return _on_globe(letters, [float(one.replace(",", ".")) for one in numbers])


def _on_globe(letters: list[str], numbers: list[float]) -> tuple[float, float]:
    """Return latitude and longitude of two numbers and their letters; longitude may come first if letters say so."""
    signed = [-abs(one) if letter in _NEGATIVE else one for letter, one in zip(letters, numbers, strict=True)]
    if any(letter in _POSITIVE and one < 0 for letter, one in zip(letters, numbers, strict=True)):
        raise RefusalError(No.BAD_COORDINATES)
    if letters[0] in _ALONG or letters[1] in _ACROSS:
        letters.reverse()
        signed.reverse()
    latitude, longitude = signed
    if letters[0] in _ALONG or letters[1] in _ACROSS or abs(latitude) > 90 or abs(longitude) > 180:
        raise RefusalError(No.BAD_COORDINATES)
    return latitude, longitude


def other_squares(grid: str) -> list[str]:
    """Return the reference in the zones next to its own, three on, and in the bands next to it: likely typing errors.

    The letters of a square tell its zone from its neighbours': the same square in the next one is none at all. Three
    zones on it is one again, far away.
    """
    found = _GRID.fullmatch(grid)
    if found is None:
        return []
    zone, band, square = found[1], found[2], grid[len(found[1]) + 1 :]
    zones = (((int(zone) - 1 + step) % 60) + 1 for step in (-1, 1, -3, 3))
    at = _BANDS.index(band)
    bands = _BANDS[max(at - 1, 0) : at] + _BANDS[at + 1 : at + 2]
    return [f"{each}{band}{square}" for each in zones] + [f"{zone}{each}{square}" for each in bands]


def other_points(point: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the point with a sign turned, and with its two numbers the other way round: likely typing errors."""
    latitude, longitude = point
    turned = [(latitude, -longitude), (-latitude, longitude), (-latitude, -longitude)]
    swapped = [(b, a) for a, b in (point, *turned) if abs(b) <= 90]
    return [one for one in (*turned, *swapped) if one != point]


def as_text(place: Mapping[str, Any]) -> str:
    """Return a reference, or coordinates to a metre, as they are typed: so short that a button holds them."""
    return str(place["grid"]) if "grid" in place else f"{place['latitude']:.5f},{place['longitude']:.5f}"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points in degrees, over the sphere: good to half a percent."""
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    haversine = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, haversine)))

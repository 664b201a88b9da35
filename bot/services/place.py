"""Places: a grid reference and coordinates say the same; the conversion is GeoTrans's, through the `mgrs` library."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import mgrs
from mgrs.core import MGRSError

from bot.domain.answer import as_kept
from bot.domain.errors import No, RefusalError
from bot.domain.place import Place, kilometres, other_zones
from bot.store import post as posts
from bot.store.engine import Tx

_CONVERTER = mgrs.MGRS()
# A reference so far from every post, whose square in another zone is near one, has the wrong zone.
_FAR_KM, _NEAR_KM = 300.0, 150.0
# Ten metres: a phone's own error, and short enough to be read over a radio.
_DIGITS = 4


def to_grid(latitude: float, longitude: float) -> str | None:
    """Return the reference of the 10 m square around a point (WGS 84), zone first; nothing near the poles."""
    try:
        return str(_CONVERTER.toMGRS(latitude, longitude, MGRSPrecision=_DIGITS))
    except MGRSError:
        return None


def to_coordinates(grid: str) -> tuple[float, float]:
    """Return latitude and longitude of a reference's square; raises RefusalError BAD_GRID if there is none."""
    try:
        latitude, longitude = _CONVERTER.toLatLon(grid)
    except MGRSError:
        raise RefusalError(No.BAD_GRID) from None
    return round(latitude, 5), round(longitude, 5)


async def of_post(tx: Tx, code: str) -> dict[str, Any]:
    """Return a post as a place, by its code or that on a button; raises RefusalError STALE_BUTTON if there is none."""
    plan = await posts.plan(tx)
    found = next((one for one in plan.posts if code in (one.code, one.button_code)), None) if plan else None
    if found is None:
        raise RefusalError(No.STALE_BUTTON)
    return {"post": found.code, "name": {"en": found.name.en, "fr": found.name.fr}}


async def settled(tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
    """Return a place with all that follows from what was given: the coordinates of a reference, a post of that name."""
    if "name" in given:
        plan = await posts.plan(tx)
        name = str(given["name"]).casefold()
        for one in plan.posts if plan else ():
            if name in (one.name.en.casefold(), one.name.fr.casefold(), one.code.casefold()):
                return await of_post(tx, one.code)
        return given
    if "grid" in given:
        latitude, longitude = await _checked(tx, given["grid"])
        return as_kept(Place(grid=given["grid"], latitude=latitude, longitude=longitude))
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    return as_kept(Place(grid=to_grid(latitude, longitude), latitude=latitude, longitude=longitude))


async def _checked(tx: Tx, grid: str) -> tuple[float, float]:
    """Return the coordinates of a reference; raises BAD_GRID, or OTHER_ZONE if another zone is what was meant.

    The letters of a square tell its zone from its neighbours': the same square in the next one is none at all. Three
    zones on it is one again, far away.
    """
    plan = await posts.plan(tx)
    known = [one.location for one in plan.posts if one.location is not None] if plan else []
    point: tuple[float, float] | None = None
    with suppress(RefusalError):
        point = to_coordinates(grid)
    if point is not None and (not known or _distance(point, known) <= _FAR_KM):
        return point
    for likely in other_zones(grid):
        try:
            there = to_coordinates(likely)
        except RefusalError:
            continue
        if known and _distance(there, known) <= _NEAR_KM:
            raise RefusalError(No.OTHER_ZONE, grid=grid, likely=likely)
    if point is None:
        raise RefusalError(No.BAD_GRID)
    return point


def _distance(point: tuple[float, float], known: Sequence[tuple[float, float]]) -> float:
    return min(kilometres(point, post) for post in known)

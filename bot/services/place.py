"""Places: a grid reference and coordinates say the same; the conversion is GeoTrans's, through the `mgrs` library."""

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import mgrs
from mgrs.core import MGRSError

from bot.domain.answer import as_kept
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.domain.place import Place, kilometres, other_points, other_squares
from bot.domain.post import Post
from bot.store import post as posts
from bot.store.engine import Tx

_CONVERTER = mgrs.MGRS()
# So far from the post nobody goes on an ordinary day, and it is asked back: the posts of a contingent lie within it
# (Bamako and Mopti: 460 km), a forgotten minus sign in Mali or a wrong zone leads beyond it (900 and 1,900 km).
_FAR_KM = 500.0
# What is so near to another post is no typing error, unless one would explain it.
_NEAR_KM = 150.0
# Ten metres: a phone's own error, and short enough to be read over a radio.
_DIGITS = 4


def to_grid(latitude: float, longitude: float) -> str | None:
    """Return the reference of the 10 m square around a point (WGS 84), zone first; nothing near the poles."""
    try:
        return str(_CONVERTER.toMGRS(latitude, longitude, MGRSPrecision=_DIGITS))
    except MGRSError:
        return None


def to_coordinates(grid: str) -> tuple[float, float]:
    """Return latitude and longitude of a reference's square; raises RefusalError BAD_GRID if there is none.

    Nor is there one that lies in another band than its own letter says: `mgrs` only warns of that.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            latitude, longitude = _CONVERTER.toLatLon(grid)
    except (MGRSError, RuntimeWarning):
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
    latitude, longitude = point = _point(given)
    grid = given["grid"] if "grid" in given else to_grid(*point)
    return as_kept(Place(grid=grid, latitude=latitude, longitude=longitude))


async def typed(tx: Tx, officer: Officer, given: dict[str, Any]) -> dict[str, Any]:
    """Return a place that was typed with all that follows. What is far from the officer's post is asked back.

    Raises RefusalError BAD_GRID; OTHER_ZONE if there is no such square, but in another zone or band there is; FAR_PLACE
    with how far it is and, where a typing error explains it, what was `likely` meant.
    """
    if "name" in given:
        return await settled(tx, given)
    plan = await posts.plan(tx)
    located = [post for post in plan.posts if post.location is not None] if plan else []
    here = [post for post in located if post.code == officer.post] or located
    try:
        point = _point(given)
    except RefusalError:
        if (likely := _likeliest(given, located)) is None:
            raise
        raise RefusalError(No.OTHER_ZONE, given=given, likely=likely) from None
    if here and _distance(point, here) > _FAR_KM:
        likely = _likeliest(given, here)
        if likely is not None or _distance(point, located) > _NEAR_KM:
            near = min(here, key=lambda post: _distance(point, [post]))
            km, name = round(_distance(point, [near])), {"en": near.name.en, "fr": near.name.fr}
            raise RefusalError(No.FAR_PLACE, given=given, likely=likely, km=km, post=name)
    return await settled(tx, given)


def _point(given: dict[str, Any]) -> tuple[float, float]:
    if "grid" in given:
        return to_coordinates(given["grid"])
    return float(given["latitude"]), float(given["longitude"])


def _likeliest(given: dict[str, Any], known: Sequence[Post]) -> dict[str, Any] | None:
    """Return what a typing error would have made of it that is nearest to a post, and not far from it."""
    near = [(far, one) for point, one in _slips(given) if (far := _distance(point, known)) <= _FAR_KM]
    return min(near, key=lambda each: each[0])[1] if near else None


def _slips(given: dict[str, Any]) -> Iterable[tuple[tuple[float, float], dict[str, Any]]]:
    if "grid" not in given:
        for point in other_points(_point(given)):
            yield point, as_kept(Place(latitude=point[0], longitude=point[1]))
        return
    for grid in other_squares(given["grid"]):
        try:
            yield to_coordinates(grid), as_kept(Place(grid=grid))
        except RefusalError:
            continue


def _distance(point: tuple[float, float], known: Iterable[Post]) -> float:
    """Return how far the nearest of these posts is, in kilometres; where none is known, beyond anything."""
    return min((kilometres(point, post.location) for post in known if post.location is not None), default=float("inf"))

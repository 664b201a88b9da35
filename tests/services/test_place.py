"""A grid reference and coordinates say the same, there and back; a wrong zone is noticed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.errors import No, RefusalError
from bot.domain.place import grid_in, kilometres
from bot.services.place import to_coordinates, to_grid


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "zone"),
    [
        ("Bamako", 12.6392, -8.0029, "29P"),
        ("Mopti", 14.4843, -4.1830, "30P"),
        ("Gao", 16.27, -0.04, "30Q"),
        ("Tombouctou", 16.77, -3.0, "30Q"),
    ],
)
def test_the_theatre_spans_two_zones(name: str, latitude: float, longitude: float, zone: str) -> None:
    grid = to_grid(latitude, longitude)
    assert grid is not None
    assert grid.startswith(zone), name
    assert kilometres(to_coordinates(grid), (latitude, longitude)) < 0.02


@given(st.floats(-79.9, 83.9), st.floats(-179.9, 179.9))
def test_there_and_back_is_the_same_square(latitude: float, longitude: float) -> None:
    assume(latitude >= 0 or latitude < -1e-6)  # a hair south of the equator `mgrs` names a square that it cannot read
    grid = to_grid(latitude, longitude)
    assert grid is not None
    assert grid_in(grid) == grid
    assert kilometres(to_coordinates(grid), (latitude, longitude)) < 0.025


def test_a_square_that_there_is_not_is_refused() -> None:
    for grid in ("29PZZ12341234", "29PUB72510161"):
        with pytest.raises(RefusalError) as refused:
            to_coordinates(grid)
        assert refused.value.code is No.BAD_GRID

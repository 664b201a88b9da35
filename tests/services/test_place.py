"""A grid reference and coordinates say the same, there and back; a wrong zone is noticed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.answer import where
from bot.domain.errors import No, RefusalError
from bot.domain.place import as_text, grid_in, kilometres, other_points
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


def test_nor_is_one_that_lies_in_another_band_than_its_letter_says() -> None:
    for grid in ("33PUB72510161", "30NUB72510161", "30QUB72510161"):
        with pytest.raises(RefusalError) as refused:
            to_coordinates(grid)
        assert refused.value.code is No.BAD_GRID


@given(st.floats(-79, 83), st.floats(-179, 179), st.sampled_from([(1, 1), (-1, 1), (1, -1), (-1, -1)]), st.booleans())
def test_a_sign_or_an_order_that_was_mistaken_is_among_what_is_tried(
    latitude: float, longitude: float, signs: tuple[int, int], swapped: bool
) -> None:
    typed = (signs[0] * latitude, signs[1] * longitude)
    typed = (typed[1], typed[0]) if swapped and abs(longitude) <= 90 else typed
    assert (latitude, longitude) in (typed, *other_points(typed))
    assert where(as_text({"latitude": typed[0], "longitude": typed[1]})).keys() == {"latitude", "longitude"}

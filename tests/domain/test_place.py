"""Places as people type them: what is a grid reference, what is coordinates, what is only a name."""

import pytest

from bot.domain.errors import No, RefusalError
from bot.domain.place import coordinates_in, grid_in, grouped


@pytest.mark.parametrize(
    ("text", "canonical", "shown"),
    [
        ("29P PR 12345 67890", "29PPR1234567890", "29P PR 12345 67890"),
        ("29ppr1234567890", "29PPR1234567890", "29P PR 12345 67890"),
        (" 30P wa 123 678 ", "30PWA123678", "30P WA 123 678"),
        ("30QXB", "30QXB", "30Q XB"),
        ("36 RUE 12345 67890", "36RUE1234567890", "36R UE 12345 67890"),
        ("36 RUE 12345678", "36RUE12345678", "36R UE 1234 5678"),
        ("36RUE1234", "36RUE1234", "36R UE 12 34"),
    ],
)
def test_a_reference_is_kept_without_spaces_and_shown_in_groups(text: str, canonical: str, shown: str) -> None:
    assert grid_in(text) == canonical
    assert grouped(canonical) == shown


@pytest.mark.parametrize(
    "text",
    [
        "29P PR 12345 6789",
        "PR 12345 67890",
        "PR12346789",
        "BP 1234 5678",
        "29I PR 123 678",
        "61P PR 123 678",
        "29P OR 123 678",
        "29PPR123456123456",
    ],
)
def test_what_only_looks_like_one_is_refused(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        grid_in(text)
    assert refused.value.code is No.BAD_GRID


@pytest.mark.parametrize(
    "text",
    [
        *("Sévaré", "Camp 2, gate 3", "12.6392, -8.0029", "10 km north of Gao", "", "5 rue de la Paix"),
        *("PK 120", "PK 1200", "pk1200", "RN 160", "RN 1600", "KM 45", "KM 4500", "RR 1234", "RD 12 34"),
        *("CP 120", "CP 12 345", "CP 12 34 56"),  # no square has such digits
        *("12 rue", "12 Rue", "12 rue 14", "12 rue 1415", "12 RUE 345", "5 rue 14 15", "4 ave", "12 lot 5"),
        *("BP 1234", "bp 123456", "CP 1234", "AV 1234"),
    ],
)
def test_a_name_is_no_reference(text: str) -> None:
    assert grid_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("14.4843 -4.1830", "14.4843,-4.1830", "14.4843; −4.1830", "14,4843; -4,1830", "14,4843 -4,1830"),
        *("14,4843, -4,1830", "14.4843 N, 4.1830 W", "14,4843 n 4,1830 o", "14.4843° N 4.1830° W"),
        *("N 14.4843 W 4.1830", "N14.4843, W4.1830", "4.1830 W, 14.4843 N", "14.4843 N, -4.1830", "14.4843 N -4.183 W"),
    ],
)
def test_coordinates_as_they_are_written(text: str) -> None:
    assert coordinates_in(text) == (14.4843, -4.183)


def test_coordinates_of_the_other_quarters() -> None:
    assert coordinates_in("12.6392, -8.0029") == (12.6392, -8.0029)
    assert coordinates_in("14,5 S; 4,25 E") == (-14.5, 4.25)
    assert coordinates_in("14 N 4 W") == (14, -4)


@pytest.mark.parametrize("text", ["Sévaré", "12", "14,48", "14 48", "12; 8", "14,48,4,18", "N6 12.5", "5 E 3"])
def test_what_is_no_coordinates(text: str) -> None:
    assert coordinates_in(text) is None


@pytest.mark.parametrize("text", ["95.0, 10.0", "10.0, 181", "14.48 N 4.18 S", "14.48 E 4.18 W", "-14.48 N 4.18 W"])
def test_coordinates_that_cannot_be(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        coordinates_in(text)
    assert refused.value.code is No.BAD_COORDINATES

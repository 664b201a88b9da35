"""Ids sort by time, those of one instant in the order of their making: what is owed first is sent first."""

from datetime import timedelta

from bot.store.ids import new_id
from tests.store.conftest import NOW


def test_ids_of_one_instant_keep_their_order() -> None:
    made = [new_id(NOW) for _ in range(5_000)]
    assert made == sorted(set(made))


def test_ids_sort_by_time_and_fit_a_column() -> None:
    earlier = [new_id(NOW) for _ in range(100)]
    later = new_id(NOW + timedelta(milliseconds=1))
    assert max(earlier) < later < 2**63
    assert new_id(NOW - timedelta(days=1)) < min(earlier)  # a clock set back

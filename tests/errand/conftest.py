"""A real database, a clock that only we move, a worker with carriers that do as they are told."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.background import Background
from bot.store.engine import Store
from tests.errand.house import House
from tests.store.conftest import bare, clock, database, store  # noqa: F401 (fixtures)


@pytest.fixture
async def house(store: Store, clock: Any) -> AsyncIterator[House]:  # noqa: F811
    made = House(store, clock, Background())
    yield made
    await made.background.stop()


@pytest.fixture(autouse=True)
def events() -> Iterator[list[Any]]:
    """What the log is told; not written out, since a traceback's rendering takes longer than what is tested."""
    with capture_logs() as found:
        yield found

"""Fixtures for the services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.store.engine import open_store
from bot.store.tables import metadata
from tests.services.contingent import START, House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock = MovableClock(START, held=True)
    store = open_store(f"sqlite+aiosqlite:///{tmp_path}/vigie.db", clock.now)
    async with store.engine.begin() as conn:
        await conn.run_sync(metadata.create_all)
    yield House(store, clock)
    await store.close()

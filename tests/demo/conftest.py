from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.clock import MovableClock
from bot.demo.telegram import Phone, StandIn

AT = datetime(2019, 5, 4, 7, 30, tzinfo=UTC)
Raw = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AT, held=True)


@pytest.fixture
async def standin(clock: MovableClock) -> AsyncIterator[StandIn]:
    server = StandIn(clock, strict_rates=False, retry_base=0.02)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    async with Bot(standin.token, base_url=f"{standin.url}/bot", base_file_url=f"{standin.url}/file/bot") as api:
        yield api


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def raw(standin: StandIn, http: aiohttp.ClientSession) -> Raw:
    async def call(method: str, **params: Any) -> tuple[int, Any]:
        async with http.post(f"{standin.url}/bot{standin.token}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    return call


@pytest.fixture
async def guy(standin: StandIn, bot: Bot) -> Phone:
    """An officer whose first words the bot has already fetched."""
    phone = standin.phone(1001, "Guy", "LaCroix", "fr")
    update_id = await phone.start()
    await bot.get_updates(offset=update_id + 1)
    return phone

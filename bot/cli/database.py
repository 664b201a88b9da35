"""The database as the commands open it, beside a running Vigie."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import make_url

from bot.cli.fault import settings, told, usable
from bot.clock import SystemClock
from bot.config import Settings
from bot.store import schema
from bot.store.engine import IN_MEMORY, Store, exists, open_store
from bot.store.schema import WHAT_TO_DO, SchemaFault, SchemaState

T = TypeVar("T")

NONE_YET = "there is no database yet; expected `vigie load FILE.toml` first"


class IfNone(Enum):
    """What a command does where there is no database yet."""

    REFUSE = auto()
    MAKE = auto()
    PRETEND = auto()  # work on an empty one that is gone afterwards


async def standing(found: Settings) -> SchemaState:
    """Return how the database stands; nothing is changed, and where there is none it is empty."""
    url = make_url(found.database_url)
    if not exists(found.database_url):
        return SchemaState.EMPTY
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(schema.look, Path(url.database or ""))
    store = open_store(found.database_url, SystemClock().now)
    try:
        return await schema.state(store)
    finally:
        await store.close()


@asynccontextmanager
async def opened(found: Settings, if_none: IfNone) -> AsyncIterator[Store]:
    """Open the database beside a running Vigie; a stale, foreign or damaged one is refused and left as it is."""
    with usable(found):
        state = await standing(found)
        if state not in {SchemaState.EMPTY, SchemaState.CURRENT}:
            raise SchemaFault(WHAT_TO_DO[state])
        if state is SchemaState.EMPTY and if_none is IfNone.REFUSE:
            raise SchemaFault(NONE_YET)
        if if_none is IfNone.MAKE:
            found.need_data_dir()
        pretend = state is SchemaState.EMPTY and if_none is IfNone.PRETEND
        store = open_store(IN_MEMORY if pretend else found.database_url, SystemClock().now)
        try:
            if state is SchemaState.EMPTY:
                await schema.create(store)
            yield store
        finally:
            await store.close()


def on_store(work: Callable[[Store], Awaitable[T]], if_none: IfNone = IfNone.REFUSE) -> T:
    """Do `work` on the database that the settings name."""

    async def go() -> T:
        async with opened(settings(), if_none) as store:
            return await work(store)

    with told():
        return asyncio.run(go())

"""A bot's webhook, for what is pushed to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


class Hook:
    """A bot's webhook that answers as the test wants."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str | None, Any]] = []
        self.answers: list[int | None] = []
        self.reply: dict[str, Any] | None = None
        self.arrived = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        self.arrived.set()
        await self.open.wait()
        status = self.answers.pop(0) if self.answers else 200
        if status is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/telegram", hook.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield hook
    await runner.cleanup()

"""A stand-in for a LibreTranslate server: its two paths, its errors, its limits."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

KEY = "hunter2-key"
BOTH = [
    {"code": "en", "name": "English", "targets": ["en", "fr"]},
    {"code": "fr", "name": "French", "targets": ["en", "fr"]},
]


class Libre:
    """Translates by saying into which language; `answers` come first, each once."""

    def __init__(self, key: str | None) -> None:
        self.key = key
        self.asked: list[dict[str, Any]] = []
        self.answers: deque[web.Response] = deque()
        self.languages: Any = BOTH
        self.url = ""

    async def translate(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        self.asked.append(wanted)
        if self.answers:
            return self.answers.popleft()
        if self.key is not None and wanted.get("api_key") != self.key:
            return web.json_response({"error": f"Invalid API key {wanted.get('api_key')}"}, status=403)
        if {wanted["source"], wanted["target"]} != {"en", "fr"}:
            return web.json_response({"error": f"{wanted['source']} is not supported"}, status=400)
        return web.json_response({"translatedText": f"[{wanted['target']}] {wanted['q']}"})

    async def list(self, _: web.Request) -> web.StreamResponse:
        return self.answers.popleft() if self.answers else web.json_response(self.languages)


@asynccontextmanager
async def libre(key: str | None = None) -> AsyncIterator[Libre]:
    server = Libre(key)
    application = web.Application()
    application.router.add_post("/translate", server.translate)
    application.router.add_get("/languages", server.list)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()

"""Requests of the visitor's side: where they may come from, and what they bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import BodyPartReader, web

from bot.demo.telegram.schema import Upload

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Request:
    """What a visitor asks: parts of the path, the query, a JSON body or a form with a file."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: dict[str, Any] = field(default_factory=dict)
    file: Upload | None = None

    @property
    def caption(self) -> str | None:
        """Return the caption that came with a file."""
        return self.body.get("caption")


def same_origin(request: web.Request) -> bool:
    """Tell whether a request is for this machine by name, and from this page or from no page at all.

    The name in `Host` defeats DNS rebinding; `Origin` defeats a form or script of another site.
    """
    host = request.headers.get("Host", "")
    try:
        if urlsplit(f"//{host}").hostname not in LOOPBACK:
            return False
    except ValueError:
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"http://{host}"


async def read(request: web.Request) -> Request:
    """Read a request; raise ValueError for a body that is neither a JSON object nor a form with a file."""
    body: dict[str, Any] = {}
    file: Upload | None = None
    if request.method == "POST":
        if request.content_type == "multipart/form-data":
            body, file = await _form(request)
        elif request.content_type == "application/json":
            body = orjson.loads(await request.read() or b"{}")
        elif await request.read():
            raise ValueError("a JSON body is expected")
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return Request(request.match_info, request.query, body, file)


async def _form(request: web.Request) -> tuple[dict[str, Any], Upload | None]:
    body: dict[str, Any] = {}
    file: Upload | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            body[part.name] = await part.text()
        else:
            mime = part.headers.get("Content-Type", "").partition(";")[0]
            file = Upload(part.filename, mime, bytes(await part.read()))
    return body, file

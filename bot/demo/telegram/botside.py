"""The bot's side over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import hmac
import re
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from bot.demo.telegram.delivery import Delivery
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.fault import DOWNLOADS, Faults
from bot.demo.telegram.file import DOWNLOAD, UPLOAD
from bot.demo.telegram.method import checked, named
from bot.demo.telegram.refusal import Refusal, bad_request, forbidden
from bot.demo.telegram.request import same_origin
from bot.demo.telegram.schema import Upload
from bot.demo.telegram.update import Pending

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
OTHER_SITES = ("cross-site", "same-site")
BODY = UPLOAD + 1024 * 1024  # bytes of a whole request

Raw = tuple[dict[str, Any], dict[str, Upload]]


class BotSide:
    """Reads a call, lets the faults have their way with it, and answers as Telegram does."""

    def __init__(self, exchange: Exchange, delivery: Delivery, faults: Faults, token: str) -> None:
        self._exchange = exchange
        self._delivery = delivery
        self._faults = faults
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the bot's side."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one method call."""
        method = request.match_info["method"]
        cut_before, cut_after = self._faults.cuts(method)
        if self._faults.out or cut_before:
            return self._cut(request, method, {})
        delay = self._faults.delay(method) / 2
        if delay:
            await asyncio.sleep(delay)
        params: dict[str, Any] = {}
        name = method
        try:
            self._authorise(request)
            name = named(method)
            raw, files = await _read(request)
            if fault := self._faults.answer(name):
                params = raw
                raise fault
            params = checked(name, raw, files)
            result = await self._delivery.call(name, params, lambda: _gone(request))
        except Refusal as refusal:
            status, body = refusal.code, orjson.dumps(refusal.as_json())
        else:
            if result is None:
                return self._cut(request, name, params)
            status, body = 200, _success(result)
        if delay:
            await asyncio.sleep(delay)
        if cut_after or self._faults.out:
            return self._cut(request, name, params)
        self._exchange.record(name, params, status)
        return web.Response(status=status, body=body, content_type="application/json")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer with a file's bytes."""
        cut_before, cut_after = self._faults.cuts(DOWNLOADS)
        if self._faults.out or cut_before:
            return self._cut(request, DOWNLOADS, {})
        await asyncio.sleep(self._faults.delay(DOWNLOADS))
        try:
            self._authorise(request)
            if fault := self._faults.answer(DOWNLOADS):
                raise fault
            file = self._exchange.files.at(request.match_info["path"])
            if file is None or file.size > DOWNLOAD:
                raise Refusal(404, "Not Found")
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        if cut_after or self._faults.out:
            return self._cut(request, DOWNLOADS, {})
        self._exchange.record(DOWNLOADS, {"path": file.path}, 200)
        return web.Response(body=file.data, content_type="application/octet-stream")

    def _authorise(self, request: web.Request) -> None:
        # A web page may ask for any address of this machine, and an image of it says no origin: only a program may.
        if not same_origin(request) or request.headers.get("Sec-Fetch-Site") in OTHER_SITES:
            raise forbidden("the stand-in answers programs of this machine only")
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise Refusal(404, "Not Found")
        if not hmac.compare_digest(token, self._token):
            raise Refusal(401, "Unauthorized")

    def _cut(self, request: web.Request, method: str, params: dict[str, Any]) -> web.Response:
        """Cut the line: the answer that is returned finds no way out."""
        self._exchange.record(method, params, 0)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _success(result: Any) -> bytes:
    if isinstance(result, list) and result and isinstance(result[0], Pending):
        return b'{"ok":true,"result":[' + b",".join(pending.body for pending in result) + b"]}"
    return orjson.dumps({"ok": True, "result": result})


async def _read(request: web.Request) -> Raw:
    """Return the parameters as they came, from the address and the body."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    try:
        if kind == "multipart/form-data":
            await _read_multipart(request, params, files)
        elif request.can_read_body:
            body = await request.read()
            if kind == "application/json":
                params |= _object(body)
            elif kind == "application/x-www-form-urlencoded":
                params |= parse_qsl(body.decode(), keep_blank_values=True)
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the request") from None
    return params, files


def _object(body: bytes) -> dict[str, Any]:
    parsed = orjson.loads(body) if body else {}
    if not isinstance(parsed, dict):
        raise bad_request("object expected in the body")
    return parsed


async def _read_multipart(request: web.Request, params: dict[str, Any], files: dict[str, Upload]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            params[part.name] = await part.text()
        else:
            mime = part.headers.get("Content-Type", "").partition(";")[0]
            files[part.name] = Upload(part.filename, mime, bytes(await part.read()))

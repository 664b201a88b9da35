"""The visitor's side over HTTP: a page with phones, and the same in JSON for tests in another process."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bot.clock import MovableClock
from bot.demo.telegram import view
from bot.demo.telegram.event import Subscription
from bot.demo.telegram.file import IMAGES
from bot.demo.telegram.hand import PhoneError
from bot.demo.telegram.network import Network
from bot.demo.telegram.phone import Phone
from bot.demo.telegram.refusal import Refusal
from bot.demo.telegram.request import Request, read, same_origin

PAGE = Path(__file__).parent.parent / "page"
HEARTBEAT = 15.0  # seconds between signs of life on a quiet event stream
FURTHEST = 366 * 24 * 60  # minutes that the clock is moved at once

Answer = Callable[[Request], Awaitable[Any]]
Act = Callable[[Phone, Request], Awaitable[int]]


class Visitor:
    """Answers the page; refuses whatever does not come from this machine's own pages (DNS rebinding, other sites)."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the visitor's side."""
        acts = [web.post(f"/demo/phones/{{id}}/{name}", self._acting(act)) for name, act in ACTS.items()]
        return [
            web.get("/", self._guarded(self.page)),
            web.get("/page/{file}", self._guarded(self.page)),
            web.get("/demo/events", self._guarded(self.events)),
            web.get("/demo/files/{id}", self._guarded(self.file)),
            web.get("/demo/state", self._telling(self.state)),
            web.get("/demo/phones/{id}", self._telling(self.screen)),
            web.get("/demo/faults", self._telling(self.faults)),
            web.get("/demo/progress", self._telling(self.progress)),
            web.get("/demo/sent", self._telling(self.sent)),
            web.post("/demo/phones", self._telling(self.add_phone)),
            web.post("/demo/clock", self._telling(self.move_clock)),
            web.post("/demo/faults", self._telling(self.set_faults)),
            web.post("/demo/inject", self._telling(self.inject)),
            *acts,
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Serve the page and its files; no path leads out of the folder."""
        name = request.match_info.get("file", "index.html")
        path = PAGE / name
        if "/" in name or "\\" in name or name.startswith(".") or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Serve a file of a chat; anything but a picture is to be saved, never opened as a page of ours."""
        file = self._network.exchange.files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        shown = file.data.startswith(IMAGES)
        headers = {"X-Content-Type-Options": "nosniff"}
        if not shown:
            name = "".join(c if c.isalnum() or c in "._- " else "_" for c in file.name)
            headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
        kind = file.mime if shown and file.mime.startswith("image/") else "application/octet-stream"
        return web.Response(body=file.data, content_type=kind, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens as Server-Sent Events until the page goes away."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        page = self._network.exchange.events.subscribe()
        try:
            await _stream(response, page)
        except ConnectionResetError:
            pass
        finally:
            self._network.exchange.events.leave(page)
        return response

    async def state(self, request: Request) -> Any:
        """Tell the time, the bot, the faults and the phones."""
        network = self._network
        profile = network.exchange.profile
        return {
            "now": network.clock.now().isoformat(),
            "bot": {
                "username": profile.username,
                "name": profile.text("name", "") or profile.first_name,
                "inline": profile.inline,
            },
            "faults": network.faults.as_json(),
            "phones": [view.person(phone) for phone in network.phones.values()],
        }

    async def screen(self, request: Request) -> Any:
        """Tell what one phone shows."""
        return view.screen(self._phone(request))

    async def faults(self, request: Request) -> Any:
        """Tell what is wrong with Telegram."""
        return self._network.faults.as_json()

    async def set_faults(self, request: Request) -> Any:
        """Make something go wrong, or right."""
        self._network.faults.set(request.body)
        return self._network.faults.as_json()

    async def progress(self, request: Request) -> Any:
        """Tell how far the bot has come."""
        exchange = self._network.exchange
        return {
            "pending": self._network.pending,
            "next_update_id": exchange.updates.next_id,
            "sent": len(exchange.sent),
            "calls": dict(exchange.call_counts),
        }

    async def sent(self, request: Request) -> Any:
        """Tell the messages that the bot sent, from the n-th on (`since`)."""
        return [
            {"chat_id": s.chat_id, "message_id": s.message_id, "text": s.text, "at": s.at.isoformat()}
            for s in self._network.sent[max(0, int(request.query.get("since", 0))) :]
        ]

    async def add_phone(self, request: Request) -> Any:
        """Add a phone; one that is there only gets its label."""
        body = request.body
        phone = self._network.phone(
            int(body["user_id"]), body["first_name"], body.get("last_name") or "", body.get("language_code")
        )
        phone.label = body.get("label", phone.label)
        return view.person(phone)

    async def move_clock(self, request: Request) -> Any:
        """Move the clock, where it can be moved."""
        clock = self._network.clock
        if not isinstance(clock, MovableClock):
            raise TypeError("this clock cannot be moved")
        minutes = float(request.body["minutes"])
        if not 0 < minutes <= FURTHEST:
            raise ValueError(f"minutes is a number above 0, {FURTHEST} at most")
        clock.move(timedelta(minutes=minutes))
        now = clock.now().isoformat()
        self._network.moved()
        self._network.exchange.events.clock(now)
        return {"now": now}

    async def inject(self, request: Request) -> Any:
        """Queue raw updates."""
        return {"update_ids": [self._network.inject(raw) for raw in request.body["updates"]]}

    def _phone(self, request: Request) -> Phone:
        phone = self._network.phones.get(int(request.path["id"]))
        if phone is None:
            raise web.HTTPNotFound
        return phone

    def _guarded(self, serve: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not same_origin(request):
                raise web.HTTPForbidden
            return await serve(request)

        return guarded

    def _telling(self, answer: Answer) -> Any:
        async def told(request: web.Request) -> web.StreamResponse:
            try:
                body, status = await answer(await read(request)), 200
            except PhoneError as error:
                body, status = {"error": str(error)}, 409
            except Refusal as refusal:
                body, status = {"error": refusal.description}, refusal.code
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                body, status = {"error": f"{type(error).__name__}: {error}"}, 400
            return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")

        return self._guarded(told)

    def _acting(self, act: Act) -> Any:
        async def acted(request: Request) -> Any:
            return {"update_id": await act(self._phone(request), request)}

        return self._telling(acted)


async def _stream(response: web.StreamResponse, page: Subscription) -> None:
    while not page.closed:
        events = await page.take(HEARTBEAT)
        lines = [f"event: {kind}\ndata: {orjson.dumps(data).decode()}\n\n" for kind, data in events]
        await response.write(("".join(lines) or ": still here\n\n").encode())


async def _send(phone: Phone, request: Request) -> int:
    at = request.body.get("at")
    return await phone.send(str(request.body["text"]), at=datetime.fromisoformat(at) if at else None)


async def _start(phone: Phone, request: Request) -> int:
    return await phone.start(str(request.body.get("payload") or ""))


async def _press(phone: Phone, request: Request) -> int:
    return await phone.press(str(request.body["data"]), int(request.body["message_id"]), by="data")


async def _copy(phone: Phone, request: Request) -> int:
    return await phone.press(str(request.body["copies"]), int(request.body["message_id"]), by="copies")


async def _inline(phone: Phone, request: Request) -> int:
    return await phone.inline(str(request.body["text"]), str(request.body.get("offset") or ""))


async def _choose(phone: Phone, request: Request) -> int:
    return await phone.choose(int(request.body["place"]))


async def _location(phone: Phone, request: Request) -> int:
    return await phone.send_location(float(request.body["lat"]), float(request.body["lon"]))


async def _contact(phone: Phone, request: Request) -> int:
    return await phone.send_contact()


async def _photo(phone: Phone, request: Request) -> int:
    return await (phone.send_photo(request.caption, request.file) if request.file else phone.send_photo())


async def _voice(phone: Phone, request: Request) -> int:
    return await (phone.send_voice(request.file) if request.file else phone.send_voice())


async def _document(phone: Phone, request: Request) -> int:
    if request.file is None:
        raise ValueError("a file is missing")
    return await phone.send_document(request.file.name, request.file.data, request.file.mime, request.caption)


async def _edit(phone: Phone, request: Request) -> int:
    return await phone.edit(int(request.body["message_id"]), str(request.body["text"]))


async def _block(phone: Phone, request: Request) -> int:
    return await phone.block()


async def _unblock(phone: Phone, request: Request) -> int:
    return await phone.unblock()


ACTS: dict[str, Act] = {
    "send": _send,
    "start": _start,
    "press": _press,
    "copy": _copy,
    "inline": _inline,
    "choose": _choose,
    "location": _location,
    "contact": _contact,
    "photo": _photo,
    "voice": _voice,
    "document": _document,
    "edit": _edit,
    "block": _block,
    "unblock": _unblock,
}

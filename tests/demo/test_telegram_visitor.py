"""The visitor's side: JSON, events, files, and who is let in."""

from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.demo.telegram import Phone, StandIn
from tests.demo.conftest import Raw


class Visitor:
    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = url

    async def get(self, path: str) -> Any:
        async with self.http.get(self.url + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, expected: int = 200, **body: Any) -> Any:
        async with self.http.post(self.url + path, json=body) as answer:
            assert answer.status == expected, await answer.text()
            return await answer.json()


@pytest.fixture
def visitor(http: aiohttp.ClientSession, standin: StandIn) -> Visitor:
    return Visitor(http, standin.url)


async def test_state_and_phones(visitor: Visitor) -> None:
    added = await visitor.post(
        "/demo/phones", user_id=7, first_name="Ana", last_name="Roy", language_code="fr", label="Mopti"
    )
    state = await visitor.get("/demo/state")
    assert state["now"] == "2019-05-04T07:30:00+00:00"
    assert state["bot"] == {"username": "vigie_demo_bot", "name": "Vigie", "inline": True}
    assert state["faults"] == {"outage": False, "status": [], "latency": [], "drop": []}
    assert state["phones"] == [added]
    assert added == {
        "user_id": 7,
        "first_name": "Ana",
        "last_name": "Roy",
        "label": "Mopti",
        "language_code": "fr",
        "blocked": False,
    }


async def test_a_screen(visitor: Visitor, bot: Bot, guy: Phone) -> None:
    await bot.set_my_commands([("aide", "Aide")])
    await bot.send_message(guy.user_id, "k", reply_markup=ReplyKeyboardMarkup([["OK"]], resize_keyboard=True))
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    sent = await bot.send_message(guy.user_id, "<b>1 &lt; 2</b>", parse_mode="HTML", reply_markup=markup)
    screen = await visitor.get("/demo/phones/1001")
    message = screen["messages"][-1]
    assert (message["id"], message["outgoing"], message["kind"]) == (sent.message_id, False, "text")
    assert (message["text"], message["html"], message["edited"]) == ("1 < 2", "<b>1 &lt; 2</b>", False)
    assert message["inline"] == [[{"text": "Yes", "data": "y", "url": None, "copies": None, "key": "0.0"}]]
    assert screen["keyboard"]["rows"] == [[{"text": "OK", "request_location": False, "request_contact": False}]]
    assert screen["keyboard"]["resize"]
    assert screen["commands"] == [{"command": "aide", "description": "Aide"}]
    await visitor.post("/demo/phones/1001/press", message_id=sent.message_id, data="y")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("Done")
    assert (await visitor.get("/demo/phones/1001"))["popup"] == {"text": "Done", "alert": False}


async def test_everything_a_person_does(visitor: Visitor, standin: StandIn, guy: Phone, raw: Raw) -> None:
    done = [
        await visitor.post("/demo/phones/1001/send", text="a", at="2019-05-04T07:00:00+00:00"),
        await visitor.post("/demo/phones/1001/start", payload="abc"),
        await visitor.post("/demo/phones/1001/location", lat=1.5, lon=2.5),
        await visitor.post("/demo/phones/1001/contact"),
        await visitor.post("/demo/phones/1001/photo"),
        await visitor.post("/demo/phones/1001/voice"),
        await visitor.post("/demo/phones/1001/edit", message_id=guy.messages[-1].id - 5, text="b"),
        await visitor.post("/demo/phones/1001/block"),
        await visitor.post("/demo/phones/1001/unblock"),
    ]
    _, answer = await raw("getUpdates")
    assert [d["update_id"] for d in done] == [u["update_id"] for u in answer["result"]]
    await visitor.post("/demo/phones/1001/press", expected=409, message_id=1, data="no such")
    await visitor.post("/demo/phones/1001/send", expected=400)


async def test_files(visitor: Visitor, http: aiohttp.ClientSession, guy: Phone) -> None:
    form = aiohttp.FormData()
    form.add_field("file", b"<script>", filename="a.html", content_type="text/html")
    async with http.post(f"{visitor.url}/demo/phones/1001/document", data=form) as answer:
        assert answer.status == 200
    file = (await visitor.get("/demo/phones/1001"))["messages"][-1]["file"]
    assert (file["name"], file["size"], file["mime"]) == ("a.html", 8, "text/html")
    async with http.get(visitor.url + file["url"]) as answer:
        assert await answer.read() == b"<script>"
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_clock_faults_progress_and_injection(visitor: Visitor, standin: StandIn, bot: Bot, guy: Phone) -> None:
    assert (await visitor.post("/demo/clock", minutes=15))["now"] == "2019-05-04T07:45:00+00:00"
    for minutes in (0, -1, "nan", 1e9):
        await visitor.post("/demo/clock", expected=400, minutes=minutes)
    await bot.send_message(guy.user_id, "a")
    await bot.send_message(guy.user_id, "b")
    assert [s["text"] for s in await visitor.get("/demo/sent")] == ["a", "b"]
    (sent,) = await visitor.get("/demo/sent?since=1")
    assert sent == {"chat_id": 1001, "message_id": 3, "text": "b", "at": "2019-05-04T07:45:00+00:00"}
    (injected,) = (await visitor.post("/demo/inject", updates=[{"message": 1}]))["update_ids"]
    progress = await visitor.get("/demo/progress")
    assert (progress["pending"], progress["next_update_id"], progress["sent"]) == (1, injected + 1, 2)
    assert progress["calls"]["sendMessage"] == 2
    faults = await visitor.post(
        "/demo/faults", outage=True, latency={"seconds": [0.1, 0.2]}, status={"code": 502, "times": 1}
    )
    assert faults == await visitor.get("/demo/faults")
    assert (faults["outage"], faults["latency"]) == (True, [{"seconds": [0.1, 0.2], "methods": []}])
    assert (await visitor.post("/demo/faults", clear=True))["status"] == []
    await visitor.post("/demo/faults", expected=400, nonsense=True)


async def test_events(visitor: Visitor, http: aiohttp.ClientSession, bot: Bot, guy: Phone) -> None:
    async with http.get(visitor.url + "/demo/events") as stream:
        assert stream.content_type == "text/event-stream"

        async def event() -> list[bytes]:
            lines = [await stream.content.readline() for _ in range(3)]
            return lines[:2]

        await bot.send_message(guy.user_id, "a")
        assert await event() == [b"event: phone\n", b'data: {"user_id":1001}\n']
        await visitor.post("/demo/clock", minutes=1)
        assert await event() == [b"event: clock\n", b'data: {"now":"2019-05-04T07:31:00+00:00"}\n']
        guy.answered("Noted", True)
        assert await event() == [b"event: popup\n", b'data: {"user_id":1001,"text":"Noted","alert":true}\n']


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "{url}"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
async def test_only_this_machines_own_page_is_let_in(
    visitor: Visitor, http: aiohttp.ClientSession, guy: Phone, headers: dict[str, str], status: int
) -> None:
    told = {"Content-Type": "application/json"} | {k: v.format(url=visitor.url) for k, v in headers.items()}
    async with http.post(f"{visitor.url}/demo/phones/1001/send", data=b'{"text":"a"}', headers=told) as answer:
        assert answer.status == status


async def test_the_page_and_nothing_beside_it(visitor: Visitor, http: aiohttp.ClientSession) -> None:
    async with http.get(visitor.url + "/") as answer:
        assert answer.status in (200, 404)
    for path in ("/page/%2e%2e%2f__init__.py", "/page/absent.js", "/page/..%5c__init__.py", "/demo/phones/99"):
        async with http.get(visitor.url + path) as answer:
            assert answer.status == 404

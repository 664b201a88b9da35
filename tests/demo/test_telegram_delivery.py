"""Updates on their way to the bot: long polls, webhooks, retention, faults."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, NetworkError

from bot.background import Background
from bot.clock import MovableClock, monotonic
from bot.demo.telegram import Phone, StandIn
from tests.demo.conftest import Raw
from tests.demo.hook import listening


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    tasks = Background()
    yield tasks
    await tasks.stop()


async def ids(raw: Raw, **params: Any) -> list[int]:
    status, answer = await raw("getUpdates", **params)
    assert status == 200
    return [update["update_id"] for update in answer["result"]]


async def test_offset_acknowledges_and_limit_limits(standin: StandIn, guy: Phone, raw: Raw) -> None:
    sent = [await guy.send(str(n)) for n in range(5)]
    assert await ids(raw, limit=2) == sent[:2]
    assert await ids(raw, offset=sent[2]) == sent[2:]
    assert standin.pending == 3
    assert await ids(raw, offset=-1) == sent[-1:]
    assert standin.pending == 1
    assert await ids(raw, offset=sent[-1] + 1) == []


async def test_the_same_offset_at_once_gets_one_update(guy: Phone, raw: Raw) -> None:
    sent = [await guy.send(str(n)) for n in range(3)]
    assert await ids(raw, offset=sent[0]) == sent
    assert await ids(raw, offset=sent[0]) == sent[:1]


async def test_a_waiting_poll_hears_of_a_message(
    standin: StandIn, guy: Phone, raw: Raw, background: Background
) -> None:
    poll = background.start(ids(raw, timeout=30), "poll")
    await standin.polled()
    sent = [await guy.send("a"), await guy.send("b")]
    assert await poll == sent


async def test_a_poll_ends_on_the_movable_clock(
    standin: StandIn, clock: MovableClock, guy: Phone, raw: Raw, background: Background
) -> None:
    poll = background.start(ids(raw, timeout=30), "poll")
    await standin.polled()
    clock.move(timedelta(seconds=29))
    standin.moved()
    await asyncio.sleep(0)
    assert standin.polling
    clock.move(timedelta(seconds=1))
    standin.moved()
    assert await poll == []


async def test_a_second_poll_ends_the_first(standin: StandIn, raw: Raw, background: Background) -> None:
    first = background.start(raw("getUpdates", timeout=30), "first")
    await standin.polled()
    assert await ids(raw) == []
    status, answer = await first
    assert status == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_retention(standin: StandIn, clock: MovableClock, bot: Bot, guy: Phone, raw: Raw) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("OK", callback_data="ok")]])
    await bot.send_message(guy.user_id, "a", reply_markup=keys)
    await guy.press("OK")
    message = await guy.send("a")
    clock.move(timedelta(seconds=150))
    standin.moved()
    assert standin.pending == 1
    assert await ids(raw) == [message]
    clock.move(timedelta(hours=24))
    assert standin.pending == 0


async def test_allowed_updates(guy: Phone, raw: Raw) -> None:
    await raw("getUpdates", allowed_updates=["callback_query"])
    assert await guy.send("unwanted") == 0
    await raw("getUpdates", allowed_updates=[])
    wanted = await guy.send("wanted")
    await raw("getUpdates", allowed_updates=["Callback_Query", "telegram"])
    assert await guy.send("unwanted") == 0
    await raw("getUpdates", allowed_updates=["mesage"])  # a misspelt kind alone: as if none were named
    too = await guy.send("wanted, too")
    assert await ids(raw, offset=wanted) == [wanted, too]


async def test_raw_updates_go_as_they_are(standin: StandIn, guy: Phone, raw: Raw) -> None:
    poison = standin.inject({"message": {"message_id": 1, "date": "never"}})
    again = standin.inject({"update_id": poison, "message": "replaced"})
    later = standin.inject({"update_id": poison + 10, "nonsense": True})
    after = await guy.send("a")
    assert (again, after) == (poison, later + 1)
    _, answer = await raw("getUpdates")
    assert answer["result"][0] == {"update_id": poison, "message": "replaced"}
    assert [u["update_id"] for u in answer["result"]] == [poison, later, after]


async def test_form_query_and_json_are_the_same(standin: StandIn, guy: Phone, http: aiohttp.ClientSession) -> None:
    url = f"{standin.url}/bot{standin.token}/sendMessage"
    params = {
        "chat_id": "1001",
        "text": "a",
        "disable_notification": "true",
        "reply_markup": '{"remove_keyboard":true}',
    }
    form = aiohttp.FormData(params, default_to_multipart=True)
    for call in (http.post(url, data=params), http.get(url, params=params), http.post(url, data=form)):
        async with call as answer:
            assert answer.status == 200, await answer.text()
    assert [m.silent for m in guy.messages if not m.outgoing] == [True] * 3


async def test_webhook_pushes_with_the_secret(standin: StandIn, bot: Bot, guy: Phone, raw: Raw) -> None:
    waited = await guy.send("before")
    async with listening() as hook:
        await bot.set_webhook(hook.url, secret_token="s3cret_-")
        sent = await guy.send("after")
        await standin.drained()
        assert [(secret, update["update_id"]) for secret, update in hook.heard] == [
            ("s3cret_-", waited),
            ("s3cret_-", sent),
        ]
        status, answer = await raw("getUpdates")
        assert status == 409
        assert answer["description"] == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        await bot.delete_webhook()
        later = await guy.send("later")
        assert await ids(raw) == [later]


async def test_webhook_tries_again_until_taken(standin: StandIn, bot: Bot, guy: Phone) -> None:
    async with listening() as hook:
        hook.answers = [500, None, 503, 200]
        await bot.set_webhook(hook.url)
        first = await guy.send("a")
        second = await guy.send("b")
        await hook.arrived.wait()
        assert (await bot.get_webhook_info()).pending_update_count == 2
        await standin.drained()
        assert [update["update_id"] for _, update in hook.heard] == [first] * 4 + [second]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
        await bot.delete_webhook()


async def test_webhook_is_one_at_a_time_for_each_chat(standin: StandIn, bot: Bot, guy: Phone) -> None:
    other = standin.phone(1002)
    async with listening() as hook:
        hook.open.clear()
        await bot.set_webhook(hook.url)
        await guy.send("a")
        await guy.send("b")
        await other.send("c")
        while len(hook.heard) < 2:
            hook.arrived.clear()
            await hook.arrived.wait()
        assert [update["message"]["text"] for _, update in hook.heard] == ["a", "c"]
        hook.open.set()
        await standin.drained()
        assert [update["message"]["text"] for _, update in hook.heard] == ["a", "c", "b"]
        await bot.delete_webhook()


async def test_webhook_answers_with_a_call(standin: StandIn, bot: Bot, guy: Phone) -> None:
    async with listening() as hook:
        hook.reply = {"method": "sendMessage", "chat_id": guy.user_id, "text": "in the answer"}
        await bot.set_webhook(hook.url)
        await guy.send("a")
        await guy.wait_for(lambda m: m.text == "in the answer")
        await standin.drained()
        await bot.delete_webhook()


async def test_webhooks_that_are_refused(bot: Bot) -> None:
    for url, error in (
        ("http://192.0.2.1/telegram", "loopback"),
        ("ftp://127.0.0.1/", "Invalid webhook url specified"),
    ):
        with pytest.raises(BadRequest, match=error):
            await bot.set_webhook(url)
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:1/", secret_token="a b")


async def test_status_faults(standin: StandIn, guy: Phone, raw: Raw) -> None:
    standin.faults.status(429, methods=["sendMessage"], times=1, retry_after=7)
    standin.faults.status(502, methods=["sendMessage"], times=1)
    assert (await raw("getMe"))[0] == 200
    status, answer = await raw("sendMessage", chat_id=guy.user_id, text="a")
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert (await raw("sendMessage", chat_id=guy.user_id, text="a"))[0] == 502
    assert guy.last is None
    assert (await raw("sendMessage", chat_id=guy.user_id, text="a"))[0] == 200


async def test_dropped_connections(standin: StandIn, guy: Phone, raw: Raw) -> None:
    standin.faults.drop(before=1, methods=["sendMessage"])
    with pytest.raises(aiohttp.ClientError):
        await raw("sendMessage", chat_id=guy.user_id, text="lost")
    standin.faults.clear()
    standin.faults.drop(after=1, methods=["sendMessage"])
    with pytest.raises(aiohttp.ClientError):
        await raw("sendMessage", chat_id=guy.user_id, text="sent, not heard of")
    assert [m.text for m in guy.messages if not m.outgoing] == ["sent, not heard of"]
    assert [call.status for call in standin.calls][-2:] == [0, 0]


async def test_latency(standin: StandIn, guy: Phone, raw: Raw) -> None:
    standin.faults.latency((0.05, 0.06), methods=["getMe"])
    before = monotonic()
    await raw("getMe")
    assert monotonic() - before >= 0.05


async def test_outage(standin: StandIn, bot: Bot, guy: Phone, raw: Raw, background: Background) -> None:
    poll = background.start(raw("getUpdates", timeout=30, offset=1), "poll")
    await standin.polled()
    standin.faults.outage(True)
    with pytest.raises(aiohttp.ClientError):
        await poll
    with pytest.raises(NetworkError):
        await bot.get_me()
    kept = await guy.send("during the outage")
    standin.faults.outage(False)
    assert await ids(raw) == [kept]


async def test_an_outage_holds_the_webhook(standin: StandIn, bot: Bot, guy: Phone) -> None:
    async with listening() as hook:
        await bot.set_webhook(hook.url)
        standin.faults.outage(True)
        await guy.send("a")
        for _ in range(20):
            await asyncio.sleep(0)
        assert hook.heard == []
        standin.faults.clear()
        await standin.drained()
        assert len(hook.heard) == 1
        await bot.delete_webhook()


async def test_telegram_goes_away_and_comes_back(standin: StandIn, guy: Phone, raw: Raw) -> None:
    port = int(standin.url.rpartition(":")[2])
    await standin.stop()
    kept = await guy.send("nobody listens")
    with pytest.raises(aiohttp.ClientConnectorError):
        await raw("getMe")
    await standin.start(port)
    assert await ids(raw) == [kept]


async def test_an_unwell_client_loses_nothing(standin: StandIn, guy: Phone, raw: Raw) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await raw("getUpdates", timeout=30)
    sent = await guy.send("a")
    assert await ids(raw) == [sent]

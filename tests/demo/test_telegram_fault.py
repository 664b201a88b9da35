"""What can be made to go wrong: as JSON, and on the way to a webhook."""

from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.clock import monotonic
from bot.demo.telegram import Phone, StandIn
from tests.demo.conftest import Raw
from tests.demo.hook import listening


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"status": {"code": 99}}, "code is a number from 400 to 599, not 99"),
        ({"status": {"code": True}}, "code is a number from 400 to 599, not True"),
        ({"status": {"code": 502.5}}, "code is a whole number, not 502.5"),
        ({"status": {}}, "code is a number from 400 to 599, not None"),
        ({"status": {"code": 502, "times": "x"}}, "times is a number from 1 to 1000000, not 'x'"),
        ({"status": {"code": 429, "retry_after": -1}}, "retry_after is a number from 1 to 3600, not -1"),
        ({"status": {"code": 502, "methods": 7}}, "methods is a name or a list of names"),
        ({"status": {"code": 502, "methods": ["sendMesage"]}}, "Telegram has no method sendMesage"),
        ({"status": [{"cod": 502}]}, "status is an object of code, methods, times, retry_after, or a list of them"),
        ({"latency": {"seconds": "nan"}}, "seconds is a number from 0 to 3600, not 'nan'"),
        ({"latency": {"seconds": [2, 1]}}, "seconds is one number, or the lowest and the highest in a list"),
        ({"latency": {"seconds": []}}, "seconds is one number, or the lowest and the highest in a list"),
        ({"latency": 4}, "latency is an object of seconds, methods, or a list of them"),
        ({"drop": {"before": "x"}}, "before is a number from 0 to 1, not 'x'"),
        ({"drop": {"after": 2}}, "after is a number from 0 to 1, not 2"),
        ({"outage": "false"}, "outage is true or false, not 'false'"),
        ({"clear": 1}, "clear is true or false, not 1"),
    ],
)
async def test_a_fault_that_is_not_understood(
    standin: StandIn, http: aiohttp.ClientSession, raw: Raw, wanted: dict[str, Any], error: str
) -> None:
    standin.faults.status(502, methods=["sendPhoto"])
    before = standin.faults.as_json()
    async with http.post(f"{standin.url}/demo/faults", json={"clear": True} | wanted) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": f"ValueError: {error}"})
    assert standin.faults.as_json() == before
    assert (await raw("getMe"))[0] == 200


@pytest.mark.parametrize(
    ("given", "code", "description"),
    [("502", 502, "Bad Gateway"), (520, 520, "Unknown Error"), (503.0, 503, "Service Unavailable")],
)
async def test_any_error_can_be_the_answer(
    standin: StandIn, http: aiohttp.ClientSession, raw: Raw, given: Any, code: int, description: str
) -> None:
    fault = {"code": given, "times": "1", "methods": "getme"}
    async with http.post(f"{standin.url}/demo/faults", json={"status": fault}) as answer:
        assert answer.status == 200, await answer.text()
    assert await raw("getMe") == (code, {"ok": False, "error_code": code, "description": description})
    assert (await raw("getMe"))[0] == 200


async def test_a_push_that_is_cut_on_the_way_comes_later(standin: StandIn, bot: Bot, guy: Phone) -> None:
    async with listening() as hook:
        await bot.set_webhook(hook.url)
        standin.faults.drop(before=1, methods=["webhook"])
        await guy.send("a")
        while (await bot.get_webhook_info()).last_error_message != "Connection timed out":
            assert hook.heard == []
        standin.faults.clear()
        await standin.drained()
        assert len(hook.heard) == 1
        await bot.delete_webhook()


async def test_a_push_whose_answer_is_cut_comes_again(standin: StandIn, bot: Bot, guy: Phone) -> None:
    async with listening() as hook:
        hook.reply = {"method": "sendMessage", "chat_id": guy.user_id, "text": "in the answer"}
        await bot.set_webhook(hook.url)
        standin.faults.drop(after=1, methods=["webhook"])
        sent = await guy.send("a")
        while (await bot.get_webhook_info()).last_error_message != "Connection reset by peer":
            assert guy.last is None
        standin.faults.clear()
        await standin.drained()
        assert len(hook.heard) > 1
        assert {update["update_id"] for _, update in hook.heard} == {sent}
        assert [m.text for m in guy.messages if not m.outgoing] == ["in the answer"]
        await bot.delete_webhook()


async def test_a_push_takes_its_time_and_meets_errors_that_name_it(
    standin: StandIn, bot: Bot, guy: Phone, raw: Raw
) -> None:
    async with listening() as hook:
        await bot.set_webhook(hook.url)
        standin.faults.status(502, methods=["webhook"], times=1)
        standin.faults.status(503, times=1)
        standin.faults.latency(0.05, methods=["webhook"])
        before = monotonic()
        await guy.send("a")
        await standin.drained()
        assert monotonic() - before >= 0.05
        assert len(hook.heard) == 1
        assert (await raw("getMe"))[0] == 503  # a fault of every method waits for a call
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"
        await bot.delete_webhook()


async def test_a_download_meets_only_what_names_it(
    standin: StandIn, http: aiohttp.ClientSession, bot: Bot, guy: Phone
) -> None:
    await guy.send_document("a.txt", b"a")
    (got,) = await bot.get_updates(offset=-1)
    assert got.message is not None
    assert got.message.document is not None
    path = (await bot.get_file(got.message.document.file_id)).file_path
    assert path is not None
    standin.faults.set({"status": {"code": 502}})
    async with http.get(path) as answer:
        assert (answer.status, await answer.read()) == (200, b"a")
    standin.faults.set({"clear": True, "status": {"code": 404, "methods": "file", "times": 1}})
    async with http.get(path) as answer:
        assert answer.status == 404
    standin.faults.set({"drop": {"before": 1, "methods": "file"}})
    with pytest.raises(aiohttp.ClientError):
        await http.get(path)
    standin.faults.clear()
    async with http.get(path) as answer:
        assert await answer.read() == b"a"

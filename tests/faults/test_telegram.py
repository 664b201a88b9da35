"""Telegram unwell: away for minutes, asking for patience, failing, cutting lines, refusing a phone."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import monotonic
from bot.services import picture
from tests.kit import PATIENCE_S, Scene, last_id, texts, until

RECEIPTS = "select count(*) from outbox where kind = 'receipt' and state = 'sent'"
CHECKINS = "select count(*) from checkin"


async def health(scene: Scene) -> tuple[int, Any]:
    web = scene.app.web
    assert web is not None
    await until(lambda: web._server.started, "the web server")
    url = f"http://127.0.0.1:{web.port}/readyz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


async def known_until(scene: Scene) -> Any:
    async with scene.app.store.read() as tx:
        return (await picture.picture(tx)).known_until


def receipts(scene: Scene, code: str) -> list[str]:
    return [one for one in texts(scene.phone(code)) if one.startswith("✅ ") and "NOV 26" in one]


async def settle_in_time(scene: Scene) -> None:
    """Let time pass until all is sent: a message that alone keeps failing steps aside for half a minute."""
    end = monotonic() + PATIENCE_S
    while not await scene._settled():
        assert monotonic() < end, await scene.rows("select kind, state, attempts from outbox where state <> 'sent'")
        if scene.app.courier.idle:
            scene.clock.move(timedelta(seconds=1))
        await asyncio.sleep(0.02)


async def go_down(scene: Scene) -> None:
    scene.telegram.faults.outage(True)
    await until(lambda: not scene.app.tracker.line.up, "the line's end")


async def come_back(scene: Scene) -> None:
    """Telegram is back for updates; messages still fail, so that the tick finds what was owed meanwhile unsent."""
    scene.telegram.faults.status(502, methods=["sendMessage"])
    scene.telegram.faults.outage(False)
    await until(lambda: scene.app.tracker.line.up and not scene.telegram.pending, "the line's return")


async def test_an_outage_is_told_and_nobody_is_judged_for_it(
    contingent: Scene, no_task_dies: Callable[[], None]
) -> None:
    app = contingent.app
    await contingent.to(7, 45)
    assert (await health(contingent))[0] == 200
    await contingent.to(7, 50)
    marks = {code: last_id(contingent.phone(code)) for code in ("hamelin", "willis", "lacroix", "bradshaw", "deniger")}
    down_at = contingent.clock.now()
    await go_down(contingent)

    await contingent.pass_time(minutes=1, tick=False)
    await app.ticker.tick()
    assert await contingent.one("select count(*) from outbox where kind = 'line_down'") == 0
    await contingent.pass_time(minutes=2, tick=False)
    for _ in range(3):
        await app.ticker.tick()
    told = await contingent.rows("select officer, state from outbox where kind = 'line_down' order by officer")
    assert [one for one, _ in told] == ["bradshaw", "lacroix", "willis"]
    assert await known_until(contingent) == down_at
    status, body = await health(contingent)
    assert status == 503
    assert body["reasons"] == ["Telegram has been out of reach since 2026-11-23T07:50:00Z"]

    for code in ("willis", "lacroix", "bradshaw", "deniger"):
        await contingent.phone(code).send("ok")
    await contingent.pass_time(minutes=50, tick=False)  # 08:43, the deadline was 08:30
    done = await app.ticker.tick()
    assert (done.overdue, done.failed) == (0, 0)
    assert await contingent.one("select count(*) from alert") == 0

    await come_back(contingent)
    await app.ticker.tick()
    contingent.telegram.faults.clear()
    await contingent.tick()

    assert await known_until(contingent) is None
    states = await contingent.rows("select distinct state from outbox where kind = 'line_down'")
    assert set(states) <= {("withdrawn",), ("dropped",)}  # dropped: it was being tried at that instant
    assert await contingent.one(CHECKINS) == await contingent.one(RECEIPTS) == 4
    assert await contingent.rows("select officer from alert") == [("hamelin",)]
    assert not [one for phone in marks for one in texts(contingent.phone(phone), marks[phone]) if "07:53Z" in one]
    for code in ("lacroix", "bradshaw", "willis"):
        back = [one for one in texts(contingent.phone(code), marks[code]) if "07:50" in one or "7 h 50" in one]
        assert len(back) == 1, code
    assert (await health(contingent))[0] == 200
    no_task_dies()


async def test_after_an_outage_an_open_reminder_is_sent_anew_once(contingent: Scene) -> None:
    await contingent.to(7, 45)
    mark = last_id(contingent.phone("hamelin"))
    await go_down(contingent)
    await contingent.phone("deniger").send("ok")
    await contingent.pass_time(minutes=10, tick=False)
    await contingent.app.ticker.tick()
    await come_back(contingent)
    await contingent.app.ticker.tick()
    contingent.telegram.faults.clear()
    await contingent.tick()
    await contingent.tick()
    kinds = await contingent.rows(
        "select kind, count(*) from outbox where officer = 'hamelin' and message_id > :mark"
        " group by kind order by kind",
        mark=mark,
    )
    assert kinds == [("line_back", 1), ("reminder", 1)]
    assert await contingent.one("select count(*) from outbox where officer = 'deniger' and kind = 'line_back'") == 0
    assert await contingent.one("select count(*) from alert") == 0


async def test_a_short_gap_is_told_to_nobody(contingent: Scene) -> None:
    await contingent.to(7, 45)
    await go_down(contingent)
    await contingent.pass_time(minutes=1, tick=False)
    await contingent.app.ticker.tick()
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up, "the line's return")
    await contingent.tick()
    assert await contingent.one("select count(*) from outbox where kind in ('line_down', 'line_back')") == 0
    assert await known_until(contingent) is None


async def test_an_outage_at_the_start_is_lived_through(contingent: Scene, no_task_dies: Callable[[], None]) -> None:
    await contingent.stop()
    contingent.telegram.faults.outage(True)
    await contingent.phone("willis").send("ok")
    await contingent.start(reach=False)
    assert (await health(contingent))[0] == 503
    await contingent.app.ticker.tick()
    contingent.telegram.faults.outage(False)
    await contingent.settle()
    assert len(receipts(contingent, "willis")) == 1
    no_task_dies()


async def test_a_429_is_honoured_and_the_message_arrives_once(contingent: Scene) -> None:
    faults = contingent.telegram.faults
    faults.status(429, retry_after=1, times=3, methods=["sendMessage"])
    for code in ("willis", "lacroix"):
        await contingent.phone(code).send("ok")
    await contingent.settle()
    assert faults.as_json()["status"] == []
    assert len(receipts(contingent, "willis")) == len(receipts(contingent, "lacroix")) == 1
    assert await contingent.one(RECEIPTS) == 2


async def test_errors_of_the_server_are_waited_out(contingent: Scene) -> None:
    for count, code in enumerate((500, 502, 503, 504), 1):
        contingent.telegram.faults.status(code, times=5)
        for who in ("willis", "lacroix", "hamelin"):
            await contingent.phone(who).send("ok")
        await settle_in_time(contingent)
        assert [len(receipts(contingent, who)) for who in ("willis", "lacroix", "hamelin")] == [count] * 3, code
    assert await contingent.one("select count(*) from outbox where state = 'parked'") == 0


async def test_lines_cut_before_the_call_lose_nothing_and_double_nothing(contingent: Scene) -> None:
    contingent.telegram.faults.drop(before=0.4)
    for _ in range(5):
        for who in ("willis", "lacroix", "hamelin"):
            await contingent.phone(who).send("ok")
    await settle_in_time(contingent)
    assert await contingent.one(CHECKINS) == 15
    assert [len(receipts(contingent, who)) for who in ("willis", "lacroix", "hamelin")] == [5, 5, 5]


async def test_lines_cut_after_the_call_lose_nothing(contingent: Scene) -> None:
    """Telegram has done what it was told and the answer is lost: a message may come twice, a check-in counts once."""
    contingent.telegram.faults.drop(after=0.3)
    for _ in range(5):
        for who in ("willis", "lacroix", "hamelin"):
            await contingent.phone(who).send("ok")
    await settle_in_time(contingent)
    assert await contingent.one(CHECKINS) == 15
    assert await contingent.one(RECEIPTS) == 15
    assert all(len(receipts(contingent, who)) >= 5 for who in ("willis", "lacroix", "hamelin"))


UNREACHABLE = "select officer from outbox where kind = 'unreachable' order by officer"
FLAG = "select unreachable_since is not null from officer where code = 'deniger'"


@pytest.mark.parametrize("how", ["refused", "blocked"])
async def test_a_phone_that_refuses_us_is_told_to_lead_and_command_once(contingent: Scene, how: str) -> None:
    phone = contingent.phone("deniger")
    if how == "blocked":
        await phone.block()
        await contingent.settle()
    else:
        phone.chat.blocked = True  # what Telegram tells us only when we write
    await contingent.to(7, 45)
    await contingent.tick()
    await contingent.to(8, 0)
    assert await contingent.one(FLAG) == 1
    told = [("bradshaw",), ("lacroix",), ("willis",)]
    assert await contingent.rows(UNREACHABLE) == told
    parked = await contingent.rows("select kind, state from outbox where officer = 'deniger' and state <> 'sent'")
    assert parked == [("reminder", "parked"), ("reminder", "parked")]
    assert await contingent.one("select count(*) from outbox where state in ('owed', 'sending')") == 0

    await phone.unblock()
    await phone.send("ok")
    await contingent.settle()
    assert await contingent.one(FLAG) == 0
    assert len(receipts(contingent, "deniger")) == 1
    phone.chat.blocked = True
    await contingent.to(19, 45)
    assert await contingent.one(FLAG) == 1
    assert await contingent.rows(UNREACHABLE) == sorted(told * 2)

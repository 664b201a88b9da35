"""Vigie says that it is not well: a desk that stands still, a webhook that Telegram cannot deliver to."""

import asyncio
from datetime import timedelta
from pathlib import Path

import aiohttp
import orjson
import pytest

from bot.clock import monotonic
from bot.services import box
from tests.faults.process import free_port
from tests.kit import IDS, PATIENCE_S, Scene, until


async def test_a_desk_that_stands_still_is_told(contingent: Scene) -> None:
    message = {"message_id": 900, "date": int(contingent.clock.now().timestamp()), "text": "ok"}
    message |= {"chat": {"id": IDS["deniger"], "type": "private"}, "from": {"id": IDS["deniger"], "is_bot": False}}
    raw = orjson.dumps({"update_id": 5, "message": message | {"from": message["from"] | {"first_name": "Kim"}}})
    async with contingent.app.begin() as tx:  # stored, and nobody has called the desk
        await box.receive(tx, contingent.app.bot_id, [box.Fresh(5, contingent.clock.now(), raw)])
    contingent.clock.move(timedelta(minutes=2))
    (reason,) = (await contingent.app.health()).reasons
    assert reason == "an update has waited for the desk for 0:02:00"
    contingent.app.desk.wake()
    await contingent.settle()
    assert (await contingent.app.health()).ready


async def test_a_webhook_that_telegram_cannot_deliver_to_is_told(tmp_path: Path) -> None:
    scene = Scene(tmp_path, VIGIE_WEBHOOK_URL="http://127.0.0.1:9/telegram", VIGIE_WEBHOOK_SECRET="kP3_x-9Qz")
    await scene.open(reach=False)
    try:
        await asyncio.wait_for(scene.app.ready.wait(), PATIENCE_S)
        await until(lambda: scene.app.tracker.line.drained_at, "the first look at Telegram")
        phone = scene.telegram.phone(1002, first_name="W", last_name="X", language_code="en")
        await phone.start()
        await until(lambda: scene.telegram.pending)
        await until(lambda: scene.app.courier.idle, "the menus")
        for _ in range(2):
            scene.clock.move(timedelta(minutes=4))
            await scene.app.intake.look()
        (reason,) = (await scene.app.health()).reasons
        assert reason.startswith("updates have waited at Telegram for 0:08:00")
    finally:
        await scene.close()


async def test_a_webhook_that_somebody_took_away_is_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.webhook.LOOK_EVERY_S", 0.2)
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    given = {"VIGIE_WEB_BIND": f"127.0.0.1:{port}", "VIGIE_WEBHOOK_URL": url, "VIGIE_WEBHOOK_SECRET": "kP3_x-9Qz"}
    scene = await Scene(tmp_path, **given).open()
    try:
        await scene.enrol("willis")
        async with aiohttp.ClientSession() as session:  # a second Vigie, polling with the same token for a moment
            await session.post(f"{scene.telegram.url}/bot{scene.telegram.token}/deleteWebhook")
        await scene.phone("willis").send("ok")
        await until(lambda: not scene.telegram.pending, "the webhook to be back")
        await scene.settle()
        assert await scene.one("select count(*) from checkin") == 1
    finally:
        await scene.close()


async def test_after_a_start_and_after_an_outage_it_is_known_at_once_that_the_line_is_up(tmp_path: Path) -> None:
    scene = Scene(tmp_path, poll_s=30)
    await scene.open()
    try:
        began = monotonic()
        assert (await scene.app.health()).ready
        scene.telegram.faults.outage(True)
        await until(lambda: not scene.app.tracker.line.up, "the outage")
        scene.telegram.faults.outage(False)
        await until(lambda: scene.app.tracker.line.up, "the return")
        assert monotonic() - began < 15, "an empty poll stays open for thirty seconds"
    finally:
        await scene.close()

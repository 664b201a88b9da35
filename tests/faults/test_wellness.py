"""Vigie says that it is not well: a desk that stands still, a webhook that Telegram cannot deliver to."""

import asyncio
from datetime import timedelta
from pathlib import Path

import orjson

from bot.services import box
from tests.kit import IDS, PATIENCE_S, Scene, until


async def test_a_desk_that_stands_still_is_told(contingent: Scene) -> None:
    message = {"message_id": 900, "date": int(contingent.clock.now().timestamp()), "text": "ok"}
    message |= {"chat": {"id": IDS["deniger"], "type": "private"}, "from": {"id": IDS["deniger"], "is_bot": False}}
    raw = orjson.dumps({"update_id": 5, "message": message | {"from": message["from"] | {"first_name": "Kim"}}})
    async with contingent.app.begin() as tx:
        await box.receive(tx, contingent.app.bot_id, [(5, raw)])  # stored, and nobody has called the desk
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

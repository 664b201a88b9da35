"""Vigie says that it is not well: a desk that stands still, a webhook that Telegram cannot deliver to."""

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.kit import PATIENCE_S, Scene, until


async def test_a_desk_that_stands_still_is_told(contingent: Scene) -> None:
    async def fails() -> int:
        raise RuntimeError("the desk stands still")

    real, contingent.app.desk.take_up = contingent.app.desk.take_up, fails  # type: ignore[method-assign]
    await contingent.phone("deniger").send("ok")
    await until(lambda: not contingent.telegram.pending)
    contingent.clock.move(timedelta(minutes=2))
    (reason,) = (await contingent.app.health()).reasons
    assert reason == "an update has waited for the desk for 0:02:00"
    contingent.app.desk.take_up = real  # type: ignore[method-assign]
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

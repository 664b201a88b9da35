"""The courier over HTTP against the stand-in: what Telegram asks it to wait for, and who waits for whom."""

from typing import Any

from bot.chat import courier
from bot.clock import monotonic
from bot.domain.checkin import DangerOffer
from bot.domain.invite import CommandMenu, Stranger
from bot.domain.officer import Role
from bot.services import box
from tests.kit import Scene, until


async def owe(scene: Scene, message: Any, *, to: str | None = None, chats: range | None = None) -> None:
    async with scene.app.begin() as tx:
        if to is not None:
            rows = await scene.rows("select telegram_id from officer where code = :code", code=to)
            box.owe(tx, message, chat=rows[0][0])
        for chat in chats or ():
            box.owe(tx, message, chat=chat)


def asked(scene: Scene) -> int:
    return sum(one.method == "setMyCommands" for one in scene.telegram.exchange.calls)


async def test_a_menu_that_telegram_puts_off_is_not_asked_for_again_before_that(contingent: Scene) -> None:
    contingent.telegram.faults.status(429, retry_after=1, methods={"setMyCommands"})
    before = asked(contingent)
    began = monotonic()
    await owe(contingent, CommandMenu(Role.OFFICER), to="willis")
    await until(lambda: asked(contingent) >= before + 3, "the third try")
    assert monotonic() - began >= 2
    contingent.telegram.faults.clear()
    await contingent.settle()


async def test_on_a_slow_line_a_roll_call_does_not_hold_every_place(contingent: Scene) -> None:
    """Forty messages that Telegram answers late, and a danger offer handed in after them: it goes at once."""
    for chat in range(5000, 5040):
        await contingent.telegram.phone(chat, first_name="S", last_name="X", language_code="en").start()
    await contingent.settle()
    contingent.telegram.faults.latency(3.0)
    sent = len(contingent.telegram.sent)
    await owe(contingent, Stranger(), chats=range(5000, 5040))
    await until(lambda: len(contingent.app.courier._busy) >= courier.AT_ONCE - courier.KEPT_FOR_URGENT)
    await owe(contingent, DangerOffer(None), to="bradshaw")
    await until(lambda: 1004 in contingent.app.courier._busy, "the urgent message on its way")
    assert len(contingent.telegram.sent) == sent, "not one of the slow ones has come back"
    contingent.telegram.faults.clear()
    await contingent.settle()

"""What waits is not missing: a desk that is behind, a paused machine, a clock put right, a look that takes long."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import orjson
import pytest

from bot.clock import monotonic
from bot.services import box
from tests.faults.test_telegram import go_down, known_until
from tests.kit import IDS, SAFE, Scene, last_id, texts, until


def ok(number: int, code: str, at: datetime) -> box.Fresh:
    """Return an "ok" as intake stores it."""
    who = {"id": IDS[code], "is_bot": False, "first_name": code}
    message = {"message_id": 9000 + number, "date": int(at.timestamp()), "text": "ok", "from": who}
    message["chat"] = {"id": IDS[code], "type": "private", "first_name": code}
    return box.Fresh(number, at, orjson.dumps({"update_id": number, "message": message}))


async def test_a_checkin_that_waits_for_the_desk_is_not_missed(contingent: Scene) -> None:
    await contingent.to(8, 0)
    sent_at = contingent.clock.now() + timedelta(minutes=10)
    await go_down(contingent)
    contingent.clock.move(timedelta(hours=2, minutes=20))
    contingent.telegram.moved()
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up)
    async with contingent.app.begin() as tx:  # stored, and nobody has called the desk
        await box.receive(tx, contingent.app.bot_id, [ok(n, code, sent_at) for n, code in enumerate(IDS, start=1)])
    contingent.clock.move(timedelta(seconds=3))
    contingent.telegram.moved()
    done = await contingent.app.ticker.tick()
    assert (done.overdue, done.failed) == (0, 0)
    contingent.app.desk.wake()
    await contingent.tick()
    assert await contingent.one("select count(*) from alert") == 0
    assert await contingent.one("select count(*) from checkin") == 5


async def test_a_paused_machine_judges_nobody_before_the_backlog_is_in(contingent: Scene) -> None:
    await contingent.to(8, 0)
    contingent.telegram.faults.latency(30, methods=["getUpdates"])  # as a paused machine: no answer is read
    await asyncio.sleep(1.2)
    contingent.clock.move(timedelta(minutes=10))
    for code in IDS:
        for _ in range(25):  # more than one getUpdates
            await contingent.phone(code).send(SAFE["en" if code in ("willis", "bradshaw") else "fr"])
    contingent.clock.move(timedelta(hours=2))
    contingent.telegram.moved()
    contingent.telegram.faults.clear()
    done = await contingent.app.ticker.tick()
    assert (done.overdue, done.failed) == (0, 0)
    await contingent.settle()
    await contingent.tick()
    assert await contingent.one("select count(*) from alert") == 0


async def test_a_clock_put_right_while_the_line_is_down_judges_nobody(contingent: Scene) -> None:
    contingent.clock.move(timedelta(hours=3, minutes=35))  # a fast clock: 08:35
    contingent.telegram.moved()
    await until(lambda: contingent.app.tracker.line.drained_at == contingent.clock.now())
    await go_down(contingent)
    contingent.clock.move(timedelta(minutes=-95))  # put right: 07:00
    done = await contingent.app.ticker.tick()
    assert (done.overdue, done.climbed) == (0, 0)


async def test_an_sos_waits_for_no_look_at_telegram(contingent: Scene) -> None:
    await contingent.phone("deniger").send("/sos")
    await contingent.settle()
    contingent.telegram.faults.latency(15, methods=["getUpdates"])
    await asyncio.sleep(1.2)  # the open poll is the slow one now
    contingent.clock.move(timedelta(seconds=31))
    ticking = contingent.app.background.start(contingent.app.ticker.tick(), "tick")
    began = monotonic()
    await until(lambda: any("DISTRESS" in one for one in texts(contingent.phone("bradshaw"))), "the distress")
    assert monotonic() - began < 5, "the look takes ten seconds"
    contingent.telegram.faults.clear()
    await ticking


async def test_what_a_failed_commit_undid_is_done_at_the_next_tick(
    contingent: Scene, fail_commit: Callable[[str], None]
) -> None:
    await go_down(contingent)
    await contingent.app.ticker.tick()
    contingent.clock.move(timedelta(minutes=5))
    await contingent.app.ticker.tick()
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up)
    fail_commit("line_down_since")
    mark = last_id(contingent.phone("bradshaw"))
    with pytest.raises(OSError, match="disk"):
        await contingent.tick()
    for _ in range(3):
        await contingent.pass_time(seconds=5)
    assert await known_until(contingent) is None
    back = [one for one in texts(contingent.phone("bradshaw"), mark) if one.startswith("I was out of reach")]
    assert len(back) == 1, "told once that the line is back"


async def test_a_long_outage_leaves_one_message_of_a_distress_and_not_one_for_each_repeat(contingent: Scene) -> None:
    await contingent.phone("deniger").send("/sos")
    await contingent.settle()
    await go_down(contingent)
    mark = last_id(contingent.phone("bradshaw"))
    for _ in range(24):
        contingent.clock.move(timedelta(minutes=5))
        contingent.telegram.moved()
        await contingent.app.ticker.tick()
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up)
    await contingent.settle()
    got = [one for one in texts(contingent.phone("bradshaw"), mark) if "Deniger" in one]
    assert len(got) == 1

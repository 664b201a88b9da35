"""Our line to Telegram fails, or Vigie was switched off."""

import asyncio
import json
from datetime import timedelta

from tests.cli.shell import beside
from tests.kit import PATIENCE_S, Scene, last_id, texts, until


async def test_two_hours_switched_off_one_sweep_settles_all_and_says_how_late(contingent: Scene) -> None:
    await contingent.to(6, 30)
    for code in ("lacroix", "willis", "bradshaw"):
        await contingent.phone(code).send("ok")
    await contingent.settle()
    await contingent.stop()
    await contingent.phone("hamelin").send("ok")
    mark = last_id(contingent.phone("lacroix"))
    contingent.clock.move(timedelta(hours=3, minutes=42))
    await contingent.start()
    await contingent.tick()
    (alert,) = [one for one in texts(contingent.phone("lacroix"), mark) if "Deniger" in one]
    assert "8 h" in alert
    assert "10 h 12" in alert
    assert await contingent.rows("select officer from alert") == [("deniger",)], "Hamelin's answer waited at Telegram"
    before = await contingent.rows("select kind, officer, key from outbox order by id")
    await contingent.tick()
    after = await contingent.rows("select kind, officer, key from outbox order by id")
    assert after == before, "nobody is owed a message twice"
    assert not [one for one in texts(contingent.phone("deniger"), mark) if "dans 15" in one], "no reminder of the past"


async def test_while_the_line_is_down_nobody_is_judged_and_the_picture_says_so(contingent: Scene) -> None:
    await contingent.to(7, 45)
    contingent.telegram.faults.outage(True)
    contingent.telegram.moved()
    await until(lambda: not contingent.app.tracker.line.up, "the line's failure")
    contingent.clock.move(timedelta(hours=1))
    await contingent.app.ticker.tick()
    assert await contingent.one("select count(*) from alert") == 0
    assert not (await contingent.app.health()).ready
    await contingent.phone("deniger").send("ok")
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up, "the line's return")
    await contingent.settle()
    mark = last_id(contingent.phone("hamelin"))
    await contingent.tick()
    overdue = {one for (one,) in await contingent.rows("select officer from alert")}
    assert "deniger" not in overdue
    assert "hamelin" in overdue
    assert [one for one in texts(contingent.phone("hamelin"), mark - 5) if "injoignable" in one]
    await contingent.phone("bradshaw").send("/status")
    await contingent.settle()
    assert "Not known since" not in contingent.phone("bradshaw").last.text


async def test_the_picture_says_since_when_it_is_not_known(contingent: Scene) -> None:
    shell = beside(contingent)
    assert json.loads((await shell.run("status", "--json")).out)["not_known_since"] is None
    await contingent.pass_time(minutes=5)
    contingent.telegram.faults.outage(True)
    contingent.telegram.moved()
    await until(lambda: not contingent.app.tracker.line.up, "the line's failure")
    await contingent.app.ticker.tick()
    down = json.loads((await shell.run("status", "--json")).out)
    assert down["not_known_since"] == "2026-11-23T05:05:00Z"
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up, "the line's return")
    await contingent.tick()
    await contingent.phone("bradshaw").send("/status")
    await contingent.settle()
    assert "Not known since" not in contingent.phone("bradshaw").last.text
    assert json.loads((await shell.run("status", "--json")).out)["not_known_since"] is None


async def test_started_while_telegram_is_out_of_reach_the_picture_says_so_at_once(contingent: Scene) -> None:
    await contingent.stop()
    contingent.clock.move(timedelta(minutes=5))
    contingent.telegram.faults.outage(True)
    await contingent.start(reach=False)
    await until(lambda: not contingent.app.tracker.line.up, "the line's failure")
    await contingent.app.ticker.tick()
    said = (await beside(contingent).run("status")).out
    assert "Telegram is out of reach: not known since 2026-11-23T05:" in said
    contingent.telegram.faults.outage(False)
    await asyncio.wait_for(contingent.app.ready.wait(), PATIENCE_S)
    await until(lambda: contingent.app.tracker.line.drained_at, "the first empty poll")
    await contingent.tick()
    assert "not known" not in (await beside(contingent).run("status")).out

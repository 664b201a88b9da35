"""Our line to Telegram fails, or Vigie was switched off."""

from datetime import timedelta

from tests.kit import Scene, last_id, texts, until


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
    contingent.telegram.faults.outage(True)
    contingent.telegram.moved()
    await until(lambda: not contingent.app.tracker.line.up, "the line's failure")
    await contingent.app.ticker.tick()
    assert await contingent.one("select value from fact where name = 'line_down_since'") != ""
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up, "the line's return")
    await contingent.tick()
    await contingent.phone("bradshaw").send("/status")
    await contingent.settle()
    assert "Not known since" not in contingent.phone("bradshaw").last.text

"""The clock of the machine is set back: nothing that was to happen "in a moment" waits for an hour."""

from datetime import timedelta

from tests.flows.words import ask
from tests.kit import Scene, last_id, texts, until


async def test_an_sos_goes_out_although_the_clock_was_set_back(contingent: Scene) -> None:
    await ask(contingent, contingent.phone("deniger"), "/sos")
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.pass_time(hours=-1)
    assert texts(contingent.phone("bradshaw"), mark) == []
    await contingent.pass_time(seconds=31)
    assert any("Deniger" in one for one in texts(contingent.phone("bradshaw"), mark))


async def test_an_sos_goes_out_although_the_clock_was_set_back_while_vigie_was_off(contingent: Scene) -> None:
    await ask(contingent, contingent.phone("deniger"), "/sos")
    await contingent.pass_time(seconds=16)
    await contingent.stop()
    mark = last_id(contingent.phone("bradshaw"))
    contingent.clock.move(timedelta(hours=-1))
    await contingent.start()
    await contingent.tick()
    await contingent.pass_time(seconds=31)
    assert any("Deniger" in one for one in texts(contingent.phone("bradshaw"), mark))


async def test_what_was_owed_goes_out_although_the_clock_was_set_back(contingent: Scene) -> None:
    contingent.telegram.faults.status(502, methods={"sendMessage"})
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.phone("deniger").send("/sos")
    await contingent.phone("deniger").send("/sos")
    await until(lambda: contingent.app.courier._failures, "a failed sending")
    contingent.telegram.faults.clear()
    await contingent.pass_time(hours=-1)
    assert any("Deniger" in one for one in texts(contingent.phone("bradshaw"), mark))


async def test_a_checkin_is_due_at_its_hour_by_the_clock_that_was_set_right(contingent: Scene) -> None:
    await contingent.to(7, 50)
    await contingent.pass_time(hours=-1)
    await contingent.pass_time(minutes=95)
    assert await contingent.rows("select 1 from alert") == []
    await contingent.pass_time(minutes=6)
    assert len(await contingent.rows("select 1 from alert")) == 5

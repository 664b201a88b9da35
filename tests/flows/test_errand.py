"""Errands in the running application: carried out once their transaction is committed, told of by the figures."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.domain.errand import Later, Never
from bot.store import errand as rows
from tests.errand.house import Hand
from tests.kit import Scene, until
from tests.web.test_health import gauges

STATES = "select kind, state, attempts from errand order by id"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """What a later part of Vigie brings along: somebody who carries out the errands of a kind."""
    made = Hand()
    monkeypatch.setattr(App, "_carriers", lambda self: {"fetch": made})
    return made


async def owe(scene: Scene, *subjects: str) -> None:
    async with scene.app.begin() as tx:
        for subject in subjects:
            rows.owe(tx, "fetch", subject)


async def test_what_a_transaction_owes_is_carried_out_after_it_and_only_then(
    hand: Hand, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.errand.work.POLL_S", 3600.0)  # from the next look on, only a commit wakes the worker
    await owe(scene, "0")
    await scene.settle()
    hand.carried.clear()
    await owe(scene, "1")
    await scene.settle()
    assert hand.carried == ["1"]
    with pytest.raises(ZeroDivisionError):
        async with scene.app.begin() as tx:
            rows.owe(tx, "fetch", "2")
            await tx.flush()
            raise ZeroDivisionError
    await scene.settle()
    assert hand.carried == ["1"], "what was rolled back was owed to nobody"
    assert await scene.rows(STATES) == [("fetch", "done", 1)] * 2


async def test_a_restart_in_the_middle_carries_it_out_again(hand: Hand, scene: Scene) -> None:
    hand.door = asyncio.Event()
    await owe(scene, "1")
    await until(lambda: hand.inside == ["1"])
    await scene.app.background.stop()  # broken off, as by a kill: nothing is noted
    await scene.stop()
    hand.door = None
    await scene.start()
    assert await scene.rows(STATES) == [("fetch", "owed", 1)]
    await scene.pass_time(seconds=5)
    assert hand.carried == ["1"]
    assert await scene.rows(STATES) == [("fetch", "done", 2)]


async def test_what_is_under_way_when_vigie_is_told_to_stop_is_finished(hand: Hand, scene: Scene) -> None:
    hand.door = asyncio.Event()
    await owe(scene, "1", "2", "3")
    await until(lambda: hand.inside == ["1", "2"])

    async def finish() -> None:
        assert hand.door is not None
        await until(lambda: scene.app.errands._resting, "the wait of the application for its errands")
        hand.door.set()

    await asyncio.gather(scene.stop(), finish())
    await scene.start()
    await scene.settle()
    assert sorted(hand.carried) == ["1", "2", "3"], "none lost, none repeated"


async def test_the_figures_tell_of_errands_that_wait_or_were_given_up(hand: Hand, scene: Scene) -> None:
    hand.answers["1"].extend(Later("no line") for _ in range(9))
    hand.answers["2"].append(Never("no such file"))
    await owe(scene, "1", "2", "3")
    await scene.settle()
    scene.clock.move(timedelta(minutes=3))
    found = await gauges(scene)
    assert (found["vigie_errands_waiting"], found["vigie_errands_failed"]) == (1, 1)
    assert found["vigie_errands_oldest_seconds"] == 180
    assert found["vigie_ready"] == 1, "a mail server that is gone is no reason to call for help"


async def test_a_kind_that_nobody_carries_out_ends_as_given_up(tmp_path: Path) -> None:
    scene = await Scene(tmp_path).open()
    try:
        async with scene.app.begin() as tx:
            rows.owe(tx, "juggle", "1")
        await scene.settle()
        assert await scene.rows(STATES) == [("juggle", "failed", 1)]
    finally:
        await scene.close()

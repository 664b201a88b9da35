"""What runs in the background ends when it is told to."""

import asyncio

import pytest

from bot import background as module
from bot.background import Background


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AGAIN_S", 0.05)


async def test_a_task_that_misses_its_cancellation_is_told_again() -> None:
    """`asyncio.wait_for` of Python 3.11 forgets a cancellation that comes together with what it waited for."""
    background = Background()
    heard = []

    async def deaf() -> None:
        while len(heard) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard.append("cancel")
        raise asyncio.CancelledError

    background.start(deaf(), "deaf")
    await asyncio.sleep(0)
    async with asyncio.timeout(3):
        await background.stop()
    assert heard == ["cancel"] * 2


async def test_a_loop_that_is_woken_in_the_instant_of_its_end_ends() -> None:
    for steps in range(8):
        background = Background()
        wake = asyncio.Event()

        async def loop(wake: asyncio.Event = wake) -> None:
            while True:
                wake.clear()
                await asyncio.wait_for(wake.wait(), 60)

        background.start(loop(), "loop")
        await asyncio.sleep(0.001)
        wake.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        async with asyncio.timeout(3):
            await background.stop()

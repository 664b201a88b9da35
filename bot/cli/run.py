"""Commands that run Vigie."""

import asyncio
import os
import signal
from typing import Annotated

import structlog
import typer

from bot.app import App
from bot.cli.fault import refuse, settings, told, usable
from bot.cli.output import tell
from bot.clock import SystemClock
from bot.demo.show import Show

LAST_PORT = 65535

log = structlog.get_logger(__name__)


async def until_told_to_stop() -> None:
    """Wait for SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def run() -> None:
    """Run Vigie against Telegram until told to stop.

    VIGIE_TELEGRAM_API_URL names any other Bot API server.
    """

    async def go() -> None:
        found = settings(quiet=False, need_token=True)
        vigie = App(found, SystemClock())
        with usable(found):
            await vigie.start()
        try:
            await until_told_to_stop()
        finally:
            await vigie.stop()
            log.info("stopped")

    with told():
        asyncio.run(go())


def demo(
    port: Annotated[int, typer.Option(help="Port of the page of phones; 0 takes a free one.")] = 8090,
) -> None:
    """Show the real bot with a page of phones, no account needed.

    A stand-in takes Telegram's place; nothing is kept.
    """
    if not 0 <= port <= LAST_PORT:
        refuse(f"--port: {port} is out of range; expected 0 to {LAST_PORT}, such as 8091; 0 takes a free one")

    async def go() -> None:
        show = Show()
        try:
            await show.start(port)
        except OSError as error:
            await show.stop()
            refuse(f"--port: cannot listen on port {port}: {os.strerror(error.errno or 0)}; expected a free one, or 0")
        tell(f"\n  Vigie, demo / démonstration:  {show.url}/\n  Ctrl-C ends it / y met fin.\n")
        try:
            await until_told_to_stop()
        finally:
            await show.stop()

    with told():
        asyncio.run(go())

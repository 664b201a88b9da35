"""How long a tick takes when a whole contingent falls silent at once: `python -m tests.bench.sweep`.

Real SQLite on this disk, no network: every duty missed and told, the climb of every alert, and a batch of answers.
"""

import argparse
import asyncio
from datetime import timedelta

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from bot.clock import MovableClock, monotonic
from bot.demo.telegram import StandIn
from bot.services import box
from tests.bench.house import FIRST_PHONE, house, update
from tests.kit import DAWN

MISSED, CLIMB = timedelta(hours=3, minutes=30), timedelta(minutes=15)  # from DAWN; the ladder's steps are shorter
ANSWERS = 64
OFFICERS = FIRST_PHONE + 5  # past those who lead


async def measure(telegram: StandIn, strength: int) -> tuple[float, float, float]:
    """Return the seconds of the tick that opens all alerts, of one that climbs them, and of the batch of answers."""
    async with house(telegram, strength, DAWN) as (app, clock):
        took = []
        for step in (MISSED, CLIMB):
            clock.move(step)
            app.tracker.good(clock.now())
            began = monotonic()
            await app.ticker.tick()
            took.append(monotonic() - began)
        async with app.store.read() as tx:
            (found,) = await tx.read(text("select count(*), min(rung) from alert where state = 'open'"))
        if tuple(found) != (strength, 2):
            raise SystemExit(f"not every silent officer has an alert on step 2: {tuple(found)}")
        at = int(clock.now().timestamp())
        async with app.begin() as tx:
            await box.receive(tx, 1, [update(number, OFFICERS + number, at) for number in range(ANSWERS)])
        began = monotonic()
        while await app.desk.take_up():
            pass
        answered = monotonic() - began
        async with app.store.read() as tx:
            (found,) = await tx.read(text("select count(*) from alert where state = 'answered'"))
        if found[0] != ANSWERS:
            raise SystemExit(f"not every answer reached its alert: {found[0]}")
        return took[0], took[1], answered


async def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--strength", type=int, nargs="+", default=[200, 2000])
    table = Table("strength, all silent", "alerts opened, s", "all climb, s", f"{ANSWERS} answers, s")
    telegram = StandIn(MovableClock(DAWN, held=True), strict_rates=False)
    await telegram.start()
    for strength in arguments.parse_args().strength:
        opened, climbed, answered = await measure(telegram, strength)
        table.add_row(f"{strength}", f"{opened:.2f}", f"{climbed:.2f}", f"{answered:.2f}")
    await telegram.stop()
    Console().print(table)


asyncio.run(main())

"""How many check-ins a second the desk takes up, with all that belongs to one: `python -m tests.bench.desk`.

Real SQLite on this disk, no network: from the stored update to the committed check-in, its duty and the receipt owed.
"""

import argparse
import asyncio
import resource
from datetime import timedelta

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from bot.clock import MovableClock, monotonic
from bot.demo.telegram import StandIn
from bot.services import box
from tests.bench.house import FIRST_PHONE, house, update
from tests.kit import DAWN

INTAKE = 100  # as many as one getUpdates brings


async def measure(telegram: StandIn, strength: int, count: int) -> tuple[float, float, float]:
    """Return updates a second taken in, updates a second handled, and CPU ms for each of the latter."""
    async with house(telegram, strength, DAWN + timedelta(hours=2)) as (app, clock):
        at = int(clock.now().timestamp())
        updates = [update(number, FIRST_PHONE + number % strength, at) for number in range(count)]
        began = monotonic()
        for first in range(0, count, INTAKE):
            async with app.begin() as tx:
                await box.receive(tx, 1, updates[first : first + INTAKE])
        taken = monotonic() - began
        cpu = resource.getrusage(resource.RUSAGE_SELF)
        began = monotonic()
        while await app.desk.take_up():
            pass
        handled = monotonic() - began
        after = resource.getrusage(resource.RUSAGE_SELF)
        busy = after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime
        async with app.store.read() as tx:
            checkins, receipts = "select count(*) from checkin", "select count(*) from outbox where kind = 'receipt'"
            (found,) = await tx.read(text(f"select ({checkins}), ({receipts})"))
        if tuple(found) != (count, count):
            raise SystemExit(f"not every check-in was recorded and acknowledged: {tuple(found)}")
        return count / taken, count / handled, busy / count * 1000


async def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=5000)
    arguments.add_argument("--strength", type=int, default=4000)
    given = arguments.parse_args()
    table = Table("strength", "check-ins", "taken in /s", "handled /s", "CPU ms each")
    telegram = StandIn(MovableClock(DAWN, held=True), strict_rates=False)
    await telegram.start()
    for strength in (5, given.strength):
        taken, handled, busy = await measure(telegram, strength, given.count)
        table.add_row(f"{strength}", f"{given.count}", f"{taken:,.0f}", f"{handled:,.0f}", f"{busy:.2f}")
    await telegram.stop()
    Console().print(table)


asyncio.run(main())

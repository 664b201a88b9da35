"""How many check-ins a second the desk takes up, with all that belongs to one: `python -m tests.bench.desk`.

Real SQLite on this disk, no network: from the stored update to the committed check-in, its duty and the receipt owed.
"""

import argparse
import asyncio
import resource
import tempfile
from datetime import timedelta
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from bot.app import App
from bot.clock import MovableClock, monotonic
from bot.config import load_settings
from bot.demo.telegram import StandIn
from bot.services import box
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import schema
from tests.kit import DAWN, ROSTER

INTAKE = 100  # as many as one getUpdates brings


def roster(strength: int) -> str:
    """Return Mali's contingent file with as many officers."""
    more = (
        f'[[officers]]\ncode = "o{number}"\nrank = "Cpl"\nname = "Officer {number}"\nservice = "RCMP"\n'
        f'mission = "MINUSMA"\npost = "BKO"\nrole = "officer"\nlanguage = "{("en", "fr")[number % 2]}"\n'
        for number in range(strength - 5)
    )
    return ROSTER.read_text(encoding="utf-8") + "\n" + "\n".join(more)


def update(number: int, sender: int, at: int) -> tuple[int, bytes]:
    """Return a stored update: somebody sends "ok"."""
    who = {"id": sender, "is_bot": False, "first_name": "X"}
    chat = {"id": sender, "type": "private", "first_name": "X"}
    message = {"message_id": number, "date": at, "chat": chat, "from": who, "text": "ok"}
    return number, orjson.dumps({"update_id": number, "message": message})


async def measure(telegram: StandIn, folder: Path, strength: int, count: int) -> tuple[float, float, float]:
    """Return updates a second taken in, updates a second handled, and CPU ms for each of the latter."""
    clock = MovableClock(DAWN + timedelta(hours=2), held=True)
    settings = load_settings(
        {
            "VIGIE_TELEGRAM_TOKEN": telegram.token,
            "VIGIE_TELEGRAM_API_URL": telegram.url,
            "VIGIE_DATA_DIR": str(folder),
        },
        env_file=None,
    )
    app = App(settings, clock)
    await app.application.initialize()
    await schema.create(app.store)
    async with app.begin() as tx:
        await load(tx, parse(roster(strength), "bench.toml"))
    async with app.store.engine.connect() as conn, conn.begin():
        enrolled = "update officer set telegram_id = 1000 + rowid, enrolled_at = (select loaded_at from contingent)"
        await conn.execute(text(enrolled))
    while (await app.ticker.tick()).planned:
        pass
    at = int(clock.now().timestamp())
    updates = [update(number, 1001 + number % strength, at) for number in range(count)]
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
    await app.bot.shutdown()
    await app.store.close()
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
        with tempfile.TemporaryDirectory(prefix="vigie-bench-") as folder:
            taken, handled, busy = await measure(telegram, Path(folder), strength, given.count)
        table.add_row(f"{strength}", f"{given.count}", f"{taken:,.0f}", f"{handled:,.0f}", f"{busy:.2f}")
    await telegram.stop()
    Console().print(table)


asyncio.run(main())

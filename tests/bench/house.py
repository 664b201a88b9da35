"""A house to measure in: Vigie with a contingent of any strength, enrolled, on this disk, with no network."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import orjson
from sqlalchemy import text

from bot.app import App
from bot.clock import MovableClock
from bot.config import load_settings
from bot.demo.telegram import StandIn
from bot.services.box import Fresh
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import schema
from tests.kit import ROSTER

FIRST_PHONE = 1001  # the phones are numbered from here on


def roster(strength: int) -> str:
    """Return Mali's contingent file with as many officers."""
    more = (
        f'[[officers]]\ncode = "o{number}"\nrank = "Cpl"\nname = "Officer {number}"\nservice = "RCMP"\n'
        f'mission = "MINUSMA"\npost = "BKO"\nrole = "officer"\nlanguage = "{("en", "fr")[number % 2]}"\n'
        for number in range(strength - 5)
    )
    return ROSTER.read_text(encoding="utf-8") + "\n" + "\n".join(more)


def update(number: int, sender: int, at: int) -> Fresh:
    """Return a stored update: somebody sends "ok"."""
    who = {"id": sender, "is_bot": False, "first_name": "X"}
    chat = {"id": sender, "type": "private", "first_name": "X"}
    message = {"message_id": number, "date": at, "chat": chat, "from": who, "text": "ok"}
    return Fresh(number, datetime.fromtimestamp(at, UTC), orjson.dumps({"update_id": number, "message": message}))


@asynccontextmanager
async def house(telegram: StandIn, strength: int, at: datetime) -> AsyncIterator[tuple[App, MovableClock]]:
    """Open Vigie at `at`, with every officer enrolled and the next duties planned; the courier does not run."""
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as folder:
        clock = MovableClock(at, held=True)
        settings = load_settings(
            {
                "VIGIE_TELEGRAM_TOKEN": telegram.token,
                "VIGIE_TELEGRAM_API_URL": telegram.url,
                "VIGIE_DATA_DIR": folder,
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
        yield app, clock
        await app.bot.shutdown()
        await app.store.close()

"""A contingent that is loaded again and again: what the tests of loading share."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.clock import MovableClock
from bot.services import digest
from bot.services import plan as planning
from bot.services.changes import Changes
from bot.services.contingent_file import ContingentFile, parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store.engine import Store
from bot.store.tables import officer
from tests.kit import ROSTER

TEXT = ROSTER.read_text(encoding="utf-8")
START = datetime(2026, 11, 2, 12, tzinfo=UTC)


class House:
    """An open database with a clock that stands still, and what the tests ask of it."""

    def __init__(self, store: Store, clock: MovableClock) -> None:
        self.store = store
        self.clock = clock

    async def load(self, text: str = TEXT, *, dry_run: bool = False) -> Changes:
        self.clock.move(timedelta(minutes=1))
        async with self.store.begin() as tx:
            return await load(tx, file(text), dry_run=dry_run)

    async def rows(self, table: Any) -> list[dict[str, Any]]:
        async with self.store.read() as tx:
            return [dict(row._mapping) for row in await tx.read(select(table))]

    async def row(self, table: Any, code: str) -> dict[str, Any]:
        return next(row for row in await self.rows(table) if row["code"] == code)

    async def enrol(self, **phones: int) -> None:
        """Bind phones, and make the plans and the agenda as the sweep does."""
        async with self.store.begin() as tx:
            for code, phone in phones.items():
                officers.bind_phone(tx, code, phone)
            await planning.ahead(tx, 100)
            await digest.put_on_agenda(tx)

    async def unplanned(self) -> set[str]:
        """Return the codes of enrolled officers whose plan was thrown away."""
        return {
            row["code"]
            for row in await self.rows(officer)
            if row["telegram_id"] is not None and row["planned_until"] is None
        }


def file(text: str) -> ContingentFile:
    return parse(text, "mali.toml")


def edited(*pairs: tuple[str, str], text: str = TEXT) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def without(code: str, text: str = TEXT) -> str:
    """Return the text without the table that has this code."""
    tables = text.split("\n[[")
    return "\n[[".join(table for table in tables if f'code = "{code}"' not in table)

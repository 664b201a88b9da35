"""How long a situation report takes at 4,000 officers x 30 days: `python -m tests.bench.sitrep [--folder MONTH]`.

Real SQLite on this disk. What a handler or the tick does within a transaction is measured apart from the printing of
documents, which is an errand outside of every transaction. Then the command itself, in a process of its own.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.clock import MovableClock, monotonic
from bot.document.sitrep import paper
from bot.document.write import Form, write
from bot.domain.sitrep import Sitrep, SitrepKind
from bot.i18n.catalogue import Catalogues
from bot.services import sitrep
from bot.store import officer as officers
from bot.store.engine import Tx, open_store
from tests.bench.month import END
from tests.bench.report import run

DAY = date(2026, 11, 29)
# The command goes by the clock of this machine, and refuses a day that has not begun.
ASKED = date(2026, 11, 20)
FORMS: tuple[Form, ...] = ("md", "docx", "pdf")


async def inside(folder: Path, row: Callable[..., None]) -> None:
    """Measure the parts of it, in this process, each after one that is not counted."""
    store = open_store(f"sqlite+aiosqlite:///{folder / 'vigie.db'}", MovableClock(END, held=True).now)
    catalogues = Catalogues.load()

    async def timed(what: str, work: Callable[[Tx], Awaitable[Any]]) -> Any:
        async with store.begin() as tx:
            await work(tx)
        async with store.begin() as tx:
            began, busy = monotonic(), process_time()
            found = await work(tx)
            row(what, monotonic() - began, process_time() - busy)
        return found

    async def day(tx: Tx, kind: SitrepKind = SitrepKind.DAILY) -> Sitrep:
        since, until = await sitrep.of_day(tx, DAY, kind)
        return await sitrep.view(tx, kind, since, until)

    async def card(tx: Tx) -> Any:
        boss = next(one for one in await officers.every(tx) if one.role.value == "commander")
        since, until = await sitrep.of_day(tx, DAY)
        return await sitrep.card(tx, boss, await sitrep.prepare(tx, SitrepKind.DAILY, since, until, None))

    async def prepared(tx: Tx) -> None:
        since, until = await sitrep.of_day(tx, DAY)
        await sitrep.prepare(tx, SitrepKind.DAILY, since, until, None)

    await timed("prepared by the tick (in its transaction)", prepared)
    await timed("card on a phone (in a transaction)", card)
    found: Sitrep = await timed("a day composed (in a transaction)", day)
    await timed("a week composed (in a transaction)", lambda tx: day(tx, SitrepKind.WEEKLY))
    for form in FORMS:
        began, busy = monotonic(), process_time()
        content = write(paper(found, "en", catalogues), form, END)
        row(f"written as {form}: {len(content) / 1000:,.0f} kB", monotonic() - began, process_time() - busy)
    row(f"reports in it: {len(found.reports):,}", None, None)
    await store.close()


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, help="a month made before by tests.bench.month")
    given = arguments.parse_args()
    table = Table("what", "seconds", "of them CPU", "peak memory, MB")

    def row(what: str, *seconds: float | None) -> None:
        table.add_row(what, *(f"{one:.2f}" if one is not None else "" for one in seconds), "")

    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as name:
        folder = given.folder or Path(name)
        if given.folder is None:
            run("tests.bench.month", name, folder=folder)
        for form in ("json", *FORMS):
            file = Path(name) / f"sitrep.{form}"
            seconds, busy, memory = run(
                "bot", "sitrep", "--date", ASKED.isoformat(), "--format", form, "-o", str(file), folder=folder
            )
            table.add_row(f"vigie sitrep --format {form}", f"{seconds:.2f}", f"{busy:.2f}", f"{memory:.0f}")
        asyncio.run(inside(folder, row))
    Console().print(table)


if __name__ == "__main__":
    main()

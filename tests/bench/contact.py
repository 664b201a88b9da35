"""How long contacts take: `python -m tests.bench.contact --import`, or `--search`.

Real SQLite on this disk, and the command itself, `vigie contacts import`, in a process of its own: from its start to
the last row on the disk. Meanwhile somebody else asks for the write lock again and again, as a running Vigie does, and
the longest that they had to wait is told. This process stays small, for a child's peak begins with its parent's.

A search is what a handler does, in its transaction: the version of the directory, the index, who of those found the
reader may see, who is absent and what is in doubt. The queries are those of `tests/data`, and mistyped family names.
"""

import argparse
import asyncio
import csv
import random
import resource
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock, monotonic
from bot.domain.bilingual import Text
from bot.domain.contact import READERS, Category, Contact, Phone, PhoneKind
from bot.domain.officer import Role
from bot.services import contact
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store.engine import open_store
from bot.store.schema import create
from tests.bench.report import run
from tests.kit import ROSTER

FAMILIES = ("Traoré", "Coulibaly", "Diarra", "Keïta", "Touré", "Diallo", "Cissé", "Sissoko", "Dembélé", "Konaté")
GIVEN = ("Moussa", "Aminata", "Ibrahim", "Fatoumata", "Boubacar", "Mariam", "Seydou", "Awa", "Oumar", "Kadiatou")
FUNCTIONS = (
    ("Chief of police", "Chef de la police"),
    ("Liaison officer", "Officier de liaison"),
    ("Driver", "Chauffeur"),
)
COLUMNS = (
    "code", "category", "name", "function_en", "function_fr", "organisation_en", "organisation_fr", "post", "mobile",
    "desk", "radio", "email", "languages", "hours",
)  # fmt: skip


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield so many contacts, as the rows of a table."""
    for n in range(count):
        function = FUNCTIONS[n % len(FUNCTIONS)]
        name = f"{GIVEN[n % 10]} {FAMILIES[n // 10 % 10]} {n // 100}"
        yield (
            f"c{n}", "host_police", name, *function, "National Police of Mali", "Police nationale du Mali",
            ("BKO", "MPT")[n % 2], f"+223 7{n:07d}", f"2{n:07d} poste {n % 90 + 10}" if n % 3 else "",
            f"Sierra {n}" if n % 5 == 0 else "", f"c{n}@example.org", "fr;en", "mon-fri 08:00-17:00",
        )  # fmt: skip


@contextmanager
def waiting(database: Path) -> Iterator[list[float]]:
    """Ask for the write lock each 50 ms, and keep how long it took, in seconds."""
    waits: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        connection = sqlite3.connect(database, isolation_level=None, timeout=60)
        while not ended.is_set():
            began = monotonic()
            connection.execute("begin immediate")
            waits.append(monotonic() - began)
            connection.execute("rollback")
            sleep(0.05)
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield waits
    finally:
        ended.set()
        thread.join()


def taken_in(count: int) -> Table:
    """Import so many contacts twice, and return how it went."""
    table = Table(
        "what", "seconds", "of them CPU", "contacts/s", "peak memory, MB", "longest wait of another writer, s"
    )
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as name:
        folder = Path(name)
        file = folder / "contacts.csv"
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([COLUMNS, *rows(count)])
        run("bot", "load", str(Path(__file__).parents[2] / "bot" / "demo" / "mali.toml"), folder=folder)
        for what in ("imported", "imported again, unchanged"):
            with waiting(folder / "vigie.db") as waits:
                seconds, busy, memory = run("bot", "contacts", "import", str(file), folder=folder)
            table.add_row(
                what, f"{seconds:.1f}", f"{busy:.1f}", f"{count / seconds:,.0f}", f"{memory:.0f}", f"{max(waits):.2f}"
            )
    return table


def _people(count: int, chance: random.Random) -> Iterator[Contact]:
    """Yield so many contacts with names as various as a country's, at two posts, some for command alone."""
    syllables = [first + last for first in "bdfklmnrstvz" for last in "aeio"]

    def name() -> str:
        return "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4))).capitalize()

    given, families = [name() for _ in range(1_500)], [name() for _ in range(9_000)]
    for n in range(count):
        english, french = FUNCTIONS[n % len(FUNCTIONS)]
        yield Contact(
            code=f"c{n}",
            category=list(Category)[n % len(Category)],
            name=Text.once(f"{chance.choice(given)} {chance.choice(families)}"),
            function=Text(english, french),
            organisation=Text("National Police of Mali", "Police nationale du Mali"),
            post=("BKO", "MPT")[n % 2],
            phones=(Phone(PhoneKind.MOBILE, f"+2237{n:07d}"),),
            roles=READERS if n % 7 else (Role.COMMANDER, Role.DEPUTY),
        )


async def searched(count: int) -> Table:
    """Search so many contacts, and return how long it took: the first query makes the index."""
    chance = random.Random(20)  # the same names each time
    table = Table("what", "n", "median, ms", "p99, ms", "worst, ms", "worst query")
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as name:
        store = open_store(f"sqlite+aiosqlite:///{Path(name) / 'vigie.db'}", SystemClock().now)
        await create(store)
        async with store.begin() as tx:
            await load(tx, parse(ROSTER.read_text(encoding="utf-8"), "mali.toml"))
            people = list(_people(count, chance))
            for one in people:
                await contact.keep(tx, one, "import")
        with (Path(__file__).parents[1] / "data" / "contact_queries.csv").open(encoding="utf-8", newline="") as file:
            real = [row["query"] for row in csv.DictReader(file)]
        broad = ["police", "chief of police", "bamako", "mopti police", "a", "m", "officier de liaison", "driver mopti"]
        mistyped = [_mistyped(chance.choice(people).title.en, chance) for _ in range(300)]
        for what, queries in (
            ("makes the index", ["hamelin"]),
            ("of real life", real),
            ("broad", broad * 10),
            ("mistyped", mistyped),
        ):
            took = []
            for query in queries:
                async with store.begin() as tx:
                    reader = (await officers.by_code(tx, {"deniger"}))["deniger"]
                    began = monotonic()
                    await contact.answer(tx, reader, query)
                    took.append((monotonic() - began, query))
            took.sort()
            ranks = (took[len(took) // 2], took[min(len(took) - 1, len(took) * 99 // 100)], took[-1])
            table.add_row(what, str(len(took)), *(f"{1000 * seconds:.1f}" for seconds, _ in ranks), took[-1][1])
        await store.close()
    table.caption = f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    return table


def _mistyped(name: str, chance: random.Random) -> str:
    family = name.rpartition(" ")[2]
    at = chance.randrange(1, len(family))
    return family[:at] + family[at + 1 :]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--import", dest="imported", action="store_true", help="take contacts in from a table")
    arguments.add_argument("--search", action="store_true", help="look contacts up")
    arguments.add_argument("--count", type=int, default=20_000)
    given = arguments.parse_args()
    if given.imported == given.search:
        arguments.error("expected --import or --search")
    table = taken_in(given.count) if given.imported else asyncio.run(searched(given.count))
    Console().print(f"{given.count:,} contacts")
    Console().print(table)


if __name__ == "__main__":
    main()

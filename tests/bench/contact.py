"""How long contacts take: `python -m tests.bench.contact --import`.

Real SQLite on this disk, and the command itself, `vigie contacts import`, in a process of its own: from its start to
the last row on the disk. Meanwhile somebody else asks for the write lock again and again, as a running Vigie does, and
the longest that they had to wait is told. This process stays small, for a child's peak begins with its parent's.
"""

import argparse
import csv
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from rich.console import Console
from rich.table import Table

from bot.clock import monotonic
from tests.bench.report import run

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


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--import", dest="imported", action="store_true", help="take contacts in from a table")
    arguments.add_argument("--count", type=int, default=20_000)
    given = arguments.parse_args()
    if not given.imported:
        arguments.error("expected --import")
    table = taken_in(given.count)
    Console().print(f"{given.count:,} contacts")
    Console().print(table)


if __name__ == "__main__":
    main()

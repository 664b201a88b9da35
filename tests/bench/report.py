"""How long a month of reports takes to be exported, and how much memory: `python -m tests.bench.report`.

Real SQLite on this disk, and the command itself, `vigie export reports`, in a process of its own for each format: from
its start to the whole file on the disk. This process stays small, for a child's peak begins with its parent's.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.clock import monotonic

FORMATS = ("csv", "json", "xlsx")


def run(*words: str, folder: Path) -> tuple[float, float, float]:
    """Run a command in a process of its own; return its seconds, those of the processor, and its peak in megabytes."""
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), "VIGIE_DATA_DIR": str(folder)}
    began = monotonic()
    process = subprocess.Popen([sys.executable, "-m", *words], env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)}: exit code {process.returncode}")
    return monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--officers", type=int, default=4000)
    arguments.add_argument("--days", type=int, default=30)
    given = arguments.parse_args()
    table = Table("what", "seconds", "of them CPU", "peak memory, MB", "on disk, MB")

    def measured(what: str, file: Path, *words: str) -> None:
        seconds, busy, memory = run(*words, folder=folder)
        table.add_row(what, f"{seconds:.1f}", f"{busy:.1f}", f"{memory:.0f}", f"{file.stat().st_size / 1e6:.0f}")

    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as name:
        folder = Path(name)
        size = ("--officers", str(given.officers), "--days", str(given.days))
        measured("the month is made", folder / "vigie.db", "tests.bench.month", name, *size)
        for form in FORMATS:
            file = folder / f"month.{form}"
            measured(f"exported as {form}", file, "bot", "export", "reports", "--format", form, "-o", str(file))
        with (folder / "month.json").open(encoding="utf-8") as lines:
            rows = sum(1 for _ in lines) - 2  # a row a line, between two brackets
    Console().print(f"{rows:,} reports of {given.officers:,} officers in {given.days} days")
    Console().print(table)


if __name__ == "__main__":
    main()

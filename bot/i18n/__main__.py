"""`python -m bot.i18n update` brings the catalogues to what the code says; `check` prints every fault."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.i18n import extract, gate, po
from bot.i18n.catalogue import default_folder
from bot.i18n.update import stale, update


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands; return 0, or 1 with each fault on a line of its own."""
    parser = argparse.ArgumentParser(prog="python -m bot.i18n", description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    parser.add_argument("--code", type=Path, default=Path(__file__).parents[1], help="where texts are said")
    parser.add_argument("--locales", type=Path, default=default_folder(), help="where the catalogues are")
    given = parser.parse_args(arguments)
    faults: list[str] = extract.misuses([given.code])
    if given.command == "update" and not faults:
        try:
            for change in update([given.code], given.locales):
                for sign, texts in (("+", change.added), ("-", change.dropped)):
                    sys.stdout.writelines(f"{sign} {change.path}: {text}\n" for text in texts)
        except po.Fault as fault:
            faults.append(str(fault))
    if given.command == "check":
        faults += gate.faults(given.locales) + stale([given.code], given.locales)
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""The shell: `vigie`. Bad input gets one clear line for each fault, exit code 2, and changes nothing."""

import io
import os
import sys
from importlib import import_module

import typer

from bot.cli import usage
from bot.cli.fault import refuse
from bot.cli.output import CLOSED_PIPE, writable

# Which module has a command. Only that of the one that was typed is read in: all of them take seconds.
_MODULES = {
    "demo": "run", "run": "run", "load": "data", "invite": "data", "status": "status", "sitrep": "sitrep",
    "export": "export", "contacts": "contacts", "migrate": "operate", "backup": "operate", "restore": "operate",
    "doctor": "operate",
}  # fmt: skip


def app(typed: str | None = None) -> typer.Typer:
    """Return the commands: the one that was typed, or all where it is none of them, or help is asked for."""
    found = typer.Typer(
        name="vigie",
        help="Vigie, the lookout: nobody is silently unaccounted for.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    found.callback()(_nothing)  # or a single command would be no command but the whole
    for name in [typed] if typed in _MODULES else _MODULES:
        module = import_module(f"{__name__}.{_MODULES[name]}")
        if name == "contacts":
            found.add_typer(module.app, name=name)
        else:
            found.command(name)(getattr(module, name))
    return found


def _nothing() -> None:
    return None


def main() -> None:
    """Run the command that was typed and leave with its exit code."""
    # Whatever Vigie writes holds names and whereabouts: the database, its journal, a backup, an export.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the terminal cannot write must not end a command
    try:
        code = _command()
    except typer.Exit as left:
        code = left.exit_code
    sys.exit(code)


def _command() -> int:
    command = typer.main.get_command(app(next(iter(sys.argv[1:]), None)))
    try:
        with writable():
            code = command.main(prog_name="vigie", standalone_mode=False)
            sys.stdout.flush()
    except SystemExit:
        return CLOSED_PIPE  # how the parser leaves, without a word, when the reader of its help has gone
    except usage.UsageError as fault:
        if not sys.argv[1:]:
            refuse(str(fault))  # no word at all: the fault is the help
        refuse(usage.line(fault))
    return code if isinstance(code, int) else 0

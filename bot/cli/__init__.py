"""The shell: `vigie`. Bad input gets one clear line for each fault, exit code 2, and changes nothing."""

import io
import os
import sys

import typer

from bot.cli import contacts, data, export, operate, run, sitrep, status, usage
from bot.cli.fault import refuse
from bot.cli.output import CLOSED_PIPE, writable

app = typer.Typer(
    name="vigie",
    help="Vigie, the lookout: nobody is silently unaccounted for.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(run.demo)
app.command("run")(run.run)
app.command("load")(data.load)
app.command("invite")(data.invite)
app.command("status")(status.status)
app.command("sitrep")(sitrep.sitrep)
app.command("export")(export.export)
app.add_typer(contacts.app, name="contacts")
app.command("migrate")(operate.migrate)
app.command("backup")(operate.backup)
app.command("restore")(operate.restore)
app.command("doctor")(operate.doctor)


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
    command = typer.main.get_command(app)
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

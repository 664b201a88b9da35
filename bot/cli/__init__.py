"""The shell: `vigie`. Bad input gets one clear line for each fault, exit code 2, and changes nothing."""

import os

import typer

from bot.cli import data, operate, run

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
app.command("status")(data.status)
app.command("export")(data.export)
app.command("migrate")(operate.migrate)
app.command("backup")(operate.backup)
app.command("restore")(operate.restore)
app.command("doctor")(operate.doctor)


def main() -> None:
    """Run the command that was typed."""
    # Whatever Vigie writes holds names and whereabouts: the database, its journal, a backup, an export.
    os.umask(0o077)
    app()

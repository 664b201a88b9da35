"""How the shell says no: one clear line for each fault on standard error, exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from bot.config import Settings, SettingsFault, load_settings
from bot.i18n.catalogue import CatalogueFault
from bot.log import setup
from bot.services.contingent_file import FileFault
from bot.store.backup import BackupFault
from bot.store.lock import AlreadyRunning
from bot.store.schema import SchemaFault

BAD_INPUT = 2

_RESTORE = "expected a whole database that Vigie made: `vigie restore FILE` puts a backup in its place"
# What SQLite says, and what helps.
_REMEDIES = {
    "not a database": _RESTORE,
    "malformed": _RESTORE,
    "locked": "another program holds it: end that, or try again",
    "full": "make room on its disk",
    "unable to open": "expected a file that Vigie may read and write, in a folder that is there",
    "readonly": "expected a file and a folder that Vigie may write to",
}
_ELSE = "expected a database that Vigie may read and write"


class DatabaseFault(Exception):  # noqa: N818 (the word for what is told)
    """The database cannot be used; the text is one line that names it, its setting, and what helps."""


def refuse(*lines: str) -> NoReturn:
    """Print the faults and leave with exit code 2."""
    with suppress(OSError):  # the exit code still tells
        for line in lines:
            typer.echo(line, err=True)
    raise typer.Exit(BAD_INPUT)


@contextmanager
def told() -> Iterator[None]:
    """Turn what can be wrong with settings, files and the database into clear lines."""
    try:
        yield
    except (SettingsFault, FileFault) as fault:
        refuse(*fault.faults)
    except CatalogueFault as fault:
        refuse(*str(fault).splitlines())
    except (BackupFault, AlreadyRunning, SchemaFault, DatabaseFault) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{fault.filename or 'the system'}: {fault.strerror or fault}")


@contextmanager
def usable(found: Settings) -> Iterator[None]:
    """Turn what SQLite or a database server refuses into DatabaseFault."""
    server = make_url(found.database_url).get_backend_name() != "sqlite"
    try:
        yield
    except DBAPIError as error:
        if not server and isinstance(error, IntegrityError | ProgrammingError):
            raise  # nothing of the file: a fault of Vigie's that must be seen whole
        raise DatabaseFault(_line(found, error.orig or error)) from error
    except OSError as error:
        if not server or error.filename is not None:
            raise
        raise DatabaseFault(_line(found, error)) from error


def _line(found: Settings, error: BaseException) -> str:
    url = make_url(found.database_url)
    named = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    why = " ".join(str(error).split())
    remedy = next((remedy for said, remedy in _REMEDIES.items() if said in why), _ELSE)
    return f"{found.database_setting}: the database {named} cannot be used: {why}; {remedy}"


def settings(*, quiet: bool = True, need_token: bool = False) -> Settings:
    """Read the settings, set up the log, and return them; `quiet` keeps the log of short commands to warnings."""
    hints: list[str] = []
    found = load_settings(need_token=need_token, hints=hints)
    with suppress(OSError):
        for line in hints:
            typer.echo(line, err=True)
    setup(found.log_format, "WARNING" if quiet and found.log_level in ("DEBUG", "INFO") else found.log_level)
    return found

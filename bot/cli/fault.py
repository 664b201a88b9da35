"""How the shell says no: one clear line for each fault on standard error, exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from sqlalchemy.exc import OperationalError

from bot.config import Settings, SettingsFault, load_settings
from bot.i18n.catalogue import CatalogueFault
from bot.log import setup
from bot.services.contingent_file import FileFault
from bot.store.backup import BackupFault
from bot.store.lock import AlreadyRunning
from bot.store.schema import SchemaFault

BAD_INPUT = 2


def refuse(*lines: str) -> NoReturn:
    """Print the faults and leave with exit code 2."""
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
    except (BackupFault, AlreadyRunning, SchemaFault) as fault:
        refuse(str(fault))
    except OperationalError as fault:
        refuse(f"the database cannot be used: {fault.orig}")
    except OSError as fault:
        refuse(f"{fault.filename or 'the system'}: {fault.strerror}")


def settings(*, quiet: bool = True) -> Settings:
    """Read the settings, set up the log, and return them; `quiet` keeps the log of short commands to warnings."""
    found = load_settings()
    setup(found.log_format, "WARNING" if quiet and found.log_level in ("DEBUG", "INFO") else found.log_level)
    return found

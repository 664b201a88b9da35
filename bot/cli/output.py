"""What the shell writes: to standard output, or to a new file; what cannot be written is told in one line."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import typer

from bot.cli.fault import refuse

# What a shell reports of a program that a closed pipe has ended: 128 and the number of SIGPIPE.
CLOSED_PIPE = 141


def tell(text: str) -> None:
    """Write lines to standard output at once."""
    with writable():
        typer.echo(text)


def put(content: bytes) -> None:
    """Write bytes to standard output at once, as they are."""
    with standard_output() as file:
        file.write(content)


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Open standard output for bytes, which are out once the context is left."""
    with writable():
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def writable() -> Iterator[None]:
    """Leave with one line if standard output cannot be written, and quietly if its reader has gone."""
    try:
        yield
    except BrokenPipeError:
        _let_go()
        raise typer.Exit(CLOSED_PIPE) from None
    except OSError as error:
        if error.filename is not None:
            raise  # another file
        _let_go()
        refuse(f"standard output: cannot be written: {error.strerror}; expected a place with room, or -o FILE")


def _let_go() -> None:
    # What is left in the buffer would fail once more when Python ends, with a traceback.
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def refuse_existing(target: Path, option: str) -> None:
    """Refuse a file that is there already, or a name that is none."""
    if target.is_dir():
        refuse(f"{option}: {target} is a folder; expected the name of a new file in it")
    if os.path.lexists(target):
        refuse(f"{option}: {target} exists already and is not overwritten; expected a new name, or remove it first")


@contextmanager
def new_file(target: Path, option: str) -> Iterator[BinaryIO]:
    """Open a new file that bears its name only once it is whole and on the disk; an existing one is refused."""
    refuse_existing(target, option)
    partial = None
    try:
        number, partial = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
        with open(number, "wb") as file:  # noqa: PTH123 (what is opened is a number, not a path)
            yield file
            file.flush()
            os.fsync(number)
        refuse_existing(target, option)
        Path(partial).rename(target)
        partial = None
    except OSError as error:
        refuse(f"{option}: {target} cannot be written: {error.strerror}; expected a file in a folder with room")
    finally:
        if partial is not None:
            Path(partial).unlink(missing_ok=True)

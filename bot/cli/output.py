"""What the shell writes: to standard output, or to a new file; what cannot be written is told in one line."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import typer

from bot.cli.fault import refuse
from bot.domain.hint import near

# What a shell reports of a program that a closed pipe has ended: 128 and the number of SIGPIPE.
CLOSED_PIPE = 141
# Names that promise what is inside: a program that opens the file goes by them.
TELLING = ("csv", "doc", "docx", "htm", "html", "json", "md", "odt", "ods", "pdf", "rtf", "vcf", "xls", "xlsx", "xml")


def tell(text: str) -> None:
    """Write lines to standard output at once."""
    with writable():
        typer.echo(text)


def put(content: bytes) -> None:
    """Write bytes to standard output at once, as they are."""
    with writable():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Open what goes to standard output once the context is left, whole; nothing of it if something fails before."""
    try:
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            with writable():
                shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        where = tempfile.gettempdir()
        refuse(f"TMPDIR: {where} cannot be written to: {error.strerror}; expected a folder with room, or -o FILE")


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


def form_of(given: str | None, output: Path | None, forms: Sequence[str], default: str, faults: list[str]) -> str:
    """Return the format that is asked for by `--format`, or else by the name of the file, or the default.

    A name that says another one is a fault: the program that opens the file would find something else.
    """
    if given is not None and given not in forms:
        *most, last = forms
        faults.append(f"--format: {given!r} is not a format; expected {', '.join(most)} or {last}{near(given, forms)}")
        return given
    said = output.suffix[1:].lower() if output is not None else ""
    if output is None or said not in TELLING or said == given:
        return given or default
    if given is not None:
        other = f", or --format {said}" if said in forms else ""
        faults.append(f"-o: {output} is not a name for {given}; expected {output.stem}.{given}{other}")
        return given
    if said not in forms:
        *most, last = (f".{one}" for one in forms)
        faults.append(f"-o: {output} would not be what its name says; expected {', '.join(most)} or {last}")
        return default
    return said


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

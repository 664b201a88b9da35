"""The commands on the directory: contacts import."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.cli.database import on_store
from bot.cli.fault import refuse, told
from bot.cli.output import tell
from bot.clock import monotonic
from bot.domain.contact import Category
from bot.services import contact_column, contact_import
from bot.services.contact_import import Import
from bot.services.contact_row import Ground
from bot.store.engine import Store

# Whom an import adds or changes is told one by one up to so many: more nobody reads.
TOLD_MOST = 40

app = typer.Typer(help="The directory of contacts.", rich_markup_mode=None)


@app.callback()
def contacts() -> None:
    """Take contacts into the directory.

    `vigie export contacts` writes them out.
    """


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="A table (.csv, .xlsx) or contact cards (.vcf).")],
    partial: Annotated[bool, typer.Option("--partial", help="Take what is sound, leave out the rest.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
    category: Annotated[str | None, typer.Option(help="The category of those that have none.")] = None,
    post: Annotated[str | None, typer.Option(help="The post of those that have none.")] = None,
) -> None:
    """Import contacts from a table or from a phone's contact cards.

    One that was imported before, by its code, is changed; one of the contingent file never is. Every fault is told
    with its row and column; without --partial a file with a fault changes nothing.
    """
    default = None
    if category is not None:
        try:
            default = contact_column.category(category)
        except ValueError as fault:
            refuse(f"--category: {fault}")
    with told():
        content = file.read_bytes()
    began = monotonic()

    async def work(store: Store) -> Import:
        async with store.read() as tx:
            ground = _ground(await contact_import.ground(tx), default, post)
        with _bar("read") as step:
            done = contact_import.judge(content, ground, step)
        async with store.read() as tx:
            await contact_import.compare(tx, done)
        if done.put and (partial or not done.faults) and not dry_run:
            with _bar("written", len(done.put)) as step:
                await contact_import.write(store, done, step)
        return done

    try:
        done = on_store(work)
    except LookupError as fault:
        refuse(f"contacts import: {fault}")
    _say(file, done, partial=partial, dry_run=dry_run, seconds=monotonic() - began)


def _ground(found: Ground, category: Category | None, post: str | None) -> Ground:
    if post is not None and post not in found.posts:
        refuse(f"--post: no post is called {post!r}; expected one of {', '.join(found.posts)}")
    return replace(found, category=category, post=post)


def _say(file: Path, done: Import, *, partial: bool, dry_run: bool, seconds: float) -> None:
    unit = f"{done.unit}s"
    taken = done.added + done.changed + done.unchanged
    faults = [f"{file}: {fault}" for fault in done.faults]
    if faults and not partial:
        sound = f"{taken:,} of {done.rows:,} {unit} are sound" if done.rows else "no row could be read"
        again = "; --partial takes these" if taken else ""
        # What it was taken for tells why words look odd.
        form = (f"{file}: read as {done.form}",) if done.form else ()
        refuse(*faults, *form, f"{file}: nothing was changed: {sound}{again}")
    for line in faults:
        typer.echo(line, err=True)
    verb = "would be " if dry_run else ""
    tell(f"{file}: {done.form}")
    for code, differing in islice(done.news.items(), TOLD_MOST):
        tell(f"changed    contact {code}: {', '.join(differing)}" if differing else f"added      contact {code}")
    if len(done.news) > TOLD_MOST:
        tell(f"and {len(done.news) - TOLD_MOST:,} more")
    tell(f"{verb}added {done.added:,}, {verb}changed {done.changed:,}, unchanged {done.unchanged:,}")
    for code in sorted(done.corrected):
        tell(f"kept contact {code}: the numbers that were corrected in chat; put them into the file")
    if faults:
        tell(f"{verb}taken {taken:,} of {done.rows:,} {unit}; the others are told above")
    many = "contact" if done.rows == 1 else "contacts"
    tell(f"{done.rows:,} {many} in {seconds:.2f} s: {done.rows / max(seconds, 0.001):,.0f}/s")


@contextmanager
def _bar(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far the work is, to a person at a terminal."""
    console = Console(stderr=True)
    if not (console.is_terminal and sys.stderr.isatty()):
        yield lambda count: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.update(task, completed=count)

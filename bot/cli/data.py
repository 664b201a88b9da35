"""Commands on the data: load, invite, status, export."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.changes import lines
from bot.cli.fault import refuse, settings, told
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.errors import RefusalError
from bot.domain.picture import Picture
from bot.services import enrol, picture
from bot.services import export as export_service
from bot.services.contingent_file import read
from bot.services.load import load as load_service
from bot.store import schema
from bot.store.engine import IN_MEMORY, Store, exists, open_store
from bot.store.schema import SchemaFault

T = TypeVar("T")


class IfNone(Enum):
    """What a command does where there is no database yet."""

    REFUSE = auto()
    MAKE = auto()
    PRETEND = auto()  # work on an empty one that is gone afterwards


@asynccontextmanager
async def opened(found: Settings, if_none: IfNone) -> AsyncIterator[Store]:
    """Open the database beside a running Vigie; a stale one is refused."""
    url = found.database_url
    if if_none is IfNone.MAKE:
        found.need_data_dir()
    elif not exists(url):
        if if_none is IfNone.REFUSE:
            raise SchemaFault("there is no database yet; expected `vigie load FILE.toml` first")
        url = IN_MEMORY
    store = open_store(url, SystemClock().now)
    try:
        if await schema.state(store) is schema.SchemaState.EMPTY:
            await schema.create(store)
        await schema.require_current(store)
        yield store
    finally:
        await store.close()


def on_store(work: Callable[[Store], Awaitable[T]], if_none: IfNone = IfNone.REFUSE) -> T:
    """Do `work` on the database that the settings name."""

    async def go() -> T:
        async with opened(settings(), if_none) as store:
            return await work(store)

    with told():
        return asyncio.run(go())


def load(
    file: Annotated[Path, typer.Argument(help="The contingent file (TOML).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
) -> None:
    """Load the contingent file; prints what was added, changed or left; never deletes anybody."""
    with told():
        parsed = read(file)

    async def work(store: Store) -> Any:
        async with store.begin() as tx:
            return await load_service(tx, parsed, dry_run=dry_run)

    for line in lines(on_store(work, IfNone.PRETEND if dry_run else IfNone.MAKE)):
        typer.echo(line)


def invite(code: Annotated[str, typer.Argument(help="The officer's code in the contingent file.")]) -> None:
    """Print a one-time link for one officer; it works once and expires in 72 hours."""

    async def work(store: Store) -> Any:
        async with store.begin() as tx:
            return await enrol.invite(tx, code, None)

    try:
        made = on_store(work)
    except RefusalError:
        refuse(f"invite: no officer is called {code!r}; expected a code of the contingent file, such as willis")
    typer.echo(f"{made.subject.rank.en} {made.subject.name}")
    if made.link:
        typer.echo(made.link)
    else:
        typer.echo("The bot's name is not known yet (it is after the first `vigie run`): send the bot this message.")
    typer.echo(f"/start {made.code}")
    typer.echo(f"expires {made.expires_at:%Y-%m-%dT%H:%M:%SZ}")


def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Show every officer in exactly one state; the sum is the strength."""

    async def work(store: Store) -> Picture:
        async with store.read() as tx:
            return await picture.picture(tx)

    try:
        found = on_store(work)
    except LookupError:
        refuse("status: no contingent has been loaded; expected `vigie load FILE.toml` first")
    if as_json:
        json.dump(as_plain(found), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _print(found)


def _iso(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def as_plain(found: Picture) -> dict[str, Any]:
    """Return the picture as JSON values; instants are ISO 8601 in UTC."""
    return {
        "contingent": {"en": found.name.en, "fr": found.name.fr},
        "as_of": _iso(found.as_of),
        "not_known_since": _iso(found.known_until),
        "strength": found.strength,
        "counts": {state.value: count for state, count in found.counts},
        "posts": [{"name": post.name.en, "answered": post.answered, "strength": post.strength} for post in found.posts],
        "officers": [
            {
                "code": row.person.code,
                "rank": row.person.rank.en,
                "name": row.person.name,
                "post": row.post,
                "state": row.state.value,
                "since": _iso(row.since),
                "until": _iso(row.until),
                "owner": row.owner.code if row.owner else None,
                "absence": row.absence.value if row.absence else None,
                "to_verify": row.to_verify,
                "unconfirmed": row.unconfirmed,
                "unreachable": row.unreachable,
                "last_checkin": _iso(row.last_checkin),
            }
            for row in found.rows
        ],
    }


def _print(found: Picture) -> None:
    counts = ", ".join(f"{state.value.replace('_', ' ')} {count}" for state, count in found.counts)
    typer.echo(f"{found.name.en}, {_iso(found.as_of)}. Strength {found.strength}: {counts}.")
    if found.known_until is not None:
        typer.echo(f"Telegram is out of reach: not known since {_iso(found.known_until)}.")
    table = Table("officer", "post", "state", "since", "owner", "last check-in")
    for row in found.rows:
        notes = [row.state.value.replace("_", " ")]
        notes += ["verify by voice"] if row.to_verify else []
        notes += ["UNREACHABLE"] if row.unreachable else []
        table.add_row(
            f"{row.person.rank.en} {row.person.name}",
            row.person.post.en,
            ", ".join(notes),
            _iso(row.since) or _iso(row.until) or "",
            row.owner.name if row.owner else "",
            _iso(row.last_checkin) or "",
        )
    Console().print(table)


def _instant(text: str | None, default: datetime, option: str) -> datetime:
    if text is None:
        return default
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"{option}: {text!r} is not a date; expected 2026-11-23 or 2026-11-23T18:00:00+00:00")
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def export(
    what: Annotated[str, typer.Argument(help="checkins, alerts or audit.")],
    form: Annotated[str, typer.Option("--format", help="csv, json or xlsx.")] = "csv",
    since: Annotated[str | None, typer.Option(help="From this date or instant (UTC).")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this date or instant (UTC), not included.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
) -> None:
    """Write check-ins, alerts or the audit to a file or to standard output."""
    faults = []
    if what not in ("checkins", "alerts", "audit"):
        faults.append(f"export: {what!r} is not exported; expected checkins, alerts or audit")
    if form not in ("csv", "json", "xlsx"):
        faults.append(f"--format: {form!r} is not a format; expected csv, json or xlsx")
    if form == "xlsx" and output is None:
        faults.append("-o: expected a file for xlsx, such as -o checkins.xlsx")
    if faults:
        refuse(*faults)
    first = _instant(since, datetime(2000, 1, 1, tzinfo=UTC), "--since")
    last = _instant(until, datetime(9999, 1, 1, tzinfo=UTC), "--until")

    async def work(store: Store) -> bytes:
        async with store.read() as tx:
            return await export_service.export(tx, what, form, first, last)  # type: ignore[arg-type]

    content = on_store(work)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        with told():
            output.write_bytes(content)
        typer.echo(f"{output}: {len(content)} bytes")

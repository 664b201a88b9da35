"""Commands for whoever operates Vigie: migrate, backup, restore, doctor."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from sqlalchemy.exc import OperationalError

from bot.cli.data import on_store
from bot.cli.fault import BAD_INPUT, settings, told
from bot.clock import SystemClock
from bot.config import Settings, SettingsFault
from bot.i18n.catalogue import CatalogueFault, Catalogues
from bot.store import backup as backups
from bot.store import schema
from bot.store.engine import Store, exists, open_store
from bot.store.lock import ProcessLock

# Telegram's clock and ours may differ by this much before "on time" becomes a matter of luck.
CLOCK_SLACK = timedelta(seconds=5)


def migrate() -> None:
    """Bring the database up to this version's schema; make a backup first."""

    async def go() -> None:
        found = settings()
        if not exists(found.database_url):
            raise schema.SchemaFault(schema.WHAT_TO_DO[schema.SchemaState.EMPTY])
        lock = ProcessLock(found.need_data_dir())
        lock.acquire()
        store = open_store(found.database_url, SystemClock().now)
        try:
            before = await schema.migrate(store)
        finally:
            await store.close()
            lock.release()
        typer.echo(f"schema: was {before.value}, is current")

    with told():
        asyncio.run(go())


def backup(file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")]) -> None:
    """Copy the database to a file while Vigie runs."""

    async def work(store: Store) -> None:
        await backups.backup(store, file)

    on_store(work)
    typer.echo(f"{file}: {file.stat().st_size} bytes, integrity ok")


def restore(file: Annotated[Path, typer.Argument(help="A backup that `vigie backup` made.")]) -> None:
    """Put a backup in place, only while Vigie is stopped; messages owed in it are parked, not sent."""

    async def go() -> None:
        found = settings()
        lock = ProcessLock(found.need_data_dir())
        lock.acquire()
        try:
            done = await backups.restore(file, backups.database_file(found.database_url), SystemClock().now)
        finally:
            lock.release()
        if done.kept is not None:
            typer.echo(f"the database before is kept as {done.kept}")
        typer.echo(f"restored from {file}; {done.parked} messages owed in it are parked")

    with told():
        asyncio.run(go())


async def _schema(found: Settings) -> str:
    if not exists(found.database_url):
        return "no database yet, `vigie load` or `vigie run` makes it"
    store = open_store(found.database_url, SystemClock().now)
    try:
        state = await schema.state(store)
        if state is not schema.SchemaState.EMPTY:
            await schema.require_current(store)
    finally:
        await store.close()
    return state.value


async def _telegram(found: Settings) -> str:
    url = f"{found.telegram_api_url}/bot{found.need_token()}/getMe"
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            body = await answer.json()
            if not body.get("ok"):
                raise ValueError(f"{body.get('description')}; expected VIGIE_TELEGRAM_TOKEN as BotFather gave it")
            _compare_clocks(answer.headers.get("Date"))
            return f"@{body['result']['username']}, clock within {CLOCK_SLACK.seconds} s"
    except (TimeoutError, aiohttp.ClientError) as error:
        # The error's own text would carry the URL, and the token in it.
        raise ValueError(
            f"out of reach ({type(error).__name__}); expected an answer from {found.telegram_api_url}"
        ) from None


def _compare_clocks(header: str | None) -> None:
    if header is None:
        return
    theirs = parsedate_to_datetime(header).astimezone(UTC)
    apart = abs(SystemClock().now() - theirs)
    if apart > CLOCK_SLACK:
        raise ValueError(
            f"this machine's clock is {apart.seconds} s away from Telegram's; expected a synchronised clock"
        )


async def _catalogues(_: Settings) -> str:
    Catalogues.load()
    return "both languages complete"


def doctor() -> None:
    """Check settings, schema, catalogues, Telegram and the clock; exit code 0 if all is well, 2 if not."""
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("schema", _schema),
        ("catalogues", _catalogues),
        ("telegram and clock", _telegram),
    ]
    bad = False

    def line(name: str, ok: bool, text: str) -> None:
        typer.echo(f"{'ok ' if ok else 'BAD'}  {name}: {text}", err=not ok)

    async def go(found: Settings) -> bool:
        well = True
        for name, check in checks:
            try:
                line(name, True, await check(found))
            except SettingsFault as fault:
                well = False
                for one in fault.faults:
                    line(name, False, one)
            except OperationalError as fault:
                well = False
                line(name, False, f"the database cannot be used: {fault.orig}")
            except (ValueError, OSError, CatalogueFault, schema.SchemaFault) as fault:
                well = False
                for one in str(fault).splitlines():
                    line(name, False, one)
        return well

    try:
        found = settings()
    except SettingsFault as fault:
        for one in fault.faults:
            line("settings", False, one)
        raise typer.Exit(BAD_INPUT) from None
    line("settings", True, f"data in {found.data_dir}, {SystemClock().now():%Y-%m-%dT%H:%M:%SZ}")
    bad = not asyncio.run(go(found))
    if bad:
        raise typer.Exit(BAD_INPUT)

"""Commands for whoever operates Vigie: migrate, backup, restore, doctor."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Annotated

import aiohttp
import typer

from bot.cli import kept
from bot.cli.database import NONE_YET, IfNone, opened, standing
from bot.cli.fault import BAD_INPUT, DatabaseFault, refuse, settings, told, usable
from bot.cli.output import tell
from bot.cli.reach import mail_server, translation_server
from bot.clock import SystemClock
from bot.config import Settings, SettingsFault
from bot.i18n.catalogue import CatalogueFault, Catalogues
from bot.store import backup as backups
from bot.store import schema
from bot.store.engine import Store, open_store
from bot.store.file import Files
from bot.store.lock import ProcessLock
from bot.store.schema import SchemaFault, SchemaState

# Telegram's clock and ours may differ by this much before "on time" becomes a matter of luck.
CLOCK_SLACK = timedelta(seconds=5)


def migrate() -> None:
    """Bring the database up to this version, after a backup.

    The backup lies beside the database; a migration that fails changes nothing.
    """

    async def go() -> None:
        found = settings()
        if await _standing(found) is SchemaState.EMPTY:
            raise SchemaFault(schema.WHAT_TO_DO[SchemaState.EMPTY])
        with ProcessLock(found.need_data_dir(), found.database_url), usable(found):
            store = open_store(found.database_url, SystemClock().now)
            try:
                if await standing(found) is SchemaState.STALE:
                    tell(await _backed_up(store))
                before = await schema.migrate(store)
            finally:
                await store.close()
        if before is SchemaState.CURRENT:
            tell("schema: is this version's already; nothing was changed")
        else:
            tell("schema: was an older Vigie's, is now this version's")

    with told():
        asyncio.run(go())


async def _backed_up(store: Store) -> str:
    if store.engine.dialect.name != "sqlite":
        return "no backup was taken: that is for the database server's own tools"
    kept = await backups.before_migration(store, SystemClock().now())
    return f"the database as it was is kept as {kept}"


def backup(file: Annotated[str, typer.Argument(help="The file to write; it must not exist.")]) -> None:
    """Copy the database to a new file while Vigie runs.

    Attached files and printed documents are not in it: copy the folder `files` in VIGIE_DATA_DIR beside it, after it.
    """
    if not file:
        refuse("backup: FILE is empty; expected the name of a new file, such as vigie.backup")

    async def go() -> Path:
        found = settings()
        state = await _standing(found)
        # Not only a current one: an older one is backed up before it is migrated.
        if state is SchemaState.EMPTY:
            raise SchemaFault(NONE_YET)
        if state is SchemaState.UNKNOWN:
            raise SchemaFault(schema.WHAT_TO_DO[state])
        store = open_store(found.database_url, SystemClock().now)
        try:
            await backups.backup(store, Path(file))
        finally:
            await store.close()
        return Files(found.data_dir).folder

    with told():
        folder = asyncio.run(go())
    tell(f"{file}: {Path(file).stat().st_size} bytes, integrity ok")
    tell(f"attached files and printed documents are not in it: copy {folder} beside it")


async def _standing(found: Settings) -> SchemaState:
    with usable(found):
        return await standing(found)


def restore(file: Annotated[str, typer.Argument(help="A backup that `vigie backup` made.")]) -> None:
    """Put a backup in place, only while Vigie is stopped.

    The database before is kept; messages owed in the backup are parked, not sent. Then copy the folder `files` back.
    """
    if not file:
        refuse("restore: FILE is empty; expected a backup that `vigie backup` made")

    async def go() -> None:
        found = settings()
        database = backups.database_file(found.database_url)
        with ProcessLock(found.need_data_dir(), found.database_url):
            done = await backups.restore(Path(file), database, SystemClock().now)
        if done.kept is not None:
            tell(f"the database before is kept as {done.kept}")
        owed = "1 message owed in it is" if done.parked == 1 else f"{done.parked} messages owed in it are"
        tell(f"restored from {file}; {owed} parked")
        async with opened(found, IfNone.REFUSE) as store:
            if what := await kept.parked(store):
                tell(f"parked: {what}; {kept.WHY_UNSENT}")
            _, line = await kept.files(store, found.data_dir)
        tell(f"files: {line}")

    with told():
        asyncio.run(go())


async def _schema(found: Settings) -> str:
    state = await _standing(found)
    if state is SchemaState.EMPTY:
        return "no database yet, `vigie load` or `vigie run` makes it"
    if state is not SchemaState.CURRENT:
        raise SchemaFault(schema.WHAT_TO_DO[state])
    return state.value


async def _to_ask(found: Settings) -> bool:
    """Return whether there is a database to ask; what is wrong with one is told once, by the look at its schema."""
    try:
        return await _standing(found) is SchemaState.CURRENT
    except DatabaseFault:
        return False


async def _files(found: Settings) -> str:
    if not await _to_ask(found):
        return "no database to ask"
    async with opened(found, IfNone.REFUSE) as store:
        well, line = await kept.files(store, found.data_dir)
    if not well:
        raise ValueError(line)
    return line


async def _parked(found: Settings) -> str:
    if not await _to_ask(found):
        return "no database to ask"
    async with opened(found, IfNone.REFUSE) as store:
        what = await kept.parked(store)
    return f"{what}; {kept.WHY_UNSENT}" if what else "nothing"


async def _telegram(found: Settings) -> str:
    url = f"{found.telegram_api_url}/bot{found.need_token()}/getMe"
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            body = await answer.json()
            if not body.get("ok"):
                raise ValueError(f"{body.get('description')}; expected VIGIE_TELEGRAM_TOKEN as BotFather gave it")
            _compare_clocks(answer.headers.get("Date"))
            bot = body["result"]
            inline = "" if bot.get("supports_inline_queries") else "; inline mode is off: /setinline at @BotFather"
            return f"@{bot['username']}, clock within {CLOCK_SLACK.seconds} s{inline}"
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


async def _folder(found: Settings) -> str:
    found.check_data_dir()
    return f"{found.data_dir} can be written to"


_CHECKS: dict[str, Callable[[Settings], Awaitable[str]]] = {
    "data folder": _folder,
    "schema": _schema,
    "files": _files,
    "parked by a restore": _parked,
    "catalogues": _catalogues,
    "telegram and clock": _telegram,
    "mail": mail_server,
    "translation": translation_server,
}


def doctor() -> None:
    """Check settings, schema, files, texts, Telegram and the clock.

    Also what a restore has parked, and the servers for mail and translation, where there are any. The exit code is 0
    if all is well, 2 if not.
    """
    try:
        found = settings()
    except SettingsFault:
        _say_bad("settings", _setting_faults())
        raise typer.Exit(BAD_INPUT) from None
    tell(f"ok   settings: {SystemClock().now():%Y-%m-%dT%H:%M:%SZ}")

    async def go() -> bool:
        return all([await _is_well(name, check, found) for name, check in _CHECKS.items()])

    if not asyncio.run(go()):
        raise typer.Exit(BAD_INPUT)


async def _is_well(name: str, check: Callable[[Settings], Awaitable[str]], found: Settings) -> bool:
    try:
        tell(f"ok   {name}: {await check(found)}")
    except SettingsFault as fault:
        return _say_bad(name, fault.faults)
    except OSError as fault:
        return _say_bad(name, [f"{fault.filename or 'the system'}: {fault.strerror or fault}"])
    except (ValueError, CatalogueFault, SchemaFault, DatabaseFault) as fault:
        return _say_bad(name, str(fault).splitlines())
    return True


def _setting_faults() -> list[str]:
    """Return all that is wrong with the settings, a missing token too, which else the look at Telegram tells."""
    try:
        settings(need_token=True)
    except SettingsFault as fault:
        return fault.faults
    return []


def _say_bad(name: str, faults: list[str]) -> bool:
    for one in faults:
        typer.echo(f"BAD  {name}: {one}", err=True)
    return False

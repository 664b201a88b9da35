"""Commands that lay down data: load, invite."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.changes import lines
from bot.cli.database import IfNone, on_store
from bot.cli.fault import refuse, told
from bot.cli.output import tell
from bot.domain.errors import RefusalError
from bot.services import enrol
from bot.services.contingent_file import read
from bot.services.load import load as load_service
from bot.store.engine import Store


def load(
    file: Annotated[Path, typer.Argument(help="The contingent file (TOML).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
) -> None:
    """Load the contingent file and print what changed.

    What was added, changed or left is printed; nobody is ever deleted.
    """
    with told():
        parsed = read(file)

    async def work(store: Store) -> Any:
        async with store.begin() as tx:
            return await load_service(tx, parsed, dry_run=dry_run)

    for line in lines(on_store(work, IfNone.PRETEND if dry_run else IfNone.MAKE)):
        tell(line)


def invite(code: Annotated[str, typer.Argument(help="The officer's code in the contingent file.")]) -> None:
    """Print a link that enrols one officer, once.

    It expires in 72 hours.
    """

    async def work(store: Store) -> Any:
        async with store.begin() as tx:
            return await enrol.invite(tx, code, None)

    try:
        made = on_store(work)
    except RefusalError:
        refuse(f"invite: no officer is called {code!r}; expected a code of the contingent file, such as willis")
    tell(f"{made.subject.rank.en} {made.subject.name}")
    if made.link:
        tell(made.link)
    else:
        tell("The bot's name is not known yet (it is after the first `vigie run`): send the bot this message.")
    tell(f"/start {made.code}")
    tell(f"expires {made.expires_at:%Y-%m-%dT%H:%M:%SZ}")

"""Which servers of the outside world are set: kept as facts, so that nothing is owed that nobody can carry out."""

from typing import Literal

from bot.store import agenda
from bot.store.engine import Tx

Server = Literal["mail", "translation"]


def keep(tx: Tx, server: Server, *, on: bool) -> None:
    """Keep whether a server is set, as Vigie starts."""
    agenda.put_fact(tx, server, "on" if on else "off")


async def is_set(tx: Tx, server: Server) -> bool:
    """Return whether a server was set when Vigie last started."""
    return await agenda.get_fact(tx, server) == "on"

"""What the worker asks of the errands: it never sees the store."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errand import Errand, wait_after
from bot.store import errand as errands
from bot.store.engine import Tx


async def claim(tx: Tx, busy: Collection[tuple[str, str]] = (), full: Collection[str] = ()) -> Errand | None:
    """Take the errand that is longest due, or nothing; none `busy` (kind and subject), none of the kinds `full`."""
    return await errands.claim(tx, busy, full)


def done(tx: Tx, one: Errand) -> None:
    """Write that an errand has been carried out; nothing if it was owed anew, or dropped, meanwhile."""
    errands.done(tx, one)


def later(tx: Tx, one: Errand, why: str, asked: timedelta | None = None) -> None:
    """Write that it is to be tried again; `asked` is how long the other side wants to be left alone."""
    errands.later(tx, one, wait_after(one.attempts + 1, asked), why)


def never(tx: Tx, one: Errand, why: str) -> None:
    """Write that it is given up."""
    errands.never(tx, one, why)


@dataclass(frozen=True)
class Backlog:
    """How many errands wait, since how long the oldest (seconds), and how many were given up in the last weeks."""

    waiting: int
    oldest_s: float
    failed: int


async def backlog(tx: Tx) -> Backlog:
    """Return what waits, and what was given up."""
    waiting, since = await errands.waiting(tx)
    oldest = (tx.now - since).total_seconds() if since is not None else 0.0
    return Backlog(waiting, max(oldest, 0.0), await errands.failed(tx))

"""A worker over a real database, and a carrier that does as it is told and remembers what it did."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.background import Background
from bot.clock import MovableClock
from bot.domain.errand import Errand
from bot.errand.work import Errands
from bot.services.errand import Backlog, backlog
from bot.store import errand as rows
from bot.store.engine import Store
from bot.store.tables import errand as table


@dataclass
class Hand:
    """Carries out anything: `answers` by subject are raised one after the other, then it succeeds.

    Behind a closed door it waits, `kept` ones even when it opens; `inside` says who is there, `most` how many of a
    kind were at once.
    """

    answers: dict[str, deque[Exception]] = field(default_factory=lambda: defaultdict(deque))
    carried: list[str] = field(default_factory=list)
    seen: list[Errand] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    most: int = 0
    door: asyncio.Event | None = None
    kept: dict[str, asyncio.Event] = field(default_factory=dict)

    async def carry_out(self, errand: Errand) -> None:
        self.seen.append(errand)
        self.inside.append(errand.subject)
        self.most = max(self.most, len(self.inside))
        try:
            if self.door is not None:
                await self.door.wait()
            if errand.subject in self.kept:
                await self.kept[errand.subject].wait()
            if self.answers[errand.subject]:
                raise self.answers[errand.subject].popleft()
            self.carried.append(errand.subject)
        finally:
            self.inside.remove(errand.subject)


class House:
    """The worker and its database."""

    def __init__(self, store: Store, clock: MovableClock, background: Background) -> None:
        self.store, self.clock, self.background = store, clock, background
        self.hands: dict[str, Hand] = {kind: Hand() for kind in ("fetch", "print", "mail", "translate")}
        self.worker = self.hire()

    def hire(self) -> Errands:
        """Make a worker, as a new process would."""
        self.worker = Errands(self.store.begin, self.hands, self.background)
        self.store.on_errand = self.worker.wake
        return self.worker

    async def owe(self, *what: str, wait: timedelta = timedelta()) -> None:
        """Owe errands, each `kind:subject`, in this order."""
        async with self.store.begin() as tx:
            for one in what:
                kind, _, subject = one.partition(":")
                rows.owe(tx, kind, subject, wait)

    async def once(self, **later: float) -> int:
        """Let time pass and have the worker carry out what is due."""
        self.clock.move(timedelta(**later))
        return await self.worker.once()

    async def rows(self) -> dict[str, tuple[str, int, str | None]]:
        """Return state, attempts and error of every errand."""
        async with self.store.read() as tx:
            found: list[Any] = list(await tx.read(select(table)))
        return {f"{row.kind}:{row.subject}": (row.state, row.attempts, row.error) for row in found}

    async def backlog(self) -> Backlog:
        async with self.store.read() as tx:
            return await backlog(tx)

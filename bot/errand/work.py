"""The worker: carries out what is owed outside every transaction, and writes what became of it."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import structlog

from bot.domain.errand import Errand, Later, Never, wait_after
from bot.services import Tx, errand

log = structlog.get_logger(__name__)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]
AT_ONCE = 4
LOOK_S = 1.0


class Carrier(Protocol):
    """Carries out errands of one kind."""

    async def carry_out(self, errand: Errand) -> None:
        """Do it; raises Later or Never."""
        ...


class Errands:
    """Looks for what is due and has it carried out."""

    def __init__(self, begin: Begin, carriers: Mapping[str, Carrier]) -> None:
        self._begin, self._carriers = begin, carriers
        self._wake = asyncio.Event()
        self._lock = asyncio.Lock()

    def wake(self) -> None:
        """Say that something is owed."""
        self._wake.set()

    async def run(self) -> None:
        """Carry out until cancelled."""
        while True:
            try:
                while await self.once():
                    pass
            except Exception:
                log.exception("errands_failed")
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_S)
            except TimeoutError:
                continue
            self._wake.clear()

    async def once(self) -> int:
        """Carry out all that is due now; return how many that were."""
        async with self._lock:
            async with self._begin() as tx:
                owed = await errand.due(tx, AT_ONCE)
            await asyncio.gather(*(self._carry_out(one) for one in owed))
            return len(owed)

    async def _carry_out(self, one: Errand) -> None:
        why, wait, lasting = "", wait_after(one.attempts + 1), False
        try:
            await self._carriers[one.kind].carry_out(one)
        except Later as again:
            why, wait = str(again), again.wait or wait
        except Never as end:
            why, lasting = str(end), True
        except Exception as error:
            log.exception("errand_failed", errand=one.id, kind=one.kind)
            why = type(error).__name__
        async with self._begin() as tx:
            if lasting:
                errand.never(tx, one, why)
            elif why:
                errand.later(tx, one, wait, why)
            else:
                errand.done(tx, one)

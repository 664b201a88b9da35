"""The worker: carries out the errands owed, and tries again what failed for a while."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Protocol

import structlog

from bot.background import Background
from bot.domain.errand import Errand, Later, Never
from bot.domain.mail_address import without_addresses
from bot.services import Tx, errand

log = structlog.get_logger(__name__)

# By the monotonic clock; what is owed wakes the worker, so this is for what was put off.
POLL_S = 2.0
# Of one kind, so that a slow mail server never holds up what is to be fetched.
AT_ONCE = 2
# Printing takes memory and a processor, of which the lookout has few.
LIMITS = {"print": 1}
# Twenty megabytes over a bad line take ten minutes; what takes longer hangs.
LONGEST_S = 900.0
# So many attempts take six minutes: longer than a server that restarts.
STUBBORN = 5
# How soon a result that could not be written is tried again. The errand stays in hand: else it would be repeated.
RETRY_S = (0.5, 1.0, 2.0, 5.0)
# How long the end of Vigie waits for what is under way.
REST_S = 5.0

Begin = Callable[[], AbstractAsyncContextManager[Tx]]
Note = Callable[[Tx], None]


class Carrier(Protocol):
    """Carries out the errands of one kind. Killed after the deed and before it is noted, it is asked again."""

    async def carry_out(self, errand: Errand) -> None:
        """Do it, outside every transaction. Raises Later if it may succeed another time, Never if it cannot.

        Anything else that is raised is logged and counts as Later.
        """
        ...


class Errands:
    """Carries out what is due, the longest due first, each kind in its own places. Killed, it owes it still."""

    def __init__(
        self,
        begin: Begin,
        carriers: Mapping[str, Carrier],
        background: Background,
        limits: Mapping[str, int] = LIMITS,
    ) -> None:
        """`carriers` by kind; an errand of any other kind is given up. `limits`: how many of a kind at once."""
        self._begin, self._carriers, self._background, self._limits = begin, carriers, background, limits
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._claiming = asyncio.Lock()
        self._wake = asyncio.Event()
        self._resting = False
        self._ended = 0

    def wake(self) -> None:
        """Say that an errand is owed."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing new was heard of."""
        return not (self._under_way or self._wake.is_set())

    async def run(self) -> None:
        """Carry out errands until cancelled."""
        while True:
            try:
                await self._start_due()
            except Exception:
                log.exception("errands_failed")  # a database that is held by somebody, say: tried again
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._wake.wait()

    async def once(self) -> int:
        """Carry out all that is due now, to the end; return how many attempts that were."""
        before = self._ended
        await self._start_due()
        while self._under_way:
            await asyncio.wait(tuple(self._under_way.values()), return_when=asyncio.FIRST_COMPLETED)
            await self._start_due()
        return self._ended - before

    async def rest(self) -> None:
        """Take up nothing more and let what is under way end, a few seconds at most: broken off it is repeated."""
        self._resting = True
        if self._under_way:
            await asyncio.wait(tuple(self._under_way.values()), timeout=REST_S)

    async def _start_due(self) -> None:
        async with self._claiming:
            self._wake.clear()
            claimed: list[Errand] = []
            async with self._begin() as tx:
                while not self._resting and (one := await self._claim(tx, claimed)):
                    claimed.append(one)
            for one in claimed:
                work = self._carry(one)
                self._under_way[one.kind, one.subject] = self._background.start(work, f"{one.kind} {one.id}")

    async def _claim(self, tx: Tx, claimed: list[Errand]) -> Errand | None:
        # By what they are about and not by their ids: owed anew, an errand waits until its former attempt has ended.
        busy = [*self._under_way, *((one.kind, one.subject) for one in claimed)]
        of_kind = Counter(kind for kind, _ in busy)
        full = [kind for kind, count in of_kind.items() if count >= self._limits.get(kind, AT_ONCE)]
        return await errand.claim(tx, busy, full)

    async def _carry(self, one: Errand) -> None:
        try:
            await self._write(await self._result(one), one)
        finally:
            del self._under_way[one.kind, one.subject]
            self._ended += 1
            self._wake.set()

    async def _result(self, one: Errand) -> Note:
        carrier = self._carriers.get(one.kind)
        try:
            if carrier is None:
                raise Never(f'nobody here carries out "{one.kind}"; its setting may be off')
            async with asyncio.timeout(LONGEST_S):
                await carrier.carry_out(one)
        except Never as refusal:
            log.error("errand_given_up", **_of(one), why=without_addresses(str(refusal)))
            return partial(errand.never, one=one, why=str(refusal))
        except Later as trouble:
            note = log.warning if one.attempts + 1 >= STUBBORN else log.info
            note("errand_put_off", **_of(one), why=without_addresses(str(trouble)))
            return partial(errand.later, one=one, why=str(trouble), asked=trouble.wait)
        except Exception as error:
            log.error("errand_failed", **_of(one), exc_info=error)
            return partial(errand.later, one=one, why=type(error).__name__)
        log.info("errand_done", **_of(one))
        return partial(errand.done, one=one)

    async def _write(self, note: Note, one: Errand) -> None:
        tries = 0
        while True:
            try:
                async with self._begin() as tx:
                    note(tx)
                return
            except Exception as error:
                log.error("errand_cannot_be_noted", **_of(one), exc_info=error)
            await asyncio.sleep(RETRY_S[min(tries, len(RETRY_S) - 1)])
            tries += 1


def _of(one: Errand) -> dict[str, object]:
    return {"errand": one.id, "kind": one.kind, "attempt": one.attempts + 1}

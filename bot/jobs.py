"""The metronome: ticks, upkeep and the heartbeat. State is in the tables, never in a timer."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import monotonic
from bot.domain.line import OUTAGE_WORTH_TELLING, Line
from bot.services import Tx, contact_round, digest, sitrep_agenda, sweep, upkeep
from bot.services import line as line_service
from bot.services.sweep import Swept

log = structlog.get_logger(__name__)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]

UPKEEP_EVERY = timedelta(hours=1)
HEARTBEAT_EVERY = timedelta(minutes=1)
# How often the last contact is written: a restart measures its outage by it.
CONTACT_EVERY_S = 20.0
# How long the end of Vigie waits for a tick.
REST_S = 5.0


class Return(Protocol):
    """Knows since when the line was down that is up again; nothing once people have been told."""

    was_down_since: datetime | None


@dataclass(frozen=True)
class Told:
    """What of the line is in the database and in the outbox already; changed only once that is committed."""

    first: bool = True
    marked_down: bool | None = None  # an earlier run may have left a mark
    down: datetime | None = None
    last_contact: datetime | None = None  # of an earlier run


class Ticker:
    """One tick: see whether answers still wait, tell people about the line, settle what is due."""

    def __init__(
        self,
        begin: Begin,
        line: Callable[[], Line],
        look: Callable[[], Awaitable[None]],
        back: Return,
    ) -> None:
        """`look` asks Telegram at once; `back` says since when the line was down, until people have been told."""
        self._begin, self._line, self._look, self._back = begin, line, look, back
        self._lock = asyncio.Lock()
        self._told = Told()
        self._contact_mono = -CONTACT_EVERY_S
        self.last_good = monotonic()
        self.running_since: float | None = None

    async def tick(self) -> Swept:
        """Carry out one tick; two never run at once."""
        async with self._lock:
            self.running_since = monotonic()
            try:
                await self._mind_the_clock()
                await sweep.distress(self._begin)  # waits for no look at Telegram
                await self._look_if_due()
                line = self._line()  # one view of the line for all that follows
                await self._watch_line(line)
                done = await sweep.tick(self._begin, line)
            finally:
                self.running_since = None
            self.last_good = monotonic()
            if done.overdue or done.climbed or done.failed:
                log.info("swept", **done.__dict__)
            return done

    async def rest(self) -> None:
        """Return once no tick is under way."""
        async with self._lock:
            return

    async def _mind_the_clock(self) -> None:
        async with self._begin() as tx:
            back = await line_service.mind_the_clock(tx)
        if back:
            log.warning("clock_was_set_back", by=str(back))
            if self._line().up:
                await self._look_now()  # when Telegram last held nothing was reckoned by the wrong clock, too

    async def _look_if_due(self) -> None:
        """Ask Telegram once more before judging: the answer may have come since the last look."""
        line = self._line()
        if not line.up:
            return
        async with self._begin() as tx:
            due = await sweep.due_since(tx)
        if due is not None and (line.drained_at is None or line.drained_at < due):
            await self._look_now()

    async def _look_now(self) -> None:
        try:
            async with asyncio.timeout(10):
                await self._look()
        except TimeoutError:
            log.warning("look_took_too_long")

    async def _watch_line(self, line: Line) -> None:
        told, keep, back_since = self._told, False, self._back.was_down_since
        async with self._begin() as tx:
            if told.first:
                told = replace(told, first=False, last_contact=await line_service.last_contact(tx))
                await digest.put_on_agenda(tx)
                await sitrep_agenda.put_on_agenda(tx)
                await contact_round.put_on_agenda(tx)
            if not line.up:
                told = await self._down(tx, line, told)
            elif line.drained_at is not None:
                keep = monotonic() - self._contact_mono > CONTACT_EVERY_S
                told = await self._up(tx, line, told, back_since)
                if keep:
                    line_service.keep_contact(tx, line.drained_at)
        # Only now: what was rolled back has been told to nobody.
        self._told = told
        if keep:
            self._contact_mono = monotonic()
        if line.up and line.drained_at is not None and self._back.was_down_since == back_since:
            self._back.was_down_since = None

    async def _down(self, tx: Tx, line: Line, told: Told) -> Told:
        marked = told.marked_down
        if marked is None:
            marked = await line_service.down_since(tx) is not None
        if not marked:
            line_service.mark_down(tx, line.since)
        down = told.down
        if tx.now - line.since > OUTAGE_WORTH_TELLING and down != line.since:
            line_service.mark_down(tx, line.since)
            await line_service.went_down(tx, line.since)
            down = line.since
        return replace(told, marked_down=True, down=down)

    async def _up(self, tx: Tx, line: Line, told: Told, since: datetime | None) -> Told:
        if told.last_contact is not None and since is not None:
            since = min(since, told.last_contact)
        if told.marked_down is not False:
            line_service.mark_up(tx)
        if since is not None and line.since - since > OUTAGE_WORTH_TELLING:
            await line_service.came_back(tx, since, line.since)
        return replace(told, marked_down=False, last_contact=None)


class Jobs:
    """Runs the ticker and the rest on a schedule, with a watchdog that no wall clock can put to sleep."""

    def __init__(
        self,
        ticker: Ticker,
        begin: Begin,
        every: timedelta,
        heartbeat_url: str | None,
        well: Callable[[], Awaitable[bool]],
    ) -> None:
        """`well` tells whether intake, sweep and courier are all well: only then is the outside switch fed."""
        self._ticker, self._begin, self._every = ticker, begin, every
        self._heartbeat_url, self._well = heartbeat_url, well
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Start ticking; the first tick comes at once."""
        # One late tick is enough for all that were missed, and none is ever skipped for being late.
        how = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._tick, "interval", seconds=self._every.total_seconds(), id="tick", **how)
        self._scheduler.add_job(self._let_go, "interval", seconds=UPKEEP_EVERY.total_seconds(), id="upkeep", **how)
        if self._heartbeat_url is not None:
            self._scheduler.add_job(
                self._heartbeat, "interval", seconds=HEARTBEAT_EVERY.total_seconds(), id="heartbeat", **how
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking; a tick under way is let end, a few seconds at most: broken off it would look like a fault."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ticker.rest(), REST_S)
        self._scheduler.shutdown(wait=False)

    async def watch(self) -> None:
        """Tick by the monotonic clock if the scheduler does not: a wall clock set back an hour stops its intervals."""
        patience = self._every.total_seconds() * 2 + 1
        await self._tick()
        while True:
            await asyncio.sleep(self._every.total_seconds())
            if self._ticker.running_since is None and monotonic() - self._ticker.last_good > patience:
                log.warning("tick_was_late")
                self._scheduler.reschedule_job("tick", trigger="interval", seconds=self._every.total_seconds())
                await self._tick()

    async def _tick(self) -> None:
        try:
            await self._ticker.tick()
        except Exception:
            log.exception("tick_failed")

    async def _let_go(self) -> None:
        async with self._begin() as tx:
            gone = await upkeep.let_go(tx)
        log.info("upkeep", **gone)

    async def _heartbeat(self) -> None:
        """Feed the outside dead-man's switch while all is well; its silence is what calls for help."""
        if self._heartbeat_url is None or not await self._well():
            return
        try:
            timeout = aiohttp.ClientTimeout(total=10)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._heartbeat_url) as answer:
                answer.raise_for_status()
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("heartbeat_failed", error=type(error).__name__)

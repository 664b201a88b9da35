"""The scene in which tests play: the real application over HTTP against the stand-in, and a clock that only we move."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select, text

from bot.app import App
from bot.chat.pace import Pace
from bot.clock import MovableClock, monotonic
from bot.config import load_settings
from bot.demo.telegram import StandIn
from bot.services import box, enrol
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.services.sweep import Swept
from bot.store.tables import errand

# A Monday, 05:00 in Mali: an hour before the 08:00 check-in opens.
DAWN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ROSTER = Path(__file__).parents[1] / "bot" / "demo" / "mali.toml"
IDS = {"lacroix": 1001, "willis": 1002, "hamelin": 1003, "bradshaw": 1004, "deniger": 1005}
PATIENCE_S = 20.0

_ERRANDS_DUE = select(func.count()).where(errand.c.state == "owed", errand.c.not_before <= bindparam("at"))

SAFE = {"en": "✅ I am safe", "fr": "✅ Je suis en sécurité"}


async def until(true: Callable[[], Any], what: str = "what was waited for") -> None:
    """Wait, a bounded time, until a condition of the real program holds."""
    end = monotonic() + PATIENCE_S
    while not true():
        if monotonic() > end:
            raise AssertionError(f"{what} did not come about")
        await asyncio.sleep(0.005)


class Scene:
    """The stand-in, the application and a held clock; `pass_time` is the only way in which time goes on."""

    def __init__(
        self, folder: Path, *, at: datetime = DAWN, roster: str | None = None, poll_s: int = 1, **settings: str
    ) -> None:
        self.clock = MovableClock(at, held=True)
        self.telegram = StandIn(self.clock, strict_rates=False, retry_base=0.05)
        self.folder = folder
        self.roster = roster if roster is not None else ROSTER.read_text(encoding="utf-8")
        self.poll_s = poll_s
        self.settings = settings
        self.app: App = None  # type: ignore[assignment]

    def make_app(self) -> App:
        given = {
            "VIGIE_TELEGRAM_TOKEN": self.telegram.token,
            "VIGIE_TELEGRAM_API_URL": self.telegram.url,
            "VIGIE_DATA_DIR": str(self.folder),
            "VIGIE_WEB_BIND": "127.0.0.1:0",
            **self.settings,
        }
        quick = Pace(overall=(10_000, 10_000), chat=(10_000, 10_000))
        settings = load_settings(given, env_file=None)
        return App(settings, self.clock, poll_s=self.poll_s, down_after=0.2, pace=quick)

    async def open(self, *, reach: bool = True) -> "Scene":
        await self.telegram.start()
        await self.start(reach=reach)
        async with self.app.begin() as tx:
            await load(tx, parse(self.roster, "mali.toml"))
        return self

    async def start(self, *, reach: bool = True) -> None:
        """Start the application, as after a kill; `reach`: wait until Telegram has answered."""
        self.app = self.make_app()
        await self.app.start(tick=False)
        if reach:
            await asyncio.wait_for(self.app.ready.wait(), PATIENCE_S)
            await until(lambda: self.app.tracker.line.up, "the first answer to a poll")

    async def stop(self) -> None:
        await self.app.stop()

    async def close(self) -> None:
        if self.app.lock._file is not None:
            await self.app.stop()
        await self.telegram.stop()

    def phone(self, code: str) -> Any:
        return self.telegram.phone(IDS[code])

    async def invite(self, code: str) -> str:
        async with self.app.begin() as tx:
            return (await enrol.invite(tx, code, None)).code

    async def enrol(self, *codes: str, language: str | None = None) -> None:
        """Have these officers open their invitation and choose a language."""
        for code in codes:
            tongue = language or ("en" if code in ("willis", "bradshaw") else "fr")
            phone = self.telegram.phone(IDS[code], first_name=code.title(), last_name="X", language_code=tongue)
            await phone.start(payload=await self.invite(code))
            await self.settle()
            await phone.press("English" if tongue == "en" else "Français")
            await self.settle()
        await self.tick()

    async def enrol_all(self) -> None:
        await self.enrol(*IDS)

    async def settle(self) -> None:
        """Wait until everything sent has been handled, all that is owed sent, and all due errands tried."""
        end = monotonic() + PATIENCE_S
        while not await self._settled():
            if monotonic() > end:
                left = await self.rows("select kind, state, error from outbox where state in ('owed', 'sending')")
                raise AssertionError(f"not settled: {left}")
            await asyncio.sleep(0.005)

    async def _settled(self) -> bool:
        if self.telegram.pending or not self.app.courier.idle or not self.app.errands.idle:
            return False
        async with self.app.store.read() as tx:
            left = await box.backlog(tx)
            due = (await tx.read(_ERRANDS_DUE, {"at": tx.now}))[0][0]
        boxes = left.inbox == 0 and left.outbox == 0 and self.app.courier.idle and not self.telegram.pending
        return boxes and due == 0 and self.app.errands.idle

    async def tick(self) -> Swept:
        """Carry out one tick as the metronome does, and let everything it owes go out."""
        done = await self.app.ticker.tick()
        await self.settle()
        return done

    async def pass_time(self, *, tick: bool = True, **length: float) -> Swept | None:
        """Let time pass; the metronome strikes at the end."""
        self.clock.move(timedelta(**length))
        self.telegram.moved()
        self.app.errands.wake()
        return await self.tick() if tick else None

    async def to(self, hour: int, minute: int = 0, *, days: int = 0) -> Swept | None:
        """Let time pass until it is `hour`:`minute` UTC (Mali's time) today, or `days` later."""
        now = self.clock.now()
        target = now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days)
        if target <= now:
            raise AssertionError(f"{target} is not ahead of {now}")
        return await self.pass_time(seconds=(target - now).total_seconds())

    async def rows(self, sql: str, **params: Any) -> list[Any]:
        """Read rows with plain SQL: what the database holds, whatever the program says."""
        async with self.app.store.read() as tx:
            return list(await tx.read(text(sql), params))

    async def one(self, sql: str, **params: Any) -> Any:
        return (await self.rows(sql, **params))[0][0]


def texts(phone: Any, since: int = 0) -> list[str]:
    """Return what the bot wrote to a phone after message id `since`, oldest first; non-breaking spaces made plain."""
    told = [one for one in phone.messages if not one.outgoing and one.kind != "service"]
    return [one.text.replace("\xa0", " ") for one in told if one.id > since]


def last_id(phone: Any) -> int:
    return phone.messages[-1].id if phone.messages else 0

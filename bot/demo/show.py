"""The demo: the real bot, the stand-in for Telegram, and the officers' phones already enrolled."""

import asyncio
import secrets
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.app import App
from bot.background import Background
from bot.chat.pace import Pace
from bot.clock import SystemClock
from bot.config import load_settings
from bot.demo.passing import PassingClock
from bot.demo.telegram import StandIn
from bot.domain.ladder import Ladder, Step
from bot.domain.officer import Role
from bot.domain.watch import Watch
from bot.log import setup
from bot.services import enrol
from bot.services.contingent_file import ContingentFile, read
from bot.services.load import load

ROSTER = Path(__file__).parent / "mali.toml"
BOT_ID = 700000001
FIRST_PHONE = 1001
WAIT_S = 20.0
# Telegram's limits are in real seconds; here an hour may pass in one.
RATE = (1000, 1000)
# Today at this time the demo begins: two minutes before the first reminder, so that something happens by itself.
CURTAIN = time(7, 53)
# In this order they open their invitation: those who would be told of each enrolment come last.
ORDER = (Role.LEAD, Role.OFFICER, Role.DEPUTY, Role.COMMANDER)


def hourly(file: ContingentFile) -> ContingentFile:
    """Return the roster with a watch every hour and a quick ladder, made for a clock moved by +1, +15 min or +1 h.

    Each quarter of an hour is a scene of its own: the check-in falls due, the alert, the next step, everyone again.
    """
    watch = Watch(
        code="demo",
        posts=tuple(post.code for post in file.posts),
        times=(),
        days=(),
        every=timedelta(hours=1),
        opens_before=timedelta(minutes=40),
        remind_before=timedelta(minutes=5),
        grace=timedelta(minutes=20),
    )
    waits = [timedelta(minutes=5), timedelta(minutes=10)]
    steps = tuple(Step(step.notify, wait) for step, wait in zip(file.contingent.ladder.steps, waits, strict=True))
    ladder = Ladder(steps, repeat_every=timedelta(minutes=30), resolve_within=timedelta(minutes=30))
    return replace(file, watches=(watch,), contingent=replace(file.contingent, ladder=ladder))


class Show:
    """Starts everything that the demo needs, in a folder of its own that is gone afterwards."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vigie-demo-")
        self.clock = PassingClock(datetime.combine(SystemClock().now(), CURTAIN, UTC))
        self._background = Background()
        # Any page in the visitor's browser can call this machine: one that cannot guess the token gets nowhere.
        token = f"{BOT_ID}:{secrets.token_urlsafe(24)}"
        self.telegram = StandIn(self.clock, token, strict_rates=False)
        self.app: App | None = None

    @property
    def url(self) -> str:
        """The address of the page of phones."""
        return self.telegram.url

    async def start(self, port: int = 0) -> None:
        """Start the stand-in and the bot, load the roster, and have each phone open its invitation."""
        setup("console", "WARNING")
        await self.telegram.start(port)
        settings = load_settings(
            {
                "VIGIE_TELEGRAM_TOKEN": self.telegram.token,
                "VIGIE_TELEGRAM_API_URL": self.telegram.url,
                "VIGIE_DATA_DIR": self._folder.name,
                "VIGIE_WEB_BIND": "127.0.0.1:0",
                "VIGIE_TICK": "1s",
            },
            env_file=None,
        )
        file = hourly(read(ROSTER))
        self.app = App(settings, self.clock, poll_s=2, pace=Pace(overall=RATE, chat=RATE))
        await self.app.start()
        async with self.app.begin() as tx:
            await load(tx, file)
        await asyncio.wait_for(self.app.ready.wait(), WAIT_S)
        posts = {post.code: post.name for post in file.posts}
        for number, officer in enumerate(sorted(file.officers, key=lambda one: ORDER.index(one.role))):
            first, _, last = officer.name.partition(" ")
            phone = self.telegram.phone(
                FIRST_PHONE + number, first_name=first, last_name=last, language_code=officer.language
            )
            phone.label = f"{posts[officer.post].en} · {officer.role.value}"
            async with self.app.begin() as tx:
                made = await enrol.invite(tx, officer.code, None)
            await phone.start(payload=made.code)
            await phone.wait_for(lambda message: bool(message.inline), timeout=WAIT_S)
            await phone.press("English" if officer.language == "en" else "Français")
            await phone.wait_for(lambda message: not message.inline, timeout=WAIT_S)

        await self.app.ticker.tick()  # plans: the first tap of a visitor answers the first check-in
        self._background.start(self.clock.run(self._settle, self._told), "passing_time")

    async def _settle(self) -> bool:
        """Tell everyone what time it is, and have the bot settle what has fallen due."""
        if self.app is None:
            return False
        self.telegram.moved()
        self.telegram.exchange.events.clock(self.clock.now().isoformat())
        done = await self.app.ticker.tick()
        return bool(done.reminded or done.overdue or done.climbed)

    def _told(self) -> bool:
        return self.app is None or self.app.courier.idle

    async def stop(self) -> None:
        """Stop the bot first, then the stand-in; take the folder away."""
        await self._background.stop()
        if self.app is not None:
            await self.app.stop()
        await self.telegram.stop()
        self._folder.cleanup()

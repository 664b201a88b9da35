"""Composition: what Vigie is made of, and in which order it starts and stops."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.background import Background
from bot.chat import routing
from bot.chat.case import Room
from bot.chat.courier import Courier
from bot.chat.desk import Desk
from bot.chat.fetch import Fetch
from bot.chat.intake import ALLOWED, back_off, tell
from bot.chat.letter import Letters
from bot.chat.line import DOWN_AFTER_S, LineTracker
from bot.chat.pace import Pace
from bot.chat.polling import POLL_S, Polling
from bot.chat.press import Seal
from bot.chat.request import AiohttpRequest
from bot.chat.webhook import Webhook
from bot.chat.wire import call
from bot.clock import Clock, monotonic
from bot.config import Settings, SettingsFault
from bot.domain.alert_message import LineDown
from bot.domain.invite import DefaultMenu
from bot.errand.crew import crew
from bot.errand.work import Carrier, Errands
from bot.i18n.catalogue import Catalogues
from bot.jobs import Jobs, Ticker
from bot.services import Tx, box, enrol, errand, outside, upkeep
from bot.services.attachment import FETCH
from bot.store import schema
from bot.store.engine import Store, open_store
from bot.store.file import Files
from bot.store.lock import ProcessLock
from bot.web import health, telegram
from bot.web.health import Health
from bot.web.server import WebServer

log = structlog.get_logger(__name__)

COURIER_PATIENCE_S = 30.0
OWED_PATIENCE_S = 120.0
DESK_PATIENCE_S = 60.0
HELD_PATIENCE_S = 300.0


class App:
    """Vigie, composed. `start` and `stop` are lists in order; everything between is in the parts."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        poll_s: int = POLL_S,
        down_after: float = DOWN_AFTER_S,
        pace: Pace | None = None,
    ) -> None:
        """Put the parts together; nothing is opened yet. What follows the clock is for demo and tests (seconds)."""
        token = settings.need_token()
        self.settings, self.clock = settings, clock
        self.background = Background()
        self.lock = ProcessLock(settings.data_dir, settings.database_url)
        self.store: Store = open_store(settings.database_url, clock.now)
        self.catalogues = catalogues = Catalogues.load()
        seal = Seal(token)
        api = settings.telegram_api_url
        self.bot = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(2),
        )
        self.application = routing.build(self.bot, Room(seal, catalogues))
        self.tracker = LineTracker(clock, down_after)
        self.desk = Desk(self.application, self.begin)
        letters = Letters(catalogues, seal, clock)
        self.files = Files(settings.data_dir)
        self.courier = Courier(self.bot, self.begin, letters, self.background, self._still_true, self.files.get, pace)
        self.store.on_owed = self.courier.wake
        self.errands = Errands(self.begin, self._carriers(), self.background)
        self.store.on_errand = self.errands.wake
        self.webhook: Webhook | None = None
        self.intake: Polling | Webhook = self._intake(poll_s)
        self.ticker = Ticker(self.begin, self.tracker.look, self._look, self.tracker)
        self.jobs = Jobs(self.ticker, self.begin, settings.tick, settings.heartbeat_url, self._well)
        self.web: WebServer | None = None
        self.ready = asyncio.Event()  # set once getMe has answered and updates are handled

    @property
    def begin(self) -> Callable[[], AbstractAsyncContextManager[Tx]]:
        """The write transaction that services are handed."""
        return self.store.begin

    @property
    def bot_id(self) -> int:
        """The bot's numeric id, which its token begins with."""
        return int(self.settings.need_token().partition(":")[0])

    def _carriers(self) -> dict[str, Carrier]:
        """Return who carries out which kind of errand."""
        others = crew(self.settings, self.begin, self.store.read, self.files, self.catalogues)
        return {FETCH: Fetch(self.bot, self.begin, self.files), **others}

    def _still_true(self, kind: str) -> bool:
        return kind != LineDown.kind or not self.tracker.line.up

    def _intake(self, poll_s: int) -> Polling | Webhook:
        parts = (self.bot, self.begin, self.clock, self.tracker)
        if self.settings.webhook_url is None:
            return Polling(*parts, self.background, self.desk.wake, bot_id=self.bot_id, poll_s=poll_s)
        self.webhook = Webhook(*parts, self.desk.wake, self._register, url=self._webhook_url, bot_id=self.bot_id)
        return self.webhook

    @property
    def _webhook_url(self) -> str:
        # The path is ours; an address given without it means the same.
        given = (self.settings.webhook_url or "").rstrip("/")
        return given if given.endswith("/telegram") else f"{given}/telegram"

    async def _register(self) -> None:
        secret = self.settings.webhook_secret
        await call(
            self.bot,
            "setWebhook",
            url=self._webhook_url,
            secret_token=secret.get_secret_value() if secret else "",
            allowed_updates=ALLOWED,
        )

    async def start(self, *, tick: bool = True) -> None:
        """Start, in this order; `tick` False leaves the ticking to a test.

        1. the lock: one Vigie for a database  2. the database, refused if its schema is stale
        3. web, so that health can be asked  4. the sweep  5. the errands  6. Telegram: getMe for as long as it
        takes, then intake, desk and courier
        """
        self.settings.need_data_dir()
        self.lock.acquire()
        try:
            if await schema.state(self.store) is schema.SchemaState.EMPTY:
                await schema.create(self.store)
            await schema.require_current(self.store)
            self.web = self._listen()
        except BaseException:
            await self.store.close()
            self.lock.release()
            raise
        self.web.start(self.background)
        if tick:
            self.jobs.start()
            self.background.start(self.jobs.watch(), "watchdog")
        await self.bot.request.initialize()
        self.background.start(self.errands.run(), "errands")
        self.background.start(self._reach_telegram(), "telegram")
        log.info(
            "started", web=f"http://{self.settings.web_bind.host}:{self.web.port}", intake=type(self.intake).__name__
        )

    def _listen(self) -> WebServer:
        bind = self.settings.web_bind
        try:
            return WebServer(self._routes(), bind.host, bind.port)
        except OSError as error:
            why = f"cannot listen on {bind}: {error.strerror}; expected a free address, such as 127.0.0.1:8081"
            raise SettingsFault([f"VIGIE_WEB_BIND: {why}"]) from None

    def _routes(self) -> list[Route]:
        routes = health.routes(self.health)
        secret = self.settings.webhook_secret
        if self.webhook is not None and secret is not None:
            routes.append(telegram.route(secret.get_secret_value(), self.webhook.receive))
        return routes

    async def _reach_telegram(self) -> None:
        if self.webhook is not None:
            self.background.start(self.webhook.store_waiting(), "webhook")
        self.background.start(self.intake.run(), "intake")
        self.background.start(self.courier.run(), "courier")
        failures = 0
        while True:
            try:
                await self.application.initialize()
                await self._keep_who_we_are()
                break
            except InvalidToken:
                log.critical("telegram_refuses_the_token", expected="VIGIE_TELEGRAM_TOKEN as BotFather gave it")
            except TelegramError as error:
                tell(error, failures + 1)
            except Exception:
                log.exception("start_failed")  # a database that is held by somebody, say: tried again
            failures += 1
            await asyncio.sleep(back_off(failures))
        self.background.start(self.desk.run(), "desk")
        self.ready.set()
        await self._renew_menus()
        log.info("telegram_reached", bot=self.bot.username)

    async def _keep_who_we_are(self) -> None:
        async with self.begin() as tx:
            enrol.keep_username(tx, self.bot.username)
            outside.keep(tx, "mail", on=self.settings.smtp_url is not None)
            outside.keep(tx, "translation", on=self.settings.translate_url is not None)
            for language in ("", "en", "fr"):
                box.owe(tx, DefaultMenu(language), chat=0, key=f"menu:{language}:{self.bot_id}:{DefaultMenu.version}")

    async def _renew_menus(self) -> None:
        """Let phones learn the commands of this version; a roster that cannot be read keeps nobody from being heard."""
        try:
            async with self.begin() as tx:
                await enrol.renew_menus(tx)
        except Exception:
            log.exception("menus_not_renewed")

    async def stop(self) -> None:
        """Stop in the opposite order. What is under way at Telegram or as an errand is owed again at the next start."""
        await self.jobs.stop()
        if self.web is not None:
            await self.web.stop()
        await self.errands.rest()
        await self.background.stop()
        await self.bot.shutdown()
        await self.bot.request.shutdown()
        await self.store.close()
        self.lock.release()

    async def _look(self) -> None:
        await self.intake.look()

    async def health(self) -> Health:
        """Return how Vigie is: reasons why it is not ready, and the figures."""
        now = monotonic()
        line = self.tracker.line
        tick_age = now - self.ticker.last_good
        courier_age = now - self.courier.last_round
        backlog = findings = errands = None
        reasons = []
        try:
            async with self.store.read() as tx:
                backlog = await box.backlog(tx)
                findings = await upkeep.audit(tx, line)
                errands = await errand.backlog(tx)
        except (SQLAlchemyError, OSError) as error:
            # To be told here above all: whoever asks would take an error page for a fault of the question.
            log.error("database_cannot_be_read", error=type(error).__name__)
            reasons.append(f"the database cannot be read: {getattr(error, 'orig', None) or error}")
        if not line.up:
            reasons.append(f"Telegram has been out of reach since {line.since:%Y-%m-%dT%H:%M:%SZ}")
        if tick_age > self.settings.tick.total_seconds() * 3 + 10:
            reasons.append(f"the sweep has not succeeded for {timedelta(seconds=int(tick_age))}")
        if courier_age > COURIER_PATIENCE_S:
            reasons.append(f"the courier has not looked for {timedelta(seconds=int(courier_age))}")
        if backlog and line.up and backlog.oldest_owed_s > OWED_PATIENCE_S:
            reasons.append(f"a message has been owed for {timedelta(seconds=int(backlog.oldest_owed_s))}")
        if backlog and backlog.oldest_update_s > DESK_PATIENCE_S:
            reasons.append(f"an update has waited for the desk for {timedelta(seconds=int(backlog.oldest_update_s))}")
        held = (self.clock.now() - max(line.drained_at or line.since, line.since)).total_seconds() if line.up else 0.0
        if held > HELD_PATIENCE_S:
            reasons.append(f"updates have waited at Telegram for {timedelta(seconds=int(held))}{self.intake.why()}")
        if findings and findings.unheard:
            reasons.append(f"nobody can be told of {findings.unheard} alerts; enrol a lead, a deputy or the commander")
        if findings and (findings.unjudged or findings.stuck):
            reasons.append(f"overlooked: {findings.unjudged} duties, {findings.stuck} alerts")
        figures = health.Figures(
            line_up=float(line.up),
            tick_age_seconds=tick_age,
            courier_age_seconds=courier_age,
            updates_handled=self.desk.handled,
            messages_sent=self.courier.sent,
            inbox_waiting=backlog.inbox if backlog else None,
            inbox_oldest_seconds=backlog.oldest_update_s if backlog else None,
            inbox_failed=backlog.failed if backlog else None,
            outbox_waiting=backlog.outbox if backlog else None,
            outbox_oldest_seconds=backlog.oldest_owed_s if backlog else None,
            errands_waiting=errands.waiting if errands else None,
            errands_oldest_seconds=errands.oldest_s if errands else None,
            errands_failed=errands.failed if errands else None,
            duties_unjudged=findings.unjudged if findings else None,
            alerts_stuck=findings.stuck if findings else None,
            alerts_unheard=findings.unheard if findings else None,
            alerts_open=findings.open if findings else None,
        )
        return Health(tuple(reasons), figures)

    async def _well(self) -> bool:
        return (await self.health()).ready

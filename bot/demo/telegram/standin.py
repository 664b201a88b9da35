"""The stand-in for Telegram, ready to start."""

from aiohttp import web

from bot.clock import Clock
from bot.demo.telegram.botside import BODY, BotSide
from bot.demo.telegram.network import Network
from bot.demo.telegram.profile import Profile
from bot.demo.telegram.visitor import Visitor

HOST = "127.0.0.1"


class StandIn(Network):
    """A Bot API server for one bot, with phones to talk to it; it listens on the loopback interface only."""

    def __init__(
        self,
        clock: Clock,
        token: str = "700000001:demo-token",  # noqa: S107 (opens nothing but this stand-in)
        username: str = "vigie_demo_bot",
        strict_rates: bool = True,
        *,
        name: str = "Vigie",
        retry_base: float = 2.0,
    ) -> None:
        """Take the clock shared with the bot; `retry_base` is the webhook's first pause in seconds."""
        profile = Profile(int(token.partition(":")[0]), name, username)
        super().__init__(clock, profile, strict_rates=strict_rates, retry_base=retry_base)
        self.token = token
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def start(self, port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        app = web.Application(client_max_size=BODY)
        app.add_routes(BotSide(self.exchange, self.delivery, self.faults, self.token).routes())
        app.add_routes(Visitor(self).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cut what waits and stop listening."""
        self.exchange.events.close()
        await self.delivery.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Return the address for `VIGIE_TELEGRAM_API_URL`."""
        return f"http://{HOST}:{self._port}"

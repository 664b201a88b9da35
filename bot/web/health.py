"""Health for those who watch the machine: is the process there, does it do its work, and the figures behind it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


@dataclass(frozen=True)
class Health:
    """How Vigie is. `reasons` says in words why it is not ready; `figures` are gauges by name."""

    reasons: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether Telegram is reached and sweep and courier are on time."""
        return not self.reasons


HELP = {
    "vigie_ready": "1 while Telegram is reached and sweep and courier are on time",
    "vigie_line_up": "1 while Telegram is reached",
    "vigie_tick_age_seconds": "Seconds since the last sweep succeeded",
    "vigie_courier_age_seconds": "Seconds since the courier last looked at the outbox",
    "vigie_inbox_waiting": "Updates stored and not yet handled",
    "vigie_inbox_failed": "Updates set aside because their handling failed",
    "vigie_outbox_waiting": "Messages owed and not yet sent",
    "vigie_outbox_oldest_seconds": "Age of the oldest message owed",
    "vigie_updates_handled": "Updates handled since the start",
    "vigie_messages_sent": "Messages sent since the start",
    "vigie_duties_unjudged": "Duties past their deadline that nobody judged; anything but 0 is a fault",
    "vigie_alerts_stuck": "Open alerts that should have moved and did not; anything but 0 is a fault",
    "vigie_alerts_open": "Alerts that are not closed",
}


def routes(look: Callable[[], Awaitable[Health]]) -> list[Route]:
    """Return /healthz, /readyz and /metrics; `look` tells how Vigie is now."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        health = await look()
        body = {"ready": health.ready, "reasons": list(health.reasons)}
        return JSONResponse(body, status_code=200 if health.ready else 503)

    async def metrics(_: Request) -> Response:
        health = await look()
        registry = CollectorRegistry()
        for name, value in {"vigie_ready": float(health.ready), **health.figures}.items():
            Gauge(name, HELP[name], registry=registry).set(value)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_1_0_0)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]

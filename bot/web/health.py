"""Health for those who watch the machine: is the process there, does it do its work, and the figures behind it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


def _gauge(meaning: str) -> Any:
    return field(metadata={"help": meaning})


@dataclass(frozen=True)
class Figures:
    """The gauges behind the health; each field is `vigie_<field>` to Prometheus, described where it stands.

    What only the database tells is None while that cannot be read: no figure is better than an old one.
    """

    line_up: float = _gauge("1 while Telegram is reached")
    tick_age_seconds: float = _gauge("Seconds since the last sweep succeeded")
    courier_age_seconds: float = _gauge("Seconds since the courier last looked at the outbox")
    updates_handled: float = _gauge("Updates handled since the start")
    messages_sent: float = _gauge("Messages sent since the start")
    inbox_waiting: float | None = _gauge("Updates stored and not yet handled")
    inbox_oldest_seconds: float | None = _gauge("Age of the oldest update that is stored and not yet handled")
    inbox_failed: float | None = _gauge("Updates set aside because their handling failed")
    outbox_waiting: float | None = _gauge("Messages owed and not yet sent")
    outbox_oldest_seconds: float | None = _gauge("Age of the oldest message owed")
    errands_waiting: float | None = _gauge("Errands (files, mail, translations) owed and not yet carried out")
    errands_oldest_seconds: float | None = _gauge("Age of the oldest errand owed")
    errands_failed: float | None = _gauge("Errands given up in the last 30 days")
    duties_unjudged: float | None = _gauge("Duties past their deadline that nobody judged; anything but 0 is a fault")
    alerts_stuck: float | None = _gauge("Open alerts that should have moved and did not; anything but 0 is a fault")
    alerts_unheard: float | None = _gauge("Open alerts that nobody can be told of; anything but 0 is a fault")
    alerts_open: float | None = _gauge("Alerts that are not closed")


@dataclass(frozen=True)
class Health:
    """How Vigie is. `reasons` says in words why it is not ready."""

    reasons: tuple[str, ...]
    figures: Figures

    @property
    def ready(self) -> bool:
        """Whether Telegram is reached and sweep and courier are on time."""
        return not self.reasons


def _text(health: Health) -> bytes:
    registry = CollectorRegistry()
    ready = Gauge("vigie_ready", "1 while Telegram is reached and sweep and courier are on time", registry=registry)
    ready.set(health.ready)
    for one in fields(health.figures):
        value = getattr(health.figures, one.name)
        if value is not None:
            Gauge(f"vigie_{one.name}", one.metadata["help"], registry=registry).set(value)
    text: bytes = generate_latest(registry)
    return text


def routes(look: Callable[[], Awaitable[Health]]) -> list[Route]:
    """Return /healthz, /readyz and /metrics; `look` tells how Vigie is now."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        health = await look()
        body = {"ready": health.ready, "reasons": list(health.reasons)}
        return JSONResponse(body, status_code=200 if health.ready else 503)

    async def metrics(_: Request) -> Response:
        return Response(_text(await look()), media_type=CONTENT_TYPE_PLAIN_1_0_0)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]

"""The webhook: checked, stored, and only then answered 200."""

import hmac
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

log = structlog.get_logger(__name__)

# Telegram's updates are a few kilobytes; whoever sends more is not Telegram.
BODY_LIMIT = 256 * 1024
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def route(secret: str, receive: Callable[[bytes], Awaitable[bool]]) -> Route:
    """Return /telegram; `receive` stores a body and returns whether it was an update."""

    async def telegram(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            log.warning("webhook_secret_wrong")
            return PlainTextResponse("forbidden\n", status_code=403)
        body = b""
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    return PlainTextResponse("too large\n", status_code=413)
        except ClientDisconnect:
            return PlainTextResponse("", status_code=400)
        try:
            stored = await receive(body)
        except Exception:
            # Already logged where it happened; Telegram delivers the update again.
            return PlainTextResponse("try again\n", status_code=503)
        if not stored:
            log.warning("webhook_body_is_no_update", size=len(body))
            return PlainTextResponse("not an update\n", status_code=400)
        return PlainTextResponse("")

    return Route("/telegram", telegram, methods=["POST"])

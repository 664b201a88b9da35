"""The HTTP server, inside the event loop of Vigie."""

import asyncio
import contextlib
import socket
from collections.abc import Generator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.background import Background


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals to Vigie, which has more to put down than a server."""
        yield


class WebServer:
    """Serves routes until stopped."""

    def __init__(self, routes: Sequence[Route], host: str, port: int) -> None:
        """Bind at once, so that a port in use is a clear error at the start; port 0 takes a free one."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        config = uvicorn.Config(
            Starlette(routes=list(routes)),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
        self._server = _Server(config)
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._socket.getsockname()[1])

    def start(self, background: Background) -> None:
        """Serve in the background."""
        self._task = background.start(self._server.serve(sockets=[self._socket]), "web")

    async def stop(self) -> None:
        """Finish what is under way, a few seconds at most, and stop listening."""
        self._server.should_exit = True
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        self._socket.close()

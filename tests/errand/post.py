"""A real SMTP server on this machine, in the test's own loop, which refuses what it is told to."""

import asyncio
import shutil
import ssl
import subprocess
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="no openssl here to make a certificate: TLS is not tried")

USER, PASSWORD = "vigie@example.org", "p:/%é hunter2"


@dataclass(frozen=True)
class Certificate:
    """A certificate for `localhost` that nobody but its file vouches for."""

    file: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(made.key), "-out", str(made.file)]
    subprocess.run([str(OPENSSL), *request.split(), *named], check=True, capture_output=True)
    return made


@dataclass(frozen=True)
class Received:
    """One mail that the server took."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    over_tls: bool
    user: str | None

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


class Post:
    """What the server does: takes mail, unless `refusals` of a verb (or of a recipient) has an answer left.

    `away`: it hangs up on everybody.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.refusals: dict[str, deque[str]] = defaultdict(deque)
        self.names: list[str] = []
        self.port = 0
        self.away = False

    def _answer(self, about: str) -> str | None:
        return self.refusals[about].popleft() if self.refusals[about] else None

    async def handle_EHLO(  # noqa: N802 (the library's names)
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.names.append(name)
        return answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self._answer("MAIL"):
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self._answer(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        refusal = self._answer("DATA")
        if refusal == "vanish":
            server.transport.close()
            return ""
        if refusal:
            return refusal
        content = envelope.original_content or b""
        user = session.auth_data.decode() if isinstance(session.auth_data, bytes) else None
        recipients = tuple(map(str, envelope.rcpt_tos))
        self.received.append(Received(str(envelope.mail_from), recipients, content, session.ssl is not None, user))
        return "250 taken"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._answer("QUIT"):
            server.transport.close()
        return "221 goodbye"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False, auth_data=data.login if known else None)


class Absent(asyncio.Protocol):
    """Hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@asynccontextmanager
async def post_office(
    certificate: Certificate | None = None, *, at_once: bool = False, login: bool = False
) -> AsyncIterator[Post]:
    """Open the server: with a certificate it offers STARTTLS, or speaks TLS `at_once`; `login` asks for one."""
    loop = asyncio.get_running_loop()
    post = Post()

    def answer() -> asyncio.Protocol:
        if post.away:
            return Absent()
        context = certificate.server() if certificate and not at_once else None
        login_with: dict[str, Any] = {"authenticator": post.authenticate} if login else {}
        if login:
            # The library knows only of the TLS that STARTTLS began.
            login_with |= {"auth_require_tls": False} if at_once else {"auth_required": True}
        return SMTP(post, hostname="post.example.org", tls_context=context, loop=loop, **login_with)

    secure = certificate.server() if certificate and at_once else None
    server = await loop.create_server(answer, "127.0.0.1", 0, ssl=secure)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def scripted(greeting: bytes | None = b"220 post", **answers: bytes) -> AsyncIterator[int]:
    """A server that answers each verb with these very bytes, else 250; without a greeting it says nothing at all."""
    held: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)
        if greeting is None:
            return
        writer.write(greeting + b"\r\n")
        while line := await reader.readline():
            verb = line[:4].decode().strip().upper()
            writer.write(answers.get(verb, b"250 OK") + b"\r\n")

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        for one in held:
            one.close()
        server.close()
        await server.wait_closed()

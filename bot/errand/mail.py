"""Mail by SMTP: one message to several people, under an id that is the same at every attempt."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage

import aiosmtplib
from aiosmtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from bot.config.relay import Relay
from bot.domain.errand import Errand, Later, Never
from bot.domain.mail_address import is_address

# A server answers a command within seconds, even over a satellite.
TIMEOUT_S = 30.0
# RFC 5321, 4.5.3.2.6, grants a server ten minutes for the end of a message; and it has to get there first.
DATA_TIMEOUT_S = 600.0
# The mail is on its way already: a server that does not say goodbye is left alone.
QUIT_TIMEOUT_S = 2.0

# What goes wrong before the mail is spoken of is put right by whoever set the server up, or by itself.
_TROUBLE = (SMTPException, OSError)


@dataclass(frozen=True)
class Enclosed:
    """One file that goes with a mail; `type` such as `application/pdf`."""

    name: str
    type: str
    content: bytes = field(repr=False)


class NoServer(Later):
    """The server cannot be reached, or lets us say nothing: no judgement of the mail."""


class NotNow(Later):
    """The server will not take the mail for now, in its own words."""


@dataclass(frozen=True)
class Mail:
    """One mail, whole; `at` is its date. `message_id` is made by `message_id`, so that a repeated mail is known.

    `to` is who stands in it, where these are more than its `recipients`: some have it already.
    """

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    at: datetime
    message_id: str
    files: tuple[Enclosed, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Somebody whom the mail did not reach: the server's line, and whether it may pass."""

    recipient: str
    line: str
    passing: bool


def message_id(errand: Errand, sender: str) -> str:
    """Return the Message-ID of what an errand mails: the same when it is tried again, another when owed anew."""
    return f"<{errand.kind}.{errand.id}@{_domain(sender)}>"


class Mailer:
    """Hands mail to one server."""

    def __init__(self, relay: Relay, tls: ssl.SSLContext | None = None) -> None:
        """`tls` instead of the machine's own trust in certificates (which SSL_CERT_FILE widens)."""
        self._relay, self._tls = relay, tls

    async def send(self, mail: Mail) -> tuple[Refused, ...]:
        """Send a mail to all its recipients; return those whom the server refused, if not all in the same way.

        Raises NoServer, NotNow if nobody got it and all may another time, Never if the mail or everybody is refused.
        """
        misspelt = [Refused(one, "is not an e-mail address", False) for one in mail.recipients if not is_address(one)]
        sound = [one for one in mail.recipients if is_address(one)]
        if not sound:
            raise Never(_told(misspelt) or "the mail has no recipient")
        message = compose(mail)
        async with self._connected(_domain(mail.sender)) as server:
            try:
                said, _ = await server.send_message(
                    message, sender=mail.sender, recipients=sound, timeout=DATA_TIMEOUT_S
                )
            except SMTPRecipientsRefused as refusal:
                everybody = [*misspelt, *(_refused(one.recipient, one) for one in refusal.recipients)]
                if all(one.passing for one in everybody):
                    raise NotNow(_told(everybody)) from None
                if not any(one.passing for one in everybody):
                    raise Never(_told(everybody)) from None
                return tuple(everybody)
            except SMTPResponseException as refusal:
                raise _sorted(refusal) from None
            except _TROUBLE as error:
                raise NoServer(f"the mail server was lost ({type(error).__name__})") from None
        return (*misspelt, *(_refused(recipient, answer) for recipient, answer in said.items()))

    async def greet(self, sender: str) -> None:
        """Connect and log in as for a mail from `sender`, and leave again. Raises NoServer with what is wrong."""
        async with self._connected(_domain(sender)):
            pass

    @asynccontextmanager
    async def _connected(self, name: str) -> AsyncIterator[aiosmtplib.SMTP]:
        relay = self._relay
        server = aiosmtplib.SMTP(
            hostname=relay.host,
            port=relay.port,
            use_tls=relay.tls == "at once",
            start_tls=relay.tls == "starttls",
            tls_context=self._tls,
            username=relay.user,
            password=relay.password.get_secret_value() if relay.password else None,
            local_hostname=name,
            timeout=TIMEOUT_S,
        )
        try:
            try:
                await server.connect()
                if server.is_ehlo_or_helo_needed:
                    await server.ehlo()
            except SMTPAuthenticationError as error:
                # Without the server's text, in which some repeat what was sent.
                raise NoServer(f"the mail server refuses the login ({error.code})") from None
            except SMTPResponseException as error:
                raise NoServer(f"the mail server turns us away: {_line(error.code, error.message)}") from None
            except _TROUBLE as error:
                raise NoServer(f"the mail server cannot be used: {error}") from None
            yield server
            with suppress(*_TROUBLE):
                await server.quit(timeout=QUIT_TIMEOUT_S)
        finally:
            server.close()


def compose(mail: Mail) -> EmailMessage:
    """Return the mail as it is sent: 7-bit whatever it says, because not every server on the way takes more."""
    message = EmailMessage(policy.SMTP)
    message["From"] = mail.sender
    message["To"] = ", ".join(one for one in mail.to or mail.recipients if is_address(one))
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = mail.at
    message["Message-ID"] = mail.message_id
    # RFC 3834: so that nobody's "I am on leave" comes back.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    for one in mail.files:
        main, _, sub = (one.type if "/" in one.type else "application/octet-stream").partition("/")
        message.add_attachment(one.content, main, sub, filename=_one_line(one.name))
    return message


def _domain(address: str) -> str:
    return address.partition("@")[2]


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _line(code: int, text: str) -> str:
    # The library keeps what is not UTF-8 as half characters.
    return f"{code} {text.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')}"


def _refused(recipient: str, answer: aiosmtplib.SMTPResponse | SMTPResponseException) -> Refused:
    return Refused(recipient, _line(answer.code, answer.message), not _for_good(answer.code))


def _for_good(code: int) -> bool:
    return 500 <= code < 600


def _sorted(refusal: SMTPResponseException) -> NotNow | Never:
    line = _line(refusal.code, refusal.message)
    return Never(line) if _for_good(refusal.code) else NotNow(line)


def _told(refused: list[Refused]) -> str:
    return "; ".join(f"{one.recipient}: {one.line}" for one in refused)

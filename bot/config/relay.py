"""The mail server that the settings name; a fault says what is expected and repeats no secret."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import SecretStr

from bot.domain.mail_address import is_address

Tls = Literal["starttls", "at once", "never"]

SUCH = "such as smtp://user:password@mail.example.org:587"
_PORTS: dict[Tls, int] = {"starttls": 587, "at once": 465, "never": 25}


@dataclass(frozen=True)
class Relay:
    """The server that takes our mail; `tls`: by STARTTLS before anything else is said, at once (smtps://), or never."""

    host: str
    port: int
    tls: Tls
    user: str | None = field(default=None, repr=False)
    password: SecretStr | None = None

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def relay(value: Any) -> Relay:
    """Return the mail server that an address names; raises ValueError if it names none."""
    if isinstance(value, Relay):
        return value
    text = str(value)
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"[!-~]+", text) or parts.path not in ("", "/") or "#" in text:
        raise ValueError(
            f"is not the address of a mail server; expected smtp:// or smtps://, {SUCH}; "
            "in user and password @ is written %40, / %2F, : %3A, % %25"
        )
    tls = _tls(parts)
    user, password = _login(parts)
    host = str(parts.hostname)
    if tls == "never" and password is not None and not _is_here(host):
        raise ValueError("would send its password in the clear with tls=never; expected only one of the two")
    return Relay(host, parts.port or _PORTS[tls], tls, user, password)


def _tls(parts: SplitResult) -> Tls:
    match (parts.scheme, parts.query):
        case ("smtps", ""):
            return "at once"
        case ("smtp", ""):
            return "starttls"
        case ("smtp", "tls=never"):
            return "never"
    raise ValueError('has something after "?" that says nothing here; expected tls=never after smtp://, or nothing')


def _login(parts: SplitResult) -> tuple[str | None, SecretStr | None]:
    if parts.username is None:
        return None, None
    user, password = unquote(parts.username), unquote(parts.password or "")
    if not user or not password or not (user + password).isprintable():
        raise ValueError(f"has a user without password, or the other way round; expected both or neither, {SUCH}")
    return user, SecretStr(password)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address(value: str) -> str:
    """Return the address if it is one; else ValueError."""
    if not is_address(value):
        # Not repeated: the neighbouring setting, put here by mistake, has a password in it.
        raise ValueError("is not an e-mail address alone; expected one such as vigie@example.org")
    return value

"""What the value of each setting must look like; a fault says what is expected and repeats no secret."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain import duration

TELEGRAM = "https://api.telegram.org"
TICK_SHORTEST = timedelta(seconds=0.2)
TICK_LONGEST = timedelta(seconds=60)

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SUCH = "such as sqlite+aiosqlite:////var/lib/vigie/vigie.db"
DATABASE = f"expected sqlite+aiosqlite:// or postgresql+…://, {SUCH}"
BOTFATHER = "expected what @BotFather gives, such as 123456789:AAE-the-rest"


@dataclass(frozen=True)
class Bind:
    """Where the web server listens; port 0 takes a free one. An IPv6 `host` is without its brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def tick(value: Any) -> timedelta:
    """Return how often the sweep looks; raises ValueError outside its range."""
    step = value if isinstance(value, timedelta) else duration.parse(str(value))
    if not TICK_SHORTEST <= step <= TICK_LONGEST:
        raise ValueError(f'"{duration.spell(step)}" is out of range; expected 0.2s to 60s, such as 5s')
    return step


def token(value: SecretStr) -> SecretStr:
    """Return the bot's token if it looks like one; else ValueError."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{10,}", value.get_secret_value()):
        raise ValueError(f"is not a bot token; {BOTFATHER}")
    return value


def secret(value: SecretStr) -> SecretStr:
    """Return the webhook's secret if Telegram takes such a one; else ValueError."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("is not a webhook secret; expected 1 to 256 characters of A-Z a-z 0-9 _ -, such as kP3_x-9Qz")
    return value


def _url(value: str, example: str) -> str:
    # The value is not repeated: an address may carry a password or a key.
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or re.search(r"\s", value):
        raise ValueError(f"is not a web address; expected http:// or https:// and a host, such as {example}")
    return value


def api_url(value: str) -> str:
    """Return the Bot API server's address if it is one, without a slash at the end; else ValueError."""
    return _no_slash(_url(value, TELEGRAM), TELEGRAM)


def translate_url(value: str) -> str:
    """Return the translation server's address if it is one, without a slash at the end; else ValueError."""
    example = "https://translate.example.org"
    return _no_slash(_url(value, example), example)


def _no_slash(value: str, example: str) -> str:
    # Its paths are put after it.
    if value.endswith("/"):
        raise ValueError(f"ends in a slash; expected none, such as {example}")
    return value


def webhook_url(value: str) -> str:
    """Return the webhook's address if it is one; else ValueError."""
    return _url(value, "https://vigie.example.org/telegram")


def heartbeat_url(value: str) -> str:
    """Return the heartbeat's address if it is one; else ValueError."""
    return _url(value, "https://hc-ping.com/your-check")


def database_url(value: str) -> str:
    """Return SQLAlchemy's address of a database that Vigie can use here; else ValueError."""
    # The value is not repeated: an address may carry a password.
    if not re.match(r"(sqlite\+aiosqlite|postgresql\+[a-z0-9]+)://", value):
        raise ValueError(f"is not a database address; {DATABASE}")
    try:
        url = make_url(value)
        dialect = url.get_dialect()
        dialect.import_dbapi()
    except ImportError as error:
        raise ValueError(f"needs the driver {error.name}, which is not installed here; {DATABASE}") from None
    except (ArgumentError, ValueError):
        raise ValueError(f"is not a database address that can be read; {DATABASE}") from None
    if not dialect.is_async:
        raise ValueError("names a driver that Vigie cannot use; expected sqlite+aiosqlite:// or postgresql+asyncpg://")
    if url.get_backend_name() != "sqlite":
        return value
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ValueError(f"names no file, and what is loaded would be gone at once; expected the path of one, {SUCH}")
    folder = Path(url.database).parent
    if not folder.is_dir():
        raise ValueError(f'the folder "{folder}" is not there; expected a folder that Vigie may write to')
    return value


def data_dir(value: Path) -> Path:
    """Return the folder, which may still be missing, unless something else has its name: ValueError."""
    if value.exists() and not value.is_dir():
        raise ValueError(f'"{value}" is not a folder; expected a folder that Vigie may write to, such as ./data')
    return value


def bind(value: Any) -> Bind:
    """Return host and port; raises ValueError if they are none."""
    if isinstance(value, Bind):
        return value
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):([0-9]{1,5})", str(value))
    if found is None or int(found[3]) > 65535:
        raise ValueError(f'"{value}" is not an address; expected host:port, such as 127.0.0.1:8080 or [::1]:8080')
    return Bind(found[1] or found[2], int(found[3]))


def log_format(value: Any) -> Any:
    """Return how log lines look; else ValueError."""
    if value not in ("console", "json"):
        raise ValueError(f'"{value}" is not a log format; expected console or json')
    return value


def log_level(value: Any) -> Any:
    """Return the level in capitals; else ValueError."""
    level = str(value).upper()
    if level not in _LEVELS:
        raise ValueError(f'"{value}" is not a log level; expected one of {", ".join(_LEVELS)}, such as INFO')
    return level

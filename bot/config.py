"""The settings: the only place that reads the environment, once; every fault is told at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.domain import duration
from bot.domain.hint import near
from bot.domain.redact import redact

PREFIX = "VIGIE_"
TELEGRAM = "https://api.telegram.org"

# These may also come from a file, `VIGIE_X_FILE`, as container platforms hand out secrets.
FROM_FILE = ("telegram_token", "webhook_secret", "database_url", "heartbeat_url")

TICK_SHORTEST = timedelta(seconds=0.2)
TICK_LONGEST = timedelta(seconds=60)

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_BOTFATHER = "expected what @BotFather gives, such as 123456789:AAE-the-rest"
# Kubernetes sets these by itself for a Service that is called "vigie".
_SERVICE_LINK = re.compile(r"VIGIE_(SERVICE_(HOST|PORT(_.*)?)|PORT(_[0-9].*)?)")


class SettingsFault(Exception):  # noqa: N818 - the word of the design
    """The settings cannot be used; `faults` has one line for each reason."""

    def __init__(self, faults: list[str]) -> None:
        # A value told back may hold anything: a line break, or the token in the wrong variable.
        self.faults = [redact(" ".join(fault.split())) for fault in faults]
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Bind:
    """Where the web server listens; port 0 takes a free one. An IPv6 `host` is without its brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _tick(value: Any) -> timedelta:
    tick = value if isinstance(value, timedelta) else duration.parse(str(value))
    if not TICK_SHORTEST <= tick <= TICK_LONGEST:
        raise ValueError(f'"{duration.spell(tick)}" is out of range; expected 0.2s to 60s, such as 5s')
    return tick


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{10,}", value.get_secret_value()):
        raise ValueError(f"is not a bot token; {_BOTFATHER}")
    return value


def _secret(value: SecretStr) -> SecretStr:
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


def _api_url(value: str) -> str:
    _url(value, TELEGRAM)
    if value.endswith("/"):
        raise ValueError(f"ends in a slash; expected none, such as {TELEGRAM}")
    return value


def _webhook_url(value: str) -> str:
    return _url(value, "https://vigie.example.org/telegram")


def _heartbeat_url(value: str) -> str:
    return _url(value, "https://hc-ping.com/your-check")


def _database_url(value: str) -> str:
    if not re.match(r"(sqlite\+aiosqlite|postgresql\+[a-z0-9]+)://", value):
        raise ValueError(
            "is not a database address; expected sqlite+aiosqlite:// or postgresql+…://, "
            "such as sqlite+aiosqlite:////var/lib/vigie/vigie.db"
        )
    return value


def _data_dir(value: Path) -> Path:
    if value.exists() and not value.is_dir():
        raise ValueError(f'"{value}" is not a folder; expected a folder that Vigie may write to, such as ./data')
    return value


def _bind(value: Any) -> Bind:
    if isinstance(value, Bind):
        return value
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):([0-9]{1,5})", str(value))
    if found is None or int(found[3]) > 65535:
        raise ValueError(f'"{value}" is not an address; expected host:port, such as 127.0.0.1:8080 or [::1]:8080')
    return Bind(found[1] or found[2], int(found[3]))


def _log_format(value: Any) -> Any:
    if value not in ("console", "json"):
        raise ValueError(f'"{value}" is not a log format; expected console or json')
    return value


def _log_level(value: Any) -> Any:
    level = str(value).upper()
    if level not in _LEVELS:
        raise ValueError(f'"{value}" is not a log level; expected one of {", ".join(_LEVELS)}, such as INFO')
    return level


class Settings(BaseSettings):
    """What the operator decides; made by `load_settings`, read once and handed in."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="The bot's token from @BotFather; `vigie demo` needs none."
    )
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        TELEGRAM, description="The Bot API server, without a slash at the end; Telegram's or your own."
    )
    data_dir: Annotated[Path, AfterValidator(_data_dir)] = Field(
        Path("./data"), description="The folder for the database and what else Vigie keeps."
    )
    database_url: str = Field(
        "", repr=False, description="SQLAlchemy address of the database; by default SQLite in VIGIE_DATA_DIR."
    )
    tick: Annotated[timedelta, BeforeValidator(_tick)] = Field(
        timedelta(seconds=5), description="How often the sweep looks for what is due: 0.2s to 60s."
    )
    web_bind: Annotated[Bind, BeforeValidator(_bind)] = Field(
        Bind("127.0.0.1", 8080), description="Where the web server listens, host:port; port 0 takes a free one."
    )
    webhook_url: Annotated[str, AfterValidator(_webhook_url)] | None = Field(
        None, description="The address at which Telegram reaches `/telegram`; without it Vigie polls."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        None, description="What Telegram sends with each webhook call; set together with VIGIE_WEBHOOK_URL."
    )
    heartbeat_url: Annotated[str, AfterValidator(_heartbeat_url)] | None = Field(
        None, repr=False, description="An outside dead-man's switch, pinged while intake, sweep and courier are well."
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_log_format)] = Field(
        "console", description="How log lines look: console or json."
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_log_level)] = Field(
        "INFO", description="The least grave log lines that are written."
    )

    @field_validator("database_url")
    @classmethod
    def _default_database(cls, value: str, info: ValidationInfo) -> str:
        if value:
            return _database_url(value)
        return f"sqlite+aiosqlite:///{info.data.get('data_dir', Path()) / 'vigie.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `load_settings` has gathered and nothing else: it knows every name and tells every fault."""
        return (init_settings,)

    def need_token(self) -> str:
        """Return the bot's token; raises SettingsFault if none is set."""
        if self.telegram_token is None:
            raise SettingsFault([f"{PREFIX}TELEGRAM_TOKEN: is missing; {_BOTFATHER}"])
        return self.telegram_token.get_secret_value()


def load_settings(env: Mapping[str, str] | None = None, env_file: Path | str | None = ".env") -> Settings:
    """Return the settings of the environment (or of `env`), which go before those of `env_file`.

    Raises SettingsFault with every fault at once. An empty value is as good as none. No fault repeats a secret.
    """
    faults: list[str] = []
    given = _gather(env, env_file, faults)
    values = _by_field(given, faults)
    for one, other in (("webhook_url", "webhook_secret"), ("webhook_secret", "webhook_url")):
        if one in values and other not in values and not any(_names(fault, other) for fault in faults):
            faults.append(f"{_name(other)}: is missing; expected together with {_name(one)}, or neither to poll")
    settings = None
    try:
        settings = Settings(**cast(dict[str, Any], values))
    except ValidationError as error:
        faults += [_line(cast(dict[str, Any], one)) for one in error.errors(include_url=False)]
    # Raised outside the except clause: its context would show the values to whoever prints the traceback.
    if settings is None or faults:
        raise SettingsFault(faults)
    return settings


def _name(field: str) -> str:
    return PREFIX + field.upper()


def _names(fault: str, field: str) -> bool:
    return fault.startswith((f"{_name(field)}:", f"{_name(field)}_FILE:"))


def _line(error: dict[str, Any]) -> str:
    why = error.get("ctx", {}).get("error")
    return f"{_name(str(error['loc'][0]))}: {why if why is not None else error['msg']}"


def _gather(env: Mapping[str, str] | None, env_file: Path | str | None, faults: list[str]) -> dict[str, str]:
    """Return all variables that are ours and not empty; a variable of the environment hides its twin in the file."""
    source = env if env is not None else EnvSettingsSource(Settings, case_sensitive=True).env_vars
    given = _ours(source)
    if env_file is None:
        return given
    try:
        in_file = _ours(DotEnvSettingsSource(Settings, env_file=env_file, case_sensitive=True).env_vars)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        faults.append(f"{env_file}: cannot be read: {why}")
        return given
    taken = {name.removesuffix("_FILE") for name in given}
    return given | {name: value for name, value in in_file.items() if name.removesuffix("_FILE") not in taken}


def _ours(source: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in source.items()
        if name.upper().startswith(PREFIX) and value and value.strip() and not _SERVICE_LINK.fullmatch(name)
    }


def _by_field(given: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    known = {_name(field): field for field in Settings.model_fields}
    files = {f"{_name(field)}_FILE": field for field in FROM_FILE}
    values: dict[str, str] = {}
    for name, value in sorted(given.items()):
        if name in known:
            values[known[name]] = value
        elif name in files:
            field = files[name]
            if _name(field) in given:
                faults.append(f"{name}: is set together with {_name(field)}; expected only one of them")
            elif (content := _content(name, value, faults)) is not None:
                values[field] = content
        else:
            faults.append(f"{name}: is not a setting of Vigie{near(name, [*known, *files])}")
    return values


def _content(name: str, path: str, faults: list[str]) -> str | None:
    try:
        content = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        faults.append(f'{name}: the file "{path}" cannot be read: {why}; expected a file such as /run/secrets/token')
        return None
    if not content:
        faults.append(f'{name}: the file "{path}" is empty; expected the secret on its only line')
        return None
    return content

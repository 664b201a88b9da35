"""The settings: the only place that reads the environment, once; every fault is told at once."""

import os
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config import shape
from bot.config.relay import Relay, address, relay
from bot.config.source import PREFIX, content, gather
from bot.domain.hint import near
from bot.domain.redact import redact

# These may also come from a file, `VIGIE_X_FILE`, as container platforms hand out secrets.
FROM_FILE = ("telegram_token", "webhook_secret", "database_url", "heartbeat_url", "smtp_url", "translate_key")

# A setting, another without which it is of no use, and what goes without both.
_TOGETHER = (
    ("webhook_url", "webhook_secret", "to poll"),
    ("webhook_secret", "webhook_url", "to poll"),
    ("smtp_url", "mail_from", "to send no mail"),
    ("mail_from", "smtp_url", "to send no mail"),
    ("translate_key", "translate_url", "to translate nothing"),
)

NO_TOKEN = f"{PREFIX}TELEGRAM_TOKEN: is missing; {shape.BOTFATHER}"


class SettingsFault(Exception):  # noqa: N818 - the word of the design
    """The settings cannot be used; `faults` has one line for each reason."""

    def __init__(self, faults: list[str]) -> None:
        # A value told back may hold anything: a line break, or the token in the wrong variable.
        self.faults = [redact(" ".join(fault.split())) for fault in faults]
        super().__init__("\n".join(self.faults))


class Settings(BaseSettings):
    """What the operator decides; made by `load_settings`, read once and handed in."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(shape.token)] | None = Field(
        None, description="The bot's token from @BotFather; `vigie demo` needs none."
    )
    telegram_api_url: Annotated[str, AfterValidator(shape.api_url)] = Field(
        shape.TELEGRAM, description="The Bot API server, without a slash at the end; Telegram's or your own."
    )
    data_dir: Annotated[Path, AfterValidator(shape.data_dir)] = Field(
        Path("./data"), description="The folder for the database and what else Vigie keeps."
    )
    database_url: str = Field(
        "", repr=False, description="SQLAlchemy address of the database; by default SQLite in VIGIE_DATA_DIR."
    )
    tick: Annotated[timedelta, BeforeValidator(shape.tick)] = Field(
        timedelta(seconds=5), description="How often the sweep looks for what is due: 0.2s to 60s."
    )
    web_bind: Annotated[shape.Bind, BeforeValidator(shape.bind)] = Field(
        shape.Bind("127.0.0.1", 8080), description="Where the web server listens, host:port; port 0 takes a free one."
    )
    webhook_url: Annotated[str, AfterValidator(shape.webhook_url)] | None = Field(
        None, description="The address at which Telegram reaches `/telegram`; without it Vigie polls."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(shape.secret)] | None = Field(
        None, description="What Telegram sends with each webhook call; set together with VIGIE_WEBHOOK_URL."
    )
    heartbeat_url: Annotated[str, AfterValidator(shape.heartbeat_url)] | None = Field(
        None, repr=False, description="An outside dead-man's switch, pinged while intake, sweep and courier are well."
    )
    smtp_url: Annotated[Relay, BeforeValidator(relay)] | None = Field(
        None,
        description="The mail server, smtp://user:password@host:587 or smtps://host:465; "
        "`?tls=never` for one on this machine.",
    )
    mail_from: Annotated[str, AfterValidator(address)] | None = Field(
        None, description="The address that Vigie's mail comes from; set together with VIGIE_SMTP_URL."
    )
    translate_url: Annotated[str, AfterValidator(shape.translate_url)] | None = Field(
        None,
        repr=False,
        description="A LibreTranslate server for drafts of translations; without it none. Texts leave for that server.",
    )
    translate_key: SecretStr | None = Field(
        None, description="The API key of that server, if it asks for one; set together with VIGIE_TRANSLATE_URL."
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(shape.log_format)] = Field(
        "console", description="How log lines look: console or json."
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(shape.log_level)] = (
        Field("INFO", description="The least grave log lines that are written.")
    )

    @field_validator("database_url")
    @classmethod
    def _default_database(cls, value: str, info: ValidationInfo) -> str:
        if value:
            return shape.database_url(value)
        return _in_folder(info.data.get("data_dir", Path()))

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

    @property
    def database_setting(self) -> str:
        """The name of the setting that says where the database is."""
        own = self.database_url == _in_folder(self.data_dir)
        return _name("data_dir" if own else "database_url")

    def need_token(self) -> str:
        """Return the bot's token; raises SettingsFault if none is set."""
        if self.telegram_token is None:
            raise SettingsFault([NO_TOKEN])
        return self.telegram_token.get_secret_value()

    def check_data_dir(self) -> None:
        """Raise SettingsFault if no file can be made in the data folder, or in the nearest one above where it will be.

        A file is made there and removed: what the permissions say is not the whole truth, least of all to root.
        """
        nearest = next(one for one in (self.data_dir, *self.data_dir.absolute().parents) if one.exists())
        try:
            with tempfile.NamedTemporaryFile(prefix=".vigie-doctor-", dir=nearest) as file:
                file.write(b"Vigie")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            why = f'"{self.data_dir}" cannot be written to: {error.strerror}'
            raise SettingsFault([f"{PREFIX}DATA_DIR: {why}; expected a folder that Vigie may write to"]) from None

    def need_data_dir(self) -> Path:
        """Make the data folder if it is missing and return it; raises SettingsFault if that cannot be done."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f'"{self.data_dir}" cannot be made: {error.strerror}'
            raise SettingsFault([f"{PREFIX}DATA_DIR: {why}; expected a folder that Vigie may write to"]) from None
        return self.data_dir


def load_settings(
    env: Mapping[str, str] | None = None,
    env_file: Path | str | None = ".env",
    *,
    need_token: bool = False,
    hints: list[str] | None = None,
) -> Settings:
    """Return the settings of the environment (or of `env`), which go before those of `env_file`.

    Raises SettingsFault with every fault at once; with `need_token` a missing token is one of them. An empty value is
    as good as none. No fault repeats a secret. `hints` takes what hinders nothing and was probably meant otherwise; it
    is told with the faults where there are any.
    """
    faults: list[str] = []
    hints = hints if hints is not None else []
    given = gather(env, env_file, [*_known(), *_files()], faults, hints)
    values = _by_field(given, faults)
    for one, other, without in _TOGETHER:
        if one in values and other not in values and not any(_names(fault, other) for fault in faults):
            faults.append(f"{_name(other)}: is missing; expected together with {_name(one)}, or neither {without}")
    if need_token and "telegram_token" not in values and not any(_names(fault, "telegram_token") for fault in faults):
        faults.append(NO_TOKEN)
    settings = None
    try:
        settings = Settings(**cast(dict[str, Any], values))
    except ValidationError as error:
        faults += [_line(cast(dict[str, Any], one)) for one in error.errors(include_url=False)]
    # Raised outside the except clause: its context would show the values to whoever prints the traceback.
    if settings is None or faults:
        raise SettingsFault([*faults, *hints])
    return settings


def _in_folder(data_dir: Path) -> str:
    return f"sqlite+aiosqlite:///{data_dir / 'vigie.db'}"


def _name(field: str) -> str:
    return PREFIX + field.upper()


def _names(fault: str, field: str) -> bool:
    return fault.startswith((f"{_name(field)}:", f"{_name(field)}_FILE:"))


def _line(error: dict[str, Any]) -> str:
    why = error.get("ctx", {}).get("error")
    return f"{_name(str(error['loc'][0]))}: {why if why is not None else error['msg']}"


def _known() -> dict[str, str]:
    return {_name(field): field for field in Settings.model_fields}


def _files() -> dict[str, str]:
    return {f"{_name(field)}_FILE": field for field in FROM_FILE}


def _by_field(given: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    known, files = _known(), _files()
    values: dict[str, str] = {}
    for name, value in sorted(given.items()):
        if name in known:
            values[known[name]] = value
        elif name in files:
            field = files[name]
            if _name(field) in given:
                faults.append(f"{name}: is set together with {_name(field)}; expected only one of them")
            elif (inside := content(name, value, faults)) is not None:
                values[field] = inside
        else:
            faults.append(f"{name}: is not a setting of Vigie{_meant(name, [*known, *files])}")
    return values


def _meant(name: str, known: list[str]) -> str:
    """Return the hint: the one setting that has all the words of this and more; of several none; or a near match."""
    words = set(name.upper().split("_"))
    longer = [one for one in known if words < set(one.split("_")) and not one.endswith("_FILE")]
    if longer:
        return near(longer[0], longer) if len(longer) == 1 else ""
    return near(name, known, 0.7)

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings, SettingsFault, load_settings
from bot.config.relay import Relay
from bot.config.shape import Bind

TOKEN = "123456789:AAExampleExampleExampleExampleExam"


def faults(env_file: Path | None = None, **env: str) -> list[str]:
    with pytest.raises(SettingsFault) as caught:
        load_settings({f"VIGIE_{name}": value for name, value in env.items()}, env_file)
    return caught.value.faults


def settings(env_file: Path | None = None, **env: str) -> Settings:
    return load_settings({f"VIGIE_{name}": value for name, value in env.items()}, env_file)


def test_defaults_are_those_of_the_contract() -> None:
    found = settings()
    assert found.telegram_token is None
    assert found.telegram_api_url == "https://api.telegram.org"
    assert found.data_dir == Path("data")
    assert found.database_url == "sqlite+aiosqlite:///data/vigie.db"
    assert found.tick == timedelta(seconds=5)
    assert found.web_bind == Bind("127.0.0.1", 8080)
    assert found.webhook_url is found.webhook_secret is found.heartbeat_url is None
    assert found.smtp_url is found.mail_from is found.translate_url is found.translate_key is None
    assert (found.log_format, found.log_level) == ("console", "INFO")


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
    assert {name.upper() for name in Settings.model_fields} == {
        "TELEGRAM_TOKEN",
        "TELEGRAM_API_URL",
        "DATABASE_URL",
        "DATA_DIR",
        "TICK",
        "WEB_BIND",
        "WEBHOOK_URL",
        "WEBHOOK_SECRET",
        "HEARTBEAT_URL",
        "SMTP_URL",
        "MAIL_FROM",
        "TRANSLATE_URL",
        "TRANSLATE_KEY",
        "LOG_FORMAT",
        "LOG_LEVEL",
    }


def test_the_database_lies_in_the_data_folder() -> None:
    assert settings(DATA_DIR="/srv/vigie").database_url == "sqlite+aiosqlite:////srv/vigie/vigie.db"
    assert settings(DATA_DIR="/srv/vigie").database_setting == "VIGIE_DATA_DIR"
    elsewhere = settings(DATA_DIR="/srv/vigie", DATABASE_URL="sqlite+aiosqlite:////tmp/other.db")
    assert elsewhere.database_url == "sqlite+aiosqlite:////tmp/other.db"
    assert elsewhere.database_setting == "VIGIE_DATABASE_URL"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("postgresql+nosuch://u:pw@db/vigie", "is not a database address that can be read; expected sqlite+aiosqlite"),
        ("postgresql+asyncpg://u:pw@:notaport/x", "is not a database address that can be read"),
        ("sqlite+aiosqlite://user:pw@host:port/", "is not a database address that can be read"),
        ("sqlite+aiosqlite://", "names no file, and what is loaded would be gone at once; expected the path of one"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite:///file:x.db?uri=true", "names no file"),
        ("sqlite+aiosqlite:////nowhere/at/all.db", 'the folder "/nowhere/at" is not there; expected a folder'),
    ],
)
def test_a_database_that_cannot_be_reached_from_here_is_a_fault_without_its_password(url: str, fault: str) -> None:
    (line,) = faults(DATABASE_URL=url)
    assert line.startswith(f"VIGIE_DATABASE_URL: {fault}")
    assert "pw" not in line


@pytest.mark.skipif(find_spec("asyncpg") is not None, reason="the driver is here")
def test_a_driver_that_is_not_installed_is_named() -> None:
    (line,) = faults(DATABASE_URL="postgresql+asyncpg://u:pw@db/vigie")
    assert line.startswith("VIGIE_DATABASE_URL: needs the driver asyncpg, which is not installed here; expected ")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("TELEGRAM_TOKEN", "123:short", "is not a bot token; expected what @BotFather gives"),
        ("TELEGRAM_TOKEN", "AAExampleExample", "is not a bot token"),
        ("TELEGRAM_API_URL", "http://localhost:8081/", "ends in a slash; expected none"),
        ("TELEGRAM_API_URL", "ftp://localhost", "is not a web address; expected http:// or https:// and a host"),
        ("TELEGRAM_API_URL", "http://localhost:99999", "is not a web address"),
        ("DATABASE_URL", "sqlite:///vigie.db", "is not a database address; expected sqlite+aiosqlite://"),
        ("TICK", "5", '"5" is not a duration; expected a number and a unit, such as 30s'),
        ("TICK", "0.1s", '"0.1s" is out of range; expected 0.2s to 60s, such as 5s'),
        ("TICK", "2m", '"2m" is out of range'),
        ("WEB_BIND", "8080", '"8080" is not an address; expected host:port'),
        ("WEB_BIND", "127.0.0.1:65536", '"127.0.0.1:65536" is not an address'),
        ("WEB_BIND", "::1:8080", '"::1:8080" is not an address'),
        ("HEARTBEAT_URL", "hc-ping.com/1", "is not a web address"),
        ("TRANSLATE_URL", "translate.example.org", "is not a web address; expected http:// or https:// and a host"),
        ("TRANSLATE_URL", "https://x.org/", "ends in a slash; expected none, such as https://translate.example.org"),
        ("LOG_FORMAT", "xml", '"xml" is not a log format; expected console or json'),
        ("LOG_LEVEL", "loud", '"loud" is not a log level; expected one of DEBUG'),
    ],
)
def test_a_fault_names_the_variable_and_what_was_expected(name: str, value: str, fault: str) -> None:
    (line,) = faults(**{name: value})
    assert line.startswith(f"VIGIE_{name}: {fault}")


def test_all_faults_are_told_at_once() -> None:
    lines = faults(TELEGRAM_TOKEN="x", TICK="x", WEB_BIND="x", LOG_LEVEL="x", TIK="1s", WEBHOOK_URL="https://x.org")
    assert len(lines) == 6
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize("bind", ["127.0.0.1:0", "[::1]:8080", "localhost:80"])
def test_the_address_of_the_web_server(bind: str) -> None:
    assert str(settings(WEB_BIND=bind).web_bind) == bind


def test_webhook_address_and_secret_come_together() -> None:
    both = settings(WEBHOOK_URL="https://v.example.org/telegram", WEBHOOK_SECRET="abc-DEF_1")
    assert both.webhook_secret is not None
    assert both.webhook_secret.get_secret_value() == "abc-DEF_1"
    (line,) = faults(WEBHOOK_URL="https://v.example.org/telegram")
    assert line == "VIGIE_WEBHOOK_SECRET: is missing; expected together with VIGIE_WEBHOOK_URL, or neither to poll"
    (line,) = faults(WEBHOOK_SECRET="abc")
    assert line.startswith("VIGIE_WEBHOOK_URL: is missing")
    for bad in ("not allowed", "x" * 257, "é"):
        (line,) = faults(WEBHOOK_URL="https://v.example.org", WEBHOOK_SECRET=bad)
        assert line.startswith("VIGIE_WEBHOOK_SECRET: is not a webhook secret; expected 1 to 256 characters")
        assert bad not in line


@pytest.mark.parametrize(
    ("url", "relay", "password"),
    [
        ("smtp://mail.example.org", Relay("mail.example.org", 587, "starttls"), None),
        ("smtps://Mail.Example.org/", Relay("mail.example.org", 465, "at once"), None),
        ("smtp://localhost?tls=never", Relay("localhost", 25, "never"), None),
        ("smtp://[::1]:2525?tls=never", Relay("::1", 2525, "never"), None),
        ("smtp://u%40x.org:p%3A%2F%25%C3%A9@h:25", Relay("h", 25, "starttls", "u@x.org", SecretStr("p:/%é")), "p:/%é"),
        ("smtp://u:hunter2@127.0.0.1?tls=never", Relay("127.0.0.1", 25, "never", "u", SecretStr("hunter2")), "hunter2"),
    ],
)
def test_the_mail_server(url: str, relay: Relay, password: str | None) -> None:
    found = settings(SMTP_URL=url, MAIL_FROM="vigie@example.org").smtp_url
    assert found == relay
    assert (found.password and found.password.get_secret_value()) == password
    assert str(found) in ("localhost:25", "[::1]:2525") or str(found) == f"{found.host}:{found.port}"
    assert not password or password not in repr(found) + str(found)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("mail.example.org:587", "is not the address of a mail server; expected smtp:// or smtps://"),
        ("http://hunter2@mail.example.org", "is not the address of a mail server"),
        ("smtp://u:hunter2@", "is not the address of a mail server"),
        ("smtp://u:hunter2@mail.example.org:0", "is not the address of a mail server"),
        ("smtp://u:hunter2/@mail.example.org", "is not the address of a mail server"),
        ("smtp://u:hunter2#@mail.example.org", "is not the address of a mail server"),
        ("smtp://u:hunter2@mail.example.org/in", "is not the address of a mail server"),
        ("smtp://u:hunter2é@mail.example.org", "is not the address of a mail server"),
        ("smtp://u:hunter2@mail.example.org?tls=no", 'has something after "?" that says nothing here; expected tls='),
        ("smtps://u:hunter2@mail.example.org?tls=never", 'has something after "?" that says nothing here'),
        ("smtp://hunter2@mail.example.org", "has a user without password, or the other way round; expected both"),
        ("smtp://:hunter2@mail.example.org", "has a user without password, or the other way round"),
        ("smtp://u:hunter2%0D%0AQUIT@mail.example.org", "has a user without password, or the other way round"),
        ("smtp://u:hunter2@mail.example.org?tls=never", "would send its password in the clear with tls=never"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_a_fault_without_its_password(url: str, fault: str) -> None:
    (line,) = faults(SMTP_URL=url, MAIL_FROM="vigie@example.org")
    assert line.startswith(f"VIGIE_SMTP_URL: {fault}")
    assert "expected" in line
    assert "hunter2" not in line


def test_mail_needs_a_server_and_an_address() -> None:
    assert faults(SMTP_URL="smtp://mail.example.org") == [
        "VIGIE_MAIL_FROM: is missing; expected together with VIGIE_SMTP_URL, or neither to send no mail"
    ]
    assert faults(MAIL_FROM="vigie@example.org") == [
        "VIGIE_SMTP_URL: is missing; expected together with VIGIE_MAIL_FROM, or neither to send no mail"
    ]
    for bad in ("Vigie <vigie@example.org>", "smtp://u:hunter2@x.org", "vigie@", "vigie@ex ample.org", "é@x.org"):
        (line,) = faults(SMTP_URL="smtp://mail.example.org", MAIL_FROM=bad)
        assert line == "VIGIE_MAIL_FROM: is not an e-mail address alone; expected one such as vigie@example.org"


def test_translation_is_off_until_a_server_is_named() -> None:
    found = settings(TRANSLATE_URL="http://127.0.0.1:5000", TRANSLATE_KEY="hunter2")
    assert found.translate_url == "http://127.0.0.1:5000"
    assert found.translate_key is not None
    assert found.translate_key.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(found) + str(found)
    assert faults(TRANSLATE_KEY="hunter2") == [
        "VIGIE_TRANSLATE_URL: is missing; expected together with VIGIE_TRANSLATE_KEY, or neither to translate nothing"
    ]
    meaning = Settings.model_fields["translate_url"].description
    assert meaning is not None
    assert "leave for that server" in meaning


def test_a_misspelt_setting_is_a_fault_with_a_hint() -> None:
    assert faults(TELEGRAM_TOKE=TOKEN) == [
        'VIGIE_TELEGRAM_TOKE: is not a setting of Vigie; did you mean "VIGIE_TELEGRAM_TOKEN"?'
    ]
    assert faults(TOKEN=TOKEN) == ['VIGIE_TOKEN: is not a setting of Vigie; did you mean "VIGIE_TELEGRAM_TOKEN"?']
    assert faults(URL="x") == ["VIGIE_URL: is not a setting of Vigie"], "several have that word"
    with pytest.raises(SettingsFault, match='did you mean "VIGIE_TICK"'):
        load_settings({"vigie_tick": "5s"}, None)


def test_what_is_not_ours_is_left_alone() -> None:
    # Kubernetes sets these for a Service called vigie.
    links = {"VIGIE_SERVICE_HOST": "10.0.0.1", "VIGIE_PORT": "tcp://10.0.0.1:80", "VIGIE_PORT_80_TCP_ADDR": "10.0.0.1"}
    assert load_settings({"PATH": "/bin", "TICK": "x", **links}, None).tick == timedelta(seconds=5)


def test_an_empty_value_is_as_good_as_none() -> None:
    assert settings(WEBHOOK_URL="", TICK=" ").webhook_url is None


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL", "HEARTBEAT_URL", "TRANSLATE_KEY"])
def test_a_secret_may_come_from_a_file(tmp_path: Path, name: str) -> None:
    value = {"TELEGRAM_TOKEN": TOKEN, "DATABASE_URL": "sqlite+aiosqlite:///x.db", "HEARTBEAT_URL": "https://x.org"}
    file = tmp_path / "secret"
    file.write_text(value.get(name, "s3cret") + "\n")
    needs = {"WEBHOOK_SECRET": {"WEBHOOK_URL": "https://x.org"}, "TRANSLATE_KEY": {"TRANSLATE_URL": "https://x.org"}}
    found = getattr(settings(**{f"{name}_FILE": str(file)}, **needs.get(name, {})), name.lower())
    assert getattr(found, "get_secret_value", lambda: found)() == value.get(name, "s3cret")


def test_the_mail_server_with_its_password_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "smtp_url"
    file.write_text("smtps://vigie:hunter2@mail.example.org\n")
    found = settings(SMTP_URL_FILE=str(file), MAIL_FROM="vigie@example.org")
    assert str(found.smtp_url) == "mail.example.org:465"
    assert "hunter2" not in repr(found) + str(found)


def test_a_secret_file_that_is_of_no_use(tmp_path: Path) -> None:
    (line,) = faults(TELEGRAM_TOKEN_FILE=str(tmp_path / "none"))
    assert line.startswith("VIGIE_TELEGRAM_TOKEN_FILE: the file") and "cannot be read: No such file" in line
    empty = tmp_path / "empty"
    empty.write_text("\n")
    (line,) = faults(TELEGRAM_TOKEN_FILE=str(empty))
    assert "is empty" in line
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    (line,) = faults(TELEGRAM_TOKEN_FILE=str(binary))
    assert "is not UTF-8 text" in line
    (line,) = faults(TELEGRAM_TOKEN_FILE=str(empty), TELEGRAM_TOKEN=TOKEN)
    assert "is set together with VIGIE_TELEGRAM_TOKEN; expected only one" in line
    (line,) = faults(TICK_FILE=str(empty))
    assert line.startswith("VIGIE_TICK_FILE: is not a setting of Vigie")
    (line,) = faults(WEBHOOK_URL="https://x.org", WEBHOOK_SECRET_FILE=str(empty))
    assert "is empty" in line


def test_the_environment_goes_before_the_env_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"VIGIE_TICK=7s\nVIGIE_LOG_FORMAT=json\nOTHER=x\nVIGIE_TELEGRAM_TOKEN={TOKEN}\n")
    secret = tmp_path / "token"
    secret.write_text("42:FromTheSecretFile")
    found = settings(file, TICK="9s", TELEGRAM_TOKEN_FILE=str(secret))
    assert (found.tick, found.log_format) == (timedelta(seconds=9), "json")
    assert found.need_token() == "42:FromTheSecretFile"
    file.write_text("VIGIE_TIK=7s\n")
    assert "VIGIE_TICK" in faults(file)[0]
    file.write_bytes(b"VIGIE_TICK=\xff\n")
    assert faults(file) == [f"{file}: cannot be read: is not UTF-8 text"]


def test_a_line_of_the_env_file_that_sets_nothing_is_a_fault(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / ".env"
    file.write_text(f"OTHER\n\n\n{TOKEN}\nVIGIE_TICK\n# a remark\nexport VIGIE_LOG_LEVEL=loud\nVIGIE_WEB_BIND='open\n")
    assert faults(file) == [
        f"{file}:4: sets nothing; expected NAME=value",
        f"{file}:5: VIGIE_TICK: has no value; expected VIGIE_TICK=value",
        f"{file}:8: cannot be read; expected NAME=value, with quotes in pairs",
        'VIGIE_LOG_LEVEL: "loud" is not a log level; expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, '
        "such as INFO",
    ]
    assert capfd.readouterr() == ("", "")
    file.write_text('\ufeffVIGIE_TICK="7s" # of Windows\n')
    assert settings(file).tick == timedelta(seconds=7)


def test_a_setting_in_the_env_file_without_its_prefix_is_told_and_not_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"\nTELEGRAM_TOKEN={TOKEN}\nexport tick=9s\nDATA_DIR=\nLOG_LEVEL=loud\nVIGIE_LOG_LEVEL=INFO\nUSER=x\n"
    )
    told = [
        f"{file}:2: TELEGRAM_TOKEN is not read; did you mean VIGIE_TELEGRAM_TOKEN?",
        f"{file}:3: tick is not read; did you mean VIGIE_TICK?",
    ]
    hints: list[str] = []
    found = load_settings({}, file, hints=hints)
    assert (found.telegram_token, found.tick) == (None, timedelta(seconds=5))
    assert hints == told, "LOG_LEVEL is another program's: ours is set"
    with pytest.raises(SettingsFault) as fault:
        load_settings({}, file, need_token=True)
    assert fault.value.faults[1:] == told
    assert fault.value.faults[0].startswith("VIGIE_TELEGRAM_TOKEN: is missing")
    hints.clear()
    secret = tmp_path / "token"
    secret.write_text(TOKEN)
    load_settings({"VIGIE_TELEGRAM_TOKEN_FILE": str(secret), "VIGIE_TICK": "7s", "DATA_DIR": "x"}, file, hints=hints)
    assert hints == []


def test_the_real_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_TICK", "11s")
    assert load_settings(env_file=None).tick == timedelta(seconds=11)


def test_the_data_folder_must_not_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    (line,) = faults(DATA_DIR=str(file))
    assert "is not a folder" in line


def test_the_token_is_never_shown() -> None:
    found = settings(TELEGRAM_TOKEN=TOKEN)
    assert TOKEN not in repr(found) + str(found)
    assert found.need_token() == TOKEN
    assert TOKEN not in "".join(faults(TELEGRAM_TOKEN=TOKEN + "?"))
    # In the wrong variable it is not told back either.
    lines = faults(TICK=TOKEN, LOG_LEVEL=TOKEN, WEB_BIND=f"{TOKEN}\nx")
    assert len(lines) == 3
    assert TOKEN not in "".join(lines)
    with pytest.raises(SettingsFault) as caught:
        settings(TELEGRAM_TOKEN="42:bad")
    assert caught.value.__context__ is None


def test_a_missing_token_is_told_with_the_other_faults(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault) as caught:
        load_settings({"VIGIE_TICK": "x"}, None, need_token=True)
    assert [line.partition(":")[0] for line in caught.value.faults] == ["VIGIE_TELEGRAM_TOKEN", "VIGIE_TICK"]
    for bad in ({"VIGIE_TELEGRAM_TOKEN": "x"}, {"VIGIE_TELEGRAM_TOKEN_FILE": str(tmp_path / "none")}):
        with pytest.raises(SettingsFault) as caught:
            load_settings(bad, None, need_token=True)
        assert len(caught.value.faults) == 1


def test_only_what_needs_the_token_asks_for_it() -> None:
    with pytest.raises(SettingsFault, match="VIGIE_TELEGRAM_TOKEN: is missing; expected what @BotFather gives"):
        settings().need_token()

"""What can go wrong with a command: one clear line for each fault, exit code 2, nothing changed, no traceback."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app, main, usage
from bot.cli.output import new_file
from bot.store import schema
from tests.cli.shell import MALI, TOKEN, Ran, Shell, beside
from tests.kit import Scene


def one_line(done: Ran) -> str:
    assert done.code == 2, done
    (line,) = done.err.splitlines()
    assert done.out == ""
    return line


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


DATABASE_WORDS = [
    ("status",),
    ("load", MALI),
    ("load", MALI, "--dry-run"),
    ("invite", "willis"),
    ("export", "checkins"),
    ("migrate",),
    ("backup", "copy.db"),
    ("run",),
]


@pytest.mark.parametrize("words", DATABASE_WORDS, ids=lambda words: " ".join(map(str, words[:1])))
async def test_a_file_that_is_no_database_is_told_with_its_name_and_what_helps(
    shell: Shell, words: tuple[object, ...]
) -> None:
    shell.folder.mkdir()
    file = shell.folder / "vigie.db"
    file.write_bytes(b"not a database" * 500)
    line = one_line(await shell.run(*words, VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_WEB_BIND="127.0.0.1:0"))
    assert line.startswith(f"VIGIE_DATA_DIR: the database {file} cannot be used: file is not a database; expected ")
    assert "`vigie restore FILE`" in line
    assert file.read_bytes() == b"not a database" * 500
    assert {path.name for path in shell.folder.iterdir()} <= {"vigie.db", "vigie.lock", "vigie.db-lock"}


async def test_a_damaged_database_is_told_by_reader_and_doctor(loaded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.db"
    whole = (loaded.folder / "vigie.db").read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    loaded.settings["VIGIE_DATABASE_URL"] = f"sqlite+aiosqlite:///{file}"
    line = one_line(await loaded.run("status"))
    assert line.startswith(f"VIGIE_DATABASE_URL: the database {file} cannot be used: ")
    file.write_bytes(b"\xa5" * 8192)
    done = await loaded.run("doctor", VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_TELEGRAM_API_URL="http://127.0.0.1:9")
    assert done.code == 2
    bad = [one for one in done.err.splitlines() if one.startswith("BAD")]
    assert bad[0].startswith(f"BAD  schema: VIGIE_DATABASE_URL: the database {file} cannot be used: file is not a")
    assert len(bad) == 2, "and Telegram, which nobody answers for"
    assert "Traceback" not in done.err


@pytest.mark.parametrize("url", ["postgresql+nosuch://u:pw@db/vigie", "postgresql+asyncpg://u:pw@:notaport/x"])
async def test_an_address_that_no_driver_takes_is_told_by_its_setting(shell: Shell, url: str) -> None:
    for words in (("status",), ("doctor",)):
        line = one_line(await shell.run(*words, VIGIE_DATABASE_URL=url, VIGIE_TELEGRAM_TOKEN=TOKEN))
        assert "VIGIE_DATABASE_URL: " in line
        assert "pw" not in line


async def test_reading_an_empty_file_makes_no_database_of_it(shell: Shell) -> None:
    shell.folder.mkdir()
    file = shell.folder / "vigie.db"
    file.touch()
    for words in (("status",), ("backup", "copy.db"), ("migrate",)):
        assert "vigie load" in one_line(await shell.run(*words))
        assert content(shell.folder) == {"vigie.db": b""}
    assert (await shell.run("load", MALI, "--dry-run")).code == 0
    assert content(shell.folder) == {"vigie.db": b""}
    assert (await shell.run("load", MALI)).code == 0


async def test_a_stale_database_is_refused_backed_up_and_migrated(
    loaded: Shell, later: Callable[[str], None], tmp_path: Path
) -> None:
    later("pass")
    loaded.migrations = Path(schema._MIGRATIONS)
    line = one_line(await loaded.run("status"))
    assert "older Vigie" in line
    assert "`vigie migrate`" in line
    before = (loaded.folder / "vigie.db").read_bytes()
    copy = tmp_path / "copy.db"
    done = await loaded.run("backup", copy)
    assert done.code == 0, done.err
    assert "integrity ok" in done.out
    assert (loaded.folder / "vigie.db").read_bytes() == before
    done = await loaded.run("migrate")
    assert done.code == 0, done.err
    kept, said = done.out.splitlines()
    assert said == "schema: was an older Vigie's, is now this version's"
    (beside_it,) = loaded.folder.glob("vigie.before-migrate-*Z.db")
    assert kept == f"the database as it was is kept as {beside_it}"
    for old in (copy, beside_it):
        assert schema.look(old) is schema.SchemaState.STALE
    assert (await loaded.run("status")).code == 0


async def test_two_data_folders_cannot_share_one_database(contingent: Scene, tmp_path: Path) -> None:
    shell = beside(contingent, VIGIE_WEB_BIND="127.0.0.1:0")
    shell.settings["VIGIE_DATABASE_URL"] = f"sqlite+aiosqlite:///{contingent.folder / 'vigie.db'}"
    shell.settings["VIGIE_DATA_DIR"] = str(tmp_path / "other")
    for words in (("run",), ("migrate",), ("restore", contingent.folder / "vigie.db")):
        assert one_line(await shell.run(*words)).startswith("Vigie is already running with this database: process ")


async def test_an_export_overwrites_nothing_and_least_of_all_the_database(loaded: Shell, tmp_path: Path) -> None:
    precious = tmp_path / "precious.csv"
    precious.write_text("precious", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere.csv")
    before = content(loaded.folder)
    for file, why in (
        (precious, "exists already and is not overwritten; expected a new name"),
        (tmp_path / "link.csv", "exists already"),
        (tmp_path, "is a folder; expected the name of a new file in it"),
        (loaded.folder / "vigie.db", "belongs to Vigie's database"),
        (loaded.folder / "vigie.db-wal", "belongs to Vigie's database"),
        (tmp_path / "no" / "folder.csv", "cannot be written: No such file or directory"),
    ):
        line = one_line(await loaded.run("export", "audit", "-o", file))
        assert line.startswith(f"-o: {file} ")
        assert why in line
    assert precious.read_text(encoding="utf-8") == "precious"
    assert content(loaded.folder) == before
    assert not list(tmp_path.glob("*.partial"))


def test_a_file_that_the_disk_has_no_room_for_is_named_and_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(typer.Exit) as left, new_file(tmp_path / "audit.csv", "-o") as file:
        file.write(b"much")
    assert left.value.exit_code == 2
    assert capsys.readouterr().err.startswith(f"-o: {tmp_path / 'audit.csv'} cannot be written: No space left on dev")
    assert not list(tmp_path.iterdir())


def test_what_fails_halfway_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(LookupError), new_file(tmp_path / "reports.xlsx", "-o") as file:
        file.write(b"half of it")
        raise LookupError
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
async def test_an_output_that_takes_nothing_is_told_and_a_closed_one_ends_it_quietly(loaded: Shell) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    reader, closed = os.pipe()
    os.close(reader)
    for words in (("export", "audit"), ("status", "--json"), ("migrate",), ("--help",)):
        line = one_line(await loaded.run(*words, out=full))
        assert line.startswith("standard output: cannot be written: No space left on device; expected "), words
        done = await loaded.run(*words, out=closed)
        assert (done.code, done.err) == (141, ""), words
    os.close(full)
    os.close(closed)


async def test_every_fault_of_an_export_is_told(loaded: Shell) -> None:
    done = await loaded.run("export", "x", "--format", "y", "--since", "yesterday", "--until", "tomorrow")
    assert [line.partition(":")[0] for line in done.err.splitlines()] == ["export", "--format", "--since", "--until"]
    line = one_line(await loaded.run("export", "audit", "--since", "2026-11-24", "--until", "2026-11-23"))
    assert line.startswith("--since: '2026-11-24' is later than --until '2026-11-23'; expected ")


async def test_a_missing_token_is_told_with_the_rest(shell: Shell) -> None:
    for words in (("run",), ("doctor",)):
        done = await shell.run(*words, VIGIE_TICK="x")
        assert done.code == 2
        assert len(done.err.splitlines()) == 2
        assert "VIGIE_TELEGRAM_TOKEN: is missing" in done.err
        assert "VIGIE_TICK: " in done.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("stauts",),
            "vigie: 'stauts' is not a command; expected one of demo, run, load, invite, status, sitrep, export, ",
        ),
        (("status", "--jsn"), "vigie status: --jsn is not an option; expected --json, --help; did you mean"),
        (("invite",), "vigie invite: CODE is missing; expected the officer's code in the contingent file"),
        (("backup", ""), "backup: FILE is empty; expected the name of a new file, such as vigie.backup"),
        (("backup", "a", "b"), "vigie backup: Got unexpected extra argument(s) (b); expected vigie backup FILE"),
        (("export", "audit", "-o"), "vigie: Option '-o' requires an argument; expected what"),
        (("demo", "--port", "x"), "vigie demo: --port: Input should be a valid integer"),
        (("demo", "--port", "65536"), "--port: 65536 is out of range; expected 0 to 65535"),
        (("demo", "--port", "-1"), "--port: -1 is out of range; expected 0 to 65535"),
    ],
)
def test_a_bad_command_line_is_told_in_one_line(
    words: tuple[str, ...], line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["vigie", *words])
    monkeypatch.setattr("os.umask", lambda _: 0)  # that of the tests stays
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()
    assert one_line(Ran(int(str(left.value.code)), told.out.encode(), told.err)).startswith(line)


def test_the_help_of_no_command_is_cut() -> None:
    # What is piped gets two columns less than a terminal of 80.
    for width in (78, 80):
        told = CliRunner().invoke(app(), ["--help"], terminal_width=width).output
        assert "..." not in told.replace("[ARGS]...", "")
        assert max(map(len, told.splitlines())) <= width


def test_the_fault_of_a_command_line_is_where_it_is_looked_for() -> None:
    assert usage.UsageError.__name__ == "UsageError"
    assert issubclass(typer.BadParameter, usage.UsageError)


async def test_status_fits_eighty_columns(contingent: Scene) -> None:
    await contingent.phone("willis").send("ok")
    await contingent.phone("deniger").tap("🤝 Besoin d'aide")
    await contingent.settle()
    done = await beside(contingent).run("status", COLUMNS="80")
    assert done.code == 0
    assert max(map(len, done.out.splitlines()[1:])) <= 80
    (line,) = [one for one in done.out.splitlines() if "Willis" in one]
    assert line.startswith("Cpl Kelly Willis")
    assert line.endswith("23 Nov 05:00Z")
    assert "…" not in done.out
    for name in ("Guy LaCroix", "Stevens Hamelin", "Bamako", "Mopti"):
        assert name in done.out


async def test_a_database_that_is_held_is_told_by_its_name(loaded: Shell) -> None:
    file = loaded.folder / "vigie.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        line = one_line(await loaded.run("status"))
    assert line.startswith(f"VIGIE_DATA_DIR: the database {file} cannot be used: database is locked; another program")

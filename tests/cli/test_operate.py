"""The commands of whoever operates Vigie: migrate, backup, restore, doctor, and settings that cannot be used."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.clock import SystemClock
from bot.demo.telegram import StandIn
from bot.store import errand as errands
from tests.cli.shell import MALI, TOKEN, Shell, beside
from tests.flows.test_sitrep_out import approve
from tests.kit import Scene


async def test_migrate_and_restore_are_refused_while_vigie_runs(contingent: Scene, tmp_path: Path) -> None:
    shell = beside(contingent)
    copy = tmp_path / "copy" / "vigie.backup"
    copy.parent.mkdir()
    await contingent.phone("willis").send("ok")
    await contingent.settle()
    made = await shell.run("backup", copy)
    assert made.code == 0, made.err
    assert "integrity ok" in made.out
    twice = await shell.run("backup", copy)
    assert twice.code == 2
    assert "exists already" in twice.err
    held = copy.read_bytes()
    for words in (("migrate",), ("restore", copy)):
        done = await shell.run(*words)
        assert done.code == 2, words
        assert len(done.err.splitlines()) == 1
    assert copy.read_bytes() == held
    (answer,) = await contingent.rows("select count(*) from checkin")
    assert answer[0] == 1


async def test_a_restore_sends_nothing_that_was_owed(contingent: Scene, tmp_path: Path) -> None:
    """The backup is made while messages are owed; restored, they are parked, and Vigie goes on from there."""
    shell = beside(contingent)
    copy = tmp_path / "vigie.backup"
    await contingent.phone("willis").send("ok")
    await contingent.settle()
    contingent.telegram.faults.status(502, methods={"sendMessage"})
    await contingent.phone("hamelin").send("/help")
    await contingent.telegram.drained()
    while await contingent.one("select count(*) from inbox where state = 'new'"):
        await contingent.telegram.polled()
    owed = await contingent.one("select count(*) from outbox where state in ('owed', 'sending')")
    assert owed == 1
    assert (await shell.run("backup", copy)).code == 0
    contingent.telegram.faults.clear()
    await contingent.settle()
    await contingent.phone("lacroix").send("ok")
    await contingent.settle()
    await contingent.stop()
    done = await shell.run("restore", copy)
    assert done.code == 0, done.err
    assert "1 message owed in it is parked" in done.out
    assert "parked: 1 help; they stay unsent" in done.out
    assert "the database before is kept as" in done.out
    sent = len(contingent.telegram.sent)
    await contingent.start()
    await contingent.settle()
    assert len(contingent.telegram.sent) == sent
    assert await contingent.rows("select officer from checkin") == [("willis",)]
    assert await contingent.one("select count(*) from outbox where state = 'parked'") == 1
    await contingent.phone("lacroix").send("ok")
    await contingent.settle()
    assert contingent.phone("lacroix").last.text.startswith("✅")


async def test_a_restore_says_which_files_are_missing_and_what_stays_unsent(contingent: Scene, tmp_path: Path) -> None:
    """What an approved situation report owed in the backup, and the folder of files that is copied beside it."""
    await contingent.to(6, 1, days=1)
    await approve(contingent)
    async with contingent.app.begin() as tx:
        errands.owe(tx, "mail", "1", timedelta(hours=1))
    shell, copy = beside(contingent), tmp_path / "vigie.backup"
    made = await shell.run("backup", copy)
    files = contingent.folder / "files"
    told = f"attached files and printed documents are not in it: copy {files} beside it"
    assert made.out.splitlines() == [f"{copy}: {copy.stat().st_size} bytes, integrity ok", told]
    assert "ok   files: all 2 that the database names are in" in (await shell.run("doctor")).out
    await contingent.stop()

    other = beside(contingent)
    other.folder = tmp_path / "other"
    other.settings["VIGIE_DATA_DIR"] = str(other.folder)
    done = await other.run("restore", copy)
    missing = f"2 of the 2 that the database names are missing in {other.folder / 'files'}; expected that folder as it "
    assert done.code == 0, done.err
    restored, parked, line = done.out.splitlines()
    assert restored == f"restored from {copy}; 1 message owed in it is parked"
    assert parked.startswith("parked: 1 mail (errand); they stay unsent")
    assert line.startswith(f"files: {missing}")
    ill = await other.run("doctor")
    assert ill.code == 2
    assert f"BAD  files: {missing}" in ill.err
    assert "ok   parked by a restore: 1 mail (errand); they stay unsent" in ill.out
    shutil.copytree(files, other.folder / "files")
    well = await other.run("doctor")
    assert (well.code, well.err) == (0, "")


async def test_restore_takes_nothing_but_a_backup(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"not a database" * 100)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("create table cats (name text)")
        conn.commit()
    for file in (bad, other, tmp_path / "none.db"):
        done = await shell.run("restore", file)
        assert done.code == 2, file
        assert len(done.err.splitlines()) == 1
        assert file.name in done.err
    assert not list(shell.folder.glob("vigie*.db"))


async def test_doctor_says_that_telegram_is_out_of_reach(shell: Shell) -> None:
    done = await shell.run(
        "doctor", VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_TELEGRAM_API_URL="http://127.0.0.1:9", VIGIE_LOG_LEVEL="DEBUG"
    )
    assert done.code == 2
    (fault,) = [one for one in done.err.splitlines() if one.startswith("BAD")]
    assert "out of reach" in fault
    assert "http://127.0.0.1:9" in fault
    assert "demo-token" not in done.err + done.out
    assert "Traceback" not in done.err


async def test_doctor_says_that_all_is_well(contingent: Scene) -> None:
    done = await beside(contingent).run("doctor")
    assert done.code == 0, done.err
    assert [line.partition(":")[0] for line in done.out.splitlines()] == [
        "ok   settings",
        "ok   data folder",
        "ok   schema",
        "ok   files",
        "ok   parked by a restore",
        "ok   catalogues",
        "ok   telegram and clock",
        "ok   mail",
        "ok   translation",
    ]
    assert done.out.endswith("ok   mail: off\nok   translation: off\n")
    assert "ok   schema: current" in done.out
    assert "inline mode" not in done.out


async def test_doctor_says_that_inline_mode_is_off_and_finds_no_fault_in_it(contingent: Scene) -> None:
    contingent.telegram.exchange.profile.inline = False
    done = await beside(contingent).run("doctor")
    assert done.code == 0, done.err
    (line,) = [one for one in done.out.splitlines() if "telegram and clock" in one]
    assert line.startswith("ok ")
    assert line.endswith("inline mode is off: /setinline at @BotFather")


async def test_doctor_says_that_the_data_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    given = {"VIGIE_TELEGRAM_TOKEN": TOKEN, "VIGIE_DATA_DIR": str(tmp_path / "file" / "data")}
    done = await Shell(tmp_path / "shell").run("doctor", **given)
    assert done.code == 2
    (fault,) = [one for one in done.err.splitlines() if "VIGIE_DATA_DIR" in one]
    assert "expected a folder that Vigie may write to" in fault


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc, which lets even root make nothing in it")
async def test_doctor_tries_whether_a_file_can_be_made_and_leaves_none(tmp_path: Path, loaded: Shell) -> None:
    for folder in ("/proc", "/proc/vigie/data"):
        done = await loaded.run("doctor", VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_DATA_DIR=folder)
        assert done.code == 2
        (fault,) = [one for one in done.err.splitlines() if one.startswith("BAD  data folder")]
        assert fault.startswith(f'BAD  data folder: VIGIE_DATA_DIR: "{folder}" cannot be written to: ')
    before = {one.name for one in loaded.folder.iterdir()}
    done = await loaded.run("doctor", VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_TELEGRAM_API_URL="http://127.0.0.1:9")
    assert "ok   data folder" in done.out
    assert {one.name for one in loaded.folder.iterdir()} == before


async def test_a_setting_without_its_prefix_in_env_is_told_in_one_line(loaded: Shell) -> None:
    (loaded.folder.parent / ".env").write_text("DATABASE_URL=postgres://other\n", encoding="utf-8")
    done = await loaded.run("status", "--json")
    assert (done.code, done.err) == (0, ".env:1: DATABASE_URL is not read; did you mean VIGIE_DATABASE_URL?\n")


async def test_migrate_leaves_a_current_database_alone_and_makes_none(loaded: Shell, tmp_path: Path) -> None:
    done = await loaded.run("migrate")
    assert (done.code, done.out) == (0, "schema: is this version's already; nothing was changed\n")
    assert not list(loaded.folder.glob("*before*"))
    nowhere = Shell(tmp_path / "nowhere")
    refused = await nowhere.run("migrate")
    assert refused.code == 2
    assert refused.err.splitlines() == ["the database is empty: `vigie load` or `vigie run` makes its tables"]
    assert not nowhere.folder.exists()


@pytest.mark.parametrize("words", [("status",), ("load", MALI), ("migrate",), ("invite", "willis"), ("doctor",)])
async def test_the_database_of_a_newer_vigie_is_not_touched(loaded: Shell, words: tuple[str, ...]) -> None:
    file = loaded.folder / "vigie.db"
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("update alembic_version set version_num = '9999'")
        conn.commit()
    before = file.read_bytes()
    done = await loaded.run(*words)
    assert done.code == 2
    (line,) = [one for one in done.err.splitlines() if "newer Vigie" in one]
    assert "run that version" in line
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [("status",), ("export", "checkins"), ("invite", "willis"), ("backup", "copy.db"), ("load", MALI, "--dry-run")],
)
async def test_what_only_reads_leaves_no_database_behind(shell: Shell, words: tuple[str, ...]) -> None:
    done = await shell.run(*words)
    assert not shell.folder.exists()
    if words[0] != "load":
        assert done.code == 2
        assert done.err.splitlines() == ["there is no database yet; expected `vigie load FILE.toml` first"]


async def test_nobody_else_on_the_machine_can_read_what_vigie_writes(loaded: Shell, tmp_path: Path) -> None:
    copy, sheet = tmp_path / "copy.db", tmp_path / "audit.csv"
    assert (await loaded.run("backup", copy)).code == 0
    assert (await loaded.run("export", "audit", "-o", sheet)).code == 0
    assert (await loaded.run("restore", copy)).code == 0
    written = [copy, sheet, *loaded.folder.iterdir()]
    assert {file.name: oct(file.stat().st_mode & 0o077) for file in written} == {file.name: "0o0" for file in written}


async def test_a_data_folder_that_cannot_be_made_is_told_by_its_setting(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for words in (("load", MALI), ("run",)):
        done = await shell.run(*words, VIGIE_DATA_DIR=str(tmp_path / "file" / "data"), VIGIE_TELEGRAM_TOKEN=TOKEN)
        assert done.code == 2
        (line,) = done.err.splitlines()
        assert line.startswith("VIGIE_DATA_DIR: ")


async def test_a_port_that_is_taken_is_told_by_what_names_it(contingent: Scene, shell: Shell) -> None:
    taken = str(urlsplit(contingent.telegram.url).port)
    demo = await shell.run("demo", "--port", taken)
    assert demo.code == 2
    assert demo.err.splitlines() == [
        f"--port: cannot listen on port {taken}: Address already in use; expected a free one, or 0"
    ]
    run = await shell.run("run", VIGIE_TELEGRAM_TOKEN=TOKEN, VIGIE_WEB_BIND=f"127.0.0.1:{taken}")
    assert run.code == 2
    (line,) = run.err.splitlines()
    assert line.startswith(f"VIGIE_WEB_BIND: cannot listen on 127.0.0.1:{taken}: Address already in use")


async def test_doctor_before_the_first_run(tmp_path: Path) -> None:
    telegram = StandIn(SystemClock(), strict_rates=False)
    await telegram.start()
    try:
        shell = Shell(tmp_path / "data", VIGIE_TELEGRAM_TOKEN=telegram.token, VIGIE_TELEGRAM_API_URL=telegram.url)
        done = await shell.run("doctor")
        assert "Traceback" not in done.err
        assert done.code == 0, done.err
        assert "no database yet" in done.out
        assert not shell.folder.exists()
    finally:
        await telegram.stop()


BAD = {
    "VIGIE_TELEGRAM_TOKEN": "hunter2-is-no-token",
    "VIGIE_TICK": "an hour",
    "VIGIE_WEB_BIND": "everywhere",
    "VIGIE_LOG_LEVEL": "LOUD",
    "VIGIE_WEBHOOK_URL": "https://vigie.example.org/telegram",
    "VIGIE_TELEGRAM_TOKN": "123456789:AAExampleExampleExample",
}


@pytest.mark.parametrize(
    "words", [("run",), ("doctor",), ("status",), ("migrate",), ("backup", "x"), ("restore", "x"), ("invite", "willis")]
)
async def test_bad_settings_are_told_all_at_once_without_a_token(shell: Shell, words: tuple[str, ...]) -> None:
    done = await shell.run(*words, **BAD)
    assert done.code == 2
    for name in BAD:
        told = "VIGIE_WEBHOOK_SECRET" if name == "VIGIE_WEBHOOK_URL" else name
        assert len([one for one in done.err.splitlines() if f"{told}:" in one]) == 1, told
    assert len(done.err.splitlines()) == len(BAD)
    for secret in ("hunter2", "AAExample"):
        assert secret not in (done.err + done.out).replace("123456789:AAExampleExampleExample", "", 1)
    assert "Traceback" not in done.err
    assert not shell.folder.exists()


async def test_run_without_a_token_says_what_is_missing(shell: Shell) -> None:
    done = await shell.run("run")
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert line.startswith("VIGIE_TELEGRAM_TOKEN: is missing")


async def test_a_second_vigie_on_the_same_data_is_refused(contingent: Scene) -> None:
    done = await beside(contingent, VIGIE_WEB_BIND="127.0.0.1:0").run("run")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert contingent.telegram.token not in done.err

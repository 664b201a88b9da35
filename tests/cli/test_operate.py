"""The commands of whoever operates Vigie: migrate, backup, restore, doctor, and settings that cannot be used."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.telegram import StandIn
from tests.cli.shell import TOKEN, Shell, beside
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
    assert "1 messages owed in it are parked" in done.out
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


async def test_doctor_before_the_first_run(tmp_path: Path) -> None:
    telegram = StandIn(SystemClock(), strict_rates=False)
    await telegram.start()
    try:
        shell = Shell(tmp_path / "data", VIGIE_TELEGRAM_TOKEN=telegram.token, VIGIE_TELEGRAM_API_URL=telegram.url)
        done = await shell.run("doctor")
        assert "Traceback" not in done.err
        assert done.code in (0, 2)
        assert done.code == 0, done.err
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

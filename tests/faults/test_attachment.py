"""Attachments on a bad line, a bad disk, and when the process is killed: shown as on their way until they are here."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.attachment import GONE_AFTER, SIZE_MAX
from bot.domain.errand import BACK_OFF
from bot.domain.errors import No
from tests.flows.files import PDF, PNG, attach, carried_out, states
from tests.flows.test_attachment import ROWS, files, go_on, silent_draft
from tests.flows.test_report import send
from tests.flows.words import BOTH, label, line, press, said
from tests.kit import Scene, last_id, texts, until

STATE = "select state from attachment"
GETS = ["getFile", "file"]  # the call that tells the address, and the download from there


def alert(phone: Any) -> str:
    return str(phone.popups[-1].text.replace("\xa0", " "))


@pytest.mark.parametrize("method", GETS)
@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_still_fetching_until_it_is_here(contingent: Scene, code: str, language: str, method: str) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    contingent.telegram.faults.status(502, methods=[method])
    await silent_draft(contingent, phone, language)
    (receipt,) = await attach(contingent, phone, what="document", name="plan.pdf", data=PDF)
    assert said(language, "⏳ Still fetching.") in receipt
    shown = phone.last
    assert states(language, "still fetching") in await go_on(contingent, phone, language)
    await send(contingent, phone, language)
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert "1. Document (still fetching): plan.pdf" in card
    card_shown, mark = boss.last, last_id(boss)
    await press(contingent, boss, "📎 1. plan.pdf", card_shown)
    assert alert(boss) == line("en", No.FILE_FETCHING)
    assert texts(boss, mark) == []
    contingent.telegram.faults.clear()
    await contingent.pass_time(hours=1)
    await carried_out(contingent)
    assert await contingent.rows(ROWS) == [("document", "there", "application/pdf", "plan.pdf", 1)]
    assert said(language, "⏳ Still fetching.") not in phone.chat.get(shown.id).text.replace("\xa0", " ")
    await press(contingent, boss, "📎 1. plan.pdf", card_shown)
    assert boss.last.file.data == PDF


async def test_when_the_line_is_back_nobody_waits_for_the_next_attempt(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    contingent.telegram.faults.status(502, methods=["getFile"])
    await attach(contingent, phone)
    for wait in BACK_OFF:
        await contingent.pass_time(seconds=wait.total_seconds() + 1)
        await carried_out(contingent)
    assert await contingent.one("select not_before - :now > 3000000000 from errand", now=micros(contingent)) == 1
    contingent.telegram.faults.clear()
    contingent.telegram.faults.outage(True)
    await until(lambda: not contingent.app.tracker.line.up, "the line's end")
    contingent.clock.move(timedelta(minutes=10))
    await contingent.app.ticker.tick()
    contingent.telegram.faults.outage(False)
    await until(lambda: contingent.app.tracker.line.up, "the line's return")
    await contingent.tick()
    await carried_out(contingent)
    assert await contingent.one(STATE) == "there"


def micros(scene: Scene) -> int:
    return int(scene.clock.now().timestamp() * 1_000_000)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_what_telegram_has_no_more_is_lost_and_told_with_what_to_do(
    contingent: Scene, code: str, language: str
) -> None:
    phone, kept = contingent.phone(code), contingent.telegram.exchange.files
    await silent_draft(contingent, phone, language)
    contingent.telegram.faults.status(502, methods=["getFile"], times=1)
    await attach(contingent, phone, what="document", name="plan.pdf", data=PDF)
    await send(contingent, phone, language)
    kept._by_id.clear()
    mark = last_id(phone)
    for wait in BACK_OFF[: GONE_AFTER - 1]:
        assert await contingent.one(STATE) == "fetching", "it may be only away for now"
        await contingent.pass_time(seconds=max(wait.total_seconds(), 30) + 1)
        await carried_out(contingent)
    assert await contingent.one(STATE) == "lost"
    (told,) = texts(phone, mark)
    assert "plan.pdf (MLI-2026-0001)" in told.splitlines()[0]
    assert said(language, "Telegram does not have the file any more.") in told
    assert "/report" in told if language == "en" else "/rapport" in told
    assert await contingent.one("select state from errand") == "failed"
    boss = contingent.phone("bradshaw")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert "1. Document (lost): plan.pdf" in card
    assert not any(one.text.startswith("📎") for row in boss.last.inline for one in row)


async def test_too_big_is_told_also_where_the_message_did_not_say_its_size(contingent: Scene) -> None:
    phone, telegram = contingent.phone("willis"), contingent.telegram
    await silent_draft(contingent, phone, "en")
    mark = last_id(phone)
    await phone.send_document("film.mov", bytes(SIZE_MAX + 1))
    big = phone.messages[-1].as_json()
    await contingent.settle()
    del big["document"]["file_size"]
    telegram.inject({"message": {**big, "message_id": big["message_id"] + 900}})
    await contingent.settle()
    await carried_out(contingent)
    assert said("en", "The file is over 20 MB and cannot be fetched.") in texts(phone, mark)[-1]
    assert await contingent.rows("select state, why from attachment") == [("refused", "too_big")]


async def test_telegram_says_when_to_ask_again(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    contingent.telegram.faults.status(429, methods=["getFile"], times=1, retry_after=600)
    await attach(contingent, phone)
    await contingent.pass_time(seconds=590)
    await carried_out(contingent)
    assert await contingent.one(STATE) == "fetching"
    await contingent.pass_time(seconds=11)
    await carried_out(contingent)
    assert await contingent.one(STATE) == "there"


async def test_a_disk_that_cannot_be_written_is_waited_for(contingent: Scene, events: list[Any]) -> None:
    phone, folder = contingent.phone("willis"), contingent.folder / "files"
    await silent_draft(contingent, phone, "en")
    folder.write_text("in the way")
    (receipt,) = await attach(contingent, phone)
    assert said("en", "⏳ Still fetching.") in receipt
    assert [one["log_level"] for one in events if one["event"] == "file_cannot_be_kept"] == ["error"]
    folder.unlink()
    await contingent.pass_time(minutes=1)
    await carried_out(contingent)
    assert await contingent.one(STATE) == "there"


@pytest.mark.parametrize("before", ["the download's end", "the note"])
async def test_killed_it_is_fetched_again_and_stored_once(
    contingent: Scene, before: str, fail_commit: Callable[[str], None], no_task_dies: Callable[[], None]
) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    if before == "the note":
        fail_commit(hashlib.sha256(PNG).hexdigest())
        await attach(contingent, phone)
        assert files(contingent) == 1, "on the disk, and not noted"
    else:
        contingent.telegram.faults.latency(60, methods=["file"])
        await phone.send_photo()
        await until(lambda: any(one.method == "getFile" for one in contingent.telegram.calls), "the question")
    assert await contingent.one(STATE) == "fetching"
    await contingent.stop()
    contingent.telegram.faults.clear()
    await contingent.start()
    await contingent.pass_time(minutes=1)
    await carried_out(contingent)
    assert await contingent.one(STATE) == "there"
    assert files(contingent) == 1
    no_task_dies()


async def test_the_address_of_a_file_holds_the_token_and_goes_into_no_log(contingent: Scene, events: list[Any]) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    contingent.telegram.faults.drop(before=1.0, methods=["file"])
    await attach(contingent, phone)
    contingent.telegram.faults.clear()
    contingent.telegram.faults.status(404, methods=["file"])
    await contingent.pass_time(minutes=1)
    await carried_out(contingent)
    secret = contingent.telegram.token.partition(":")[2]
    assert events
    assert secret not in repr(events)
    reasons = await contingent.rows("select error from errand")
    assert reasons
    assert secret not in repr(reasons)


@pytest.mark.parametrize("spoiled", [True, False])
async def test_a_file_that_the_disk_has_lost_is_told_to_whoever_asks_for_it(contingent: Scene, spoiled: bool) -> None:
    phone, boss = contingent.phone("willis"), contingent.phone("bradshaw")
    await silent_draft(contingent, phone, "en")
    await attach(contingent, phone)
    await send(contingent, phone, "en")
    (file,) = (one for one in (contingent.folder / "files").rglob("*") if one.is_file())
    file.write_bytes(PDF) if spoiled else file.unlink()
    await press(contingent, boss, label("en", "📄 Read"))
    (told,) = await press(contingent, boss, "📎 1. Photo")
    assert said("en", "⚠️ The file cannot be read here any more. The operator is told.") in told


async def test_taken_off_while_it_is_fetched_it_leaves_nothing_behind(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    contingent.telegram.faults.latency(0.3, methods=["file"])
    await phone.send_document("plan.pdf", PDF)
    await contingent.settle()
    await press(contingent, phone, label("en", "📎 Attachments"))
    await press(contingent, phone, "🗑 1. plan.pdf")
    await carried_out(contingent)
    await until(lambda: any(one.method == "file" for one in contingent.telegram.calls), "the download")
    await contingent.settle()
    for _ in range(2):
        await contingent.app.errands.once()
    assert await contingent.rows(ROWS) == []
    assert files(contingent) == 0

"""The courier over HTTP against the stand-in: what Telegram asks it to wait for, and who waits for whom."""

from typing import Any

from bot.chat import courier
from bot.clock import monotonic
from bot.domain.attachment import AttachmentKind, AttachmentState, AttachmentView
from bot.domain.attachment_message import AttachmentFile
from bot.domain.bilingual import Text
from bot.domain.checkin import DangerOffer
from bot.domain.file import FileRef, SentAs
from bot.domain.invite import CommandMenu, Stranger
from bot.domain.officer import Person, Role
from bot.services import box
from tests.flows.files import PDF
from tests.kit import IDS, Scene, texts, until


async def owe(scene: Scene, message: Any, *, to: str | None = None, chats: range | None = None) -> None:
    async with scene.app.begin() as tx:
        if to is not None:
            rows = await scene.rows("select telegram_id from officer where code = :code", code=to)
            box.owe(tx, message, chat=rows[0][0])
        for chat in chats or ():
            box.owe(tx, message, chat=chat)


def asked(scene: Scene) -> int:
    return sum(one.method == "setMyCommands" for one in scene.telegram.exchange.calls)


async def test_a_menu_that_telegram_puts_off_is_not_asked_for_again_before_that(contingent: Scene) -> None:
    contingent.telegram.faults.status(429, retry_after=1, methods={"setMyCommands"})
    before = asked(contingent)
    began = monotonic()
    await owe(contingent, CommandMenu(Role.OFFICER), to="willis")
    await until(lambda: asked(contingent) >= before + 3, "the third try")
    assert monotonic() - began >= 2
    contingent.telegram.faults.clear()
    await contingent.settle()


async def test_on_a_slow_line_a_roll_call_does_not_hold_every_place(contingent: Scene) -> None:
    """Forty messages that Telegram answers late, and a danger offer handed in after them: it goes at once."""
    for chat in range(5000, 5040):
        await contingent.telegram.phone(chat, first_name="S", last_name="X", language_code="en").start()
    await contingent.settle()
    contingent.telegram.faults.latency(3.0)
    sent = len(contingent.telegram.sent)
    await owe(contingent, Stranger(), chats=range(5000, 5040))
    await until(lambda: len(contingent.app.courier._busy) >= courier.AT_ONCE - courier.KEPT_FOR_URGENT)
    await owe(contingent, DangerOffer(None), to="bradshaw")
    await until(lambda: 1004 in contingent.app.courier._busy, "the urgent message on its way")
    assert len(contingent.telegram.sent) == sent, "not one of the slow ones has come back"
    contingent.telegram.faults.clear()
    await contingent.settle()


def document(scene: Scene, content: bytes, name: str = "plan.pdf") -> AttachmentFile:
    """A message with a file that lies on the disk."""
    sha256 = scene.app.files.put(content)
    who = Person("willis", Text("Cpl", "cap."), "Kelly Willis", "f", Text("Bamako", "Bamako"), "MINUSMA", None)
    view = AttachmentView(1, 1, AttachmentKind.DOCUMENT, AttachmentState.THERE, name)
    return AttachmentFile(FileRef(sha256, name, "application/pdf", SentAs.DOCUMENT), "MLI-2026-0001", view, who)


async def test_a_file_on_its_way_holds_nobody_up_not_even_its_own_reader(contingent: Scene) -> None:
    boss = contingent.phone("bradshaw")
    contingent.telegram.faults.latency(2.0, methods={"sendDocument"})
    for number in range(courier.FILES_AT_ONCE + 2):
        await owe(contingent, document(contingent, PDF + bytes([number])), to="bradshaw")
    await until(lambda: contingent.app.courier._uploading == {IDS["bradshaw"]}, "the upload")
    await owe(contingent, DangerOffer(None), to="bradshaw")
    await until(lambda: "Are you in danger?" in boss.last.text, "the urgent message")
    await owe(contingent, Stranger(), to="bradshaw")
    await until(lambda: "Are you in danger?" not in boss.last.text, "the other message")
    assert not any(one.file for one in boss.messages), "the file is still on its way"
    assert len(contingent.app.courier._uploading) == 1, "one at a time to a person"
    contingent.telegram.faults.clear()
    await contingent.settle()
    names = [one.file.data for one in boss.messages if one.file]
    assert names == [PDF + bytes([number]) for number in range(courier.FILES_AT_ONCE + 2)]


async def test_a_file_that_does_not_get_through_steps_aside_and_is_tried_again(contingent: Scene) -> None:
    boss, phone = contingent.phone("bradshaw"), contingent.phone("willis")
    contingent.telegram.faults.drop(before=1.0, methods={"sendDocument"})
    await owe(contingent, document(contingent, PDF), to="bradshaw")
    await until(lambda: any(one.method == "sendDocument" for one in contingent.telegram.calls), "the first try")
    await owe(contingent, Stranger(), to="willis")
    await until(lambda: "enrolled personnel only" in texts(phone)[-1], "what everybody else is owed")
    assert contingent.app.courier._quiet_until == 0.0, "the line is well"
    contingent.telegram.faults.clear()
    await contingent.pass_time(seconds=31)
    assert boss.last.file.data == PDF


async def test_a_large_file_and_a_name_in_french_arrive_as_they_are(contingent: Scene) -> None:
    boss, content = contingent.phone("bradshaw"), PDF + bytes(3 * 1024 * 1024)
    await owe(contingent, document(contingent, content, 'Été d\'Ampère "annexe".pdf'), to="bradshaw")
    await contingent.settle()
    assert boss.last.file.data == content
    assert (boss.last.file.name, boss.last.file.mime) == ('Été d\'Ampère "annexe".pdf', "application/pdf")

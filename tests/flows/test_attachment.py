"""Attachments: sent at any moment while a report is written, fetched, listed, taken off, read by those who may."""

import hashlib
from typing import Any

import pytest

from bot.demo.telegram import sample
from bot.demo.telegram.schema import Upload
from bot.domain.attachment import COUNT_MAX, SIZE_MAX
from bot.domain.errors import No
from tests.flows.files import EXE, JPEG, MP3, MP4, OGG, PDF, PNG, attach, carried_out, states
from tests.flows.test_report import DUTY, SILENT, open_form, send
from tests.flows.words import BOTH, ask, buttons, label, line, press, said
from tests.kit import Scene, last_id, texts

KIND = "attachment"
READ = "📄 Read"
NEVER = "Never photos, names or voices of survivors."
ROWS = "select kind, state, type, name, report is not null from attachment order by id"
TYPES = "Taken are: pictures (JPEG, PNG, WebP, HEIC, GIF); PDF; Word, Excel, PowerPoint and OpenDocument text, without"
TYPES += " macros; plain text and CSV in UTF-8; sound (OGG, MP3, M4A, WAV); video (MP4, MOV)."


async def silent_draft(scene: Scene, phone: Any, language: str) -> str:
    """Begin the report of a day on which nothing happened; return its preview."""
    await ask(scene, phone, "/report")
    await press(scene, phone, label(language, SILENT))
    return (await press(scene, phone, label(language, "Patrol", DUTY)))[0]


async def go_on(scene: Scene, phone: Any, language: str) -> str:
    """Show the draft again where it stands."""
    await ask(scene, phone, "/report")
    return (await press(scene, phone, label(language, "▶️ Go on with the draft")))[0]


def kept(scene: Scene, content: bytes) -> bool:
    sha256 = hashlib.sha256(content).hexdigest()
    return (scene.folder / "files" / sha256[:2] / sha256).read_bytes() == content


def files(scene: Scene) -> int:
    return sum(one.is_file() for one in (scene.folder / "files").rglob("*"))


def first_line(language: str, kind: str, count: int) -> str:
    return said(language, f"📎 {kind} attached ({{count}} in all).").format(count=count)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_photo_a_document_a_voice_note_and_a_location_are_attached_at_any_moment(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await open_form(contingent, phone, language, "Duty report")
    (photo,) = await attach(contingent, phone, caption="Marché de Sévaré")  # while the first question is open
    assert photo.splitlines()[0] == first_line(language, "Photo", 1)
    assert said(language, NEVER) in photo
    assert said(language, "⏳ Still fetching.") not in photo, "it is here by now"
    await press(contingent, phone, label(language, "💾 Go on later"))
    (sheet,) = await attach(contingent, phone, what="document", name="présences.csv", data=b"a;b\n1;2\n")
    assert sheet.splitlines()[0] == first_line(language, "Document", 2)
    assert said(language, "The draft is laid aside. To go on: /report") in sheet
    assert label(language, "Duty report", "report form") in sheet, "which report it is"
    await go_on(contingent, phone, language)
    (voice,) = await attach(contingent, phone, what="voice")
    assert voice.splitlines()[0] == first_line(language, "Voice note", 3)
    (place,) = await attach(contingent, phone, what="location", lat=14.4843, lon=-4.183)
    assert place.splitlines()[0] == first_line(language, "Location", 4)
    assert await contingent.rows(ROWS) == [
        ("photo", "there", "image/png", None, 0),
        ("document", "there", "text/plain", "présences.csv", 0),
        ("voice", "there", "audio/ogg", None, 0),
        ("location", "there", None, "30PUB72510161", 0),
    ]
    assert kept(contingent, PNG)
    assert kept(contingent, b"a;b\n1;2\n")
    assert kept(contingent, OGG)
    at = await contingent.one("select at from report_draft")
    assert at == "period", "no answer was taken for it"


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_what_is_attached_stands_in_the_preview_and_reaches_the_commander(
    contingent: Scene, code: str, language: str
) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    await silent_draft(contingent, phone, language)
    await attach(contingent, phone, caption="Pont <nord> & route")
    await attach(contingent, phone, what="document", name="plan.pdf", data=PDF)
    await attach(contingent, phone, what="location", lat=14.4843, lon=-4.183)
    preview = await go_on(contingent, phone, language)
    photo, document, place = (label(language, one, KIND) for one in ("Photo", "Document", "Location"))
    colon = " : " if language == "fr" else ": "
    assert f"1. {photo}{colon}Pont <nord> & route" in preview.splitlines()
    assert f"2. {document}{colon}plan.pdf" in preview.splitlines()
    assert f"3. {place}{colon}30P UB 7251 0161" in preview.splitlines()
    mark = last_id(boss)
    receipt = await send(contingent, phone, language)
    assert ("3 attachments" if language == "en" else "3 pièces jointes") in receipt
    (new,) = texts(boss, mark)
    assert "📎 With 3 attachments." in new
    (card,) = await press(contingent, boss, label("en", READ))
    assert "1. Photo: Pont <nord> & route" in card.splitlines()
    shown = boss.last
    await press(contingent, boss, "📎 1. Photo", shown)
    assert (boss.last.kind, boss.last.file.data, boss.last.file.name) == ("photo", PNG, "MLI-2026-0001-1.png")
    assert "MLI-2026-0001, attachment 1: Photo" in boss.last.text
    assert "Pont <nord> & route" in boss.last.text
    await press(contingent, boss, "📎 2. plan.pdf", shown)
    assert (boss.last.kind, boss.last.file.data, boss.last.file.name) == ("document", PDF, "plan.pdf")
    await press(contingent, boss, "📎 3. 30P UB 7251 0161", shown)
    assert boss.last.location == {"latitude": 14.4843, "longitude": -4.183}
    assert "MLI-2026-0001, attachment 3" in boss.last.text
    handed = "select actor, subject from audit where action = 'attachment_handed_out'"
    assert await contingent.rows(handed) == [("bradshaw", code)] * 3


async def test_each_kind_is_shown_as_the_phone_shows_its_own(contingent: Scene) -> None:
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    await silent_draft(contingent, phone, "fr")
    await attach(contingent, phone, what="voice")
    await attach(contingent, phone, what="audio", name="témoin.mp3", data=MP3)
    await attach(contingent, phone, what="video", name="pont.mp4", data=MP4)
    await attach(contingent, phone, what="document", name="photo.jpg", data=JPEG)
    await send(contingent, phone, "fr")
    await press(contingent, boss, label("en", READ))
    shown, kinds = boss.last, []
    for button in ("📎 1. Voice note", "📎 2. témoin.mp3", "📎 3. pont.mp4", "📎 4. photo.jpg"):
        await press(contingent, boss, button, shown)
        kinds.append((boss.last.kind, boss.last.file.name, boss.last.file.mime))
    assert kinds == [
        ("voice", "MLI-2026-0001-1.ogg", "audio/ogg"),
        ("audio", "témoin.mp3", "audio/mpeg"),
        ("video", "pont.mp4", "video/mp4"),
        ("document", "photo.jpg", "image/jpeg"),
    ]


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_what_is_not_taken_has_its_line_and_does_not_count(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await silent_draft(contingent, phone, language)
    await attach(contingent, phone)
    await attach(contingent, phone, what="document", name="photo.jpg", data=EXE)
    preview = await go_on(contingent, phone, language)
    assert {"en": "1 attachment", "fr": "1 pièce jointe"}[language] in preview.splitlines()
    assert states(language, "not taken") in preview


@pytest.mark.parametrize(("code", "language"), BOTH)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.jpg", EXE),
        ("note.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("page.txt", b"<html><script>alert(1)</script></html>"),
        ("carte.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("macro.vbs", b'MsgBox "x"'),
    ],
)
async def test_what_is_not_taken_is_told_with_what_is(
    contingent: Scene, code: str, language: str, name: str, data: bytes
) -> None:
    phone = contingent.phone(code)
    await silent_draft(contingent, phone, language)
    receipt, refused = await attach(contingent, phone, what="document", name=name, data=data)
    assert receipt.splitlines()[0] == said(language, "📎 Not attached.")
    assert name in refused.splitlines()[0]
    assert said(language, TYPES) in refused
    assert await contingent.rows(ROWS) == [("document", "refused", None, name, 0)]
    assert not (contingent.folder / "files").exists()
    preview = await go_on(contingent, phone, language)
    assert states(language, "not taken") in preview
    assert said(language, "Nothing is attached.") in preview
    assert await contingent.one("select state from errand where kind = 'fetch'") == "done"
    await send(contingent, phone, language)
    assert await contingent.rows(ROWS) == [], "it goes no further than the draft"


async def test_the_content_counts_and_a_name_that_lies_is_mended_on_the_way_out(contingent: Scene) -> None:
    phone, boss = contingent.phone("willis"), contingent.phone("bradshaw")
    await silent_draft(contingent, phone, "en")
    await attach(contingent, phone, what="document", name="plan.exe", data=PDF, mime="application/x-msdownload")
    await attach(contingent, phone, what="document", name="../../etc/\u202egpj.txt", data="été".encode())
    await send(contingent, phone, "en")
    await press(contingent, boss, label("en", READ))
    shown = boss.last
    await press(contingent, boss, "📎 1. plan.exe", shown)
    assert boss.last.file.name == "plan.exe.pdf"
    await press(contingent, boss, "📎 2. gpj.txt", shown)
    assert (boss.last.file.name, boss.last.file.data) == ("gpj.txt", "été".encode())


async def test_a_file_too_big_is_refused_at_once_and_a_report_holds_only_so_many(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    (told,) = await attach(contingent, phone, what="document", name="film.mp4", data=bytes(SIZE_MAX + 1))
    assert told == said("en", "⚠️ {name} is over 20 MB and cannot be fetched. Send a smaller one.").format(
        name="film.mp4"
    )
    assert await contingent.rows(ROWS) == []
    for number in range(COUNT_MAX):
        await phone.send_document(f"{number}.txt", str(number).encode())
    await contingent.settle()
    (told,) = await attach(contingent, phone, what="photo")
    assert told == line("en", No.TOO_MANY_FILES)
    await send(contingent, phone, "en")
    await press(contingent, phone, label("en", READ))
    await press(contingent, phone, label("en", "✏️ Correct"))
    await ask(contingent, phone, "One photo more")
    (told,) = await attach(contingent, phone, what="photo")
    assert told == line("en", No.TOO_MANY_FILES), "what was sent before counts, too"
    assert await contingent.one("select count(*) from attachment") == COUNT_MAX


async def test_an_album_has_one_receipt_that_counts_up(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await silent_draft(contingent, phone, "fr")
    mark = last_id(phone)
    album = [sample.PHOTO, Upload("b.jpg", "image/jpeg", JPEG), Upload("c.jpg", "image/jpeg", JPEG)]
    await phone.send_album(album, caption="Le pont")
    await contingent.settle()
    await carried_out(contingent)
    (receipt,) = texts(phone, mark)
    assert receipt.splitlines()[0] == said("fr", "📎 {added} files attached ({count} in all).").format(added=3, count=3)
    assert await contingent.rows("select state, caption from attachment order by id") == [
        ("there", "Le pont"),
        ("there", None),
        ("there", None),
    ]
    assert files(contingent) == 2, "the same file twice is stored once"


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_an_attachment_is_taken_off_and_its_file_forgotten(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await silent_draft(contingent, phone, language)
    await attach(contingent, phone)
    await attach(contingent, phone, what="document", name="plan.pdf", data=PDF)
    await attach(contingent, phone, what="document", name="copie.pdf", data=PDF)
    await press(contingent, phone, label(language, "📎 Attachments"))
    assert [one for row in buttons(phone.last) for one in row][:2] == [
        f"🗑 1. {label(language, 'Photo', KIND)}",
        "🗑 2. plan.pdf",
    ]
    listed = phone.last
    (left,) = await press(contingent, phone, f"🗑 1. {label(language, 'Photo', KIND)}")
    assert label(language, "Photo", KIND) in left.splitlines()[0]
    await press(contingent, phone, "🗑 1. plan.pdf")
    await carried_out(contingent)
    assert [row[3] for row in await contingent.rows(ROWS)] == ["copie.pdf"]
    assert files(contingent) == 1, "the photo is gone; the plan is still needed"
    assert kept(contingent, PDF)
    mark = last_id(phone)
    await phone.press(f"🗑 1. {label(language, 'Photo', KIND)}", listed)  # once more, on the old list
    await contingent.settle()
    assert phone.popups[-1].text.replace("\xa0", " ") == line(language, No.STALE_BUTTON)
    assert texts(phone, mark) == []
    preview = (await press(contingent, phone, label(language, "▶️ Go on with the draft")))[0]
    assert "copie.pdf" in preview


async def test_a_discarded_draft_takes_its_attachments_along(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    await attach(contingent, phone)
    assert files(contingent) == 1
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "🗑 Discard the draft"))
    await press(contingent, phone, label("en", "Yes, discard it"))
    await carried_out(contingent)
    assert await contingent.rows(ROWS) == []
    assert files(contingent) == 0


async def test_a_correction_keeps_what_was_sent_and_adds_to_it(contingent: Scene) -> None:
    phone, boss = contingent.phone("lacroix"), contingent.phone("bradshaw")
    await silent_draft(contingent, phone, "fr")
    await attach(contingent, phone)
    await send(contingent, phone, "fr")
    await press(contingent, phone, label("fr", READ))
    await press(contingent, phone, label("fr", "✏️ Correct"))
    await ask(contingent, phone, "Il manquait le plan")
    (receipt,) = await attach(contingent, phone, what="document", name="plan.pdf", data=PDF)
    assert receipt.splitlines()[0] == first_line("fr", "Document", 2)
    assert "MLI-2026-0001" in receipt
    await press(contingent, phone, label("fr", "📎 Attachments"))
    offered = [one for row in buttons(phone.last) for one in row]
    assert "🗑 2. plan.pdf" in offered
    assert not any(one.startswith("🗑 1.") for one in offered), "what was sent stays"
    await press(contingent, phone, label("fr", "▶️ Go on with the draft"))
    await send(contingent, phone, "fr")
    assert await contingent.rows("select kind, version from attachment order by id") == [("photo", 1), ("document", 2)]
    await press(contingent, boss, label("en", READ))
    await press(contingent, boss, "📎 2. plan.pdf")
    assert boss.last.file.data == PDF
    assert await contingent.one("select report from attachment where version = 1") is not None


async def test_nobody_else_receives_an_attachment(contingent: Scene) -> None:
    phone, boss, other = (contingent.phone(code) for code in ("willis", "bradshaw", "lacroix"))
    await silent_draft(contingent, phone, "en")
    await attach(contingent, phone)
    await send(contingent, phone, "en")
    await press(contingent, phone, label("en", READ))
    which = await contingent.one("select id from attachment")
    seal = contingent.app.application.bot_data["room"].seal
    from bot.chat.keyboard import Press, Verb  # a button that an altered client could make up if it knew the key

    mark = last_id(other)
    other._query(other.last, seal.data(Press(Verb.ATTACHMENT_GET, str(which)), other.user_id))
    await contingent.settle()
    assert other.popups[-1].text.replace("\xa0", " ") == line("fr", No.NO_SUCH_FILE)
    assert texts(other, mark) == []
    await press(contingent, phone, "📎 1. Photo")
    assert phone.last.file.data == PNG, "the officer's own"
    assert not any(one.file for one in boss.messages)


async def test_without_a_draft_a_file_is_not_taken_and_the_hint_says_how(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    for what in ("photo", "voice", "location"):
        facts = {"lat": 14.4, "lon": -4.1} if what == "location" else {}
        (told,) = await attach(contingent, phone, what=what, **facts)
        assert said("en", "⚠️ <b>Not recorded as a check-in.</b>") in told
        hint = said("en", "To attach it to a report: /report, then send it again.") in told
        assert hint == (what != "location")
    assert await contingent.rows(ROWS) == []


async def test_a_check_in_in_a_caption_is_none_and_is_told_so(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    (told,) = await attach(contingent, phone, caption="I am safe")
    assert said("en", "⚠️ <b>Not recorded as a check-in.</b>") in told
    assert await contingent.one("select count(*) from checkin") == 0
    assert await contingent.one("select count(*) from attachment") == 1


async def test_danger_in_a_caption_is_danger_and_the_photo_is_attached_all_the_same(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await silent_draft(contingent, phone, "fr")
    offer, receipt = await attach(contingent, phone, caption="on tire sur nous")
    assert receipt.startswith("📎")
    assert "Êtes-vous en danger?" in offer


async def test_a_caption_that_tells_of_others_is_a_caption(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await silent_draft(contingent, phone, "fr")
    (receipt,) = await attach(contingent, phone, caption="Impacts de tirs sur le mur de l'école")
    assert receipt.startswith("📎")


async def test_whoever_waits_for_help_is_told_that_no_file_reaches_anybody(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await silent_draft(contingent, phone, "fr")
    await contingent.pass_time(seconds=5)
    await ask(contingent, phone, "/assistance")
    (told,) = await attach(contingent, phone)
    assert said("fr", "Voice messages, pictures and files are passed on to nobody: write it in one line.") in told
    mark = last_id(phone)
    await phone.send_location(14.5, -4.1)
    await contingent.settle()
    assert await contingent.rows(ROWS) == []
    assert await contingent.one("select latitude from alert") == 14.5
    assert not texts(phone, mark)[0].startswith("📎")
    await contingent.pass_time(seconds=5)
    await go_on(contingent, phone, "fr")
    (receipt,) = await attach(contingent, phone)
    assert receipt.startswith("📎"), "gone on with the report since"


async def test_a_location_answers_the_question_for_a_place_and_a_live_one_is_attached_once(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await ask(contingent, phone, "04:30")
    await phone.send_location(14.4843, -4.183)
    await contingent.settle()
    assert await contingent.rows(ROWS) == []
    await phone.send_location(14.5, -4.1, live_period=900)
    await contingent.settle()
    live, mark = phone.messages[-2].id, last_id(phone)
    for step in range(3):
        await phone.move_location(live, 14.6 + step, -4.1)
        await contingent.settle()
    assert texts(phone, mark) == []
    assert await contingent.rows("select kind, latitude from attachment") == [("location", 14.5)]


async def test_what_a_colleague_sent_may_be_forwarded(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await silent_draft(contingent, phone, "en")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    file = contingent.telegram.exchange.files.add("photo", sample.PHOTO)
    mark = last_id(phone)
    phone._say(None, None, kind="photo", file=file, origin=origin)
    await contingent.settle()
    await carried_out(contingent)
    assert texts(phone, mark)[0].splitlines()[0] == first_line("en", "Photo", 1)

"""Enrolment: one code, one officer, once; the phone that is lost; and everybody who is not enrolled."""

import re
from typing import Any

import pytest

from bot.domain.errors import No
from bot.services import enrol
from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.words import BOTH, STRANGER, TONGUES, ask, both, buttons, forge, label, line, press, said
from tests.kit import IDS, SAFE, Scene, last_id, texts

OTHER = 2003  # a phone that nobody knows
PROBLEM = {
    No.CODE_USED: "Somebody tried this invitation, which had been used already.",
    No.CODE_EXPIRED: "Somebody tried this invitation, which had expired.",
    No.CODE_REVOKED: "Somebody tried this invitation, which is no longer valid.",
    No.CODE_FOREIGN: "Somebody tried this invitation from a phone that is enrolled under another name.",
}


async def _open(scene: Scene, phone: Any, code: str) -> list[str]:
    mark = last_id(phone)
    await phone.start(payload=code)
    await scene.settle()
    return texts(phone, mark)


def _about(phone: Any, mark: int, why: No) -> list[str]:
    return [one for one in texts(phone, mark) if said("en", PROBLEM[why]) in one or said("fr", PROBLEM[why]) in one]


def _code_in(text: str) -> str:
    return re.search(r"\?start=([\w-]+)", text)[1]


@pytest.mark.parametrize("code", ["willis", "lacroix"])
async def test_the_link_greets_in_both_languages_with_two_equal_buttons(scene: Scene, code: str) -> None:
    phone = scene.phone(code)
    (greeting,) = await _open(scene, phone, await scene.invite(code))
    for language in TONGUES:
        assert said(language, "Hello! I am Vigie, the lookout of your contingent.") in greeting
        assert said(language, "Choose your language.") in greeting
    assert "Canadian police contingent in Mali" in greeting
    assert "Contingent policier canadien au Mali" in greeting
    assert buttons(phone.last) == [["English", "Français"]]


@pytest.mark.parametrize(("code", "language"), [*BOTH, ("willis", "fr"), ("lacroix", "en")])
async def test_the_welcome_is_in_the_language_pressed_and_says_when(scene: Scene, code: str, language: str) -> None:
    phone = scene.phone(code)
    await _open(scene, phone, await scene.invite(code))
    welcome, card = await press(scene, phone, TONGUES[language])
    assert ("Emergency numbers" if language == "en" else "Numéros d'urgence") in card
    assert ("Welcome, Cpl" if language == "en" else "Bienvenue, cap.") in welcome
    assert ("08:00" if language == "en" else "8 h") in welcome
    assert ("20:00" if language == "en" else "20 h") in welcome
    assert ("Mopti" if code == "lacroix" else "Bamako") in welcome
    assert phone.keyboard[0] == [SAFE[language]]


@pytest.mark.parametrize(("code", "language"), [*BOTH, ("hamelin", "en"), ("bradshaw", "fr")])
async def test_everything_afterwards_is_in_that_language(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    phone = scene.phone(code)
    (receipt,) = await ask(scene, phone, "ok")
    assert ("Received" if language == "en" else "Reçu") in receipt
    for command, msgid in (
        ("/privacy", "<b>Unclassified information only.</b>"),
        ("/confidentialite", "<b>Unclassified information only.</b>"),
        ("/me", "Something is wrong? Tell your commander. What is kept, and why: /privacy"),
        ("/conge", "<b>What kind of absence is it?</b>"),
        ("Bonjour, hello", "⚠️ <b>Not recorded as a check-in.</b>"),
        ("/nothing_like_this", "I did not understand that, and recorded nothing. Your commands: /help"),
    ):
        answers = await ask(scene, phone, command)
        assert len(answers) == 1, command
        if command != "/nothing_like_this":
            assert said(language, msgid) in answers[0]
    mark = last_id(phone)
    await scene.to(7, 45)
    await scene.to(8, 15)
    reminders = texts(phone, mark)
    assert reminders
    assert all(("check-in" if language == "en" else "pointage") in one for one in reminders)


@pytest.mark.parametrize(("code", "language", "command"), [("willis", "en", "/langue"), ("lacroix", "fr", "/language")])
async def test_the_language_can_be_changed_at_any_time(scene: Scene, code: str, language: str, command: str) -> None:
    await scene.enrol(code, language=language)
    phone = scene.phone(code)
    (choice,) = await ask(scene, phone, command)
    assert choice == both("Choose your language.")
    assert buttons(phone.last) == [["English", "Français"]]
    other = "fr" if language == "en" else "en"
    answer, card = await press(scene, phone, TONGUES[other])
    assert ("Emergency numbers" if other == "en" else "Numéros d'urgence") in card
    assert said(other, "From now on I speak English with you.") in answer
    assert phone.keyboard[0] == [SAFE[other]]
    (privacy,) = await ask(scene, phone, "/privacy")
    assert said(other, "<b>Unclassified information only.</b>") in privacy
    assert await scene.one("select language from officer where code = :who", who=code) == other
    async with scene.app.begin() as tx:
        await load(tx, parse(scene.roster.replace("Guy LaCroix", "Guy Lacroix"), "mali.toml"))
    assert await scene.one("select language from officer where code = :who", who=code) == other


@pytest.mark.parametrize("why", [No.CODE_USED, No.CODE_EXPIRED, No.CODE_REVOKED])
async def test_a_code_that_no_longer_works_is_told_in_both_languages_and_to_command_once(scene: Scene, why: No) -> None:
    await scene.enrol("bradshaw", "willis", "lacroix")
    await scene.enrol("willis", language="fr")
    code = await scene.invite("hamelin")
    if why is No.CODE_USED:
        await _open(scene, scene.phone("hamelin"), code)
    elif why is No.CODE_EXPIRED:
        await scene.pass_time(hours=72, tick=False)
    else:
        await scene.invite("hamelin")
    before = await scene.one("select telegram_id from officer where code = 'hamelin'")
    marks = {one: last_id(scene.phone(one)) for one in ("bradshaw", "willis", "lacroix")}
    phone = scene.telegram.phone(OTHER)
    for _ in range(3):
        (answer,) = await _open(scene, phone, code)
        assert line("en", why) in answer
        assert line("fr", why) in answer
        assert answer.index(line("en", why)) < answer.index(line("fr", why))
        assert "613" in answer, "the duty officer's number"
    assert await scene.one("select telegram_id from officer where code = 'hamelin'") == before
    (english,) = _about(scene.phone("bradshaw"), marks["bradshaw"], why)
    assert "Stevens Hamelin" in english
    (french,) = _about(scene.phone("willis"), marks["willis"], why)
    assert said("fr", PROBLEM[why]) in french
    assert _about(scene.phone("lacroix"), marks["lacroix"], why) == [], "a lead does not answer for the roster"
    assert texts(scene.phone("hamelin")) == ([] if why is not No.CODE_USED else texts(scene.phone("hamelin"))[:1])


async def test_a_code_works_until_the_72_hours_are_over(scene: Scene) -> None:
    code = await scene.invite("hamelin")
    await scene.pass_time(hours=71, minutes=59, tick=False)
    (greeting,) = await _open(scene, scene.phone("hamelin"), code)
    assert "Bonjour" in greeting


@pytest.mark.parametrize(("code", "language"), [("lacroix", "fr"), ("hamelin", "en")])
async def test_the_code_of_another_is_refused_to_an_enrolled_phone_and_stays_good(
    scene: Scene, code: str, language: str
) -> None:
    await scene.enrol("bradshaw")
    await scene.enrol(code, language=language)
    mark = last_id(scene.phone("bradshaw"))
    invitation = await scene.invite("deniger")
    (answer,) = await _open(scene, scene.phone(code), invitation)
    assert line("en", No.CODE_FOREIGN) in answer
    assert line("fr", No.CODE_FOREIGN) in answer
    assert len(_about(scene.phone("bradshaw"), mark, No.CODE_FOREIGN)) == 1
    assert await scene.one("select telegram_id from officer where code = :who", who=code) == IDS[code]
    (greeting,) = await _open(scene, scene.phone("deniger"), invitation)
    assert "Bonjour" in greeting


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_the_own_link_pressed_again_worries_nobody(scene: Scene, code: str, language: str) -> None:
    await scene.enrol("bradshaw")
    invitation = await scene.invite(code)
    phone = scene.phone(code)
    await _open(scene, phone, invitation)
    await press(scene, phone, TONGUES[language])
    mark = last_id(scene.phone("bradshaw"))
    assert await _open(scene, phone, invitation) == [line(language, No.CODE_USED)]
    assert texts(scene.phone("bradshaw"), mark) == []


async def test_guesses_are_answered_three_times_an_hour_and_only_counted(scene: Scene) -> None:
    await scene.enrol("bradshaw", "willis")
    told = await scene.one("select count(*) from outbox where officer is not null")
    phone = scene.telegram.phone(OTHER)
    for guess in range(5):
        await phone.start(payload=f"guess{guess}_aaaaaaaaaaaaaaaa")
        await scene.settle()
    assert texts(phone) == [STRANGER] * 3
    assert await scene.rows("select answers, tries from stranger") == [(3, 5)]
    assert await scene.one("select count(*) from outbox where officer is not null") == told
    await scene.pass_time(minutes=59, tick=False)
    assert await _open(scene, phone, "guess5") == []
    await scene.pass_time(minutes=2, tick=False)
    assert await _open(scene, phone, "guess6") == [STRANGER]
    assert await scene.one("select tries from stranger") == 7
    assert await scene.one("select count(*) from audit where action = 'invite_misused'") == 0


SAID = ("ok", "Hello", "/start", "/status", "/help", "/roster", "/checkin Gao", "✅ I am safe")


async def test_a_stranger_gets_the_one_line_and_nothing_else(scene: Scene) -> None:
    await scene.enrol("bradshaw")
    mark = last_id(scene.phone("bradshaw"))
    phone = scene.telegram.phone(OTHER, language_code="fr")
    for one in SAID:
        assert await ask(scene, phone, one) == [STRANGER], one
        assert phone.keyboard is None
        assert phone.last.inline == []
        await scene.pass_time(minutes=61, tick=False)
    assert texts(scene.phone("bradshaw"), mark) == []
    for table in ("checkin", "alert", "absence", "draft"):
        assert await scene.one(f"select count(*) from {table}") == 0
    assert await scene.one("select tries from stranger") == 0


async def test_a_stranger_who_keeps_on_is_answered_three_times_an_hour(scene: Scene) -> None:
    phone = scene.telegram.phone(OTHER)
    await phone.send_photo("Who are you?")
    await phone.send_voice()
    await phone.send_location(12.6, -8.0)
    await phone.send_contact()
    await phone.edit(await _first_text(scene, phone), "ok")
    await scene.settle()
    assert texts(phone) == [STRANGER] * 3
    assert scene.app.desk.failed == 0


async def _first_text(scene: Scene, phone: Any) -> int:
    await phone.send("hello")
    await scene.settle()
    return next(one.id for one in phone.messages if one.outgoing and one.text == "hello")


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_lost_phone_is_closed_when_the_new_one_is_enrolled(scene: Scene, code: str, language: str) -> None:
    await scene.enrol("bradshaw", code)
    old, new, boss = scene.phone(code), scene.telegram.phone(OTHER, language_code=language), scene.phone("bradshaw")
    (made,) = await ask(scene, boss, f"/invite {code}")
    assert said("en", "When it is used, the phone that is enrolled now is closed.") in made
    (receipt,) = await ask(scene, old, "ok")
    assert receipt.startswith("✅"), "until then the old phone speaks for the officer"
    marks = last_id(old), last_id(boss)
    (greeting,) = await _open(scene, new, _code_in(made))
    assert "Bonjour" in greeting
    (last,) = texts(old, marks[0])
    assert said(language, "You are now enrolled on another phone; this one is closed.") in last
    assert old.keyboard is None
    assert {one.command for one in old.commands} == {"start", "privacy" if language == "en" else "confidentialite"}
    (news,) = texts(boss, marks[1])
    assert "new phone" in news
    assert await ask(scene, old, "ok") == [STRANGER]
    mark = last_id(old)
    old._query(next(one for one in old.messages if one.inline), "AAAAAAAAln|en|")
    await scene.settle()
    assert texts(old, mark) == []
    await press(scene, new, TONGUES[language])
    (receipt,) = await ask(scene, new, SAFE[language])
    assert receipt.startswith("✅")
    assert await scene.one("select count(*) from checkin") == 2
    assert await scene.rows("select telegram_id from officer where code = :who", who=code) == [(OTHER,)]


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_command_closes_a_phone_at_once_from_the_roster(scene: Scene, code: str, language: str) -> None:
    await scene.enrol("bradshaw", code)
    boss, phone = scene.phone("bradshaw"), scene.phone(code)
    name = "Cpl Kelly Willis" if code == "willis" else "Cpl Guy LaCroix"
    await ask(scene, boss, "/roster")
    (card,) = await press(scene, boss, name)
    assert said("en", "🟢 Enrolled") in card
    mark = last_id(phone)
    await press(scene, boss, label("en", "Revoke this phone"))
    assert await scene.one("select telegram_id from officer where code = :who", who=code) == IDS[code], "asked twice"
    await press(scene, boss, label("en", "Cancel"))
    assert texts(phone, mark) == []
    await press(scene, boss, label("en", "Revoke this phone"))
    (news,) = await press(scene, boss, label("en", "Yes, close it"))
    assert news.startswith(f"📱 {name}")
    (last,) = texts(phone, mark)
    assert said(language, "This phone is no longer enrolled.") in last
    assert "555" in last, "the duty officer's number: the last words must not leave somebody alone"
    assert phone.keyboard is None
    assert await ask(scene, phone, "ok") == [STRANGER]
    assert await scene.one("select count(*) from checkin") == 0
    await ask(scene, boss, "/roster")
    (card,) = await press(scene, boss, name)
    assert said("en", "⚪ Not enrolled") in card
    assert await scene.rows("select actor, subject from audit where action = 'phone_revoked'") == [("bradshaw", code)]


async def test_an_open_invitation_is_revoked_with_the_phone(scene: Scene) -> None:
    await scene.enrol("bradshaw")
    boss = scene.phone("bradshaw")
    invitation = await scene.invite("hamelin")
    await ask(scene, boss, "/roster")
    (card,) = await press(scene, boss, "Sgt Stevens Hamelin")
    assert card.splitlines()[-1].startswith("🔑 Invited")
    await press(scene, boss, label("en", "Revoke this phone"))
    await press(scene, boss, label("en", "Yes, close it"))
    (answer,) = await _open(scene, scene.phone("hamelin"), invitation)
    assert line("fr", No.CODE_REVOKED) in answer


async def test_codes_are_kept_as_hashes_only(scene: Scene) -> None:
    code = await scene.invite("hamelin")
    held = [str(row) for row in await scene.rows("select * from invite")]
    assert held
    await scene.stop()
    for file in scene.folder.iterdir():
        assert code.encode() not in file.read_bytes(), file.name
    await scene.start()


@pytest.mark.parametrize(
    ("code", "language", "command"), [("willis", "fr", "/invitation"), ("bradshaw", "en", "/invite")]
)
async def test_command_invites_in_chat_by_code(scene: Scene, code: str, language: str, command: str) -> None:
    await scene.enrol(code, language=language)
    (made,) = await ask(scene, scene.phone(code), f"{command} Hamelin")
    assert "Stevens Hamelin" in made
    assert "https://t.me/vigie_demo_bot?start=" in made
    assert said(language, "Forward it only to that person. It works once.") in made
    (greeting,) = await _open(scene, scene.phone("hamelin"), _code_in(made))
    assert "Bonjour" in greeting
    assert await scene.one("select made_by from invite where officer = 'hamelin'") == code


@pytest.mark.parametrize(("code", "language"), [("willis", "fr"), ("bradshaw", "en")])
async def test_command_invites_in_chat_by_button(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    phone = scene.phone(code)
    (whom,) = await ask(scene, phone, "/invite")
    assert said(language, "A one-time link is made for the name you press.") in whom
    name = "Serg. Stevens Hamelin" if language == "fr" else "Sgt Stevens Hamelin"
    (made,) = await press(scene, phone, name)
    (greeting,) = await _open(scene, scene.phone("hamelin"), _code_in(made))
    assert "Bonjour" in greeting


@pytest.mark.parametrize(("code", "language"), [("lacroix", "fr"), ("hamelin", "en")])
async def test_nobody_else_invites(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    made = await scene.one("select count(*) from invite")
    for command in ("/invite", "/invitation", "/invite hamelin", "/invitation hamelin"):
        assert await ask(scene, scene.phone(code), command) == [line(language, No.NOT_ALLOWED)]
    assert await scene.one("select count(*) from invite") == made


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_code_that_no_officer_has_is_told(scene: Scene, language: str) -> None:
    await scene.enrol("bradshaw", language=language)
    assert await ask(scene, scene.phone("bradshaw"), "/invite nobody") == [line(language, No.NO_SUCH_OFFICER)]


async def test_the_language_button_of_another_changes_nothing(scene: Scene) -> None:
    await scene.enrol("bradshaw", "hamelin")
    await ask(scene, scene.phone("bradshaw"), "/language")
    theirs = scene.phone("bradshaw").last.inline[0][0].data
    popup, written = await forge(scene, scene.phone("hamelin"), theirs)
    assert popup == line("fr", No.STALE_BUTTON)
    assert written == []
    assert await scene.rows("select language from officer where code in ('bradshaw', 'hamelin') order by code") == [
        ("en",),
        ("fr",),
    ]


async def test_start_without_a_code_welcomes_again(scene: Scene) -> None:
    await scene.enrol("lacroix")
    (welcome,) = await ask(scene, scene.phone("lacroix"), "/start")
    assert welcome.startswith("Bienvenue")
    assert await scene.one("select count(*) from audit where action = 'enrolled'") == 1


async def test_two_phones_with_one_link_only_the_first_is_enrolled(scene: Scene) -> None:
    code = await scene.invite("hamelin")
    first, second = scene.phone("hamelin"), scene.telegram.phone(OTHER)
    await first.start(payload=code)
    await second.start(payload=code)
    await scene.settle()
    assert "Bonjour" in texts(first)[0]
    assert line("fr", No.CODE_USED) in texts(second)[0]
    assert await scene.one("select telegram_id from officer where code = 'hamelin'") == IDS["hamelin"]
    async with scene.app.begin() as tx:
        assert (await enrol.invite(tx, "hamelin", None)).replaces_phone

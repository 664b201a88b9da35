"""Who may do what: every role with every command, and every way of pressing what is not one's own."""

from typing import Any

import pytest

from bot.chat.keyboard import Press, Verb
from bot.chat.press import Seal
from bot.domain.errors import No
from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.words import BOTH, admit, ask, forge, label, line, plain, press, record, said
from tests.kit import ROSTER, SAFE, Scene, last_id, texts

ROLES = {"hamelin": "officer", "lacroix": "lead", "willis": "deputy", "bradshaw": "commander"} | {
    "ndiaye": "liaison",
    "tremblay": "admin",
}
MORE = "".join(
    f"""
[[officers]]
code = "{code}"
rank = "M."
name = "{code.title()}"
service = "RCMP"
mission = "MINUSMA"
post = "BKO"
role = "{role}"
language = "fr"
"""
    for code, role in ROLES.items()
    if role in ("liaison", "admin")
)

# The table of the design, by hand: the program's own is what is tested.
FIELD = {"officer", "lead", "deputy", "commander"}
ALL = {*FIELD, "liaison", "admin"}
COMMANDS: dict[tuple[str, str], set[str]] = {
    ("help", "aide"): ALL,
    ("language", "langue"): ALL,
    ("privacy", "confidentialite"): ALL,
    ("me", "moi"): ALL,
    ("cancel", "annuler"): ALL,
    ("start", "start"): ALL,
    ("status", "etat"): ALL - {"officer", "admin"},
    ("alerts", "alertes"): {"lead", "deputy", "commander"},
    ("roster", "effectif"): {"deputy", "commander"},
    ("invite", "invitation"): {"deputy", "commander"},
    ("checkin", "pointage"): FIELD,
    ("leave", "conge"): FIELD,
    ("assist", "assistance"): FIELD,
    ("sos", "sos"): FIELD,
}


async def _everyone(folder: Any, language: str) -> tuple[Scene, dict[str, Any]]:
    scene = await Scene(folder, roster=ROSTER.read_text(encoding="utf-8") + MORE).open()
    phones = {role: await admit(scene, code, 5000 + at, language) for at, (code, role) in enumerate(ROLES.items())}
    await scene.tick()
    return scene, phones


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_role_with_every_command(tmp_path: Any, language: str) -> None:
    scene, phones = await _everyone(tmp_path, language)
    refusal = line(language, No.NOT_ALLOWED)
    try:
        for names, allowed in COMMANDS.items():
            for role, phone in phones.items():
                for name in dict.fromkeys(names):
                    before = await record(scene) if role not in allowed else {}
                    answers = await ask(scene, phone, f"/{name}")
                    if role in allowed:
                        assert answers, (role, name)
                        assert refusal not in answers, (role, name)
                    else:
                        assert answers == [refusal], (role, name)
                        assert await record(scene) == before, (role, name)
        assert scene.app.desk.failed == 0
    finally:
        await scene.close()


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_words_of_the_menu_are_no_way_round(tmp_path: Any, language: str) -> None:
    scene, phones = await _everyone(tmp_path, language)
    refusal = line(language, No.NOT_ALLOWED)
    words = {
        label(language, text, "menu"): allowed
        for text, allowed in (
            ("✅ I am safe", FIELD),
            ("📋 Status", COMMANDS["status", "etat"]),
            ("🔔 Alerts", COMMANDS["alerts", "alertes"]),
            ("🤝 I need assistance", FIELD),
            ("🆘 SOS", FIELD),
        )
    }
    try:
        for word, allowed in words.items():
            for role in ALL - allowed:
                before = await record(scene)
                assert await ask(scene, phones[role], word) == [refusal], (role, word)
                assert await record(scene) == before
        for role in ("liaison", "admin"):
            before = await record(scene)
            await ask(scene, phones[role], "ok")
            assert await record(scene) == before, "no check-in is kept of somebody who is not watched over"
    finally:
        await scene.close()


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_forged_presses_do_nothing_and_are_answered(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await contingent.settle()
    seal = Seal(contingent.telegram.token)
    body = "sx|1|"
    bad = [
        "x",
        "ln|en|",
        "AAAAAAAAst|0|",
        "é" * 30,
        "A" * 64,
        "|||||||||||",
        "\N{PILE OF POO}" * 8,
        Seal("700000001:another-token").data(_press("st"), phone.user_id),
        seal.data(_press("st"), phone.user_id + 1),
        seal._sign(body, phone.user_id) + body,
    ]
    before = await record(contingent)
    for data in bad:
        seen = len(phone.popups)
        popup, written = await forge(contingent, phone, data)
        assert popup == line(language, No.STALE_BUTTON), data
        assert phone.popups[-1].alert
        assert len(phone.popups) == seen + 1
        assert written == []
    assert await record(contingent) == before
    assert contingent.app.desk.failed == 0


def _press(verb: str) -> Any:
    return Press(Verb(verb), "0")


async def test_what_the_commander_may_press_another_may_not(contingent: Scene) -> None:
    boss = contingent.phone("bradshaw")
    await contingent.phone("deniger").tap("🆘 SOS")
    await contingent.settle()
    await contingent.phone("deniger").tap("🆘 SOS")
    await contingent.settle()
    held = [one.data for row in boss.last.inline for one in row]
    assert len(held) >= 2, "the buttons of the alert"
    for command in ("/status", "/roster", "/invite", "/leave", "/alerts"):
        await ask(contingent, boss, command)
        held += [one.data for row in boss.last.inline for one in row]
    await ask(contingent, boss, "/roster")
    await press(contingent, boss, "Sgt Stevens Hamelin")
    await press(contingent, boss, label("en", "Revoke this phone"))
    held += [one.data for row in boss.last.inline for one in row]
    assert len(set(held)) > 15
    before = await record(contingent)
    for code, language in (("hamelin", "fr"), ("willis", "en")):
        phone = contingent.phone(code)
        for data in dict.fromkeys(held):
            popup, written = await forge(contingent, phone, data)
            assert popup == line(language, No.STALE_BUTTON), data
            assert written == []
    assert await record(contingent) == before


async def test_a_button_outlives_no_right(contingent: Scene) -> None:
    """The deputy holds buttons, then becomes an officer: each press asks for the right anew."""
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/status")
    status = phone.last
    await ask(contingent, phone, "/roster")
    roster = phone.last
    await press(contingent, phone, "Sgt Stevens Hamelin", roster)
    card = phone.last
    await press(contingent, phone, label("en", "Revoke this phone"), card)
    sure = phone.last
    await contingent.phone("deniger").tap("🤝 Besoin d'aide")
    await contingent.settle()
    await contingent.pass_time(minutes=20)
    alert = next(one for one in reversed(phone.messages) if not one.outgoing and len(one.inline) > 1)
    left = contingent.roster.replace('role = "deputy"', 'role = "officer"').replace(
        'notify = ["commander", "deputy"]', 'notify = ["commander", "lead"]'
    )
    left = left.replace(
        'post = "BKO"\nrole = "officer"\nlanguage = "fr"', 'post = "BKO"\nrole = "lead"\nlanguage = "fr"'
    )
    async with contingent.app.begin() as tx:
        await load(tx, parse(left, "mali.toml"))
    await contingent.settle()
    before = await record(contingent)
    for message in (status, roster, card, sure, alert):
        for button in [one for row in message.inline for one in row]:
            if button.text == label("en", "Cancel"):
                continue
            mark, seen = last_id(phone), len(phone.popups)
            await phone.press(button.data, message, by="data")
            await contingent.settle()
            assert [plain(one.text) for one in phone.popups[seen:]] == [line("en", No.NOT_ALLOWED)], button.text
            assert texts(phone, mark) == []
    assert await record(contingent) == before


@pytest.mark.parametrize(("code", "language"), [("bradshaw", "en"), ("lacroix", "fr")])
async def test_a_button_whose_time_has_passed_says_so(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/conge")
    await press(contingent, phone, label(language, "🏖 Leave", "absence"))
    form = phone.last
    await ask(contingent, phone, "/cancel")
    before = await record(contingent)
    seen = len(phone.popups)
    assert await press(contingent, phone, label(language, "Now"), form) == []
    assert [plain(one.text) for one in phone.popups[seen:]] == [line(language, No.STALE_BUTTON)]
    assert await record(contingent) == before


async def test_groups_are_ignored(contingent: Scene) -> None:
    group = contingent.telegram.group(-4001, "Bamako")
    before = await record(contingent)
    told = await contingent.one("select count(*) from outbox")
    for code in ("bradshaw", "hamelin"):
        for text in ("ok", "/status", "/sos", "🆘 SOS", "/checkin", "help me"):
            await contingent.phone(code).send(text, chat=group)
    stranger = contingent.telegram.phone(9001)
    await stranger.send("/start", chat=group)
    await contingent.settle()
    assert all(one.outgoing for one in group.messages)
    assert await contingent.one("select count(*) from outbox") == told
    assert await record(contingent) == before
    assert contingent.app.desk.failed == 0


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_repatriated_officer_is_locked_out(contingent: Scene, code: str, language: str) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    await ask(contingent, phone, "/status")
    old = phone.last
    name = "Kelly Willis" if code == "willis" else "Guy LaCroix"
    gone = contingent.roster.replace(f'name = "{name}"', f'name = "{name}"\nuntil = 2026-11-22')
    async with contingent.app.begin() as tx:
        await load(tx, parse(gone, "mali.toml"))
    await contingent.tick()
    before = await record(contingent)
    for text in ("ok", SAFE[language], "/status", "/sos", "🆘 SOS", "/checkin Gao", "/conge", "/help"):
        (answer,) = await ask(contingent, phone, text)
        assert (
            "Your tour of duty, until" if language == "en" else "Votre affectation, jusqu'au 22 novembre"
        ) in answer, text
    seen = len(phone.popups)
    assert await press(contingent, phone, label(language, "🔄 Refresh"), old) == []
    assert len(phone.popups) == seen + 1
    assert await record(contingent) == before
    marks = last_id(phone), last_id(boss)
    for hour, minute in ((7, 45), (8, 0), (8, 15), (8, 30), (8, 40)):
        await contingent.to(hour, minute)
    assert not [one for one in texts(phone, marks[0]) if "pointage" in one or "check-in" in one]
    assert await contingent.one("select count(*) from alert where officer = :who", who=code) == 0
    (status,) = await ask(contingent, boss, "/status")
    assert "Strength 4" in status


async def test_a_tour_that_has_not_begun_opens_nothing(scene: Scene) -> None:
    soon = scene.roster.replace('name = "Kim Deniger"', 'name = "Kim Deniger"\nfrom = 2026-11-24')
    async with scene.app.begin() as tx:
        await load(tx, parse(soon, "mali.toml"))
    await scene.enrol("bradshaw")
    phone = scene.phone("deniger")
    await phone.start(payload=await scene.invite("deniger"))
    await scene.settle()
    await ask(scene, phone, "ok")
    assert await scene.one("select count(*) from checkin") == 0
    await scene.to(6, 30, days=1)
    (receipt,) = await ask(scene, phone, "ok")
    assert receipt.startswith("✅")


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_text_that_is_too_long_gets_one_line(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    before = await record(contingent)
    (answer,) = await ask(contingent, phone, "/checkin Gao; " + "x" * 4000)
    assert ("is the limit" if language == "en" else "la limite") in answer
    assert "4" in answer
    (answer,) = await ask(contingent, phone, "ok " + "x" * 4090)
    assert said(language, "⚠️ <b>Not recorded as a check-in.</b>") in answer
    assert await record(contingent) == before


def _forwarded(scene: Scene, phone: Any, **content: Any) -> None:
    scene.telegram.inject(
        {
            "message": {
                "message_id": 90_000,
                "from": phone._from(),
                "chat": phone.chat.facts | {"id": phone.user_id},
                "date": int(scene.clock.now().timestamp()),
                "forward_origin": {
                    "type": "user",
                    "sender_user": {"id": 1003, "is_bot": False, "first_name": "Stevens"},
                    "date": int(scene.clock.now().timestamp()) - 600,
                },
                **content,
            }
        }
    )


@pytest.mark.parametrize("text", ["ok", "✅ I am safe", "/checkin Gao", "/pointage", "06:10 Gao"])
async def test_what_is_forwarded_is_no_checkin(contingent: Scene, text: str) -> None:
    phone = contingent.phone("willis")
    await contingent.to(6, 30)
    mark = last_id(phone)
    entity = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if text.startswith("/") else []
    )
    _forwarded(contingent, phone, text=text, entities=entity)
    await contingent.settle()
    (answer,) = texts(phone, mark)
    assert said("en", "⚠️ <b>Not recorded as a check-in.</b>") in answer
    assert await contingent.one("select count(*) from checkin") == 0


async def test_a_forwarded_place_is_not_the_place_of_who_forwards_it(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await phone.tap("🆘 SOS")
    await contingent.settle()
    _forwarded(contingent, phone, location={"latitude": 1.5, "longitude": 2.5})
    await contingent.settle()
    assert await contingent.rows("select latitude, longitude from alert") == [(None, None)]

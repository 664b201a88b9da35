"""Next of kin: laid down by the officer, read by commander and deputy alone, each look on record; nobody else, ever."""

from typing import Any

import pytest

from bot.chat.keyboard import Press, Verb
from bot.chat.press import Seal
from bot.domain.errors import No
from bot.domain.officer import Role
from tests.flows.directory.sample import BARE
from tests.flows.test_rights import MORE, ROLES
from tests.flows.words import BOTH, admit, ask, buttons, forge, label, line, plain, press, said
from tests.kit import Scene, texts

KIN = ("Zéphirine Quesnel", "sœur", "+15145550177")


async def _lay_down(scene: Scene, phone: Any, language: str) -> None:
    await ask(scene, phone, "/moi")
    await press(scene, phone, label(language, "My next of kin"))
    await press(scene, phone, label(language, "Name somebody"))
    for answer in (KIN[0], KIN[1], "514 555 0177"):
        await ask(scene, phone, answer)


def _told(text: str) -> bool:
    return f"({KIN[1]})" in text or "+1 514 555" in plain(text)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_it_is_asked_for_one_thing_at_a_time_shown_replaced_and_deleted(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/moi")
    assert said(language, "Next of kin: none on record") in plain(phone.last.text)
    await press(contingent, phone, label(language, "My next of kin"))
    assert said(language, "Nobody is on record.") in plain(phone.last.text)
    await press(contingent, phone, label(language, "Name somebody"))
    assert await ask(contingent, phone, "???") == [line(language, No.BAD_WORDS)]
    await ask(contingent, phone, KIN[0])
    await ask(contingent, phone, KIN[1])
    assert (await ask(contingent, phone, "17"))[0].startswith("⚠️"), "no emergency number"
    await contingent.stop()
    await contingent.start()  # what was answered is a row
    (shown,) = await ask(contingent, phone, "514 555 0177")
    number = "+1 514 555 0177" if language == "en" else "+1 514 555-0177"
    assert f"{KIN[0]} ({KIN[1]})" in shown
    assert number in shown
    assert buttons(phone.last) == [[label(language, "Replace")], [label(language, "Delete")]]
    assert await contingent.one("select count(*) from draft") == 0
    await ask(contingent, phone, "/moi")
    assert said(language, "Next of kin: on record") in plain(phone.last.text)
    assert KIN[0] not in phone.last.text
    await press(contingent, phone, label(language, "My next of kin"))
    await press(contingent, phone, label(language, "Replace"))
    for answer in ("Odilon Quesnel", "père", "+223 76 00 11 22"):
        await ask(contingent, phone, answer)
    assert await contingent.rows("select name, relation, phone from next_of_kin") == [
        ("Odilon Quesnel", "père", "+22376001122")
    ]
    shown = phone.last
    await press(contingent, phone, label(language, "Delete"))
    assert "Quesnel" not in shown.text, "it goes from the screen, too"
    assert await contingent.one("select count(*) from next_of_kin") == 0


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_commander_and_deputy_read_it_on_the_rosters_card_and_each_look_is_on_record(
    scene: Scene, language: str
) -> None:
    await scene.enrol("willis", "bradshaw", language=language)
    await scene.enrol("hamelin")
    await _lay_down(scene, scene.phone("hamelin"), "fr")
    for reader in ("willis", "bradshaw"):
        phone = scene.phone(reader)
        await ask(scene, phone, "/roster")
        await press(scene, phone, "Sgt Stevens Hamelin" if language == "en" else "Serg. Stevens Hamelin")
        assert KIN[0] not in phone.last.text
        (shown,) = await press(scene, phone, label(language, "Next of kin"))
        assert KIN[0] in shown
        assert ("+1 514 555 0177" if language == "en" else "+1 514 555-0177") in shown
        await ask(scene, phone, "/roster")
        await press(scene, phone, "Cpl Kim Deniger" if language == "en" else "Cap. Kim Deniger")
        assert said(language, "Next of kin: none on record") in plain(phone.last.text)
        assert label(language, "Next of kin") not in str(buttons(phone.last))
    looks = await scene.rows("select actor, subject, details from audit where action = 'next_of_kin_read' order by id")
    assert looks == [("willis", "hamelin", "{}"), ("bradshaw", "hamelin", "{}")]


async def test_what_was_delivered_stays_nowhere_but_in_its_row(scene: Scene) -> None:
    await scene.enrol("bradshaw", "hamelin")
    await _lay_down(scene, scene.phone("hamelin"), "fr")
    boss = scene.phone("bradshaw")
    await ask(scene, boss, "/roster")
    await press(scene, boss, "Sgt Stevens Hamelin")
    await press(scene, boss, label("en", "Next of kin"))
    assert await scene.rows("select distinct facts from outbox where kind in ('kin_shown', 'own_kin')") == [("{}",)]
    tables = [row[0] for row in await scene.rows("select name from sqlite_master where type = 'table'")]
    for table in tables:
        held = str(await scene.rows(f'select * from "{table}"'))
        # What Telegram delivered waits in the inbox for the three days in which it may come again, as everything does.
        if table not in ("next_of_kin", "inbox"):
            assert "Quesnel" not in held, table
            assert "5550177" not in held, table


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_nobody_else_gets_it_in_any_role_or_way(tmp_path: Any, language: str) -> None:
    scene = await Scene(tmp_path, roster=BARE + MORE).open()
    try:
        phones = {role: await admit(scene, code, 5000 + at, language) for at, (code, role) in enumerate(ROLES.items())}
        owner = await admit(scene, "deniger", 6000, "fr")
        await _lay_down(scene, owner, "fr")
        seal = Seal(scene.telegram.token)
        for at, role in enumerate(ROLES.values()):
            phone = phones[role]
            may = role in (Role.COMMANDER, Role.DEPUTY)
            for query in ("Quesnel", "Zéphirine", "sœur", "0177", "5145550177"):
                # A query is repeated in its answer: what would tell is what was not asked for.
                assert not _told("".join(await ask(scene, phone, f"/contact {query}"))), (role, query)
            await ask(scene, phone, "/contact deniger")
            assert not _told(phone.last.text)
            looks = await scene.one("select count(*) from audit where action = 'next_of_kin_read'")
            pop, heard = await forge(scene, phone, seal.data(Press(Verb.KIN_READ, "deniger"), 5000 + at))
            after = await scene.one("select count(*) from audit where action = 'next_of_kin_read'")
            if may:
                assert KIN[0] in heard[0]
                assert after == looks + 1
            else:
                assert heard == []
                assert pop == line(language, No.NOT_ALLOWED), role
                assert after == looks
            # The own one is everybody's own: another's cannot be named.
            await forge(scene, phone, seal.data(Press(Verb.OWN_KIN, "deniger"), 5000 + at))
            assert "Quesnel" not in phone.last.text
            await forge(scene, phone, seal.data(Press(Verb.KIN_DELETE, "deniger"), 5000 + at))
            assert await scene.one("select count(*) from next_of_kin") == 1
        for role, phone in phones.items():
            if role not in (Role.COMMANDER, Role.DEPUTY):
                assert not _told("\n".join(texts(phone))), role
    finally:
        await scene.close()


async def test_it_is_in_no_log(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    await scene.enrol("hamelin")
    await _lay_down(scene, scene.phone("hamelin"), "fr")
    out = capsys.readouterr()
    assert "Quesnel" not in out.out + out.err
    assert "5550177" not in out.out + out.err


async def test_privacy_says_what_is_kept_of_it_and_who_sees_it(scene: Scene) -> None:
    await scene.enrol("willis", "hamelin")
    assert "Next of kin" in (await ask(scene, scene.phone("willis"), "/privacy"))[0]
    assert "Plus proche parent" in (await ask(scene, scene.phone("hamelin"), "/confidentialite"))[0]

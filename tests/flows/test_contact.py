"""Whom to call: from two letters, with a number that a phone makes tappable."""

from dataclasses import replace
from typing import Any

import pytest
import vobject
from sqlalchemy import update

from bot.domain.bilingual import Text
from bot.domain.contact import Category
from bot.services.contact import RENEWED_AT_ONCE
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import agenda
from bot.store import contact as contacts
from bot.store.tables import contact as table
from tests.flows.directory.sample import HOSPITAL, POLICE, lay_down
from tests.flows.words import BOTH, ask, buttons, label, plain, press, said
from tests.kit import Scene, texts

CALL = {"en": "/contact", "fr": "/repertoire"}
TRUTH = {"en": "Level 1 hospital", "fr": "Hôpital de niveau 1"}


@pytest.mark.parametrize(("code", "language"), [("lacroix", "fr"), ("lacroix", "en"), ("deniger", "fr")])
async def test_alone_it_shows_the_emergency_numbers_of_the_own_post(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    (text,) = await ask(scene, scene.phone(code), CALL[language])
    lines = text.splitlines()
    assert lines[0] == said(language, "<b>In an emergency at {post}</b>").format(post="Mopti")
    assert TRUTH[language] in text
    assert "+223 70 00 02 20" in text
    assert "+870 776 000 202" in text
    assert "+223 70 00 01 20" not in text, "of the other post"
    shown = [button for row in buttons(scene.phone(code).last) for button in row]
    assert label(language, "🏥 Medical", "contact") in shown


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_two_letters_are_enough_and_typing_errors_do_not_matter(scene: Scene, language: str) -> None:
    await scene.enrol("lacroix", language=language)
    phone = scene.phone("lacroix")
    for query in ("ha", "hamlin", "HAMELIN", "sgt hamelin", "0133", "EUCAP 12"):
        (text,) = await ask(scene, phone, f"{CALL[language]} {query}")
        assert text.splitlines()[0].endswith("Stevens Hamelin"), query
        assert "+1 514 555" in text


async def test_a_short_number_is_found_whole_and_not_as_an_end(contingent: Scene) -> None:
    await lay_down(contingent, POLICE, HOSPITAL)
    (text,) = await ask(contingent, contingent.phone("willis"), "/contact 17")
    assert text.splitlines()[0] == "Police of Bamako"
    (text,) = await ask(contingent, contingent.phone("willis"), "/contact 55")
    assert "+223 20 22 55 55" not in text.splitlines()[0]
    assert not text.startswith("Police of Bamako")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_after_the_command_alone_the_next_text_is_looked_up(scene: Scene, language: str) -> None:
    await scene.enrol("hamelin", language=language)
    phone = scene.phone("hamelin")
    await ask(scene, phone, CALL[language])
    (text,) = await ask(scene, phone, "hopital mopti")
    assert TRUTH[language] in text
    (text,) = await ask(scene, phone, "la croix")
    assert "Guy LaCroix" in text


async def test_an_open_question_of_a_report_is_answered_by_what_is_typed(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await ask(scene, phone, "/rapport")
    await press(scene, phone, buttons(phone.last)[0][0])
    await ask(scene, phone, "/repertoire")
    await ask(scene, phone, "06:00 / 04:00")
    assert await scene.one("select count(*) from draft") == 0
    (again,) = await ask(scene, phone, "hamelin")
    assert "0133" not in again, "the report asks on"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_nobody_is_found_and_the_emergency_numbers_stand_there(scene: Scene, language: str) -> None:
    await scene.enrol("deniger", language=language)
    (text,) = await ask(scene, scene.phone("deniger"), f"{CALL[language]} zzzzz")
    assert said(language, 'Nobody was found for "{query}".').format(query="zzzzz") in text
    assert "+223 70 00 02 20" in text


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_card_can_be_copied_and_kept(scene: Scene, language: str) -> None:
    await scene.enrol("deniger", language=language)
    phone = scene.phone("deniger")
    await ask(scene, phone, f"{CALL[language]} bradshaw")
    number = "+1 613 555 0101" if language == "en" else "+1 613 555-0101"
    await phone.press(f"📋 {number}")
    assert phone.clipboard == "+16135550101"
    await press(scene, phone, label(language, "📇 Keep in my phone"))
    kept: Any = phone.last.contact
    assert kept["phone_number"] == "+16135550101"
    (card,) = vobject.readComponents(kept["vcard"])
    assert card.fn.value == ("Supt Kelly Bradshaw" if language == "en" else "surint. Kelly Bradshaw")
    assert [one.value for one in card.contents["tel"]] == ["+16135550101"]
    assert len(kept["vcard"].encode()) <= 2048


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_many_answers_come_a_handful_at_a_time(scene: Scene, language: str) -> None:
    await scene.enrol("deniger", language=language)
    phone = scene.phone("deniger")
    (first,) = await ask(scene, phone, f"{CALL[language]} bamako")
    shown = phone.last
    assert first.count("<b>") == 0
    names = [row[0] for row in buttons(shown)[:5]]
    assert len(names) == 5
    assert await press(scene, phone, "2 ›", shown) == [], "in its place"
    assert [row[0] for row in buttons(phone.last)[:5]] != names


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_from_any_chat_only_an_officer_on_tour_gets_answers(scene: Scene, language: str) -> None:
    await scene.enrol("deniger", language=language)
    phone = scene.phone("deniger")
    await phone.inline("hamelin")
    await scene.settle()
    assert [one for one in phone.results if "Hamelin" in one]
    stranger = scene.telegram.phone(9001, "Eve")
    await stranger.inline("hamelin")
    await scene.settle()
    assert stranger.results == []


async def test_who_has_gone_home_is_found_by_nobody_and_finds_nobody(scene: Scene) -> None:
    await scene.enrol("deniger", "hamelin")
    over = scene.roster.replace('code = "hamelin"\n', 'code = "hamelin"\nuntil = 2026-11-01\n')
    async with scene.app.begin() as tx:
        await load(tx, parse(over, "mali.toml"))
    (text,) = await ask(scene, scene.phone("deniger"), "/repertoire hamelin")
    assert "0133" not in text
    (text,) = await ask(scene, scene.phone("hamelin"), "/repertoire deniger")
    assert plain(text).startswith("Votre affectation, jusqu'au 1er novembre,")
    assert "0168" not in "".join(texts(scene.phone("hamelin")))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_house_has_a_name_in_each_language_and_is_found_by_either(
    contingent: Scene, code: str, language: str
) -> None:
    names = Text("Friendship House", "Maison de l’amitié")
    await lay_down(
        contingent, replace(HOSPITAL, code="house", category=Category.WELFARE, name=names, languages=("bm",))
    )
    phone = contingent.phone(code)
    for query in ("friendship", "amitie", "maison amitié", "frendship house"):
        (text,) = await ask(contingent, phone, f"{CALL[language]} {query}")
        assert text.splitlines()[0] == names[language], query  # type: ignore[index]
        assert "ambara" in text
        assert said(language, "Not confirmed yet") in text
    await press(contingent, phone, label(language, "📇 Keep in my phone"))
    assert vobject.readOne(phone.last.contact["vcard"]).fn.value == names[language]  # type: ignore[index]


async def test_rows_that_were_written_by_other_rules_are_written_anew(contingent: Scene) -> None:
    await lay_down(contingent, *(replace(HOSPITAL, code=f"h{at:04}") for at in range(RENEWED_AT_ONCE + 1)))
    async with contingent.app.begin() as tx:
        await tx.change(update(table).values(words={"before": 100}))
        agenda.put_fact(tx, "directory_rules", "of before")
        contacts.changed(tx)
    phone = contingent.phone("willis")
    (text,) = await ask(contingent, phone, "/contact hopital regional")
    assert "+223 21" not in text
    for _ in range(3):
        await contingent.tick()
    assert await contingent.one("select count(*) from contact where words like '%before%'") == 0
    (text,) = await ask(contingent, phone, "/contact hopital regional")
    assert "Regional hospital" in text
    version = await contingent.one("select value from fact where name = 'directory'")
    await contingent.tick()
    assert await contingent.one("select value from fact where name = 'directory'") == version, "once for all"


@pytest.mark.parametrize(("code", "language"), BOTH)
@pytest.mark.parametrize("button", ["My function", "My hours", "My next of kin"])
async def test_a_question_of_the_own_entry_is_let_go_where_the_directory_is_opened(
    contingent: Scene, code: str, language: str, button: str
) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/me")
    await press(contingent, phone, label(language, button))
    if button == "My next of kin":
        await press(contingent, phone, label(language, "Name somebody"))
    (menu,) = await ask(contingent, phone, CALL[language])
    assert said(language, "Another question waits for what you type. To look somebody up meanwhile:") not in menu
    (text,) = await ask(contingent, phone, "hamelin")
    assert "Stevens Hamelin" in text
    assert await contingent.one("select count(*) from contact where officer is not null") == 0


async def test_where_another_question_waits_nobody_is_asked_to_type(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await ask(contingent, phone, "/rapport")
    await press(contingent, phone, buttons(phone.last)[0][0])
    (menu,) = await ask(contingent, phone, "/repertoire")
    assert said("fr", "Another question waits for what you type. To look somebody up meanwhile:") in menu
    (text,) = await ask(contingent, phone, "/repertoire hamelin")
    assert "Stevens Hamelin" in text


@pytest.mark.parametrize("typed", ["/répertoire hamelin", "/RÉPERTOIRE hamelin"])
async def test_a_command_may_have_its_accents(contingent: Scene, typed: str) -> None:
    (text,) = await ask(contingent, contingent.phone("lacroix"), typed)
    assert "Stevens Hamelin" in text


async def test_some_of_the_words_at_another_post_go_before_any_at_the_own(contingent: Scene) -> None:
    (text,) = await ask(contingent, contingent.phone("willis"), "/contact gendarmerie bamako")
    assert text.index("Gendarmerie brigade") < text.index("Duty officer")


async def test_two_of_the_same_name_are_told_apart_on_the_buttons(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/contact duty officer minusma")
    shown = [one for row in buttons(phone.last) for one in row]
    assert {"Duty officer, Bamako", "Duty officer, Mopti"} <= set(shown)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_from_a_category_one_goes_back_to_the_others(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    (menu,) = await ask(contingent, phone, CALL[language])
    shown = phone.last
    offered = buttons(shown)
    await press(contingent, phone, label(language, "🏥 Medical", "contact"), shown)
    assert buttons(shown)[-1] == [label(language, "⬅️ Categories")]
    await press(contingent, phone, label(language, "⬅️ Categories"), shown)
    assert buttons(shown) == offered
    assert plain(shown.text) == menu


async def test_going_back_to_the_categories_asks_as_the_menu_did(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    waiting = said("fr", "Another question waits for what you type. To look somebody up meanwhile:")
    await ask(contingent, phone, "/repertoire")
    shown = phone.last
    await press(contingent, phone, label("fr", "🏥 Medical", "contact"), shown)
    await ask(contingent, phone, "/annuler")
    await press(contingent, phone, label("fr", "⬅️ Categories"), shown)
    assert waiting not in plain(shown.text)
    (text,) = await ask(contingent, phone, "hamelin")
    assert "Stevens Hamelin" in text, "what it asks for is looked up"
    await ask(contingent, phone, "/rapport")
    await press(contingent, phone, buttons(phone.last)[0][0])
    await press(contingent, phone, label("fr", "🏥 Medical", "contact"), shown)
    await press(contingent, phone, label("fr", "⬅️ Categories"), shown)
    assert waiting in plain(shown.text), "a report's question has what is typed"

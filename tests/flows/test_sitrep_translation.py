"""Translations of a situation report into both languages: asked for, skipped, sent in parts, and never lost."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import docx
import pytest

from bot.domain.errors import No
from tests.flows.test_sitrep import NUMBER, files, observe, open_newest
from tests.flows.words import ask, buttons, label, line, press, said
from tests.kit import SAFE, Scene, last_id

FRENCH = "Une fusillade au marché; trois hommes armés <vus> & un 🚚"
ENGLISH = "Two civilians wounded near the bridge"
OUTLOOK = "Attacks on the road are more frequent."
TRANSLATED = {
    FRENCH: "A shooting at the market; three armed men <seen> & a 🚚",
    ENGLISH: "Deux civils blessés près du pont",
    OUTLOOK: "Les attaques sur la route sont plus fréquentes.",
}
INTO = {"en": "🌐 Into English: {n}", "fr": "🌐 Into French: {n}"}
OFFER = "🆘 <b>Are you in danger?</b> Nobody has been told yet."
LONG = "Le marché est resté ouvert & calme toute la journée. " * 75
NAMES = {"en": "English", "fr": "French"}


@pytest.fixture(params=["en", "fr"])
async def reporting(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Scene, str]]:
    """The contingent, and the language in which it reports."""
    scene = Scene(tmp_path)
    scene.roster = scene.roster.replace('report_language = "en"', f'report_language = "{request.param}"', 1)
    await scene.open()
    await scene.enrol_all()
    yield scene, request.param
    await scene.close()


def into(language: str, target: str, n: int) -> str:
    return label(language, INTO[target]).format(n=n)


def translations_offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row if one.startswith("🌐")]


async def write_outlook(scene: Scene, words: str = OUTLOOK) -> list[str]:
    boss = scene.phone("bradshaw")
    await open_newest(scene, "bradshaw", "en")
    await press(scene, boss, label("en", "✏️ Write into it"))
    await press(scene, boss, label("en", "Assessment and outlook", "sitrep heading"))
    return await ask(scene, boss, words)


async def document(scene: Scene, code: str, language: str, of: str) -> Any:
    """Return the Word document in one language, asked for from the newest card."""
    phone = scene.phone(code)
    await open_newest(scene, code, language)
    mark = last_id(phone)
    await press(scene, phone, label(language, f"📝 Word, {NAMES[of]}"))
    (content,) = files(phone, mark).values()
    return docx.Document(io.BytesIO(content))


def text_of(found: Any) -> str:
    return "\n".join(one.text for one in found.paragraphs).replace("\xa0", " ")


def figures_of(found: Any) -> list[list[str]]:
    rows = [[cell.text.replace("\xa0", " ") for cell in row.cells] for table in found.tables for row in table.rows]
    return [cells for row in rows if (cells := [one for one in row if re.fullmatch(r"[\d ]+|-", one)])]


async def test_both_documents_are_whole_once_every_passage_is_translated(reporting: tuple[Scene, str]) -> None:
    scene, language = reporting
    other = "fr" if language == "en" else "en"
    await observe(scene, "deniger", "fr", FRENCH)
    await observe(scene, "willis", "en", ENGLISH)
    await scene.to(6, 1, days=1)
    (card,) = await write_outlook(scene)
    assert OUTLOOK in card, "such words in a report are no cry for help"
    boss = scene.phone("bradshaw")
    count = {"en": 1, "fr": 2}
    assert translations_offered(boss) == [into("en", one, count[one]) for one in (language, other)]

    told = await press(scene, boss, into("en", language, count[language]))
    for target in (language, other):
        for _ in range(count[target]):
            original = next(one for one in TRANSLATED if any(text.endswith(one) for text in told))
            assert said("en", f"Type its translation into {NAMES[target]}.") in told[-1]
            told = await ask(scene, boss, TRANSLATED[original])
            assert not any(said("en", OFFER) in one for one in told)
        (done,) = told
        assert f"{NUMBER}: nothing is left to translate into {NAMES[target]}." in done
        if target == language:
            told = await press(scene, boss, into("en", other, count[other]))
    assert translations_offered(boss) == []

    found = {one: await document(scene, "bradshaw", "en", one) for one in ("en", "fr")}
    assert figures_of(found["en"]) == figures_of(found["fr"]) != []
    for one, paper in found.items():
        text = text_of(paper)
        for source in NAMES.values():
            assert label(one, f"in {source}, to be translated", "sitrep note") not in text
        assert label(one, "To be translated", "sitrep") not in text
        for original, translation in TRANSLATED.items():
            assert original in text, "every original stands in both"
            assert (translation in text) == (one == ("en" if original == FRENCH else "fr"))
    await open_newest(scene, "bradshaw", "en")
    assert translations_offered(boss) == []
    assert await scene.one("select count(*) from outbox where state = 'parked'") == 0


async def test_what_is_left_into_the_other_language_is_told_and_offered(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", FRENCH)
    await contingent.to(6, 1, days=1)
    await write_outlook(contingent)
    deputy = contingent.phone("willis")
    await open_newest(contingent, "willis", "en")
    await press(contingent, deputy, into("en", "en", 1))
    (done,) = await ask(contingent, deputy, TRANSLATED[FRENCH])
    assert "Into the other language, 1 passage is left." in done
    original, asked = await press(contingent, deputy, into("en", "fr", 1))
    heading = label("en", "Assessment and outlook", "sitrep heading")
    assert original == f"Supt Kelly Bradshaw, {NUMBER}, {heading}\nOriginal, in English\n{OUTLOOK}"
    assert "Type its translation into French." in asked
    await open_newest(contingent, "bradshaw", "en")
    (asked,) = await press(contingent, contingent.phone("bradshaw"), "✅ Approve")
    assert "is not translated" not in asked
    assert "In the French document, 1 passage stays untranslated." in asked


async def test_a_lead_translates_the_own_post_and_reads_where_it_stands(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", FRENCH)
    await observe(contingent, "willis", "en", ENGLISH)
    await contingent.to(6, 1, days=1)
    await write_outlook(contingent)
    lead = contingent.phone("lacroix")
    await open_newest(contingent, "lacroix", "fr")
    assert translations_offered(lead) == [into("fr", "en", 1)], "nothing of Bamako's, nothing of command's"
    original, _ = await press(contingent, lead, into("fr", "en", 1))
    field = label("fr", "Observations", "report heading")
    assert original == f"Mopti, MLI-2026-0001, {field}\n{said('fr', '<b>Original, in French</b>')}\n{FRENCH}"
    (done,) = await ask(contingent, lead, TRANSLATED[FRENCH])
    assert "il ne reste rien à traduire en anglais" in done
    assert "l'autre langue" not in done
    await contingent.to(7, 0)
    await open_newest(contingent, "lacroix", "fr")
    assert translations_offered(lead) == []


async def test_killed_while_it_is_asked_for_the_answer_goes_where_it_belongs(contingent: Scene) -> None:
    await observe(contingent, "willis", "en", ENGLISH)
    await contingent.to(6, 1, days=1)
    deputy = contingent.phone("willis")
    await open_newest(contingent, "willis", "en")
    await press(contingent, deputy, into("en", "fr", 1))
    await contingent.stop()
    await contingent.start()
    (done,) = await ask(contingent, deputy, TRANSLATED[ENGLISH])
    assert "nothing is left to translate into French" in done
    assert await contingent.rows("select language, text, author from translation") == [
        ("fr", TRANSLATED[ENGLISH], "willis")
    ]


async def test_skip_keeps_the_language_and_what_somebody_else_has_translated_is_told(contingent: Scene) -> None:
    await observe(contingent, "willis", "en", ENGLISH)
    await contingent.to(6, 1, days=1)
    await write_outlook(contingent)
    boss, deputy = contingent.phone("bradshaw"), contingent.phone("willis")
    await open_newest(contingent, "willis", "en")
    first, _ = await press(contingent, deputy, into("en", "fr", 2))
    second, asked = await press(contingent, deputy, "Skip")
    assert {ENGLISH, OUTLOOK} == {one.splitlines()[-1] for one in (first, second)}
    assert "Type its translation into French." in asked
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, into("en", "fr", 2))
    for _ in range(2):
        await ask(contingent, boss, "En français")
    (refused,) = await ask(contingent, deputy, "Trop tard")
    assert refused == line("en", No.STALE_BUTTON)
    assert await contingent.one("select count(*) from draft where officer = 'willis'") == 0
    assert await contingent.rows("select distinct text from translation") == [("En français",)]


async def long_one(scene: Scene) -> Any:
    """Be asked for the translation of a passage that hardly fits a message."""
    await observe(scene, "deniger", "fr", LONG)
    await scene.to(6, 1, days=1)
    deputy = scene.phone("willis")
    await open_newest(scene, "willis", "en")
    *_, asked = await press(scene, deputy, into("en", "en", 1))
    assert said("en", "It may take several messages: after the first one you are asked for the rest.") in asked
    return deputy


async def test_a_translation_longer_than_a_message_is_sent_in_several(contingent: Scene) -> None:
    deputy = await long_one(contingent)
    first, second = "The market stayed open. " * 170, "And so it was in the evening"
    (kept,) = await ask(contingent, deputy, first)
    assert "4,079 characters of this translation are kept." in kept
    await contingent.stop()
    await contingent.start()
    await deputy.tap(SAFE["en"])
    await contingent.settle()
    await ask(contingent, deputy, "ok")
    (kept,) = await ask(contingent, deputy, second)
    assert "4,108 characters" in kept
    (kept,) = await ask(contingent, deputy, "as well.")
    (done,) = await press(contingent, deputy, label("en", "✅ That is all"))
    assert "nothing is left to translate into English" in done
    assert f"{first.strip()}\n{second} as well." in text_of(await document(contingent, "willis", "en", "en"))
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []


async def test_what_was_begun_is_kept_also_if_it_is_broken_off_and_has_an_end(contingent: Scene) -> None:
    deputy = await long_one(contingent)
    part = "The market stayed open. " * 170
    await ask(contingent, deputy, part)
    for _ in range(2):
        told = await ask(contingent, deputy, part)
    (refused,) = await ask(contingent, deputy, "x" * 200)
    assert "12" in refused
    assert told != [refused]
    await ask(contingent, deputy, "/cancel")
    kept = await contingent.one("select text from translation order by id desc limit 1")
    assert kept == "\n".join([part.strip()] * 3)
    await ask(contingent, deputy, "Something else")
    assert await contingent.one("select text from translation order by id desc limit 1") == kept


CRY = {"en": "Help! They are at the gate", "fr": "À l'aide! Ils sont au portail"}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_cry_for_help_while_a_report_is_written_is_heard(contingent: Scene, language: str) -> None:
    await observe(contingent, "deniger", "fr", "On nous a attaqués à Konna")
    await contingent.to(6, 1, days=1)
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/language")
    await press(contingent, boss, {"en": "English", "fr": "Français"}[language])
    await open_newest(contingent, "bradshaw", language)
    await press(contingent, boss, into(language, "en", 1))
    told = await ask(contingent, boss, "We were attacked at Konna")
    assert not any(said(language, OFFER) in one for one in told), "the words of somebody else, about themselves"
    await press(contingent, boss, label(language, "📋 Back to the report"))
    await press(contingent, boss, label(language, "✏️ Write into it"))
    await press(contingent, boss, label(language, "Assessment and outlook", "sitrep heading"))
    told = await ask(contingent, boss, CRY[language])
    assert any(said(language, OFFER) in one for one in told)
    assert boss.keyboard[0] == [label(language, "🆘 SOS", "menu")]

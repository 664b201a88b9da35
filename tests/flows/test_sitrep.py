"""Situation reports: prepared at their hour, written into, translated, approved, and sent as documents."""

import io
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from bot.domain.sitrep import SitrepKind, SitrepState
from bot.services import sitrep as sitreps_service
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import sitrep as sitreps
from bot.store.sitrep import SitrepRow
from tests.flows.test_report import fill_daily, open_form, send
from tests.flows.test_report_review import silent_day
from tests.flows.words import ask, buttons, forge, label, press, said
from tests.kit import DAWN, Scene, last_id, texts

NUMBER = "MLI-SITREP-2026-001"
OBSERVED = "Marché ouvert; deux pick-ups <armés> & un 🚚 à l'entrée"


async def observe(scene: Scene, code: str, language: str, words: str) -> None:
    """File a daily report of a day on which one thing was observed, and a plan made."""
    phone = scene.phone(code)
    await ask(scene, phone, "/report")
    await press(scene, phone, label(language, "🟢 Nothing happened: report it"))
    await press(scene, phone, label(language, "Patrol", "duty type"))
    await press(scene, phone, label(language, "✏️ Correct an answer"))
    await press(scene, phone, label(language, "Observations", "report heading"))
    await ask(scene, phone, words)
    await press(scene, phone, label(language, "Seen by us", "report code"))
    await press(scene, phone, label(language, "Confirmed", "report code"))
    await send(scene, phone, language)


def files(phone: Any, since: int = 0) -> dict[str, bytes]:
    """Return the documents that a phone has received, by name."""
    return {one.file.name: one.file.data for one in phone.messages if one.id > since and one.file is not None}


async def open_newest(scene: Scene, code: str, language: str) -> list[str]:
    """Open the newest situation report from the menu; return the card."""
    phone = scene.phone(code)
    await ask(scene, phone, "/sitrep")
    return await press(scene, phone, buttons(phone.last)[0][0])


async def test_it_is_prepared_at_its_hour_for_the_day_that_is_over(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    boss, deputy, lead = (contingent.phone(code) for code in ("bradshaw", "willis", "lacroix"))
    await contingent.to(5, 59, days=1)
    marks = [last_id(one) for one in (boss, deputy, lead)]
    await contingent.to(6, 0)
    for phone, mark in zip((boss, deputy), marks, strict=False):
        assert any(NUMBER in one for one in texts(phone, mark))
    assert not any(NUMBER in one for one in texts(lead, marks[2]))
    assert await contingent.rows("select number, kind, state from sitrep") == [(NUMBER, "daily", "draft")]
    (card,) = await press(contingent, boss, label("en", "📋 Open it"))
    assert "MLI-SITREP-2026-001: 23 November" in card
    assert "Reports: 1" in card
    await contingent.pass_time(minutes=5)
    assert await contingent.one("select count(*) from sitrep") == 1


async def test_days_that_vigie_slept_through_are_prepared_too(contingent: Scene) -> None:
    await contingent.to(5, 0, days=4)
    await contingent.to(6, 0)
    since = [row[0] for row in await contingent.rows("select since from sitrep where kind = 'daily' order by since")]
    assert len(since) == len(set(since)) == 4


@pytest.mark.parametrize(("code", "language", "other"), [("lacroix", "fr", "en"), ("willis", "en", "fr")])
async def test_what_is_filed_in_one_language_is_read_in_the_other(
    contingent: Scene, code: str, language: str, other: str
) -> None:
    await fill_daily(contingent, contingent.phone(code), language)
    await send(contingent, contingent.phone(code), language)
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/sitrep")
    await press(contingent, boss, "➕ Today so far")
    mark = last_id(boss)
    names = {"en": "English", "fr": "French"}
    await press(contingent, boss, label("en", f"📝 Word, {names[other]}"))
    (content,) = files(boss, mark).values()
    document = docx.Document(io.BytesIO(content))
    text = "\n".join(one.text for one in document.paragraphs).replace("\xa0", " ")
    cells = {cell.text.replace("\xa0", " ") for table in document.tables for row in table.rows for cell in row.cells}
    for heading in (
        "Personnel", "Security situation", "Operations and activities", "Movements", "Incidents",
        "Protection of civilians, civilian casualties", "Gender and engagement", "Mentoring and training",
        "Medical and welfare", "Logistics, vehicles, equipment", "Communications state", "Check-ins",
        "Assessment and outlook", "Commander's comments, requests", "Next 24 hours",
    ):  # fmt: skip
        assert label(other, heading, "sitrep heading") in text, heading
    colon = " : " if other == "fr" else ": "
    for field, value, context in (
        ("Activity", "Joint patrol", "duty type"),
        ("Partner service", "Gendarmerie", "partner"),
        ("Concerns", "Child protection", "report code"),
        ("Referred to", "Medical service", "report code"),
    ):
        assert f"{label(other, field, 'report field')}{colon}{label(other, value, context)}" in text, field
    assert "30P UB 7251 0161" in text
    assert "230310Z NOV 26" in text
    assert "Ronde <b>conjointe</b> & contacts" in text, "what was written stays as it was"
    assert label(other, f"in {names[language]}, to be translated", "sitrep note") in text
    assert {"12", "8", "3", "2", "MLI-2026-0001, " + label(other, "Summary", "report field")} <= cells
    assert label(other, "NTR (nothing to report)", "sitrep") in text


async def test_command_writes_a_lead_translates_and_the_commander_approves(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    boss, lead, deputy = (contingent.phone(code) for code in ("bradshaw", "lacroix", "willis"))

    await open_newest(contingent, "willis", "en")
    await press(contingent, deputy, label("en", "✏️ Write into it"))
    await press(contingent, deputy, label("en", "Assessment and outlook", "sitrep heading"))
    (card,) = await ask(contingent, deputy, "Quiet; the market is <open> & busy.")
    assert "Assessment and outlook: Quiet; the market is <open> & busy." in card

    (card,) = await open_newest(contingent, "lacroix", "fr")
    (original, asked) = await press(contingent, lead, label("fr", "🌐 Into English: {n}").format(n=1))
    assert OBSERVED in original
    assert said("fr", "Type its translation into English.") in asked
    (done,) = await ask(contingent, lead, "Market open; two armed pick-ups and a lorry at the gate")
    assert NUMBER in done
    assert await contingent.rows("select author, language, text from translation") == [
        ("lacroix", "en", "Market open; two armed pick-ups and a lorry at the gate")
    ]

    await open_newest(contingent, "bradshaw", "en")
    (asked,) = await press(contingent, boss, "✅ Approve")
    assert "1 report is not accepted yet." in asked
    assert "Commander's comments, requests; Next 24 hours" in asked
    mark, for_deputy = last_id(boss), last_id(deputy)
    await press(contingent, boss, "✅ Yes, approve it")
    assert any(f"✅ {NUMBER} is approved and on record." in one for one in texts(boss, mark))
    sent = files(boss, mark)
    assert set(sent) == {f"{NUMBER}-en.docx", f"{NUMBER}-en.pdf"}
    assert files(deputy, for_deputy) == sent
    pages = PdfReader(io.BytesIO(sent[f"{NUMBER}-en.pdf"])).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Market open; two armed pick-ups and a lorry at the gate" in text
    assert "translated from French by Cpl Guy LaCroix" in text
    assert "Quiet; the market is <open> & busy." in text
    assert "Approved by" in text
    assert "DRAFT" not in text
    for page in pages:
        assert "Unclassified" in page.extract_text()
        assert "Canadian police contingent in Mali" in page.extract_text()


async def test_an_approved_one_never_changes_and_what_came_later_goes_into_the_next(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, "✅ Approve")
    await press(contingent, boss, "✅ Yes, approve it")
    facts = await contingent.one("select facts from sitrep")

    # A correction of what has gone out, and a report of that day by somebody who had no line.
    await ask(contingent, phone, "/rapport")
    await press(contingent, phone, label("fr", "📁 My reports"))
    await press(contingent, phone, buttons(phone.last)[0][0])
    await press(contingent, phone, label("fr", "✏️ Correct"))
    await ask(contingent, phone, "Un seul pick-up")
    await press(contingent, phone, label("fr", "✏️ Correct an answer"))
    await press(contingent, phone, label("fr", "Observations", "report heading"))
    await ask(contingent, phone, "Marché ouvert; un pick-up")
    await send(contingent, phone, "fr")
    late = contingent.phone("hamelin")
    await open_form(contingent, late, "fr", "Duty report")
    await ask(contingent, late, "2026-11-23 06:00 / 2026-11-23 18:00")
    await press(contingent, late, label("fr", "Patrol", "duty type"))
    await press(contingent, late, label("fr", "Nothing more to report"))
    await send(contingent, late, "fr")

    assert await contingent.one("select facts from sitrep") == facts
    (card,) = await open_newest(contingent, "bradshaw", "en")
    assert "Reports: 1" in card
    assert "✅ Approve" not in [one for row in buttons(boss.last) for one in row]
    await contingent.to(6, 1, days=1)
    (card,) = await open_newest(contingent, "bradshaw", "en")
    assert "MLI-SITREP-2026-002" in card
    assert "Reports: 1" in card
    assert "1 report was corrected since it went out" in card


async def test_who_may_what(contingent: Scene) -> None:
    await observe(contingent, "hamelin", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    officer, lead, boss = (contingent.phone(code) for code in ("hamelin", "lacroix", "bradshaw"))
    (refused,) = await ask(contingent, officer, "/sitrep")
    assert "/aide" in refused
    (_card,) = await open_newest(contingent, "lacroix", "fr")
    shown = [one for row in buttons(lead.last) for one in row]
    assert label("fr", "✅ Approve") not in shown
    assert label("fr", "✏️ Write into it") not in shown
    mark = last_id(lead)
    await press(contingent, lead, label("fr", "📝 Word, French"))
    (content,) = files(lead, mark).values()
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert OBSERVED not in text, "another post's observations are not for this lead"
    await open_newest(contingent, "bradshaw", "en")
    mark = last_id(boss)
    await press(contingent, boss, "📄 PDF, French")
    (content,) = files(boss, mark).values()
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Marché ouvert" in text
    assert "ÉBAUCHE" in text


async def test_liaison_reads_what_has_gone_out_and_no_draft(contingent: Scene) -> None:
    head, name, rest = contingent.roster.partition('name = "Stevens Hamelin"')
    async with contingent.app.begin() as tx:
        await load(tx, parse(head + name + rest.replace('role = "officer"', 'role = "liaison"', 1), "mali.toml"))
    await contingent.to(6, 1, days=1)
    boss, liaison = contingent.phone("bradshaw"), contingent.phone("hamelin")
    await open_newest(contingent, "bradshaw", "en")
    draft = next(one.data for row in boss.last.inline for one in row if one.text == "📄 PDF, English")
    (menu,) = await ask(contingent, liaison, "/sitrep")
    assert said("fr", "There is none yet.") in menu
    popup, _ = await forge(contingent, liaison, draft)
    assert popup, "another person's button"
    await press(contingent, boss, "✅ Approve")
    mark = last_id(liaison)
    await press(contingent, boss, "✅ Yes, approve it")
    assert set(files(liaison, mark)) == {f"{NUMBER}-en.docx", f"{NUMBER}-en.pdf"}
    (card,) = await open_newest(contingent, "hamelin", "fr")
    assert "Approuvé par la surint. Kelly Bradshaw" in card


async def test_any_period_and_the_week(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/sitrep")
    (card,) = await press(contingent, boss, "➕ Last 7 days")
    assert "MLI-WEEKLY-2026-001: from 17 November to 23 November" in card
    mark = last_id(boss)
    await press(contingent, boss, "📝 Word, English")
    (content,) = files(boss, mark).values()
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    for heading in ("Trends", "Alerts closed, and why", "Rotation and leave next week", "Risks", "Next week"):
        assert heading in text
    await ask(contingent, boss, "/sitrep")
    await press(contingent, boss, "➕ Another period")
    (refused,) = await ask(contingent, boss, "soon")
    assert "2026-11-22 06:00 / 2026-11-23 06:00" in refused
    (card,) = await ask(contingent, boss, "2026-11-22 18:00 / 2026-11-23 05:30")
    assert "from yesterday, 18:00 to today, 05:30" in card
    assert "Reports: 1" in card


ODD = (
    "<b>&amp; « ouï » 🚚 שלום عربي \u202b\u200fنص\u200f\u202c \"guillemets\" 'apostrophe' *étoile* _souligné_ | a\\b\n"
    * 60
)[:4096]


async def test_odd_and_long_words_survive_to_the_documents_and_to_the_translator(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", ODD)
    kept = await contingent.one("select json_extract(answers, '$.observations') from report_version")
    assert kept == ODD.strip()
    await contingent.to(6, 1, days=1)
    boss, lead = contingent.phone("bradshaw"), contingent.phone("lacroix")
    await open_newest(contingent, "bradshaw", "en")
    for form in ("📝 Word, English", "📄 PDF, French"):
        mark = last_id(boss)
        card = next(one for one in reversed(boss.messages) if one.inline and len(one.inline) > 3)
        await press(contingent, boss, form, card)
        (content,) = files(boss, mark).values()
        if form.startswith("📝"):
            words = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
            assert any(kept in one for one in words)
        else:
            assert "guillemets" in " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    await open_newest(contingent, "lacroix", "fr")
    offered = next(one for row in buttons(lead.last) for one in row if one.startswith("🌐"))
    *parts, asked = await press(contingent, lead, offered)
    where = f"Mopti, MLI-2026-0001, {label('fr', 'Observations', 'report heading')}"
    heads = [f"{where}\n{said('fr', '<b>Original, in French</b>')} ({part} sur 2)\n" for part in (1, 2)]
    assert all(text.startswith(head) for text, head in zip(parts, heads, strict=True))
    pieces = [text.removeprefix(head) for text, head in zip(parts, heads, strict=True)]
    assert "".join("".join(pieces).split()) == "".join(kept.replace("\xa0", " ").split())
    assert said("fr", "Type its translation into English.") in asked


async def test_one_of_any_period_takes_no_number_from_the_days(contingent: Scene) -> None:
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/sitrep")
    await press(contingent, boss, "➕ Another period")
    (card,) = await ask(contingent, boss, "2026-11-22 18:00 / 2026-11-23 05:00")
    assert "MLI-SPECIAL-2026-001" in card
    done = await contingent.to(6, 1, days=1)
    assert done is not None
    assert done.failed == 0
    numbers = await contingent.rows("select number from sitrep order by number")
    assert numbers == [(NUMBER,), ("MLI-SPECIAL-2026-001",)]


async def test_ras_under_a_heading_is_a_checkin_and_the_words(contingent: Scene) -> None:
    await contingent.to(6, 1, days=1)
    boss = contingent.phone("bradshaw")
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, label("en", "✏️ Write into it"))
    await press(contingent, boss, label("en", "Assessment and outlook", "sitrep heading"))
    answers = await ask(contingent, boss, "RAS")
    assert any("Assessment and outlook: RAS" in one for one in answers)
    assert await contingent.rows("select text from sitrep_text") == [("RAS",)]


async def test_whatever_goes_wrong_with_a_report_the_watch_over_people_goes_on(contingent: Scene) -> None:
    at = contingent.clock.now()
    taken = SitrepRow(1, NUMBER, SitrepKind.SPECIAL, at, at, "en", SitrepState.DRAFT, at)
    async with contingent.app.begin() as tx:
        sitreps.add(tx, taken, 2026, 1)  # its number is that of the day's, which therefore cannot be written
    done = await contingent.to(8, 31, days=1)
    assert done is not None
    assert done.failed == 1
    assert done.overdue > 0
    assert await contingent.one("select count(*) from alert") > 0


async def test_a_lead_still_reads_the_own_post_once_it_has_gone_out(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    boss, lead = contingent.phone("bradshaw"), contingent.phone("lacroix")
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, label("en", "✏️ Write into it"))
    await press(contingent, boss, label("en", "Assessment and outlook", "sitrep heading"))
    await ask(contingent, boss, "For headquarters only.")
    await press(contingent, boss, "✅ Approve")
    await press(contingent, boss, "✅ Yes, approve it")
    (card,) = await open_newest(contingent, "lacroix", "fr")
    assert "Comptes rendus : 1" in card
    mark = last_id(lead)
    await press(contingent, lead, label("fr", "📝 Word, French"))
    (content,) = files(lead, mark).values()
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert OBSERVED in text
    assert "For headquarters only." not in text


async def test_what_is_approved_is_what_was_shown_and_its_period_is_over(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/sitrep")
    await press(contingent, boss, "➕ Today so far")
    assert "✅ Approve" not in [one for row in buttons(boss.last) for one in row]
    await contingent.to(6, 1, days=1)
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, "✅ Approve")
    yes = next(one.data for row in boss.last.inline for one in row if one.text == "✅ Yes, approve it")
    await open_newest(contingent, "willis", "en")
    deputy = contingent.phone("willis")
    await press(contingent, deputy, label("en", "✏️ Write into it"))
    await press(contingent, deputy, label("en", "Assessment and outlook", "sitrep heading"))
    await ask(contingent, deputy, "Written meanwhile.")
    _, (refused, again) = await forge(contingent, boss, yes)
    assert "nothing was approved" in refused
    assert f"Approve {NUMBER}" in again
    assert await contingent.rows("select state from sitrep") == [("draft",)]


async def test_who_did_not_answer_while_vigie_slept_was_overdue_in_that_day(contingent: Scene) -> None:
    await contingent.pass_time(tick=False, hours=26)  # from 05:00 over two check-ins to 07:00 the next morning
    await contingent.tick()
    async with contingent.app.begin() as tx:
        found = await sitreps_service.view(tx, SitrepKind.DAILY, *await sitreps_service.of_day(tx, DAWN.date()))
    compliance = found.part("compliance").tallies[0]
    missed = dict(zip(compliance.columns, compliance.sums, strict=True))["missed"]
    accounted = next(one for one in found.part("personnel").tallies if one.code == "accounted")
    states = dict(zip(accounted.columns, accounted.sums, strict=True))
    assert missed == 10
    assert (states["overdue"], states["awaited"]) == (5, 0), "five people missed ten check-ins, and are not well"

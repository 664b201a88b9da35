"""Duty reports: filed on a phone in either language, one question a message, numbered, and never lost."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.flows.words import BOTH, ask, buttons, forge, label, press, said
from tests.kit import Scene, last_id, texts

FORM, DUTY, PARTNER, CODE = "report form", "duty type", "partner", "report code"
SILENT = "🟢 Nothing happened: report it"
SENT = "select number, officer, form, state, version from report order by number"


async def open_form(scene: Scene, phone: Any, language: str, form: str) -> list[str]:
    await ask(scene, phone, label(language, "📝 Report", "menu"))
    return await press(scene, phone, label(language, form, FORM))


async def fill_daily(scene: Scene, phone: Any, language: str) -> list[str]:
    """Answer the daily report on a night patrol; return the preview."""
    await open_form(scene, phone, language, "Duty report")
    for one in (
        "20:00 04:00",
        ("Joint patrol", DUTY),
        ("Joint patrol", DUTY),
        "03:10",
        "30P UB 7251 0161",
        ("Gendarmerie", PARTNER),
        "Ronde <b>conjointe</b> & contacts",
        ("No, go on", "button"),
        "12 8 3 0",
        "2",
        ("Skip", "button"),
        *[("Nothing to report", "button")] * 4,
        ("⬜ Child protection", CODE),
        ("Go on ➡️", "button"),
        ("Medical service", CODE),
        ("Nothing more to report", "button"),
    ):
        if isinstance(one, str):
            answers = await ask(scene, phone, one)
        else:
            text, context = one
            sign = "⬜ " if text.startswith("⬜") else ""
            answers = await press(scene, phone, sign + label(language, text.removeprefix("⬜ "), context))
    return answers


async def send(scene: Scene, phone: Any, language: str) -> str:
    answers = await press(scene, phone, label(language, "✅ Send"))
    return next(one for one in answers if "MLI-" in one)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_day_on_which_nothing_happened_takes_four_taps(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, label(language, "📝 Report", "menu"))
    await press(contingent, phone, label(language, SILENT))
    (preview,) = await press(contingent, phone, label(language, "Patrol", DUTY))
    assert said(language, "Names of survivors never belong in a report.") in preview
    assert ("(NTR)" if language == "en" else "(RAS)") in preview
    receipt = await send(contingent, phone, language)
    assert "MLI-2026-0001" in receipt
    assert "230500Z NOV 26" in receipt
    assert await contingent.rows(SENT) == [("MLI-2026-0001", code, "daily", "submitted", 1)]


@pytest.mark.parametrize("command", ["/report", "/rapport"])
async def test_both_commands_open_the_menu(contingent: Scene, command: str) -> None:
    (menu,) = await ask(contingent, contingent.phone("deniger"), command)
    assert said("fr", "Which report do you wish to write?") in menu


async def test_a_report_filed_in_french_is_read_in_english_field_by_field(contingent: Scene) -> None:
    phone, boss = contingent.phone("lacroix"), contingent.phone("bradshaw")
    await fill_daily(contingent, phone, "fr")
    await send(contingent, phone, "fr")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    for line in (
        "MLI-2026-0001: Duty report, version 1",
        "Cpl Guy LaCroix, Mopti (MINUSMA)",
        "Written in French.",
        "Period: from yesterday, 20:00 (222000Z NOV 26) to today, 04:00 (230400Z NOV 26)",
        "Main duty: Joint patrol",
        "Activity: Joint patrol",
        "Time: today, 03:10 (230310Z NOV 26)",
        "Place: 30P UB 7251 0161",
        "Partner service: Gendarmerie",
        "Summary: Ronde <b>conjointe</b> & contacts",
        "People reached: 12 women, 8 men and 3 girls",
        "Women officers taking part: 2",
        "Concerns: Child protection",
        "Referred to: Medical service",
    ):
        assert line in card.splitlines(), line
    silent = next(one for one in card.splitlines() if one.startswith("Nothing to report (NTR): "))
    assert "Persons met" in silent
    assert "Equipment" in silent


async def test_the_other_way_round_too(contingent: Scene) -> None:
    phone, boss = contingent.phone("willis"), contingent.phone("bradshaw")
    await ask(contingent, boss, "/language")
    await press(contingent, boss, "Français")
    await fill_daily(contingent, phone, "en")
    await send(contingent, phone, "en")
    (card,) = await press(contingent, boss, label("fr", "📄 Read"))
    for line in (
        "MLI-2026-0001 : Compte rendu de service, version 1",
        "Cap. Kelly Willis, Bamako (MINUSMA)",
        "Rédigé en anglais.",
        "Tâche principale : Patrouille conjointe",
        "Heure : aujourd'hui à 3 h 10 (230310Z NOV 26)",
        "Résumé : Ronde <b>conjointe</b> & contacts",
        "Personnes rejointes : 12 femmes, 8 hommes et 3 filles",
        "Préoccupations : Protection de l'enfance",
        "Aiguillage vers : Service médical",
    ):
        assert line in card.splitlines(), line


@pytest.mark.parametrize(
    ("key", "bad", "msgid"),
    [
        ("period", "22 h à 6 h hier", "⚠️ That period cannot be read, lies in the future or is over 31 days."),
        ("reached", "douze", "⚠️ Those numbers cannot be read."),
        ("women_officers", "deux", "⚠️ That is not a number."),
        ("activities.0.time", "quand?", "⚠️ That time cannot be read."),
        ("activities.0.place", "UB 7251 0161", "⚠️ That grid reference cannot be right."),
        ("activities.0.place", "29P UB 7251 0161", "Did you mean 30P UB 7251 0161?"),
        ("activities.0.place", "95.0, 10.0", "⚠️ Those coordinates do not exist."),
        ("duty_type", "surveiller", "⚠️ Please press one of the buttons below."),
    ],
)
async def test_bad_input_is_told_with_what_is_expected_and_the_question_again(
    contingent: Scene, key: str, bad: str, msgid: str
) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Duty report")
    await at(contingent, key)
    before = await contingent.rows("select answers, at from report_draft")
    (answer,) = await ask(contingent, phone, bad)
    assert msgid in answer
    assert "(" in answer.splitlines()[-2] or "Example" in answer or "Press" in answer
    assert phone.last.inline, "the buttons of the question"
    assert await contingent.rows("select answers, at from report_draft") == before


async def at(scene: Scene, key: str) -> None:
    """Put the draft at a question, as going back and forth would."""
    async with scene.app.begin() as tx:
        await tx.change(text("update report_draft set at = :key"), {"key": key})


async def open_question(scene: Scene, phone: Any, language: str, key: str) -> str:
    """Put the draft at a question and have it asked again; return the question."""
    await at(scene, key)
    await ask(scene, phone, "/report")
    (question,) = await press(scene, phone, label(language, "▶️ Go on with the draft"))
    return question


async def test_killed_and_a_day_later_the_draft_goes_on_where_it_was(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Duty report")
    await ask(contingent, phone, "20:00 04:00")
    await press(contingent, phone, label("fr", "Joint patrol", DUTY))
    await contingent.stop()
    await contingent.pass_time(days=1, tick=False)
    await contingent.start()
    await contingent.settle()
    (question,) = await press(contingent, phone, label("fr", "Joint patrol", DUTY))
    assert said("fr", "When was it?") in question
    answers = await contingent.one("select answers from report_draft")
    assert '"duty_type": "joint_patrol"' in answers


async def test_laid_aside_it_takes_no_text_until_it_is_taken_up_again(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    (kept,) = await press(contingent, phone, label("fr", "💾 Go on later"))
    assert said("fr", "To go on: /report") in kept
    (answer,) = await ask(contingent, phone, "14:30")
    assert said("fr", "⚠️ <b>Not recorded as a check-in.</b>") in answer
    await ask(contingent, phone, "/rapport")
    (again,) = await press(contingent, phone, label("fr", "▶️ Go on with the draft"))
    assert said("fr", "When was it?") in again


async def test_safe_is_a_checkin_and_danger_is_danger_also_while_writing(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    before = await contingent.rows("select answers, at from report_draft")
    receipt, again = await ask(contingent, phone, "RAS")
    assert await contingent.one("select count(*) from checkin") == 1
    assert receipt.startswith("✅")
    assert said("fr", "When was it?") in again
    answers = await ask(contingent, phone, "on tire sur nous")
    assert any("Êtes-vous en danger?" in one for one in answers)
    assert await contingent.rows("select answers, at from report_draft") == before


async def test_a_double_tap_skips_one_question_and_an_old_button_corrects_its_own(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Patrol report")
    kind = phone.last
    await press(contingent, phone, label("en", "On foot", CODE))
    skip = next(one.data for row in phone.last.inline for one in row if one.text == label("en", "Skip"))
    for _ in range(2):
        await forge(contingent, phone, skip)
    assert await contingent.one("select at from report_draft") == "task"
    await press(contingent, phone, label("en", "By vehicle", CODE), kind)
    assert await contingent.one("select at from report_draft") == "task"
    assert '"patrol_type": "vehicle"' in await contingent.one("select answers from report_draft")


async def test_any_answer_is_corrected_from_the_preview(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await fill_daily(contingent, phone, "fr")
    await press(contingent, phone, label("fr", "✏️ Correct an answer"))
    await press(contingent, phone, label("fr", "People reached", "report field"))
    (preview,) = await ask(contingent, phone, "1 2")
    assert "Personnes rejointes : 1 femme et 2 hommes" in preview
    assert "Ronde <b>conjointe</b> & contacts" in preview, "nothing else is lost"


async def test_an_incomplete_one_is_not_sent_and_goes_to_what_is_missing(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Duty report")
    async with contingent.app.begin() as tx:
        await tx.change(text("update report_draft set at = null"))
    await ask(contingent, phone, "/report")
    (preview,) = await press(contingent, phone, label("en", "▶️ Go on with the draft"))
    assert "⚠️ Still missing: Period, Main duty" in preview
    assert label("en", "✅ Send") not in [one for row in buttons(phone.last) for one in row]
    assert await contingent.one("select count(*) from report") == 0


async def test_what_overlaps_is_pointed_out_and_not_refused(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await fill_daily(contingent, phone, "fr")
    await send(contingent, phone, "fr")
    preview = (await fill_daily(contingent, phone, "fr"))[0]
    assert "⚠️ La période chevauche celle de MLI-2026-0001." in preview
    assert "MLI-2026-0002" in await send(contingent, phone, "fr")


async def test_numbers_begin_anew_with_the_year(contingent: Scene) -> None:
    for code, days in (("willis", 0), ("lacroix", 40), ("willis", 1)):
        await contingent.pass_time(days=days, tick=False)
        language = "en" if code == "willis" else "fr"
        phone = contingent.phone(code)
        await ask(contingent, phone, "/report")
        await press(contingent, phone, label(language, SILENT))
        await press(contingent, phone, label(language, "Patrol", DUTY))
        await send(contingent, phone, language)
    numbers = [row[0] for row in await contingent.rows("select number from report order by submitted_at")]
    assert numbers == ["MLI-2026-0001", "MLI-2027-0001", "MLI-2027-0002"]


async def test_a_shared_location_and_a_posts_name_are_places(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await ask(contingent, phone, "04:30")
    await phone.send_location(14.4843, -4.183)
    await contingent.settle()
    assert "Lieu : 30P UB 7251 0161" in texts(phone)[-1]
    await press(contingent, phone, label("fr", "⬅️ Back"))
    (answer,) = await ask(contingent, phone, "bamako")
    assert "Lieu : Bamako" in answer
    assert '"post": "BKO"' in await contingent.one("select answers from report_draft")


async def test_one_draft_a_person_and_discarding_it_is_asked_twice(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Meeting")
    old = phone.last
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "🗑 Discard the draft"))
    assert await contingent.one("select count(*) from report_draft") == 1
    await press(contingent, phone, label("en", "Yes, discard it"))
    assert await contingent.one("select count(*) from report_draft") == 0
    mark = last_id(phone)
    await press(contingent, phone, label("en", "Now"), old)
    assert texts(phone, mark) == [], "a button of a draft that is gone"

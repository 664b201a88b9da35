"""What is typed while a report is being written: an answer, a check-in, a cry for help, or all of it; never lost."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.store import report as reports
from tests.chat.report_sample import filled
from tests.flows.test_question import asked_for_a_reason
from tests.flows.test_report import CODE, DUTY, PARTNER, at, open_form, send
from tests.flows.test_report_review import flash, silent_day
from tests.flows.words import ask, buttons, label, press, said
from tests.kit import Scene, last_id, texts

OFFER = "🆘 <b>Are you in danger?</b> Nobody has been told yet."
UNREAD = "⚠️ <b>Not recorded as a check-in.</b>"


async def answers(scene: Scene) -> dict[str, Any]:
    return dict(json.loads(await scene.one("select answers from report_draft")))


def offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row]


async def full_report(scene: Scene, phone: Any) -> None:
    wanted = label("fr", "📝 Full report")
    shown = next(one for one in reversed(phone.messages) if not one.outgoing and one.button(wanted, "text"))
    await press(scene, phone, wanted, shown)


async def what_happened(scene: Scene, code: str, language: str) -> Any:
    """Go as far as the question what happened, in the flash report on a shooting."""
    phone = scene.phone(code)
    await open_form(scene, phone, language, "Incident: flash report")
    await press(scene, phone, label(language, "Shooting", CODE))
    await press(scene, phone, label(language, "Now"))
    await ask(scene, phone, "Sévaré, marché")
    await press(scene, phone, label(language, "Nobody of ours involved", CODE))
    await press(scene, phone, label(language, "No help needed", CODE))
    return phone


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("deniger", "fr", "Fusillade au marché, deux civils blessés"),
        ("willis", "en", "Shooting at the market, two civilians wounded"),
    ],
)
async def test_an_incident_is_told_in_words_of_danger_without_an_offer_of_sos(
    contingent: Scene, code: str, language: str, words: str
) -> None:
    phone = await what_happened(contingent, code, language)
    told = await ask(contingent, phone, words)
    assert (await answers(contingent))["what"] == words
    assert not any(said(language, OFFER) in one for one in told)


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("deniger", "fr", "Fusillade au marché, on nous tire dessus"),
        ("deniger", "fr", "À l'aide!"),
        ("willis", "en", "Shooting at the market, we are under fire"),
        ("willis", "en", "help"),
    ],
)
async def test_who_tells_of_an_incident_and_is_in_need_is_offered_sos(
    contingent: Scene, code: str, language: str, words: str
) -> None:
    phone = await what_happened(contingent, code, language)
    told = await ask(contingent, phone, words)
    assert (await answers(contingent))["what"] == words
    assert any(said(language, OFFER) in one for one in told)
    assert phone.keyboard[0] == [label(language, "🆘 SOS", "menu")]


async def test_what_somebody_who_waits_for_help_tells_of_danger_is_passed_on_and_sos_offered(
    contingent: Scene,
) -> None:
    lead = contingent.phone("lacroix")
    await ask(contingent, contingent.phone("deniger"), "/assistance")
    await contingent.pass_time(minutes=2)
    phone = await what_happened(contingent, "deniger", "fr")
    mark = last_id(lead)
    told = await ask(contingent, phone, "Fusillade au marché, deux civils blessés")
    assert any("Êtes-vous en danger?" in one for one in told)
    assert any("Fusillade au marché" in one for one in texts(lead, mark))


async def test_words_of_danger_about_the_own_health_offer_sos(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Duty report")
    await at(contingent, "welfare")
    told = await ask(contingent, phone, "Blessure au genou")
    assert (await answers(contingent))["welfare"] == "Blessure au genou"
    assert any(said("fr", OFFER) in one for one in told)


async def test_an_answer_closes_no_alert_whose_reason_was_asked_for_before(contingent: Scene) -> None:
    lead = await asked_for_a_reason(contingent)
    await open_form(contingent, lead, "fr", "Meeting")
    await press(contingent, lead, label("fr", "Now"))
    await ask(contingent, lead, "Gao, camp")
    assert await contingent.rows("select state from alert where officer = 'deniger'") == [("open",)]
    assert "place" in await answers(contingent)


async def test_the_reason_of_a_correction_asked_for_before_blocks_no_other_report(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    phone = contingent.phone("deniger")
    await press(contingent, phone, label("fr", "📄 Read"))
    await press(contingent, phone, label("fr", "✏️ Correct"))
    await open_form(contingent, phone, "fr", "Meeting")
    await ask(contingent, phone, "04:30")
    assert "time" in await answers(contingent)


async def test_nothing_to_report_is_not_offered_where_something_was_said(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Duty report")
    await at(contingent, "reached")
    await ask(contingent, phone, "0 0 0 0")
    assert label("en", "Nothing to report") not in offered(phone)
    await press(contingent, phone, label("en", "⬅️ Back"))
    assert label("en", "Nothing to report") not in offered(phone)
    await press(contingent, phone, label("en", "Go on ➡️"))
    assert said("en", "How many women officers took part? Type a number.") in phone.last.text


@pytest.mark.parametrize("when", ["before", "since"])
async def test_text_is_for_the_call_for_help_unless_the_report_was_gone_on_with_since(
    contingent: Scene, when: str
) -> None:
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    await flash(contingent, phone, "fr", personnel="Somebody is injured", help_="Medical help")
    if when == "before":
        await full_report(contingent, phone)
        await contingent.pass_time(seconds=5)
        await ask(contingent, phone, "/sos")
        await ask(contingent, phone, "/sos")
    else:
        await contingent.pass_time(seconds=5)
        await full_report(contingent, phone)
    mark = last_id(lead)
    await ask(contingent, phone, "05:01")
    assert ("informed_at" in await answers(contingent)) == (when == "since")
    assert any("05:01" in one for one in texts(lead, mark)) == (when == "before")


@pytest.mark.parametrize("personnel", ["Somebody is missing", "Somebody is injured"])
async def test_somebody_missing_or_injured_is_a_case_that_somebody_answers_for(
    contingent: Scene, personnel: str
) -> None:
    await flash(contingent, contingent.phone("deniger"), "fr", personnel=personnel, help_="No help needed")
    assert await contingent.rows("select kind from alert") == [("assistance",)]


async def test_a_question_of_yesterday_takes_no_text_and_no_place(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await press(contingent, phone, label("fr", "Now"))
    before = await answers(contingent)
    await contingent.to(7, 0, days=1)
    (told,) = await ask(contingent, phone, "Bien arrivée à Sévaré")
    assert said("fr", UNREAD) in told
    assert said("fr", "The draft of a report waits. To go on: /report") in told
    await phone.send_location(14.5, -4.1)
    await contingent.settle()
    assert await answers(contingent) == before


async def test_cancel_lays_the_report_aside(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    (told,) = await ask(contingent, phone, "/annuler")
    assert said("fr", "To go on: /report") in told
    assert await contingent.rows("select paused from report_draft") == [(1,)]


@pytest.mark.parametrize(
    ("key", "words", "ntr"),
    [("persons_met", "RAS", True), ("persons_met", "ok", False), ("welfare", "Tout va bien", False)],
)
async def test_words_that_are_a_checkin_may_be_the_answer_too(
    contingent: Scene, key: str, words: str, ntr: bool
) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Duty report")
    await at(contingent, key)
    told = await ask(contingent, phone, words)
    assert await contingent.one("select count(*) from checkin") == 1
    assert len(told) == 2, "the receipt, and the question that is next or still open"
    assert (key in json.loads(await contingent.one("select ntr from report_draft"))) == ntr
    assert (await answers(contingent)).get(key) == (words if key == "welfare" else None)


async def test_ras_answers_the_question_of_command(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    lead, phone = contingent.phone("lacroix"), contingent.phone("deniger")
    await press(contingent, lead, label("fr", "📄 Read"))
    await press(contingent, lead, label("fr", "❓ Return with a question"))
    await ask(contingent, lead, "Des incidents?")
    await press(contingent, phone, label("fr", "💬 Answer"))
    await ask(contingent, phone, "Rien à signaler")
    assert await contingent.one("select answer from report_review") == "Rien à signaler"


async def test_every_activity_stands_in_the_preview_and_on_the_card(contingent: Scene) -> None:
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    await open_form(contingent, phone, "fr", "Duty report")
    first = (("Joint patrol", DUTY), "03:10", "Sévaré", ("Gendarmerie", PARTNER), "Ronde au marché")
    second = (("Escort", DUTY), "03:40", "Konna", ("Gendarmerie", PARTNER), "Escorte du préfet")
    more, done = ("Yes, another one", "button"), ("No, go on", "button")
    rest = ("Nothing more to report", "button")
    for one in ("20:00 04:00", ("Patrol", DUTY), *first, more, *second, done, rest):
        told = await (
            ask(contingent, phone, one) if isinstance(one, str) else press(contingent, phone, label("fr", *one))
        )
    assert "Ronde au marché" in told[-1]
    assert "Escorte du préfet" in told[-1]
    await send(contingent, phone, "fr")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert "Escorte du préfet" in card


async def test_the_longest_report_arrives_with_the_longest_question_and_answer(contingent: Scene) -> None:
    phone, boss = contingent.phone("willis"), contingent.phone("bradshaw")
    await open_form(contingent, phone, "en", "Patrol report")
    long = {
        key: "w" * 1500 if isinstance(value, str) and len(value) > 500 else value
        for key, value in filled("patrol").items()
    }
    async with contingent.app.begin() as tx:
        await tx.change(text("update report_draft set at = null, answers = :a"), {"a": json.dumps(long)})
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "▶️ Go on with the draft"))
    await send(contingent, phone, "en")
    await press(contingent, boss, label("en", "📄 Read"))
    await press(contingent, boss, label("en", "❓ Return with a question"))
    await ask(contingent, boss, "q" * 590)
    await press(contingent, phone, label("en", "💬 Answer"))
    await ask(contingent, phone, "a" * 590)
    assert await press(contingent, boss, label("en", "📄 Read"))
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []


async def test_one_question_at_a_time_and_a_correction_waits_for_a_new_review(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    lead, boss, phone = (contingent.phone(code) for code in ("lacroix", "bradshaw", "deniger"))
    await press(contingent, lead, label("fr", "📄 Read"))
    await press(contingent, boss, label("en", "📄 Read"))
    shown = boss.last
    await press(contingent, lead, label("fr", "❓ Return with a question"))
    await ask(contingent, lead, "Combien de véhicules?")
    await press(contingent, boss, label("en", "❓ Return with a question"), shown)
    assert await contingent.one("select count(*) from report_review") == 1
    await press(contingent, phone, label("fr", "💬 Answer"))
    await ask(contingent, phone, "Deux véhicules")
    assert await contingent.rows("select state, reviewed_by from report") == [("submitted", None)]


async def test_a_day_counts_what_ended_in_it_once_and_welfare_is_no_matter_for_the_lead(contingent: Scene) -> None:
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Duty report")
    await ask(contingent, phone, "2026-11-22 12:00 / 2026-11-23 00:00")
    await press(contingent, phone, label("fr", "Patrol", DUTY))
    await press(contingent, phone, label("fr", "Nothing more to report"))
    await send(contingent, phone, "fr")
    day = datetime(2026, 11, 22, tzinfo=UTC)
    async with contingent.app.store.read() as tx:
        found = [len(await reports.between(tx, day + timedelta(days=n), day + timedelta(days=n + 1))) for n in (0, 1)]
    assert found == [1, 0]
    (card,) = await press(contingent, lead, label("fr", "📄 Read"))
    assert label("fr", "Health and welfare", "report heading") not in card

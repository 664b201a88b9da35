"""A question is open, and what is said is no answer to it: nobody's "I am safe" and nobody's cry is swallowed by it."""

import re
from typing import Any

import pytest

from tests.flows.words import ask, buttons, label, plain, press, said
from tests.kit import SAFE, Scene, last_id, texts

DANGER = {"en": "help, we are under fire", "fr": "au secours, on nous tire dessus"}


async def safe_but(scene: Scene, *silent: str) -> None:
    """Have everyone check in but those."""
    for code in ("lacroix", "willis", "hamelin", "bradshaw", "deniger"):
        if code not in silent:
            await ask(scene, scene.phone(code), "ok")


async def asked_for_a_reason(scene: Scene) -> Any:
    """Deniger is overdue, and the lead is asked in which words to close the alert."""
    lead = scene.phone("lacroix")
    await scene.to(7, 0)
    await safe_but(scene, "deniger")
    await scene.to(8, 31)
    await press(scene, lead, label("fr", "I am on it"))
    await press(scene, lead, label("fr", "Close with a reason"))
    await press(scene, lead, label("fr", "Another reason…"))
    return lead


async def offers_sos(answers: list[str], language: str) -> bool:
    return any(said(language, "🆘 <b>Are you in danger?</b>") in one for one in answers)


@pytest.mark.parametrize(("code", "language"), [("willis", "en"), ("deniger", "fr")])
async def test_details_asked_in_the_morning_do_not_swallow_the_evening(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await contingent.to(7, 0)
    await phone.tap(SAFE[language])
    await contingent.settle()
    await press(contingent, phone, phone.last.inline[0][0].text)
    await contingent.to(19, 0)
    (answer,) = await ask(contingent, phone, "ok")
    assert answer.startswith("✅")
    assert await offers_sos(await ask(contingent, phone, DANGER[language]), language)
    assert await contingent.one(f"select count(*) from checkin where officer = '{code}'") == 2


async def test_safe_typed_at_a_question_is_a_checkin_and_leaves_the_question_open(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await contingent.to(7, 0)
    await phone.tap(SAFE["en"])
    await contingent.settle()
    await press(contingent, phone, phone.last.inline[0][0].text)
    await ask(contingent, phone, "RAS")
    assert await contingent.one("select count(*) from checkin where officer = 'willis'") == 2
    await ask(contingent, phone, "Sévaré; back by noon")
    assert await contingent.rows("select place from checkin where officer = 'willis' order by id") == [
        (None,),
        ("Sévaré",),
    ]


async def test_the_leads_own_ras_does_not_close_somebody_elses_alert(contingent: Scene) -> None:
    lead = await asked_for_a_reason(contingent)
    await contingent.to(8, 40)
    (answer,) = await ask(contingent, lead, "RAS")
    assert answer.startswith("✅")
    assert await contingent.rows("select officer, state from alert") == [("deniger", "open")]


async def test_a_question_about_an_alert_that_is_closed_lets_go(contingent: Scene) -> None:
    lead = await asked_for_a_reason(contingent)
    await contingent.phone("deniger").tap(SAFE["fr"])
    await contingent.settle()
    (refused,) = await ask(contingent, lead, "panne de réseau")
    assert refused == "Cette alerte a été fermée à 8 h 31."
    (other,) = await ask(contingent, lead, "panne de réseau")
    assert other != refused, "the question is not asked for ever"
    assert await contingent.one("select count(*) from draft") == 0


async def test_danger_typed_at_a_question_offers_sos_also_when_it_is_no_answer(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/conge")
    await press(contingent, phone, label("fr", "🏖 Leave", "absence"))
    assert await offers_sos(await ask(contingent, phone, "blessé, à l'aide"), "fr")


@pytest.mark.parametrize(
    ("code", "language", "command"),
    [("deniger", "fr", "/pointage ok mais on tire sur nous"), ("willis", "en", "/checkin Sévaré; two wounded")],
)
async def test_words_of_danger_after_the_command_are_no_checkin(
    contingent: Scene, code: str, language: str, command: str
) -> None:
    await contingent.to(7, 0)
    assert await offers_sos(await ask(contingent, contingent.phone(code), command), language)
    assert await contingent.one("select count(*) from checkin") == 0


async def test_who_asked_for_assistance_and_writes_of_danger_is_offered_sos_too(contingent: Scene) -> None:
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    await ask(contingent, phone, "/assistance")
    await press(contingent, lead, label("fr", "I am on it"))
    answers = await ask(contingent, phone, DANGER["fr"])
    assert await offers_sos(answers, "fr")
    assert not any("Personne n'a encore été avisé" in one for one in answers), "the lead knows"
    assert any("on nous tire dessus" in one for one in texts(lead)), "and can read what was written"


async def test_after_an_sos_danger_is_passed_on_and_not_asked_about_again(contingent: Scene) -> None:
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    await ask(contingent, phone, "/sos")
    await ask(contingent, phone, "/sos")
    mark = last_id(phone)
    await ask(contingent, phone, DANGER["fr"])
    assert not await offers_sos(texts(phone, mark), "fr")
    assert any("on nous tire dessus" in one for one in texts(boss))


@pytest.mark.parametrize(("code", "language"), [("willis", "en"), ("deniger", "fr")])
async def test_no_press_for_help_stays_unanswered(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    head = {
        "en": ("sent again", "Sent again"),
        "fr": ("Demande d'aide envoyée de nouveau", "Alerte envoyée de nouveau"),
    }[language]
    await ask(contingent, phone, "/assist")
    (again,) = await ask(contingent, phone, "/assist")
    assert head[0] in again
    await ask(contingent, phone, "/sos")
    await ask(contingent, phone, "/sos")
    (again,) = await ask(contingent, phone, "/sos")
    assert head[1] in again


@pytest.mark.parametrize(("code", "language"), [("willis", "en"), ("deniger", "fr")])
async def test_a_checkin_during_an_sos_says_that_the_sos_stays_open(
    contingent: Scene, code: str, language: str
) -> None:
    await ask(contingent, contingent.phone(code), "/sos")
    await ask(contingent, contingent.phone(code), "/sos")
    receipt = next(one for one in await ask(contingent, contingent.phone(code), "ok") if one.startswith("✅"))
    assert said(language, "Your SOS stays open until somebody has spoken with you.") in plain(receipt)
    assert await contingent.one("select state from alert") == "open"


async def test_whom_an_alert_was_about_is_told_who_closed_it(contingent: Scene) -> None:
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    await ask(contingent, phone, "/assistance")
    await contingent.pass_time(minutes=11)
    await press(contingent, boss, label("en", "Close with a reason"))
    offered = [one for row in buttons(boss.last) for one in row]
    assert label("en", "Assistance given") in offered
    assert label("en", "No network there") not in offered, "no answer to somebody who has written"
    mark, heard = last_id(phone), last_id(boss)
    await press(contingent, boss, label("en", "Assistance given"))
    assert texts(boss, heard)[-1].startswith(
        "⚪ CLOSED at 05:11: Cpl Kim Deniger, Mopti\nClosed by Supt Kelly Bradshaw"
    )
    (told,) = texts(phone, mark)
    assert plain(told).startswith("🟢 L'alerte à votre sujet a été fermée à 5 h 11 par la surint. Kelly Bradshaw.")
    assert label("fr", "🤝 I need assistance", "menu") in told


@pytest.mark.parametrize(("code", "language"), [("willis", "en"), ("deniger", "fr")])
async def test_a_voice_message_is_said_to_have_reached_nobody(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/sos")
    await ask(contingent, phone, "/sos")
    mark = last_id(phone)
    await phone.send_voice()
    await contingent.settle()
    (answer,) = texts(phone, mark)
    msgid = "Voice messages, pictures and files are passed on to nobody: write it in one line."
    assert said(language, msgid) in plain(answer)


async def test_the_absence_dialogue_never_asks_for_what_it_refuses(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/conge")
    await press(contingent, phone, label("fr", "🏖 Leave", "absence"))
    (refused,) = await ask(contingent, phone, "demain matin")
    example = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", refused)[0]
    (asked,) = await ask(contingent, phone, example)
    assert asked != refused


async def test_the_time_that_a_refusal_shows_is_one_that_is_read(contingent: Scene) -> None:
    await contingent.to(7, 0)
    phone = contingent.phone("deniger")
    (refused,) = await ask(contingent, phone, "/pointage 25:99")
    assert refused.startswith("⚠️ Non enregistré")
    example = re.findall(r"/pointage [\dh\s]+h(?:\s\d\d)?", refused)[0]
    (receipt,) = await ask(contingent, phone, example)
    assert "6 h" in plain(receipt), "an hour before now"


async def test_a_command_that_there_is_not_is_said_to_be_none(contingent: Scene) -> None:
    (answer,) = await ask(contingent, contingent.phone("deniger"), "/statut")
    assert "Cette commande n'existe pas." in answer


async def test_the_own_alert_is_listed_without_a_button(contingent: Scene) -> None:
    lead = contingent.phone("lacroix")
    await contingent.to(7, 0)
    await safe_but(contingent, "lacroix", "deniger")
    await contingent.to(8, 31)
    (listed,) = await ask(contingent, lead, "/alertes")
    assert "LaCroix" in listed
    acts = [one for row in buttons(lead.last) for one in row if "Actualiser" not in one]
    assert acts == ["🔴 " + label("fr", "I am on it: {name}").format(name="Kim Deniger")]

"""Words of danger, wherever they stand: passed on where somebody reads; after an SOS never "nobody was told"."""

import pytest

from tests.flows.words import BOTH, ask, label, press, said
from tests.kit import Scene, last_id, texts

NOT_PASSED_ON = "This line is for enrolled personnel only: nothing was passed on. In danger, call your post at once."
OFFER = "🆘 <b>Are you in danger?</b> Nobody has been told yet."


async def in_distress(scene: Scene, code: str) -> None:
    for _ in range(2):
        await ask(scene, scene.phone(code), "/sos")


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_after_a_command_they_record_no_checkin_and_say_so(contingent: Scene, code: str, language: str) -> None:
    (answer,) = await ask(contingent, contingent.phone(code), "/checkin Gao; on nous tire dessus")
    assert said(language, "⚠️ <b>Your check-in is not recorded.</b>") in answer
    assert said(language, OFFER) in answer
    assert await contingent.one("select count(*) from checkin") == 0


@pytest.mark.parametrize("how", ["text", "command", "caption", "edited"])
async def test_in_distress_they_are_passed_on_and_ring(contingent: Scene, how: str) -> None:
    await in_distress(contingent, "deniger")
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    marks = last_id(phone), last_id(boss)
    words = "on nous attaque"
    match how:
        case "text":
            await phone.send(words)
        case "command":
            await phone.send(f"/pointage {words}")
        case "caption":
            await phone.send_photo(caption=words)
        case "edited":
            await phone.send("bonjour")
            sent = phone.messages[-1].id
            await contingent.settle()
            marks = last_id(phone), last_id(boss)
            await phone.edit(sent, words)
    await contingent.settle()
    mine = texts(phone, marks[0])
    assert any("3 personnes" in one for one in mine)
    assert not any("Personne n'a encore été avisé" in one for one in mine)
    assert await contingent.one("select count(*) from alert") == 1
    held = [one.text for one in boss.messages if "DISTRESS" in one.text]
    assert any(words in one for one in held)
    if how == "text":
        (rung,) = texts(boss, marks[1])
        assert "Message: on nous attaque" in rung


async def test_what_is_written_rings_at_most_once_a_minute(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss = contingent.phone("bradshaw")
    mark = last_id(boss)
    for words in ("deux hommes armés", "au portail", "ils partent"):
        await ask(contingent, contingent.phone("deniger"), words)
    assert len(texts(boss, mark)) == 1
    assert all("ils partent" in one.text for one in boss.messages if "DISTRESS" in one.text), (
        "edited into what they hold"
    )
    await contingent.pass_time(minutes=1)
    mark = last_id(boss)
    await ask(contingent, contingent.phone("deniger"), "le calme est revenu")
    assert any("le calme est revenu" in one for one in texts(boss, mark))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_voice_message_in_distress_does_not_read_as_if_the_sos_were_lost(
    contingent: Scene, code: str, language: str
) -> None:
    await in_distress(contingent, code)
    mark = last_id(contingent.phone(code))
    await contingent.phone(code).send_voice()
    await contingent.settle()
    (answer,) = texts(contingent.phone(code), mark)
    assert said(language, "🆘 <b>Your SOS stays open.</b>") in answer
    assert said(language, "⚠️ <b>Not recorded as a check-in.</b>") not in answer


async def test_a_stranger_in_danger_reads_that_nobody_was_told(scene: Scene) -> None:
    phone = scene.telegram.phone(2003)
    await phone.start()
    await scene.settle()
    (answer,) = await ask(scene, phone, "au secours, on tire sur nous")
    for language in ("en", "fr"):
        assert said(language, NOT_PASSED_ON) in answer


async def test_safe_typed_for_a_reason_is_a_checkin_and_the_alert_stays_open(contingent: Scene) -> None:
    await contingent.to(7, 0)
    for code in ("willis", "bradshaw", "lacroix", "hamelin"):
        await ask(contingent, contingent.phone(code), "ok")
    await contingent.to(8, 31)
    lead = contingent.phone("lacroix")
    await press(contingent, lead, label("fr", "I am on it"))
    await press(contingent, lead, label("fr", "Close with a reason"))
    await press(contingent, lead, label("fr", "Another reason…"))
    answers = await ask(contingent, lead, "?")
    assert said("fr", "Please type the reason in words, for example: reached by radio.") in answers[0]
    (receipt,) = await ask(contingent, lead, "tout va bien")
    still_open = "The alert that you were about to close is still open: type the reason, as in: reached by radio."
    assert said("fr", still_open) in receipt
    assert await contingent.one("select state from alert") == "open"
    await ask(contingent, lead, "jointe par radio, en route")
    assert await contingent.rows("select state, note from alert") == [("closed", "jointe par radio, en route")]

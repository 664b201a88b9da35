"""A check-in that does not come: reminders, the alert, the ladder, and who answers for it."""

from datetime import timedelta

from tests.flows.words import plain
from tests.kit import SAFE, Scene, last_id, texts


async def _until_overdue(scene: Scene) -> None:
    """Everybody but Deniger (Mopti) checks in; hers is missed at 08:30."""
    await scene.to(6, 30)
    for code in ("lacroix", "willis", "hamelin", "bradshaw"):
        await scene.phone(code).send("ok")
    await scene.settle()
    for hour, minute in ((7, 45), (8, 0), (8, 15), (8, 30)):
        await scene.to(hour, minute)


async def test_reminders_come_before_at_and_after_the_due_time_each_once(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    mark = last_id(phone)
    await contingent.to(7, 44)
    assert texts(phone, mark) == []
    await contingent.to(7, 45)
    await contingent.tick()
    await contingent.to(8, 0)
    await contingent.tick()
    await contingent.to(8, 15)
    await contingent.tick()
    before, due, last = texts(phone, mark)
    assert "8 h" in before
    assert "15 minutes" in before or "15 min" in before
    assert before != due
    assert "8 h 30" in last
    assert "responsable" in last, "the second reminder says who is told otherwise"


async def test_nobody_who_checked_in_is_reminded(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await contingent.to(6, 30)
    await phone.tap(SAFE["en"])
    await contingent.settle()
    mark = last_id(phone)
    for hour, minute in ((7, 45), (8, 0), (8, 15), (8, 30), (8, 45)):
        await contingent.to(hour, minute)
    assert not [one for one in texts(phone, mark) if one.startswith("⏰")]
    assert await contingent.one("select count(*) from alert where officer = 'willis'") == 0


async def test_whoever_missed_a_checkin_reads_that_an_alert_is_open_and_closes_it_with_one_tap(
    contingent: Scene,
) -> None:
    phone = contingent.phone("deniger")
    await _until_overdue(contingent)
    assert plain(phone.last.text).startswith(
        "🔔 Votre pointage attendu à 8 h n'est pas arrivé : une alerte est ouverte.\n"
        "La personne responsable de votre poste a été avisée et tentera de vous joindre.\n"
    )
    mark = last_id(phone)
    await contingent.to(8, 40)
    assert texts(phone, mark) == [], "once for an alert, not for each of its steps"
    contingent.clock.move(timedelta(minutes=1))
    await phone.tap(SAFE["fr"])
    await contingent.settle()
    (receipt,) = texts(phone, mark)
    assert receipt.startswith("✅")


async def test_the_lead_is_told_first_and_everyone_in_the_end(contingent: Scene) -> None:
    marks = {code: last_id(contingent.phone(code)) for code in ("lacroix", "willis", "bradshaw")}
    await _until_overdue(contingent)

    def told(code: str) -> list[str]:
        return [one for one in texts(contingent.phone(code), marks[code]) if "Deniger" in one]

    (first,) = told("lacroix")
    assert "EN RETARD" in first
    assert "Mopti" in first
    assert "palier 1 sur 2" in first.lower()
    assert "8 h 40" in first
    assert told("willis") == [] == told("bradshaw")
    await contingent.to(8, 40)
    assert len(told("lacroix")) == 1
    (second,) = told("bradshaw")
    assert "OVERDUE" in second
    assert "step 2 of 2" in second.lower()
    assert len(told("willis")) == 1
    await contingent.to(8, 50)
    assert [len(told(code)) for code in ("lacroix", "willis", "bradshaw")] == [2, 2, 2]
    await contingent.to(9, 5)
    await contingent.to(9, 20)
    assert [len(told(code)) for code in ("lacroix", "willis", "bradshaw")] == [4, 4, 4], "repeated until somebody acts"


async def test_a_step_with_nobody_able_to_act_is_skipped_at_once(contingent: Scene) -> None:
    """Bamako has no lead: Hamelin's alert starts with the commander and the deputy."""
    await contingent.to(6, 30)
    for code in ("lacroix", "willis", "deniger", "bradshaw"):
        await contingent.phone(code).send("ok")
    await contingent.settle()
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.to(8, 30)
    (told,) = [one for one in texts(contingent.phone("bradshaw"), mark) if "Hamelin" in one]
    assert "step 2 of 2" in told.lower()


async def test_the_first_acknowledgement_wins_and_edits_do_not_ring(contingent: Scene) -> None:
    await _until_overdue(contingent)
    await contingent.to(8, 40)
    commander, deputy = contingent.phone("bradshaw"), contingent.phone("willis")
    marks = last_id(commander), last_id(deputy)
    await commander.press("I am on it")
    await contingent.settle()
    assert [texts(commander, marks[0]), texts(deputy, marks[1])] == [[], []], "who has it is edited in, nothing rings"
    assert "has been on it since 08:40" in deputy.last.text
    assert "Bradshaw" in deputy.last.text
    assert not any(button.text == "I am on it" for row in deputy.last.inline for button in row)
    mark = last_id(contingent.phone("lacroix"))
    await contingent.to(9, 5)
    assert texts(contingent.phone("lacroix"), mark) == [], "an owned alert does not climb"


async def test_an_acknowledged_alert_without_an_outcome_climbs_again(contingent: Scene) -> None:
    await _until_overdue(contingent)
    lead = contingent.phone("lacroix")
    await lead.press("Je m'en occupe")
    await contingent.settle()
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.to(8, 59)
    assert texts(contingent.phone("bradshaw"), mark) == []
    await contingent.to(9, 0)
    (again,) = texts(contingent.phone("bradshaw"), mark)
    assert "Still open" in again
    assert "LaCroix" in again


async def test_on_step_one_a_checkin_closes_the_alert_and_says_so(contingent: Scene) -> None:
    await _until_overdue(contingent)
    lead = contingent.phone("lacroix")
    mark = last_id(lead)
    contingent.clock.move(timedelta(minutes=5))
    await contingent.phone("deniger").tap(SAFE["fr"])
    await contingent.settle()
    (closed,) = texts(lead, mark)
    assert closed.startswith("🟢")
    assert "se dit en sécurité" in closed
    assert await contingent.rows("select state, outcome from alert") == [("closed", "checked_in")]
    mark = last_id(lead)
    await contingent.to(9, 30)
    assert texts(lead, mark) == []


async def test_from_step_two_on_a_checkin_must_be_verified_by_voice(contingent: Scene) -> None:
    await _until_overdue(contingent)
    await contingent.to(8, 40)
    commander = contingent.phone("bradshaw")
    mark = last_id(commander)
    await contingent.phone("deniger").tap(SAFE["fr"])
    await contingent.settle()
    (news,) = texts(commander, mark)
    assert "Verify by voice" in news
    assert await contingent.one("select state from alert") == "answered"
    await commander.press("Verified, close")
    await contingent.settle()
    await commander.press(commander.last.inline[0][0].text)
    await contingent.settle()
    assert await contingent.one("select state from alert") == "closed"
    assert await contingent.one("select closed_by from alert") == "bradshaw"
    assert await contingent.one("select count(*) from checkin where entered_by = 'bradshaw'") == 1


async def test_not_convinced_opens_it_again_and_it_climbs(contingent: Scene) -> None:
    await _until_overdue(contingent)
    await contingent.to(8, 40)
    await contingent.phone("deniger").tap(SAFE["fr"])
    await contingent.settle()
    mark = last_id(contingent.phone("lacroix"))
    await contingent.phone("bradshaw").press("Not convinced")
    await contingent.settle()
    assert await contingent.one("select state from alert") == "open"
    assert len(texts(contingent.phone("lacroix"), mark)) == 1


async def test_nobody_acts_on_the_own_alert(contingent: Scene) -> None:
    await contingent.to(6, 30)
    for code in ("lacroix", "willis", "deniger", "hamelin"):
        await contingent.phone(code).send("ok")
    await contingent.settle()
    await contingent.to(8, 30)
    assert not [one for one in texts(contingent.phone("bradshaw")) if "OVERDUE" in one]
    assert [one for one in texts(contingent.phone("willis")) if "OVERDUE" in one and "Bradshaw" in one]


async def test_closing_with_a_reason_of_ones_own_words(contingent: Scene) -> None:
    await _until_overdue(contingent)
    lead = contingent.phone("lacroix")
    await lead.press("Je m'en occupe")
    await contingent.settle()
    await lead.press("Fermer avec un motif")
    await contingent.settle()
    await lead.press(next(b.text for row in lead.last.inline for b in row if b.text.startswith("Autre motif")))
    await contingent.settle()
    await lead.send("Vue à l'hôpital, <cheville> foulée & plâtrée")
    await contingent.settle()
    ((state, reason, note),) = await contingent.rows("select state, reason, note from alert")
    assert (state, reason, note) == ("closed", "other", "Vue à l'hôpital, <cheville> foulée & plâtrée")
    assert note in lead.last.text


async def test_a_later_miss_joins_the_open_alert(contingent: Scene) -> None:
    await _until_overdue(contingent)
    await contingent.to(20, 30)
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 1
    assert await contingent.one("select count(*) from duty where officer = 'deniger' and state = 'overdue'") == 2


async def test_a_second_acknowledgement_says_who_has_it(contingent: Scene) -> None:
    await _until_overdue(contingent)
    await contingent.to(8, 40)
    deputy, commander = contingent.phone("willis"), contingent.phone("bradshaw")
    data = next(b.data for row in deputy.last.inline for b in row if b.text == "I am on it")
    stale = deputy.last.id
    await commander.press("I am on it")
    await deputy.press("I am on it", message=deputy.last)
    await contingent.settle()
    assert await contingent.one("select owner from alert") == "bradshaw"
    assert deputy.popups
    assert "Bradshaw" in deputy.popups[-1].text
    contingent.telegram.inject(
        {
            "callback_query": {
                "id": "1",
                "from": {"id": 1002, "is_bot": False, "first_name": "Willis"},
                "chat_instance": "1",
                "data": data,
                "message": {"message_id": stale, "date": 0, "chat": {"id": 1002, "type": "private"}},
            }
        }
    )
    await contingent.settle()
    assert await contingent.one("select owner from alert") == "bradshaw"

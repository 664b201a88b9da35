"""SOS and the call for assistance."""

from datetime import timedelta

from bot.services import upkeep
from tests.flows.words import forge
from tests.kit import Scene, last_id, texts

SOS = "🆘 SOS"


async def test_sos_is_on_record_at_the_first_tap_and_goes_out_unconfirmed_after_30_seconds(contingent: Scene) -> None:
    phone, commander = contingent.phone("deniger"), contingent.phone("bradshaw")
    mark = last_id(commander)
    await phone.tap(SOS)
    await contingent.settle()
    assert await contingent.rows("select kind, state from alert") == [("distress", "armed")]
    await contingent.pass_time(seconds=29)
    assert texts(commander, mark) == []
    await contingent.pass_time(seconds=1)
    (alert,) = texts(commander, mark)
    assert "Deniger" in alert
    assert "not confirmed" in alert


async def test_a_second_tap_sends_at_once_to_everyone(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    marks = {code: last_id(contingent.phone(code)) for code in ("lacroix", "willis", "bradshaw", "hamelin")}
    await phone.tap(SOS)
    await contingent.settle()
    await phone.tap(SOS)
    await contingent.settle()
    told = {code: len(texts(contingent.phone(code), mark)) for code, mark in marks.items()}
    assert told == {"lacroix": 1, "willis": 1, "bradshaw": 1, "hamelin": 0}
    assert "3 personnes" in phone.last.text


async def test_it_is_repeated_until_somebody_acknowledges(contingent: Scene) -> None:
    phone, commander = contingent.phone("deniger"), contingent.phone("bradshaw")
    await phone.tap(SOS)
    await contingent.settle()
    await phone.press("Envoyer maintenant")
    await contingent.settle()
    mark = last_id(commander)
    await contingent.pass_time(minutes=5)
    await contingent.pass_time(minutes=5)
    assert len(texts(commander, mark)) == 2
    own = last_id(phone)
    await commander.press("I am on it")
    await contingent.settle()
    assert "Bradshaw" in texts(phone, own)[-1]
    mark = last_id(commander)
    await contingent.pass_time(minutes=20)
    assert texts(commander, mark) == []


async def test_cancelled_within_30_seconds_nothing_goes_out(contingent: Scene) -> None:
    phone, commander = contingent.phone("deniger"), contingent.phone("bradshaw")
    mark = last_id(commander)
    await phone.tap(SOS)
    await contingent.settle()
    await phone.press("Ne pas envoyer")
    await contingent.settle()
    await contingent.pass_time(minutes=2)
    assert texts(commander, mark) == []
    assert await contingent.rows("select state, outcome from alert") == [("closed", "cancelled")]


async def test_a_mistake_called_later_closes_nothing(contingent: Scene) -> None:
    phone, commander = contingent.phone("deniger"), contingent.phone("bradshaw")
    await phone.tap(SOS)
    await contingent.settle()
    await phone.tap(SOS)
    await contingent.settle()
    mark = last_id(commander)
    await phone.press("C'était une erreur")
    await contingent.settle()
    (news,) = texts(commander, mark)
    assert "mistake" in news
    assert await contingent.one("select state from alert") == "open"


async def test_closing_a_distress_takes_two_different_people(contingent: Scene) -> None:
    phone, commander, deputy = (contingent.phone(code) for code in ("deniger", "bradshaw", "willis"))
    await phone.tap(SOS)
    await contingent.settle()
    await phone.tap(SOS)
    await contingent.settle()
    await commander.press("Safe, verified")
    await contingent.settle()
    await commander.press("In person")
    await contingent.settle()
    assert await contingent.rows("select state, proposed_by from alert") == [("open", "bradshaw")]
    own = [button.text for row in commander.last.inline for button in row]
    assert "Safe, verified" not in own, "the same person cannot confirm the own proposal"
    await deputy.press("Safe, verified")
    await contingent.settle()
    await deputy.press("By radio")
    await contingent.settle()
    assert await contingent.rows("select state, closed_by from alert") == [("closed", "willis")]


async def test_a_line_and_a_location_ring_for_those_who_were_told(contingent: Scene) -> None:
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    await phone.tap(SOS)
    await contingent.settle()
    await phone.tap(SOS)
    await contingent.settle()
    mark = last_id(lead)
    await phone.send("on tire sur nous au marché")
    await contingent.settle()
    await phone.send_location(14.4843, -4.183)
    await contingent.settle()
    assert len(texts(lead, mark)) == 2
    assert "on tire sur nous au marché" in lead.last.text
    assert "14.4843" in lead.last.text


async def test_a_checkin_never_closes_a_distress(contingent: Scene) -> None:
    phone, commander = contingent.phone("deniger"), contingent.phone("bradshaw")
    await phone.tap(SOS)
    await contingent.settle()
    await phone.tap(SOS)
    await contingent.settle()
    mark = last_id(commander)
    await phone.send("ok")
    await contingent.settle()
    assert await contingent.one("select state from alert") == "open"
    assert len(texts(commander, mark)) == 1, "those who were told read that a check-in came"


async def test_assistance_takes_the_ladder(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    marks = {code: last_id(contingent.phone(code)) for code in ("lacroix", "bradshaw")}
    await phone.send("/assistance")
    await contingent.settle()
    assert len(texts(contingent.phone("lacroix"), marks["lacroix"])) == 1
    assert texts(contingent.phone("bradshaw"), marks["bradshaw"]) == []
    await contingent.pass_time(minutes=10)
    assert len(texts(contingent.phone("bradshaw"), marks["bradshaw"])) == 1


async def test_an_sos_that_waited_at_telegram_tells_when_it_was_pressed_and_is_held_no_longer(
    contingent: Scene,
) -> None:
    await contingent.stop()
    await contingent.phone("deniger").send("/sos")
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.pass_time(hours=1, minutes=30, tick=False)
    await contingent.start()
    await contingent.settle()
    await contingent.tick()
    (alert,) = [one for one in texts(contingent.phone("bradshaw"), mark) if "DISTRESS" in one]
    assert "SOS pressed at 05:00" in alert


async def test_a_call_for_assistance_that_waited_tells_when_it_was_sent(contingent: Scene) -> None:
    await contingent.stop()
    await contingent.phone("deniger").send("/assistance")
    mark = last_id(contingent.phone("lacroix"))
    await contingent.pass_time(hours=1, minutes=30, tick=False)
    await contingent.start()
    await contingent.settle()
    (alert,) = [one for one in texts(contingent.phone("lacroix"), mark) if "Deniger" in one]
    assert "à 5 h." in alert


async def test_words_after_the_command_go_with_it(contingent: Scene) -> None:
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.phone("deniger").send("/sos embuscade au km 12")
    await contingent.settle()
    await contingent.pass_time(seconds=30)
    (alert,) = texts(contingent.phone("bradshaw"), mark)
    assert "embuscade au km 12" in alert


async def test_a_live_location_is_passed_on_without_a_sound(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    for _ in range(2):
        await phone.send("/sos")
    await contingent.settle()
    await phone.send_location(14.4843, -4.1830)
    await contingent.settle()
    mark = last_id(phone)
    at = int(contingent.clock.now().timestamp())
    for step in (1, 2):
        await contingent.pass_time(seconds=21, tick=False)  # followed at a pace that a chat can take
        moved = {"message_id": 4000, "date": at, "edit_date": at + step, "chat": {"id": 1005, "type": "private"}}
        moved |= {"from": {"id": 1005, "is_bot": False, "first_name": "Kim"}}
        moved |= {"location": {"latitude": 14.6 + step / 10, "longitude": -4.2, "live_period": 900}}
        moved["chat"] = {"id": 1005, "type": "private", "first_name": "Kim"}
        number = contingent.telegram.exchange.updates.next_id
        contingent.telegram.inject({"update_id": number, "edited_message": moved})
        await contingent.settle()
    assert texts(phone, mark) == [], "whoever hides must not be heard"
    assert "14.8000, -4.2000" in contingent.phone("bradshaw").last.text
    await contingent.phone("hamelin").send("ok")
    await contingent.settle()


async def test_a_live_location_outside_a_distress_is_neither_kept_nor_answered(contingent: Scene) -> None:
    at = int(contingent.clock.now().timestamp())
    who = {"id": 1005, "is_bot": False, "first_name": "Kim"}
    moved = {"message_id": 4000, "date": at, "edit_date": at + 1, "from": who, "location": {}}
    moved |= {"chat": {"id": 1005, "type": "private", "first_name": "Kim"}}
    moved["location"] = {"latitude": 14.6, "longitude": -4.2, "live_period": 900}
    mark = last_id(contingent.phone("deniger"))
    contingent.telegram.inject({"update_id": contingent.telegram.exchange.updates.next_id, "edited_message": moved})
    await contingent.settle()
    assert texts(contingent.phone("deniger"), mark) == []
    assert await contingent.one("select count(*) from alert") == 0


async def test_send_now_on_an_sos_that_was_called_off_is_a_new_one(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await phone.tap(SOS)
    await contingent.settle()
    armed = phone.last
    send = next(one.data for row in armed.inline for one in row if one.text == "Envoyer maintenant")
    await phone.press("Ne pas envoyer", armed)
    await contingent.settle()
    assert not phone.chat.get(armed.id).inline, "nothing is left to press"
    await forge(contingent, phone, send)  # pressed in the same moment
    assert await contingent.rows("select state from alert order by id") == [("closed",), ("armed",)]


async def test_where_somebody_was_is_forgotten_everywhere_three_days_after_the_case(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    for _ in range(2):
        await phone.send("/sos")
    await contingent.settle()
    await phone.send_location(14.4843, -4.1830)
    await contingent.settle()
    for code, button in (("bradshaw", "Safe, verified"), ("willis", "Safe, verified")):
        await contingent.phone(code).press(button)
        await contingent.settle()
        await contingent.phone(code).press("By radio")
        await contingent.settle()
    assert await contingent.one("select state from alert") == "closed"
    assert await contingent.one("select count(*) from outbox where facts like '%14.4843%'") > 0
    for hours, left in ((71, True), (2, False)):
        contingent.clock.move(timedelta(hours=hours))
        async with contingent.app.begin() as tx:
            await upkeep.let_go(tx)
        held = await contingent.one("select count(*) from outbox where facts like '%14.4843%'")
        held += await contingent.one("select count(*) from alert where latitude is not null")
        assert bool(held) == left

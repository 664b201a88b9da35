"""SOS and the call for assistance."""

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


async def test_a_line_and_a_location_reach_those_who_were_told_without_ringing(contingent: Scene) -> None:
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
    assert texts(lead, mark) == []
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

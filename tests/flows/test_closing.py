"""Closing an alert: with contact or without, by two people for a distress, and what the officer learns of it."""

from tests.flows.words import ask, buttons, label, press, said
from tests.kit import Scene, last_id, texts


async def silent(scene: Scene, code: str) -> None:
    """Everybody answers but one, whose alert is open at the lead."""
    await scene.to(7, 0)
    for other in ("willis", "bradshaw", "lacroix", "hamelin", "deniger"):
        if other != code:
            await ask(scene, scene.phone(other), "ok")
    await scene.to(8, 31)


async def test_an_alert_closed_without_contact_leaves_the_officer_in_the_picture(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    lead, boss, phone = (contingent.phone(code) for code in ("lacroix", "bradshaw", "deniger"))
    await press(contingent, lead, label("fr", "I am on it"))
    await press(contingent, lead, label("fr", "Close with a reason"))
    mark = last_id(phone)
    await press(contingent, lead, label("fr", "No network there"))
    (told,) = texts(phone, mark)
    assert "sans contact avec vous" in told
    (status,) = await ask(contingent, boss, "/status")
    assert "Kim Deniger, Mopti: not verified; alert closed at 08:31 by Cpl Guy LaCroix." in status
    mark = last_id(lead)
    await contingent.to(9, 30)
    await ask(contingent, phone, "ok")
    (news,) = texts(lead, mark)
    assert news.startswith("🟢 Cap. Kim Deniger a répondu à 9 h 30")
    (status,) = await ask(contingent, boss, "/status")
    assert "Deniger" not in status
    mark = last_id(lead)
    await ask(contingent, phone, "ok")
    assert texts(lead, mark) == [], "told once"


async def test_how_somebody_was_verified_is_told_to_all(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    lead = contingent.phone("lacroix")
    mark = last_id(lead)
    await press(contingent, lead, label("fr", "I am on it"))
    await press(contingent, lead, label("fr", "Safe, verified"))
    await press(contingent, lead, label("fr", "By radio"))
    assert any("Vérifiée par radio et fermée par le cap. Guy LaCroix." in one for one in texts(lead, mark))
    assert await contingent.rows("select how from alert") == [("radio",)]


async def test_who_took_it_and_let_the_time_run_out_is_told(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    lead = contingent.phone("lacroix")
    await press(contingent, lead, label("fr", "I am on it"))
    mark = last_id(lead)
    await contingent.pass_time(minutes=31)
    (again,) = texts(lead, mark)
    assert "Sans suite depuis 31 min" in again
    assert "Vous en occupez-vous toujours?" in again


async def test_the_second_person_confirms_the_reason_that_was_proposed_or_is_not_convinced(contingent: Scene) -> None:
    for _ in range(2):
        await ask(contingent, contingent.phone("deniger"), "/sos")
    boss, deputy = contingent.phone("bradshaw"), contingent.phone("willis")
    await press(contingent, boss, label("en", "I am on it"))
    await press(contingent, boss, label("en", "Close with a reason"))
    await press(contingent, boss, label("en", "False alarm"))
    assert "You propose to close this alert. Ask a second person to confirm." in boss.last.text
    assert [label("en", "Take the proposal back")] in buttons(boss.last)
    mark = last_id(boss)
    await press(contingent, deputy, label("en", "Not convinced"))
    assert await contingent.rows("select state, proposed_by, reason from alert") == [("open", None, None)]
    assert texts(boss, mark), "it rings again"
    await press(contingent, boss, label("en", "I am on it"))
    await press(contingent, boss, label("en", "Close with a reason"))
    await press(contingent, boss, label("en", "False alarm"))
    await press(contingent, deputy, label("en", "Confirm: close"))
    assert await contingent.rows("select state, proposed_by, closed_by, reason from alert") == [
        ("closed", "bradshaw", "willis", "false_alarm")
    ]


async def test_alerts_are_listed_gravest_first_and_taking_one_shows_its_card(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    for _ in range(2):
        await ask(contingent, contingent.phone("deniger"), "/sos")
    boss = contingent.phone("bradshaw")
    (found,) = await ask(contingent, boss, "/alerts")
    assert found.index("DISTRESS") < found.index("OVERDUE")
    shown = boss.last
    signs = [row[0] for row in buttons(shown)[:2]]
    assert [one[0] for one in signs] == ["🆘", "🔴"]
    (card,) = await press(contingent, boss, signs[0], shown)
    assert "You have been on it since" in card
    assert label("en", "Safe, verified") in [row[0] for row in buttons(boss.last)]
    assert "Verified: Kim Deniger" in buttons(boss.chat.get(shown.id))[0][0]


async def test_nobody_to_tell_is_said_as_it_is(scene: Scene) -> None:
    await scene.enrol("deniger", "hamelin")
    await scene.to(8, 15)
    assert (
        said("fr", "If it is not here by {deadline}, an alert opens, but nobody can be told of it here.").split("{")[0]
        in (texts(scene.phone("deniger"))[-1])
    )
    await scene.to(8, 31)
    last = texts(scene.phone("deniger"))[-1]
    assert said("fr", "Nobody can be told here: make yourself known by telephone or radio.") in last
    assert "555-0199" in last


async def test_after_our_outage_the_officer_reads_that_no_reminder_went_out(contingent: Scene) -> None:
    await contingent.stop()
    await contingent.pass_time(hours=5, tick=False)
    mark = last_id(contingent.phone("deniger"))
    await contingent.start()
    await contingent.tick()
    assert any("Nos rappels ne sont pas partis" in one for one in texts(contingent.phone("deniger"), mark))


async def test_nobody_revokes_the_own_phone(contingent: Scene) -> None:
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/roster")
    await press(contingent, boss, "Supt Kelly Bradshaw")
    await press(contingent, boss, label("en", "Revoke this phone"))
    await press(contingent, boss, label("en", "Yes, close it"))
    assert await contingent.one("select telegram_id from officer where code = 'bradshaw'") is not None


async def test_the_digest_waits_for_the_line_and_is_of_its_own_time(contingent: Scene) -> None:
    await contingent.to(17, 0)
    await contingent.stop()
    await contingent.pass_time(hours=3, tick=False)
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.start()
    await contingent.tick()
    (digest,) = [one for one in texts(contingent.phone("bradshaw"), mark) if "daily digest" in one]
    assert "20:00 (Bamako time)" in digest


async def test_who_answered_before_the_reason_was_given_is_seen(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    await contingent.to(8, 42)  # the second step: it waits for a voice
    await press(contingent, boss, label("en", "I am on it"))
    await press(contingent, boss, label("en", "Close with a reason"))
    asked = boss.last
    await ask(contingent, phone, "ok")
    mark = last_id(phone)
    await press(contingent, boss, label("en", "False alarm"), asked)
    assert await contingent.rows("select state, reason from alert") == [("closed", "false_alarm")]
    assert not any("sans contact avec vous" in one for one in texts(phone, mark))
    assert "Deniger" not in (await ask(contingent, boss, "/status"))[0]


async def test_an_answer_in_the_same_instant_as_the_closing_is_seen(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    lead, boss, phone = (contingent.phone(code) for code in ("lacroix", "bradshaw", "deniger"))
    await press(contingent, lead, label("fr", "I am on it"))
    await press(contingent, lead, label("fr", "Close with a reason"))
    await press(contingent, lead, label("fr", "No network there"))
    await ask(contingent, phone, "ok")  # the clock has not moved
    assert await contingent.rows(
        "select received_at = (select closed_at from alert) from checkin where officer = 'deniger'"
    ) == [(1,)]
    assert "Deniger" not in (await ask(contingent, boss, "/status"))[0]


async def test_a_proposed_verification_counts_once_it_is_confirmed(contingent: Scene) -> None:
    for _ in range(2):
        await ask(contingent, contingent.phone("deniger"), "/sos")
    boss, deputy = contingent.phone("bradshaw"), contingent.phone("willis")
    counted = "select count(*) from checkin where officer = 'deniger'"
    for answer in ("Not convinced", "Safe, verified"):
        await press(contingent, boss, label("en", "I am on it"))
        await press(contingent, boss, label("en", "Safe, verified"))
        await press(contingent, boss, label("en", "By telephone, by voice"))
        assert await contingent.one(counted) == 0
        await press(contingent, deputy, label("en", answer))
    await press(contingent, deputy, label("en", "By telephone, by voice"))
    assert await contingent.one(counted) == 1


async def test_whoever_was_reached_is_not_told_that_nobody_reached_them(contingent: Scene) -> None:
    await silent(contingent, "deniger")
    lead, phone = contingent.phone("lacroix"), contingent.phone("deniger")
    await press(contingent, lead, label("fr", "I am on it"))
    await press(contingent, lead, label("fr", "Close with a reason"))
    await press(contingent, lead, label("fr", "Another reason…"))
    mark = last_id(phone)
    await ask(contingent, lead, "jointe par radio")
    (told,) = texts(phone, mark)
    assert "sans contact" not in told

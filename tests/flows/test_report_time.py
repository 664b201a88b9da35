"""The times of a report, as they are typed the morning after: on the day that is meant, and in their order."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.test_report import DUTY, PARTNER, at, open_form
from tests.flows.test_report_review import finish_full, flash, last_data
from tests.flows.words import BOTH, ask, forge, label, press, said
from tests.kit import Scene


async def answers(scene: Scene) -> dict[str, Any]:
    return dict(json.loads(await scene.one("select answers from report_draft order by slot desc")))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_an_activity_of_yesterdays_report_was_yesterday(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await contingent.to(16, 30)
    await open_form(contingent, phone, language, "Duty report")
    period = "hier 6 h à 18 h" if language == "fr" else "yesterday 06:00 to 18:00"
    await ask(contingent, phone, period)
    await press(contingent, phone, label(language, "Joint patrol", DUTY))
    await press(contingent, phone, label(language, "Joint patrol", DUTY))
    (told,) = await ask(contingent, phone, "9:30")
    assert "(220930Z NOV 26)" in told
    found = await answers(contingent)
    assert found["period"] == {"from": "2026-11-22T06:00:00+00:00", "to": "2026-11-22T18:00:00+00:00"}
    assert found["activities.0.time"] == "2026-11-22T09:30:00+00:00"


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_patrol_is_not_back_before_it_left(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await open_form(contingent, phone, language, "Patrol report")
    await at(contingent, "left_at")
    await ask(contingent, phone, "2026-11-22 22:00")
    early = said(
        language,
        '⚠️ That is earlier than "{field}": {when}. Write a later time; if the other one is wrong, correct it first.',
    )
    for field in ("first_place_at", "back_at"):
        await at(contingent, field)
        before = await answers(contingent)
        (refused,) = await ask(contingent, phone, "2026-11-22 21:00")
        assert early.split("{")[0] in refused
        assert label(language, "Left", "report field") in refused
        assert phone.last.inline, "the question again"
        assert await answers(contingent) == before
    (taken,) = await ask(contingent, phone, "04:00")
    assert "(230400Z NOV 26)" in taken
    await at(contingent, "first_place_at")
    (refused,) = await ask(contingent, phone, "04:30")
    assert label(language, "Back", "report field") in refused
    assert (await answers(contingent))["back_at"] == "2026-11-23T04:00:00+00:00"


async def test_now_is_refused_where_it_cannot_be(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Patrol report")
    await at(contingent, "left_at")
    await ask(contingent, phone, "05:05")  # a phone that runs ahead
    await at(contingent, "back_at")
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "▶️ Go on with the draft"))
    popup, told = await forge(contingent, phone, last_data(phone, label("en", "Now")))
    assert (popup.startswith('⚠️ That is earlier than "Left": today, 05:05.'), told) == (True, [])
    assert "back_at" not in await answers(contingent)


async def test_nobody_hears_of_an_incident_before_it_occurs(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", personnel="Nobody of ours involved", help_="No help needed")
    await press(contingent, phone, label("en", "📝 Full report"))
    for key in ("informed_at", "on_scene_at", "police_at"):
        await at(contingent, key)
        (refused,) = await ask(contingent, phone, "04:45")
        assert 'That is earlier than "Occurred": today, 05:00.' in refused
    await at(contingent, "police_at")
    await ask(contingent, phone, "04:55")
    assert (await answers(contingent))["police_at"] == "2026-11-23T04:55:00+00:00"
    assert "version 2" in await finish_full(contingent, phone, "en")


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_an_activity_outside_the_period_is_pointed_out_and_not_refused(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    told = said(language, "⚠️ That is outside the period of the report. If it is wrong, go back and correct it.")
    await open_form(contingent, phone, language, "Duty report")
    await ask(contingent, phone, {"fr": "de 20 h hier à 4 h", "en": "8 pm yesterday to 4 am"}[language])
    for _ in ("duty_type", "activities.0.type"):
        await press(contingent, phone, label(language, "Joint patrol", DUTY))
    (question,) = await ask(contingent, phone, {"fr": "hier à 14 h", "en": "2 pm yesterday"}[language])
    assert told in question
    await at(contingent, "activities.0.time")
    (question,) = await ask(contingent, phone, "20:00")
    assert told not in question, "as the period begins"
    await at(contingent, "activities.0.time")
    await ask(contingent, phone, {"fr": "14 h hier", "en": "yesterday 2 pm"}[language])
    async with contingent.app.begin() as tx:
        await tx.change(text("update report_draft set at = null"))
    await ask(contingent, phone, "/report")
    (preview,) = await press(contingent, phone, label(language, "▶️ Go on with the draft"))
    which = {"fr": "compte rendu : activité 1 (hier à 14 h).", "en": "report: activity 1 (yesterday, 14:00)."}
    assert which[language] in preview


LONGEST = "ANSONGO_CAMP_001"
FAR_POST = f"""
[[posts]]
code = "{LONGEST}"
name = "Ansongo"
timezone = "Africa/Bamako"
"""


async def test_a_post_with_the_longest_code_is_pressed_as_the_place_of_an_activity(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    roster = contingent.roster.replace("[[watches]]", f"{FAR_POST}\n[[watches]]", 1)
    async with contingent.app.begin() as tx:
        await load(tx, parse(roster, "mali.toml"))
    await open_form(contingent, phone, "en", "Duty report")
    await at(contingent, "activities.0.time")
    await ask(contingent, phone, "04:30")
    (told,) = await press(contingent, phone, "📍 Ansongo")
    assert "Place: Ansongo" in told
    assert (await answers(contingent))["activities.0.place"] == {
        "post": LONGEST,
        "name": {"en": "Ansongo", "fr": "Ansongo"},
    }
    await press(contingent, phone, label("en", "Gendarmerie", PARTNER))
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []

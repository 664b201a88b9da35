"""The roster, a role, a phone or a plan changes while duties and alerts are open."""

import re
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from bot.domain.talk import Privacy
from bot.services import box
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import outbox
from tests.flows.test_question import safe_but
from tests.flows.words import ask, label, press
from tests.kit import SAFE, Scene, last_id, texts, until


async def reload(scene: Scene, roster: str) -> None:
    async with scene.app.begin() as tx:
        await load(tx, parse(roster, "mali.toml"))
    await scene.tick()


def of(scene: Scene, code: str, old: str, new: str) -> str:
    """Return the roster with one line of one officer changed."""
    at = scene.roster.index(f'code = "{code}"')
    changed = scene.roster[:at] + scene.roster[at:].replace(old, new, 1)
    assert changed != scene.roster
    return changed


async def in_one_batch(scene: Scene, *sent: Awaitable[Any]) -> None:
    """Let Vigie find together, at its start, what these send."""
    await scene.stop()
    for one in sent:
        await one
    await scene.start()
    await scene.settle()


async def test_a_revoked_phone_speaks_no_more_even_in_the_same_batch(contingent: Scene) -> None:
    boss, lost = contingent.phone("bradshaw"), contingent.phone("deniger")
    await contingent.to(6, 30)
    await ask(contingent, boss, "/roster")
    await press(contingent, boss, "Cpl Kim Deniger")
    await press(contingent, boss, label("en", "Revoke this phone"))
    await in_one_batch(contingent, boss.press(boss.last.inline[0][0].text), lost.tap(SAFE["fr"]))
    assert await contingent.rows("select telegram_id from officer where code = 'deniger'") == [(None,)]
    assert await contingent.rows("select 1 from checkin where officer = 'deniger'") == []


async def test_enrolled_and_safe_in_one_batch(scene: Scene) -> None:
    await scene.to(6, 30)
    phone = scene.telegram.phone(1002, first_name="W", last_name="X", language_code="en")
    await in_one_batch(scene, phone.start(payload=await scene.invite("willis")), phone.send("I am safe"))
    assert await scene.rows("select officer from checkin") == [("willis",)]


async def test_a_forwarded_invitation_enrols(scene: Scene) -> None:
    phone = scene.telegram.phone(1002, first_name="W", last_name="X", language_code="en")
    await ask(scene, phone, "/start")
    text = f"/start {await scene.invite('willis')}"
    who = {"id": 1002, "is_bot": False, "first_name": "W"}
    at = int(scene.clock.now().timestamp())
    message = {
        "message_id": 900,
        "date": at,
        "chat": {"id": 1002, "type": "private", "first_name": "W"},
        "from": who,
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Bradshaw", "date": at},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    async with scene.app.begin() as tx:
        raw = orjson.dumps({"update_id": 5, "message": message})
        await box.receive(tx, scene.app.bot_id, [box.Fresh(5, scene.clock.now(), raw)])
    scene.app.desk.wake()
    await scene.settle()
    assert await scene.rows("select telegram_id from officer where code = 'willis'") == [(1002,)]
    assert await scene.rows("select state from inbox where update_id = 5") == [("done",)]


async def test_an_alert_is_not_edited_into_another_message_on_a_new_phone(contingent: Scene) -> None:
    await contingent.to(7, 0)
    await safe_but(contingent, "deniger")
    await contingent.to(8, 31)
    await contingent.to(8, 42)
    ((held,),) = await contingent.rows(
        "select message_id from outbox where kind = 'alert_step' and officer = 'bradshaw'"
    )
    new = contingent.telegram.phone(2004, first_name="B", last_name="X", language_code="en")
    await new.start(payload=await contingent.invite("bradshaw"))
    await contingent.settle()
    await press(contingent, new, "English")
    while last_id(new) < held + 4:
        await ask(contingent, new, "/help")
    before = {one.id: one.text for one in new.messages if not one.outgoing}
    await ask(contingent, contingent.phone("deniger"), "ok")
    after = {one.id: one.text for one in new.messages if not one.outgoing}
    assert {which: after[which] for which in before} == before


async def test_nothing_is_owed_by_a_role_that_may_not_check_in(contingent: Scene) -> None:
    await contingent.to(7, 0)
    await reload(contingent, of(contingent, "deniger", 'role = "officer"', 'role = "liaison"'))
    await contingent.to(7, 50)
    await contingent.to(8, 45)
    assert await contingent.rows("select 1 from alert where officer = 'deniger'") == []
    assert await contingent.rows("select 1 from duty where officer = 'deniger' and state = 'pending'") == []


async def test_moved_to_another_zone_the_same_hour_there_is_another_checkin(contingent: Scene) -> None:
    posts = '[[posts]]\ncode = "TOR"\nname = "Toronto"\ntimezone = "America/Toronto"\n\n[[watches]]'
    contingent.roster = contingent.roster.replace("[[watches]]", posts, 1)
    contingent.roster = re.sub(r"posts = \[.*?\]", 'posts = ["BKO", "MPT", "TOR"]', contingent.roster, count=1)
    await reload(contingent, contingent.roster)
    await contingent.to(7, 0)
    await reload(contingent, of(contingent, "deniger", 'post = "MPT"', 'post = "TOR"'))
    await ask(contingent, contingent.phone("deniger"), "ok")
    rows = await contingent.rows("select due_at, state from duty where officer = 'deniger' order by due_at limit 3")
    due = [(datetime.fromtimestamp(at / 1e6, UTC).strftime("%d %H:%M"), state) for at, state in rows]
    assert due == [("23 08:00", "answered"), ("23 13:00", "pending"), ("24 01:00", "pending")]


async def test_a_daily_checkin_is_not_lost_where_a_drill_runs_too(contingent: Scene) -> None:
    drill = """[[watches]]
code = "drill"
posts = ["MPT"]
every = "2h"
opens_before = "30m"
remind_before = "5m"
grace = "10m"

[ladder]"""
    await reload(contingent, contingent.roster.replace("[ladder]", drill, 1))
    await contingent.to(9, 0)
    await contingent.stop()
    contingent.clock.move(timedelta(hours=14))
    contingent.telegram.moved()
    await contingent.start()
    await contingent.tick()
    await contingent.tick()
    rows = await contingent.rows("select slot, state from duty where officer = 'deniger' and watch = 'daily'")
    assert ("2026-11-23T20:00[Africa/Bamako]", "overdue") in rows


async def test_nobody_in_distress_falls_out_of_the_picture_when_the_tour_ends(contingent: Scene) -> None:
    await ask(contingent, contingent.phone("deniger"), "/sos")
    await ask(contingent, contingent.phone("deniger"), "/sos")
    await reload(contingent, of(contingent, "deniger", "role =", "until = 2026-11-23\nrole ="))
    await contingent.to(0, 30, days=1)
    (status,) = await ask(contingent, contingent.phone("bradshaw"), "/status")
    assert "Deniger" in status


async def test_who_is_told_of_a_distress_at_another_post_can_act_on_it(contingent: Scene) -> None:
    await ask(contingent, contingent.phone("hamelin"), "/sos")
    await ask(contingent, contingent.phone("hamelin"), "/sos")
    lead = contingent.phone("lacroix")
    assert any("Hamelin" in one for one in await ask(contingent, lead, "/alertes"))
    told = next(one for one in lead.messages if one.inline and "Hamelin" in one.text)
    await press(contingent, lead, label("fr", "I am on it"), told)
    assert await contingent.one("select owner from alert") == "lacroix"


async def test_a_lead_whose_phone_refuses_the_alert_is_passed_over_at_once(contingent: Scene) -> None:
    await contingent.to(7, 0)
    await safe_but(contingent, "deniger")
    contingent.phone("lacroix").deactivate()
    await contingent.to(8, 31)
    mark = last_id(contingent.phone("bradshaw"))
    await contingent.pass_time(seconds=5)
    assert await contingent.one("select rung from alert") == 2
    assert any("Kim Deniger" in one for one in texts(contingent.phone("bradshaw"), mark))


async def test_an_alert_that_nobody_can_be_told_of_makes_vigie_unwell(scene: Scene) -> None:
    await scene.enrol("deniger")
    await ask(scene, scene.phone("deniger"), "/sos")
    (answer,) = await ask(scene, scene.phone("deniger"), "/sos")
    assert "personne ne peut être avisé" in answer
    health = await scene.app.health()
    assert "nobody can be told of 1 alerts; enrol a lead, a deputy or the commander" in health.reasons
    await scene.enrol("bradshaw")
    await scene.pass_time(minutes=6)
    await scene.app.intake.look()
    assert (await scene.app.health()).ready


async def test_a_roster_that_was_wrong_for_an_hour_costs_no_checkin(contingent: Scene) -> None:
    await contingent.to(6, 30)  # the 08:00 check-in is open
    await reload(contingent, of(contingent, "deniger", "role =", "until = 2026-11-22\nrole ="))
    await contingent.to(7, 45)
    await reload(contingent, contingent.roster)
    await contingent.tick()
    await contingent.to(8, 31)
    assert ("deniger",) in await contingent.rows("select officer from alert")


async def test_a_checkin_of_the_last_day_counts_also_after_midnight(contingent: Scene) -> None:
    await reload(contingent, of(contingent, "deniger", "role =", "until = 2026-11-23\nrole ="))
    await contingent.to(7, 0)
    await ask(contingent, contingent.phone("deniger"), "ok")
    await contingent.to(20, 5)
    await contingent.stop()
    await contingent.phone("deniger").send("ok")
    await contingent.pass_time(hours=4, tick=False)
    await contingent.start()
    await contingent.settle()
    await contingent.tick()
    assert await contingent.one("select count(*) from checkin where officer = 'deniger'") == 2
    assert await contingent.rows("select kind from alert where officer = 'deniger'") == []


async def test_an_alert_whose_only_reader_is_revoked_climbs_at_once(contingent: Scene) -> None:
    await contingent.to(7, 0)
    await safe_but(contingent, "deniger")
    await contingent.to(8, 31)
    assert await contingent.one("select rung from alert") == 1
    boss = contingent.phone("bradshaw")
    await ask(contingent, boss, "/roster")
    await press(contingent, boss, "Cpl Guy LaCroix")
    await press(contingent, boss, label("en", "Revoke this phone"))
    await press(contingent, boss, label("en", "Yes, close it"))
    await contingent.pass_time(seconds=5)
    assert await contingent.one("select rung from alert") == 2


async def test_a_shorter_ladder_rings_everybody_it_names(contingent: Scene) -> None:
    await contingent.to(7, 0)
    await safe_but(contingent, "hamelin")
    for minutes in (91, 11, 11):
        await contingent.pass_time(minutes=minutes)
    assert await contingent.one("select rung from alert") == 3
    start = contingent.roster.index("steps = [")
    end = contingent.roster.index("]\nrepeat_every")
    short = 'steps = [\n  { notify = ["lead", "deputy", "commander"], wait = "10m" },\n'
    await reload(contingent, contingent.roster[:start] + short + contingent.roster[end:])
    marks = {code: last_id(contingent.phone(code)) for code in ("lacroix", "willis", "bradshaw")}
    await contingent.pass_time(minutes=16)
    told = {
        code for code, mark in marks.items() if any("Hamelin" in one for one in texts(contingent.phone(code), mark))
    }
    assert told == set(marks)


async def test_who_blocks_the_bot_is_told_of_once_also_if_we_notice_first(contingent: Scene) -> None:
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    mark = last_id(boss)
    contingent.telegram.faults.status(502, methods=["getUpdates"])
    await phone.block()
    async with contingent.app.begin() as tx:
        outbox.owe(tx, Privacy(), to="deniger")
    await until(lambda: any("📵" in one for one in texts(boss, mark)), "the news")
    contingent.telegram.faults.clear()
    await contingent.settle()
    assert len([one for one in texts(boss, mark) if "📵" in one]) == 1


async def test_whose_tour_is_over_reads_nothing_of_the_others(contingent: Scene) -> None:
    await reload(contingent, of(contingent, "willis", "role =", "until = 2026-11-22\nrole ="))
    mark = last_id(contingent.phone("willis"))
    await contingent.phone("deniger").block()
    await contingent.settle()
    assert texts(contingent.phone("willis"), mark) == []
    assert any("📵" in one for one in texts(contingent.phone("bradshaw")))

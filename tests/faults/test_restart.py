"""Switched off for hours: one sweep settles all, says how late it is, and nobody is told twice."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.kit import IDS, Scene, last_id, texts

OWED = "select count(*) from outbox"


async def switched_off(scene: Scene, *, sent: tuple[str, ...] = (), times: int = 1) -> dict[str, int]:
    """Switch off at 07:50, on again two hours after the deadline; `sent`: who checks in meanwhile, before 08:30."""
    await scene.to(7, 50)
    marks = {code: last_id(scene.phone(code)) for code in IDS}
    await scene.stop()
    scene.clock.move(timedelta(minutes=20))
    for _ in range(times):
        for code in sent:
            await scene.phone(code).send("ok")
    scene.clock.move(timedelta(minutes=140))
    scene.telegram.moved()
    await scene.start()
    return marks


async def test_one_sweep_settles_all_and_says_how_late(contingent: Scene) -> None:
    marks = await switched_off(contingent)
    done = await contingent.tick()
    assert (done.overdue, done.failed) == (5, 0)
    assert await contingent.one("select count(*) from alert where certain = 1 and rung >= 1") == 5
    assert await contingent.one("select count(*) from duty where state = 'pending' and deadline < 0 + :now", now=0) == 0
    alerts = [
        one
        for code, mark in marks.items()
        for one in texts(contingent.phone(code), mark)
        if "OVERDUE" in one or "EN RETARD" in one
    ]
    assert alerts
    assert all("10:30" in one or "10 h 30" in one for one in alerts), alerts[0]
    late = [one for one in texts(contingent.phone("bradshaw"), marks["bradshaw"]) if "OVERDUE" in one]
    assert late
    assert all("oticed" in one for one in late), late[0]


async def test_nobody_is_owed_a_message_twice(contingent: Scene) -> None:
    marks = await switched_off(contingent)
    await contingent.tick()
    owed = await contingent.one(OWED)
    await contingent.tick()
    await contingent.stop()
    await contingent.start()
    await contingent.tick()
    assert await contingent.one(OWED) == owed
    for code, mark in marks.items():
        said = Counter(texts(contingent.phone(code), mark))
        assert not [one for one, count in said.items() if count > 1], code


@pytest.mark.parametrize("times", [1, 30])  # 5 and 150 check-ins: more than one getUpdates and two batches of the desk
async def test_checkins_that_waited_at_telegram_raise_no_alert(contingent: Scene, times: int) -> None:
    marks = await switched_off(contingent, sent=tuple(IDS), times=times)
    done = await contingent.tick()  # at once: the sweep must not be ahead of what waits
    assert (done.overdue, done.failed) == (0, 0)
    assert await contingent.one("select count(*) from alert") == 0
    assert await contingent.one("select count(*) from checkin") == 5 * times
    assert await contingent.one("select count(*) from duty where state = 'answered'") == 5
    for code, mark in marks.items():
        receipts = [one for one in texts(contingent.phone(code), mark) if one.startswith("✅ ")]
        assert len(receipts) == times, code


async def test_only_those_who_did_not_check_in_are_missed(contingent: Scene) -> None:
    await switched_off(contingent, sent=("willis", "lacroix", "bradshaw"), times=40)
    done = await contingent.tick()
    assert done.overdue == 2
    assert await contingent.rows("select officer from alert order by officer") == [("deniger",), ("hamelin",)]


async def test_the_first_sweep_does_not_wait_for_telegram_and_judges_nobody(contingent: Scene) -> None:
    """Telegram is away at the start: the answers may be waiting there."""
    await contingent.to(7, 50)
    await contingent.stop()
    await contingent.phone("willis").send("ok")
    contingent.clock.move(timedelta(hours=2, minutes=40))
    contingent.telegram.faults.outage(True)
    await contingent.start(reach=False)
    done = await contingent.app.ticker.tick()
    assert done.overdue == 0
    contingent.telegram.faults.outage(False)
    await contingent.settle()
    await contingent.tick()
    assert await contingent.one("select count(*) from alert where officer = 'willis'") == 0
    assert await contingent.one("select count(*) from alert") == 4


async def test_an_update_older_than_one_stored_is_not_thrown_away(contingent: Scene) -> None:
    """By webhook, chats do not wait for each other: what could not be delivered may be older than what is stored."""
    telegram, willis = contingent.telegram, IDS["willis"]
    newest = telegram.exchange.updates.next_id
    telegram.inject({"update_id": newest + 10, "some_kind": {}})
    await contingent.settle()
    await contingent.stop()
    message = {
        "message_id": 900,
        "date": int(contingent.clock.now().timestamp()),
        "from": {"id": willis, "is_bot": False, "first_name": "Kelly"},
        "chat": {"id": willis, "type": "private", "first_name": "Kelly"},
        "text": "ok",
    }
    telegram.inject({"update_id": newest + 5, "message": message})
    await contingent.start()
    await contingent.settle()
    assert await contingent.rows("select officer from checkin") == [("willis",)]

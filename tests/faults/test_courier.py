"""Messages on a bad line and a bad disk: none is stuck, none takes the place of a graver one."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

from bot.chat.courier import STEP_ASIDE_AFTER, URGENT_ASIDE
from bot.clock import monotonic
from bot.domain.alert_message import SosCancelled, Unreachable
from bot.domain.talk import Privacy
from bot.store import officer as officers
from bot.store import outbox
from tests.kit import Scene, until

STUCK = "select kind, state from outbox where state in ('owed', 'sending')"


async def test_what_was_in_hand_while_the_database_was_held_goes_out(contingent: Scene) -> None:
    contingent.telegram.faults.latency(0.3, methods=["sendMessage"])
    contingent.telegram.faults.status(502, methods=["sendMessage"])
    for _ in range(3):
        await contingent.phone("willis").send("/help")
    await until(lambda: contingent.app.courier._quiet_until > monotonic(), "the first failure")
    with closing(sqlite3.connect(contingent.folder / "vigie.db", timeout=0, isolation_level=None)) as other:
        while True:
            try:
                other.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError:  # ours is writing: its turn ends once the loop goes on
                await asyncio.sleep(0)
        await asyncio.sleep(1)  # longer than we wait for a lock
        other.execute("ROLLBACK")
    contingent.telegram.faults.clear()
    await contingent.settle()
    assert await contingent.rows(STUCK) == []


async def test_one_blip_is_one_failure_however_many_were_on_their_way(scene: Scene) -> None:
    await scene.enrol("lacroix", "willis", "hamelin", "bradshaw", "deniger")
    scene.telegram.faults.latency(0.2, methods=["sendMessage"])
    scene.telegram.faults.status(502, methods=["sendMessage"], times=5)
    async with scene.app.begin() as tx:
        for code in ("lacroix", "willis", "hamelin", "bradshaw", "deniger"):
            outbox.owe(tx, Privacy(), to=code)
    await until(lambda: scene.app.courier._failures, "the failures")
    assert scene.app.courier._failures == 1
    await scene.settle()


async def test_chats_that_telegram_holds_take_no_place_from_a_distress(contingent: Scene) -> None:
    courier = contingent.app.courier
    async with contingent.app.begin() as tx:
        subject = (await officers.by_code(tx, {"deniger"}))["deniger"].person
        for chat in range(5000, 5020):
            courier._pace.hold(chat, 60)  # as after a 429
            for _ in range(3):
                outbox.owe(tx, Unreachable(subject), chat=chat)
    await until(lambda: not courier._hand and courier._wake.is_set() is False, "the courier to give them back")
    async with contingent.app.begin() as tx:
        outbox.owe(tx, SosCancelled(gone_out=False), to="bradshaw")
    sent = "select count(*) from outbox where kind = 'sos_cancelled' and state = 'sent'"
    end = monotonic() + 5
    while not await contingent.one(sent):
        assert monotonic() < end, "the distress waits behind chats that are held"
        await asyncio.sleep(0.02)


async def test_an_answer_that_is_not_telegrams_is_tried_again(contingent: Scene) -> None:
    request = contingent.app.bot.request
    wire, odd = request.do_request, [b'{"status": "maintenance"}', b"[]", b'"ok"']

    async def gateway(url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        return (200, odd.pop()) if odd and url.endswith("/sendMessage") else await wire(url, *args, **more)

    request.do_request = gateway
    for _ in range(2):
        await contingent.phone("deniger").send("/sos")
    await until(lambda: not odd, "the odd answers")
    await contingent.settle()
    states = await contingent.rows("select distinct state from outbox where kind = 'distress_step' and edits is null")
    assert states == [("sent",)]


async def test_what_the_old_phone_refuses_says_nothing_of_the_new_one(contingent: Scene) -> None:
    contingent.telegram.faults.latency(1.0, methods=["sendMessage"])
    await contingent.phone("deniger").block()
    await until(lambda: not contingent.telegram.pending)
    await contingent.app.desk.take_up()
    async with contingent.app.begin() as tx:
        await tx.change(officers._REACHABLE, {"who": "deniger"})
        outbox.owe(tx, Privacy(), to="deniger")
    await until(lambda: contingent.app.courier._busy, "the message on its way")
    new = contingent.telegram.phone(2005, first_name="Deniger", last_name="X", language_code="fr")
    await new.start(payload=await contingent.invite("deniger"))
    await contingent.settle()
    assert await contingent.rows("select telegram_id, unreachable_since from officer where code = 'deniger'") == [
        (2005, None)
    ]


async def test_one_urgent_message_that_keeps_failing_does_not_slow_the_others(contingent: Scene) -> None:
    request, courier = contingent.app.bot.request, contingent.app.courier
    wire, commander = request.do_request, contingent.phone("bradshaw").user_id

    async def gateway(url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        given = more["request_data"].parameters if more.get("request_data") else {}
        return (502, b"") if given.get("chat_id") == commander else await wire(url, *args, **more)

    request.do_request = gateway
    tried = "select max(attempts) from outbox where officer = 'bradshaw' and kind = 'distress_step'"
    for _ in range(2):
        await contingent.phone("deniger").send("/sos")
    await until_rows(contingent, tried, STEP_ASIDE_AFTER + 1)
    quiet_until = courier._quiet_until
    _later(contingent)
    await until_rows(contingent, tried, STEP_ASIDE_AFTER + 2)
    assert courier._quiet_until == quiet_until, "nobody else waits for it"
    request.do_request = wire
    _later(contingent)
    await until_rows(contingent, tried.replace("max(attempts)", "count(message_id)"), 1)


def _later(scene: Scene) -> None:
    scene.clock.move(URGENT_ASIDE)
    scene.app.courier.wake()


async def until_rows(scene: Scene, sql: str, at_least: int) -> None:
    end = monotonic() + 30
    while (await scene.one(sql) or 0) < at_least:
        assert monotonic() < end, sql
        await asyncio.sleep(0.05)

"""A message is owed once, sent at least once, in the order of its urgency, and never after it became untrue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.alert_message import LineDown, SosArmed
from bot.domain.bilingual import Text
from bot.domain.checkin import DangerOffer
from bot.domain.invite import InviteMade
from bot.domain.message import Message, Priority
from bot.domain.officer import Person
from bot.domain.talk import Answer, Privacy, Sorry
from bot.store import backlog as backlog_rows
from bot.store import officer as officers
from bot.store import outbox, sending
from bot.store.codec import message_from
from bot.store.engine import Store, Tx
from bot.store.sending import Owed, Result
from bot.store.tables import officer
from bot.store.tables import outbox as table
from tests.store.conftest import NOW

Enrol = Callable[[Tx, str, int], None]


@pytest.fixture
async def manned(store: Store, enrol: Enrol) -> Store:
    """Two officers with phones."""
    async with store.begin() as tx:
        enrol(tx, "willis", 101)
        enrol(tx, "tremblay", 102)
    return store


def sorry(reference: str) -> Message:
    return Sorry(reference, None)


def said(owed: list[Owed]) -> list[Message]:
    return [message_from(one.kind, one.facts) for one in owed]


async def states(tx: Tx) -> list[str]:
    return [row.state for row in await tx.read(select(table.c.state).order_by(table.c.id))]


async def test_a_key_is_owed_once_for_ever(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, sorry("first"), to="willis", key="alert:1")
        outbox.owe(tx, sorry("again"), to="willis", key="alert:1")
        outbox.owe(tx, sorry("no key"), to="willis")
        outbox.owe(tx, sorry("no key either"), to="willis")
    async with manned.begin() as tx:
        (one, *_) = claimed = await sending.claim(tx, 9, Priority.BULK)
        assert said(claimed) == [sorry("first"), sorry("no key"), sorry("no key either")]
        sending.write_results(tx, [Result(one.id, "sent", message_id=7)])
        outbox.owe(tx, sorry("long after"), to="willis", key="alert:1")
    async with manned.begin() as tx:
        assert await sending.claim(tx, 9, Priority.BULK) == []


async def test_the_most_urgent_goes_first_and_then_the_oldest(manned: Store, clock: MovableClock) -> None:
    messages = [sorry("old"), LineDown(NOW), DangerOffer(None), SosArmed(1, NOW), sorry("young")]
    assert [one.priority for one in messages] == [2, 1, 1, 0, 2]
    async with manned.begin() as tx:
        for one in messages:
            tx.now = clock.move(timedelta(milliseconds=2))  # ids sort by time
            outbox.owe(tx, one, to="willis")
        assert tx.owed
    async with manned.begin() as tx:
        assert said(await sending.claim(tx, 3, Priority.BULK)) == [messages[3], messages[1], messages[2]]
        assert said(await sending.claim(tx, 3, Priority.ALERT)) == []
        assert said(await sending.claim(tx, 3, Priority.REPLY)) == [messages[0], messages[4]]


async def test_a_claimed_message_carries_what_its_sending_needs(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
        outbox.owe(tx, Answer("77"), chat=999)
    async with manned.begin() as tx:
        found = {one.kind: one for one in await sending.claim(tx, 9, Priority.BULK)}
    privacy, answer = found["privacy"], found["answer"]
    assert (privacy.chat, privacy.language, privacy.timezone, privacy.officer) == (101, "fr", "Africa/Bamako", "willis")
    assert (privacy.owed_at, privacy.expires_at, privacy.attempts) == (NOW, None, 0)
    assert (answer.chat, answer.officer, answer.role, answer.timezone) == (999, None, None, "UTC")
    assert answer.expires_at == NOW + timedelta(seconds=20)


async def test_an_officer_without_a_phone_has_no_chat(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
        await tx.change(officer.update().values(telegram_id=None))
        assert [one.chat for one in await sending.claim(tx, 9, Priority.BULK)] == [None]


async def test_a_claimed_message_is_not_claimed_twice_and_is_owed_again_after_a_kill(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
        outbox.owe(tx, Privacy(), to="tremblay")
    async with manned.begin() as tx:
        assert len(await sending.claim(tx, 1, Priority.BULK)) == 1
    async with manned.begin() as tx:
        assert len(await sending.claim(tx, 9, Priority.BULK)) == 1
        assert await sending.claim(tx, 9, Priority.BULK) == []
        assert (await backlog_rows.waiting(tx))[0] == 2
    async with manned.begin() as tx:
        assert await sending.release(tx) == 2
        assert len(await sending.claim(tx, 9, Priority.BULK)) == 2


async def test_a_failed_sending_waits_for_its_next_try(manned: Store, clock: MovableClock) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
    async with manned.begin() as tx:
        (one,) = await sending.claim(tx, 9, Priority.BULK)
        sending.write_results(tx, [Result(one.id, "owed", wait=timedelta(seconds=30), error="502")])
        assert await sending.claim(tx, 9, Priority.BULK) == []
        assert await backlog_rows.waiting(tx) == (1, NOW)  # it was tried: the backlog counts it
    clock.move(timedelta(seconds=30))
    async with manned.begin() as tx:
        (again,) = await sending.claim(tx, 9, Priority.BULK)
        assert (again.id, again.attempts) == (one.id, 1)
        sending.write_results(tx, [Result(one.id, "sent", message_id=55, chat=101)])
        assert await backlog_rows.waiting(tx) == (0, None)
        row = (await tx.read(select(table)))[0]
        assert (row.state, row.message_id, row.sent_at, row.attempts, row.error) == ("sent", 55, tx.now, 2, None)
        people = await officers.by_code(tx, {"willis", "tremblay"})
        assert await outbox.by_message(tx, people["willis"], 55) == one.id
        assert await outbox.by_message(tx, people["tremblay"], 55) is None
        assert await outbox.by_message(tx, replace(people["willis"], telegram_id=999), 55) is None, "another phone"


async def test_what_became_untrue_is_withdrawn_unless_it_is_on_its_way(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, SosArmed(1, NOW), to="willis", thread="duty:17")
    async with manned.begin() as tx:
        await sending.claim(tx, 1, Priority.BULK)
        outbox.owe(tx, sorry("same thread"), to="willis", thread="duty:17")
        outbox.owe(tx, sorry("other thread"), to="willis", thread="duty:18")
        outbox.owe(tx, Privacy(), to="willis")
        outbox.withdraw(tx, "duty:17")
        outbox.withdraw_kind(tx, "privacy")
    async with manned.begin() as tx:
        assert said(await sending.claim(tx, 9, Priority.BULK)) == [sorry("other thread")]
        assert sorted(await states(tx)) == ["sending", "sending", "withdrawn", "withdrawn"]


async def test_a_newer_edit_withdraws_an_older_one_of_the_same_message_only(manned: Store) -> None:
    async with manned.begin() as tx:
        first = outbox.owe(tx, sorry("first"), to="willis", thread="alert:1")
        second = outbox.owe(tx, sorry("second"), to="tremblay", thread="alert:1")
    async with manned.begin() as tx:
        claimed = await sending.claim(tx, 9, Priority.BULK)
        results = [Result(one.id, "sent", message_id=one.id % 1000, chat=one.chat) for one in claimed]
        sending.write_results(tx, results)
        outbox.owe(tx, sorry("edit 1"), to="willis", edits=first)
        outbox.owe(tx, sorry("edit of the other"), to="tremblay", edits=second)
        outbox.owe(tx, sorry("edit 2"), to="willis", edits=first)
    async with manned.begin() as tx:
        found = {one.edits: one for one in await sending.claim(tx, 9, Priority.BULK)}
        assert said([found[first], found[second]]) == [sorry("edit 2"), sorry("edit of the other")]
        assert (found[first].edits_message, found[first].edits_state) == (first % 1000, "sent")
        outbox.owe(tx, sorry("edit 3"), to="willis", edits=first)
        assert sorted(await states(tx)) == ["owed", "sending", "sending", "sent", "sent", "withdrawn"]


async def test_an_edit_that_failed_never_overwrites_the_newer_one_that_overtook_it(
    manned: Store, clock: MovableClock
) -> None:
    async with manned.begin() as tx:
        held = [outbox.owe(tx, sorry("held"), to=code) for code in ("willis", "tremblay")]
    async with manned.begin() as tx:
        for one in await sending.claim(tx, 9, Priority.BULK):
            sending.write_results(tx, [Result(one.id, "sent", message_id=7, chat=one.chat)])
        for which, code in zip(held, ("willis", "tremblay"), strict=True):
            outbox.owe(tx, sorry("older"), to=code, edits=which)
    async with manned.begin() as tx:
        older = await sending.claim(tx, 9, Priority.BULK)
        outbox.owe(tx, sorry("newer"), to="willis", edits=held[0])
        wait = timedelta(seconds=30)
        sending.write_results(tx, [Result(one.id, "owed", wait=wait, error="502") for one in older])
    clock.move(timedelta(minutes=1))
    async with manned.begin() as tx:
        claimed = {one.officer: one for one in await sending.claim(tx, 9, Priority.BULK)}
        assert said([claimed["willis"], claimed["tremblay"]]) == [sorry("newer"), sorry("older")]
        assert sorted(await states(tx)) == ["sending", "sending", "sent", "sent", "withdrawn"]


async def test_an_edit_that_failed_is_tried_again_before_one_that_waits_for_its_time(
    manned: Store, clock: MovableClock
) -> None:
    async with manned.begin() as tx:
        held = outbox.owe(tx, sorry("held"), to="willis")
    async with manned.begin() as tx:
        (one,) = await sending.claim(tx, 9, Priority.BULK)
        sending.write_results(tx, [Result(one.id, "sent", message_id=7, chat=101)])
        outbox.owe(tx, sorry("older"), to="willis", edits=held)
    async with manned.begin() as tx:
        (older,) = await sending.claim(tx, 9, Priority.BULK)
        outbox.owe(tx, sorry("newer"), to="willis", edits=held, not_before=tx.now + timedelta(seconds=20))
        sending.write_results(tx, [Result(older.id, "owed", wait=timedelta(seconds=3), error="502")])
    clock.move(timedelta(seconds=3))
    async with manned.begin() as tx:
        assert said(await sending.claim(tx, 9, Priority.BULK)) == [sorry("older")]
    clock.move(timedelta(seconds=17))
    async with manned.begin() as tx:
        assert said(await sending.claim(tx, 9, Priority.BULK)) == [sorry("newer")]


async def test_what_somebody_holds_is_edited_and_what_was_not_sent_is_changed(
    manned: Store, clock: MovableClock
) -> None:
    async with manned.begin() as tx:
        held = outbox.owe(tx, sorry("held"), to="willis", thread="alert:1")
    async with manned.begin() as tx:
        (one,) = await sending.claim(tx, 9, Priority.BULK)
        sending.write_results(tx, [Result(one.id, "sent", message_id=7)])
        outbox.owe(tx, sorry("unsent"), to="tremblay", thread="alert:1")
    clock.move(timedelta(seconds=1))
    async with manned.begin() as tx:
        told = await outbox.told(tx, "alert:1", {"sorry"})
        assert {code: one.owed for code, one in told.items()} == {"willis": False, "tremblay": True}
        assert await outbox.told(tx, "alert:1", {"privacy"}) == {}
        for one_told in told.values():
            outbox.edit(tx, one_told, sorry("changed"), "alert:1")
    async with manned.begin() as tx:
        claimed = {one.officer: one for one in await sending.claim(tx, 9, Priority.BULK)}
        assert said(list(claimed.values())) == [sorry("changed")] * 2
        assert (claimed["willis"].edits, claimed["tremblay"].edits) == (held, None)
        assert {code: one.id for code, one in (await outbox.told(tx, "alert:1", {"sorry"})).items()} == {
            "willis": held,
            "tremblay": told["tremblay"].id,
        }


async def test_after_a_restore_nothing_owed_is_sent(manned: Store) -> None:
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
        outbox.owe(tx, Privacy(), to="willis")
    async with manned.begin() as tx:
        await sending.claim(tx, 1, Priority.BULK)
        assert await sending.park_all(tx) == 2
        assert await states(tx) == ["parked", "parked"]
        assert await sending.release(tx) == 0


async def test_only_what_is_settled_is_purged(manned: Store, clock: MovableClock) -> None:
    async with manned.begin() as tx:
        for chat in range(6):
            outbox.owe(tx, Privacy(), chat=chat)
    async with manned.begin() as tx:
        claimed = await sending.claim(tx, 5, Priority.BULK)
        ends = ("sent", "dropped", "parked", "owed")
        sending.write_results(tx, [Result(one.id, end) for one, end in zip(claimed, ends, strict=False)])
    clock.move(timedelta(days=100))
    async with manned.begin() as tx:
        outbox.owe(tx, Privacy(), to="willis")
        assert await backlog_rows.purge(tx, tx.now) == 3
        assert sorted(await states(tx)) == ["owed", "owed", "owed", "sending"]


async def test_many_messages_to_one_person_never_keep_the_others_waiting(manned: Store) -> None:
    async with manned.begin() as tx:
        for _ in range(50):
            outbox.owe(tx, Privacy(), to="willis")
        outbox.owe(tx, Privacy(), to="tremblay")
    async with manned.begin() as tx:
        taken = [one.officer for one in await sending.claim(tx, 10, Priority.BULK)]
        assert taken == ["willis"] * sending.AT_A_TIME + ["tremblay"]
        assert await sending.claim(tx, 10, Priority.BULK, busy={"willis", "tremblay"}) == []


async def test_a_secret_is_not_kept_once_it_is_delivered(manned: Store) -> None:
    person = Person("willis", Text("Cpl", "cap."), "Kelly Willis", "f", Text("Bamako", "Bamako"), "MINUSMA", None)
    made = InviteMade(person, "https://t.me/vigie?start=hush", "hush", NOW, replaces_phone=False)
    async with manned.begin() as tx:
        outbox.owe(tx, made, to="willis")
        outbox.owe(tx, made, to="tremblay")
    async with manned.begin() as tx:
        first, second = await sending.claim(tx, 9, Priority.BULK)
        done = [Result(first.id, "sent", message_id=7), Result(second.id, "owed", error="502")]
        sending.write_results(tx, done)
        kept = {row.id: row.facts for row in await tx.read(select(table))}
    assert "hush" not in kept[first.id]
    assert "hush" in kept[second.id], "it is sent again"


async def test_several_messages_that_could_not_be_sent_are_owed_again_in_one_go(manned: Store) -> None:
    async with manned.begin() as tx:
        for reference in ("one", "two", "three"):
            outbox.owe(tx, sorry(reference), to="willis")
    async with manned.begin() as tx:
        claimed = await sending.claim(tx, 9, Priority.BULK)
    async with manned.begin() as tx:
        sending.write_results(tx, [Result(one.id, "owed", error="NetworkError") for one in claimed])
    async with manned.begin() as tx:
        assert await states(tx) == ["owed"] * 3

"""Updates that cannot be read and handlers that fail: set aside, told, and never in the way of others."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.kit import IDS, Scene, last_id, texts

WHO = {"id": IDS["willis"], "is_bot": False, "first_name": "Kelly"}
CHAT = {"id": IDS["willis"], "type": "private", "first_name": "Kelly"}
GOOD = {"message_id": 90, "date": 1795410000, "from": WHO, "chat": CHAT, "text": "ok"}
DEEP: Any = {"a": 1}
for _ in range(50):
    DEEP = {"a": [DEEP]}

# Nobody can be told: it is not known who sent them, or not that it was in private.
NOBODYS: dict[str, dict[str, Any]] = {
    "only an id": {},
    "a huge id": {"update_id": 2**62},
    "an empty message": {"message": {}},
    "a message that is a text": {"message": "ok"},
    "a message that is nothing": {"message": None},
    "a message that is a list": {"message": [1, 2, 3]},
    "a message without a chat": {"message": {k: v for k, v in GOOD.items() if k != "chat"}},
    "a message without a sender": {"message": {k: v for k, v in GOOD.items() if k != "from"}},
    "a sender of absurd type": {"message": GOOD | {"from": {"id": "nobody"}}},
    "a sender with a huge id": {"message": GOOD | {"from": WHO | {"id": 2**63 + 5}}},
    "a sender with an id below nothing": {"message": GOOD | {"from": WHO | {"id": -(2**63)}}},
    "a sender with a fraction": {"message": GOOD | {"from": WHO | {"id": 1e300}}},
    "a chat of absurd type": {"message": GOOD | {"chat": 7}},
    "a press without a message": {"callback_query": {"id": "1", "from": WHO, "chat_instance": "1", "data": "x"}},
    "a kind that nobody knows": {"brand_new_kind": {"anything": DEEP}},
    "a kind that was not asked for": {"inline_query": {"id": "1", "from": WHO, "query": "x", "offset": ""}},
    "a channel post": {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}},
    "a group": {"message": GOOD | {"chat": {"id": -5, "type": "group", "title": "x"}}},
}
# Willis sent these in private: she gets the calm line.
HERS: dict[str, dict[str, Any]] = {
    "a date of absurd type": {"message": GOOD | {"date": "yesterday"}},
    "a huge date": {"message": GOOD | {"date": 2**60}},
    "no date": {"message": {k: v for k, v in GOOD.items() if k != "date"}},
    "a text of absurd type": {"message": GOOD | {"text": {"deep": DEEP}}},
    "absurd entities": {"message": GOOD | {"entities": [{"type": 7}, None, "x"]}},
    "an empty photo": {"message": GOOD | {"text": None, "location": {"latitude": "north"}}},
    "a member change without states": {"my_chat_member": {"chat": CHAT, "from": WHO, "date": 1795410000}},
}


async def test_poison_is_set_aside_and_what_follows_is_handled(
    contingent: Scene, no_task_dies: Callable[[], None]
) -> None:
    for count, (name, poison) in enumerate(NOBODYS.items(), 1):
        await contingent.phone("hamelin").send("ok")
        contingent.telegram.inject(poison)
        await contingent.phone("willis").send("ok")
        await contingent.settle()
        assert await contingent.one("select count(*) from checkin") == 2 * count, name
        assert await contingent.one("select count(*) from inbox where state = 'new'") == 0, name
        assert await contingent.one("select count(*) from outbox where kind = 'sorry'") == 0, name
    no_task_dies()


async def test_the_sender_of_poison_is_told_calmly_with_a_reference(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    for count, (name, poison) in enumerate(HERS.items(), 1):
        mark = last_id(phone)
        await contingent.phone("hamelin").send("ok")
        which = contingent.telegram.inject(poison)
        await phone.send("ok")
        await contingent.settle()
        sql = "select state, reference, length(raw) > 0 from inbox where update_id = :which"
        ((state, reference, kept),) = await contingent.rows(sql, which=which)
        assert (state, len(reference), kept) == ("failed", 4, 1), name
        (sorry,) = [one for one in texts(phone, mark) if "went wrong" in one]
        assert reference in sorry, name
        assert await contingent.one("select count(*) from checkin") == 2 * count, name


async def test_a_whole_queue_of_poison_is_got_through(contingent: Scene) -> None:
    for _ in range(5):
        for one in [*NOBODYS.values(), *HERS.values()]:
            if "update_id" not in one:
                contingent.telegram.inject(one)
        await contingent.phone("deniger").send("ok")
    await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == 5
    assert await contingent.one("select count(*) from outbox where kind = 'sorry'") == 5 * len(HERS)


# What stands in the database and cannot be read: the one whose it is cannot be served, everybody else is.
BROKEN = {
    "the officer": "update officer set role = 'admiral' where code = 'willis'",
    "a duty": "update duty set stage = 99 where officer = 'willis'",
    "a question": "insert into draft values ('willis', 'checkin_details', '{', 0)",
}


def change(scene: Scene, sql: str) -> None:
    with closing(sqlite3.connect(scene.folder / "vigie.db", timeout=10)) as db, db:
        db.execute(sql)


@pytest.mark.parametrize("what", BROKEN)
async def test_a_row_that_cannot_be_read_stops_only_its_officer(
    contingent: Scene, what: str, no_task_dies: Callable[[], None]
) -> None:
    await contingent.to(7, 0)
    change(contingent, BROKEN[what])
    await contingent.phone("hamelin").send("ok")
    await contingent.phone("willis").send("ok")
    await contingent.phone("deniger").send("ok")
    await contingent.settle()
    assert await contingent.rows("select officer from checkin order by officer") == [("deniger",), ("hamelin",)]
    assert await contingent.one("select count(*) from inbox where state = 'failed'") == 1
    assert await contingent.one("select count(*) from inbox where state = 'new'") == 0
    no_task_dies()


async def test_a_handler_that_fails_undoes_its_own_work_and_nobody_elses(contingent: Scene) -> None:
    """The commander's row cannot be read: asking for assistance fails halfway, a check-in beside it does not."""
    await contingent.to(7, 0)
    change(contingent, "update officer set role = 'admiral' where code = 'bradshaw'")
    phone = contingent.phone("willis")
    mark = last_id(phone)
    await contingent.stop()
    await contingent.phone("hamelin").send("ok")
    await phone.send("/assist")
    await contingent.phone("deniger").send("ok")
    await contingent.start()
    await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == 2
    assert await contingent.one("select count(*) from alert") == 0
    assert await contingent.one("select count(*) from inbox where state = 'failed'") == 1
    assert len(texts(phone, mark)) == 1

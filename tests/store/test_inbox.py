"""An update is stored once however often Telegram delivers it, and is done once."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.store import inbox
from bot.store.engine import Store
from bot.store.inbox import Fresh
from bot.store.tables import inbox as table
from tests.store.conftest import NOW

BOT = 4242


def fresh(update_id: int, raw: bytes, sent_at: datetime | None = None) -> Fresh:
    return Fresh(update_id, sent_at, raw)


async def test_an_update_delivered_twice_is_stored_once(store: Store, clock: MovableClock) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(2, b"second"), fresh(1, b"first")])
    clock.move(timedelta(minutes=1))
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(1, b"first again"), fresh(2, b"second again"), fresh(3, b"third")])
    async with store.begin() as tx:
        found = await inbox.waiting(tx, 10)
        assert [(one.update_id, one.raw) for one in found] == [(1, b"first"), (2, b"second"), (3, b"third")]
        assert found[0].received_at == NOW
        assert found[2].received_at == NOW + timedelta(minutes=1)
        assert await inbox.waiting_since(tx) == NOW


async def test_a_done_update_that_comes_again_stays_done(store: Store) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(1, b"first")])
        inbox.done(tx, (await inbox.waiting(tx, 1))[0])
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(1, b"first")])
        assert await inbox.waiting(tx, 10) == []
        assert await inbox.waiting_since(tx) is None
        assert await inbox.count(tx, "done") == 1


async def test_the_oldest_go_first(store: Store) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(number, b"") for number in (5, 3, 4, 1, 2)])
        assert [one.update_id for one in await inbox.waiting(tx, 3)] == [1, 2, 3]


async def test_another_bot_counts_for_itself(store: Store) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(7, b"ours")])
        inbox.add(tx, BOT + 1, [fresh(7, b"theirs"), fresh(9, b"")])
        inbox.done(tx, next(one for one in await inbox.waiting(tx, 9) if one.raw == b"ours"))
        assert {one.raw for one in await inbox.waiting(tx, 9)} == {b"theirs", b""}


async def test_what_failed_is_kept_whole_and_what_is_done_lets_its_text_go(store: Store) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(1, b"one"), fresh(2, b"two")])
        first, second = await inbox.waiting(tx, 2)
        inbox.done(tx, first)
        inbox.failed(tx, second, "ValueError", "V-7")
        assert [await inbox.count(tx, state) for state in ("new", "done", "failed")] == [0, 1, 1]
        rows = await tx.read(select(table).order_by(table.c.update_id))
        assert [(row.raw, row.error, row.reference) for row in rows] == [
            (b"", None, None),
            (b"two", "ValueError", "V-7"),
        ]


async def test_only_what_is_done_is_purged(store: Store, clock: MovableClock) -> None:
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(1, b"done"), fresh(2, b"failed"), fresh(3, b"waits")])
        one, two, _ = await inbox.waiting(tx, 3)
        inbox.done(tx, one)
        inbox.failed(tx, two, "ValueError", "V-7")
    later = clock.move(timedelta(days=3))
    async with store.begin() as tx:
        inbox.add(tx, BOT, [fresh(4, b"young")])
        inbox.done(tx, (await inbox.waiting(tx, 2))[1])
        assert await inbox.purge(tx, later) == 1
        assert [await inbox.count(tx, state) for state in ("new", "done", "failed")] == [1, 1, 1]
        kept = await tx.read(select(table.c.update_id).order_by(table.c.update_id))
        assert [row.update_id for row in kept] == [2, 3, 4]


async def test_what_is_known_goes_by_when_it_was_sent_and_the_desk_by_when_it_came(store: Store) -> None:
    async with store.begin() as tx:
        long_ago, ahead = NOW - timedelta(hours=2), NOW + timedelta(hours=1)
        inbox.add(tx, BOT, [fresh(1, b"", long_ago), fresh(2, b"", ahead), fresh(3, b"")])
        assert await inbox.known_until(tx) == long_ago
        assert await inbox.waiting_since(tx) == NOW
        assert [one.sent_at for one in await inbox.waiting(tx, 9)] == [long_ago, NOW, NOW], "never later than it came"

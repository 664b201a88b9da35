"""The worker: nothing owed is lost, nothing done is repeated, and nothing keeps the others waiting."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.background import Background
from bot.domain.errand import LONGEST_ASKED, Later, Never
from bot.errand import work
from bot.errand.work import STUBBORN
from bot.services import upkeep
from bot.services.errand import Backlog
from bot.services.line import mind_the_clock
from bot.store import errand as rows
from tests.errand.house import Hand, House
from tests.kit import until


async def test_what_is_due_is_carried_out_the_longest_due_first(house: House) -> None:
    await house.owe("print:1", "print:2")
    house.clock.move(timedelta(seconds=1))
    await house.owe("print:3")
    await house.owe("print:0", wait=timedelta(minutes=5))
    assert await house.once() == 3
    assert house.hands["print"].carried == ["1", "2", "3"]
    assert await house.once() == 0, "nothing is done twice"
    assert await house.once(minutes=5) == 1
    assert house.hands["print"].carried[-1] == "0"
    assert set((await house.rows()).values()) == {("done", 1, None)}


async def test_what_may_succeed_later_is_tried_again_more_and_more_rarely(house: House) -> None:
    house.hands["mail"].answers["7"].extend([Later("busy"), Later("still busy")])
    await house.owe("mail:7")
    assert await house.once() == 1
    assert await house.rows() == {"mail:7": ("owed", 1, "busy")}
    assert await house.once(seconds=4) == 0
    assert await house.once(seconds=1) == 1
    assert await house.rows() == {"mail:7": ("owed", 2, "still busy")}
    assert await house.once(seconds=14) == 0
    assert await house.once(seconds=1) == 1
    assert await house.rows() == {"mail:7": ("done", 3, None)}
    assert [one.attempts for one in house.hands["mail"].seen] == [0, 1, 2]
    assert len({one.id for one in house.hands["mail"].seen}) == 1, "the Message-ID hangs on it"


async def test_the_other_side_may_ask_for_more_time_but_not_for_ever(house: House) -> None:
    hand = house.hands["translate"]
    asked = (timedelta(hours=2), timedelta(0), timedelta(days=900))
    hand.answers["7"].extend(Later("429", wait) for wait in asked)
    await house.owe("translate:7")
    await house.once()
    assert await house.once(minutes=119) == 0
    assert await house.once(minutes=1) == 1
    assert await house.once(seconds=14) == 0, "less than our own patience would be no patience"
    assert await house.once(seconds=1) == 1
    assert await house.once(seconds=LONGEST_ASKED.total_seconds()) == 1
    assert hand.carried == ["7"]


async def test_what_cannot_succeed_is_given_up_with_its_reason(house: House, events: list[Any]) -> None:
    house.hands["mail"].answers["7"].append(Never("550 5.1.1 <k.willis@example.org>: no such\r\nmailbox \udce9"))
    await house.owe("mail:7")
    assert await house.once() == 1
    assert await house.once(days=2) == 0
    assert await house.rows() == {"mail:7": ("failed", 1, "550 5.1.1 <k.willis@example.org>: no such mailbox ?")}
    (told,) = [one for one in events if one["event"] == "errand_given_up"]
    assert told["log_level"] == "error"
    assert "[address]" in told["why"]
    assert "willis" not in str(told), "the log names nobody"


async def test_a_kind_that_nobody_carries_out_is_given_up(house: House) -> None:
    await house.owe("fax:7", "fetch:7")
    assert await house.once() == 2
    found = await house.rows()
    assert found["fetch:7"][0] == "done"
    assert found["fax:7"] == ("failed", 1, 'nobody here carries out "fax"; its setting may be off')


async def test_a_fault_of_a_carrier_is_logged_and_counts_as_later(house: House, events: list[Any]) -> None:
    house.hands["print"].answers["7"].extend([ZeroDivisionError("a table without rows"), TimeoutError()])
    await house.owe("print:7", "fetch:8")
    assert await house.once() == 2
    assert await house.rows() == {"print:7": ("owed", 1, "ZeroDivisionError"), "fetch:8": ("done", 1, None)}
    (told,) = [one for one in events if one["event"] == "errand_failed"]
    assert (told["kind"], type(told["exc_info"])) == ("print", ZeroDivisionError)
    assert await house.once(seconds=5) == 1
    assert await house.once(seconds=15) == 1
    assert (await house.rows())["print:7"] == ("done", 3, None)


async def test_a_bad_line_of_days_gives_nothing_up_and_is_told(house: House, events: list[Any]) -> None:
    house.hands["mail"].answers["7"].extend(Later("the mail server cannot be used") for _ in range(60))
    await house.owe("mail:7")
    assert (await house.backlog()).waiting == 1
    for _ in range(60):
        assert await house.once(hours=1) == 1
    found = await house.backlog()
    assert (found.waiting, found.oldest_s, found.failed) == (1, 60 * 3600.0, 0)
    levels = [one["log_level"] for one in events if one["event"] == "errand_put_off"]
    assert levels == ["info"] * (STUBBORN - 1) + ["warning"] * (60 - STUBBORN + 1)
    assert await house.once(hours=1) == 1
    assert house.hands["mail"].carried == ["7"]
    assert await house.backlog() == Backlog(0, 0.0, 0)


async def test_what_was_given_up_is_counted_and_in_time_let_go(house: House) -> None:
    house.hands["mail"].answers["7"].append(Never("554"))
    house.hands["mail"].answers["9"].extend(Later("busy") for _ in range(9))
    await house.owe("mail:7", "mail:8", "mail:9")
    await house.once()
    assert (await house.backlog()).failed == 1
    house.clock.move(timedelta(days=31))
    async with house.store.begin() as tx:
        assert (await upkeep.let_go(tx))["errands"] == 2
    assert (await house.backlog()).failed == 0
    assert list(await house.rows()) == ["mail:9"]


async def test_kinds_do_not_wait_for_each_other_and_printing_is_one_at_a_time(house: House) -> None:
    house.background.start(house.worker.run(), "errands")
    door = asyncio.Event()
    house.hands["mail"].door = house.hands["print"].door = door
    await house.owe(*(f"{kind}:{n}" for kind in ("mail", "print") for n in range(4)))
    await until(lambda: house.hands["mail"].inside == ["0", "1"] and house.hands["print"].inside == ["0"])
    await house.owe(*(f"fetch:{n}" for n in range(4)))
    await until(lambda: sorted(house.hands["fetch"].carried) == ["0", "1", "2", "3"], "the files, beside a slow server")
    door.set()
    await until(lambda: len(house.hands["mail"].carried) == len(house.hands["print"].carried) == 4)
    assert (house.hands["mail"].most, house.hands["print"].most) == (2, 1)
    assert house.hands["print"].carried == ["0", "1", "2", "3"]


async def test_the_commit_that_owes_wakes_the_worker(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "POLL_S", 3600.0)
    house.background.start(house.worker.run(), "errands")
    await until(lambda: house.worker.idle)
    for n in range(3):
        await house.owe(f"fetch:{n}")
        await until(lambda: house.worker.idle and len(house.hands["fetch"].carried) > n, "the wake")  # noqa: B023


async def test_what_was_put_off_is_found_without_being_woken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "POLL_S", 0.01)
    house.background.start(house.worker.run(), "errands")
    await house.owe("fetch:7", wait=timedelta(minutes=1))
    await until(lambda: house.worker.idle)
    assert house.hands["fetch"].seen == []
    house.clock.move(timedelta(minutes=1))
    await until(lambda: house.hands["fetch"].carried == ["7"])


async def test_what_is_owed_anew_meanwhile_is_carried_out_anew_after_it(house: House) -> None:
    hand = house.hands["print"]
    hand.door = asyncio.Event()
    await house.owe("print:7")
    work = house.background.start(house.worker.once(), "once")
    await until(lambda: hand.inside == ["7"])
    await house.owe("print:7")  # in the same instant: the clock stands still
    house.worker.wake()
    hand.door.set()
    assert await work == 2
    assert hand.carried == ["7", "7"]
    assert hand.most == 1, "never beside itself"
    assert await house.rows() == {"print:7": ("done", 1, None)}
    first, second = hand.seen
    assert first.id != second.id, "another mail, not a repetition"


async def test_the_refusal_of_what_was_owed_anew_meanwhile_is_of_no_account(house: House) -> None:
    for answer in (Never("no such place"), Later("busy", timedelta(hours=1)), KeyError("oops")):
        hand = house.hands["mail"] = Hand(door=asyncio.Event())
        hand.answers["7"].append(answer)
        house.hire()
        await house.owe("mail:7")
        work = house.background.start(house.worker.once(), "once")
        await until(lambda: hand.inside == ["7"])  # noqa: B023
        await house.owe("mail:7")
        hand.door.set()  # type: ignore[union-attr]
        await work
        assert await house.rows() == {"mail:7": ("done", 1, None)}


async def test_what_nobody_wants_any_more_leaves_nothing_behind(house: House) -> None:
    hand = house.hands["fetch"]
    hand.door = asyncio.Event()
    await house.owe("fetch:7")
    work = house.background.start(house.worker.once(), "once")
    await until(lambda: hand.inside == ["7"])
    async with house.store.begin() as tx:
        rows.drop(tx, "fetch", "7")
    hand.door.set()
    await work
    assert await house.rows() == {}


async def test_killed_in_the_middle_it_is_carried_out_again(house: House) -> None:
    hand = house.hands["mail"]
    hand.door = asyncio.Event()
    await house.owe("mail:7")
    house.background.start(house.worker.once(), "once")
    await until(lambda: hand.inside == ["7"])
    await house.background.stop()  # as if killed: nothing is noted
    hand.door = None
    house.background = Background()
    house.hire()
    assert await house.once() == 0
    assert await house.once(seconds=5) == 1
    assert hand.carried == ["7"]
    first, second = hand.seen
    assert (first.id, first.attempts) == (second.id, 0)
    assert second.attempts == 1


async def test_an_errand_at_which_the_process_dies_is_not_the_first_thing_of_the_next(house: House) -> None:
    """The printer takes all memory, say: a Vigie that dies of it at each start would watch over nobody."""
    hand = house.hands["print"]
    await house.owe("print:7")
    hand.door = asyncio.Event()
    for died, patience in enumerate((1, 5, 15, 60, 300, 900, 1800, 3600, 3600)):
        if died:
            assert await house.once(seconds=patience - 1) == 0
        house.clock.move(timedelta(seconds=1))
        house.background.start(house.worker.once(), "once")
        await until(lambda: len(hand.seen) == died + 1)  # noqa: B023
        await house.background.stop()
        house.background = Background()
        house.hire()
    assert (await house.rows())["print:7"] == ("owed", 9, None), "and never given up"


async def test_the_end_of_vigie_waits_for_what_is_under_way_and_takes_up_nothing_more(house: House) -> None:
    hand = house.hands["mail"]
    hand.kept = {"1": asyncio.Event(), "2": asyncio.Event()}
    house.background.start(house.worker.run(), "errands")
    await house.owe("mail:1", "mail:2", "mail:3")
    await until(lambda: len(hand.inside) == 2)
    end = house.background.start(house.worker.rest(), "rest")
    hand.kept["1"].set()
    while (await house.rows())["mail:1"][0] != "done":
        pass
    for _ in range(20):
        assert (await house.rows())["mail:3"] == ("owed", 0, None), "a place is free, but it is not taken"
    hand.kept["2"].set()
    await end
    await house.background.stop()
    assert hand.carried == ["1", "2"]
    states = [state for state, _, _ in (await house.rows()).values()]
    assert sorted(states) == ["done", "done", "owed"]


async def test_the_end_of_vigie_does_not_wait_for_ever(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "REST_S", 0.01)
    house.hands["mail"].door = asyncio.Event()
    house.background.start(house.worker.run(), "errands")
    await house.owe("mail:1")
    await until(lambda: house.hands["mail"].inside)
    await house.worker.rest()
    await house.background.stop()
    assert (await house.rows())["mail:1"] == ("owed", 1, None)


async def test_what_hangs_is_broken_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LONGEST_S", 0.01)
    house.hands["mail"].door = asyncio.Event()
    await house.owe("mail:1")
    assert await house.once() == 1
    assert await house.rows() == {"mail:1": ("owed", 1, "TimeoutError")}


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
async def test_a_clock_set_back_puts_nothing_off(house: House, back: timedelta) -> None:
    house.hands["mail"].answers["1"].append(Later("busy"))
    async with house.store.begin() as tx:
        await mind_the_clock(tx)
    await house.owe("mail:1")
    await house.once()
    assert await house.once(seconds=-back.total_seconds()) == 0
    assert (await house.backlog()).oldest_s == 0.0
    async with house.store.begin() as tx:
        assert await mind_the_clock(tx) == back
    assert await house.once() == 1
    assert house.hands["mail"].carried == ["1"]


@pytest.fixture
def full_disk(house: House) -> Callable[[], None]:
    """Have the disk refuse results of errands until the returned function is called."""
    state = {"full": True}

    def executing(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if state["full"] and "UPDATE errand SET state" in statement:
            raise OSError("no space left on device")

    event.listen(house.store.engine.sync_engine, "before_cursor_execute", executing)
    return lambda: state.update(full=False)


async def test_a_result_that_cannot_be_written_is_kept_and_nothing_is_repeated(
    house: House, full_disk: Callable[[], None], monkeypatch: pytest.MonkeyPatch, events: list[Any]
) -> None:
    monkeypatch.setattr(work, "RETRY_S", (0.01,))
    monkeypatch.setattr(work, "POLL_S", 0.01)
    house.background.start(house.worker.run(), "errands")
    await house.owe("mail:7")
    await until(lambda: len([one for one in events if one["event"] == "errand_cannot_be_noted"]) > 3)
    house.clock.move(timedelta(hours=9))
    await until(lambda: len([one for one in events if one["event"] == "errand_cannot_be_noted"]) > 6)
    assert house.hands["mail"].carried == ["7"]
    full_disk()
    await until(lambda: house.worker.idle)
    assert await house.rows() == {"mail:7": ("done", 1, None)}
    assert house.hands["mail"].carried == ["7"], "one mail, not one a second"


async def test_a_database_that_cannot_be_asked_ends_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, events: list[Any]
) -> None:
    monkeypatch.setattr(work, "POLL_S", 0.01)
    state = {"gone": True}

    def executing(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if state["gone"] and "FROM errand" in statement:
            raise OSError("disk I/O error")

    event.listen(house.store.engine.sync_engine, "before_cursor_execute", executing)
    house.background.start(house.worker.run(), "errands")
    await house.owe("mail:7")
    await until(lambda: [one for one in events if one["event"] == "errands_failed"])
    state["gone"] = False
    await until(lambda: house.hands["mail"].carried == ["7"])


async def test_after_a_restore_nothing_reaches_people_again_but_files_are_fetched(house: House) -> None:
    await house.owe("mail:1", "fetch:2", "print:3")
    async with house.store.begin() as tx:
        assert await rows.park(tx) == 2
    assert await house.once() == 1
    assert house.hands["mail"].carried == []
    assert (await house.rows())["mail:1"] == ("failed", 0, "restored from a backup")
    await house.owe("mail:1")
    assert await house.once() == 1, "a person asks anew"

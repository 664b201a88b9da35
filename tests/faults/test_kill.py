"""The real process, killed at random instants under a stream of check-ins: none lost, none doubled."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.courier import AT_ONCE
from bot.clock import SystemClock, monotonic
from bot.demo.telegram import StandIn
from bot.services import enrol
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import schema
from bot.store.engine import open_store
from tests.faults.process import Process, free_port
from tests.kit import until

ROUNDS = 10
OFFICERS = 30
EVERY_S = 0.03  # a check-in of somebody
TAKEN = "select count(*) from checkin"


def roster(due: str) -> str:
    """A contingent of many phones; nothing falls due while the test runs."""
    head = f"""
[contingent]
code = "TST"
name = "Test"
home_timezone = "UTC"
report_language = "en"
digest_at = "{due}"
[[missions]]
code = "M"
name = "Mission"
[[posts]]
code = "P"
name = "Post"
timezone = "UTC"
[[watches]]
code = "daily"
posts = ["P"]
times = ["{due}"]
days = "daily"
opens_before = "1h"
remind_before = "15m"
grace = "30m"
[ladder]
steps = [{{ notify = ["commander", "deputy"], wait = "10m" }}]
repeat_every = "15m"
resolve_within = "30m"
"""
    one = """
[[officers]]
code = "o{n}"
rank = "Cpl"
name = "Officer {n}"
service = "RCMP"
mission = "M"
post = "P"
role = "{role}"
language = "{language}"
"""
    return head + "".join(
        one.format(n=n, role=("commander", "deputy", "officer")[min(n, 2)], language="en" if n % 2 else "fr")
        for n in range(OFFICERS)
    )


async def invitations(data: Path) -> list[str]:
    """Make the database with its roster, and an invitation for each officer, while nothing runs."""
    clock = SystemClock()
    data.mkdir(parents=True)
    due = f"{clock.now() + timedelta(hours=12):%H:%M}"
    parsed = parse(roster(due), "test.toml")
    store = open_store(f"sqlite+aiosqlite:///{data / 'vigie.db'}", clock.now)
    try:
        await schema.create(store)
        async with store.begin() as tx:
            await load(tx, parsed)
            return [(await enrol.invite(tx, f"o{n}", None)).code for n in range(OFFICERS)]
    finally:
        await store.close()


async def in_a_minute(true: Callable[[], bool], what: str) -> None:
    """Wait as long as the pace of one message a second in a chat may take."""
    end = monotonic() + 60
    while not true():
        assert monotonic() < end, f"{what} did not come about"
        await asyncio.sleep(0.05)


class Stream:
    """Phones that check in one after the other, at random."""

    def __init__(self, telegram: StandIn, chance: random.Random) -> None:
        self.telegram, self.chance = telegram, chance
        self.sent: set[int] = set()
        self.by_phone: Counter[int] = Counter()
        self._next = monotonic()

    async def until(self, instant: float) -> None:
        """Send check-ins until the instant."""
        self._next = max(self._next, monotonic())
        while self._next < instant:
            await until(lambda: monotonic() >= self._next)
            phone = self.telegram.phone(5000 + self.chance.randrange(OFFICERS))
            self.sent.add(await phone.send("ok"))
            self.by_phone[phone.user_id] += 1
            self._next += EVERY_S


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    found = StandIn(SystemClock(), strict_rates=False, retry_base=0.05)
    await found.start()
    yield found
    await found.stop()


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_killed_at_random_instants_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, telegram: StandIn, way: str
) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"{way}: seed {seed}")  # noqa: T201 (shown when the test fails)
    chance = random.Random(seed)
    port = free_port()
    settings = {
        "VIGIE_TELEGRAM_TOKEN": telegram.token,
        "VIGIE_TELEGRAM_API_URL": telegram.url,
        "VIGIE_WEB_BIND": f"127.0.0.1:{port}",
        "VIGIE_TICK": "1s",
    }
    if way == "webhook":
        settings |= {"VIGIE_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "VIGIE_WEBHOOK_SECRET": "kP3_x-9Qz"}
    vigie = Process(tmp_path, settings)
    codes = await invitations(tmp_path / "data")

    def drained() -> bool:
        if telegram.pending or vigie.one("select count(*) from inbox where state = 'new'"):
            return False
        return not vigie.one("select count(*) from outbox where state in ('owed', 'sending')")

    await vigie.start()
    try:
        for n in reversed(range(OFFICERS)):  # command last: else they are told of each phone
            await telegram.phone(5000 + n, first_name=f"O{n}").start(payload=codes[n])
        await until(lambda: vigie.one("select count(*) from officer where telegram_id is not null") == OFFICERS)
        await in_a_minute(drained, "the enrolment's end")
        stream = Stream(telegram, chance)
        lives = []
        for turn in range(ROUNDS):
            before = len(telegram.calls)
            await stream.until(monotonic() + chance.uniform(0.2, 1.0))
            if turn != ROUNDS - 1:  # one of them is killed somewhere in its start
                await until(lambda before=before: len(telegram.calls) > before, "a sign of life")
            await stream.until(monotonic() + chance.uniform(0.05, 0.8))
            assert vigie.running
            await vigie.kill()
            lives.append(vigie.one(TAKEN))
            await stream.until(monotonic() + 0.2)
            await vigie.start()
        await in_a_minute(drained, "the end of what was owed")
        assert await vigie.stop() == 0
    finally:
        await vigie.kill()

    taken = [row[0] for row in vigie.rows("select update_id from checkin")]
    receipts = vigie.one("select count(*) from outbox where kind = 'receipt' and state = 'sent'")
    shown = {
        phone.user_id: sum(1 for one in phone.messages if not one.outgoing and one.text.startswith("✅"))
        for phone in telegram.phones.values()
    }
    doubled = sum(shown.values()) - receipts
    report = (
        f"{way}: seed {seed}, {ROUNDS} kills, {len(stream.sent)} sent, {len(taken)} recorded, {receipts} receipts, "
        f"{doubled} receipts sent twice; recorded at each kill {lives}"
    )
    print(report)  # noqa: T201
    assert len(taken) == len(set(taken)), report
    assert set(taken) == stream.sent, report
    assert receipts == len(stream.sent), report
    assert all(shown[who] >= count for who, count in stream.by_phone.items()), report
    assert 0 <= doubled <= ROUNDS * AT_ONCE, report
    troubles = [one for one in vigie.log.read_text().splitlines() if '"level": "error"' in one or "Traceback" in one]
    assert not troubles, (report, troubles[0])

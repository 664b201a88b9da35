"""Any order of writes, reads, savepoints and failures leaves what a plain dictionary would hold."""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.engine import Store, Tx, open_store
from bot.store.tables import fact, metadata

_ADD = insert(fact)
_SET = update(fact).where(fact.c.name == bindparam("which")).values(value=bindparam("to"))
_DROP = delete(fact).where(fact.c.name == bindparam("which"))
_ALL = select(fact.c.name, fact.c.value)

_NAMES = st.sampled_from("abcde")
_VALUES = st.integers(0, 9).map(str)


class OopsError(Exception):
    """What a handler may raise."""


class Transactions(RuleBasedStateMachine):
    """One transaction after the other, each with savepoints, on a real database in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.kept: dict[str, str] = {}
        self.seen: dict[str, str] = {}
        self.at_savepoint: dict[str, str] | None = None
        self.store: Store
        self.tx: Tx | None = None

    @initialize()
    def open(self) -> None:
        self.store = open_store("sqlite+aiosqlite://", lambda: datetime(2008, 2, 27, tzinfo=UTC))
        self.run(self._make())

    async def _make(self) -> None:
        async with self.store.engine.begin() as conn:
            await conn.run_sync(metadata.create_all)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @property
    def open_tx(self) -> Tx:
        assert self.tx is not None
        return self.tx

    @precondition(lambda self: self.tx is None)
    @rule()
    def begin(self) -> None:
        self.whole: AbstractAsyncContextManager[Tx] = self.store.begin()
        self.tx = self.run(self.whole.__aenter__())
        self.seen = dict(self.kept)

    @precondition(lambda self: self.tx is not None and self.at_savepoint is None)
    @rule()
    def commit(self) -> None:
        self.run(self.whole.__aexit__(None, None, None))
        self.kept, self.tx = self.seen, None

    @precondition(lambda self: self.tx is not None and self.at_savepoint is None)
    @rule()
    def fail(self) -> None:
        self._raise_in(self.whole)
        self.tx = None

    @precondition(lambda self: self.tx is not None and self.at_savepoint is None)
    @rule()
    def set_savepoint(self) -> None:
        self.inner: AbstractAsyncContextManager[None] = self.open_tx.savepoint()
        self.run(self.inner.__aenter__())
        self.at_savepoint = dict(self.seen)

    @precondition(lambda self: self.at_savepoint is not None)
    @rule()
    def leave_savepoint(self) -> None:
        self.run(self.inner.__aexit__(None, None, None))
        self.at_savepoint = None

    @precondition(lambda self: self.at_savepoint is not None)
    @rule()
    def fail_savepoint(self) -> None:
        assert self.at_savepoint is not None
        self._raise_in(self.inner)
        self.seen, self.at_savepoint = self.at_savepoint, None

    def _raise_in(self, block: AbstractAsyncContextManager[Any]) -> None:
        error = OopsError()
        try:
            swallowed = self.run(block.__aexit__(OopsError, error, None))
        except OopsError:
            return
        assert not swallowed

    @precondition(lambda self: self.tx is not None)
    @rule(name=_NAMES, value=_VALUES)
    def write(self, name: str, value: str) -> None:
        if name in self.seen:
            self.open_tx.write(_SET, {"which": name, "to": value})
        else:
            self.open_tx.write(_ADD, {"name": name, "value": value})
        self.seen[name] = value

    @precondition(lambda self: self.tx is not None)
    @rule(name=_NAMES)
    def drop(self, name: str) -> None:
        self.open_tx.write(_DROP, {"which": name})
        self.seen.pop(name, None)

    @precondition(lambda self: self.tx is not None)
    @rule(name=_NAMES, value=_VALUES)
    def change(self, name: str, value: str) -> None:
        changed = self.run(self.open_tx.change(_SET, {"which": name, "to": value}))
        assert changed == (name in self.seen)
        if changed:
            self.seen[name] = value

    @precondition(lambda self: self.tx is not None)
    @rule()
    def flush(self) -> None:
        self.run(self.open_tx.flush())

    @precondition(lambda self: self.tx is not None)
    @rule()
    def read(self) -> None:
        assert dict(tuple(row) for row in self.run(self.open_tx.read(_ALL))) == self.seen

    @precondition(lambda self: self.tx is None and hasattr(self, "store"))
    @invariant()
    def what_was_committed_is_there(self) -> None:
        self.run(self._compare())

    async def _compare(self) -> None:
        async with self.store.read() as tx:
            assert dict(tuple(row) for row in await tx.read(_ALL)) == self.kept

    def teardown(self) -> None:
        if self.at_savepoint is not None:
            self.fail_savepoint()
        if self.tx is not None:
            self.fail()
        if hasattr(self, "store"):
            self.run(self.store.close())
        self.loop.close()


TestTransactions = Transactions.TestCase
TestTransactions.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)

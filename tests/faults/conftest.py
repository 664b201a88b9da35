"""Fixtures for the faults: pauses after a failure are cut short, so that a test waits for what happens."""

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.store.engine import open_store
from tests.kit import Scene

SOON = (0.05, 0.1)
BUSY_S = 0.2


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon after a failure, and wait only a moment for a locked database."""
    for name in ("bot.chat.intake.BACK_OFF_S", "bot.chat.courier.BACK_OFF_S"):
        monkeypatch.setattr(name, SOON)
    monkeypatch.setattr("bot.app.open_store", functools.partial(open_store, busy_timeout=BUSY_S))


@pytest.fixture
async def scene(tmp_path: Path, quick: None) -> AsyncIterator[Scene]:
    """The five officers of Mali, with short pauses after a failure."""
    found = await Scene(tmp_path).open()
    yield found
    await found.close()


@pytest.fixture(autouse=True)
def events() -> Iterator[list[Any]]:
    """What the log is told; not written out, since a traceback's rendering takes longer than what is tested."""
    with capture_logs() as found:
        yield found


@pytest.fixture
def no_task_dies(events: list[Any]) -> Callable[[], None]:
    """Return a check that no background task has ended with an error: nothing would start it again."""

    def check() -> None:
        assert not [one for one in events if one["event"] == "background_task_failed"]

    return check


@pytest.fixture
def fail_commit(scene: Scene) -> Callable[[str], None]:
    """Return a way to have the disk fail, once, at the commit of the next transaction that writes a given word."""

    def once(word: str) -> None:
        engine = scene.app.store.engine.sync_engine
        state = {"armed": True}

        def executing(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
            if state["armed"] and word in str(parameters):
                conn.info["fails"] = True

        def committing(conn: Any) -> None:
            if conn.info.pop("fails", False):
                state["armed"] = False
                raise OSError("the disk has failed")

        event.listen(engine, "before_cursor_execute", executing)
        event.listen(engine, "commit", committing)

    return once

"""The one place that starts background tasks."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

# How long a cancelled task has to clear up before it is told again.
AGAIN_S = 3.0

log = structlog.get_logger(__name__)


class Background:
    """Keeps references to running tasks, logs their failures and cancels them on the way out."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start `work` as a task called `name`; a failure is logged, never lost."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background_task_failed", task=task.get_name(), exc_info=error)

    async def stop(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        # More than once: `asyncio.wait_for` of Python 3.11 forgets a cancellation that comes in the instant of what it
        # waits for, and a loop that is woken just then would go on for ever.
        while tasks := tuple(self._tasks):
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=AGAIN_S)

"""The only place that reads a clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the UTC instant; everything that decides takes that instant as an argument."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's UTC time."""
        return datetime.now(UTC)  # noqa: TID251


class MovableClock:
    """A clock that can be moved or held: for the demo (its "+15 min" button) and the tests.

    A held clock stands still until it is moved, so that a test decides each instant.
    """

    def __init__(self, at: datetime | None = None, *, held: bool = False) -> None:
        """Start at `at` (aware) or at the machine's time."""
        machine = datetime.now(UTC)  # noqa: TID251
        self._offset = (at - machine) if at is not None else timedelta()
        self._held: datetime | None = (at or machine) if held else None

    def now(self) -> datetime:
        """Return the held instant, or the machine's time shifted by what the clock was moved."""
        if self._held is not None:
            return self._held
        return datetime.now(UTC) + self._offset  # noqa: TID251

    def move(self, by: timedelta) -> datetime:
        """Move the clock forward, or back with a negative `by`; return the new instant."""
        if self._held is not None:
            self._held += by
        else:
            self._offset += by
        return self.now()


def monotonic() -> float:
    """Return seconds that never go back: for rates, leases and watchdogs, which must not follow the wall clock."""
    return time.monotonic()  # noqa: TID251

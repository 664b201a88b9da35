"""Keeps track of our line to Telegram: up or down, and when Telegram last held nothing for us."""

from dataclasses import replace
from datetime import datetime

import structlog

from bot.clock import Clock, monotonic
from bot.domain.line import Line, slept

log = structlog.get_logger(__name__)

# Polls that fail for longer than this mean that the line is down; a shorter gap is the normal life of a network.
DOWN_AFTER_S = 20.0


class LineTracker:
    """Told by intake how its calls went; durations on the monotonic clock, instants for people on the wall clock."""

    def __init__(self, clock: Clock, down_after: float = DOWN_AFTER_S) -> None:
        """Begin down: nothing is known until the first answer. `down_after` is in seconds."""
        self._clock = clock
        self._down_after = down_after
        self._last_good = clock.now()
        self._last_good_mono = monotonic()
        self._line = Line(up=False, since=self._last_good)
        self._last_look = self._last_good
        self.was_down_since: datetime | None = None  # set at the return, until people have been told

    @property
    def line(self) -> Line:
        """The line as it is known now."""
        return self._line

    def look(self) -> Line:
        """Return the line as it is known now, noting that we are awake; asked at every tick."""
        now = self._clock.now()
        if slept(self._last_look, now):
            self._line = replace(self._line, awake_since=now)
        self._last_look = now
        return self._line

    def good(self, drained_at: datetime | None) -> None:
        """Note an answer of Telegram; `drained_at`: the instant at which it held nothing more for us."""
        now = self._clock.now()
        if not self._line.up:
            self.was_down_since = self.was_down_since or self._line.since
            self._line = replace(self._line, up=True, since=now)
            log.info("line_up", down_since=self.was_down_since)
        if drained_at is not None:
            self._line = replace(self._line, drained_at=drained_at)
        self._last_good, self._last_good_mono = now, monotonic()

    def bad(self) -> None:
        """Note a call that failed."""
        if self._line.up and monotonic() - self._last_good_mono > self._down_after:
            self._line = replace(self._line, up=False, since=self._last_good)
            log.warning("line_down", since=self._last_good)

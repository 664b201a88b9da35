"""Errands: what is done outside the transaction that owed it; tried again when that may help, given up when not."""

from dataclasses import dataclass
from datetime import timedelta

# By the number of attempts so far: a bad line heals in minutes or hours, and nobody waits at a screen for these.
BACK_OFF = tuple(timedelta(seconds=one) for one in (5, 15, 60, 300, 900, 1800, 3600))


@dataclass(frozen=True)
class Errand:
    """Something to fetch, print, mail or translate. `subject` says what, in the words of its kind."""

    id: int
    kind: str
    subject: str
    attempts: int


class Later(Exception):  # noqa: N818 - said by whoever carries an errand out: it may succeed another time
    """Try again: the network, a busy server."""

    def __init__(self, why: str, wait: timedelta | None = None) -> None:
        """`wait`: how long the other side asked for; else it follows from the attempts."""
        super().__init__(why)
        self.wait = wait


class Never(Exception):  # noqa: N818 - the other answer
    """Do not try again: it would fail for ever."""


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts (at least one)."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]

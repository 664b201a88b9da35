"""Errands: what is done outside the transaction that owed it; tried again when that may help, given up when not."""

from dataclasses import dataclass
from datetime import timedelta

# By the number of attempts so far: a bad line heals in minutes or hours, and nobody waits at a screen for these.
BACK_OFF = tuple(timedelta(seconds=one) for one in (5, 15, 60, 300, 900, 1800, 3600))
# More than this no server is granted: a wrong figure of its own must not put an errand off for ever.
LONGEST_ASKED = timedelta(hours=6)
# What people would get twice: owed in a backup that is restored, it was sent long ago, or a person decides anew.
REACHES_PEOPLE = ("mail", "print")
# Why such a thing, and a message, is neither sent nor tried again after a restore.
RESTORED = "restored from a backup"
# A reason is kept for whoever looks into it, not for the record.
WHY_AT_MOST = 500


@dataclass(frozen=True)
class Errand:
    """Something to fetch, print, mail or translate. `subject` says what, in the words of its kind.

    The id stays the same from attempt to attempt and is a new one when the errand is owed anew. `attempts` were made
    before this one.
    """

    id: int
    kind: str
    subject: str
    attempts: int


class Later(Exception):  # noqa: N818 - said by whoever carries an errand out: it may succeed another time
    """Try again: the network, a busy server."""

    def __init__(self, why: str, wait: timedelta | None = None) -> None:
        """`wait`: how long the other side asked for; else it follows from the attempts."""
        super().__init__(_line(why))
        self.wait = wait


class Never(Exception):  # noqa: N818 - the other answer
    """Do not try again: it would fail for ever."""

    def __init__(self, why: str) -> None:
        """`why`: in one line, perhaps in the words of a server."""
        super().__init__(_line(why))


def _line(text: str) -> str:
    # A server may answer with several lines, and in a code of letters that nobody announced.
    return " ".join(text.encode("utf-8", "replace").decode().split())[:WHY_AT_MOST]


def wait_after(attempts: int, asked: timedelta | None = None) -> timedelta:
    """Return how long to wait after so many failed attempts (at least one), if `asked` for more by the other side."""
    own = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    return own if asked is None else max(own, min(asked, LONGEST_ASKED))

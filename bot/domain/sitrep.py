"""The situation report: what it is made of, as facts. Its words come later, in English and in French alike.

The headings are those of a UN military observers' SITREP and its weekly counterpart, in police use; each one appears,
and an empty one says "nothing to report" (NTR).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.bilingual import Language, Text
from bot.domain.form import Words, locate
from bot.domain.officer import Person
from bot.domain.report_form import FORMS

TEXT_MAX = 4096  # what one message of Telegram holds: a passage that it splits would lose its beginning


class SitrepKind(StrEnum):
    """How much time it covers: a reporting day, a week, or any period that command asks for."""

    DAILY = "daily"
    WEEKLY = "weekly"
    SPECIAL = "special"


class SitrepState(StrEnum):
    """A draft is put together anew whenever it is read; an approved one never changes any more."""

    DRAFT = "draft"
    APPROVED = "approved"


HEADINGS: dict[SitrepKind, tuple[str, ...]] = {
    SitrepKind.DAILY: (
        "personnel", "security", "operations", "movements", "incidents", "protection", "engagement", "training",
        "medical", "logistics", "communications", "compliance", "assessment", "comments", "ahead",
    ),
    SitrepKind.WEEKLY: (
        "personnel", "security", "operations", "movements", "incidents", "protection", "engagement", "training",
        "medical", "logistics", "communications", "compliance", "trends", "alarms", "rotation", "risks", "assessment",
        "comments", "ahead",
    ),
}  # fmt: skip
HEADINGS[SitrepKind.SPECIAL] = HEADINGS[SitrepKind.DAILY]

# What command writes itself, in the order in which it is offered.
WRITTEN: dict[SitrepKind, tuple[str, ...]] = {
    SitrepKind.DAILY: ("assessment", "comments", "ahead", "security"),
    SitrepKind.WEEKLY: ("assessment", "comments", "ahead", "risks", "security"),
}
WRITTEN[SitrepKind.SPECIAL] = WRITTEN[SitrepKind.DAILY]


@dataclass(frozen=True)
class Translation:
    """Words beside an original. `author`: who wrote or confirmed them; nobody: a machine, until a person confirms."""

    source: str
    language: Language
    text: str
    at: datetime
    author: Person | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a person stands for it."""
        return self.author is not None


@dataclass(frozen=True)
class Begun:
    """A translation that is not said to be all yet: of which passage (`mark`) of which report, and the words so far.

    It stands nowhere but in its author's row: for everybody else the passage is untranslated. `ours`: what is kept
    with the question, too.
    """

    sitrep: int
    into: Language
    mark: str
    text: str
    ours: str = ""


@dataclass(frozen=True)
class Narrative:
    """What a person has written, verbatim, in its language. `source` names it: `report:17:observations`."""

    source: str
    text: str
    language: Language

    @property
    def digest(self) -> str:
        """The hash of these very words: a translation of others does not belong to them."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """What one report says under one heading: answers by their keys in its form, and where and when it was.

    `late`: of a period before, whose report had gone out already.
    """

    report: int
    number: str
    version: int
    form: str
    post: str
    at: datetime
    language: Language
    answers: dict[str, Any]
    late: bool = False

    def narratives(self) -> Iterator[tuple[str, Narrative]]:
        """Yield what is said in words, by its key."""
        for key, value in self.answers.items():
            if isinstance(locate(FORMS[self.form], key).question.takes, Words):
                yield key, Narrative(f"report:{self.report}:{key}", str(value), self.language)


@dataclass(frozen=True)
class Tally:
    """A table of numbers. `by` says what its rows are (posts, duty types, days); a number that is not known is None.

    `summed`: a last row adds the others up. `zeros`: a row of zeros says something too, and is shown.
    """

    code: str
    by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    summed: bool = True
    zeros: bool = False

    @property
    def shown(self) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
        """The rows that say something."""
        return tuple(
            (code, numbers)
            for code, numbers in self.rows
            if any(number or (self.zeros and number is not None) for number in numbers)
        )

    @property
    def empty(self) -> bool:
        """Whether no row says anything."""
        return not self.shown

    @property
    def sums(self) -> tuple[int, ...]:
        """The sum of each column."""
        return tuple(sum(numbers[at] or 0 for _, numbers in self.rows) for at in range(len(self.columns)))


@dataclass(frozen=True)
class Written:
    """What command wrote under a heading: the newest words count."""

    heading: str
    narrative: Narrative
    author: Person
    at: datetime


@dataclass(frozen=True)
class Part:
    """One heading with what stands under it. `more`: entries that were left out, so that it can still be read."""

    heading: str
    figures: tuple[tuple[str, int | None], ...] = ()
    tallies: tuple[Tally, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: int = 0
    written: Written | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to report."""
        return (
            not self.entries
            and not self.more
            and self.written is None
            and all(one.empty for one in self.tallies)
            and not any(number for _, number in self.figures)
        )


@dataclass(frozen=True)
class Changed:
    """A report that an earlier situation report held, and that has a newer version since. `reason`: in its words."""

    number: str
    version: int
    reason: str | None


@dataclass(frozen=True)
class Sitrep:
    """A whole situation report. `since` and `until` are its period (UTC, the latter not included).

    `zone` is that of the reporting day; `language` the one in which it goes out; `number` is empty for one that was
    only asked for and is not kept. `only`: the post that it is about; nothing: the whole contingent.
    `known_until`: up to when anything is known, if the line to Telegram was down before the period's end.
    """

    kind: SitrepKind
    number: str
    state: SitrepState
    language: Language
    contingent: Text
    sender: Text
    to: tuple[Text, ...]
    cc: tuple[Text, ...]
    marking: Text
    since: datetime
    until: datetime
    as_of: datetime
    zone: str
    posts: tuple[tuple[str, Text], ...]
    parts: tuple[Part, ...]
    reports: tuple[tuple[str, int], ...] = ()
    changed: tuple[Changed, ...] = ()
    translations: tuple[Translation, ...] = ()
    only: Text | None = None
    prepared_at: datetime | None = None
    prepared_by: Person | None = None
    approved_at: datetime | None = None
    approved_by: Person | None = None
    known_until: datetime | None = None

    @property
    def mark(self) -> str:
        """What stands for all that it says: another one, if anything in it has changed."""
        return digest_of(repr((self.parts, self.changed, self.translations, self.known_until)))[:8]

    def part(self, heading: str) -> Part:
        """Return what stands under a heading; raises KeyError."""
        return {one.heading: one for one in self.parts}[heading]

    def narratives(self) -> Iterator[Narrative]:
        """Yield all that people have written, in the order in which it is read; the same words stand once."""
        seen = set()
        for part in self.parts:
            every = [said for entry in part.entries for _, said in entry.narratives()]
            every += [part.written.narrative] if part.written is not None else []
            for one in every:
                if one.source not in seen:
                    seen.add(one.source)
                    yield one

    def translation(self, source: str, language: Language) -> Translation | None:
        """Return the translation of a narrative into a language, if there is one."""
        return next((one for one in self.translations if (one.source, one.language) == (source, language)), None)

    def untranslated(self, language: Language) -> list[Narrative]:
        """Return what is not in this language and has no translation that a person stands for."""
        return [
            one
            for one in self.narratives()
            if one.language != language and not ((found := self.translation(one.source, language)) and found.confirmed)
        ]

"""A situation report as a paper: every heading, its figures, tables and entries, in the words of one language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.document.paper import Block, Line, Paper, Section, Table
from bot.document.report_said import said
from bot.document.report_word import field_name, people
from bot.document.sitrep_word import (
    BY_MACHINE,
    FIGURES,
    LANGUAGES,
    ORIGINAL,
    ROWS,
    TITLES,
    TRANSLATED,
    UNTRANSLATED,
    column_name,
    corner_name,
    form_name,
    heading_name,
    row_name,
)
from bot.domain.bilingual import Language
from bot.domain.form import Step, Words, locate
from bot.domain.officer import Person
from bot.domain.report_form import FORMS
from bot.domain.sitrep import Entry, Narrative, Part, Sitrep, SitrepState, Tally
from bot.domain.sitrep_victim import victims
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice

# A paper is read on any day: seen from here no instant is "today", and every date has its year.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# All of it: what a person has written is never cut.
_WHOLE = 1_000_000


def paper(found: Sitrep, language: Language, catalogues: Catalogues) -> Paper:
    """Return a situation report in this language, whatever the language in which it goes out."""
    voice = Voice(catalogues[language], zone=ZoneInfo(found.zone), now=_LONG_AGO)
    return _Writer(found, language, voice).paper()


class _Writer:
    def __init__(self, found: Sitrep, language: Language, voice: Voice) -> None:
        self._found, self._language, self._voice = found, language, voice
        self._posts = {code: voice.name(name) for code, name in found.posts}

    def paper(self) -> Paper:
        found, voice = self._found, self._voice
        sections = tuple(self._section(at, part) for at, part in enumerate(found.parts, start=1))
        return Paper(
            language=self._language,
            title=voice.word(*TITLES[found.kind.value]),
            number=found.number,
            contingent=voice.name(found.contingent),
            marking=voice.name(found.marking),
            header=tuple(self._header()),
            sections=sections,
            signatures=tuple(self._signatures()),
            draft=voice.word("sitrep", "DRAFT, not approved") if found.state is SitrepState.DRAFT else "",
            page_of=voice.word("sitrep", "Page {page} of {pages}", page="{page}", pages="{pages}"),
            annexes=tuple(self._annexes(len(sections))),
        )

    def _header(self) -> Iterator[tuple[str, str]]:
        found, word = self._found, self._voice.word
        yield word("sitrep", "Number"), found.number or word("sitrep", "none, not kept")
        yield word("sitrep", "From"), self._voice.name(found.sender)
        yield word("sitrep", "To"), "; ".join(self._voice.name(one) for one in found.to) or "-"
        yield word("sitrep", "Cc"), "; ".join(self._voice.name(one) for one in found.cc) or "-"
        yield word("sitrep", "Date-time group"), self._voice.dtg(found.approved_at or found.as_of)
        yield word("sitrep", "Period"), self._period()
        yield word("sitrep", "Based on"), self._based_on()
        if found.only is not None:
            yield word("sitrep", "Post"), self._voice.name(found.only)
        if found.as_of < found.until:
            yield word("sitrep", "As of"), self._stamp(found.as_of)
        if found.known_until is not None:
            # While the line was down nobody could answer: what follows is not calm, it is not known.
            said_ = word("sitrep", "{since}: Telegram was out of reach", since=self._stamp(found.known_until))
            yield word("sitrep", "Not known since"), said_
        yield word("sitrep", "Language"), word(*LANGUAGES[self._language])
        yield word("sitrep", "Marking"), self._voice.name(found.marking)

    def _period(self) -> str:
        """Return the period as groups, whose end is its last minute, and as a person reads it."""
        since, until = self._found.since, self._found.until
        groups = f"{self._voice.dtg(since)} – {self._voice.dtg(until - timedelta(minutes=1))}"
        city = self._found.zone.rpartition("/")[2].replace("_", " ")
        local = [at.astimezone(ZoneInfo(self._found.zone)) for at in (since, until - timedelta(minutes=1))]
        if local[0].time() == time(0) and local[0].date() == local[1].date():
            return self._voice.word(
                "sitrep",
                "{groups} ({date}, local time of {city})",
                groups=groups,
                date=self._voice.date(since),
                city=city,
            )
        return self._voice.word(
            "sitrep",
            "{groups} (from {since} to {until}, local time of {city})",
            groups=groups,
            since=self._voice.when(since),
            until=self._voice.when(until),
            city=city,
        )

    def _based_on(self) -> str:
        """Return how many reports there are, and from which posts none came: silence of a post is not calm there."""
        filed = next(one for one in self._found.part("operations").tallies if one.code == "reports")
        silent = [self._row_name("post", post) for post, numbers in filed.rows if not any(numbers)]
        reports = self._voice.word("sitrep", "reports: {n}", n=len(self._found.reports))
        none = self._voice.word("sitrep", "none from: {posts}", posts=self._voice.items(silent)) if silent else ""
        return "; ".join(part for part in (reports, none) if part)

    def _stamp(self, at: datetime) -> str:
        return f"{self._voice.dtg(at)} ({self._voice.when(at)})"

    def _signatures(self) -> Iterator[tuple[str, str]]:
        found, word = self._found, self._voice.word
        by = (
            self._person(found.prepared_by) if found.prepared_by is not None else word("sitrep", "Vigie, automatically")
        )
        prepared = f"{by}, {self._voice.dtg(found.prepared_at)}" if found.prepared_at is not None else by
        yield word("sitrep", "Prepared by"), prepared
        if found.approved_by is not None and found.approved_at is not None:
            approved = f"{self._person(found.approved_by)}, {self._voice.dtg(found.approved_at)}"
        else:
            approved = word("sitrep", "not approved yet")
        yield word("sitrep", "Approved by"), approved

    def _person(self, one: Person) -> str:
        return f"{self._voice.name(one.rank)} {one.name}"

    def _section(self, number: int, part: Part) -> Section:
        heading = self._heading(part)
        if part.empty:
            return Section(number, heading, (Line(self._voice.word("sitrep", "NTR (nothing to report)")),), empty=True)
        return Section(number, heading, tuple(self._blocks(part)))

    def _heading(self, part: Part) -> str:
        return heading_name(self._voice, part.heading, self._found.kind)

    def _blocks(self, part: Part) -> Iterator[Block]:
        if part.written is not None:
            yield from self._narrative(part.written.narrative)
        figures = [self._figure(code, value) for code, value in part.figures if value is not None]
        if figures:
            yield Line("; ".join(figures))
        for tally in part.tallies:
            if not tally.empty:
                yield self._table(tally)
                if tally.code == "harm" and self._found.changed:
                    yield Line(
                        self._voice.word(
                            "sitrep",
                            "Of an incident that an earlier situation report had counted, only the difference counts.",
                        )
                    )
        for entry in part.entries:
            yield from self._entry(entry)
        if part.more:
            yield Line(
                self._voice.count(
                    "{n} more entry is not shown here; the export has it.",
                    "{n} more entries are not shown here; the export has them.",
                    part.more,
                )
            )

    def _figure(self, code: str, value: int) -> str:
        number = self._voice.number(value)
        if code == "median_acknowledgement":
            number = self._voice.duration(timedelta(seconds=value))
        return self._voice.word("sitrep", "{name}: {number}", name=self._voice.word(*FIGURES[code]), number=number)

    def _table(self, tally: Tally) -> Table:
        names = [
            corner_name(self._voice, tally.code, tally.by),
            *(column_name(self._voice, tally.code, c) for c in tally.columns),
        ]
        kept = tally.rows if tally.by == "day" else tally.shown
        rows = [(self._row_name(tally.by, code), *map(self._number, numbers)) for code, numbers in kept]
        total = tally.summed and len(rows) > 1
        if total:
            rows.append((self._voice.word("sitrep", "Total"), *map(self._number, tally.sums)))
        return Table(tuple(names), tuple(rows), frozenset(range(1, len(names))), total)

    def _number(self, value: int | None) -> str:
        return self._voice.number(value) if value is not None else "-"

    def _row_name(self, by: str, code: str) -> str:
        return self._posts.get(code, code) if by == "post" else row_name(self._voice, by, code)

    def _entry(self, entry: Entry) -> Iterator[Line]:
        """Yield what a report says: codes in one line, then each narrative by itself, in the order of the form."""
        form = FORMS[entry.form]
        narratives = dict(entry.narratives())
        head = ", ".join((self._posts.get(entry.post, entry.post), self._voice.dtg(entry.at), entry.number))
        turns: dict[int | None, list[Step]] = {}
        for key in entry.answers:
            step = locate(form, key)
            # Victims stand in a line of their own, but for several kinds of whom it is not said who was harmed how.
            if step.section.code != "victims" or (key == "victim_kind" and len(entry.answers[key]) > 1):
                turns.setdefault(step.turn, []).append(step)
        for turn, steps in turns.items():
            coded = [one for one in steps if not isinstance(one.question.takes, Words)]
            facts = "; ".join(
                self._voice.word(
                    "sitrep",
                    "{name}: {number}",
                    name=field_name(self._voice, one.question.code),
                    number=said(self._voice, one, entry.answers[one.key], _WHOLE),
                )
                for one in coded
            )
            label = head if turn is None else f"{head} ({self._voice.number(turn + 1)})"
            yield Line(facts or form_name(self._voice, entry.form), label, self._note(entry))
            for one in steps:
                if one.key in narratives:
                    for line in self._narrative(narratives[one.key], field_name(self._voice, one.question.code)):
                        yield replace(line, under=True)
        harm = [
            self._voice.word(
                "sitrep", "{name}: {number}", name=row_name(self._voice, "victims", code), number=people(self._voice, n)
            )
            for code, n in victims(entry.answers)
        ]
        if harm:
            yield Line("; ".join(harm), self._voice.word(*ROWS["victims"]), under=True)

    def _note(self, entry: Entry) -> str:
        if not entry.late:
            return ""
        if entry.number in {one.number for one in self._found.changed}:
            return self._voice.word("sitrep", "new version; an earlier situation report held the one before")
        return self._voice.word("sitrep", "late, of an earlier period")

    def _narrative(self, one: Narrative, label: str = "") -> Iterator[Line]:
        """Yield the words as they were written; in another language, their translation first, or that it is missing."""
        word = self._voice.word
        if one.language == self._language:
            yield Line(one.text, label)
            return
        translation = self._found.translation(one.source, self._language)
        if translation is None:
            yield Line(one.text, label, word(*UNTRANSLATED[one.language]))
            return
        if translation.author is None:
            note = word(*BY_MACHINE[one.language])
        else:
            note = word(*TRANSLATED[one.language], who=self._person(translation.author))
        yield Line(translation.text, label, note)
        yield Line(one.text, "", word(*ORIGINAL[one.language]), under=True)

    def _annexes(self, number: int) -> Iterator[Section]:
        left = self._found.untranslated(self._language)
        numbers = {
            said_.source: f"{entry.number}, {field_name(self._voice, locate(FORMS[entry.form], key).question.code)}"
            for part in self._found.parts
            for entry in part.entries
            for key, said_ in entry.narratives()
        }
        numbers |= {
            part.written.narrative.source: f"{self._found.number}, {self._heading(part)}"
            for part in self._found.parts
            if part.written is not None
        }
        if left:
            number += 1
            rows = tuple(
                (numbers.get(one.source, self._found.number), self._voice.word(*LANGUAGES[one.language]))
                for one in left
            )
            columns = (self._voice.word("sitrep", "Passage"), self._voice.word("sitrep", "Language"))
            yield Section(number, self._voice.word("sitrep", "To be translated"), (Table(columns, rows),))
        if self._found.changed:
            number += 1
            lines = tuple(
                Line(
                    one.reason or self._voice.word("sitrep", "the full report of an incident has come in"),
                    self._voice.word("sitrep", "{number}, version {n}", number=one.number, n=one.version),
                )
                for one in self._found.changed
            )
            heading = self._voice.word("sitrep", "Corrected since an earlier situation report")
            yield Section(number, heading, lines)

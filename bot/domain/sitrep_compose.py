"""Composes a situation report: what a period left behind, put under its headings and added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import sitrep_tally as tallies
from bot.domain.absence import AbsenceKind
from bot.domain.report import Report, Version
from bot.domain.sitrep import HEADINGS, Entry, Part, SitrepKind, Tally, Written
from bot.domain.sitrep_entry import ENTRIES_MOST, entries_of, listed
from bot.domain.sitrep_tally import Cases, Holdings, Kept, Presence
from bot.domain.sitrep_victim import harmed

# What a week is told of one by one; of the rest it gives the totals.
WEEKLY_LISTED = frozenset({"incidents", "protection", "training", "assessment", "ahead"})
KEPT_COLUMNS = ("due", "on_time", "late", "missed", "awaited")


@dataclass(frozen=True)
class Travel:
    """Duty travel: begun, ended within the period; under way at its end; to begin within the next as long again."""

    begun: int = 0
    ended: int = 0
    under_way: int = 0
    ahead: int = 0


@dataclass(frozen=True)
class Day:
    """One reporting day of a week, and its check-ins."""

    name: str
    since: datetime
    until: datetime
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class Ground:
    """What a period left behind. `late`: reports of periods before, which nobody has counted yet.

    `updated`: incidents that were counted before and have a newer version: listed again, and of their victims the
    difference is counted; `replaced`: their versions that went out last, in the same order. `held`: what each post
    holds of channels. `patrols_out`: patrols under way at the end.
    `closings`: why alerts were closed. `changes`: by post, who arrived and left. `turnover`: who is to arrive, leave,
    go on leave and come back in the next week.
    """

    posts: tuple[str, ...]
    people: tuple[Presence, ...]
    reports: tuple[Report, ...]
    late: tuple[Report, ...] = ()
    updated: tuple[Report, ...] = ()
    replaced: tuple[Version, ...] = ()
    kept: tuple[Kept, ...] = ()
    cases: tuple[Cases, ...] = ()
    acknowledged: tuple[timedelta, ...] = ()
    closings: tuple[tuple[str, int], ...] = ()
    travel: Travel = Travel()
    patrols_out: int = 0
    held: Holdings = ()
    changes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    turnover: tuple[tuple[str, tuple[int, ...]], ...] = ()
    days: tuple[Day, ...] = ()
    authorised: int | None = None
    written: tuple[Written, ...] = ()

    @property
    def counted(self) -> tuple[Report, ...]:
        """The reports that the totals are the sum of."""
        return (*self.late, *self.reports)


def compose(kind: SitrepKind, ground: Ground) -> tuple[Part, ...]:
    """Return every heading of this kind, in order, whether or not there is something to report."""
    figures, tables = _figures(ground), _tables(kind, ground)
    entries = _entries(ground)
    written = {one.heading: one for one in ground.written}
    parts = []
    for heading in HEADINGS[kind]:
        there = entries.get(heading, [])
        most = ENTRIES_MOST if kind is not SitrepKind.WEEKLY or heading in WEEKLY_LISTED else 0
        shown, more = listed(there, ground.posts, most)
        parts.append(
            Part(heading, figures.get(heading, ()), tables.get(heading, ()), shown, more, written.get(heading))
        )
    return tuple(parts)


def _entries(ground: Ground) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for reports, late in ((ground.reports, False), (ground.late, True)):
        for one in reports:
            for heading, entry in entries_of(one, late=late).items():
                found.setdefault(heading, []).append(entry)
    for one in ground.updated:
        for heading, entry in entries_of(one, late=True).items():
            found.setdefault(heading, []).append(entry)
    return found


def _figures(ground: Ground) -> dict[str, tuple[tuple[str, int | None], ...]]:
    reports = ground.counted
    return {
        "personnel": (("authorised", ground.authorised), ("strength", len(ground.people))),
        "movements": (
            ("patrols", sum(one.version.form == "patrol" for one in reports)),
            ("patrols_out", ground.patrols_out),
            ("travel_begun", ground.travel.begun),
            ("travel_ended", ground.travel.ended),
            ("travel_out", ground.travel.under_way),
            ("travel_ahead", ground.travel.ahead),
        ),
        "medical": (
            ("sick", sum(one.absence is AbsenceKind.SICK for one in ground.people)),
            ("injured_reports", sum(one.version.answers.get("personnel") == "injured" for one in reports)),
        ),
        "compliance": (("median_acknowledgement", tallies.median(ground.acknowledged)),),
    }


def _tables(kind: SitrepKind, ground: Ground) -> dict[str, tuple[Tally, ...]]:
    posts, people, reports = ground.posts, ground.people, ground.counted
    compliance = (tallies.compliance(posts, ground.kept), tallies.alarms(ground.cases))
    tables: dict[str, tuple[Tally, ...]] = {
        "personnel": (
            tallies.strength(posts, people),
            tallies.sexes(posts, people),
            tallies.accounted(posts, people),
            Tally("changes", "post", ("arrivals", "departures"), ground.changes),
        ),
        "operations": (tallies.filed(posts, reports), tallies.duties(reports)),
        "incidents": (tallies.incidents(reports),),
        "protection": (harmed(reports, ground.updated, ground.replaced),),
        "engagement": (tallies.engagement(posts, reports), tallies.flags(reports)),
        "training": (tallies.training(posts, reports),),
        "logistics": (tallies.equipment(reports),),
        "communications": (
            tallies.communications(posts, people, reports),
            tallies.channels_held(ground.held),
            tallies.channels_down(posts, ground.held, reports),
        ),
        "compliance": compliance,
    }
    if kind is SitrepKind.WEEKLY:
        tables["trends"] = (_trend(ground),)
        tables["alarms"] = (Tally("closings", "closing", ("alerts_closed",), _single(ground.closings)),)
        tables["rotation"] = (
            Tally("turnover", "post", ("arrivals", "departures", "leave_begins", "leave_ends"), ground.turnover),
        )
    return tables


def _single(rows: Sequence[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((name, (number,)) for name, number in rows)


def _trend(ground: Ground) -> Tally:
    """Return the week day by day; a report that came late is counted on the first day."""
    columns = (*KEPT_COLUMNS, "reports", "incidents", "reached")
    rows = []
    for at, day in enumerate(ground.days):
        reports = [one for one in ground.reports if one.ended_in(day.since, day.until)]
        reports += ground.late if at == 0 else ()
        kept = [sum(getattr(one, column) for one in day.kept) for column in KEPT_COLUMNS]
        incidents = sum(one.version.form in ("flash", "incident") for one in reports)
        reached = sum(sum((one.version.answers.get("reached") or {}).values()) for one in reports)
        rows.append((day.name, (*kept, len(reports), incidents, reached)))
    return Tally("trend", "day", columns, tuple(rows))

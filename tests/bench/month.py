"""A month of reports on the disk, the same for the same seed: `python -m tests.bench.month FOLDER [--officers N]`.

A daily report of each officer for each day: four of five with nothing to report, the others with activities, people
reached and what was written of it; and patrols, training, meetings, cases and incidents. Some are corrected, most are
reviewed. Of the last day there are also the check-ins and what became of their duties, and who is absent.
"""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.clock import MovableClock
from bot.domain.absence import Absence, AbsenceKind, AbsenceState
from bot.domain.alert import Alert, AlertKind, AlertState, HowVerified, Outcome
from bot.domain.checkin import Channel, Checkin, Details
from bot.domain.duty import Duty, DutyState, Stage, from_slot
from bot.domain.form import (
    MORE,
    NO,
    YES,
    Choice,
    Choices,
    Counts,
    Form,
    Links,
    Moment,
    Number,
    Period,
    Step,
    Where,
    Words,
)
from bot.domain.form import steps as steps_of
from bot.domain.officer import Officer, Role
from bot.domain.post import SitrepPlan
from bot.domain.report import Decision, Report, ReportState, Version, covers, number_of
from bot.domain.report_form import DAILY, FORMS
from bot.domain.watch import slots
from bot.services import place
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import absence as absences
from bot.store import alert as alerts
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store import post as posts
from bot.store import report as reports
from bot.store import report_review as report_reviews
from bot.store import schema
from bot.store.engine import Store, Tx, open_store
from tests.bench import narrative
from tests.bench.world import POSTS, roster

# Six in the morning, Zulu: when the situation report of the last day is prepared.
END = datetime(2026, 12, 1, 6, tzinfo=UTC)
STRENGTH, DAYS, SEED = 4000, 30, 1867
QUIET, ANSWERED, SPOKEN, TURNS = 0.8, 0.6, 0.4, 3
# How often a day brings a report of these forms besides the daily one.
OFTEN = {"patrol": 0.05, "training": 0.02, "investigation": 0.01, "meeting": 0.03, "flash": 0.004, "incident": 0.004}
CORRECTED, ACCEPTED, RETURNED = 0.02, 0.7, 0.03
LATE, VERIFIED, OVERDUE, AWAY = 0.02, 0.01, 0.002, 0.05
SHIFT = timedelta(hours=12)
_PLACES = ("marché central", "poste de contrôle ouest", "river port", "police academy", "Ward 4, near the <old> bridge")


class Month:
    """Makes reports; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0
        self.near = {code: self._grid(latitude, longitude) for code, _, _, latitude, longitude in POSTS}

    def _grid(self, latitude: float, longitude: float) -> dict[str, Any]:
        grid = place.to_grid(latitude, longitude)
        return {"grid": grid, "latitude": latitude, "longitude": longitude}

    def id(self, at: datetime) -> int:
        """Return an id that sorts by time, as the program's own do."""
        self.count += 1
        return (int(at.timestamp() * 1000) << 21) | self.count

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def of_day(self, officer: Officer, day: datetime) -> Iterator[list[Report]]:
        """Yield the reports of one officer on one day, each as its versions, the newest last."""
        local = day.astimezone(ZoneInfo(officer.timezone)).replace(hour=19 if self.chance(0.7) else 7, minute=0)
        until = min(local.astimezone(UTC), END - timedelta(hours=4))
        yield self._versions(DAILY, officer, until, quiet=self.chance(QUIET))
        for code, share in OFTEN.items():
            if self.chance(share):
                yield self._versions(FORMS[code], officer, until, quiet=False)

    def _versions(self, form: Form, officer: Officer, until: datetime, *, quiet: bool) -> list[Report]:
        sent_at = until + timedelta(seconds=self.random.randint(60, 3 * 3600))
        first = self._report(form, officer, until, sent_at, quiet=quiet)
        if not self.chance(CORRECTED):
            return [self._reviewed(first, officer)]
        again = self._report(form, officer, until - timedelta(minutes=30), sent_at + timedelta(minutes=20), quiet=quiet)
        version = replace(again.version, number=2, reason=narrative.text(self.random, officer.language, 280))
        return [first, self._reviewed(replace(first, version=version, since=again.since, until=again.until), officer)]

    def _report(self, form: Form, officer: Officer, until: datetime, sent_at: datetime, *, quiet: bool) -> Report:
        answers, nothing = self._answers(form, officer, until, quiet=quiet)
        received_at = sent_at + timedelta(seconds=self.random.randint(1, 20))
        version = Version(1, form.code, answers, nothing, officer.language, sent_at, received_at)
        since, until = covers(form, answers, sent_at)
        submitted = ReportState.SUBMITTED
        return Report(
            self.id(sent_at), "", officer.code, officer.post, officer.mission, submitted, version, since, until,
            sent_at, call_sign=officer.code, unit=officer.service, marking=SitrepPlan().marking,
        )  # fmt: skip

    def _reviewed(self, report: Report, officer: Officer) -> Report:
        drawn = self.random.random()
        if drawn > ACCEPTED + RETURNED or officer.code == "o0":
            return report
        state = ReportState.ACCEPTED if drawn < ACCEPTED else ReportState.RETURNED
        at = min(report.version.received_at + timedelta(minutes=self.random.randint(5, 600)), END)
        return replace(report, state=state, reviewed_at=at, reviewed_by="o0")

    def _answers(
        self, form: Form, officer: Officer, until: datetime, *, quiet: bool
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """Return the answers and the headings with nothing: what the form asks, as it goes on asking."""
        silent = frozenset(one.code for one in form.sections if one.nothing and (quiet or not self.chance(SPOKEN)))
        answers: dict[str, Any] = {}
        at = until - SHIFT
        for step in steps_of(form, answers, silent):
            if step.section.code in silent:
                continue
            if step.question.code == MORE:
                answers[step.key] = YES if (step.turn or 0) + 1 < self.random.randint(1, TURNS) else NO
            elif step.question.required or self.chance(ANSWERED):
                at = min(at + timedelta(minutes=self.random.randint(5, 90)), until)
                answers[step.key] = self._answer(step, officer, at, until)
        return {key: value for key, value in answers.items() if not key.endswith(f".{MORE}")}, silent

    def _answer(self, step: Step, officer: Officer, at: datetime, until: datetime) -> Any:
        random, value = self.random, None
        match step.question.takes:
            case Choice(codes):
                # Now and then somebody is hurt; not every day.
                rare = step.question.code in ("help", "personnel") and self.chance(0.9)
                value = codes[0] if rare else random.choice(codes)
            case Choices(codes):
                chosen = set(random.sample(codes, random.randint(1, min(3, len(codes)))))
                value = [one for one in codes if one in chosen]
            case Counts(groups):
                value = {group: random.choice((0, 0, random.randint(1, 12), random.randint(1, 60))) for group in groups}
            case Number():
                value = random.randint(0, 6)
            case Words(most):
                value = narrative.text(random, officer.language, most)
            case Moment(ahead):
                value = (until + timedelta(days=random.randint(1, 14)) if ahead else at).isoformat()
            case Period():
                value = {"from": (until - SHIFT).isoformat(), "to": until.isoformat()}
            case Links():
                value = [number_of("WLD", until.year, random.randint(1, 60))]
            case Where():
                known = {"post": officer.post, "name": {"en": officer.post_name.en, "fr": officer.post_name.fr}}
                named = {"name": random.choice(_PLACES)}
                value = dict(random.choices((known, named, self.near[officer.post]), (60, 25, 15))[0])
        return value


async def _write(tx: Tx, month: Month, people: list[Officer], day: datetime, contingent: str, serial: int) -> int:
    for officer in people:
        for first, *later in month.of_day(officer, day):
            serial += 1
            number = number_of(contingent, day.year, serial)
            reports.add(tx, replace(first, number=number), day.year, serial)
            for one in later:
                reports.add_version(tx, one)
                reports.save(tx, one)
            newest = [first, *later][-1]
            if newest.reviewed_by is not None:
                asked = None if newest.state is ReportState.ACCEPTED else "À quelle heure?"
                decision = Decision(newest.state.value)
                report_reviews.add(tx, newest.id, newest.version.number, newest.reviewed_by, decision, asked)
    return serial


async def _last_day(tx: Tx, month: Month, people: list[Officer]) -> None:
    """Write the last day's duties, their check-ins, and who is absent."""
    plan = await posts.plan(tx)
    if plan is None:
        raise LookupError("no contingent has been loaded")
    for officer in people:
        away = month.chance(AWAY) and officer.role is Role.OFFICER
        if away:
            since = END - timedelta(days=month.random.randint(1, 10))
            kind, until = month.random.choice(list(AbsenceKind)), END + timedelta(days=month.random.randint(1, 10))
            confirmed = AbsenceState.CONFIRMED
            absences.add(tx, Absence(month.id(since), officer.code, kind, since, until, confirmed, since, "o0", since))
        for watch in plan.watches_of(officer.post):
            for slot in slots(watch, officer.timezone, END - timedelta(days=1), END - timedelta(hours=1)):
                duty = from_slot(slot, officer.code, month.id(slot.due_at))
                _settle(tx, month, replace(duty, state=DutyState.EXCUSED) if away else duty)


def _settle(tx: Tx, month: Month, duty: Duty) -> None:
    """Write what became of a duty: answered, in time or late; not answered, then found by voice or open still."""
    if duty.state is DutyState.EXCUSED:
        duties.add(tx, duty)
        return
    drawn = month.random.random()
    late = drawn < LATE
    at = (duty.deadline if late else duty.opens_at) + timedelta(seconds=month.random.randint(60, 7000))
    if not LATE < drawn < LATE + VERIFIED + OVERDUE:
        answer = Checkin(month.id(at), duty.officer, at, at + timedelta(seconds=2))
        checkins.add(tx, answer, None)
        stage = Stage.JUDGED if late else Stage.PLANNED
        duties.add(tx, replace(duty, state=DutyState.ANSWERED, checkin=answer.id, stage=stage))
        return
    case = Alert(
        month.id(duty.deadline), duty.officer, AlertKind.OVERDUE, AlertState.OPEN, duty.due_at, duty.deadline, None,
        rung=1, round=1,
    )  # fmt: skip
    state, answered = DutyState.OVERDUE, None
    if drawn < LATE + VERIFIED:
        state, closed_at = DutyState.ACCOUNTED, duty.deadline + timedelta(minutes=25)
        how, closed = HowVerified.VOICE, AlertState.CLOSED
        case = replace(case, state=closed, outcome=Outcome.VERIFIED, how=how, closed_at=closed_at, closed_by="o0")
        told = Checkin(month.id(closed_at), duty.officer, closed_at, closed_at, Details(), Channel.VERIFIED, "o0", how)
        checkins.add(tx, told, None)
        answered = told.id
    else:
        case = replace(case, next_at=END + timedelta(minutes=5))
    alerts.add(tx, case)
    duties.add(tx, replace(duty, state=state, alert=case.id, checkin=answered, stage=Stage.JUDGED))


async def fill(store: Store, *, strength: int = STRENGTH, days: int = DAYS, seed: int = SEED) -> int:
    """Write a contingent and its month up to END into an empty database; return how many reports."""
    month, serial = Month(seed), 0
    async with store.begin() as tx:
        await load(tx, parse(roster(strength), "world.toml"))
    async with store.begin() as tx:
        people = await officers.every(tx)
        for number, officer in enumerate(people, start=1001):
            officers.bind_phone(tx, officer.code, number)
        await tx.flush()
        await _last_day(tx, month, people)
    for number in range(days):
        day = END.replace(hour=12) - timedelta(days=days - number)
        async with store.begin() as tx:  # a day at a time: what is not written yet is held in memory
            serial = await _write(tx, month, people, day, "WLD", serial)
    return serial


async def main() -> None:
    """Make the month in a folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--officers", type=int, default=STRENGTH)
    arguments.add_argument("--days", type=int, default=DAYS)
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    store = open_store(f"sqlite+aiosqlite:///{given.folder / 'vigie.db'}", MovableClock(END, held=True).now)
    await schema.create(store)
    count = await fill(store, strength=given.officers, days=given.days)
    await store.close()
    Console().print(f"{given.folder}: {count:,} reports of {given.officers:,} officers in {given.days} days")


if __name__ == "__main__":
    asyncio.run(main())

"""Situation reports: every heading is there, every section has its place, and each total is the sum of its reports."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import form as forms
from bot.domain.absence import AbsenceKind
from bot.domain.form import (
    TURNS_MAX,
    Choice,
    Choices,
    Counts,
    Links,
    Moment,
    Number,
    Period,
    Takes,
    Where,
    Words,
    locate,
)
from bot.domain.picture import State
from bot.domain.report import Report, ReportState, Version
from bot.domain.report_code import PEOPLE
from bot.domain.report_draft import Draft
from bot.domain.report_draft import given as given_answers
from bot.domain.report_form import FORMS
from bot.domain.sitrep import HEADINGS, Entry, Narrative, Part, SitrepKind, Tally, digest_of
from bot.domain.sitrep_compose import Day, Ground, compose
from bot.domain.sitrep_entry import ENTRIES_MOST, NOT_LISTED, entries_of, heading_of, listed
from bot.domain.sitrep_plan import day_of, last_whole_day, next_time, period_of, reporting_day
from bot.domain.sitrep_tally import Kept, Presence, median
from bot.domain.sitrep_victim import harmed

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
POSTS = ("BKO", "MPT")


def answers_to(takes: Takes) -> st.SearchStrategy[Any]:
    """Answers of the kind that a question takes, as they are kept."""
    if isinstance(takes, Choice):
        return st.sampled_from(takes.codes)
    if isinstance(takes, Choices):
        return st.lists(st.sampled_from(takes.codes), min_size=1, unique=True)
    if isinstance(takes, Counts):
        return st.fixed_dictionaries({group: st.integers(0, 50) for group in takes.groups})
    kept: dict[type[Takes], Any] = {
        Number: st.integers(0, 50),
        Moment: st.just(AT.isoformat()),
        Period: st.just({"from": AT.isoformat(), "to": AT.isoformat()}),
        Where: st.just({"name": "Sévaré"}),
        Links: st.lists(st.integers(1, 9999).map(lambda n: f"MLI-2026-{n:04}"), min_size=1, max_size=3, unique=True),
    }
    return kept.get(type(takes), st.text(min_size=1, max_size=20))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report as it would have been submitted: any form, any answers that it takes."""
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    answers: dict[str, Any] = {}
    for _ in range(2):  # answers bring up other questions
        for step in forms.steps(form, answers, frozenset()):
            if step.key not in answers and draw(st.booleans()):
                answers[step.key] = draw(answers_to(step.question.takes))
    counted = given_answers(form, Draft(form.code, answers))
    number = draw(st.integers(1, 10**6))
    since = AT - timedelta(minutes=draw(st.integers(0, 3000)))
    version = Version(1, form.code, counted, frozenset(), draw(st.sampled_from(("en", "fr"))), AT, AT)
    post = draw(st.sampled_from(POSTS))
    return Report(
        number, f"MLI-2026-{number}", "deniger", post, "MINUSMA", ReportState.SUBMITTED, version, since, since, AT
    )


def _tally(parts: Sequence[Part], heading: str, code: str) -> Tally:
    part = next(one for one in parts if one.heading == heading)
    return next(one for one in part.tallies if one.code == code)


def _people(reported: Sequence[Report], question: str) -> list[int]:
    return [sum((one.version.answers.get(question) or {}).get(group, 0) for one in reported) for group in PEOPLE]


def _victims(versions: Sequence[Version], code: str) -> list[int]:
    """Add up by hand what reports say of victims, a turn at a time."""
    total = [0, 0, 0, 0]
    for answers in (one.answers for one in versions):
        for turn in range(TURNS_MAX):
            named = f"{answers.get(f'victims.{turn}.victim_kind')}.{answers.get(f'victims.{turn}.harm')}"
            if named == code:
                counts = answers.get(f"victims.{turn}.harmed") or {}
                total = [sum(pair) for pair in zip(total, (counts.get(one, 0) for one in PEOPLE), strict=True)]
    return total


@given(st.lists(reports(), max_size=8), st.lists(reports(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_total_is_the_sum_of_its_reports(there: list[Report], late: list[Report]) -> None:
    parts = compose(SitrepKind.DAILY, Ground(POSTS, (), tuple(there), late=tuple(late)))
    every = [*there, *late]
    engaged = _tally(parts, "engagement", "engagement")
    assert list(engaged.sums[:4]) == _people(every, "reached")
    assert engaged.sums[4] == sum(one.version.answers.get("women_officers") or 0 for one in every)
    for post, numbers in engaged.rows:
        assert list(numbers[:4]) == _people([one for one in every if one.post == post], "reached")
    assert list(_tally(parts, "training", "training").sums[1:]) == _people(every, "trainees")[:2]
    assert sum(_tally(parts, "operations", "reports").sums) == len(every)
    incidents = [one for one in every if one.version.form in ("flash", "incident")]
    with_category = [one for one in incidents if "category" in one.version.answers]
    assert _tally(parts, "incidents", "incidents").sums[0] == len(with_category)
    for code, numbers in _tally(parts, "protection", "harm").rows:
        assert list(numbers) == _victims([one.version for one in every], code), code
    activities = [value for one in every for key, value in one.version.answers.items() if key.endswith(".type")]
    assert _tally(parts, "operations", "duties").sums[1] == len(activities)
    equipment = [kind for one in every for kind in one.version.answers.get("equipment") or []]
    assert sum(numbers[0] for _, numbers in _tally(parts, "logistics", "equipment").rows) == len(equipment)


@given(st.lists(reports(), max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_days_of_a_week_add_up_to_it(there: list[Report]) -> None:
    since = AT - timedelta(days=3)
    days = tuple(
        Day(str(n), since + timedelta(days=n), since + timedelta(days=n + 1), (Kept("BKO", n, 0, 0, n, 0, 0, 0),))
        for n in range(4)
    )
    trend = _tally(compose(SitrepKind.WEEKLY, Ground(POSTS, (), tuple(there), days=days)), "trends", "trend")
    assert trend.sums == (
        6, 0, 0, 6, 0, len(there), sum(one.version.form in ("flash", "incident") for one in there),
        sum(_people(there, "reached")),
    )  # fmt: skip


FLAGGED = {"category", "personnel", "help", "flags", "referral", "notified", "state"}


def about_a_survivor(one: Report) -> bool:
    answers = one.version.answers
    flagged = answers.get("category") == "sgbv" or {"sgbv", "child"} & set(answers.get("flags") or [])
    return one.version.form in ("flash", "incident") and bool(flagged)


@given(reports())
@settings(max_examples=60, deadline=None)
def test_what_a_report_says_stands_once_and_what_is_private_nowhere(one: Report) -> None:
    said = [(key, value) for entry in entries_of(one).values() for key, value in entry.answers.items()]
    assert len(said) == len(dict(said))
    for key, value in one.version.answers.items():
        section = locate(one.form, key).section
        listed_ = not section.private and section.code not in NOT_LISTED
        assert (key in dict(said)) == (listed_ and (not about_a_survivor(one) or key in FLAGGED))
        if key in dict(said):
            assert dict(said)[key] == (without_none(value) if key == "property" and value != ["none"] else value)


def without_none(value: list[str]) -> list[str]:
    """What was lost; beside it "no loss" is no answer."""
    return [one for one in value if one != "none"]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_section_of_every_form_has_its_heading(form: str) -> None:
    for section in FORMS[form].sections:
        heading = heading_of(form, section.code)
        assert heading is None or heading in HEADINGS[SitrepKind.DAILY], section.code
        if heading is None:
            # Only what is counted, private, or a way to reach somebody has none.
            assert section.private or section.code in NOT_LISTED
        if any(isinstance(one.takes, Words) for one in section.questions) and not section.private:
            assert heading is not None or section.code == "reach", section.code


@pytest.mark.parametrize("kind", list(SitrepKind))
def test_every_heading_appears_though_nothing_happened(kind: SitrepKind) -> None:
    parts = compose(kind, Ground(POSTS, (), ()))
    assert tuple(one.heading for one in parts) == HEADINGS[kind]
    assert all(one.empty for one in parts)


def test_each_officer_is_in_one_state_and_the_sum_is_the_strength() -> None:
    people = tuple(
        Presence(post, gender, state, absence, phone=True, unreachable=False)
        for post in POSTS
        for gender in ("f", "m", None)
        for state, absence in ((State.ANSWERED, None), (State.ABSENT, AbsenceKind.LEAVE), (State.DISTRESS, None))
    )
    parts = compose(SitrepKind.DAILY, Ground(POSTS, people, (), authorised=20))
    personnel = parts[0]
    assert dict(personnel.figures) == {"authorised": 20, "strength": 18}
    strength, sexes, accounted = personnel.tallies[:3]
    assert sum(accounted.sums) == 18
    assert all(numbers[0] == sum(numbers[1:]) for _, numbers in strength.rows)
    by_column = dict(zip((*strength.columns, *sexes.columns), (*strength.sums, *sexes.sums), strict=True))
    assert by_column["strength"] == 18
    assert by_column["present"] == 12
    assert by_column["leave"] == 6
    assert by_column["women"] == by_column["men"] == by_column["gender_not_stated"] == 6


def _entry(post: str, minute: int) -> Entry:
    return Entry(minute, f"MLI-2026-{minute}", 1, "daily", post, AT + timedelta(minutes=minute), "fr", {})


def test_what_is_left_out_is_counted_and_each_post_gets_its_share() -> None:
    many = [_entry("BKO", n) for n in range(100)] + [_entry("MPT", 200)]
    shown, more = listed(many, POSTS)
    assert len(shown) == ENTRIES_MOST
    assert more == 101 - ENTRIES_MOST
    assert shown[-1].post == "MPT"
    few = list(reversed(many[:5]))
    assert listed(few, POSTS) == (tuple(many[:5]), 0)


def test_a_translation_belongs_to_these_very_words() -> None:
    one = Narrative("report:1:observations", "Marché ouvert", "fr")
    assert one.digest == digest_of("Marché ouvert") != replace(one, text="Marché fermé").digest


def test_the_median_of_nothing_is_nothing() -> None:
    assert median([]) is None
    assert median([timedelta(minutes=3), timedelta(minutes=1), timedelta(minutes=20)]) == 180
    assert median([timedelta(minutes=1), timedelta(minutes=2)]) == 90


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.times(), st.sampled_from(("Africa/Bamako", "America/Toronto")))
def test_reporting_days_follow_each_other_without_a_gap(on: date, day_from: time, zone: str) -> None:
    day_from = day_from.replace(second=0, microsecond=0)
    since, until = reporting_day(on, day_from, zone)
    assert reporting_day(on + timedelta(days=1), day_from, zone)[0] == until
    assert timedelta(hours=22) < until - since < timedelta(hours=26)
    assert day_of(since + timedelta(hours=12), day_from, zone) == on
    week = period_of(SitrepKind.WEEKLY, on, day_from, zone)
    assert week == (reporting_day(on - timedelta(days=6), day_from, zone)[0], until)


def test_the_day_that_is_over_is_the_one_before() -> None:
    at = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert last_whole_day(at, time(0), "Africa/Bamako") == date(2026, 11, 23)
    assert last_whole_day(at, time(8), "Africa/Bamako") == date(2026, 11, 22)


def test_the_weekly_one_is_prepared_on_its_day() -> None:
    at = next_time(AT, time(6), "Africa/Bamako", weekday=0)
    assert at == datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
    assert next_time(AT, time(6), "Africa/Bamako") == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def _incident(number: int, version: int, form: str = "incident", /, **victims: Sequence[int]) -> Report:
    """An incident with victims: `civilian_killed=(2, 1, 0, 0)`."""
    answers: dict[str, Any] = {"category": "attack"}
    for turn, (code, counts) in enumerate(victims.items()):
        kind, _, harm = code.rpartition("_")
        answers[f"victims.{turn}.victim_kind"] = kind
        answers[f"victims.{turn}.harm"] = harm
        answers[f"victims.{turn}.harmed"] = dict(zip(PEOPLE, counts, strict=True))
    there = Version(version, form, answers, frozenset(), "fr", AT, AT)
    return Report(number, f"MLI-2026-{number}", "deniger", "MPT", "MINUSMA", ReportState.SUBMITTED, there, AT, AT, AT)


def _shown(tally: Tally) -> dict[str, tuple[int | None, ...]]:
    return dict(tally.shown)


def test_victims_stand_by_who_they_are_and_what_befell_them_civilians_first() -> None:
    one = _incident(1, 1, un_eu_wounded=(0, 1, 0, 0), civilian_killed=(2, 1, 0, 0), civilian_wounded=(0, 0, 3, 0))
    other = _incident(2, 1, civilian_killed=(1, 0, 0, 4))
    tally = _tally(compose(SitrepKind.DAILY, Ground(POSTS, (), (one, other))), "protection", "harm")
    assert tally.columns == PEOPLE
    assert list(_shown(tally).items()) == [
        ("civilian.killed", (3, 1, 0, 4)),
        ("civilian.wounded", (0, 0, 3, 0)),
        ("un_eu.wounded", (0, 1, 0, 0)),
    ]


def test_of_what_has_gone_out_before_only_the_difference_counts() -> None:
    flash, full = _incident(1, 1, "flash"), _incident(1, 2, civilian_killed=(2, 1, 0, 0))
    less = _incident(1, 3, civilian_killed=(1, 1, 0, 0), civilian_wounded=(1, 0, 0, 0))
    parts = compose(SitrepKind.DAILY, Ground(POSTS, (), (), updated=(full,), replaced=(flash.version,)))
    assert _shown(_tally(parts, "protection", "harm")) == {"civilian.killed": (2, 1, 0, 0)}
    parts = compose(SitrepKind.DAILY, Ground(POSTS, (), (), updated=(less,), replaced=(full.version,)))
    shown = _shown(_tally(parts, "protection", "harm"))
    assert shown == {"civilian.killed": (-1, 0, 0, 0), "civilian.wounded": (1, 0, 0, 0)}
    parts = compose(SitrepKind.DAILY, Ground(POSTS, (), (), updated=(full,), replaced=(full.version,)))
    assert _shown(_tally(parts, "protection", "harm")) == {}


def test_who_is_on_patrol_is_not_counted_as_present_too() -> None:
    def one(absence: AbsenceKind | None = None, *, out: bool = False) -> Presence:
        return Presence("MPT", "m", State.ANSWERED, absence, phone=True, unreachable=False, on_patrol=out)

    people = (one(), one(out=True), one(AbsenceKind.DUTY_TRAVEL, out=True), one(AbsenceKind.LEAVE))
    strength = compose(SitrepKind.DAILY, Ground(POSTS, people, ()))[0].tallies[0]
    row = dict(zip(strength.columns, dict(strength.rows)["MPT"], strict=True))
    assert row == {
        "strength": 4, "present": 1, "on_patrol": 1, "leave": 1, "sick": 0, "duty_travel": 1, "off_mission": 0
    }  # fmt: skip
    assert row["strength"] == sum(row.values()) - row["strength"]


def _equipment(number: int, post: str, *kinds: str) -> Report:
    version = Version(1, "daily", {"equipment": list(kinds)}, frozenset(), "fr", AT, AT)
    return Report(number, f"MLI-2026-{number}", "deniger", post, "MINUSMA", ReportState.SUBMITTED, version, AT, AT, AT)


def test_a_post_that_holds_channels_of_which_none_is_named_can_communicate() -> None:
    held = (("BKO", (("vhf", 4), ("satellite", 1))), ("MPT", ()))
    reported = (_equipment(1, "MPT", "mobile", "vehicle"), _equipment(2, "MPT", "mobile"), _equipment(3, "BKO", "vhf"))
    parts = compose(SitrepKind.DAILY, Ground(POSTS, (), reported, held=held))
    assert _tally(parts, "communications", "channels_held").columns == ("vhf", "satellite")
    assert _shown(_tally(parts, "communications", "channels_held")) == {"BKO": (4, 1)}
    down = _tally(parts, "communications", "channels_down")
    assert down.columns == ("vhf", "satellite", "mobile"), "no column that nobody holds and nobody names"
    assert _shown(down) == {"BKO": (1, 0, None), "MPT": (None, None, 2)}
    quiet = compose(SitrepKind.DAILY, Ground(POSTS, (), (), held=held))
    assert _shown(_tally(quiet, "communications", "channels_down")) == {"BKO": (0, 0)}
    silent = compose(SitrepKind.DAILY, Ground(POSTS, (), (), held=(("BKO", ()), ("MPT", ()))))
    assert all(one.empty for one in next(part for part in silent if part.heading == "communications").tallies)


def test_victims_of_before_they_had_turns_are_counted_where_it_is_known_who_they_were() -> None:
    def answered(*kinds: str) -> Report:
        killed = {"women": 1, "men": 0, "girls": 0, "boys": 0}
        one = _incident(1, 1)
        return replace(one, version=replace(one.version, answers={"victim_kind": list(kinds), "killed": killed}))

    tally = harmed([answered("civilian"), answered("civilian", "un_eu"), answered()])
    assert _shown(tally) == {"civilian.killed": (1, 0, 0, 0), "unstated.killed": (2, 0, 0, 0)}

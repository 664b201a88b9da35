"""Whose report is reviewed by whom, what may be begun while another is written, and which times contradict."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import report_draft as drafts
from bot.domain import report_time
from bot.domain.bilingual import Text
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Role
from bot.domain.post import Post
from bot.domain.report import (
    Report,
    ReportDraft,
    ReportState,
    Version,
    covers,
    may_lie_on,
    may_name,
    may_read,
    version_of,
)
from bot.domain.report_form import DAILY, FLASH, FORMS, INCIDENT, PATROL
from bot.domain.report_review import may_review, reviews_of

AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ANYWHERE = Text("x", "x")


def officer(role: Role, post: str = "MPT", code: str = "") -> Officer:
    name = code or f"{role}-{post}"
    return Officer(name, ANYWHERE, name, ANYWHERE, "MINUSMA", post, ANYWHERE, "Africa/Bamako", role, "en")


def report_of(author: Officer) -> Report:
    version = Version(1, "daily", {}, frozenset(), "en", AT, AT)
    return Report(1, "MLI-2026-0001", author.code, author.post, "MINUSMA", ReportState.SUBMITTED, version, AT, AT, AT)


EVERYBODY = [officer(role, post) for role in Role for post in ("MPT", "BKO")]
# The table by hand: who reviews what a person of this role wrote in Mopti.
REVIEWERS = {
    Role.OFFICER: {"lead-MPT", "deputy-MPT", "deputy-BKO", "commander-MPT", "commander-BKO"},
    Role.LEAD: {"deputy-MPT", "deputy-BKO", "commander-MPT", "commander-BKO"},
    Role.DEPUTY: {"deputy-BKO", "commander-MPT", "commander-BKO"},
    Role.COMMANDER: {"deputy-MPT", "deputy-BKO"},
}


@pytest.mark.parametrize("role", REVIEWERS)
def test_who_reviews_what(role: Role) -> None:
    author = officer(role)
    assert {one.code for one in EVERYBODY if may_review(report_of(author), author, one)} == REVIEWERS[role]


def test_without_a_deputy_nobody_reviews_the_commander_and_all_who_may_read_still_do() -> None:
    boss, lead, other = officer(Role.COMMANDER), officer(Role.LEAD), officer(Role.LEAD, "BKO")
    assert not any(may_review(report_of(boss), boss, one) for one in (boss, lead, other))
    assert [may_read(report_of(boss), one) for one in (boss, lead, other)] == [True, True, False]


@pytest.mark.parametrize("form", FORMS)
def test_an_incident_report_is_named_by_those_of_its_post_and_those_who_read_it(form: str) -> None:
    theirs = report_of(officer(Role.OFFICER))
    theirs = replace(theirs, version=replace(theirs.version, form=form))
    everybody = {one.code for one in EVERYBODY if one.post == "MPT" or one.role in (Role.DEPUTY, Role.COMMANDER)}
    may = {one.code for one in EVERYBODY if may_name(theirs, one)}
    assert may == (everybody if form in ("flash", "incident") else set())
    assert may_name(theirs, officer(Role.LEAD, "BKO"), told=True) == (form in ("flash", "incident"))
    moved = officer(Role.OFFICER, "BKO", code=theirs.officer)
    assert may_name(theirs, moved) == (form in ("flash", "incident")), "one's own"


def test_who_was_told_of_a_flash_reads_it_while_they_act() -> None:
    theirs = report_of(officer(Role.OFFICER))
    assert may_read(theirs, officer(Role.LEAD, "BKO"), told=True)
    for role in (Role.OFFICER, Role.LIAISON, Role.ADMIN):
        assert not may_read(theirs, officer(role, "BKO"), told=True)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LIAISON, Role.ADMIN])
def test_who_reviews_nothing_has_nothing_waiting(role: Role) -> None:
    assert reviews_of(officer(role)).roles == frozenset()


def draft(form: str, **more: Any) -> ReportDraft:
    return ReportDraft(7, "x", drafts.begin(FORMS[form]), "en", AT, AT, **more)


def test_what_may_be_begun_while_another_is_written() -> None:
    full = draft(INCIDENT.code, corrects=1)
    for writing in FORMS:
        assert may_lie_on(draft(FLASH.code), draft(writing))
        assert may_lie_on(full, draft(writing)) == (writing not in (FLASH.code, INCIDENT.code))
        assert not may_lie_on(draft(DAILY.code), draft(writing))
        assert not may_lie_on(replace(full, reason="an error"), draft(writing)), "a correction"


LEFT = {"left_at": "2026-11-22T22:00:00+00:00"}
OCCURRED = {"occurred_at": "2026-11-22T22:00:00+00:00"}


@pytest.mark.parametrize(
    ("answers", "key", "at", "refused"),
    [
        (LEFT, "back_at", "21:59", No.TOO_EARLY),
        (LEFT, "back_at", "22:00", None),
        (LEFT, "first_place_at", "21:59", No.TOO_EARLY),
        (LEFT | {"back_at": "2026-11-22T23:00:00+00:00"}, "first_place_at", "23:01", No.TOO_LATE),
        (LEFT | {"back_at": "2026-11-22T23:00:00+00:00"}, "left_at", "23:01", No.TOO_LATE),
        (LEFT | {"back_at": "2026-11-22T23:00:00+00:00"}, "left_at", "23:00", None),
        (OCCURRED, "informed_at", "21:59", No.TOO_EARLY),
        (OCCURRED, "informed_at", "23:30", None),
        (OCCURRED, "on_scene_at", "21:50", None),
        (OCCURRED, "on_scene_at", "21:49", No.TOO_EARLY),
        (OCCURRED, "police_at", "21:49", No.TOO_EARLY),
        (OCCURRED | {"police_at": "2026-11-22T22:05:00+00:00"}, "occurred_at", "22:16", No.TOO_LATE),
        ({}, "back_at", "21:59", None),
        (LEFT, "informed_at", "21:59", None),
    ],
)
def test_times_that_contradict(answers: dict[str, Any], key: str, at: str, refused: No | None) -> None:
    value = f"2026-11-22T{at}:00+00:00"
    if refused is None:
        report_time.check(answers, key, value)
        return
    with pytest.raises(RefusalError) as refusal:
        report_time.check(answers, key, value)
    assert refusal.value.code is refused
    assert answers[refusal.value.facts["field"]] == refusal.value.facts["at"]


def test_a_draft_from_before_that_contradicts_is_not_submitted_and_says_where() -> None:
    answers = {
        **{"patrol_type": "foot", "task": "t", "places_visited": "p"},
        **LEFT,
        "back_at": "2026-11-22T21:00:00+00:00",
    }
    nothing = frozenset(section.code for section in PATROL.sections if section.nothing)
    writing = replace(draft("patrol"), draft=drafts.Draft("patrol", answers, nothing))
    with pytest.raises(RefusalError) as refused:
        version_of(writing, None, AT, AT)
    assert (refused.value.code, refused.value.facts["key"]) == (No.TOO_EARLY, "back_at")
    right = replace(writing, draft=replace(writing.draft, answers=answers | {"back_at": "2026-11-23T04:00:00+00:00"}))
    since, until = covers(PATROL, version_of(right, None, AT, AT).answers, AT)
    assert (since.hour, until.hour) == (22, 4)


def test_the_window_in_which_a_time_of_day_is_looked_for() -> None:
    period = {"from": "2026-11-21T06:00:00+00:00", "to": "2026-11-22T06:00:00+00:00"}
    assert report_time.window({"period": period}, "activities.0.time") == (
        AT.replace(day=21, hour=6),
        AT.replace(day=22, hour=6),
    )
    assert report_time.window(LEFT, "back_at") == (AT.replace(day=22, hour=22), AT.replace(hour=22))
    assert report_time.window(OCCURRED, "informed_at") == (AT.replace(day=22, hour=22), AT.replace(hour=22))
    for answers, key in (({}, "time"), (LEFT, "left_at"), ({}, "back_at"), (OCCURRED, "occurred_at")):
        assert report_time.window(answers, key) is None


def test_a_long_code_is_short_on_a_button_and_stands_for_one_post() -> None:
    assert Post("MPT", ANYWHERE, "UTC").button_code == "MPT"
    long = [Post(code, ANYWHERE, "UTC").button_code for code in ("ANSONGO_CAMP_001", "ANSONGO_CAMP_002")]
    assert len(set(long)) == 2
    assert all(len(one) == 10 for one in long)

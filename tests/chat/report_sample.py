"""A sample of every message about reports: each question of each form, and what is said of a report."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import form as forms
from bot.domain import report_message as report
from bot.domain.bilingual import Text
from bot.domain.errors import No
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Step, Where
from bot.domain.message import Message
from bot.domain.officer import Person
from bot.domain.report import ReportState
from bot.domain.report_form import FORMS
from bot.domain.report_menu import AskDiscard, ReportDiscarded, ReportMenu, ReportPaused
from bot.domain.report_part import parts_of

ID = 3_744_444_444_444_444_444
NUMBER = "MLI-2026-0042"
WHO = Person("roy", Text("Insp.", "insp."), "Roy <Ada> & {x}", "f", Text("Bamako", "Bamako"), "EUCAP", None)
AT = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
POSTS = (("BKO", Text("Bamako", "Bamako")), ("MPT", Text("Mopti", "Mopti")))
LINKS = ((NUMBER, AT), ("MLI-2026-12345", datetime(2026, 11, 30, 7, 10, tzinfo=UTC)))
UNIT = Text("Co-location & Gao<x>", "Colocation & Gao<x>")
MARKING = Text("Unclassified", "Non classifié")
BY = report.Byline(WHO, "Mike & 21<x>", UNIT, MARKING)
LONG = "On a vu <b>trois</b> hommes & un camion 🚚. " * 90
PROPOSALS = (
    report.Proposal("since_last", AT, AT),
    report.Proposal("24h", AT, datetime(2026, 11, 24, 7, 10, tzinfo=UTC)),
)


def an_answer(step: Step) -> Any:
    """Return an answer of the kind that the question takes, with what may break a message in it."""
    takes = step.question.takes
    if isinstance(takes, Choice):
        return takes.codes[0]
    if isinstance(takes, Choices):
        return list(takes.codes)
    return {
        Counts: {"women": 1, "men": 2000, "girls": 0, "boys": 3},
        Number: 4,
        Moment: "2026-11-23T06:10:00+00:00",
        Period: {"from": "2026-11-22T20:00:00+00:00", "to": "2026-11-23T06:00:00+00:00"},
        Links: [number for number, _ in LINKS],
        Where: {"name": "<Sévaré>", "grid": "30PUB72510161", "latitude": 14.48428, "longitude": -4.18296},
    }.get(type(takes), LONG)


def filled(code: str) -> dict[str, Any]:
    """Return a report with an answer to everything."""
    answers: dict[str, Any] = {}
    for _ in range(3):
        answers = {one.key: an_answer(one) for one in forms.steps(FORMS[code], answers, frozenset())}
    return {key: value for key, value in answers.items() if not key.endswith(".more")}


def view(code: str, state: ReportState, **facts: Any) -> report.ReportView:
    nothing = () if code != "daily" else ("equipment", "plans")
    return report.ReportView(
        ID, NUMBER, code, 2, state, WHO, filled(code), nothing, "fr", AT, AT, AT, AT, reason="<oubli>",
        call_sign=BY.call_sign, unit=UNIT, marking=MARKING, **facts,
    )  # fmt: skip


def _questions() -> list[Message]:
    found: list[Message] = []
    for code, form in FORMS.items():
        answers = filled(code)
        steps = list(forms.steps(form, answers, frozenset()))
        for number, step in enumerate(steps, start=1):
            before = (steps[number - 2].key, answers.get(steps[number - 2].key)) if number > 1 else None
            ask = report.AskReport(ID, code, step.key, number, len(steps), before=before)
            ask = _with_offers(ask, step)
            found.append(ask)
        found.append(report.AskReport(ID, code, steps[-1].key, 2, 9, answer="closed", complete=True, mending=True))
    return found


def _with_offers(ask: report.AskReport, step: Step) -> report.AskReport:
    where, period = isinstance(step.question.takes, Where), isinstance(step.question.takes, Period)
    offers: dict[str, Any] = {"posts": POSTS if where else (), "proposals": PROPOSALS if period else ()}
    offers["links"] = LINKS if isinstance(step.question.takes, Links) else ()
    return report.AskReport(**{**vars(ask), **offers})


# All at once, as no report has them: the longest line that there can be.
_SILENT = tuple(section.code for section in FORMS["daily"].sections if section.nothing)
_ACCEPTED = {"reviewed_at": AT, "reviewed_by": WHO}
_ASKED = {"question": "Combien de camions & de gens?", "reviewed_at": AT, "reviewed_by": WHO}

_FAR, _NEAR = ({"latitude": -14.4842812, "longitude": sign * 104.1829612} for sign in (1, -1))

EVERY: list[Message] = [
    *_questions(),
    report.AskReport(ID, "daily", "reached", 9, 23, refused=No.BAD_COUNTS, facts={}, answer={"women": 1, "men": 0}),
    report.AskReport(ID, "daily", "flags", 9, 23, answer=["sgbv", "child"]),
    report.AskReport(ID, "daily", "persons_met", 9, 23, silent=True),
    report.AskReport(ID, "daily", "incident_numbers", 9, 23, answer=[NUMBER], links=LINKS),
    report.AskReport(
        ID, "patrol", "incident_numbers", 9, 23, refused=No.NO_SUCH_INCIDENT, facts={"number": "MLI-2026-0099"}
    ),
    report.AskReport(ID, "patrol", "incident_numbers", 9, 23, refused=No.TOO_MANY_LINKS, facts={"most": 20}),
    *(
        report.AskReport(ID, code, key, 1, 23, refused=no, facts=facts, posts=POSTS)
        for code, key in (("daily", "activities.7.place"), ("flash", "place"))
        for no, facts in (
            (No.OTHER_ZONE, {"given": {"grid": "30PPP08289744"}, "likely": {"grid": "29PPP08289744"}}),
            (No.FAR_PLACE, {"given": _FAR, "likely": _NEAR, "km": 899, "post": {"en": "Mopti", "fr": "Mopti"}}),
            (No.FAR_PLACE, {"given": _FAR, "likely": None, "km": 12_899, "post": {"en": "Gao", "fr": "Gao"}}),
            (
                No.FAR_PLACE,
                {
                    "given": {"grid": "33PPP0828997448"},
                    "likely": {"grid": "29PPP0828997448"},
                    "km": 1899,
                    "post": {"en": "Mopti", "fr": "Mopti"},
                },
            ),
        )
    ),
    report.AskReport(ID, "flash", "category", 1, 8, aside="investigation"),
    report.AskReport(
        ID, "patrol", "back_at", 9, 23, refused=No.TOO_EARLY, facts={"field": "left_at", "at": AT.isoformat()}
    ),
    *(
        ReportMenu(draft, "daily" if draft else None, mine, waiting, reviews)
        for draft, mine, waiting, reviews in ((None, 0, 0, False), (ID, 3, 2, True), (None, 1, 0, True))
    ),
    ReportMenu(ID, "flash", 0, 0, False, ("incident", "daily")),
    *(report.ReportPreview(ID, code, filled(code), (), (), (), None, by=by) for code in FORMS for by in (BY, None)),
    report.ReportPreview(
        ID, "daily", filled("daily"), (), (), (), None, outside=("activities.0.time", "activities.1.time")
    ),
    report.AskReport(
        ID,
        "daily",
        "activities.0.place",
        4,
        23,
        before=("activities.0.time", "2026-11-23T06:10:00+00:00"),
        outside=True,
    ),
    report.ReportPreview(ID, "daily", {}, ("activities", "flags"), ("period", "duty_type"), (NUMBER, NUMBER), NUMBER),
    *(
        report.ReportMend(ID, code, tuple(one.key for one in forms.steps(form, {}, frozenset())))
        for code, form in FORMS.items()
    ),
    report.ReportPreview(ID, "daily", {}, (), (), (), None, sent=NUMBER),
    ReportPaused(ID, "patrol"),
    ReportDiscarded(),
    ReportDiscarded((ID, "investigation")),
    AskDiscard(ID, "meeting"),
    report.AskCorrection(NUMBER),
    *(
        report.ReportReceipt(NUMBER, code, version, AT, ID, told, flash)
        for code, version, told, flash in (("daily", 1, 0, False), ("daily", 2, 1, False), ("flash", 1, 3, True))
    ),
    report.ReportReceipt(NUMBER, "flash", 1, AT, ID, 3, flash=True, waits=(ID, "daily")),
    *(
        one
        for code, form in FORMS.items()
        for number, version in ((NUMBER, 2), (None, None))
        for one in parts_of(ID, form, filled(code), _SILENT, number, version, BY)
    ),
    *(report.ReportCard(view(code, ReportState.SUBMITTED), mine=False, may_review=True) for code in FORMS),
    report.ReportCard(view("daily", ReportState.ACCEPTED, **_ACCEPTED), mine=True, may_review=False),
    report.ReportCard(
        replace(view("patrol", ReportState.SUBMITTED), received_at=AT + timedelta(hours=3)), mine=False, may_review=True
    ),
    report.ReportCard(view("flash", ReportState.RETURNED, **_ASKED), mine=True, may_review=True),
    report.ReportCard(view("daily", ReportState.SUBMITTED, answer="<Deux>", **_ASKED), mine=True, may_review=False),
    report.ReportNew(ID, NUMBER, "patrol", 1, WHO),
    report.ReportNew(ID, NUMBER, "patrol", 2, WHO, "heure corrigée"),
    report.FlashNews(view("flash", ReportState.SUBMITTED)),
    *(
        report.ReportList(rows, page, pages, inbox)
        for rows, page, pages, inbox in (
            ((), 0, 1, False),
            ((), 0, 1, True),
            ((report.ReportRow(ID, NUMBER, "daily", ReportState.RETURNED, WHO, AT, AT, 1),), 1, 3, True),
            ((report.ReportRow(ID, NUMBER, "daily", ReportState.ACCEPTED, WHO, AT, AT, 1),), 0, 1, False),
        )
    ),
    report.AskReviewQuestion(NUMBER),
    report.ReportReturned(ID, NUMBER, "daily", WHO, "Combien de camions & de gens?"),
    report.AskReviewAnswer(NUMBER, "Combien de camions & de gens?"),
    report.ReviewAnswered(ID, NUMBER, "daily", WHO, "Combien?", "Deux & demi"),
    report.ReportAccepted(NUMBER, "daily", WHO),
    *(
        report.ReviewRecorded(NUMBER, what, 2 if what == "accepted" else 0)
        for what in ("accepted", "returned", "answered")
    ),
]

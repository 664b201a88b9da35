"""Reports as rows of a table: one row a report, columns by the stable codes of the forms."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.domain.form import TURNS_MAX, Choices, Counts, Links, Moment, Period, Takes, Where
from bot.domain.report import Report
from bot.domain.report_code import HARM, PEOPLE, VICTIM_KINDS
from bot.domain.report_form import FORMS
from bot.domain.report_section import ENGAGED
from bot.services.sheet import instant

# `submitted_at` is when the first version was sent; `sent_at` and `received_at` are the newest one's.
_HEAD = (
    "number", "form", "version", "review", "officer", "name", "call_sign", "unit", "post", "mission", "marking",
    "language", "since", "until", "submitted_at", "sent_at", "received_at", "reviewed_at", "reviewed_by", "reason",
    "ntr",
)  # fmt: skip
_ENGAGED = ("number", "form", "officer", "post", "mission", "since", "until")
_VICTIMS = "victims"  # their turns are summed: which was said first counts for nothing
_PRIVATE = {section.code for form in FORMS.values() for section in form.sections if section.private}


def _asked() -> dict[str, Takes]:
    """Return what each answer is, by its key; of private headings none. The turns of a section that repeats come last.

    What several forms ask by one code is one column. Victims have columns of their own.
    """
    once: dict[str, Takes] = {}
    turns: dict[str, Takes] = {}
    for section in (one for form in FORMS.values() for one in form.sections if not one.private):
        if section.code == _VICTIMS:
            continue
        if section.turns:
            keys = ((f"{section.code}.{turn}.", one) for turn in range(TURNS_MAX) for one in section.questions)
            turns |= {turn + one.code: one.takes for turn, one in keys}
        else:
            # The period of a report is its `since` and `until`.
            once |= {one.code: one.takes for one in section.questions if not isinstance(one.takes, Period)}
    return once | turns


def _columns(key: str, takes: Takes) -> list[str]:
    return [f"{key}.{group}" for group in takes.groups] if isinstance(takes, Counts) else [key]


_ASKED = _asked()
# How many victims of each kind, of what, and of which sex and age.
HARMED = [f"{_VICTIMS}.{kind}.{harm}.{group}" for kind in VICTIM_KINDS for harm in HARM for group in PEOPLE]
COLUMNS = [*_HEAD, *(column for key, takes in _ASKED.items() for column in _columns(key, takes)), *HARMED]
# Whom the duty reached, for sums by sex and age.
COUNTED = [column for one in ENGAGED.questions for column in _columns(one.code, one.takes)]
ENGAGEMENT = [*_ENGAGED, *COUNTED]
# One row for each kind of victim and what happened to them.
VICTIMS = [*_ENGAGED, "victim_kind", "harm", *PEOPLE]


def row(report: Report, name: str) -> dict[str, Any]:
    """Return the row of a report and its officer's name; a cell without an answer is missing."""
    version = report.version
    cells: dict[str, Any] = {
        "number": report.number,
        "form": version.form,
        "version": version.number,
        "review": report.state.value,
        "officer": report.officer,
        "name": name,
        "call_sign": report.call_sign,
        "unit": report.unit.en if report.unit is not None else None,
        "post": report.post,
        "mission": report.mission,
        "marking": report.marking.en if report.marking is not None else None,
        "language": version.language,
        "since": instant(report.since),
        "until": instant(report.until),
        "submitted_at": instant(report.submitted_at),
        "sent_at": instant(version.sent_at),
        "received_at": instant(version.received_at),
        "reviewed_at": instant(report.reviewed_at) if report.reviewed_at else None,
        "reviewed_by": report.reviewed_by,
        "reason": version.reason,
        "ntr": " ".join(sorted(version.nothing - _PRIVATE)) or None,
    }
    for key, value in version.answers.items():
        if (takes := _ASKED.get(key)) is not None:
            cells.update(_cells(key, takes, value))
    for (kind, harm), people in _harmed(report).items():
        cells.update((f"{_VICTIMS}.{kind}.{harm}.{group}", number) for group, number in people.items())
    return cells


def victims(report: Report, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a report's victims; `row`: that of the report itself."""
    head = {name: row[name] for name in _ENGAGED}
    for (kind, harm), people in _harmed(report).items():
        yield {**head, "victim_kind": kind, "harm": harm, **people}


def _harmed(report: Report) -> dict[tuple[str, str], Counter[str]]:
    """Return the victims by kind and by what happened to them; what was said in two turns is added up."""
    answers = report.version.answers
    found: dict[tuple[str, str], Counter[str]] = {}
    for key, harm in answers.items():
        turn, _, question = key.rpartition(".")
        if question == "harm":
            people = found.setdefault((answers[f"{turn}.victim_kind"], harm), Counter(dict.fromkeys(PEOPLE, 0)))
            people.update(answers[f"{turn}.harmed"])
    return found


def _cells(key: str, takes: Takes, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the cells of an answer: counts by group, codes side by side, a place by its name and reference."""
    match takes:
        case Counts():
            yield from ((f"{key}.{group}", number) for group, number in value.items())
        case Choices() | Links():
            yield key, " ".join(value)
        case Moment():
            yield key, instant(datetime.fromisoformat(value))
        case Where():
            yield key, _place(value)
        case _:
            yield key, value


def _place(value: dict[str, Any]) -> str:
    name, where = value.get("name"), value.get("grid")
    if where is None and "latitude" in value:
        where = f"{value['latitude']}, {value['longitude']}"
    return " ".join(part for part in (name["en"] if isinstance(name, dict) else name, where) if part)

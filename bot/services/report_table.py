"""Reports as rows of a table: one row a report, columns by the stable codes of the forms."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.domain.form import TURNS_MAX, Choices, Counts, Moment, Period, Takes, Where
from bot.domain.report import Report
from bot.domain.report_form import ENGAGED, FORMS
from bot.services.sheet import instant

# `submitted_at` is when the first version was sent; `sent_at` and `received_at` are the newest one's.
_HEAD = (
    "number", "form", "version", "review", "officer", "name", "post", "mission", "language", "since", "until",
    "submitted_at", "sent_at", "received_at", "reviewed_at", "reviewed_by", "reason", "ntr",
)  # fmt: skip
_ENGAGED = ("number", "form", "officer", "post", "mission", "since", "until")
_PRIVATE = {section.code for form in FORMS.values() for section in form.sections if section.private}


def _asked() -> dict[str, Takes]:
    """Return what each answer is, by its key; of private headings none. The turns of a section that repeats come last.

    What several forms ask by one code is one column.
    """
    once: dict[str, Takes] = {}
    turns: dict[str, Takes] = {}
    for section in (one for form in FORMS.values() for one in form.sections if not one.private):
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
COLUMNS = [*_HEAD, *(column for key, takes in _ASKED.items() for column in _columns(key, takes))]
# Whom the duty reached, for sums by sex and age.
COUNTED = [column for one in ENGAGED.questions for column in _columns(one.code, one.takes)]
ENGAGEMENT = [*_ENGAGED, *COUNTED]


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
        "post": report.post,
        "mission": report.mission,
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
    return cells


def _cells(key: str, takes: Takes, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the cells of an answer: counts by group, codes side by side, a place by its name and reference."""
    match takes:
        case Counts():
            yield from ((f"{key}.{group}", number) for group, number in value.items())
        case Choices():
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

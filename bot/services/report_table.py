"""Reports as rows of a table: one row a report, columns by the stable codes of the forms."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.form import Counts, Question, Section
from bot.domain.report import Report
from bot.domain.report_form import FORMS

_HEAD = (
    "number", "form", "version", "state", "officer", "name", "post", "mission", "language", "since", "until",
    "submitted_at", "received_at", "reviewed_at", "reviewed_by", "reason", "ntr",
)  # fmt: skip
_ENGAGED = ("number", "form", "officer", "post", "mission", "since", "until")


def _questions() -> Iterator[tuple[Section, Question]]:
    """Yield every question once; those of a section that repeats are one column, and what is private is none."""
    seen = set()
    for form in FORMS.values():
        for section in form.sections:
            for one in section.questions:
                code = section.code if section.turns else one.code
                if not section.private and code not in seen:
                    seen.add(code)
                    yield section, one


def _columns() -> list[str]:
    found = list(_HEAD)
    for section, one in _questions():
        if section.turns:
            found.append(section.code)
        elif isinstance(one.takes, Counts):
            found += [f"{one.code}.{group}" for group in one.takes.groups]
        else:
            found.append(one.code)
    return found


COLUMNS = _columns()
# Only what is counted, for sums by sex and age.
COUNTED = [one.code for _, one in _questions() if isinstance(one.takes, Counts)]
ENGAGEMENT = [*_ENGAGED, *(name for name in COLUMNS if name.partition(".")[0] in COUNTED)]


def rows(found: Iterable[tuple[Report, str]]) -> Iterator[dict[str, Any]]:
    """Yield a row for each report and its officer's name; a cell without an answer is missing."""
    for report, name in found:
        version = report.version
        row: dict[str, Any] = {
            "number": report.number,
            "form": version.form,
            "version": version.number,
            "state": report.state.value,
            "officer": report.officer,
            "name": name,
            "post": report.post,
            "mission": report.mission,
            "language": version.language,
            "since": report.since,
            "until": report.until,
            "submitted_at": report.submitted_at,
            "received_at": version.received_at,
            "reviewed_at": report.reviewed_at,
            "reviewed_by": report.reviewed_by,
            "reason": version.reason,
            "ntr": " ".join(sorted(version.nothing)),
        }
        turns: dict[str, dict[int, dict[str, Any]]] = {}
        for key, value in version.answers.items():
            section, _, rest = key.partition(".")
            if rest:
                turn, _, code = rest.partition(".")
                turns.setdefault(section, {}).setdefault(int(turn), {})[code] = value
            elif section in COUNTED:
                row |= {f"{key}.{group}": number for group, number in value.items()}
            else:
                row[key] = _cell(value)
        for section, each in turns.items():
            row[section] = json.dumps([each[turn] for turn in sorted(each)], ensure_ascii=False)
        yield {column: row[column] for column in COLUMNS if row.get(column) is not None}


def _cell(value: Any) -> Any:
    """Return an answer as one cell: codes side by side, a place by its name and reference, a period as two instants."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, dict) and "from" in value:
        return f"{value['from']}/{value['to']}"
    if isinstance(value, dict):
        name = value.get("name")
        parts = [name["en"] if isinstance(name, dict) else name, value.get("grid")]
        return " ".join(str(part) for part in parts if part)
    return value

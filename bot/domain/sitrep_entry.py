"""Which heading of the situation report each section of each report goes under; what is private goes nowhere."""

from collections.abc import Iterable
from typing import Any

from bot.domain.form import locate
from bot.domain.report import Report
from bot.domain.report_code import PROPERTY
from bot.domain.report_form import FORMS
from bot.domain.sitrep import Entry

# Entries under one heading; what is left out is counted, so that a contingent of thousands still gets a readable one.
ENTRIES_MOST = 40

# Sections that stand under the same heading whatever the form.
_ANYWHERE = {
    "activities": "operations",
    "action": "operations",
    "observations": "security",
    "attitude": "security",
    "armed_elements": "security",
    "persons_met": "engagement",
    "poc": "protection",
    "displaced": "protection",
    "flags": "engagement",
    "incidents": "incidents",
    "force": "incidents",
    "equipment": "logistics",
    "conditions": "movements",
    "route": "movements",
    "dead_spots": "communications",
    "follow_up": "ahead",
    "plans": "ahead",
    "assessment": "assessment",
    "recommendation": "assessment",
    "patrol": "operations",
    "training": "training",
    "progress": "training",
    "support": "operations",
    "meeting": "operations",
}
# Those for which the form decides. An incident stays in one piece, but for what others must act on.
_IN_FORM = {
    ("patrol", "times"): "movements",
    ("training", "difficulties"): "training",
    ("investigation", "difficulties"): "operations",
    **{
        (form, section): "incidents"
        for form in ("flash", "incident")
        for section in (
            "category", "occurred", "where", "personnel", "help", "what", "action", "times", "actors", "victims",
            "means", "why", "source", "authorities", "property", "notified", "state",
        )
    },
}  # fmt: skip
# Only counted (the period, the main duty, people reached), private (welfare), or a telephone number.
NOT_LISTED = frozenset({"period", "duty", "engagement", "welfare", "reach"})


def heading_of(form: str, section: str) -> str | None:
    """Return the heading under which a section is listed, or nothing; raises KeyError for one that nobody placed."""
    if section in NOT_LISTED:
        return None
    return _IN_FORM.get((form, section)) or _ANYWHERE[section]


# Of an incident that concerns a survivor or a child only so much goes out: flagged, counted, referred, and no way to
# know who it was. Not the words, not the place, not the minute.
_FLAGGED = frozenset({"category", "personnel", "help", "flags", "referral", "notified", "state"})


def _goes_out(report: Report, key: str) -> bool:
    answers = report.version.answers
    flagged = answers.get("category") == "sgbv" or {"sgbv", "child"} & set(answers.get("flags") or ())
    return report.version.form not in ("flash", "incident") or not flagged or key in _FLAGGED


def _without_none(key: str, value: Any) -> Any:
    """Return an answer without "no loss" where it stands beside losses: whoever ticked both has lost something."""
    if key == "property" and isinstance(value, list) and len(value) > 1:
        return [one for one in value if one != PROPERTY[0]]
    return value


def entries_of(report: Report, *, late: bool = False) -> dict[str, Entry]:
    """Return what a report says, by heading of the situation report."""
    version = report.version
    said: dict[str, dict[str, object]] = {}
    for key, value in version.answers.items():
        section = locate(FORMS[version.form], key).section
        hidden = section.private or not _goes_out(report, key)
        heading = None if hidden else heading_of(version.form, section.code)
        if heading is not None:
            said.setdefault(heading, {})[key] = _without_none(key, value)
    return {
        heading: Entry(
            report.id,
            report.number,
            version.number,
            version.form,
            report.post,
            report.until,
            version.language,
            answers,
            late,
        )
        for heading, answers in said.items()
    }


def listed(entries: Iterable[Entry], posts: Iterable[str], most: int = ENTRIES_MOST) -> tuple[tuple[Entry, ...], int]:
    """Return the entries that are shown, by post and time, and how many are not. Each post gets its share."""
    by_post: dict[str, list[Entry]] = {post: [] for post in posts}
    every = sorted(entries, key=lambda one: (one.at, one.number))
    for one in every:
        by_post.setdefault(one.post, []).append(one)
    if len(every) <= most:
        return tuple(one for there in by_post.values() for one in there), 0
    turns = [(turn, order, one) for order, there in enumerate(by_post.values()) for turn, one in enumerate(there)]
    kept = sorted(turns, key=lambda turn: turn[:2])[:most]
    shown = sorted(kept, key=lambda turn: (turn[1], turn[0]))
    return tuple(one for _, _, one in shown), len(every) - most

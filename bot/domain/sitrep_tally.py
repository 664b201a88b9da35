"""The totals of a situation report: each is the sum over its reports, or a count of people at its end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.absence import AbsenceKind
from bot.domain.officer import Gender
from bot.domain.picture import State
from bot.domain.report import Report
from bot.domain.report_code import CATEGORIES, CHANNELS, DUTY_TYPES, EQUIPMENT, FLAGS, PEOPLE, REFERRALS
from bot.domain.sitrep import Tally

# What each post holds: codes of CHANNELS, and how many sets of each.
Holdings = Sequence[tuple[str, Sequence[tuple[str, int]]]]

FORM_COLUMNS = ("daily", "patrol", "training", "investigation", "meeting", "incident")


@dataclass(frozen=True)
class Presence:
    """One officer of the strength at the end of the period. `on_patrol`: by a patrol report that covers it."""

    post: str
    gender: Gender | None
    state: State
    absence: AbsenceKind | None
    phone: bool
    unreachable: bool
    on_patrol: bool = False


@dataclass(frozen=True)
class Kept:
    """The check-ins of one post whose deadline lies in the period; `proxy`: of these, entered by somebody else.

    What is due is answered on time, answered late, missed, or `awaited`: not judged yet.
    """

    post: str
    due: int
    on_time: int
    late: int
    missed: int
    excused: int
    proxy: int
    awaited: int = 0


@dataclass(frozen=True)
class Cases:
    """The alerts of one kind: opened and closed within the period, open at its end."""

    kind: str
    opened: int
    closed: int
    open: int


def _by_post(posts: Sequence[str], found: Iterable[tuple[str, Sequence[int]]], width: int) -> list[list[int]]:
    rows = {post: [0] * width for post in posts}
    for post, numbers in found:
        row = rows.setdefault(post, [0] * width)
        for at, number in enumerate(numbers):
            row[at] += number
    return list(rows.values())


def _tally(
    code: str, posts: Sequence[str], columns: tuple[str, ...], found: Iterable[tuple[str, Sequence[int]]]
) -> Tally:
    rows = _by_post(posts, found, len(columns))
    return Tally(code, "post", columns, tuple((post, tuple(row)) for post, row in zip(posts, rows, strict=True)))


def strength(posts: Sequence[str], people: Sequence[Presence]) -> Tally:
    """Return who is there: strength, present, on patrol, away and why; but for the first, the parts add up to it."""
    columns = ("strength", "present", "on_patrol", *AbsenceKind)

    def row(one: Presence) -> list[int]:
        there, out = one.absence is None and not one.on_patrol, one.absence is None and one.on_patrol
        return [1, int(there), int(out), *(int(one.absence is kind) for kind in AbsenceKind)]

    return _tally("strength", posts, tuple(map(str, columns)), ((one.post, row(one)) for one in people))


def sexes(posts: Sequence[str], people: Sequence[Presence]) -> Tally:
    """Return women and men of the strength, and those of whom the roster does not say."""

    def row(one: Presence) -> list[int]:
        return [int(one.gender == "f"), int(one.gender == "m"), int(one.gender is None)]

    columns = ("women", "men", "gender_not_stated")
    return _tally("sexes", posts, columns, ((one.post, row(one)) for one in people))


def accounted(posts: Sequence[str], people: Sequence[Presence]) -> Tally:
    """Return in which one state each officer is: the sum of a row is the post's strength."""
    order = (
        State.ANSWERED, State.AWAITED, State.ABSENT, State.OVERDUE, State.ASSISTANCE, State.DISTRESS,
        State.NOT_ENROLLED,
    )  # fmt: skip
    rows = ((one.post, [int(one.state is state) for state in order]) for one in people)
    return _tally("accounted", posts, tuple(state.value for state in order), rows)


def filed(posts: Sequence[str], reports: Sequence[Report]) -> Tally:
    """Return how many reports of each kind there are; a flash counts as an incident."""

    def row(one: Report) -> list[int]:
        form = "incident" if one.is_flash else one.version.form
        return [int(form == column) for column in FORM_COLUMNS]

    return _tally("reports", posts, FORM_COLUMNS, ((one.post, row(one)) for one in reports))


def duties(reports: Sequence[Report]) -> Tally:
    """Return main duties, activities and reports of their own, by type of duty."""
    counted = {"main_duties": Counter[str](), "activities": Counter[str](), "own_reports": Counter[str]()}
    for one in reports:
        answers = one.version.answers
        if "duty_type" in answers:
            counted["main_duties"][answers["duty_type"]] += 1
        counted["activities"].update(
            value for key, value in answers.items() if key.startswith("activities.") and key.endswith(".type")
        )
        if own := _own_type(one):
            counted["own_reports"][own] += 1
    rows = tuple((kind, tuple(column[kind] for column in counted.values())) for kind in DUTY_TYPES)
    return Tally("duties", "duty_type", tuple(counted), rows)


def _own_type(one: Report) -> str | None:
    match one.version.form:
        case "patrol":
            return "joint_patrol" if str(one.version.answers.get("patrol_type", "")).startswith("joint") else "patrol"
        case "training":
            return "colocation" if one.version.answers.get("training_type") == "mentoring" else "training"
        case "meeting":
            return "meeting"
        case "investigation":
            return "operation"
    return None


def engagement(posts: Sequence[str], reports: Sequence[Report]) -> Tally:
    """Return whom the contingent reached, by sex and age, and how many of its women took part."""

    def row(one: Report) -> list[int]:
        answers = one.version.answers
        return [*_counts(answers.get("reached"), PEOPLE), int(answers.get("women_officers") or 0)]

    return _tally("engagement", posts, (*PEOPLE, "women_officers"), ((one.post, row(one)) for one in reports))


def training(posts: Sequence[str], reports: Sequence[Report]) -> Tally:
    """Return sessions reported on, and women and men trained (those of other reports too)."""

    def row(one: Report) -> list[int]:
        return [int(one.version.form == "training"), *_counts(one.version.answers.get("trainees"), PEOPLE[:2])]

    return _tally("training", posts, ("sessions", *PEOPLE[:2]), ((one.post, row(one)) for one in reports))


def _counts(value: object, groups: Sequence[str]) -> list[int]:
    return [int(value.get(group) or 0) for group in groups] if isinstance(value, dict) else [0] * len(groups)


def flags(reports: Sequence[Report]) -> Tally:
    """Return the concerns flagged, and to whom they were referred; never more than that."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in reports:
        referral = str(one.version.answers.get("referral") or REFERRALS[-1])
        counted.update((flag, referral) for flag in one.version.answers.get("flags") or [])
    rows = tuple((flag, tuple(counted[flag, referral] for referral in REFERRALS)) for flag in FLAGS)
    return Tally("flags", "flags", REFERRALS, rows, summed=False)


def incidents(reports: Sequence[Report]) -> Tally:
    """Return incidents by category: how many, of how many only the flash is in, how many are not settled."""
    found = [one for one in reports if one.version.form in ("flash", "incident")]
    rows = []
    for category in CATEGORIES:
        of = [one for one in found if one.version.answers.get("category") == category]
        still = sum(one.version.answers.get("state") != "closed" for one in of)
        if of:
            rows.append((category, (len(of), sum(one.is_flash for one in of), still)))
    return Tally("incidents", "category", ("incidents", "flash_only", "unsettled"), tuple(rows))


def equipment(reports: Sequence[Report]) -> Tally:
    """Return how many reports name each kind of equipment as out of order."""
    counted = Counter(kind for one in reports for kind in one.version.answers.get("equipment") or [])
    # A code that no form offers any more stands in reports of before, and is counted all the same.
    kinds = (*EQUIPMENT, *sorted(counted.keys() - set(EQUIPMENT)))
    rows = tuple((kind, (counted[kind],)) for kind in kinds if counted[kind])
    return Tally("equipment", "equipment", ("reports_naming",), rows, summed=False)


def communications(posts: Sequence[str], people: Sequence[Presence], reports: Sequence[Report]) -> Tally:
    """Return the phones that Vigie reaches, and the places without coverage that reports name, by post."""

    def found() -> Iterable[tuple[str, Sequence[int]]]:
        for one in people:
            yield one.post, [int(one.phone), int(one.phone and one.unreachable), 0]
        for report in reports:
            yield report.post, [0, 0, int("dead_spots" in report.version.answers)]

    return _tally("communications", posts, ("phones", "unreachable", "dead_spots"), found())


def channels_held(held: Holdings) -> Tally:
    """Return how many sets of each channel a post holds; a post that says nothing of it has no row."""
    columns = tuple(kind for kind in CHANNELS if any(dict(there).get(kind) for _, there in held))
    rows = tuple((post, tuple(dict(there).get(kind, 0) for kind in columns)) for post, there in held if there)
    return Tally("channels_held", "post", columns, rows)


def channels_down(posts: Sequence[str], held: Holdings, reports: Sequence[Report]) -> Tally:
    """Return how many reports name each channel of a post as out of order.

    A zero is a channel that the post holds and that nobody names; of one that it does not hold there is no number.
    """
    named = Counter((one.post, kind) for one in reports for kind in one.version.answers.get("equipment") or [])
    known = {(post, kind) for post, there in held for kind, sets in there if sets} | set(named)
    columns = tuple(kind for kind in CHANNELS if any((post, kind) in known for post in posts))
    rows = tuple(
        (post, tuple(named[post, kind] if (post, kind) in known else None for kind in columns)) for post in posts
    )
    return Tally("channels_down", "post", columns, rows, zeros=True)


def compliance(posts: Sequence[str], kept: Sequence[Kept]) -> Tally:
    """Return what became of the check-ins that were due."""
    columns = ("due", "on_time", "late", "missed", "awaited", "excused", "proxy")
    rows = ((one.post, [getattr(one, column) for column in columns]) for one in kept)
    return _tally("compliance", posts, columns, rows)


def alarms(cases: Sequence[Cases]) -> Tally:
    """Return the alerts of the period by kind."""
    rows = tuple((one.kind, (one.opened, one.closed, one.open)) for one in cases)
    return Tally("alerts", "alert", ("opened", "closed", "open"), rows)


def median(lengths: Sequence[timedelta]) -> int | None:
    """Return the median of some lengths of time in seconds, or nothing without any."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    middle = len(ordered) // 2
    found = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return round(found.total_seconds())

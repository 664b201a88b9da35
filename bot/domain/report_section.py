"""The headings that several forms of reports share."""

from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Question, Section, Words
from bot.domain.report_code import ADULTS, CONFIDENCE, FLAGS, OWNERS, PEOPLE, REFERRALS, SOURCES


def text(code: str, *, required: bool = False, most: int = 4096) -> Question:
    """Return a question that only a person can answer, in their own words."""
    return Question(code, Words(most), required=required)


def heading(code: str, *more: Question, most: int = 4096) -> Section:
    """Return a section that begins with what only a person can say; the rest is asked only if something was said."""
    return Section(code, (text(code, required=True, most=most), *more), nothing=True)


PERIOD = Section("period", (Question("period", Period(), required=True),))
OBSERVED = heading(
    "observations",
    Question("source", Choice(SOURCES), needs="observations"),
    Question("confidence", Choice(CONFIDENCE), needs="observations"),
)
ENGAGED = Section(
    "engagement",
    (
        Question("reached", Counts(PEOPLE), required=True),
        Question("women_officers", Number()),
        Question("trainees", Counts(ADULTS)),
    ),
    nothing=True,
)
REPORTED = heading("incidents", Question("incident_numbers", Links(), needs="incidents"))
PROTECTION = heading("poc")
FLAGGED = Section(
    "flags",
    (
        Question("flags", Choices(FLAGS), required=True),
        Question("referral", Choice(REFERRALS), required=True, needs="flags"),
    ),
    nothing=True,
)
FOLLOWED_UP = heading(
    "follow_up",
    Question("owner", Choice(OWNERS), required=True, needs="follow_up"),
    Question("follow_up_due", Moment(ahead=True), needs="follow_up"),
)
ASSESSED = Section("assessment", (text("assessment"),), nothing=True)
WELFARE = Section("welfare", (text("welfare", most=1000),), nothing=True, private=True)

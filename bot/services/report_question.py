"""What the officer is shown while writing a report: one question, or the whole of it before it is sent."""

from datetime import datetime, timedelta

from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain import report_time
from bot.domain.form import Form, Links, Period, Step, Where
from bot.domain.officer import Officer
from bot.domain.report import ReportDraft, covers, overlaps
from bot.domain.report_message import AskReport, Proposal, ReportPreview
from bot.services import attachment, report_link, report_view
from bot.store import outbox
from bot.store import post as posts
from bot.store import report as reports
from bot.store.engine import Tx

# What is proposed as the period of a report, where no report came before.
SHIFTS = (timedelta(hours=24), timedelta(hours=12))
# A gap longer than this is no shift: "since the last report" would be weeks.
SINCE_LAST_MAX = timedelta(days=3)
SINCE_LAST_MIN = timedelta(hours=1)
LOOKED_BACK = 20  # of the own reports, to find the last one of a form
# So many previews on the screen are settled; older ones have scrolled away.
PREVIEWS = 3
# So many posts are buttons, the own one first; another is typed.
PLACES = 12


async def ask(tx: Tx, officer: Officer, one: ReportDraft, step: Step) -> AskReport:
    """Return the question of a step, with where it stands and the buttons that need to know more than the form."""
    steps = list(forms.steps(one.form, one.draft.answers, one.draft.nothing))
    known = await posts.plan(tx)
    here = isinstance(step.question.takes, Where)
    places = sorted(known.posts, key=lambda post: post.code != officer.post)[:PLACES] if known and here else []
    return AskReport(
        draft=one.id,
        form=one.draft.form,
        key=step.key,
        number=[each.key for each in steps].index(step.key) + 1,
        of=len(steps),
        answer=one.draft.answers.get(step.key),
        silent=step.section.code in one.draft.nothing,
        begun=rules.begun(step.section, one.draft.answers),
        complete=not rules.missing(one.form, one.draft),
        mending=one.draft.mending,
        posts=tuple((post.button_code, post.name) for post in places),
        proposals=tuple(await proposals(tx, officer, one.form)) if isinstance(step.question.takes, Period) else (),
        links=await _links(tx, officer, one, step),
    )


async def _links(tx: Tx, officer: Officer, one: ReportDraft, step: Step) -> tuple[tuple[str, datetime], ...]:
    if not isinstance(step.question.takes, Links):
        return ()
    return await report_link.offered(tx, officer, one.draft.answers.get(step.key) or [])


async def proposals(tx: Tx, officer: Officer, form: Form) -> list[Proposal]:
    """Return the periods that need no typing: since the last report of that form, the last day and half day."""
    now = tx.now.replace(second=0, microsecond=0)
    found = [Proposal(f"{length // timedelta(hours=1)}h", now - length, now) for length in SHIFTS]
    latest = (
        one.until for one in await reports.of(tx, officer.code, most=LOOKED_BACK) if one.version.form == form.code
    )
    last = next(latest, None)
    if last is not None and SINCE_LAST_MIN <= now - last <= SINCE_LAST_MAX:
        found.insert(0, Proposal("since_last", last, now))
    return found


def thread(one: ReportDraft) -> str:
    """Return what the previews of a draft are tied together by."""
    return f"draft:{one.id}"


async def settle(tx: Tx, one: ReportDraft, number: str) -> None:
    """Take the buttons from the previews of a draft that was sent: nothing is left to press, and none says otherwise.

    Its questions keep theirs: an edit for each would double the messages, on lines that are bad enough.
    """
    for held in await outbox.held(tx, thread(one), (ReportPreview.kind,), PREVIEWS):
        outbox.edit(tx, held, ReportPreview(one.id, one.draft.form, {}, (), (), (), None, sent=number), thread(one))


async def preview(tx: Tx, officer: Officer, one: ReportDraft) -> ReportPreview:
    """Return the report as it would be sent, with what is to be pointed out before it is sent."""
    given = rules.given(one.form, one.draft)
    since, until = covers(one.form, given, tx.now)
    others = await reports.of_between(tx, officer.code, one.draft.form, since, until) if since < until else []
    corrected = await reports.one(tx, one.corrects) if one.corrects is not None else None
    return ReportPreview(
        draft=one.id,
        form=one.draft.form,
        answers=given,
        nothing=tuple(sorted(one.draft.nothing)),
        missing=tuple(step.key for step in rules.missing(one.form, one.draft)),
        overlaps=tuple(each.number for each in others if each.id != one.corrects and overlaps(each, since, until)),
        corrects=corrected.number if corrected else None,
        attached=await attachment.views(tx, one.id, one.corrects),
        by=await report_view.byline_of_draft(tx, officer, corrected),
        outside=report_time.outside(given),
    )

"""Reports being written: one draft a person, one question at a time, every answer kept at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain import answer as answers
from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Form, Moment, Period, Question, Step, Where
from bot.domain.officer import Officer, Right
from bot.domain.report import ReportDraft, covers, reopened
from bot.domain.report_draft import Draft
from bot.domain.report_form import DAILY, FORMS, OFFERED
from bot.domain.report_message import (
    AskDiscard,
    AskReport,
    Proposal,
    ReportDiscarded,
    ReportMend,
    ReportMenu,
    ReportPaused,
    ReportPreview,
)
from bot.services import dossier, place
from bot.store import audit, outbox
from bot.store import post as posts
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store.engine import Tx
from bot.store.ids import new_id

# What is proposed as the period of a report, where no report came before.
SHIFTS = (timedelta(hours=24), timedelta(hours=12))
# A gap longer than this is no shift: "since the last report" would be weeks.
SINCE_LAST_MAX = timedelta(days=3)

Change = Callable[[Form, Draft], Draft]


async def menu(tx: Tx, officer: Officer) -> None:
    """Answer /report: the draft to go on with, the kinds to begin, the own reports, the new ones of others."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    mine = (await dossier.of(tx, officer)).report
    reviews = officer.may(Right.ACT)
    only = None if officer.may(Right.ROSTER) else officer.post
    outbox.owe(
        tx,
        ReportMenu(
            draft=mine.id if mine else None,
            draft_form=mine.draft.form if mine else None,
            mine=await reports.count_of(tx, officer.code),
            waiting=await reports.count_waiting(tx, officer.code, only) if reviews else 0,
            reviews=reviews,
        ),
        to=officer.code,
    )


async def begin(tx: Tx, officer: Officer, form: str) -> None:
    """Begin a report. A draft that stands is not thrown away for it: it is offered instead."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    if form not in OFFERED:
        raise RefusalError(No.STALE_BUTTON)
    await _start(tx, officer, rules.begin(FORMS[form]))


async def begin_silent(tx: Tx, officer: Officer) -> None:
    """Begin the report of a day on which nothing happened: only the main duty is left to say, then it can be sent."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)
    period = (await _proposals(tx, officer))[0]
    answered = {"period": answers.span(period.since, period.until, tx.now)}
    await _start(tx, officer, rules.begin_silent(DAILY, answered, "duty_type"))


async def correct(tx: Tx, officer: Officer, which: int, reason: str | None) -> None:
    """Begin the next version of an own report, at its preview; the full report of a flash needs no reason."""
    found = await reports.one(tx, which)
    if found is None or found.officer != officer.code:
        raise RefusalError(No.NO_SUCH_REPORT)
    if reason is None and not found.is_flash:
        raise RefusalError(No.NEEDS_REASON)
    await _start(tx, officer, reopened(found), corrects=found.id, reason=reason)


async def _start(
    tx: Tx, officer: Officer, draft: Draft, *, corrects: int | None = None, reason: str | None = None
) -> None:
    await must_be_free(tx, officer)
    one = ReportDraft(new_id(tx.now), officer.code, draft, officer.language, tx.now, tx.now, corrects, reason)
    await _keep_and_ask(tx, officer, one)


async def must_be_free(tx: Tx, officer: Officer) -> None:
    """Raise RefusalError DRAFT_ALREADY if the officer is writing a report: one at a time."""
    if (await dossier.of(tx, officer)).report is not None:
        raise RefusalError(No.DRAFT_ALREADY)


async def mine(tx: Tx, officer: Officer, which: int | None = None) -> ReportDraft:
    """Return the officer's draft; raises RefusalError NO_DRAFT, or STALE_BUTTON for a button of an earlier one."""
    found = (await dossier.of(tx, officer)).report
    if found is None:
        raise RefusalError(No.NO_DRAFT if which is None else No.STALE_BUTTON)
    if which is not None and which != found.id:
        raise RefusalError(No.STALE_BUTTON)
    return found


async def press(tx: Tx, officer: Officer, which: int, key: str, code: str) -> None:
    """Take the answer of a button; on an older question it corrects that one, and the open question stays."""
    one = await mine(tx, officer, which)
    step = rules.step_at(one.form, one.draft, key)
    value = await _pressed(tx, officer, step.question, code)
    await _answer(tx, officer, one, step, value)


async def _pressed(tx: Tx, officer: Officer, question: Question, code: str) -> Any:
    match question.takes:
        case Choice(codes) if code in codes:
            return code
        case Moment(ahead=False) if code == "now":
            return tx.now.isoformat()
        case Where():
            return await place.of_post(tx, code)
        case Period():
            for one in await _proposals(tx, officer):
                if one.what == code:
                    return answers.span(one.since, one.until, tx.now)
    raise RefusalError(No.STALE_BUTTON)


async def toggle(tx: Tx, officer: Officer, which: int, key: str, code: str, shown: int) -> None:
    """Put a code in or take it out, on the message that shows them all."""
    one = await mine(tx, officer, which)
    one = replace(one, draft=rules.toggle(one.form, one.draft, key, code), paused=False)
    drafts.put(tx, one)
    dossier.forget(tx, officer.code)
    message = await _question(tx, officer, one, rules.step_at(one.form, one.draft, key))
    outbox.owe(tx, message, to=officer.code, edits=await outbox.by_message(tx, officer, shown))


async def typed(tx: Tx, officer: Officer, text: str, sent_at: datetime, code: str | None) -> bool:
    """Take a text as the answer to the open question; return False if none waits for one.

    `code`: which button's words the text is, if any. What cannot be read is told with the question, which stays open.
    """
    one = (await dossier.of(tx, officer)).report
    if one is None or one.paused or one.draft.at is None:
        return False
    step = rules.step_at(one.form, one.draft)
    try:
        value = await _read(tx, officer, step.question, text, sent_at, code)
    except RefusalError as refusal:
        message = await _question(tx, officer, one, step)
        outbox.owe(tx, replace(message, refused=refusal.code, facts=refusal.facts), to=officer.code)
        return True
    await _answer(tx, officer, one, step, value)
    return True


async def _read(tx: Tx, officer: Officer, question: Question, text: str, sent_at: datetime, code: str | None) -> Any:
    if code is not None and isinstance(question.takes, Choice):
        return code
    if code is not None and isinstance(question.takes, Choices):
        return [code]
    value = answers.typed(question, text, sent_at, officer.timezone)
    return await place.settled(tx, value) if isinstance(question.takes, Where) else value


async def located(tx: Tx, officer: Officer, latitude: float, longitude: float) -> bool:
    """Take a shared location as the answer, if the open question asks for a place."""
    one = (await dossier.of(tx, officer)).report
    if one is None or one.paused or one.draft.at is None:
        return False
    step = rules.step_at(one.form, one.draft)
    if not isinstance(step.question.takes, Where):
        return False
    value = await place.settled(tx, {"latitude": latitude, "longitude": longitude})
    await _answer(tx, officer, one, step, value)
    return True


async def _answer(tx: Tx, officer: Officer, one: ReportDraft, step: Step, value: Any) -> None:
    draft = rules.answer(one.form, one.draft, step.key, value)
    await _keep_and_ask(tx, officer, replace(one, draft=draft, paused=False), before=(step.key, value))


async def change(tx: Tx, officer: Officer, which: int | None, how: Change) -> None:
    """Move in the draft: skip, back, nothing to report, preview, or an answer chosen to be corrected."""
    one = await mine(tx, officer, which)
    await _keep_and_ask(tx, officer, replace(one, draft=how(one.form, one.draft), paused=False))


async def pause(tx: Tx, officer: Officer, which: int) -> None:
    """Lay the draft aside; what is typed no longer answers it until it is taken up again."""
    one = await mine(tx, officer, which)
    drafts.put(tx, replace(one, paused=True))
    dossier.forget(tx, officer.code)
    outbox.owe(tx, ReportPaused(one.id, one.draft.form), to=officer.code)


async def choose_mend(tx: Tx, officer: Officer, which: int) -> None:
    """Ask which answer is to be corrected."""
    one = await mine(tx, officer, which)
    steps = forms.steps(one.form, one.draft.answers, one.draft.nothing)
    keys = tuple(step.key for step in steps if step.question is not forms.ANOTHER)
    outbox.owe(tx, ReportMend(one.id, one.draft.form, keys), to=officer.code)


async def ask_discard(tx: Tx, officer: Officer, which: int) -> None:
    """Ask whether the draft may be thrown away."""
    one = await mine(tx, officer, which)
    outbox.owe(tx, AskDiscard(one.id, one.draft.form), to=officer.code)


async def discard(tx: Tx, officer: Officer, which: int) -> None:
    """Throw the draft away, because the officer said so twice."""
    await mine(tx, officer, which)
    drafts.drop(tx, officer.code)
    dossier.forget(tx, officer.code)
    audit.note(tx, officer.code, "report_discarded", officer.code)
    outbox.owe(tx, ReportDiscarded(), to=officer.code)


async def _keep_and_ask(tx: Tx, officer: Officer, one: ReportDraft, before: tuple[str, Any] | None = None) -> None:
    drafts.put(tx, one)
    dossier.forget(tx, officer.code)
    if one.draft.at is None:
        outbox.owe(tx, await _preview(tx, officer, one), to=officer.code)
        return
    message = await _question(tx, officer, one, rules.step_at(one.form, one.draft))
    outbox.owe(tx, replace(message, before=before), to=officer.code)


async def _question(tx: Tx, officer: Officer, one: ReportDraft, step: Step) -> AskReport:
    steps = list(forms.steps(one.form, one.draft.answers, one.draft.nothing))
    known = await posts.plan(tx)
    here = isinstance(step.question.takes, Where)
    places = sorted(known.posts, key=lambda post: post.code != officer.post) if known and here else []
    return AskReport(
        draft=one.id,
        form=one.draft.form,
        key=step.key,
        number=[each.key for each in steps].index(step.key) + 1,
        of=len(steps),
        answer=one.draft.answers.get(step.key),
        silent=step.section.code in one.draft.nothing,
        complete=not rules.missing(one.form, one.draft),
        mending=one.draft.mending,
        posts=tuple((post.code, post.name) for post in places),
        proposals=tuple(await _proposals(tx, officer)) if isinstance(step.question.takes, Period) else (),
    )


async def _proposals(tx: Tx, officer: Officer) -> list[Proposal]:
    """Return the periods that need no typing: since the last report, the last twenty-four and twelve hours."""
    now = tx.now.replace(second=0, microsecond=0)
    found = [Proposal(f"{length // timedelta(hours=1)}h", now - length, now) for length in SHIFTS]
    last = await reports.of(tx, officer.code, most=1)
    if last and timedelta() < now - last[0].until <= SINCE_LAST_MAX:
        found.insert(0, Proposal("since_last", last[0].until, now))
    return found


async def _preview(tx: Tx, officer: Officer, one: ReportDraft) -> ReportPreview:
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
        overlaps=tuple(each.number for each in others if each.id != one.corrects and each.since < until),
        corrects=corrected.number if corrected else None,
    )

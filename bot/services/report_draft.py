"""Reports being written: one draft a person, one question at a time, every answer kept at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import answer as answers
from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Form, Moment, Period, Question, Step, Where
from bot.domain.officer import Officer, Right
from bot.domain.report import ReportDraft, reopened
from bot.domain.report_draft import Draft
from bot.domain.report_form import DAILY, FORMS, OFFERED
from bot.domain.report_message import (
    AskDiscard,
    ReportDiscarded,
    ReportMend,
    ReportMenu,
    ReportPaused,
)
from bot.domain.talk import still_open
from bot.services import attachment, dossier, person, place, report_question
from bot.store import audit, outbox
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store.engine import Tx
from bot.store.ids import new_id

Change = Callable[[Form, Draft], Draft]


async def menu(tx: Tx, officer: Officer) -> None:
    """Answer /report: the draft to go on with, the kinds to begin, the own reports, the new ones of others."""
    must_write(officer)
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


def must_write(officer: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED if the officer's role writes no reports."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)


async def begin(tx: Tx, officer: Officer, form: str) -> None:
    """Begin a report. A draft that stands is not thrown away for it: it is offered instead."""
    must_write(officer)
    if form not in OFFERED:
        raise RefusalError(No.STALE_BUTTON)
    await _start(tx, officer, rules.begin(FORMS[form]))


async def begin_silent(tx: Tx, officer: Officer) -> None:
    """Begin the report of a day on which nothing happened: only the main duty is left to say, then it can be sent."""
    must_write(officer)
    period = (await report_question.proposals(tx, officer, DAILY))[0]
    answered = {"period": answers.span(period.since, period.until, tx.now)}
    await _start(tx, officer, rules.begin_silent(DAILY, answered, "duty_type"))


async def correct(tx: Tx, officer: Officer, which: int, reason: str | None) -> None:
    """Begin the next version of an own report, at its preview; the full report of a flash needs no reason."""
    must_write(officer)
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
    value = await _pressed(tx, officer, one.form, step.question, code)
    await _answer(tx, officer, one, step, value)


async def _pressed(tx: Tx, officer: Officer, form: Form, question: Question, code: str) -> Any:
    match question.takes:
        case Choice(codes) if code in codes:
            return code
        case Moment(ahead=False) if code == "now":
            return tx.now.isoformat()
        case Where():
            return await place.of_post(tx, code)
        case Period():
            for one in await report_question.proposals(tx, officer, form):
                if one.what == code:
                    return answers.span(one.since, one.until, tx.now)
    raise RefusalError(No.STALE_BUTTON)


async def toggle(tx: Tx, officer: Officer, which: int, key: str, code: str, shown: int) -> None:
    """Put a code in or take it out, on the message that shows them all."""
    one = await mine(tx, officer, which)
    one = replace(one, draft=rules.toggle(one.form, one.draft, key, code), paused=False)
    _keep(tx, officer, one)
    message = await report_question.ask(tx, officer, one, rules.step_at(one.form, one.draft, key))
    outbox.owe(tx, message, to=officer.code, edits=await outbox.by_message(tx, officer, shown))


async def typed(tx: Tx, officer: Officer, text: str, sent_at: datetime, code: str | None) -> bool:
    """Take a text as the answer to the open question; return False if none waits for one.

    `code`: which button's words the text is, if any. What cannot be read is told with the question, which stays open.
    """
    one = await asking(tx, officer)
    if one is None:
        return False
    step = rules.step_at(one.form, one.draft)
    try:
        value = await _read(tx, officer, one, step, text, sent_at, code)
    except RefusalError as refusal:
        message = await report_question.ask(tx, officer, one, step)
        outbox.owe(tx, replace(message, refused=refusal.code, facts=refusal.facts), to=officer.code)
        return True
    await _answer(tx, officer, one, step, value)
    return True


async def asking(tx: Tx, officer: Officer) -> ReportDraft | None:
    """Return the draft whose question the officer's next text answers, if there is one.

    Like any other question it waits for an hour: what comes later is meant otherwise. The draft itself stays.
    """
    one = (await dossier.of(tx, officer)).report
    if one is None or one.paused or one.draft.at is None or not officer.may(Right.CHECK_IN):
        return None
    return one if still_open(one.touched_at, tx.now) else None


async def _read(
    tx: Tx, officer: Officer, one: ReportDraft, step: Step, text: str, sent_at: datetime, code: str | None
) -> Any:
    question = step.question
    if code is not None and isinstance(question.takes, Choice):
        return code
    if code is not None and isinstance(question.takes, Choices):
        chosen = {code, *(one.draft.answers.get(step.key) or ())}
        return [each for each in question.takes.codes if each in chosen]
    value = answers.typed(question, text, sent_at, officer.timezone)
    return await place.settled(tx, value) if isinstance(question.takes, Where) else value


async def located(tx: Tx, officer: Officer, latitude: float, longitude: float) -> bool:
    """Take a shared location as the answer, if the open question asks for a place."""
    one = await asking(tx, officer)
    if one is None:
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
    """Throw the draft away with all that hangs on it, because the officer said so twice."""
    await mine(tx, officer, which)
    await attachment.drop_all(tx, which)
    drafts.drop(tx, officer.code)
    dossier.forget(tx, officer.code)
    audit.note(tx, officer.code, "report_discarded", officer.code)
    outbox.owe(tx, ReportDiscarded(), to=officer.code)


def _keep(tx: Tx, officer: Officer, one: ReportDraft) -> None:
    """Keep the draft. Its question is the newest: what is typed next answers no older one."""
    drafts.put(tx, replace(one, language=officer.language))
    person.answered(tx, officer)
    dossier.forget(tx, officer.code)


async def _keep_and_ask(tx: Tx, officer: Officer, one: ReportDraft, before: tuple[str, Any] | None = None) -> None:
    _keep(tx, officer, one)
    if one.draft.at is None:
        outbox.owe(tx, await report_question.preview(tx, officer, one), to=officer.code)
        return
    message = await report_question.ask(tx, officer, one, rules.step_at(one.form, one.draft))
    outbox.owe(tx, replace(message, before=before), to=officer.code)

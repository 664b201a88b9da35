"""Reports being written: one draft a person but for a flash, one question at a time, every answer kept at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import answer as answers
from bot.domain import form as forms
from bot.domain import period as spans
from bot.domain import report_draft as rules
from bot.domain import report_time
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Form, Links, Moment, Period, Question, Step, Where, of_button
from bot.domain.officer import Officer, Right
from bot.domain.report import ReportDraft, may_lie_on, reopened
from bot.domain.report_draft import Draft
from bot.domain.report_form import DAILY, FLASH, FORMS, OFFERED
from bot.domain.report_message import ReportMend
from bot.domain.talk import still_open
from bot.services import dossier, person, place, report_link, report_question
from bot.store import outbox
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store.engine import Tx
from bot.store.ids import new_id

Change = Callable[[Form, Draft], Draft]


def must_write(officer: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED if the officer's role writes no reports."""
    if not officer.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)


async def begin(tx: Tx, officer: Officer, form: str) -> None:
    """Begin a report. A draft that stands is not thrown away for it: a flash lays it aside, any other is refused."""
    must_write(officer)
    if form not in OFFERED:
        raise RefusalError(No.STALE_BUTTON)
    writing = (await dossier.of(tx, officer)).report
    if form == FLASH.code and writing is not None and writing.is_untouched_flash:
        await go_on(tx, officer, writing.id)
        return
    await _start(tx, officer, rules.begin(FORMS[form]))


async def begin_silent(tx: Tx, officer: Officer) -> None:
    """Begin the report of a day on which nothing happened: only the main duty is left to say, then it can be sent."""
    must_write(officer)
    period = (await report_question.proposals(tx, officer, DAILY))[0]
    answered = {"period": spans.span(period.since, period.until, tx.now)}
    await _start(tx, officer, rules.begin_silent(DAILY, answered, "duty_type"))


async def correct(tx: Tx, officer: Officer, which: int, reason: str | None) -> None:
    """Begin the next version of an own report, at its preview; the full report of a flash needs no reason.

    The full report lays another draft aside, as its flash did; pressed again, it goes on.
    """
    must_write(officer)
    found = await reports.one(tx, which)
    if found is None or found.officer != officer.code:
        raise RefusalError(No.NO_SUCH_REPORT)
    if reason is None and not found.is_flash:
        raise RefusalError(No.NEEDS_REASON)
    file = await dossier.of(tx, officer)
    if found.is_flash and file.report is not None and file.report.corrects == which:
        await go_on(tx, officer, file.report.id)
        return
    if any(one.corrects == which for one in file.aside):
        raise RefusalError(No.DRAFT_ASIDE)
    await _start(tx, officer, reopened(found), corrects=found.id, reason=reason)


async def _start(
    tx: Tx, officer: Officer, draft: Draft, *, corrects: int | None = None, reason: str | None = None
) -> None:
    one = ReportDraft(new_id(tx.now), officer.code, draft, officer.language, tx.now, tx.now, corrects, reason)
    file = await dossier.of(tx, officer)
    if file.report is not None:
        if not may_lie_on(one, file.report):
            raise RefusalError(No.DRAFT_ALREADY)
        drafts.put(tx, replace(file.report, paused=True))
        one = replace(one, slot=file.report.slot + 1)
    await _keep_and_ask(tx, officer, one, aside=file.report.draft.form if file.report is not None else None)


async def must_be_free(tx: Tx, officer: Officer) -> None:
    """Raise RefusalError DRAFT_ALREADY if the officer is writing a report: one at a time."""
    if (await dossier.of(tx, officer)).report is not None:
        raise RefusalError(No.DRAFT_ALREADY)


async def mine(tx: Tx, officer: Officer, which: int | None = None) -> ReportDraft:
    """Return the draft that the officer is writing; `which`: the one that a button is about.

    Raises RefusalError NO_DRAFT; or of a button of another one what became of that: DRAFT_ASIDE, ALREADY_SENT with its
    number, STALE_BUTTON.
    """
    file = await dossier.of(tx, officer)
    if file.report is not None and which in (None, file.report.id):
        return file.report
    if which is None:
        raise RefusalError(No.NO_DRAFT)
    if any(one.id == which for one in file.aside):
        raise RefusalError(No.DRAFT_ASIDE)
    if (number := await reports.sent_as(tx, officer.code, which)) is not None:
        raise RefusalError(No.ALREADY_SENT, number=number)
    raise RefusalError(No.STALE_BUTTON)


def drop(tx: Tx, officer: Officer, one: ReportDraft) -> None:
    """Let go of the draft that was being written; the one beneath is next, once its officer goes on with it."""
    drafts.drop(tx, one)
    dossier.forget(tx, officer.code)


async def press(tx: Tx, officer: Officer, which: int, key: str, code: str) -> None:
    """Take the answer of a button; on an older question it corrects that one, and the open question stays."""
    one = await mine(tx, officer, which)
    step = rules.step_at(one.form, one.draft, key)
    value = await _pressed(tx, officer, one.form, step.question, code)
    report_time.check(rules.given(one.form, one.draft), key, value)
    await _answer(tx, officer, one, step, value)


async def press_place(tx: Tx, officer: Officer, which: int, turn: int | None, said: str) -> None:
    """Take the place on a button under a doubt: as it was typed, or as it was likely meant; nothing is asked back.

    `turn`: that of the question it answers, where its section repeats.
    """
    one = await mine(tx, officer, which)
    steps = forms.steps(one.form, one.draft.answers, one.draft.nothing)
    step = next((each for each in steps if isinstance(each.question.takes, Where) and each.turn == turn), None)
    if step is None:
        raise RefusalError(No.STALE_BUTTON)
    await _answer(tx, officer, one, step, await place.settled(tx, answers.where(said)))


async def _pressed(tx: Tx, officer: Officer, form: Form, question: Question, code: str) -> Any:
    match question.takes:
        case Choice(codes) if (whole := of_button(codes, code)) is not None:
            return whole
        case Moment(ahead=False) if code == "now":
            return answers.to_the_minute(tx.now)
        case Where():
            return await place.of_post(tx, code)
        case Period():
            for one in await report_question.proposals(tx, officer, form):
                if one.what == code:
                    return spans.span(one.since, one.until, tx.now)
    raise RefusalError(No.STALE_BUTTON)


async def toggle(tx: Tx, officer: Officer, which: int, key: str, code: str, shown: int) -> None:
    """Put a code in or take it out, on the message that shows them all."""
    one = await mine(tx, officer, which)
    takes = rules.step_at(one.form, one.draft, key).question.takes
    if isinstance(takes, Choices):
        code = of_button(takes.codes, code) or code
    elif isinstance(takes, Links):
        code = await report_link.pressed(tx, officer, code, one.draft.answers.get(key) or [])
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
    if isinstance(question.takes, Links):
        named = one.draft.answers.get(step.key) or []
        return await report_link.settled(tx, officer, question.takes, answers.reports(text), named)
    known = rules.given(one.form, one.draft)
    value = answers.typed(question, text, sent_at, officer.timezone, report_time.window(known, step.key))
    report_time.check(known, step.key, value)
    return await place.typed(tx, officer, value) if isinstance(question.takes, Where) else value


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


async def go_on(tx: Tx, officer: Officer, which: int | None) -> None:
    """Ask the open question again, or show the preview."""
    await change(tx, officer, which, lambda _, draft: draft)


async def choose_mend(tx: Tx, officer: Officer, which: int) -> None:
    """Ask which answer is to be corrected."""
    one = await mine(tx, officer, which)
    steps = forms.steps(one.form, one.draft.answers, one.draft.nothing)
    keys = tuple(step.key for step in steps if step.question is not forms.ANOTHER)
    outbox.owe(tx, ReportMend(one.id, one.draft.form, keys), to=officer.code)


def _keep(tx: Tx, officer: Officer, one: ReportDraft) -> None:
    """Keep the draft. Its question is the newest: what is typed next answers no older one."""
    drafts.put(tx, replace(one, language=officer.language))
    person.answered(tx, officer)
    dossier.forget(tx, officer.code)


async def _keep_and_ask(
    tx: Tx,
    officer: Officer,
    one: ReportDraft,
    before: tuple[str, Any] | None = None,
    aside: str | None = None,
) -> None:
    _keep(tx, officer, one)
    if one.draft.at is None:
        preview = await report_question.preview(tx, officer, one)
        outbox.owe(tx, preview, to=officer.code, thread=report_question.thread(one))
        return
    message = await report_question.ask(tx, officer, one, rules.step_at(one.form, one.draft))
    outside = before is not None and before[0] in report_time.outside(rules.given(one.form, one.draft))
    outbox.owe(tx, replace(message, before=before, aside=aside, outside=outside), to=officer.code)

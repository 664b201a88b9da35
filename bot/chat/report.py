"""Reports in chat: the form, one question at a time; reading, correcting and reviewing what was submitted."""

from collections.abc import Awaitable, Callable

from bot.chat import texts
from bot.chat.case import Case, Context, Update
from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.checkin import says_nothing
from bot.domain.errors import No, RefusalError
from bot.domain.form import Words
from bot.domain.report import ReportDraft
from bot.domain.report_message import AskCorrection, AskReviewQuestion
from bot.domain.talk import Refused
from bot.services import person, report, report_draft, report_menu, report_whole

SILENT = "silent"  # the word of the button for a day on which nothing happened
DRAFT_REASON, DRAFT_QUESTION, DRAFT_ANSWER = "report_reason", "report_question", "report_answer"


def _pair(case: Case) -> tuple[str, str]:
    """Return the key and the code of a press that answers a question."""
    key, _, code = (case.press.word if case.press else "").partition("=")
    return key, code


async def menu(update: Update, context: Context) -> None:
    """Show what can be done with reports."""
    await report_menu.menu(context.case.tx, context.case.who)


async def begin(update: Update, context: Context) -> None:
    """Begin a report of the kind that was pressed."""
    case = context.case
    word = case.press.word if case.press else ""
    if word == SILENT:
        await report_draft.begin_silent(case.tx, case.who)
    else:
        await report_draft.begin(case.tx, case.who, word)


async def answer(update: Update, context: Context) -> None:
    """Take the answer of a button."""
    case = context.case
    key, code = _pair(case)
    await report_draft.press(case.tx, case.who, case.about, key, code)


async def place(update: Update, context: Context) -> None:
    """Take the place on a button under a doubt."""
    case = context.case
    turn, said = _pair(case)
    await report_draft.press_place(case.tx, case.who, case.about, int(turn) if turn.isdigit() else None, said)


async def toggle(update: Update, context: Context) -> None:
    """Put one of several codes in, or take it out."""
    case, query = context.case, update.callback_query
    key, code = _pair(case)
    shown = query.message.message_id if query is not None and query.message is not None else 0
    await report_draft.toggle(case.tx, case.who, case.about, key, code, shown)


async def move(update: Update, context: Context) -> None:
    """Skip, go back, say that there is nothing to report, lay aside, go on, throw away or submit.

    A move from an older question than the open one moves nothing, or a double tap would skip two: it asks again.
    """
    case = context.case
    word, _, key = (case.press.word if case.press else "").partition("=")
    if word in _STEPS:
        one = await report_draft.mine(case.tx, case.who, case.about)
        here = key == (one.draft.at or "")
        await report_draft.change(case.tx, case.who, case.about, _STEPS[word] if here else _stay)
    elif word in _MOVES:
        await _MOVES[word](case)
    else:
        raise RefusalError(No.STALE_BUTTON)


async def mend(update: Update, context: Context) -> None:
    """Go to the answer that is to be corrected."""
    case = context.case
    key = case.press.word if case.press else ""
    await report_draft.change(case.tx, case.who, case.about, lambda form, draft: rules.mend(form, draft, key))


async def typed(context: Context, text: str) -> bool:
    """Take a text as the answer to the open question of the report; return False if none waits for one."""
    case = context.case
    one = await report_draft.asking(case.tx, case.who)
    if one is None:
        return False
    if await _nothing(case, one, text):
        return True
    question = rules.step_at(one.form, one.draft).question
    code = texts.typed_code(question.takes, question.code, text, context.room.catalogues)
    return await report_draft.typed(case.tx, case.who, text, case.sent_at, code)


async def _nothing(case: Case, one: ReportDraft, text: str) -> bool:
    """Take "RAS", typed under a heading that may say so, for its button."""
    section = rules.step_at(one.form, one.draft).section
    if not (section.nothing and says_nothing(text)) or rules.begun(section, one.draft.answers):
        return False
    await report_draft.change(case.tx, case.who, one.id, rules.nothing_here)
    return True


async def in_words(context: Context, text: str) -> bool:
    """Take a text, which is also something else, as the answer to a question that takes such words or such a choice."""
    case = context.case
    one = await report_draft.asking(case.tx, case.who)
    if one is None:
        return False
    question = rules.step_at(one.form, one.draft).question
    code = texts.typed_code(question.takes, question.code, text, context.room.catalogues)
    if code is None and not isinstance(question.takes, Words):
        return False
    return await report_draft.typed(case.tx, case.who, text, case.sent_at, code)


async def asks_about_writer(case: Case) -> bool:
    """Return whether the open question of the report is about the officer's own health."""
    one = await report_draft.asking(case.tx, case.who)
    return one is not None and rules.step_at(one.form, one.draft).section.private


async def after_checkin(context: Context, text: str) -> None:
    """Carry on after words that were a check-in: "RAS" or "I am well" may be the answer, too; else ask again."""
    case = context.case
    one = await report_draft.asking(case.tx, case.who)
    if one is None or await _nothing(case, one, text):
        return
    if await asks_about_writer(case):
        await report_draft.typed(case.tx, case.who, text, case.sent_at, None)
    else:
        await report_draft.go_on(case.tx, case.who, one.id)


async def listed(update: Update, context: Context) -> None:
    """Show a page of the own reports, or of those that wait for a review."""
    case = context.case
    await report.listed(case.tx, case.who, inbox=bool(case.press and case.press.word == "inbox"), page=case.about)


async def card(update: Update, context: Context) -> None:
    """Show a report."""
    await report.card(context.case.tx, context.case.who, context.case.about)


async def whole(update: Update, context: Context) -> None:
    """Send a report in full, where its card has cut what was written."""
    await report_whole.of_report(context.case.tx, context.case.who, context.case.about)


async def correct(update: Update, context: Context) -> None:
    """Begin the correction of an own report: first the reason; the full report of a flash at once."""
    case = context.case
    which = case.about
    found = await report.own(case.tx, case.who, which)
    if found.is_flash:
        await report_draft.correct(case.tx, case.who, which, None)
        return
    await report_draft.must_be_free(case.tx, case.who)
    person.ask(case.tx, case.who, DRAFT_REASON, report=str(which))
    case.owe(AskCorrection(found.number))


async def reason(context: Context, text: str) -> None:
    """Take the reason of a correction and open the report for it."""
    case = context.case
    which = int(await case.asked("report"))
    if len(text) > report.REASON_MAX:
        raise RefusalError(No.TOO_LONG, limit=report.REASON_MAX, length=len(text))
    await _once(case, lambda: report_draft.correct(case.tx, case.who, which, text.strip()))


async def accept(update: Update, context: Context) -> None:
    """Accept a report."""
    case = context.case
    await report.accept(case.tx, case.who, case.about, _version(case))


async def ask_back(update: Update, context: Context) -> None:
    """Ask for the question with which a report is returned."""
    case = context.case
    which, version = case.about, _version(case)
    found = await report.may_return(case.tx, case.who, which, version)
    person.ask(case.tx, case.who, DRAFT_QUESTION, report=str(which), version=version)
    case.owe(AskReviewQuestion(found.number))


async def question(context: Context, text: str) -> None:
    """Return the report with the question that was typed."""
    case = context.case
    which, version = int(await case.asked("report")), int(await case.asked("version"))
    await _once(case, lambda: report.send_back(case.tx, case.who, which, version, text.strip()))


async def reply(update: Update, context: Context) -> None:
    """Ask the officer for the answer to a question about a report."""
    case = context.case
    which = case.about
    await report.ask_answer(case.tx, case.who, which)
    person.ask(case.tx, case.who, DRAFT_ANSWER, report=str(which))


async def reply_typed(context: Context, text: str) -> None:
    """Pass the officer's answer on."""
    case = context.case
    which = int(await case.asked("report"))
    await _once(case, lambda: report.answer(case.tx, case.who, which, text.strip()))


async def _once(case: Case, carry_out: Callable[[], Awaitable[None]]) -> None:
    """Carry out what was typed; what is too long is asked again, anything else can never be answered any more."""
    try:
        await carry_out()
    except RefusalError as refusal:
        if refusal.code is No.TOO_LONG:
            raise
        case.owe(Refused(refusal.code, refusal.facts))
    person.answered(case.tx, case.who)


def _version(case: Case) -> int:
    word = case.press.word if case.press else ""
    if not word.isdigit():
        raise RefusalError(No.STALE_BUTTON)
    return int(word)


async def _submit(case: Case) -> None:
    try:
        await report.submit(case.tx, case.who, case.about, case.sent_at)
    except RefusalError as refusal:
        if refusal.code not in (No.INCOMPLETE, No.TOO_EARLY):
            raise
        if refusal.code is No.TOO_EARLY:  # from before such a time was refused at once
            case.owe(Refused(refusal.code, refusal.facts))
        key = str(refusal.facts["key"])
        await report_draft.change(case.tx, case.who, case.about, lambda form, draft: rules.mend(form, draft, key))


def _stay(_: forms.Form, draft: rules.Draft) -> rules.Draft:
    return draft


_STEPS: dict[str, report_draft.Change] = {
    "skip": rules.skip,
    "none": rules.nothing_here,
    "rest": rules.nothing_more,
    "back": rules.back,
    "view": lambda _, draft: rules.preview(draft),
}
_MOVES: dict[str, Callable[[Case], Awaitable[None]]] = {
    "resume": lambda case: report_draft.go_on(case.tx, case.who, case.about),
    "pause": lambda case: report_menu.pause(case.tx, case.who, case.about),
    "mend": lambda case: report_draft.choose_mend(case.tx, case.who, case.about),
    "whole": lambda case: report_whole.of_draft(case.tx, case.who, case.about),
    "discard": lambda case: report_menu.ask_discard(case.tx, case.who, case.about),
    "discard_yes": lambda case: report_menu.discard(case.tx, case.who, case.about),
    "submit": _submit,
}

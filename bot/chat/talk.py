"""Everything said that is not a command: taps on the menu, answers to questions, words of danger, and the rest."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import ChatMember

from bot.chat import (
    absence,
    alert,
    checkin,
    contact,
    contact_care,
    danger,
    next_of_kin,
    own_entry,
    picture,
    report,
    sitrep,
    sos,
    texts,
)
from bot.chat.case import Context, Update
from bot.chat.unknown import not_understood
from bot.domain.alert import AlertKind
from bot.domain.bilingual import Language
from bot.domain.checkin import means_safe
from bot.domain.danger import sounds_like_danger
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Right
from bot.domain.talk import Cancelled, Help, LanguageChoice, Privacy
from bot.services import box, dossier, enrol, person, report_draft, report_menu
from bot.services import sos as sos_service


async def help_(update: Update, context: Context) -> None:
    """Show the commands of the role."""
    context.case.owe(Help(context.case.who.role))


async def privacy(update: Update, context: Context) -> None:
    """Show what is kept and who sees it."""
    context.case.owe(Privacy())


async def language(update: Update, context: Context) -> None:
    """Offer both languages."""
    context.case.owe(LanguageChoice())


async def choose_language(update: Update, context: Context) -> None:
    """Keep the language that was pressed."""
    case = context.case
    if case.press is None or case.press.about not in ("en", "fr"):
        raise RefusalError(No.STALE_BUTTON)
    chosen: Language = "en" if case.press.about == "en" else "fr"
    await enrol.choose_language(case.tx, case.who, chosen, first=case.press.word == "first")


async def me(update: Update, context: Context) -> None:
    """Show what Vigie holds about the reader."""
    await person.about_me(context.case.tx, context.case.who)


async def cancel(update: Update, context: Context) -> None:
    """Close the open question; nothing else is changed."""
    case = context.case
    file = await dossier.of(case.tx, case.who)
    if file.draft is None and case.press is None:
        if (writing := await report_draft.asking(case.tx, case.who)) is not None:
            await report_menu.pause(case.tx, case.who, writing.id)
            return
        raise RefusalError(No.NOTHING_TO_CANCEL)
    if file.draft is not None and file.draft.kind == sitrep.DRAFT_MORE and await sitrep.lay_aside(case):
        return
    person.answered(case.tx, case.who)
    case.owe(Cancelled())


async def text(update: Update, context: Context) -> None:
    """Take a text: a tap on the menu, the answer to a question, "I am safe" and nothing else, or danger."""
    case = context.case
    said = update.message.text if update.message is not None and update.message.text else ""
    intent = texts.intent(said, context.room.catalogues)
    if intent is not None:
        await _INTENTS[intent](update, context)
        return
    # Before any open question: whoever says "I am safe" and nothing else has checked in, whatever was asked before.
    if means_safe(said) and case.who.may(Right.CHECK_IN):
        await checkin.plain(context, tapped=False)
        await _also(context, said)
        return
    if sounds_like_danger(said):
        await _danger(context, said)
        return
    if await _answered(context, said):
        return
    # Whoever waits for help says what concerns it, unless they have gone on with a report since.
    taken = (
        (await _gone_on(context) and await report.typed(context, said))
        or await sos_service.detail(case.tx, case.who, text=said) is not None
        or await report.typed(context, said)
    )
    if not taken:
        await not_understood(update, context)


async def _answered(context: Context, said: str) -> bool:
    """Take the text as the answer to the question that is open, if there is one.

    Whoever has called for help since it was asked answers it no more: what they say concerns the call. And to the
    directory nothing goes of somebody in need, who has its command all the same.
    """
    case = context.case
    draft = (await dossier.of(case.tx, case.who)).draft
    if draft is None or draft.kind not in _DRAFTS:
        return False
    calls = await _calls(context)
    if any(since >= draft.at for since in calls) or (calls and draft.kind == contact.DRAFT):
        return False
    await _DRAFTS[draft.kind](context, said)
    return True


async def _also(context: Context, said: str) -> None:
    """Take what was a check-in also as the answer that was asked for, where it can be one."""
    case = context.case
    draft = (await dossier.of(case.tx, case.who)).draft
    if draft is not None and draft.kind in _MAY_BE_NOTHING:
        await _DRAFTS[draft.kind](context, said)
    elif draft is None:
        await report.after_checkin(context, said)


async def _gone_on(context: Context) -> bool:
    """Return whether the officer has gone on with a report after the last call for help."""
    case = context.case
    writing = await report_draft.asking(case.tx, case.who)
    return writing is not None and all(since < writing.touched_at for since in await _calls(context))


async def _calls(context: Context) -> list[datetime]:
    """Return when the officer has called for help, as far as it is not over."""
    file = await dossier.of(context.case.tx, context.case.who)
    return [one.since for one in file.alerts if one.kind is not AlertKind.OVERDUE]


async def _danger(context: Context, said: str) -> None:
    """Take up words of danger; an open question takes them too, since its answer is kept where somebody reads it."""
    if await _told(context, said):
        return
    try:
        kept = await _answered(context, said)
    except RefusalError:
        kept = False  # the question was another one: what counts now is the danger
    if not kept:
        await report.in_words(context, said)  # an incident cannot be told without such words
    await danger.take_up(context.case, said, kept=kept)


async def _told(context: Context, said: str) -> bool:
    """Take as an answer, and as nothing else, what tells a report of others' danger; return False if it is not that."""
    case = context.case
    draft = (await dossier.of(case.tx, case.who)).draft
    if draft is not None and draft.kind not in _TELLING:
        return False
    ours = draft is not None and bool(draft.data.get(sitrep.OURS))
    if await report.asks_about_writer(case) or not await danger.tells_of_others(case, said, ours=ours):
        return False
    return await _answered(context, said) or await report.in_words(context, said)


def blocks(update: Update) -> bool:
    """Return whether the update says that somebody has blocked the bot."""
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status == ChatMember.BANNED


async def blocked(update: Update, context: Context) -> None:
    """Take note that an officer blocked the bot: who cannot be reached is a safety fact."""
    case = context.case
    if blocks(update):
        await box.unreachable(case.tx, case.who.code, case.sender)


_INTENTS: dict[str, Callable[[Update, Context], Awaitable[None]]] = {
    "checkin": lambda _, context: checkin.plain(context),
    "sos": sos.press,
    "assist": sos.assist,
    "status": picture.status,
    "alerts": alert.listed,
    "report": report.menu,
    "contact": contact.menu,
}
# Questions whose answer may well be "RAS" or "all is quiet", which is a check-in, too.
_MAY_BE_NOTHING = (report.DRAFT_ANSWER, sitrep.DRAFT_TEXT, sitrep.DRAFT_TRANSLATION)
# Questions whose answer becomes part of a report, in which words of danger are ordinary.
_TELLING = (
    report.DRAFT_REASON, report.DRAFT_QUESTION, report.DRAFT_ANSWER,
    sitrep.DRAFT_TEXT, sitrep.DRAFT_TRANSLATION, sitrep.DRAFT_MORE,
)  # fmt: skip
_DRAFTS: dict[str, Callable[[Context, str], Awaitable[None]]] = {
    checkin.DRAFT: checkin.details,
    alert.DRAFT: alert.note,
    absence.DRAFT_START: absence.start_typed,
    absence.DRAFT_RETURN: absence.back_typed,
    report.DRAFT_REASON: report.reason,
    report.DRAFT_QUESTION: report.question,
    report.DRAFT_ANSWER: report.reply_typed,
    sitrep.DRAFT_TEXT: sitrep.written,
    sitrep.DRAFT_TRANSLATION: sitrep.translated,
    sitrep.DRAFT_MORE: sitrep.added,
    sitrep.DRAFT_PERIOD: sitrep.period,
    contact.DRAFT: contact.typed,
    contact_care.DRAFT: contact_care.correct,
    own_entry.DRAFT_NUMBER: own_entry.add_number,
    own_entry.DRAFT_FIELD: own_entry.set_field,
    next_of_kin.DRAFT: next_of_kin.answer,
}

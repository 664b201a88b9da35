"""Alerts in chat: the buttons of those who were told."""

from bot.chat.case import Context, Update
from bot.chat.keyboard import LISTED
from bot.domain.alert import HowVerified, Reason
from bot.domain.alert_message import AskHow, AskNote, AskReason
from bot.domain.closing import says_something
from bot.domain.errors import No, RefusalError
from bot.domain.talk import Refused
from bot.services import alert, closing, person

DRAFT = "alert_note"


async def listed(update: Update, context: Context) -> None:
    """Show the open alerts."""
    context.case.owe(await alert.listed(context.case.tx, context.case.who))


async def take(update: Update, context: Context) -> None:
    """Take the alert: I am on it. Taken from the list, its card is shown anew and the list is mended."""
    case, query = context.case, update.callback_query
    await alert.take(case.tx, case.who, case.about)
    if case.press is not None and case.press.word == LISTED and query is not None and query.message is not None:
        await alert.show(case.tx, case.who, case.about, query.message.message_id)


async def escalate(update: Update, context: Context) -> None:
    """Go to the next step now."""
    await alert.escalate(context.case.tx, context.case.who, context.case.about)


async def doubt(update: Update, context: Context) -> None:
    """Open an answered alert again: not convinced."""
    await alert.doubt(context.case.tx, context.case.who, context.case.about)


async def confirm(update: Update, context: Context) -> None:
    """Close a distress as another person proposed."""
    await closing.confirm(context.case.tx, context.case.who, context.case.about)


async def ask_how(update: Update, context: Context) -> None:
    """Ask how the officer was verified to be safe."""
    case = context.case
    which = case.about
    _, subject = await closing.may_settle(case.tx, case.who, which)
    case.owe(AskHow(which, subject.person))


async def verified(update: Update, context: Context) -> None:
    """Close the alert as verified."""
    case = context.case
    how = case.word(HowVerified)
    await closing.settle(case.tx, case.who, case.about, verified=how)


async def ask_reason(update: Update, context: Context) -> None:
    """Ask for the reason with which the alert is closed."""
    case = context.case
    which = case.about
    found, subject = await closing.may_settle(case.tx, case.who, which)
    case.owe(AskReason(which, subject.person, found.kind))


async def reason(update: Update, context: Context) -> None:
    """Close the alert with a reason; another one is asked for in words."""
    case = context.case
    which, why = case.about, case.word(Reason)
    if why is Reason.OTHER:
        found, subject = await closing.may_settle(case.tx, case.who, which)
        person.ask(case.tx, case.who, DRAFT, alert=which)
        case.owe(AskNote(subject.person, found.kind))
        return
    await closing.settle(case.tx, case.who, which, reason=why)


async def note(context: Context, text: str) -> None:
    """Close the alert with the reason that was typed."""
    case = context.case
    which = await case.asked("alert")
    if not says_something(text):
        raise RefusalError(No.TEXT_WANTED)
    try:
        await closing.settle(case.tx, case.who, int(which), reason=Reason.OTHER, note=text.strip())
    except RefusalError as refusal:
        if refusal.code is No.TOO_LONG:
            raise  # asked again: everything else can never be answered any more
        case.owe(Refused(refusal.code, refusal.facts))
    person.answered(case.tx, case.who)

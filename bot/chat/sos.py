"""SOS, assistance and location in chat."""

from bot.chat import attachment, unknown
from bot.chat.case import Case, Context, Update
from bot.chat.checkin import rest
from bot.services import report_draft, sos


async def press(update: Update, context: Context) -> None:
    """Record SOS at the first tap; a second one sends. What was typed after the command goes with it."""
    case = context.case
    await sos.press(case.tx, case.who, case.sent_at)
    await _with_words(case, update)


async def assist(update: Update, context: Context) -> None:
    """Open a call for assistance. What was typed after the command goes with it."""
    case = context.case
    await sos.assist(case.tx, case.who, case.sent_at)
    await _with_words(case, update)


async def _with_words(case: Case, update: Update) -> None:
    text = update.message.text if update.message is not None else None
    # The button of the menu is a text, too, but no command: its second word is no message.
    if text and text.startswith("/") and (said := rest(update)):
        await sos.detail(case.tx, case.who, text=said)


async def confirm(update: Update, context: Context) -> None:
    """Send the armed SOS now."""
    await sos.confirm(context.case.tx, context.case.who, context.case.about)


async def cancel(update: Update, context: Context) -> None:
    """Do not send the armed SOS, or say that it was a mistake."""
    await sos.cancel(context.case.tx, context.case.who, context.case.about)


async def location(update: Update, context: Context) -> None:
    """Pass a location on in distress, take it as the place that a report asks for, attach it; else it is not kept."""
    case, message = context.case, update.message
    if message is not None and message.location is not None:
        place = (message.location.latitude, message.location.longitude)
        if await sos.detail(case.tx, case.who, location=place) is not None:
            return
        if await report_draft.located(case.tx, case.who, *place) or await attachment.located(case, *place):
            return
    await unknown.not_understood(update, context)


async def moved(update: Update, context: Context) -> None:
    """Pass on in distress where a live location has moved to, without a word: somebody may be hiding."""
    case, message = context.case, update.edited_message
    if message is not None and message.location is not None:
        place = (message.location.latitude, message.location.longitude)
        await sos.detail(case.tx, case.who, location=place, quiet=True)

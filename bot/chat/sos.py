"""SOS, assistance and location in chat."""

from bot.chat import unknown
from bot.chat.case import Context, Update
from bot.services import sos


async def press(update: Update, context: Context) -> None:
    """Record SOS at the first tap; a second one sends."""
    await sos.press(context.case.tx, context.case.who)


async def assist(update: Update, context: Context) -> None:
    """Open a call for assistance."""
    await sos.assist(context.case.tx, context.case.who)


async def confirm(update: Update, context: Context) -> None:
    """Send the armed SOS now."""
    await sos.confirm(context.case.tx, context.case.who, context.case.about)


async def cancel(update: Update, context: Context) -> None:
    """Do not send the armed SOS, or say that it was a mistake."""
    await sos.cancel(context.case.tx, context.case.who, context.case.about)


async def location(update: Update, context: Context) -> None:
    """Pass a location on in distress; given at any other time it is not kept."""
    case, message = context.case, update.message
    if message is not None and message.location is not None:
        place = (message.location.latitude, message.location.longitude)
        if await sos.detail(case.tx, case.who, location=place):
            return
    await unknown.not_understood(update, context)

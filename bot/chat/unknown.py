"""What Vigie does not understand: answered with the check-in and SOS buttons, or with SOS at once."""

from bot.chat import danger
from bot.chat.case import Context, Update
from bot.domain.alert import GRAVITY
from bot.domain.checkin import NotACheckin
from bot.domain.officer import Right
from bot.services import dossier


async def not_understood(update: Update, context: Context) -> None:
    """Answer anything else with the check-in and SOS buttons, or with SOS at once: never silence, never "received"."""
    case = context.case
    message = update.effective_message
    said = (message.text or message.caption or "") if message is not None else ""
    if await danger.take_up(case, said):
        return
    edited = update.edited_message is not None
    unread = message is not None and bool(message.effective_attachment) and message.location is None
    file = await dossier.of(case.tx, case.who)
    kinds = {one.kind for one in file.alerts}
    help_open = next((one for one in GRAVITY[:2] if one in kinds), None)
    case.owe(
        NotACheckin(
            edited,
            case.who.may(Right.CHECK_IN),
            case.who.role,
            unread,
            command=said.startswith("/"),
            help_open=help_open,
            writing=file.report is not None,
            located=message is not None and message.location is not None,
        )
    )

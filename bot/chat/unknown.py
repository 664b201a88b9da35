"""What Vigie does not understand: answered with the check-in and SOS buttons, or with SOS at once."""

from bot.chat.case import Case, Context, Update
from bot.domain.checkin import DangerOffer, NotACheckin, sounds_like_danger
from bot.domain.officer import Right
from bot.services import person


async def not_understood(update: Update, context: Context) -> None:
    """Answer anything else with the check-in and SOS buttons, or with SOS at once: never silence, never "received"."""
    case = context.case
    message = update.effective_message
    said = (message.text or message.caption or "") if message is not None else ""
    if sounds_like_danger(said) and case.who.may(Right.CHECK_IN):
        await offer_sos(case)
        return
    edited = update.edited_message is not None
    unread = message is not None and bool(message.effective_attachment) and message.location is None
    case.owe(NotACheckin(edited, case.who.may(Right.CHECK_IN), case.who.role, unread, command=said.startswith("/")))


async def offer_sos(case: Case, *, told: bool = False) -> None:
    """Offer SOS at once to somebody whose words may mean danger; `told`: some know already, by an open alert."""
    case.owe(DangerOffer(await person.duty_phone(case.tx), told))

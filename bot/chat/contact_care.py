"""What the directory says, kept right in chat: wrong numbers, their correction, and the round of each month."""

from bot.chat.case import Context, Update
from bot.chat.contact import shown
from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.talk import Refused
from bot.services import contact_care, contact_round, person, picture

DRAFT = contact_care.DRAFT
# What is asked again; everything else can never be answered any more.
_AGAIN = (No.BAD_PHONE, No.BAD_CALL_SIGN, No.TOO_LONG)


def _word(context: Context) -> str:
    press = context.case.press
    return press.word if press is not None else ""


async def _in_place(update: Update, context: Context, message: Message) -> None:
    case = context.case
    await picture.show_in_place(case.tx, case.who, message, shown(update))


async def wrong(update: Update, context: Context) -> None:
    """Take up that a number is wrong, in one tap; the card then says so."""
    case = context.case
    await _in_place(update, context, await contact_care.doubt(case.tx, case.who, case.code))


async def right(update: Update, context: Context) -> None:
    """Keep that a contact is still right."""
    case = context.case
    await _in_place(update, context, await contact_care.confirm(case.tx, case.who, case.code, _word(context)))


async def ask_correction(update: Update, context: Context) -> None:
    """Ask which number is wrong, or for the right one."""
    case = context.case
    case.owe(await contact_care.ask_correction(case.tx, case.who, case.code))


async def ask_number(update: Update, context: Context) -> None:
    """Ask for the number in place of the one that was pressed."""
    case = context.case
    case.owe(await contact_care.ask_number(case.tx, case.who, case.code, _word(context)))


async def correct(context: Context, text: str) -> None:
    """Take the right number as it was typed."""
    case = context.case
    code, mark = await case.asked("contact"), await case.asked("number")
    try:
        case.owe(await contact_care.correct(case.tx, case.who, code, mark, text))
    except RefusalError as refusal:
        if refusal.code in _AGAIN:
            raise
        person.answered(case.tx, case.who)
        case.owe(Refused(refusal.code, refusal.facts))


async def take_off(update: Update, context: Context) -> None:
    """Take off a number that is nobody's any more."""
    case = context.case
    await _in_place(update, context, await contact_care.take_off(case.tx, case.who, case.code, _word(context)))


async def round_one(update: Update, context: Context) -> None:
    """Keep that one contact of the page is right, and show what is left in its place."""
    case = context.case
    await _in_place(update, context, await contact_round.confirm_one(case.tx, case.who, case.code, _word(context)))


async def round_all(update: Update, context: Context) -> None:
    """Keep that all on the page are right, and show the next page in its place."""
    case = context.case
    await _in_place(update, context, await contact_round.confirm_page(case.tx, case.who, case.code, _word(context)))


async def round_page(update: Update, context: Context) -> None:
    """Show anew what is left."""
    case = context.case
    await _in_place(update, context, await contact_round.page(case.tx, case.who, case.code))

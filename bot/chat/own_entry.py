"""What officers add to their own entry in the directory, in chat."""

from bot.chat.case import Context, Update
from bot.chat.contact import shown
from bot.domain.contact import PhoneKind
from bot.domain.errors import No, RefusalError
from bot.domain.own_entry import OwnField, OwnLanguages, OwnNumbers
from bot.i18n.tongue import tongue
from bot.services import own_entry, picture

DRAFT_NUMBER, DRAFT_FIELD = own_entry.DRAFT_NUMBER, own_entry.DRAFT_FIELD


async def numbers(update: Update, context: Context) -> None:
    """Show the own numbers."""
    context.case.owe(await own_entry.numbers(context.case.tx, context.case.who))


async def ask_number(update: Update, context: Context) -> None:
    """Ask for a number of the kind that was pressed."""
    case = context.case
    case.owe(await own_entry.ask_number(case.tx, case.who, case.word(PhoneKind)))


async def add_number(context: Context, text: str) -> None:
    """Add the number that was typed."""
    case = context.case
    kind = PhoneKind(await case.asked("of"))
    case.owe(await own_entry.add_number(case.tx, case.who, kind, text))


async def drop_number(update: Update, context: Context) -> None:
    """Take a number away, in place."""
    case = context.case
    mark = case.press.word if case.press is not None else ""
    await _shown(update, context, await own_entry.drop_number(case.tx, case.who, mark))


async def languages(update: Update, context: Context) -> None:
    """Show the languages spoken."""
    context.case.owe(await own_entry.languages(context.case.tx, context.case.who))


async def speak(update: Update, context: Context) -> None:
    """Add a language, in place."""
    await _shown(update, context, await own_entry.speak(context.case.tx, context.case.who, _pressed(context)))


async def unlearn(update: Update, context: Context) -> None:
    """Take a language away, in place."""
    await _shown(update, context, await own_entry.unlearn(context.case.tx, context.case.who, _pressed(context)))


def _pressed(context: Context) -> str:
    press = context.case.press
    if press is None or (language := tongue(press.word)) is None:
        raise RefusalError(No.STALE_BUTTON)
    return language


async def _shown(update: Update, context: Context, message: OwnLanguages | OwnNumbers) -> None:
    await picture.show_in_place(context.case.tx, context.case.who, message, shown(update))


async def ask_field(update: Update, context: Context) -> None:
    """Ask for the thing that was pressed."""
    case = context.case
    case.owe(await own_entry.ask(case.tx, case.who, case.word(OwnField)))


async def set_field(context: Context, text: str) -> None:
    """Keep what was typed for the thing that was asked for."""
    case = context.case
    found = await own_entry.answer(case.tx, case.who, OwnField(await case.asked("of")), text)
    if found is not None:
        case.owe(found)


async def take_away(update: Update, context: Context) -> None:
    """Take the thing that was pressed out of the entry."""
    case = context.case
    await own_entry.take_away(case.tx, case.who, case.word(OwnField))

"""What officers add to their own entry in the directory, in chat."""

from bot.chat.case import Context, Update
from bot.chat.contact import shown
from bot.domain.bilingual import LANGUAGES
from bot.domain.contact import PhoneKind
from bot.domain.errors import No, RefusalError
from bot.services import own_entry, picture

DRAFT_NUMBER, DRAFT_FUNCTION = own_entry.DRAFT_NUMBER, own_entry.DRAFT_FUNCTION
# Between the languages that a button stands for.
AND = "+"


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
    left = await own_entry.drop_number(case.tx, case.who, mark)
    await picture.show_in_place(case.tx, case.who, left, shown(update))


async def languages(update: Update, context: Context) -> None:
    """Show the languages spoken; with one or two pressed, keep those."""
    case = context.case
    word = case.press.word if case.press is not None else ""
    if not word:
        case.owe(await own_entry.languages(case.tx, case.who))
        return
    chosen = tuple(one for one in LANGUAGES if one in word.split(AND))
    if not chosen:
        raise RefusalError(No.STALE_BUTTON)
    await picture.show_in_place(case.tx, case.who, await own_entry.speak(case.tx, case.who, chosen), shown(update))


async def ask_function(update: Update, context: Context) -> None:
    """Ask what the officer does."""
    context.case.owe(await own_entry.ask_function(context.case.tx, context.case.who))


async def set_function(context: Context, text: str) -> None:
    """Keep what was typed as the function."""
    await own_entry.set_function(context.case.tx, context.case.who, text)


async def no_function(update: Update, context: Context) -> None:
    """Take the function away."""
    await own_entry.set_function(context.case.tx, context.case.who, None)

"""Status and roster in chat."""

from bot.chat.case import Context, Update
from bot.services import picture


def _page(context: Context) -> int:
    press = context.case.press
    return int(press.about) if press is not None and press.about.isdigit() else 0


async def status(update: Update, context: Context) -> None:
    """Show the picture."""
    context.case.owe(await picture.status(context.case.tx, context.case.who))


async def status_page(update: Update, context: Context) -> None:
    """Show another page of the picture, or the picture anew, in the same message."""
    case, query = context.case, update.callback_query
    message = await picture.status(case.tx, case.who, _page(context))
    shown = query.message.message_id if query is not None and query.message is not None else 0
    await picture.show_in_place(case.tx, case.who, message, shown)


async def roster(update: Update, context: Context) -> None:
    """Show the roster."""
    context.case.owe(await picture.roster(context.case.tx, context.case.who))


async def roster_page(update: Update, context: Context) -> None:
    """Show another page of the roster."""
    case = context.case
    choose = case.press is not None and case.press.word == "invite"
    case.owe(await picture.roster(case.tx, case.who, _page(context), choose_invite=choose))


async def card(update: Update, context: Context) -> None:
    """Show one officer's card."""
    case = context.case
    case.owe(await picture.roster_card(case.tx, case.who, case.code))


async def ask_revoke(update: Update, context: Context) -> None:
    """Ask whether to close this phone."""
    case = context.case
    code = case.code
    case.owe(await picture.roster_card(case.tx, case.who, code, confirm_revoke=True))

"""Contacts: found from any chat."""

from bot.chat.case import Context, Update
from bot.services import contact_inline


async def inline(update: Update, context: Context) -> None:
    """Answer what an officer types after the bot's name, in whichever chat."""
    case, query = context.case, update.inline_query
    if query is not None:
        await contact_inline.inline(case.tx, case.who, query.id, query.query, query.offset)

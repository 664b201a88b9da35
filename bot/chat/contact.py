"""The directory in chat: whom to call."""

from bot.chat.case import Context, Update
from bot.chat.checkin import rest
from bot.domain.contact import Category
from bot.domain.contact_message import ContactMenu, ContactShared
from bot.domain.errors import No, RefusalError
from bot.services import contact, contact_inline, dossier, next_of_kin, own_entry, person, picture, report_draft

DRAFT = "contact"
# Questions that are let go where the directory is opened: at the most half a next of kin is to be given again.
LET_GO = (own_entry.DRAFT_NUMBER, own_entry.DRAFT_FIELD, next_of_kin.DRAFT)


def _page(context: Context) -> int:
    press = context.case.press
    return int(press.about) if press is not None and press.about.isdigit() else 0


async def command(update: Update, context: Context) -> None:
    """Answer a query; without one, show the emergency numbers of the post and the categories."""
    case = context.case
    query = rest(update)
    if not query:
        await menu(update, context)
        return
    case.owe(await contact.answer(case.tx, case.who, query))


async def menu(update: Update, context: Context) -> None:
    """Show the emergency numbers of the post and the categories; what is typed next is looked up.

    Unless another question waits for its answer, a report's or any: nobody who looks for a number loses what they said.
    A question of the own entry does not wait: a word that was looked up would become a function that everybody reads.
    """
    context.case.owe(await _menu(context))


async def _menu(context: Context) -> ContactMenu:
    case = context.case
    asked = (await dossier.of(case.tx, case.who)).draft
    free = asked is None or asked.kind in (DRAFT, *LET_GO)
    waiting = not free or await report_draft.asking(case.tx, case.who) is not None
    if not waiting:
        person.ask(case.tx, case.who, DRAFT)
    return await contact.menu(case.tx, case.who, waiting=waiting)


async def typed(context: Context, text: str) -> None:
    """Look up what was typed; so is what is typed after it."""
    case = context.case
    case.owe(await contact.answer(case.tx, case.who, text))
    person.ask(case.tx, case.who, DRAFT)


async def found(update: Update, context: Context) -> None:
    """Turn the page of an answer, in its place."""
    case = context.case
    query = case.press.word if case.press is not None else ""
    message = await contact.answer(case.tx, case.who, query, _page(context))
    await picture.show_in_place(case.tx, case.who, message, shown(update))


async def listed(update: Update, context: Context) -> None:
    """Show a page of a category; turned, in its place."""
    case = context.case
    page = _page(context)
    message = await contact.of_category(case.tx, case.who, case.word(Category), page)
    await picture.show_in_place(case.tx, case.who, message, shown(update))


async def back(update: Update, context: Context) -> None:
    """Show the categories again, in the place of one of them."""
    case = context.case
    await picture.show_in_place(case.tx, case.who, await _menu(context), shown(update))


async def card(update: Update, context: Context) -> None:
    """Show all about one contact."""
    case = context.case
    case.owe(await contact.card(case.tx, case.who, case.code))


async def share(update: Update, context: Context) -> None:
    """Hand a contact over for the reader's own address book."""
    case = context.case
    found = (await contact.view(case.tx, case.who, case.code)).contact
    if not any(one.dialled for one in found.phones):
        raise RefusalError(No.STALE_BUTTON)  # the number has gone since
    case.owe(ContactShared(found))


async def inline(update: Update, context: Context) -> None:
    """Answer what an officer types after the bot's name, in whichever chat."""
    case, query = context.case, update.inline_query
    if query is not None:
        await contact_inline.inline(case.tx, case.who, query.id, query.query, query.offset)


def shown(update: Update) -> int:
    """Return the id of the message whose button was pressed."""
    query = update.callback_query
    return query.message.message_id if query is not None and query.message is not None else 0

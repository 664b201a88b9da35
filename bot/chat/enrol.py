"""Enrolment and invitations in chat."""

from bot.chat.case import Context, Update
from bot.chat.checkin import rest
from bot.services import enrol, picture


async def start(update: Update, context: Context) -> None:
    """Use an invitation; without one, an enrolled officer is welcomed again and a stranger gets the one line."""
    case = context.case
    code = rest(update)
    if code:
        await enrol.start(case.tx, case.sender, code, case.officer)
    else:
        case.owe(await enrol.welcome(case.tx, case.who))


async def invite(update: Update, context: Context) -> None:
    """Invite the officer whose code was typed, or show whom to choose from."""
    case = context.case
    code = rest(update).lower()
    if code:
        await enrol.invite(case.tx, code, case.who)
    else:
        case.owe(await picture.roster(case.tx, case.who, choose_invite=True))


async def invite_pressed(update: Update, context: Context) -> None:
    """Invite the officer of the card."""
    case = context.case
    await enrol.invite(case.tx, case.code, case.who)


async def revoke(update: Update, context: Context) -> None:
    """Close the phone of the officer of the card, and show the card as it is then."""
    case, query = context.case, update.callback_query
    await enrol.revoke(case.tx, case.who, case.code)
    shown = query.message.message_id if query is not None and query.message is not None else 0
    await picture.show_in_place(case.tx, case.who, await picture.roster_card(case.tx, case.who, case.code), shown)

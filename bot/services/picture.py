"""What command reads: the picture, the roster."""

from datetime import datetime

from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.officer import Officer, Right, Role
from bot.domain.page import turned
from bot.domain.picture import PAGE, Picture, Roster, RosterCard, RosterRow, Status, page_of, paint
from bot.services import line
from bot.store import invite as invites
from bot.store import next_of_kin, outbox
from bot.store import officer as officers
from bot.store import picture as pictures
from bot.store import post as posts
from bot.store.engine import Tx

compliance = pictures.compliance


async def picture(tx: Tx, viewer: Officer | None = None) -> Picture:
    """Return the picture as the viewer may see it: a lead the own post, command and the shell everything."""
    plan = await posts.must_plan(tx)
    only = viewer.post if viewer is not None and viewer.role is Role.LEAD else None
    standings = await pictures.standings(tx, only)
    name = plan.post(only).name if only is not None else plan.contingent.name
    return paint(name, tx.now, await line.down_since(tx), [(p.code, p.name) for p in plan.posts], standings)


async def status(tx: Tx, viewer: Officer, page: int = 0) -> Status:
    """Return one page of the picture for the viewer; raises RefusalError NOT_ALLOWED."""
    if not viewer.may(Right.STATUS):
        raise RefusalError(No.NOT_ALLOWED)
    return page_of(await picture(tx, viewer), page)


async def show_in_place(tx: Tx, viewer: Officer, message: Message, shown: int) -> None:
    """Edit a picture into the message that shows it, or send it anew if that message is not known any more."""
    outbox.owe(tx, message, to=viewer.code, edits=await outbox.by_message(tx, viewer, shown))


def _row(one: Officer, invited: dict[str, datetime]) -> RosterRow:
    return RosterRow(
        person=one.person,
        role=one.role.value,
        service=one.service,
        enrolled=one.enrolled,
        unreachable=one.unreachable_since is not None,
        invited_until=invited.get(one.code),
        tour_until=one.tour_until,
    )


async def roster(tx: Tx, viewer: Officer, page: int = 0, *, choose_invite: bool = False) -> Roster:
    """Return one page of the roster for deputy and commander; raises RefusalError NOT_ALLOWED.

    `choose_invite`: only those without a phone come first, to choose whom to invite.
    """
    if not viewer.may(Right.ROSTER):
        raise RefusalError(No.NOT_ALLOWED)
    invited = await invites.open_until(tx)
    rows = [_row(one, invited) for one in await officers.every(tx)]
    if choose_invite:
        rows.sort(key=lambda row: row.enrolled)
    shown = turned(page, len(rows), PAGE)
    return Roster(tuple(rows[shown.rows]), shown.at, shown.of, choose_invite)


async def roster_card(tx: Tx, viewer: Officer, code: str, *, confirm_revoke: bool = False) -> RosterCard:
    """Return one officer's card; raises RefusalError NOT_ALLOWED or NO_SUCH_OFFICER."""
    if not viewer.may(Right.ROSTER):
        raise RefusalError(No.NOT_ALLOWED)
    found = (await officers.by_code(tx, {code})).get(code)
    if found is None:
        raise RefusalError(No.NO_SUCH_OFFICER)
    kin = code in await next_of_kin.there(tx, [code])
    return RosterCard(_row(found, await invites.open_until(tx)), confirm_revoke, kin)

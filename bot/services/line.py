"""Tells people about our line to Telegram: that it is down, and what they must do again once it is back."""

from datetime import datetime, timedelta

from bot.domain.alert_message import LineBack, LineDown
from bot.domain.ladder import Responder
from bot.domain.line import CLOCK_NOISE, set_back
from bot.services import attachment
from bot.services.casebook import open_for
from bot.services.reminder import remind
from bot.store import agenda, audit, errand, outbox
from bot.store import alert as alerts
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store.engine import Tx

_DOWN = "line_down_since"
_CONTACT = "line_contact_at"
_CLOCK = "clock_seen_at"


async def down_since(tx: Tx) -> datetime | None:
    """Return since when Telegram is out of reach, or nothing while it is not."""
    value = await agenda.get_fact(tx, _DOWN)
    return datetime.fromisoformat(value) if value else None


async def last_contact(tx: Tx) -> datetime | None:
    """Return when Telegram was last known to hold nothing for us."""
    value = await agenda.get_fact(tx, _CONTACT)
    return datetime.fromisoformat(value) if value else None


def keep_contact(tx: Tx, at: datetime) -> None:
    """Keep that at `at` Telegram held nothing for us: what a restart measures its outage by."""
    agenda.put_fact(tx, _CONTACT, at.isoformat())


def mark_down(tx: Tx, since: datetime) -> None:
    """Keep since when the picture is not known any more."""
    agenda.put_fact(tx, _DOWN, since.isoformat())


def mark_up(tx: Tx) -> None:
    """Take that mark away."""
    agenda.put_fact(tx, _DOWN, "")


async def mind_the_clock(tx: Tx) -> timedelta:
    """Notice a clock that was set back, also while Vigie was off; return by how much, zero if it was not.

    What is to happen "in ten minutes" was reckoned by the wrong clock and would come that much too late: an SOS that
    nobody hears for an hour. What is due at a time of day stays as it is.
    """
    value = await agenda.get_fact(tx, _CLOCK)
    before = datetime.fromisoformat(value) if value else None
    by = set_back(before, tx.now) if before else timedelta()
    if by:
        alerts.bring_forward(tx, by)
        outbox.bring_forward(tx, by)
        errand.bring_forward(tx)
        audit.note(tx, audit.SYSTEM, "clock_set_back", by=str(by))
    if before is None or by or tx.now - before > CLOCK_NOISE:
        agenda.put_fact(tx, _CLOCK, tx.now.isoformat())
    return by


async def went_down(tx: Tx, since: datetime) -> None:
    """Owe it once to those who act that the line is down; with luck it can still be sent."""
    audit.note(tx, audit.SYSTEM, "line_down", since=since)
    people: list[Responder] = await officers.responders(tx)
    for one in people:
        if one.officer.enrolled:
            outbox.owe(tx, LineDown(since), to=one.officer.code, key=f"line:{since.isoformat()}:{one.officer.code}")


async def came_back(tx: Tx, since: datetime, until: datetime) -> None:
    """Say that the line was down to those who waited for us: who was told so, and who holds an open reminder.

    The reminder is sent anew, because a button pressed meanwhile is gone: Telegram keeps a press for 150 seconds only.
    """
    outbox.withdraw_kind(tx, LineDown.kind)
    audit.note(tx, audit.SYSTEM, "line_back", since=since, until=until)
    await attachment.line_is_back(tx)
    waiting = await duties.prompted(tx)
    people: list[Responder] = await officers.responders(tx)
    acting = {one.officer.code for one in people if one.officer.enrolled}
    for code in sorted({one.officer for one in waiting} | acting):
        outbox.owe(tx, LineBack(since, until), to=code, key=f"back:{since.isoformat()}:{code}")
    if waiting:
        book = await open_for(tx, [])
        for one in waiting:
            remind(tx, one, book, resent=True)

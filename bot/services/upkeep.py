"""What is let go in time, and the auditor that checks the sweep by a second query of its own."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.line import CATCH_UP_LIMIT, Line, seen
from bot.store import alert as alerts
from bot.store import backlog as backlog_rows
from bot.store import contact as contacts
from bot.store import draft as drafts
from bot.store import duty as duties
from bot.store import errand, inbox, next_of_kin
from bot.store.engine import Tx

# Telegram delivers an update again for 24 hours; the key that knows it must live longer.
KEEP_INBOX = timedelta(days=3)
# Long enough to answer "did the message go out?"; check-ins, alerts and the audit are the record and stay.
KEEP_OUTBOX = timedelta(days=30)
# As long, for the same question about a mail or a file.
KEEP_ERRANDS = timedelta(days=30)
# Precise places expire after the case has closed.
KEEP_PLACES = timedelta(hours=72)

# What officers have said of themselves and of their next of kin, after the last day of the tour; what imports have
# laid down, after the last day on which it is valid.
KEEP_CONTACTS = timedelta(days=90)

# A tick may be late by this much before the auditor speaks up.
SLACK = timedelta(minutes=2)


async def let_go(tx: Tx) -> dict[str, int]:
    """Delete what has outlived its use; return how many rows of each."""
    return {
        "inbox": await inbox.purge(tx, tx.now - KEEP_INBOX),
        "outbox": await backlog_rows.purge(tx, tx.now - KEEP_OUTBOX),
        "errands": await errand.purge(tx, tx.now - KEEP_ERRANDS),
        "contacts": await _forget_contacts(tx),
        "places": await alerts.forget_places(tx, tx.now - KEEP_PLACES),
    }


async def _forget_contacts(tx: Tx) -> int:
    ended_before = (tx.now - KEEP_CONTACTS).date()
    await drafts.forget(tx, ended_before)  # perhaps half a next of kin
    return await contacts.forget(tx, ended_before) + await next_of_kin.forget(tx, ended_before)


@dataclass(frozen=True)
class Findings:
    """What should not be: duties past their deadline and not judged, alerts that stand still or that nobody heard."""

    unjudged: int
    stuck: int
    unheard: int
    open: int


async def audit(tx: Tx, line: Line) -> Findings:
    """Ask the rows, not the sweep, whether anything was overlooked. While the line is down nobody is judged."""
    if not line.up:
        return Findings(0, 0, await alerts.unheard(tx), await alerts.open_count(tx))
    as_of = seen(tx.now, line, await inbox.known_until(tx))
    until = (as_of.until or tx.now - CATCH_UP_LIMIT) - SLACK
    return Findings(
        await duties.unjudged(tx, until),
        await alerts.stuck(tx, until),
        await alerts.unheard(tx),
        await alerts.open_count(tx),
    )

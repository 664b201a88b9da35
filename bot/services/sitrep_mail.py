"""The e-mail of an approved situation report: what is mailed, to whom, and what command is told when it does not go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errand import Errand, wait_after
from bot.domain.message import Message
from bot.domain.officer import Right
from bot.domain.sitrep import Sitrep
from bot.domain.sitrep_mail import MailGone, Mailing, MailTrouble, MailWaits, mailing_of
from bot.domain.sitrep_message import MailRefused
from bot.services import sitrep
from bot.store import errand as errands
from bot.store import outbox
from bot.store import post as posts
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.sitrep import FileRow

MAIL = "mail"
# So many addresses fit a message beside what the server said.
NAMED = 10


@dataclass(frozen=True)
class Letter:
    """An approved one as it goes by e-mail. `to`: who stands in it; `recipients`: who of them gets it now."""

    sitrep: Sitrep
    files: tuple[FileRow, ...]
    to: tuple[str, ...]
    recipients: tuple[str, ...]


async def letter(tx: Tx, mailing: Mailing) -> Letter:
    """Return what is mailed of an approved one; raises LookupError if it is none.

    Who is not named in the contingent file any more is not a recipient any more.
    """
    to = (await posts.must_plan(tx)).contingent.sitrep.mail
    recipients = to if mailing.address is None else tuple(one for one in to if one == mailing.address)
    files = tuple(await sitreps.files(tx, mailing.sitrep))
    return Letter(await sitreps.approved(tx, mailing.sitrep), files, to, recipients)


async def refused(tx: Tx, number: str, why: str, recipients: tuple[str, ...]) -> None:
    """Tell command that an e-mail did not get through: else nobody would know that headquarters has no report."""
    await _tell(tx, MailRefused(number, why[:500], recipients[:NAMED]))


async def waits(tx: Tx, one: Errand, letter: Letter, trouble: MailTrouble, why: str) -> None:
    """Tell command that an e-mail has not gone out for long and is tried again: once, whatever it waits for then."""
    message = MailWaits(letter.sitrep.number, trouble, why[:500], letter.recipients[:NAMED])
    mailing = mailing_of(one.subject)
    told = one.id if mailing.address is not None else mailing.first or one.id
    await _tell(tx, message, key=f"mail_waits:{told}")


async def gone(tx: Tx, one: Errand, letter: Letter, reached: tuple[str, ...]) -> None:
    """Tell command that an e-mail of which it read that it waits has reached these people."""
    if reached:
        await _tell(tx, MailGone(letter.sitrep.number, reached[:NAMED]), key=f"mail_gone:{one.id}")


def count_anew(tx: Tx, mailing: Mailing, one: Errand, wait: timedelta | None) -> None:
    """Owe the mail by an errand whose attempts count from now on; `wait` is how long the server asks for."""
    again = Mailing(mailing.sitrep, first=one.id)
    errands.owe(tx, MAIL, again.subject, wait_after(one.attempts + 1, wait))


def owe_again(tx: Tx, mailing: Mailing, one: Errand, addresses: Sequence[str]) -> None:
    """Owe the mail anew to whom the server put off, and to nobody else: the others have it."""
    for address in addresses:
        errands.owe(tx, MAIL, Mailing(mailing.sitrep, address, mailing.first or one.id).subject, wait_after(1))


async def _tell(tx: Tx, message: Message, key: str | None = None) -> None:
    for one in await sitrep.recipients(tx):
        if one.may(Right.ROSTER):
            outbox.owe(tx, message, to=one.code, key=f"{key}:{one.code}" if key else None)

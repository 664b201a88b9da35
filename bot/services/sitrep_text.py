"""What command writes into a situation report, heading by heading."""

from dataclasses import replace

from bot.domain import sitrep_plan as rules
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Person
from bot.domain.sitrep import TEXT_MAX, WRITTEN, Narrative, SitrepState, Written
from bot.domain.sitrep_message import AskSitrepText
from bot.store import audit, outbox
from bot.store import officer as officers
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.sitrep import SitrepRow, TextRow


async def written(tx: Tx, which: int) -> tuple[Written, ...]:
    """Return what command wrote, the newest words of each heading."""
    people = {one.code: signing(one) for one in await officers.every(tx)}
    return tuple(
        Written(
            one.heading,
            Narrative(f"sitrep:{which}:{one.heading}", one.text, one.language),
            people[one.author],
            one.at,
        )
        for one in (await sitreps.texts(tx, which)).values()
    )


def signing(one: Officer) -> Person:
    """Return who somebody is in a document: never with a telephone number."""
    return replace(one.person, phone=None)


def must_be_open(row: SitrepRow) -> None:
    """Raise RefusalError ALREADY_APPROVED for one that never changes any more."""
    if row.state is SitrepState.APPROVED:
        raise RefusalError(No.ALREADY_APPROVED)


async def ask(tx: Tx, author: Officer, row: SitrepRow, heading: str) -> None:
    """Ask command for the words under a heading; raises NOT_ALLOWED, ALREADY_APPROVED, STALE_BUTTON."""
    rules.must_write(author)
    must_be_open(row)
    if heading not in WRITTEN[row.kind]:
        raise RefusalError(No.STALE_BUTTON)
    standing = (await sitreps.texts(tx, row.id)).get(heading)
    outbox.owe(tx, AskSitrepText(row.number, row.kind, heading, standing.text if standing else None), to=author.code)


async def write(tx: Tx, author: Officer, row: SitrepRow, heading: str, text: str) -> None:
    """Write what command says under a heading, in the author's language; raises RefusalError TOO_LONG too."""
    rules.must_write(author)
    must_be_open(row)
    if len(text) > TEXT_MAX:
        raise RefusalError(No.TOO_LONG, limit=TEXT_MAX, length=len(text))
    sitreps.write_text(tx, row.id, TextRow(heading, text, author.language, author.code, tx.now))
    audit.note(tx, author.code, "sitrep_written", None, number=row.number, heading=heading)

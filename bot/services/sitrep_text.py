"""What people write into a situation report: command's own words, and translations beside the originals."""

from dataclasses import replace

from bot.domain import sitrep_plan as rules
from bot.domain.bilingual import Language
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Person
from bot.domain.sitrep import TEXT_MAX, WRITTEN, Narrative, Sitrep, SitrepState, Written
from bot.domain.sitrep_message import AskSitrepText, AskTranslation, SitrepPassage, TranslationsDone
from bot.store import audit, errand, outbox
from bot.store import officer as officers
from bot.store import sitrep as sitreps
from bot.store import translation as translations
from bot.store.engine import Tx
from bot.store.sitrep import SitrepRow, TextRow

# So much of a narrative goes into one message: Telegram counts a sign beyond the first plane as two, of 4,096.
PIECE = 1900
# A narrative is named by the beginning of its hash on a button, which has room for no more.
MARK = 12


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


def _must_be_open(row: SitrepRow) -> None:
    if row.state is SitrepState.APPROVED:
        raise RefusalError(No.ALREADY_APPROVED)


async def ask(tx: Tx, author: Officer, row: SitrepRow, heading: str) -> None:
    """Ask command for the words under a heading; raises NOT_ALLOWED, ALREADY_APPROVED, STALE_BUTTON."""
    rules.must_write(author)
    _must_be_open(row)
    if heading not in WRITTEN[row.kind]:
        raise RefusalError(No.STALE_BUTTON)
    standing = (await sitreps.texts(tx, row.id)).get(heading)
    outbox.owe(tx, AskSitrepText(row.number, row.kind, heading, standing.text if standing else None), to=author.code)


async def write(tx: Tx, author: Officer, row: SitrepRow, heading: str, text: str) -> None:
    """Write what command says under a heading, in the author's language; raises RefusalError TOO_LONG too."""
    rules.must_write(author)
    _must_be_open(row)
    if len(text) > TEXT_MAX:
        raise RefusalError(No.TOO_LONG, limit=TEXT_MAX, length=len(text))
    sitreps.write_text(tx, row.id, TextRow(heading, text, author.language, author.code, tx.now))
    audit.note(tx, author.code, "sitrep_written", None, number=row.number, heading=heading)


def marked(found: Sitrep, language: Language, mark: str) -> Narrative:
    """Return the narrative that a button names; raises RefusalError STALE_BUTTON once it is translated or changed."""
    for one in found.untranslated(language):
        if one.digest.startswith(mark):
            return one
    raise RefusalError(No.STALE_BUTTON)


async def ask_translation(
    tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, after: str | None = None
) -> str | None:
    """Show the next narrative that is to be translated and ask for its translation; return what names it.

    `after`: the one that was skipped; after the last one comes the first. Raises NOT_ALLOWED, ALREADY_APPROVED.
    """
    rules.must_translate(author)
    _must_be_open(row)
    # The same words said twice are asked for once.
    left = list({one.digest: one for one in found.untranslated(row.language)}.values())
    if not left:
        outbox.owe(tx, TranslationsDone(row.id, row.number), to=author.code)
        return None
    at = next((at + 1 for at, one in enumerate(left) if after and one.digest.startswith(after)), 0)
    narrative = left[at % len(left)]
    machine = found.translation(narrative.source, row.language)
    if machine is None:
        errand.owe(tx, "translate", str(row.id))  # it may have come in after the report was prepared
    _show(tx, author, narrative.text, narrative.language)
    if machine is not None:
        _show(tx, author, machine.text, row.language, machine=True)
    mark = narrative.digest[:MARK]
    drafted = machine is not None
    outbox.owe(tx, AskTranslation(row.id, row.number, mark, row.language, len(left), drafted), to=author.code)
    return mark


def _show(tx: Tx, reader: Officer, text: str, language: Language, *, machine: bool = False) -> None:
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    for number, piece in enumerate(pieces, start=1):
        outbox.owe(tx, SitrepPassage(piece, language, number, len(pieces), machine), to=reader.code)


async def translate(tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, mark: str, text: str) -> None:
    """Keep a person's translation beside the original; raises RefusalError, STALE_BUTTON if it is not wanted."""
    rules.must_translate(author)
    _must_be_open(row)
    narrative = marked(found, row.language, mark)
    for one in found.untranslated(row.language):
        if one.digest == narrative.digest:  # the same words, said twice
            translations.add(tx, one, row.language, text, author.code)
    audit.note(tx, author.code, "sitrep_translated", None, number=row.number, source=narrative.source)


async def confirm(tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, mark: str) -> None:
    """Let a person stand for a machine's draft as it is."""
    narrative = marked(found, row.language, mark)
    machine = found.translation(narrative.source, row.language)
    if machine is None:
        raise RefusalError(No.STALE_BUTTON)
    await translate(tx, author, row, found, mark, machine.text)

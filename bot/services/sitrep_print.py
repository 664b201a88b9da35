"""What is printed of situation reports, and for whom. The subject of the errand `print` is one of

- `approved:ID`: the documents of an approved one, for command and liaison, and by e-mail;
- `view:ID:CODE:LANGUAGE:FORM`: one document of it as CODE may read it now.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.domain.bilingual import Language
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer
from bot.domain.sitrep import Sitrep, SitrepState
from bot.domain.sitrep_message import SitrepDocument
from bot.services import sitrep
from bot.services.attachment import FORGET
from bot.services.sitrep_mail import MAIL
from bot.store import errand, outbox
from bot.store import officer as officers
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.sitrep import FileRow, SitrepRow

Form = Literal["docx", "pdf"]

# A document that somebody asked for lies about for so long, on its way over a bad line.
LOOKED_AT = timedelta(days=2)

APPROVED: tuple[Form, ...] = ("docx", "pdf")


@dataclass(frozen=True)
class Job:
    """What is to be printed: the whole, in which languages and forms. `reader`: whom it is for; nobody: everybody."""

    row: SitrepRow
    sitrep: Sitrep
    documents: tuple[tuple[Language, Form], ...]
    reader: Officer | None


@dataclass(frozen=True)
class Printed:
    """A document that lies in the folder of files."""

    form: Form
    language: Language
    sha256: str
    size: int


async def job(tx: Tx, subject: str) -> Job:
    """Return what the errand asks for; raises RefusalError if it is gone, or not open to the reader any more."""
    what, _, rest = subject.partition(":")
    which, *more = rest.split(":")
    if what == "approved":
        row = await sitreps.one(tx, int(which))
        if row is None:
            raise RefusalError(No.NO_SUCH_SITREP)
        return Job(row, await sitrep.whole(tx, row), tuple((row.language, form) for form in APPROVED), None)
    code, language, form = more
    reader = (await officers.by_code(tx, {code})).get(code)
    if reader is None:
        raise RefusalError(No.NO_SUCH_OFFICER)
    row = await sitrep.must_be(tx, reader, int(which))
    found = await sitrep.whole(tx, row, only=sitrep.scope_of(reader))
    return Job(row, found, (("fr" if language == "fr" else "en", "pdf" if form == "pdf" else "docx"),), reader)


async def deliver(tx: Tx, job: Job, printed: list[Printed]) -> None:
    """Keep the documents of an approved one and owe them to everybody; a single one to who asked for it."""
    readers = [job.reader] if job.reader is not None else await sitrep.recipients(tx)
    draft = job.sitrep.state is SitrepState.DRAFT
    first_time = not await sitreps.files(tx, job.row.id)
    for one in printed:
        name = f"{job.row.number}-{one.language}.{one.form}"
        if job.reader is None:
            sitreps.add_file(tx, job.row.id, FileRow(one.form, one.language, name, one.sha256, one.size))
        message = SitrepDocument(job.row.number, one.sha256, name, draft, job.sitrep.approved_by)
        for reader in readers:
            # Killed between the two transactions it is printed again; nobody gets it twice.
            key = f"print:{job.row.id}:{one.form}:{one.language}:{reader.code}" if job.reader is None else None
            outbox.owe(tx, message, to=reader.code, key=key)
    if job.reader is not None:
        for one in printed:  # what was only looked at is not kept
            errand.owe(tx, FORGET, one.sha256, LOOKED_AT)
    # Killed before this was noted, it is printed again, and mailed all the same only once.
    if job.reader is None and first_time and await sitrep.mailed_to(tx):
        errand.owe(tx, MAIL, str(job.row.id))

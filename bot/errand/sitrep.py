"""Makes the documents of situation reports: outside every transaction, for printing takes its time."""

import asyncio

from bot.document.sitrep import paper
from bot.document.write import write
from bot.domain.bilingual import Language
from bot.domain.errand import Errand, Later, Never
from bot.domain.errors import RefusalError
from bot.domain.sitrep import Sitrep
from bot.errand.work import Begin
from bot.i18n.catalogue import Catalogues
from bot.services import sitrep_print
from bot.services.attachment import Files
from bot.services.sitrep_print import Form, Printed


class Print:
    """Carries out the errands `print`, whose subject is what `services/sitrep_print` says."""

    def __init__(self, begin: Begin, read: Begin, files: Files, catalogues: Catalogues) -> None:
        """`read` gives a transaction that only reads: while a report is composed, others can write."""
        self._begin, self._read, self._files, self._catalogues = begin, read, files, catalogues

    async def carry_out(self, errand: Errand) -> None:
        """Make the documents, keep them, and owe them to whom they are for. Raises Later if the disk refuses."""
        try:
            async with self._read() as tx:
                job = await sitrep_print.job(tx, errand.subject)
        except RefusalError as refusal:
            raise Never(refusal.code.value) from None
        try:
            printed = [
                await asyncio.to_thread(self._make, job.sitrep, language, form) for language, form in job.documents
            ]
        except OSError as error:
            raise Later(f"disk: {error.strerror or type(error).__name__}") from None
        async with self._begin() as tx:
            await sitrep_print.deliver(tx, job, printed)

    def _make(self, found: Sitrep, language: Language, form: Form) -> Printed:
        content = write(paper(found, language, self._catalogues), form, found.approved_at or found.as_of)
        return Printed(form, language, self._files.put(content), len(content))

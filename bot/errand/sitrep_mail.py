"""Mails an approved situation report, as its documents, to whom the contingent file names."""

import asyncio

from bot.document.sitrep_mail import subject, text
from bot.document.write import MEDIA_TYPES
from bot.domain.errand import Errand, Later, Never
from bot.errand.mail import Enclosed, Mail, Mailer, message_id
from bot.errand.work import Begin
from bot.i18n.catalogue import Catalogues
from bot.services import sitrep_print
from bot.services.attachment import Files


class MailSitrep:
    """Carries out the errands `mail`, whose subject is the id of an approved situation report."""

    def __init__(self, begin: Begin, files: Files, catalogues: Catalogues, mailer: Mailer, sender: str) -> None:
        self._begin, self._files, self._catalogues = begin, files, catalogues
        self._mailer, self._sender = mailer, sender

    async def carry_out(self, errand: Errand) -> None:
        """Send it; command is told whom the server refused, and if it refuses the mail. Raises Later or Never."""
        async with self._begin() as tx:
            letter = await sitrep_print.letter(tx, int(errand.subject))
        try:
            enclosed = [
                Enclosed(one.name, MEDIA_TYPES[one.form], await asyncio.to_thread(self._files.get, one.sha256))
                for one in letter.files
            ]
        except (OSError, ValueError) as error:
            raise Later(f"the document cannot be read: {type(error).__name__}") from None
        found = letter.sitrep
        mail = Mail(
            sender=self._sender,
            recipients=letter.recipients,
            subject=subject(found, self._catalogues),
            text=text(found, self._catalogues),
            at=found.approved_at or found.as_of,
            message_id=message_id(errand, self._sender),
            files=tuple(enclosed),
        )
        try:
            refused = await self._mailer.send(mail)
        except Never as refusal:
            async with self._begin() as tx:
                await sitrep_print.mail_refused(tx, found.number, str(refusal), letter.recipients)
            raise
        for one in refused:
            async with self._begin() as tx:
                await sitrep_print.mail_refused(tx, found.number, one.line, (one.recipient,))

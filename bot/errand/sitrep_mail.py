"""Mails an approved situation report, as its documents, to whom the contingent file names."""

import asyncio
from dataclasses import replace

from bot.document.sitrep_mail import subject, text
from bot.document.write import MEDIA_TYPES
from bot.domain.errand import Errand, Later, Never
from bot.domain.sitrep_mail import GIVEN_UP_AFTER, TOLD_AFTER, MailTrouble, post_of
from bot.errand.mail import Enclosed, Mail, Mailer, NoServer, NotNow, Refused, message_id
from bot.errand.work import Begin
from bot.i18n.catalogue import Catalogues
from bot.services import errand as errands
from bot.services import sitrep_mail
from bot.services.attachment import Files
from bot.services.sitrep_mail import Letter


class MailSitrep:
    """Carries out the errands `mail`, whose subject is what `domain/sitrep_mail` says."""

    def __init__(self, begin: Begin, files: Files, catalogues: Catalogues, mailer: Mailer, sender: str) -> None:
        self._begin, self._files, self._catalogues = begin, files, catalogues
        self._mailer, self._sender = mailer, sender

    async def carry_out(self, errand: Errand) -> None:
        """Send it; whom the server puts off gets it by an errand of their own. Raises Later or Never.

        Command is told who was refused for good, once if it waits for long, and then when it has gone out.
        """
        post = post_of(errand.subject)
        async with self._begin() as tx:
            letter = await sitrep_mail.letter(tx, post)
        if post.address is not None and not letter.recipients:
            return
        try:
            refused = await self._mailer.send(await self._mail(errand, letter))
        except Never as refusal:
            await self._give_up(errand, letter, refusal)
            raise
        except Later as trouble:
            # A server out of reach has judged nothing: that is tried until it is back.
            if isinstance(trouble, NotNow) and errand.attempts + 1 >= GIVEN_UP_AFTER:
                await self._give_up(errand, letter, trouble)
                raise Never(str(trouble)) from None
            await self._put_off(errand, letter, trouble)
            raise
        await self._note(errand, letter, refused)

    async def _mail(self, errand: Errand, letter: Letter) -> Mail:
        found = letter.sitrep
        try:
            enclosed = [
                Enclosed(one.name, MEDIA_TYPES[one.form], await asyncio.to_thread(self._files.get, one.sha256))
                for one in letter.files
            ]
        except (OSError, ValueError) as error:
            raise Later(f"the document cannot be read: {type(error).__name__}") from None
        first = post_of(errand.subject).first
        return Mail(
            sender=self._sender,
            recipients=letter.recipients,
            subject=subject(found, self._catalogues),
            text=text(found, self._catalogues),
            at=found.approved_at or found.as_of,
            message_id=message_id(replace(errand, id=first or errand.id), self._sender),
            files=tuple(enclosed),
            to=letter.to,
        )

    async def _note(self, errand: Errand, letter: Letter, refused: tuple[Refused, ...]) -> None:
        # With the end of the errand in the same transaction: killed before it, all of them get it again, as they must;
        # killed after it, nobody does.
        async with self._begin() as tx:
            for one in refused:
                if not one.passing:
                    await sitrep_mail.refused(tx, letter.sitrep.number, one.line, (one.recipient,))
            waiting = [one.recipient for one in refused if one.passing]
            sitrep_mail.owe_again(tx, post_of(errand.subject), errand, waiting)
            if errand.attempts >= TOLD_AFTER:
                missed = {one.recipient for one in refused}
                reached = tuple(one for one in letter.recipients if one not in missed)
                await sitrep_mail.gone(tx, errand, letter, reached)
            errands.done(tx, errand)

    async def _give_up(self, errand: Errand, letter: Letter, why: Exception) -> None:
        async with self._begin() as tx:
            await sitrep_mail.refused(tx, letter.sitrep.number, str(why), letter.recipients)
            errands.never(tx, errand, str(why))

    async def _put_off(self, errand: Errand, letter: Letter, trouble: Later) -> None:
        if errand.attempts + 1 < TOLD_AFTER:
            return
        kind = MailTrouble.DOCUMENT
        if isinstance(trouble, NoServer | NotNow):
            kind = MailTrouble.SERVER if isinstance(trouble, NoServer) else MailTrouble.ANSWER
        async with self._begin() as tx:
            await sitrep_mail.waits(tx, errand, letter, kind, str(trouble))

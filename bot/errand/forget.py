"""Deletes files that nothing needs any more: taken off a draft, or thrown away with it."""

from bot.domain.errand import Errand, Later
from bot.errand.work import Begin
from bot.services import attachment
from bot.services.attachment import Files


class Forget:
    """Carries out the errand `forget`, whose subject is the hash of a file."""

    def __init__(self, begin: Begin, files: Files) -> None:
        self._begin, self._files = begin, files

    async def carry_out(self, errand: Errand) -> None:
        """Delete the file unless something needs it; raises Later if the disk refuses."""
        # Within the transaction: nobody can begin to need the file between the question and the deletion.
        async with self._begin() as tx:
            if await attachment.is_needed(tx, errand.subject):
                return
            try:
                self._files.drop(errand.subject)
            except OSError as error:
                raise Later(f"disk: {error.strerror or type(error).__name__}") from None

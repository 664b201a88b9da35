"""Drafts the translations that a situation report lacks; each is marked as a machine's until a person confirms it."""

from bot.domain.errand import Errand, Never
from bot.errand.translate import Translator
from bot.errand.work import Begin
from bot.services import sitrep_machine


class Translate:
    """Carries out the errands `translate`, whose subject is the id of a situation report."""

    def __init__(self, begin: Begin, translator: Translator) -> None:
        self._begin, self._translator = begin, translator

    async def carry_out(self, errand: Errand) -> None:
        """Draft one after the other, each kept at once. Raises Later; a text that the server refuses is left out."""
        async with self._begin() as tx:
            wanted = await sitrep_machine.undrafted(tx, int(errand.subject))
        refused: Never | None = None
        for narrative, into in wanted:
            try:
                text = await self._translator.translate(narrative.text, narrative.language, into)
            except Never as refusal:
                refused = refusal
                continue
            async with self._begin() as tx:
                sitrep_machine.draft(tx, narrative, into, text)
        if refused is not None:
            raise refused

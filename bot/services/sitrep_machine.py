"""Machine drafts of translations: made outside every transaction, kept beside the original, confirmed by people."""

from bot.domain.bilingual import Language, beginning_with
from bot.domain.sitrep import Narrative, SitrepState
from bot.services import sitrep
from bot.store import sitrep as sitreps
from bot.store import translation as translations
from bot.store.engine import Tx


async def undrafted(tx: Tx, which: int) -> list[tuple[Narrative, Language]]:
    """Return what a machine may draft: narratives of a draft without any translation, each with the language wanted.

    What goes out comes first: all that is to be read in the reporting language, then the rest.
    """
    row = await sitreps.one(tx, which)
    if row is None or row.state is SitrepState.APPROVED:
        return []
    found = await sitrep.whole(tx, row)
    return [
        (one, into)
        for into in beginning_with(row.language)
        for one in found.untranslated(into)
        if found.translation(one.source, into) is None
    ]


def draft(tx: Tx, of: Narrative, into: Language, text: str) -> None:
    """Keep a machine's translation, which nobody stands for yet."""
    translations.add(tx, of, into, text, None)

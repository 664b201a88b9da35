"""Machine drafts of translations: made outside every transaction, kept beside the original, confirmed by people."""

from bot.domain.bilingual import Language
from bot.domain.sitrep import Narrative, SitrepState
from bot.services import sitrep
from bot.store import sitrep as sitreps
from bot.store import translation as translations
from bot.store.engine import Tx


async def undrafted(tx: Tx, which: int) -> list[tuple[Narrative, Language]]:
    """Return what a machine may draft: narratives of a draft without any translation, each with the language wanted."""
    row = await sitreps.one(tx, which)
    if row is None or row.state is SitrepState.APPROVED:
        return []
    found = await sitrep.whole(tx, row)
    seen: dict[str, Narrative] = {}
    for one in found.untranslated(row.language):
        if found.translation(one.source, row.language) is None:
            seen.setdefault(one.source, one)
    return [(one, row.language) for one in seen.values()]


def draft(tx: Tx, of: Narrative, into: Language, text: str) -> None:
    """Keep a machine's translation, which nobody stands for yet."""
    translations.add(tx, of, into, text, None)

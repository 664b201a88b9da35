"""Translations, as rows beside their originals; the newest that a person stands for goes before any machine's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.bilingual import Language
from bot.domain.sitrep import Begun, Narrative
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.report import AT_ONCE
from bot.store.tables import translation, translation_begun
from bot.store.upsert import upsert

_INSERT = insert(translation)
# Whose rows come later wins: machines first, then people, each by time.
_OF = (
    select(translation)
    .where(translation.c.source.in_(bindparam("sources", expanding=True)))
    .order_by(translation.c.author.is_not(None), translation.c.id)
)
_BEGIN = upsert(translation_begun)
_PUT_BEGUN = _BEGIN.on_conflict_do_update(
    index_elements=["officer"],
    set_={name: _BEGIN.excluded[name] for name in ("sitrep", "language", "mark", "text", "ours")},
)
_BEGUN = select(translation_begun).where(translation_begun.c.officer == bindparam("who"))
_FORGET = delete(translation_begun).where(translation_begun.c.officer == bindparam("who"))


@dataclass(frozen=True)
class TranslationRow:
    """Words beside an original; `author` is a code, nobody for a machine's."""

    source: str
    digest: str
    language: Language
    text: str
    at: datetime
    author: str | None = None


def add(tx: Tx, of: Narrative, language: Language, text: str, author: str | None) -> None:
    """Write a translation of these very words."""
    tx.write(
        _INSERT,
        {
            "id": new_id(tx.now),
            "source": of.source,
            "digest": of.digest,
            "language": language,
            "text": text,
            "author": author,
            "at": tx.now,
        },
    )


async def of(tx: Tx, narratives: Collection[Narrative]) -> dict[tuple[str, Language], TranslationRow]:
    """Return the translations that count, by source and language; one of words that have changed since is none."""
    wanted = {one.source: one.digest for one in narratives}
    sources = sorted(wanted)
    found: dict[tuple[str, Language], TranslationRow] = {}
    for at in range(0, len(sources), AT_ONCE):
        for row in await tx.read(_OF, {"sources": sources[at : at + AT_ONCE]}):
            if row.digest == wanted[row.source]:
                found[row.source, row.language] = TranslationRow(
                    row.source, row.digest, row.language, row.text, row.at, row.author
                )
    return found


def begin(tx: Tx, author: str, words: Begun) -> None:
    """Keep what somebody has typed so far of a translation; there is room for one."""
    tx.write(
        _PUT_BEGUN,
        {
            "officer": author,
            "sitrep": words.sitrep,
            "language": words.into,
            "mark": words.mark,
            "text": words.text,
            "ours": words.ours,
        },
    )


async def begun(tx: Tx, author: str) -> Begun | None:
    """Return what somebody has begun, however long ago and whatever was asked since."""
    rows = await tx.read(_BEGUN, {"who": author})
    return Begun(rows[0].sitrep, rows[0].language, rows[0].mark, rows[0].text, rows[0].ours) if rows else None


def forget(tx: Tx, author: str) -> None:
    """Let go of what somebody has begun."""
    tx.write(_FORGET, {"who": author})

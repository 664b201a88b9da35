"""Translations of what people wrote, into either language: they stand beside the originals, with their author."""

from dataclasses import replace

from bot.domain import sitrep_plan as rules
from bot.domain.bilingual import Language, Text, beginning_with
from bot.domain.errors import No, RefusalError
from bot.domain.form import locate
from bot.domain.officer import Officer
from bot.domain.piece import pieces
from bot.domain.report_form import FORMS
from bot.domain.sitrep import Begun, Narrative, Sitrep
from bot.domain.sitrep_message import AskTranslation, PassageSource, SitrepPassage, TranslationsDone, Untranslated
from bot.services import outside
from bot.services.sitrep_text import must_be_open
from bot.store import audit, errand, outbox
from bot.store import translation as translations
from bot.store.engine import Tx
from bot.store.sitrep import SitrepRow

# Of the 4,096 characters of a message; the rest is for where the passage stands.
PIECE = 3600
# French takes up to a third more than English: what is longer than this may not fit one message once translated.
LONG = 3000
# So long may a translation get in several messages: three full ones.
TRANSLATION_MAX = 3 * 4096
# A narrative is named by the beginning of its hash on a button, which has room for no more.
MARK = 12


def left(found: Sitrep, into: Language) -> list[Narrative]:
    """Return what is still to be translated into a language, in order; the same words said twice stand once."""
    first: dict[str, Narrative] = {}
    for one in found.untranslated(into):
        first.setdefault(one.digest, one)
    return list(first.values())


def untranslated(found: Sitrep) -> Untranslated:
    """Return how many passages are to be translated into each language, the reporting language first."""
    return tuple((into, n) for into in beginning_with(found.language) if (n := len(left(found, into))))


def sources(found: Sitrep) -> dict[str, PassageSource]:
    """Return where each passage stands, by what names it."""
    posts = dict(found.posts)
    known: dict[str, PassageSource] = {}
    for part in found.parts:
        for entry in part.entries:
            post = posts.get(entry.post, Text.once(entry.post))
            for key, said in entry.narratives():
                step = locate(FORMS[entry.form], key)
                known[said.source] = PassageSource(entry.number, post, step.question.code, step.turn)
        if part.written is not None:
            known[part.written.narrative.source] = PassageSource(
                found.number, sitrep=found.kind, heading=part.heading, author=part.written.author
            )
    return known


def marked(found: Sitrep, into: Language, mark: str) -> Narrative:
    """Return the narrative that a button names; raises RefusalError STALE_BUTTON once it is translated or changed."""
    for one in found.untranslated(into):
        if one.digest.startswith(mark):
            return one
    raise RefusalError(No.STALE_BUTTON)


async def ask(
    tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, into: Language, after: str = ""
) -> Narrative | None:
    """Show the next narrative that is to be translated and ask for its translation; return it, or nothing if none is.

    `after`: the mark of the one that was skipped; after the last one comes the first. Raises NOT_ALLOWED,
    ALREADY_APPROVED.
    """
    rules.must_translate(author)
    must_be_open(row)
    wanted = left(found, into)
    if not wanted:
        others = tuple(one for one in untranslated(found) if one[0] != into)
        outbox.owe(tx, TranslationsDone(row.id, row.number, into, others), to=author.code)
        return None
    at = next((at + 1 for at, one in enumerate(wanted) if after and one.digest.startswith(after)), 0)
    narrative = wanted[at % len(wanted)]
    machine = found.translation(narrative.source, into)
    if machine is None:
        await owe_drafts(tx, row)  # it may have come in after the report was prepared
    passage = SitrepPassage(sources(found)[narrative.source], narrative.text, narrative.language, 1, 1)
    _show(tx, author, passage)
    if machine is not None:
        _show(tx, author, replace(passage, text=machine.text, language=into, machine=True))
    asked = AskTranslation(
        row.id, row.number, mark_of(narrative), into, len(wanted), machine is not None, len(narrative.text) > LONG
    )
    outbox.owe(tx, asked, to=author.code)
    return narrative


def mark_of(narrative: Narrative) -> str:
    """Return what names a narrative on a button."""
    return narrative.digest[:MARK]


def _show(tx: Tx, reader: Officer, whole: SitrepPassage) -> None:
    parts = list(pieces(whole.text, PIECE))
    for number, text in enumerate(parts, start=1):
        outbox.owe(tx, replace(whole, text=text, part=number, of=len(parts)), to=reader.code)


async def owe_drafts(tx: Tx, row: SitrepRow) -> None:
    """Have a machine draft what has no translation; nothing where no translation server is set."""
    if await outside.is_set(tx, "translation"):
        errand.owe(tx, "translate", str(row.id))


def wanted(author: Officer, row: SitrepRow, found: Sitrep, into: Language, mark: str) -> Narrative:
    """Return the narrative whose translation was asked for; raises RefusalError, STALE_BUTTON if it is not any more."""
    rules.must_translate(author)
    must_be_open(row)
    return marked(found, into, mark)


def translate(tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, into: Language, mark: str, text: str) -> None:
    """Keep a person's translation beside the original; raises as `wanted` does."""
    narrative = wanted(author, row, found, into, mark)
    _keep(tx, author, row, found.untranslated(into), narrative, into, text)


def goes_on(narrative: Narrative, text: str) -> bool:
    """Return whether a translation may be only begun: it or its original is about as long as a message can be."""
    return max(len(narrative.text), len(text)) > LONG


async def begun(tx: Tx, author: Officer) -> Begun | None:
    """Return the translation that the author has begun, however long ago."""
    return await translations.begun(tx, author.code)


def begin(tx: Tx, author: Officer, words: Begun) -> None:
    """Keep what was typed so far; raises RefusalError TOO_LONG."""
    if len(words.text) > TRANSLATION_MAX:
        raise RefusalError(No.TOO_LONG, limit=TRANSLATION_MAX, length=len(words.text))
    translations.begin(tx, author.code, words)


def forget(tx: Tx, author: Officer) -> None:
    """Let go of what the author has begun."""
    translations.forget(tx, author.code)


def longer(words: Begun, text: str) -> Begun:
    """Return what was begun with a text at its end."""
    # An app cuts a long text between two words as well as between two sentences.
    gap = "\n" if words.text.endswith((".", "!", "?", ":", ";", "»", '"')) else " "
    return replace(words, text=f"{words.text}{gap}{text}")


def begun_of(author: Officer, row: SitrepRow, found: Sitrep, words: Begun) -> list[Narrative]:
    """Return the passages whose translation was begun; raises RefusalError, STALE_BUTTON if they have changed."""
    rules.must_translate(author)
    must_be_open(row)
    same = [one for one in found.narratives() if one.language != words.into and one.digest.startswith(words.mark)]
    if not same:
        raise RefusalError(No.STALE_BUTTON)
    return same


def finish(tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, words: Begun) -> None:
    """Keep what was begun beside the original, now that it is all; raises as `begun_of` does."""
    same = begun_of(author, row, found, words)
    _keep(tx, author, row, same, same[0], words.into, words.text)
    forget(tx, author)


def _keep(
    tx: Tx, author: Officer, row: SitrepRow, among: list[Narrative], of: Narrative, into: Language, text: str
) -> None:
    for one in among:
        if one.digest == of.digest:  # the same words, said twice
            translations.add(tx, one, into, text, author.code)
    audit.note(tx, author.code, "sitrep_translated", None, number=row.number, source=of.source, language=into)


def confirm(tx: Tx, author: Officer, row: SitrepRow, found: Sitrep, into: Language, mark: str) -> None:
    """Let a person stand for a machine's draft as it is."""
    machine = found.translation(marked(found, into, mark).source, into)
    if machine is None:
        raise RefusalError(No.STALE_BUTTON)
    translate(tx, author, row, found, into, mark, machine.text)

"""The contacts of a contingent file, compared with the directory: part of a load."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, fields

from bot.domain.bilingual import Text
from bot.domain.contact import Contact, Source
from bot.domain.contact_word import words_of
from bot.services import contact_value
from bot.services.changes import Changes
from bot.services.contingent_file import ContingentFile
from bot.store import contact as contacts
from bot.store.engine import Tx


@dataclass(frozen=True)
class Directory:
    """What a load writes to the directory.

    `put`: contacts with their source. `corrected`: codes of those whose numbers stay as they were corrected in chat.
    `retire`: codes. `stale`: whether what is searched has changed beside that, for officers are found there too.
    """

    put: tuple[tuple[Contact, Source], ...]
    corrected: Set[str]
    retire: tuple[str, ...]
    posts: Mapping[str, Text]
    stale: bool


async def compare(tx: Tx, file: ContingentFile, changes: Changes) -> Directory:
    """Tell in `changes` what differs between the file's contacts and the directory, and return what is to be written.

    A contact of the file takes the place of an imported one of the same code. Who confirmed a contact later than the
    file says has the last word on that day. Numbers that were corrected in chat stay until the file says the same;
    all else is as the file has it.
    """
    rows = {one.code: one for one in await contacts.every(tx)}
    sources = await contacts.sources(tx)
    corrected = await contacts.corrected(tx)
    kept = set(corrected)
    tally = changes.of("contact")
    put: list[tuple[Contact, Source]] = []
    for given in file.contacts:
        row = rows.get(given.code)
        one = contact_value.as_corrected(contact_value.verified(given, row), corrected.get(given.code))
        said_now = one.code in corrected and one.phones == given.phones
        if said_now:
            kept.discard(one.code)
        elif one.code in corrected:
            changes.corrected.append(one.code)
        differing = _differing(row, one, sources[one.code]) if row is not None else ()
        if row is None:
            tally.added.append(one.code)
        elif differing or said_now:
            tally.changed[one.code] = differing or ("corrected",)
        else:
            tally.unchanged.append(one.code)
            continue
        put.append((one, Source.FILE))
    in_file = {one.code for one in file.contacts}
    tally.missing = [code for code, source in sources.items() if source is Source.FILE and code not in in_file]
    renamed = {code for code, names in changes.of("post").changed.items() if "name" in names}
    again = {one.code for one, _ in put} | set(tally.missing)
    # A contact is found by the name of its post.
    put += [(row, sources[code]) for code, row in rows.items() if row.post in renamed and code not in again]
    return Directory(
        tuple(put),
        kept,
        tuple(tally.missing),
        {post.code: post.name for post in file.posts},
        bool(changes.touched("officer") or changes.touched("post")),
    )


def write(tx: Tx, directory: Directory) -> None:
    """Write what `compare` returned."""
    for one, source in directory.put:
        words = words_of(one, directory.posts.get(one.post or ""))
        contacts.put_all(tx, [(one, words)], source, directory.corrected)
    for code in directory.retire:
        contacts.retire(tx, code)
    if directory.stale:
        contacts.changed(tx)


def _differing(row: Contact, one: Contact, before: Source) -> tuple[str, ...]:
    """Return the file's names of what differs; an imported contact that the file now has changes its source."""
    names = [field.name for field in fields(one) if getattr(row, field.name) != getattr(one, field.name)]
    return (*names, *(("source",) if before is not Source.FILE else ()))

"""The contacts of a contingent file, compared with the directory: part of a load."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from bot.domain.bilingual import Text
from bot.domain.contact import Contact
from bot.domain.contact_word import words_of
from bot.services import contact_value
from bot.services.changes import Changes
from bot.services.contingent_file import ContingentFile
from bot.store import contact as contacts
from bot.store.engine import Tx

FILE = "file"


@dataclass(frozen=True)
class Directory:
    """What a load writes to the directory.

    `put`: contacts with their source. `retire`: codes. `stale`: whether what is searched has changed beside that, for
    officers are found there too.
    """

    put: tuple[tuple[Contact, str], ...]
    retire: tuple[str, ...]
    posts: Mapping[str, Text]
    stale: bool


async def compare(tx: Tx, file: ContingentFile, changes: Changes) -> Directory:
    """Tell in `changes` what differs between the file's contacts and the directory, and return what is to be written.

    A contact of the file takes the place of an imported one of the same code. Who confirmed a contact later than the
    file says has the last word on that day. Numbers that were corrected in chat stay until the file says the same.
    """
    rows = {one.code: one for one in await contacts.every(tx)}
    sources = await contacts.sources(tx)
    tally = changes.of("contact")
    put: list[tuple[Contact, str]] = []
    for given in file.contacts:
        row = rows.get(given.code)
        one = contact_value.verified(given, row)
        source = FILE
        if row is not None and sources[row.code] == contacts.CHAT and one.phones != row.phones:
            one, source = replace(one, phones=row.phones), contacts.CHAT
            changes.corrected.append(one.code)
        differing = _differing(row, one, sources[one.code], source) if row is not None else ()
        if row is None:
            tally.added.append(one.code)
        elif differing:
            tally.changed[one.code] = differing
        else:
            tally.unchanged.append(one.code)
            continue
        put.append((one, source))
    in_file = {one.code for one in file.contacts}
    tally.missing = [code for code, source in sources.items() if source == FILE and code not in in_file]
    renamed = {code for code, names in changes.of("post").changed.items() if "name" in names}
    again = {one.code for one, _ in put} | set(tally.missing)
    # A contact is found by the name of its post.
    put += [(row, sources[code]) for code, row in rows.items() if row.post in renamed and code not in again]
    return Directory(
        tuple(put),
        tuple(tally.missing),
        {post.code: post.name for post in file.posts},
        bool(changes.touched("officer") or changes.touched("post")),
    )


def write(tx: Tx, directory: Directory) -> None:
    """Write what `compare` returned."""
    for one, source in directory.put:
        contacts.put(tx, one, source, words_of(one, directory.posts.get(one.post or "")))
    for code in directory.retire:
        contacts.retire(tx, code)
    if directory.stale:
        contacts.changed(tx)


def _differing(row: Contact, one: Contact, before: str, source: str) -> tuple[str, ...]:
    """Return the file's names of what differs; an imported contact that the file now has changes its source."""
    names = [field.name for field in fields(one) if getattr(row, field.name) != getattr(one, field.name)]
    return (*names, *(("source",) if source != before else ()))

"""Contacts from a file: read whole, judged whole, then written in sets between which a running Vigie has its turn."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from bot.domain.contact import Contact, Source
from bot.domain.contact_word import words_of
from bot.services import contact_card, contact_care, contact_column, contact_value, table_file
from bot.services.contact_row import Cells, Ground, Made, make
from bot.services.table_file import TableFault
from bot.store import audit
from bot.store import contact as contacts
from bot.store import contact_doubt as doubts
from bot.store import post as posts
from bot.store.engine import Store, Tx

# A set is written in some tenths of a second: so long a distress may have to wait.
SET = 1000
# SQLite looks at least ten times a second whether the database is free: within this whoever waits has had their turn.
PAUSE_S = 0.12


@dataclass(frozen=True)
class Raw:
    """A file before its rows are judged. `form`: what it was taken for. `unit`: what its rows are called.

    `called`: how the file itself calls a column. `columns`: those that the file has; each card has its own.
    `faults`: what is wrong with it before any row.
    """

    form: str
    unit: str
    called: Mapping[str, str]
    rows: Iterator[tuple[int, Cells]]
    faults: tuple[str, ...] = ()
    columns: frozenset[str] | None = None


@dataclass
class Import:
    """What a file holds, judged. `sound`: contacts with the number of their row. `faults`: one line each.

    `corrected`: codes of contacts whose numbers a lead has corrected in chat, and that stay as they are.
    `renumbered`: codes of contacts whose numbers are others than before. `columns`: what the file says of a contact, by
    code; what it does not say stays. `news`: what would become of whom, in the order of the file: fields that are
    changed, and none for a contact that is new.
    """

    form: str = ""
    unit: str = "row"
    rows: int = 0
    sound: list[tuple[int, Contact]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    put: list[Contact] = field(default_factory=list)
    corrected: set[str] = field(default_factory=set)
    renumbered: set[str] = field(default_factory=set)
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    news: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


async def ground(tx: Tx) -> Ground:
    """Return what rows are read by; raises LookupError before a contingent is loaded."""
    plan = await posts.plan(tx)
    if plan is None:
        raise LookupError("there is no contingent yet; expected `vigie load FILE.toml` first")
    return Ground({one.code: one for one in plan.posts}, plan.contingent.home_timezone, today=tx.now.date())


def raw(content: bytes) -> Raw:
    """Return what a file holds, row by row; raises TableFault, and so may its rows."""
    if contact_card.is_card(content):
        text, said = table_file.text_of(content)
        return Raw(f"contact cards, {said}", "card", contact_card.CALLED, contact_card.rows(text))
    table = table_file.read(content, lambda name: contact_column.column_of(name) is not None)
    called: dict[str, str] = {}
    at: dict[int, str] = {}
    faults = []
    for number, name in enumerate(table.columns):
        known = contact_column.column_of(name)
        if known is None:
            if name.strip():
                faults.append(f'row 1: "{name.strip()}" is not a column of contacts{contact_column.hint(name)}')
        elif known in called:
            faults.append(f'row 1: "{name.strip()}" and "{called[known]}" are the same column; expected one of them')
        else:
            called[known] = name.strip()
            at[number] = known
    if not {"name", "name_en", "name_fr", "function", "function_en", "function_fr"} & called.keys():
        expected = "expected at least category, name or function, and a phone, such as mobile"
        raise TableFault(f"row 1: has no column of names; {expected}")
    found = _rows(table.rows, at, len(table.columns))
    return Raw(table.form, "row", called, found, tuple(faults), frozenset(at.values()))


def _rows(rows: Iterator[table_file.Numbered], at: Mapping[int, str], width: int) -> Iterator[tuple[int, Cells]]:
    for number, row in rows:
        cells = {at[place]: text.strip() for place, text in enumerate(row) if place in at and text.strip()}
        if beyond := next((text.strip() for text in row[width:] if text.strip()), None):
            cells[contact_column.BEYOND] = beyond
        if cells:
            yield number, cells


def judge(content: bytes, ground: Ground, told: Callable[[int], None] = lambda count: None) -> Import:
    """Return what a file holds, with everything that is wrong with it; `told` hears how many rows were read."""
    done = Import()
    seen: dict[str, tuple[int, Contact]] = {}
    try:
        given = raw(content)
        done.form, done.unit = given.form, given.unit
        done.faults += given.faults
        for number, cells in given.rows:
            done.rows += 1
            made = make(cells, ground)
            why = _twice(made, seen, given.unit) if made.contact is not None else None
            for name, fault in made.faults or ((why,) if why is not None else ()):
                column = f", {given.called.get(name, name)}" if name is not None else ""
                done.faults.append(f"{given.unit} {number}{column}: {fault}")
            if made.contact is not None and why is None:
                seen[made.contact.code] = (number, made.contact)
                said = given.columns if given.columns is not None else frozenset(cells)
                done.columns[made.contact.code] = said | ground.said
                done.sound.append((number, made.contact))
            told(done.rows)
    except TableFault as fault:
        done.faults.append(str(fault))
    return done


def _twice(made: Made, seen: Mapping[str, tuple[int, Contact]], unit: str) -> tuple[str | None, str] | None:
    one = made.contact
    if one is None or one.code not in seen:
        return None
    number, other = seen[one.code]
    if one == other:
        return None, f"is {unit} {number} once more; expected each contact once"
    if made.own_code:
        return "code", f'"{one.code}" is given twice; expected another, {unit} {number} has it'
    return None, f"has the name, organisation and post of {unit} {number}; expected a code that tells them apart"


async def compare(tx: Tx, done: Import) -> None:
    """Say in `done` what is to be added and changed; contacts of the contingent file are never touched."""
    rows = {one.code: one for one in await contacts.every(tx)}
    sources = await contacts.sources(tx)
    corrected = await contacts.corrected(tx)
    for number, given in done.sound:
        row = rows.get(given.code)
        columns = done.columns.get(given.code, frozenset())
        one = contact_value.verified(contact_value.filled(given, row, columns), row)
        said_now = False
        # What the file laid down is judged as it stands: an import that says the old number is refused.
        if given.code in corrected and sources.get(given.code) is not Source.FILE:
            kept = _plain(contact_value.as_corrected(one, corrected[given.code]))
            said_now = kept.phones == one.phones and not columns.isdisjoint(contact_column.PHONES)
            done.corrected |= set() if said_now else {one.code}
            one = kept
        if row is None:
            done.added += 1
            done.news[one.code] = ()
        elif _plain(row) == one:
            done.unchanged += 1
            if not said_now:
                continue
        elif sources[row.code] is Source.FILE:
            done.faults.append(
                f'{done.unit} {number}, code: "{one.code}" stands in the contingent file and says something else; '
                "expected another code, or a change of that file"
            )
            continue
        else:
            done.changed += 1
            before = _plain(row)
            differing = [each.name for each in fields(one) if getattr(before, each.name) != getattr(one, each.name)]
            done.news[one.code] = tuple(differing)
            done.renumbered |= {one.code} if one.phones != _plain(row).phones else set()
        done.put.append(one)


def _plain(row: Contact) -> Contact:
    """Return a row as a table would say it."""
    return replace(row, phones=contact_value.in_order(row.phones))


async def write(store: Store, done: Import, told: Callable[[int], None] = lambda count: None) -> None:
    """Write what differs, a set at a time. Killed in between, the import is made whole by being made again."""
    for first in range(0, len(done.put), SET):
        some: Sequence[Contact] = done.put[first : first + SET]
        if first:
            await asyncio.sleep(PAUSE_S)
        async with store.begin() as tx:
            names = {one.code: one.name for one in (await ground(tx)).posts.values()}
            corrected = await contacts.corrected(tx)  # perhaps since the rows were compared
            these = [_plain(contact_value.as_corrected(one, corrected.get(one.code))) for one in some]
            kept = {one.code for one, said in zip(these, some, strict=True) if one.phones != said.phones}
            kept |= corrected.keys() & done.corrected
            found = ((one, words_of(one, names.get(one.post or ""))) for one in these)
            contacts.put_all(tx, found, Source.IMPORT, kept)
            renumbered = done.renumbered & {one.code for one in some} - kept
            for code in sorted(await doubts.open_of(tx, renumbered)):
                await contact_care.settle(tx, None, code, corrected=True)
            if first + SET >= len(done.put):
                audit.note(tx, audit.SYSTEM, "contacts_imported", added=done.added, changed=done.changed)
        told(first + len(some))

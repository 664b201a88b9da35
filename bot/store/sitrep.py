"""Situation reports, as rows: what each covers, what command wrote into it, and all that it says once approved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.domain.bilingual import Language
from bot.domain.sitrep import Sitrep, SitrepKind, SitrepState
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import sitrep, sitrep_file, sitrep_report, sitrep_text
from bot.store.upsert import upsert

_ADAPTER: TypeAdapter[Sitrep] = TypeAdapter(Sitrep)
_WITHOUT_FACTS = [column for column in sitrep.columns if column.name != "facts"]

_INSERT = insert(sitrep)
_SELECT = select(*_WITHOUT_FACTS)
_ONE = _SELECT.where(sitrep.c.id == bindparam("which"))
_OF_PERIOD = _SELECT.where(
    sitrep.c.kind == bindparam("of"), sitrep.c.since == bindparam("begins"), sitrep.c.until == bindparam("ends")
)
_PERIODS = (
    select(sitrep.c.since, sitrep.c.until)
    .where(sitrep.c.kind == bindparam("of"), sitrep.c.since < bindparam("ends"), sitrep.c.until > bindparam("begins"))
    .order_by(sitrep.c.since)
)
_LATEST = _SELECT.order_by(sitrep.c.until.desc(), sitrep.c.id.desc()).limit(bindparam("most"))
_FACTS = select(sitrep.c.facts).where(sitrep.c.id == bindparam("which"))
_LAST_SERIAL = select(func.max(sitrep.c.serial)).where(
    sitrep.c.kind == bindparam("of"), sitrep.c.year == bindparam("in_year")
)
_APPROVE = (
    update(sitrep)
    .where(sitrep.c.id == bindparam("which"), sitrep.c.state == SitrepState.DRAFT.value)
    .values(
        state=SitrepState.APPROVED.value,
        approved_at=bindparam("at_"),
        approved_by=bindparam("who"),
        facts=bindparam("said"),
    )
)
_INSERT_TEXT = insert(sitrep_text)
_TEXTS = select(sitrep_text).where(sitrep_text.c.sitrep == bindparam("which")).order_by(sitrep_text.c.id)
_INSERT_REPORT = insert(sitrep_report)
_FILED = upsert(sitrep_file)
# Printed again after a kill: the newest one counts, which says the same.
_PUT_FILE = _FILED.on_conflict_do_update(
    index_elements=["sitrep", "format", "language"],
    set_={name: _FILED.excluded[name] for name in ("name", "sha256", "size", "made_at")},
)
_HOLDS = select(sitrep_file.c.sitrep).where(sitrep_file.c.sha256 == bindparam("hash")).limit(1)
_FILES = select(sitrep_file).where(sitrep_file.c.sitrep == bindparam("which")).order_by(sitrep_file.c.format)


@dataclass(frozen=True)
class SitrepRow:
    """A situation report without what it says. `prepared_by`: nobody, where its hour had come."""

    id: int
    number: str
    kind: SitrepKind
    since: datetime
    until: datetime
    language: Language
    state: SitrepState
    prepared_at: datetime
    prepared_by: str | None = None
    approved_at: datetime | None = None
    approved_by: str | None = None


@dataclass(frozen=True)
class TextRow:
    """What command wrote under a heading; `author` is a code."""

    heading: str
    text: str
    language: Language
    author: str
    at: datetime


@dataclass(frozen=True)
class FileRow:
    """A document of an approved one, under its hash in the folder of files."""

    form: Literal["docx", "pdf"]
    language: Language
    name: str
    sha256: str
    size: int


def _from_row(row: Row[Any]) -> SitrepRow:
    return SitrepRow(
        id=row.id,
        number=row.number,
        kind=SitrepKind(row.kind),
        since=row.since,
        until=row.until,
        language=row.language,
        state=SitrepState(row.state),
        prepared_at=row.prepared_at,
        prepared_by=row.prepared_by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
    )


async def next_serial(tx: Tx, kind: SitrepKind, year: int) -> int:
    """Return the next number of a kind and year."""
    last = (await tx.read(_LAST_SERIAL, {"of": kind.value, "in_year": year}))[0][0]
    return int(last or 0) + 1


def add(tx: Tx, one: SitrepRow, year: int, serial: int) -> None:
    """Write a new draft."""
    tx.write(
        _INSERT,
        {
            "id": one.id,
            "number": one.number,
            "year": year,
            "serial": serial,
            "kind": one.kind.value,
            "since": one.since,
            "until": one.until,
            "language": one.language,
            "state": one.state.value,
            "prepared_at": one.prepared_at,
            "prepared_by": one.prepared_by,
        },
    )


async def one(tx: Tx, which: int) -> SitrepRow | None:
    """Return a situation report, or nothing."""
    rows = await tx.read(_ONE, {"which": which})
    return _from_row(rows[0]) if rows else None


async def of_period(tx: Tx, kind: SitrepKind, since: datetime, until: datetime) -> SitrepRow | None:
    """Return the one of exactly this period, or nothing."""
    rows = await tx.read(_OF_PERIOD, {"of": kind.value, "begins": since, "ends": until})
    return _from_row(rows[0]) if rows else None


async def periods(tx: Tx, kind: SitrepKind, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the periods of one kind that touch a time, as they were prepared, by their beginning."""
    rows = await tx.read(_PERIODS, {"of": kind.value, "begins": since, "ends": until})
    return [(row.since, row.until) for row in rows]


async def latest(tx: Tx, most: int) -> list[SitrepRow]:
    """Return the newest ones, the newest first."""
    return [_from_row(row) for row in await tx.read(_LATEST, {"most": most})]


async def approved(tx: Tx, which: int) -> Sitrep:
    """Return an approved one as it was approved; raises LookupError for a draft."""
    facts = (await tx.read(_FACTS, {"which": which}))[0][0]
    if facts is None:
        raise LookupError(f"the situation report {which} is a draft")
    return _ADAPTER.validate_python(facts)


async def approve(tx: Tx, which: int, by: str, facts: Sitrep) -> bool:
    """Keep an approved one for good; return False if somebody was first."""
    said = _ADAPTER.dump_python(facts, mode="json")
    return await tx.change(_APPROVE, {"which": which, "at_": tx.now, "who": by, "said": said}) == 1


def plain(facts: Sitrep) -> dict[str, Any]:
    """Return a situation report as plain values for JSON; instants are ISO 8601."""
    found: dict[str, Any] = _ADAPTER.dump_python(facts, mode="json")
    return found


def write_text(tx: Tx, which: int, one: TextRow) -> None:
    """Write what command says under a heading; what it said before stays on record."""
    tx.write(
        _INSERT_TEXT,
        {
            "id": new_id(tx.now),
            "sitrep": which,
            "heading": one.heading,
            "text": one.text,
            "language": one.language,
            "author": one.author,
            "at": one.at,
        },
    )


async def texts(tx: Tx, which: int) -> dict[str, TextRow]:
    """Return the newest words under each heading."""
    rows = await tx.read(_TEXTS, {"which": which})
    return {row.heading: TextRow(row.heading, row.text, row.language, row.author, row.at) for row in rows}


def rests_on(tx: Tx, which: int, report: int, version: int) -> None:
    """Keep that an approved one rests on this version of a report."""
    tx.write(_INSERT_REPORT, {"sitrep": which, "report": report, "version": version})


def add_file(tx: Tx, which: int, one: FileRow) -> None:
    """Keep where a document of an approved one lies."""
    tx.write(
        _PUT_FILE,
        {
            "sitrep": which,
            "format": one.form,
            "language": one.language,
            "name": one.name,
            "sha256": one.sha256,
            "size": one.size,
            "made_at": tx.now,
        },
    )


async def files(tx: Tx, which: int) -> list[FileRow]:
    """Return the documents of an approved one."""
    rows = await tx.read(_FILES, {"which": which})
    return [FileRow(row.format, row.language, row.name, row.sha256, row.size) for row in rows]


async def holds(tx: Tx, sha256: str) -> bool:
    """Return whether a file is a document of an approved one."""
    return bool(await tx.read(_HOLDS, {"hash": sha256}))

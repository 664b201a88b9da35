"""Contacts, as rows. Who may see one is asked for in each query that a reader's answer is made of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, func, or_, select, update

from bot.domain.contact import BITS, URGENT, Category, Contact, Pace, Source
from bot.domain.contact_word import Field
from bot.domain.officer import Role
from bot.store import agenda
from bot.store.contact_codec import from_row, values
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.officer import ENDED
from bot.store.tables import contact, contact_doubt
from bot.store.upsert import upsert

VERSION = "directory"
AT_ONCE = 500

_COLUMNS = [column.name for column in contact.columns if column.name != "code"]
_INSERT = upsert(contact)
_SINCE = func.coalesce(contact.c.corrected_at, _INSERT.excluded.corrected_at)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["code"],
    set_={name: _INSERT.excluded[name] for name in _COLUMNS if name != "verified_by"}
    # Who confirmed it stays as long as that day does.
    | {"verified_by": case((contact.c.verified_on == _INSERT.excluded.verified_on, contact.c.verified_by), else_=None)}
    | {"corrected_at": case((_INSERT.excluded.corrected_at.is_not(None), _SINCE), else_=None)},
    # What stands in the contingent file is changed there alone, whatever an import knew when it began.
    where=or_(
        _INSERT.excluded.source == Source.FILE.value,
        contact.c.source == _INSERT.excluded.source,
        contact.c.retired_at.is_not(None),
    ),
)
# Who laid it down stays: only the numbers are others.
_CORRECT = (
    update(contact)
    .where(contact.c.code == bindparam("which"))
    .values(
        phones=bindparam("phones_"),
        words=bindparam("words_"),
        verified_on=bindparam("on_"),
        verified_by=bindparam("who"),
        corrected_at=bindparam("at_"),
        changed_at=bindparam("at_"),
    )
)
_REWORD = update(contact).where(contact.c.code == bindparam("which")).values(words=bindparam("words_"))
_RETIRE = update(contact).where(contact.c.code == bindparam("which")).values(retired_at=bindparam("at_"))
_VERIFY = (
    update(contact)
    .where(contact.c.code == bindparam("which"))
    .values(verified_on=bindparam("on_"), verified_by=bindparam("who"))
)
_PAST = (contact.c.source == Source.IMPORT.value) & (contact.c.valid_until < bindparam("day"))
_FORGET = delete(contact).where(or_(contact.c.officer.in_(ENDED), _PAST))
_FORGET_DOUBTS = delete(contact_doubt).where(contact_doubt.c.contact.in_(select(contact.c.code).where(_PAST)))
_LIVE = contact.c.retired_at.is_(None)
# By its source: over the index of officers, who are mostly none, SQLite would read every row.
_OWN = contact.c.source != Source.OFFICER.value
# All but what it is found by, which is long, and read for the index alone.
_SHOWN = [column for column in contact.columns if column.name != "words"]
_SEEN = contact.c.roles.op("&")(bindparam("role")) != 0
_VALID = or_(contact.c.valid_until.is_(None), contact.c.valid_until >= bindparam("today"))
_ALL = select(*_SHOWN).where(_LIVE, _OWN).order_by(contact.c.code)
_AFTER = _ALL.where(contact.c.code > bindparam("after")).limit(bindparam("most"))
_SOURCES = select(contact.c.code, contact.c.source).where(_LIVE, _OWN)
_OPEN = select(*_SHOWN).where(_LIVE, _OWN, _SEEN, _VALID)
_BY_CODES = _OPEN.where(contact.c.code.in_(bindparam("codes", expanding=True)))
_BY_PACE = case({pace.value: at for at, pace in enumerate(Pace)}, value=contact.c.pace, else_=len(Pace))
# Without a name it is an office, which goes before a person.
_ORDER = (_BY_PACE, contact.c.name.is_not(None), contact.c.code)
_IN_CATEGORY = contact.c.category == bindparam("category")
_OF_CATEGORY = (
    _OPEN.where(_IN_CATEGORY)
    .order_by(contact.c.post.is_distinct_from(bindparam("own")), contact.c.post.is_(None), contact.c.post, *_ORDER)
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_COUNT = select(func.count()).where(_LIVE, _OWN, _SEEN, _VALID, _IN_CATEGORY)
_URGENT = (
    _OPEN.where(
        contact.c.category.in_([one.value for one in URGENT]),
        or_(contact.c.post == bindparam("own"), contact.c.post.is_(None)),
    )
    .order_by(contact.c.post.is_(None), *_ORDER)
    .limit(bindparam("most"))
)
_OF_POST = _OPEN.where(contact.c.post == bindparam("own")).order_by(contact.c.code)
_OF_NO_POST = _OPEN.where(contact.c.post.is_(None)).order_by(contact.c.code)
_CATEGORIES = select(contact.c.category).distinct().where(_LIVE, _OWN, _SEEN, _VALID)
_EXTRAS = select(*_SHOWN).where(_LIVE, contact.c.officer.in_(bindparam("officers", expanding=True)))
_EVERY_EXTRA = select(*_SHOWN).where(_LIVE, contact.c.officer.is_not(None))
# Those taken out are among them: what comes back into a file has its right numbers, too.
_CORRECTED = select(*_SHOWN).where(contact.c.corrected_at.is_not(None), _OWN)
_LIGHT = select(
    contact.c.code,
    contact.c.post,
    contact.c.words,
    contact.c.phones,
    contact.c.roles,
    contact.c.name,
    contact.c.valid_until,
).where(_LIVE, _OWN)


def put(tx: Tx, one: Contact, source: Source, words: Mapping[str, Field]) -> None:
    """Write a contact, new or over the row of its code; `words`: what it is found by.

    A row that the contingent file laid down is left as it is by any other source.
    """
    put_all(tx, [(one, words)], source)


def put_all(
    tx: Tx, many: Iterable[tuple[Contact, Mapping[str, Field]]], source: Source, corrected: Collection[str] = ()
) -> None:
    """Write contacts, each with what it is found by; `corrected`: whose numbers stay those corrected in chat."""
    for one, words in many:
        _put(tx, one, source, words, corrected=one.code in corrected)
    changed(tx)


def _put(tx: Tx, one: Contact, source: Source, words: Mapping[str, Field], *, corrected: bool) -> None:
    row = values(one) | {
        "source": str(source),
        "verified_by": None,
        "words": {word: int(field) for word, field in words.items()},
        "changed_at": tx.now,
        "corrected_at": tx.now if corrected else None,
        "retired_at": None,
    }
    tx.write(_PUT, row)


def correct(tx: Tx, one: Contact, words: Mapping[str, Field], by: str, on: date) -> None:
    """Keep the numbers of a contact as somebody has corrected them in chat; who laid it down says all the rest."""
    phones, found = values(one)["phones"], {word: int(field) for word, field in words.items()}
    params = {"which": one.code, "phones_": phones, "words_": found, "who": by, "on_": on, "at_": tx.now}
    tx.write(_CORRECT, params)
    changed(tx)


async def corrected(tx: Tx) -> dict[str, Contact]:
    """Return the contacts whose numbers were corrected in chat, by code, also those that are taken out by now."""
    return {row.code: from_row(row) for row in await tx.read(_CORRECTED)}


def reword(tx: Tx, many: Sequence[tuple[str, Mapping[str, Field]]]) -> None:
    """Write what contacts are found by, by code, and nothing else: `changed` says it."""
    for code, words in many:
        tx.write(_REWORD, {"which": code, "words_": {word: int(field) for word, field in words.items()}})


def retire(tx: Tx, code: str) -> None:
    """Take a contact out of the directory; its row stays."""
    tx.write(_RETIRE, {"which": code, "at_": tx.now})
    changed(tx)


def verify(tx: Tx, code: str, by: str, on: date) -> None:
    """Keep that somebody has confirmed what a contact says."""
    tx.write(_VERIFY, {"which": code, "who": by, "on_": on})


async def forget(tx: Tx, ended_before: date) -> int:
    """Delete what has outlived its use; return how many contacts.

    That is what officers whose tour ended before that day have added to their entries, and what was imported and was
    valid last before it, with what was said against it.
    """
    await tx.change(_FORGET_DOUBTS, {"day": ended_before})
    gone = await tx.change(_FORGET, {"day": ended_before})
    if gone:
        changed(tx)
    return gone


def changed(tx: Tx) -> None:
    """Keep that what is searched has changed: every index made before is out of date."""
    agenda.put_fact(tx, VERSION, str(new_id(tx.now)))


async def version(tx: Tx) -> str:
    """Return what stands for the directory as it is now."""
    return await agenda.get_fact(tx, VERSION) or ""


async def every(tx: Tx) -> list[Contact]:
    """Return all contacts but those of the roster, whoever may see them, by code: for loading and exports."""
    return [from_row(row) for row in await tx.read(_ALL)]


async def after(tx: Tx, code: str, most: int) -> list[Contact]:
    """Return those of `every` whose code comes after this one, so many at the most."""
    return [from_row(row) for row in await tx.read(_AFTER, {"after": code, "most": most})]


async def sources(tx: Tx) -> dict[str, Source]:
    """Return who laid down each contact, by code."""
    return {row.code: Source(row.source) for row in await tx.read(_SOURCES)}


async def seen(tx: Tx, codes: Collection[str], role: Role, today: date) -> dict[str, Contact]:
    """Return those of these contacts that the role may see and that are valid on that day; members are not here."""
    found: dict[str, Contact] = {}
    wanted = sorted(codes)
    for at in range(0, len(wanted), AT_ONCE):
        params = {"codes": wanted[at : at + AT_ONCE], "role": BITS[role], "today": today}
        found |= {row.code: from_row(row) for row in await tx.read(_BY_CODES, params)}
    return found


async def of_category(
    tx: Tx, category: Category, role: Role, today: date, post: str, most: int, skipped: int
) -> tuple[list[Contact], int]:
    """Return a page of a category as the role may see it, those of `post` first, and how many there are."""
    params = {"category": category.value, "role": BITS[role], "today": today}
    count = int((await tx.read(_COUNT, params))[0][0])
    rows = await tx.read(_OF_CATEGORY, {**params, "own": post, "most": most, "skipped": skipped})
    return [from_row(row) for row in rows], count


async def urgent(tx: Tx, role: Role, today: date, post: str, most: int) -> list[Contact]:
    """Return whom to call at a post when life or limb is at stake, in the order of the plan, then what has no post."""
    params = {"role": BITS[role], "today": today, "own": post, "most": most}
    return [from_row(row) for row in await tx.read(_URGENT, params)]


async def of_post(tx: Tx, post: str | None, role: Role, today: date) -> list[Contact]:
    """Return the contacts of a post, or of none, that the role may see and that are valid on that day."""
    params: dict[str, Any] = {"role": BITS[role], "today": today}
    found = await tx.read(_OF_NO_POST, params) if post is None else await tx.read(_OF_POST, params | {"own": post})
    return [from_row(row) for row in found]


async def categories(tx: Tx, role: Role, today: date) -> set[Category]:
    """Return the categories in which the role may see somebody; members of the contingent are not looked at."""
    return {Category(row[0]) for row in await tx.read(_CATEGORIES, {"role": BITS[role], "today": today})}


async def extras(tx: Tx, officers: Collection[str]) -> dict[str, Contact]:
    """Return what these officers have added to their own entries, by officer."""
    if not officers:
        return {}
    return {row.officer: from_row(row) for row in await tx.read(_EXTRAS, {"officers": sorted(officers)})}


async def every_extra(tx: Tx) -> dict[str, Contact]:
    """Return what officers have added to their own entries, by officer."""
    return {row.officer: from_row(row) for row in await tx.read(_EVERY_EXTRA)}


async def light(tx: Tx) -> Sequence[Row[Any]]:
    """Return what contacts are found by: code, post, words with their weights, phones, roles, name."""
    return await tx.read(_LIGHT)

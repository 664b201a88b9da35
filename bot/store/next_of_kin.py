"""Next of kin, as rows: one officer's at a time, and never in a list."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, delete, select

from bot.domain.next_of_kin import NextOfKin
from bot.store.engine import Tx
from bot.store.officer import ENDED
from bot.store.tables import next_of_kin
from bot.store.upsert import upsert

# Between a number and its extension, which are one column.
_EXTENSION = ";ext="
_INSERT = upsert(next_of_kin)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["officer"],
    set_={name: _INSERT.excluded[name] for name in ("name", "relation", "phone", "changed_at")},
)
_DROP = delete(next_of_kin).where(next_of_kin.c.officer == bindparam("who"))
_FORGET = delete(next_of_kin).where(next_of_kin.c.officer.in_(ENDED))
_OF = select(next_of_kin).where(next_of_kin.c.officer == bindparam("who"))
_THERE = select(next_of_kin.c.officer).where(next_of_kin.c.officer.in_(bindparam("codes", expanding=True)))


def put(tx: Tx, who: str, one: NextOfKin) -> None:
    """Write an officer's next of kin, new or in place of the one of before."""
    number = one.phone + (f"{_EXTENSION}{one.extension}" if one.extension else "")
    row = {"officer": who, "name": one.name, "relation": one.relation, "phone": number, "changed_at": tx.now}
    tx.write(_PUT, row)


def drop(tx: Tx, who: str) -> None:
    """Delete an officer's next of kin: nothing of it stays."""
    tx.write(_DROP, {"who": who})


async def forget(tx: Tx, ended_before: date) -> int:
    """Delete the next of kin of those whose tour ended before that day; return how many."""
    return await tx.change(_FORGET, {"day": ended_before})


async def of(tx: Tx, who: str) -> NextOfKin | None:
    """Return an officer's next of kin."""
    rows = await tx.read(_OF, {"who": who})
    if not rows:
        return None
    row = rows[0]
    number, _, extension = row.phone.partition(_EXTENSION)
    return NextOfKin(row.name, row.relation, number, extension or None, row.changed_at)


async def there(tx: Tx, codes: Collection[str]) -> set[str]:
    """Return which of these officers have laid one down, and nothing of what they say."""
    return {row.officer for row in await tx.read(_THERE, {"codes": sorted(codes)})} if codes else set()

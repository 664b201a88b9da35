"""Who has the emergency card of their post, and which one, as rows."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select

from bot.store import agenda
from bot.store.engine import Tx
from bot.store.tables import contact_card
from bot.store.upsert import upsert

AT_ONCE = 500

_INSERT = upsert(contact_card)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=["officer"], set_={name: _INSERT.excluded[name] for name in ("says", "sent_at")}
)
_DROP = delete(contact_card).where(contact_card.c.officer == bindparam("who"))
_HELD = select(contact_card.c.officer, contact_card.c.says).where(
    contact_card.c.officer.in_(bindparam("codes", expanding=True))
)


_DROP_ALL = delete(contact_card)
_SEEN = "contact_card_seen"


async def held(tx: Tx, codes: Collection[str]) -> dict[str, str]:
    """Return what stands for the card of each of these officers who has one."""
    found: dict[str, str] = {}
    wanted = sorted(codes)
    for at in range(0, len(wanted), AT_ONCE):
        rows = await tx.read(_HELD, {"codes": wanted[at : at + AT_ONCE]})
        found |= {row.officer: row.says for row in rows}
    return found


def put(tx: Tx, who: str, says: str) -> None:
    """Keep which card an officer is given."""
    tx.write(_PUT, {"officer": who, "says": says, "sent_at": tx.now})


def drop(tx: Tx, who: str) -> None:
    """Forget the card of an officer: on a new phone it is not there."""
    tx.write(_DROP, {"who": who})
    look_anew(tx)


def drop_all(tx: Tx) -> None:
    """Forget every card: of a backup nobody knows who has theirs, and those that waited are parked."""
    tx.write(_DROP_ALL, {})
    look_anew(tx)


async def looked(tx: Tx) -> str | None:
    """Return of what state, and how far, cards were looked at last; nothing if they all have to be."""
    return await agenda.get_fact(tx, _SEEN) or None


def keep_looked(tx: Tx, state: str) -> None:
    """Keep how far cards were looked at."""
    agenda.put_fact(tx, _SEEN, state)


def look_anew(tx: Tx) -> None:
    """See to it that every card is looked at again."""
    agenda.put_fact(tx, _SEEN, "")

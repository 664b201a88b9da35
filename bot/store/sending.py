"""What the courier asks of the outbox: which messages go next, and what became of each.

A message is sent only when Telegram has said so; until then it stays owed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, exists, false, func, or_, select, update
from sqlalchemy.sql.dml import Update

from bot.domain.bilingual import Language
from bot.domain.errand import RESTORED
from bot.domain.message import MESSAGES, Priority
from bot.domain.officer import Gender, Role
from bot.store.engine import Tx
from bot.store.tables import officer, outbox, post

_ORIGINAL = outbox.alias("original")
# How many messages to one person are taken at a time: Telegram lets one chat have one a second, and two hundred alerts
# for a commander must not keep the alerts of everybody else waiting.
AT_A_TIME = 3
_WAITING_ROWS = (
    select(
        outbox.c.id,
        func.row_number()
        .over(partition_by=[outbox.c.officer, outbox.c.chat], order_by=[outbox.c.priority, outbox.c.id])
        .label("place"),
    )
    .where(
        outbox.c.state == "owed",
        outbox.c.not_before <= bindparam("at"),
        outbox.c.priority <= bindparam("ceiling"),
        or_(outbox.c.officer.is_(None), outbox.c.officer.not_in(bindparam("busy", expanding=True))),
    )
    .subquery()
)
_CLAIMABLE = (
    select(
        outbox,
        officer.c.telegram_id,
        officer.c.language,
        officer.c.role,
        officer.c.gender,
        post.c.timezone,
        # Message ids count in each chat: on a new phone the old one's id is another message.
        case((_ORIGINAL.c.shown_in == officer.c.telegram_id, _ORIGINAL.c.message_id)).label("edits_message"),
        _ORIGINAL.c.state.label("edits_state"),
    )
    .join(_WAITING_ROWS, _WAITING_ROWS.c.id == outbox.c.id)
    .join(officer, officer.c.code == outbox.c.officer, isouter=True)
    .join(post, post.c.code == officer.c.post, isouter=True)
    .join(_ORIGINAL, _ORIGINAL.c.id == outbox.c.edits, isouter=True)
    .where(_WAITING_ROWS.c.place <= AT_A_TIME)
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
)
_CLAIM = update(outbox).where(outbox.c.id == bindparam("which"), outbox.c.state == "owed").values(state="sending")
_UNSENT = or_(outbox.c.state == "owed", outbox.c.state == "sending")
# An edit that could not be sent and that a newer one of the same message overtakes would bring back what is over.
_NEWER = outbox.alias("newer")
_OVERTAKEN = (
    update(outbox)
    .where(outbox.c.id == bindparam("which"), outbox.c.state == "owed", outbox.c.edits.is_not(None))
    .where(
        exists().where(
            _NEWER.c.edits == outbox.c.edits,
            _NEWER.c.id > outbox.c.id,
            or_(*(_NEWER.c.state == state for state in ("owed", "sending", "sent"))),  # not `in_`: see `_result`
            _NEWER.c.not_before <= outbox.c.not_before,
        )
    )
    .values(state="withdrawn")
)
_RELEASE = update(outbox).where(outbox.c.state == "sending").values(state="owed")
_PARK_ALL = update(outbox).where(_UNSENT).values(state="parked", error=RESTORED)
_PARKED = (
    select(outbox.c.kind, func.count())
    .where(outbox.c.state == "parked", outbox.c.error == RESTORED)
    .group_by(outbox.c.kind)
    .order_by(outbox.c.kind)
)


@dataclass(frozen=True)
class Owed:
    """One claimed message with all that its sending needs. `chat` is where it goes; nothing if no phone is bound."""

    id: int
    officer: str | None
    chat: int | None
    kind: str
    facts: str
    priority: int
    owed_at: datetime
    expires_at: datetime | None
    attempts: int
    language: Language
    role: Role | None
    gender: Gender | None
    timezone: str
    edits: int | None
    edits_message: int | None
    edits_state: str | None


def _from_row(row: Row[Any]) -> Owed:
    return Owed(
        id=row.id,
        officer=row.officer,
        chat=row.chat if row.chat is not None else row.telegram_id,
        kind=row.kind,
        facts=row.facts,
        priority=row.priority,
        owed_at=row.owed_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
        language=row.language or "en",
        role=Role(row.role) if row.role else None,
        gender=row.gender,
        timezone=row.timezone or "UTC",
        edits=row.edits,
        edits_message=row.edits_message,
        edits_state=row.edits_state,
    )


async def claim(tx: Tx, most: int, ceiling: Priority, busy: Collection[str] = ()) -> list[Owed]:
    """Take the messages of this priority and above that go first, a few for each person, none for those `busy`.

    They are `sending` until a result is written, or until the next start.
    """
    rows = await tx.read(_CLAIMABLE, {"at": tx.now, "most": most, "ceiling": ceiling.value, "busy": sorted(busy)})
    claimed = [_from_row(row) for row in rows]
    for one in claimed:
        tx.write(_CLAIM, {"which": one.id})
    return claimed


@dataclass(frozen=True)
class Result:
    """What became of one sending: `sent`, `owed` again after `wait`, `parked` or `dropped`."""

    id: int
    state: str
    wait: timedelta = timedelta()  # a length and not an instant: the clock may be set back meanwhile
    message_id: int | None = None
    chat: int | None = None  # where the message is shown
    error: str | None = None
    tried: bool = True  # whether Telegram was asked at all
    pin: bool = False  # whether what is shown is to be pinned


@cache
def _result() -> Update:
    # A secret that has been delivered, or never will be, is not kept. Made late: by now every message is known.
    # Not `in_`: a set of results is written in one go, which takes no list.
    is_secret = or_(false(), *(outbox.c.kind == kind for kind, message in MESSAGES.items() if message.secret))
    return (
        update(outbox)
        .where(outbox.c.id == bindparam("which"))
        .values(
            state=bindparam("to"),
            message_id=bindparam("shown_as"),
            sent_at=bindparam("at"),
            error=bindparam("why"),
            attempts=outbox.c.attempts + bindparam("tries"),
            not_before=bindparam("later"),
            shown_in=bindparam("chat_of"),
            facts=case((and_(is_secret, bindparam("to") != "owed"), "{}"), else_=outbox.c.facts),
        )
    )


def write_results(tx: Tx, results: Sequence[Result]) -> None:
    """Write what became of claimed messages."""
    for one in results:
        tx.write(
            _result(),
            {
                "which": one.id,
                "to": one.state,
                "shown_as": one.message_id,
                "at": tx.now if one.state == "sent" else None,
                "why": one.error,
                "tries": int(one.tried),
                "later": tx.now + one.wait,
                "chat_of": one.chat,
            },
        )
    for one in results:
        if one.state == "owed":
            tx.write(_OVERTAKEN, {"which": one.id})


async def release(tx: Tx) -> int:
    """Owe again what a killed process had under way: at least once, never not at all."""
    return await tx.change(_RELEASE)


async def park_all(tx: Tx) -> int:
    """Park everything owed: what a backup owed was sent long ago, or is no longer true."""
    return await tx.change(_PARK_ALL)


async def parked(tx: Tx) -> dict[str, int]:
    """Return how many messages of each kind were parked by a restore and are still kept."""
    rows: list[Any] = list(await tx.read(_PARKED))
    return dict(rows)

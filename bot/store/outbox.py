"""The outbox: messages owed. One is sent only when Telegram has said so; until then it stays owed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.bilingual import Language
from bot.domain.message import Message, Priority
from bot.domain.officer import Gender, Role
from bot.store.codec import facts_of
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import officer, outbox, post

# The unique key keeps a message from being owed twice.
_INSERT = insert(outbox).on_conflict_do_nothing(index_elements=["key"])
_WITHDRAW = update(outbox).where(outbox.c.thread == bindparam("of"), outbox.c.state == "owed").values(state="withdrawn")
_WITHDRAW_KIND = (
    update(outbox).where(outbox.c.kind == bindparam("of_kind"), outbox.c.state == "owed").values(state="withdrawn")
)
# What is on its way may still arrive; if it does not, it has expired and is not tried again.
_EXPIRE = (
    update(outbox)
    .where(outbox.c.thread == bindparam("of"), outbox.c.state == "sending")
    .values(expires_at=bindparam("at"))
)
_EXPIRE_KIND = (
    update(outbox)
    .where(outbox.c.kind == bindparam("of_kind"), outbox.c.state == "sending")
    .values(expires_at=bindparam("at"))
)
_SUPERSEDE = (
    update(outbox).where(outbox.c.edits == bindparam("which"), outbox.c.state == "owed").values(state="withdrawn")
)
_REFRESH = (
    update(outbox)
    .where(outbox.c.id == bindparam("which"), outbox.c.state == "owed")
    .values(facts=bindparam("new_facts"))
)
_TOLD = (
    select(outbox.c.id, outbox.c.officer, outbox.c.state, outbox.c.kind, outbox.c.message_id, outbox.c.facts)
    .where(
        outbox.c.thread == bindparam("of"),
        outbox.c.edits.is_(None),
        outbox.c.state.in_(["owed", "sending", "sent"]),
    )
    .order_by(outbox.c.id)
)
_BY_MESSAGE = select(outbox.c.id).where(
    outbox.c.officer == bindparam("who"), outbox.c.message_id == bindparam("shown"), outbox.c.edits.is_(None)
)
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
        _ORIGINAL.c.message_id.label("edits_message"),
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
_RESULT = (
    update(outbox)
    .where(outbox.c.id == bindparam("which"))
    .values(
        state=bindparam("to"),
        message_id=bindparam("shown_as"),
        sent_at=bindparam("at"),
        error=bindparam("why"),
        attempts=outbox.c.attempts + 1,
        not_before=bindparam("later"),
    )
)
_UNSENT = or_(outbox.c.state == "owed", outbox.c.state == "sending")
_RELEASE = update(outbox).where(outbox.c.state == "sending").values(state="owed")
_PARK_ALL = update(outbox).where(_UNSENT).values(state="parked", error="restored from a backup")


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


def owe(
    tx: Tx,
    message: Message,
    *,
    to: str | None = None,
    chat: int | None = None,
    key: str | None = None,
    thread: str | None = None,
    edits: int | None = None,
) -> int:
    """Owe `message` to an officer (their phone at the time of sending) or to a bare chat; return the row's id.

    `key`: owed once for ever. `thread`: what it belongs to. `edits`: the row whose message it changes on the screen;
    an older edit of the same message that was not sent yet is withdrawn.
    """
    which = new_id(tx.now)
    if edits is not None:
        tx.write(_SUPERSEDE, {"which": edits})
    tx.write(
        _INSERT,
        {
            "id": which,
            "officer": to,
            "chat": chat,
            "kind": message.kind,
            "facts": facts_of(message),
            "priority": message.priority.value,
            "owed_at": tx.now,
            "not_before": tx.now,
            "expires_at": tx.now + message.lifetime if message.lifetime is not None else None,
            "state": "owed",
            "key": key,
            "thread": thread,
            "edits": edits,
        },
    )
    tx.owed = True
    return which


def withdraw(tx: Tx, thread: str) -> None:
    """Withdraw what is owed in a thread and has become untrue; what is under way is not tried again."""
    tx.write(_WITHDRAW, {"of": thread})
    tx.write(_EXPIRE, {"of": thread, "at": tx.now})


def withdraw_kind(tx: Tx, kind: str) -> None:
    """Withdraw every unsent message of a kind; what is under way is not tried again."""
    tx.write(_WITHDRAW_KIND, {"of_kind": kind})
    tx.write(_EXPIRE_KIND, {"of_kind": kind, "at": tx.now})


@dataclass(frozen=True)
class Told:
    """The newest message of a thread that one person holds, or is about to."""

    id: int
    officer: str
    facts: str
    kind: str
    owed: bool  # not on its way yet: its facts can still be changed


async def held(tx: Tx, thread: str, kinds: Collection[str], most: int = 1) -> list[Told]:
    """Return the newest messages of these kinds in a thread, up to `most` for each officer, the oldest first."""
    rows = await tx.read(_TOLD, {"of": thread})
    by_officer: dict[str, list[Told]] = {}
    for row in rows:
        if row.kind in kinds and row.officer is not None:
            one = Told(row.id, row.officer, row.facts, row.kind, row.state == "owed")
            by_officer.setdefault(row.officer, []).append(one)
    return [one for copies in by_officer.values() for one in copies[-most:]]


async def told(tx: Tx, thread: str, kinds: Collection[str]) -> dict[str, Told]:
    """Return, by officer, the newest message of these kinds in a thread."""
    return {one.officer: one for one in await held(tx, thread, kinds)}


def edit(tx: Tx, held: Told, message: Message, thread: str) -> None:
    """Change a message that somebody holds: the facts of one not sent yet, else an edit on the screen."""
    if held.owed:
        tx.write(_REFRESH, {"which": held.id, "new_facts": facts_of(message)})
    else:
        owe(tx, message, to=held.officer, edits=held.id, thread=thread)


async def by_message(tx: Tx, who: str, message_id: int) -> int | None:
    """Return the row whose message stands on an officer's screen under this id."""
    rows = await tx.read(_BY_MESSAGE, {"who": who, "shown": message_id})
    return int(rows[0][0]) if rows else None


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
    """What became of one sending: `sent`, `owed` again at `later`, `parked` or `dropped`."""

    id: int
    state: str
    later: datetime
    message_id: int | None = None
    error: str | None = None


def write_results(tx: Tx, results: Sequence[Result]) -> None:
    """Write what became of claimed messages."""
    for one in results:
        tx.write(
            _RESULT,
            {
                "which": one.id,
                "to": one.state,
                "shown_as": one.message_id,
                "at": tx.now if one.state == "sent" else None,
                "why": one.error,
                "later": one.later,
            },
        )


async def release(tx: Tx) -> int:
    """Owe again what a killed process had under way: at least once, never not at all."""
    return await tx.change(_RELEASE)


async def park_all(tx: Tx) -> int:
    """Park everything owed: what a backup owed was sent long ago, or is no longer true."""
    return await tx.change(_PARK_ALL)

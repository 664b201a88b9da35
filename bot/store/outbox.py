"""The outbox: messages owed, withdrawn, and mended where somebody holds them. Their sending is in `sending.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, or_, select, update

from bot.domain.message import Message
from bot.domain.officer import Officer
from bot.store.codec import facts_of
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import outbox
from bot.store.types import earlier, micros
from bot.store.upsert import upsert

# The unique key keeps a message from being owed twice.
_INSERT = upsert(outbox).on_conflict_do_nothing(index_elements=["key"])
_WITHDRAW = update(outbox).where(outbox.c.thread == bindparam("of"), outbox.c.state == "owed").values(state="withdrawn")
_WITHDRAW_KIND = (
    update(outbox).where(outbox.c.kind == bindparam("of_kind"), outbox.c.state == "owed").values(state="withdrawn")
)
_WITHDRAW_ONE = (
    update(outbox).where(outbox.c.id == bindparam("which"), outbox.c.state == "owed").values(state="withdrawn")
)
_NOT_SENT = select(outbox.c.id, outbox.c.thread, outbox.c.officer).where(
    outbox.c.thread.in_(bindparam("threads", expanding=True)),
    outbox.c.kind.in_(bindparam("kinds", expanding=True)),
    outbox.c.edits.is_(None),
    outbox.c.state == "owed",
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
_FORWARD = (
    update(outbox)
    .where(or_(outbox.c.state == "owed", outbox.c.state == "sending"), outbox.c.not_before > bindparam("now"))
    .values(not_before=bindparam("now"), expires_at=earlier(outbox.c.expires_at, bindparam("by")))
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
# Of each message that was edited: when that was last done, or is to be, and the edit that waits for its time.
_EDITS = (
    select(
        outbox.c.edits,
        func.max(outbox.c.not_before).label("at"),
        func.max(case((outbox.c.state == "owed", outbox.c.id))).label("waiting"),
    )
    .where(
        outbox.c.thread == bindparam("of"),
        outbox.c.edits.is_not(None),
        outbox.c.state.in_(["owed", "sending", "sent"]),
    )
    .group_by(outbox.c.edits)
)
_BY_MESSAGE = select(outbox.c.id).where(
    outbox.c.officer == bindparam("who"),
    outbox.c.message_id == bindparam("shown"),
    outbox.c.shown_in == bindparam("phone"),
    outbox.c.edits.is_(None),
)


def owe(
    tx: Tx,
    message: Message,
    *,
    to: str | None = None,
    chat: int | None = None,
    key: str | None = None,
    thread: str | None = None,
    edits: int | None = None,
    not_before: datetime | None = None,
) -> int:
    """Owe `message` to an officer (their phone at the time of sending) or to a bare chat; return the row's id.

    `key`: owed once for ever. `thread`: what it belongs to. `edits`: the row whose message it changes on the screen;
    an older edit of the same message that was not sent yet is withdrawn. `not_before`: when it may go out, if not now.
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
            "not_before": not_before or tx.now,
            "expires_at": tx.now + message.lifetime if message.lifetime is not None else None,
            "state": "owed",
            "key": key,
            "thread": thread,
            "edits": edits,
        },
    )
    tx.owed = True
    return which


def withdraw(tx: Tx, *threads: str) -> None:
    """Withdraw what is owed in these threads and has become untrue; what is under way is not tried again."""
    for one in threads:
        tx.write(_WITHDRAW, {"of": one})
    for one in threads:
        tx.write(_EXPIRE, {"of": one, "at": tx.now})


def withdraw_kind(tx: Tx, kind: str) -> None:
    """Withdraw every unsent message of a kind; what is under way is not tried again."""
    tx.write(_WITHDRAW_KIND, {"of_kind": kind})
    tx.write(_EXPIRE_KIND, {"of_kind": kind, "at": tx.now})


def bring_forward(tx: Tx, by: timedelta) -> None:
    """Have everything owed go out now that the clock was set back: its time to go lies in what was the past."""
    tx.write(_FORWARD, {"now": tx.now, "by": micros(by)})
    tx.owed = True


async def unsent(tx: Tx, threads: Collection[str], kinds: Collection[str]) -> dict[tuple[str, str], list[int]]:
    """Return, by thread and officer, the new messages of these kinds that have not left yet."""
    found: dict[tuple[str, str], list[int]] = {}
    if threads:
        for row in await tx.read(_NOT_SENT, {"threads": sorted(threads), "kinds": sorted(kinds)}):
            found.setdefault((row.thread, row.officer), []).append(row.id)
    return found


def withdraw_one(tx: Tx, which: int) -> None:
    """Withdraw one message that has not left: a newer one says the same, and more."""
    tx.write(_WITHDRAW_ONE, {"which": which})


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


async def edit_in_time(tx: Tx, held: Collection[Told], message: Message, thread: str, every: timedelta) -> None:
    """Change what these people hold and what changes all the time: at most once in `every`, and within it the newest.

    An edit that waits for its time is given the newest facts; one that brings other news takes its place at once.
    """
    edits = {row.edits: row for row in await tx.read(_EDITS, {"of": thread})}
    for one in held:
        before = edits.get(one.id)
        if before is not None and before.waiting is not None:
            tx.write(_REFRESH, {"which": before.waiting, "new_facts": facts_of(message)})
        elif before is None or one.owed:
            edit(tx, one, message, thread)
        else:
            # The clock may have been set back since.
            due = min(max(tx.now, before.at + every), tx.now + every)
            owe(tx, message, to=one.officer, edits=one.id, thread=thread, not_before=due)


async def by_message(tx: Tx, who: Officer, message_id: int) -> int | None:
    """Return the row whose message stands on an officer's screen under this id."""
    rows = await tx.read(_BY_MESSAGE, {"who": who.code, "shown": message_id, "phone": who.telegram_id})
    return int(rows[0][0]) if rows else None

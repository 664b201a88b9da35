"""What chat asks of the inbox and the outbox: it never sees the store."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from bot.domain.alert_message import Unreachable
from bot.domain.message import MESSAGES, Message, Priority
from bot.domain.officer import Officer, Role
from bot.domain.talk import Sorry
from bot.services import alert, emergency_card, pin
from bot.store import audit, inbox, outbox, sending
from bot.store import backlog as backlog_rows
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.codec import message_from
from bot.store.engine import Tx
from bot.store.inbox import Fresh, Raw
from bot.store.sending import Owed, Result

__all__ = ["Fresh", "Owed", "Raw", "Result"]


async def receive(tx: Tx, bot: int, updates: Sequence[Fresh]) -> None:
    """Store raw updates; only after the commit may they be acknowledged to Telegram."""
    inbox.add(tx, bot, updates)


async def take_up(tx: Tx, most: int) -> list[Raw]:
    """Return the oldest updates that are not done."""
    return await inbox.waiting(tx, most)


def done(tx: Tx, one: Raw) -> None:
    """Mark an update done, in the transaction of its effect."""
    inbox.done(tx, one)


def reference(one: Raw) -> str:
    """Return the short reference under which a failed update is kept, four characters that can be read aloud."""
    return hashlib.sha256(f"{one.bot}:{one.update_id}".encode()).hexdigest()[:4].upper()


async def failed(tx: Tx, one: Raw, error: str, sender: int | None) -> None:
    """Set a failed update aside; the person gets one calm line with its reference."""
    inbox.failed(tx, one, error, reference(one))
    if sender is None:
        return
    known = (await officers.by_telegram(tx, {sender})).get(sender)
    if known is not None:
        plan = await posts.plan(tx)
        outbox.owe(
            tx,
            Sorry(reference(one), plan.contingent.duty_phone if plan else None),
            to=known.code,
            key=f"sorry:{one.bot}:{one.update_id}",
        )


def is_busy(error: BaseException) -> bool:
    """Return whether the database could not be written to: locked, full or gone; to be tried again, nobody's fault."""
    return isinstance(error, OperationalError)


def owe(
    tx: Tx, message: Message, to: Officer | None = None, *, chat: int | None = None, key: str | None = None
) -> None:
    """Owe an officer, or a bare chat, a message that belongs to no case."""
    outbox.owe(tx, message, to=to.code if to else None, chat=chat, key=key)


async def claim(tx: Tx, most: int, ceiling: Priority = Priority.BULK, busy: Collection[str] = ()) -> list[Owed]:
    """Take the messages that are to be sent first, of this priority and above; none for the officers `busy`."""
    return await sending.claim(tx, most, ceiling, busy)


def read(one: Owed) -> Message:
    """Return the message of a claimed row; raises KeyError or ValueError if it cannot be read."""
    if one.kind not in MESSAGES:
        raise KeyError(one.kind)
    return message_from(one.kind, one.facts)


async def settle(tx: Tx, results: Sequence[Result]) -> None:
    """Write what became of claimed messages, and owe that one be pinned that asks for it."""
    sending.write_results(tx, results)
    for one in results:
        if one.pin and one.message_id is not None and one.chat is not None:
            await pin.put_up(tx, one.chat, one.message_id)


async def release(tx: Tx) -> int:
    """Owe again what was under way when the last process ended."""
    return await sending.release(tx)


@dataclass(frozen=True)
class Backlog:
    """How much waits, and for how long (seconds)."""

    inbox: int
    oldest_update_s: float
    outbox: int
    oldest_owed_s: float
    failed: int


async def backlog(tx: Tx) -> Backlog:
    """Return what waits in both boxes."""
    owed, since = await backlog_rows.waiting(tx)
    oldest = await inbox.waiting_since(tx)
    return Backlog(
        await inbox.count(tx, "new"),
        (tx.now - oldest).total_seconds() if oldest is not None else 0.0,
        owed,
        (tx.now - since).total_seconds() if since is not None else 0.0,
        await inbox.count(tx, "failed"),
    )


async def unreachable(tx: Tx, code: str, phone: int) -> None:
    """Mark an officer unreachable and tell the lead and command: it is a safety fact.

    `phone` is the one that refused us: what an old phone refuses says nothing of the new one.
    """
    if not await officers.mark_unreachable(tx, code, phone):
        return
    tx.cache.clear()
    emergency_card.lost(tx, code)
    subject = (await officers.by_code(tx, {code}))[code]
    audit.note(tx, audit.SYSTEM, "unreachable", code)
    for one in await officers.every(tx):
        tells = one.role in (Role.COMMANDER, Role.DEPUTY) or (one.role is Role.LEAD and one.post == subject.post)
        if tells and one.enrolled and one.code != code and one.on_tour(tx.now):
            outbox.owe(tx, Unreachable(subject.person), to=one.code)
    await alert.out_of_reach(tx)


def reachable(tx: Tx, officer: Officer) -> None:
    """Take the mark away from an officer who has written to us."""
    if officer.unreachable_since is not None:
        officers.mark_reachable(tx, officer.code)
        emergency_card.lost(tx, officer.code)
        audit.note(tx, audit.SYSTEM, "reachable", officer.code)

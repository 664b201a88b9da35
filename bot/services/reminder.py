"""Reminders to the officer of a check-in that is due."""

from bot.domain.duty import Duty, Reminder
from bot.services.casebook import Casebook
from bot.store import outbox
from bot.store.engine import Tx


def remind(tx: Tx, duty: Duty, book: Casebook, *, resent: bool = False) -> None:
    """Owe the officer the reminder of the duty's stage: unique for (officer, duty, number)."""
    outbox.owe(
        tx,
        Reminder(
            stage=duty.stage,
            due_at=duty.due_at,
            deadline=duty.deadline,
            is_return=duty.is_return,
            first_told=book.first_told(book.roster[duty.officer]),
            resent=resent,
        ),
        to=duty.officer,
        key=f"reminder:{duty.officer}:{duty.id}:{duty.stage.value}" + (f":{tx.now.isoformat()}" if resent else ""),
        thread=f"duty:{duty.id}",
    )

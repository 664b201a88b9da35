"""Reminders to the officer of a check-in that is due."""

from bot.domain.duty import Duty, Missed, Reminder
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
            first_told=(told := book.first_told(book.roster[duty.officer])),
            duty_phone=book.contingent.duty_phone if told is None else None,
            resent=resent,
        ),
        to=duty.officer,
        key=f"reminder:{duty.officer}:{duty.id}:{duty.stage.value}" + (f":{tx.now.isoformat()}" if resent else ""),
        thread=f"duty:{duty.id}",
    )


def say_missed(tx: Tx, duty: Duty, book: Casebook, *, unreminded: bool) -> None:
    """Owe the officer the news that an alert is open about them; a check-in meanwhile takes it back."""
    told = book.first_told(book.roster[duty.officer])
    outbox.owe(
        tx,
        Missed(duty.due_at, told, book.contingent.duty_phone if told is None else None, unreminded),
        to=duty.officer,
        key=f"missed:{duty.officer}:{duty.id}",
        thread=f"duty:{duty.id}",
    )

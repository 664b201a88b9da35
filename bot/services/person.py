"""What a person asks about themselves, and the questions that wait for their typed answer."""

from typing import Any

from bot.domain.contact import contact_of
from bot.domain.officer import Officer
from bot.domain.talk import Me
from bot.services import dossier
from bot.store import checkin as checkins
from bot.store import contact as contacts
from bot.store import draft as drafts
from bot.store import next_of_kin, outbox
from bot.store import post as posts
from bot.store.engine import Tx


async def about_me(tx: Tx, officer: Officer) -> None:
    """Tell an officer what Vigie holds about them."""
    file = await dossier.of(tx, officer)
    last = (await checkins.latest(tx, {officer.code})).get(officer.code)
    late = [one.due_at for one in file.open if one.due_at < tx.now]
    due = [one.due_at for one in file.open if one.due_at >= tx.now] + ([file.next_due] if file.next_due else [])
    outbox.owe(
        tx,
        Me(
            person=officer.person,
            role=officer.role,
            service=officer.service,
            enrolled_at=officer.enrolled_at,
            last_checkin=last.sent_at if last else None,
            overdue=min(late, default=None),
            next_due=min(due, default=None),
            absent_until=file.absent_until,
            entry=contact_of(officer, (await contacts.extras(tx, [officer.code])).get(officer.code)),
            kin=officer.code in await next_of_kin.there(tx, [officer.code]),
            call_sign=officer.call_sign,
        ),
        to=officer.code,
    )


async def duty_phone(tx: Tx) -> str | None:
    """Return the number of the duty officer, if the contingent has one."""
    plan = await posts.plan(tx)
    return plan.contingent.duty_phone if plan else None


def ask(tx: Tx, officer: Officer, question: str, **data: Any) -> None:
    """Keep a question that the officer's next text answers."""
    drafts.put(tx, officer.code, question, **data)


def answered(tx: Tx, officer: Officer) -> None:
    """Close the officer's question."""
    drafts.drop(tx, officer.code)

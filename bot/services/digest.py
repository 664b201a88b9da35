"""The daily digest: due rows on the agenda, one for each commander and deputy, by their post's clock."""

from dataclasses import replace

from bot.domain.officer import Officer, Right, Role
from bot.domain.post import next_digest
from bot.services import picture
from bot.store import agenda, outbox
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx

_WHAT = "digest:"


def _reads(one: Officer) -> bool:
    return one.enrolled and one.role in (Role.COMMANDER, Role.DEPUTY) and one.may(Right.STATUS)


async def due(tx: Tx) -> None:
    """Send the digests that are due, and put the next ones on the agenda."""
    plan = await posts.plan(tx)
    if plan is None:
        return
    for what, at in await agenda.due(tx):
        if not what.startswith(_WHAT):
            continue
        reader = (await officers.by_code(tx, {what.removeprefix(_WHAT)})).get(what.removeprefix(_WHAT))
        if reader is None or not _reads(reader):
            agenda.drop(tx, what)
            continue
        then = next_digest(tx.now, plan.contingent.digest_at, reader.timezone)
        if await agenda.claim(tx, what, at, then) and reader.on_tour(tx.now):
            status = replace(await picture.status(tx, reader), digest=True)
            on_time, late, missed = await picture.compliance(tx)
            status = replace(status, on_time=on_time, late=late, missed=missed)
            outbox.owe(tx, status, to=reader.code, key=f"{what}:{at.isoformat()}")


async def put_on_agenda(tx: Tx) -> None:
    """See to it that everyone who reads the digest stands on the agenda; those who do already are left alone."""
    plan = await posts.plan(tx)
    if plan is None:
        return
    for one in await officers.every(tx):
        if _reads(one):
            agenda.add(tx, _WHAT + one.code, next_digest(tx.now, plan.contingent.digest_at, one.timezone))

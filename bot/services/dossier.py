"""All that bears on one officer's next step, loaded for many officers in one go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.absence import Absence
from bot.domain.alert import Alert
from bot.domain.duty import Duty
from bot.domain.officer import Officer
from bot.domain.report import ReportDraft
from bot.domain.talk import still_open
from bot.store import absence as absences
from bot.store import alert as alerts
from bot.store import draft as drafts
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store import report_draft as report_drafts
from bot.store.draft import Draft
from bot.store.engine import Tx


@dataclass(frozen=True)
class Dossier:
    """One officer as of `Tx.now`. `open` are the duties that wait for an answer, the oldest first."""

    officer: Officer
    open: tuple[Duty, ...]
    next_due: datetime | None  # of the first duty that has not opened yet
    alerts: tuple[Alert, ...]
    unseen: Alert | None  # was closed with a reason, and nothing has come from the officer since
    absences: tuple[Absence, ...]  # asked or confirmed, not yet ended
    draft: Draft | None
    report: ReportDraft | None  # the report that is being written
    aside: tuple[ReportDraft, ...]  # laid aside for it, the latest first

    absent_until: datetime | None  # the end of a confirmed absence that has begun


async def load(tx: Tx, people: Collection[Officer]) -> None:
    """Load the dossiers of these officers into the transaction, in sets."""
    codes = {one.code for one in people}
    opened = await duties.opened(tx, codes, tx.now)
    upcoming = await duties.next_due(tx, codes, tx.now)
    cases = await alerts.open_of(tx, codes)
    unseen = await alerts.closed_unseen(tx, codes)
    away = await absences.standing(tx, codes)
    asked = await drafts.of(tx, codes)
    writing = await report_drafts.of(tx, codes)
    for one in people:
        tx.cache["dossier", one.code] = Dossier(
            officer=one,
            open=tuple(opened[one.code]),
            next_due=upcoming.get(one.code),
            alerts=tuple(cases[one.code]),
            unseen=unseen.get(one.code),
            absences=tuple(away[one.code]),
            draft=_open(tx, asked.get(one.code)),
            report=pile[-1] if (pile := writing.get(one.code, [])) else None,
            aside=tuple(reversed(pile[:-1])),
            absent_until=max((a.ends_at for a in away[one.code] if a.covers(tx.now)), default=None),
        )


def _open(tx: Tx, draft: Draft | None) -> Draft | None:
    return draft if draft is not None and still_open(draft.at, tx.now) else None


async def of(tx: Tx, officer: Officer) -> Dossier:
    """Return the officer's dossier, loading it if the batch has not."""
    if ("dossier", officer.code) not in tx.cache:
        await load(tx, [officer])
    found: Dossier = tx.cache["dossier", officer.code]
    return found


def forget(tx: Tx, code: str) -> None:
    """Drop an officer's dossier after a change, so that the next reader loads it anew."""
    tx.cache.pop(("dossier", code), None)


async def prepare(tx: Tx, ids: Collection[int]) -> None:
    """Load the officers with these phones and their dossiers: what a batch of updates needs."""
    found = await officers.by_telegram(tx, ids)
    await load(tx, list(found.values()))
    for one in ids:
        tx.cache["phone", one] = found.get(one)


async def by_phone(tx: Tx, telegram_id: int) -> Officer | None:
    """Return who holds this phone now: an update before in the same batch may have enrolled or closed it."""
    if ("phone", telegram_id) not in tx.cache:
        await prepare(tx, {telegram_id})
    found: Officer | None = tx.cache["phone", telegram_id]
    return found

"""What can be done with reports, and with the draft as a whole: lay it aside, throw it away."""

from dataclasses import replace

from bot.domain.officer import Officer, Right
from bot.domain.report_menu import AskDiscard, ReportDiscarded, ReportMenu, ReportPaused
from bot.domain.report_review import reviews_of
from bot.services import attachment, dossier, report_draft
from bot.store import audit, outbox
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store.engine import Tx


async def menu(tx: Tx, officer: Officer) -> None:
    """Answer /report: the draft to go on with, the kinds to begin, the own reports, the new ones of others."""
    report_draft.must_write(officer)
    file = await dossier.of(tx, officer)
    mine = file.report
    reviews = officer.may(Right.ACT)
    outbox.owe(
        tx,
        ReportMenu(
            draft=mine.id if mine else None,
            draft_form=mine.draft.form if mine else None,
            mine=await reports.count_of(tx, officer.code),
            waiting=await reports.count_waiting(tx, reviews_of(officer)) if reviews else 0,
            reviews=reviews,
            aside=tuple(one.draft.form for one in file.aside),
        ),
        to=officer.code,
    )


async def pause(tx: Tx, officer: Officer, which: int) -> None:
    """Lay the draft aside; what is typed no longer answers it until it is taken up again."""
    one = await report_draft.mine(tx, officer, which)
    drafts.put(tx, replace(one, paused=True))
    dossier.forget(tx, officer.code)
    outbox.owe(tx, ReportPaused(one.id, one.draft.form), to=officer.code)


async def ask_discard(tx: Tx, officer: Officer, which: int) -> None:
    """Ask whether the draft may be thrown away."""
    one = await report_draft.mine(tx, officer, which)
    outbox.owe(tx, AskDiscard(one.id, one.draft.form), to=officer.code)


async def discard(tx: Tx, officer: Officer, which: int) -> None:
    """Throw the draft away with all that hangs on it, because the officer said so twice."""
    await attachment.drop_all(tx, which)
    report_draft.drop(tx, officer, await report_draft.mine(tx, officer, which))
    audit.note(tx, officer.code, "report_discarded", officer.code)
    outbox.owe(tx, ReportDiscarded(await that_waits(tx, officer)), to=officer.code)


async def that_waits(tx: Tx, officer: Officer) -> tuple[int, str] | None:
    """Return the draft to go on with now that another is done, and its form, if there is one."""
    writing = (await dossier.of(tx, officer)).report
    return (writing.id, writing.draft.form) if writing is not None else None

"""Attachments: hung on the draft at once, fetched afterwards, moved to the report when it is sent."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import attachment as rules
from bot.domain.attachment import Attachment, AttachmentState, AttachmentView, Incoming, Why
from bot.domain.attachment_message import Attached, AttachmentFailed, AttachmentList
from bot.domain.checkin import means_safe
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Officer, Right
from bot.domain.report import Report, ReportDraft
from bot.services import dossier
from bot.store import attachment as attachments
from bot.store import audit, outbox
from bot.store import errand as errands
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store import sitrep as sitreps
from bot.store.engine import Tx
from bot.store.file import Files
from bot.store.ids import new_id

__all__ = ["FETCH", "FORGET", "Files"]  # what whoever carries these errands out needs of the store

# Errands, by the id of the attachment, and by the hash of a file that nothing may need any more.
FETCH, FORGET = "fetch", "forget"


async def attach(tx: Tx, officer: Officer, brought: Incoming, sent_at: datetime) -> bool:
    """Hang what was sent on the officer's draft, open or laid aside; return False if no report is being written.

    Raises RefusalError FILE_TOO_LARGE or TOO_MANY_FILES.
    """
    writing = (await dossier.of(tx, officer)).report
    if writing is None or not officer.may(Right.CHECK_IN):
        return False
    kept = rules.counted(await attachments.of(tx, writing.id, writing.corrects))
    one = rules.begin(new_id(tx.now), officer.code, writing.id, brought, kept, sent_at)
    attachments.add(tx, one)
    if one.state is AttachmentState.FETCHING:
        errands.owe(tx, FETCH, str(one.id))
    audit.note(tx, officer.code, "attached", officer.code, attachment=one.id, kind=brought.kind.value)
    await _receipt(tx, one)
    return True


@dataclass(frozen=True)
class _Home:
    """What an attachment hangs on: a draft, or a report that was sent."""

    form: str
    number: str | None
    paused: bool
    draft: int | None
    report: int | None


async def _home(tx: Tx, one: Attachment) -> _Home:
    writing = await drafts.one(tx, one.draft) if one.report is None else None
    which = writing.corrects if writing is not None else one.report
    report = await reports.one(tx, which) if which is not None else None
    number = report.number if report is not None else None
    if writing is not None:
        return _Home(writing.draft.form, number, writing.paused, writing.id, which)
    if report is None:
        raise LookupError(f"the attachment {one.id} hangs on nothing")
    return _Home(report.version.form, number, False, None, which)


def _thread(one: Attachment) -> str:
    return f"attached:{one.draft}:{one.brought.album or one.id}"


async def _receipt(tx: Tx, one: Attachment) -> None:
    """Tell the officer that it is attached, or change what an earlier receipt of it, or of its album, says."""
    home = await _home(tx, one)
    every = await attachments.of(tx, home.draft, home.report)
    together = [each for each in every if _thread(each) == _thread(one)]
    receipt = Attached(
        draft=home.draft,
        form=home.form,
        number=home.number,
        what=one.brought.kind,
        added=rules.counted(together),
        fetching=sum(each.state is AttachmentState.FETCHING for each in together),
        count=rules.counted(every),
        paused=home.paused,
        no_checkin=any(means_safe(each.brought.caption or "") for each in together),
    )
    held = (await outbox.told(tx, _thread(one), (Attached.kind,))).get(one.officer)
    if held is None:
        outbox.owe(tx, receipt, to=one.officer, thread=_thread(one))
    else:
        outbox.edit(tx, held, receipt, _thread(one))


async def line_is_back(tx: Tx) -> None:
    """Have all that could not be fetched be tried at once, and not when its next attempt would come: in an hour."""
    for which in await attachments.on_their_way(tx):
        errands.owe(tx, FETCH, str(which))


async def to_fetch(tx: Tx, which: int) -> Attachment | None:
    """Return an attachment that is still to be fetched; nothing if it has been settled or taken off."""
    one = await attachments.one(tx, which)
    return one if one is not None and one.state is AttachmentState.FETCHING else None


async def keep(tx: Tx, which: int, content_type: str, sha256: str, size: int) -> None:
    """Write that the file of an attachment lies on the disk; if it was taken off meanwhile, the file goes again."""
    one = await attachments.one(tx, which)
    if one is None or not await attachments.settle(tx, rules.fetched(one, content_type, sha256, size, tx.now)):
        errands.owe(tx, FORGET, sha256)
        return
    await _receipt(tx, one)


async def give_up(tx: Tx, which: int, why: Why) -> None:
    """Write that a file is not taken, or is gone for good, and tell its officer what to do."""
    one = await attachments.one(tx, which)
    if one is None or not await attachments.settle(tx, rules.failed(one, why)):
        return
    home = await _home(tx, one)
    audit.note(tx, audit.SYSTEM, "attachment_failed", one.officer, attachment=one.id, why=why.value)
    sent = home.number if one.report is not None else None
    outbox.owe(tx, AttachmentFailed(one.brought.kind, one.brought.name, why, home.form, sent), to=one.officer)
    await _receipt(tx, one)


async def is_needed(tx: Tx, sha256: str) -> bool:
    """Return whether anything on record needs a file."""
    return await attachments.refers_to(tx, sha256) or await sitreps.holds(tx, sha256)


async def views(tx: Tx, draft: int | None, report: int | None) -> tuple[AttachmentView, ...]:
    """Return how the attachments of a report are told, with those that its draft would add."""
    return rules.viewed(await attachments.of(tx, draft, report), draft)


async def brings(tx: Tx, draft: int) -> bool:
    """Return whether a draft brings attachments of its own."""
    return rules.counted(await attachments.of(tx, draft, None)) > 0


async def _draft(tx: Tx, officer: Officer, which: int) -> ReportDraft:
    writing = (await dossier.of(tx, officer)).report
    if writing is None or writing.id != which:
        raise RefusalError(No.STALE_BUTTON)
    return writing


async def listed(tx: Tx, officer: Officer, draft: int, removed: AttachmentView | None = None) -> None:
    """Show what is attached to the draft, with a button to take each off."""
    writing = await _draft(tx, officer, draft)
    files = await views(tx, writing.id, writing.corrects)
    outbox.owe(tx, AttachmentList(writing.id, writing.draft.form, files, removed), to=officer.code)


async def remove(tx: Tx, officer: Officer, which: int) -> None:
    """Take an attachment off the draft and forget its file; what was sent with a report stays with it."""
    one = await attachments.one(tx, which)
    if one is None or one.officer != officer.code or one.report is not None:
        raise RefusalError(No.STALE_BUTTON)
    writing = await _draft(tx, officer, one.draft)
    before = await views(tx, writing.id, writing.corrects)
    _drop(tx, one)
    audit.note(tx, officer.code, "attachment_removed", officer.code, attachment=one.id)
    await listed(tx, officer, writing.id, next(each for each in before if each.id == one.id))


async def drop_all(tx: Tx, draft: int) -> None:
    """Let go of all that hangs on a draft: it was thrown away."""
    for one in await attachments.of(tx, draft, None):
        _drop(tx, one)


def _drop(tx: Tx, one: Attachment) -> None:
    attachments.drop(tx, one)
    errands.drop(tx, FETCH, str(one.id))
    if one.sha256 is not None:
        errands.owe(tx, FORGET, one.sha256)


async def submitted(tx: Tx, writing: ReportDraft, report: Report) -> int:
    """Hang what the draft brings on the report; what was not taken stays behind. Return how many hang on it now."""
    for one in await attachments.of(tx, writing.id, None):
        if one.counts:
            attachments.move(tx, one, report.id, report.version.number)
        else:
            _drop(tx, one)
    return rules.counted(await attachments.of(tx, None, report.id))

"""Attachments for whoever may read their report: each hand-out is in the audit."""

from bot.domain import attachment as rules
from bot.domain.attachment import Attachment, AttachmentKind, AttachmentState, AttachmentView
from bot.domain.attachment_message import AttachmentFile, AttachmentPlace
from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.officer import Officer, Person
from bot.domain.report import Report, may_read
from bot.services import attachment
from bot.store import attachment as attachments
from bot.store import audit, outbox
from bot.store import officer as officers
from bot.store import report as reports
from bot.store import report_reader as readers
from bot.store.engine import Tx


async def hand_out(tx: Tx, reader: Officer, which: int) -> None:
    """Send an attachment to somebody who may read its report.

    Raises RefusalError NO_SUCH_FILE, also where it is not theirs, or FILE_FETCHING.
    """
    one = await attachments.one(tx, which)
    report = await reports.one(tx, one.report) if one is not None and one.report is not None else None
    if one is None or report is None or not one.counts:
        raise RefusalError(No.NO_SUCH_FILE)
    if not may_read(report, reader, told=await readers.was_told(tx, report.id, reader.code)):
        raise RefusalError(No.NO_SUCH_FILE)
    if one.state is AttachmentState.FETCHING:
        raise RefusalError(No.FILE_FETCHING)
    view = next(each for each in await attachment.views(tx, None, report.id) if each.id == one.id)
    author = (await officers.by_code(tx, {report.officer}))[report.officer].person
    facts = {"report": report.number, "attachment": one.id, "hash": one.sha256}
    audit.note(tx, reader.code, "attachment_handed_out", report.officer, **facts)
    outbox.owe(tx, _message(one, report, view, author), to=reader.code)


def _message(one: Attachment, report: Report, view: AttachmentView, author: Person) -> Message:
    at = (one.brought.latitude, one.brought.longitude)
    if one.brought.kind is AttachmentKind.LOCATION and at[0] is not None and at[1] is not None:
        return AttachmentPlace(at[0], at[1], report.number, view, author)
    file = rules.file_of(one, f"{report.number}-{view.number}")
    return AttachmentFile(file, report.number, view, author)

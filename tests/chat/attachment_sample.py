"""A sample of every message about attachments, and a report with as many as it can hold."""

from dataclasses import replace

from bot.domain import attachment_message as attachment
from bot.domain import report_message as report
from bot.domain.attachment import COUNT_MAX, AttachmentKind, AttachmentState, AttachmentView, Why
from bot.domain.file import FileRef, SentAs
from bot.domain.message import Message
from bot.domain.report import ReportState
from tests.chat.report_sample import AT, ID, NUMBER, WHO, filled, view

CAPTION = "Roy <Ada> & {x}"
PHOTO = AttachmentView(ID, 1, AttachmentKind.PHOTO, AttachmentState.THERE)
FILE = AttachmentView(ID, 2, AttachmentKind.DOCUMENT, AttachmentState.FETCHING, "présences.csv", CAPTION, mine=True)
PLACE = AttachmentView(ID, 3, AttachmentKind.LOCATION, AttachmentState.THERE, "30PUB72510161", mine=True)
GONE = AttachmentView(ID, 4, AttachmentKind.VOICE, AttachmentState.LOST)
LONG = replace(FILE, name=f"{'é' * 90}.docx", caption="On a vu trois hommes au marché. " * 32)
SOME = (PHOTO, FILE, PLACE, GONE, replace(GONE, number=5, state=AttachmentState.REFUSED, kind=AttachmentKind.AUDIO))
FULL = tuple(replace(LONG, number=number) for number in range(1, COUNT_MAX + 1))
REF = FileRef("0" * 64, "présences.csv", "text/plain", SentAs.DOCUMENT)

EVERY: list[Message] = [
    *(
        attachment.Attached(ID, "daily", None, kind, 1, int(kind is not AttachmentKind.LOCATION), 2)
        for kind in AttachmentKind
    ),
    attachment.Attached(ID, "flash", NUMBER, AttachmentKind.PHOTO, 4, 2, 6, paused=True, no_checkin=True),
    attachment.Attached(None, "daily", NUMBER, AttachmentKind.PHOTO, 0, 0, 0),
    attachment.AttachmentList(ID, "daily", ()),
    attachment.AttachmentList(ID, "daily", SOME, removed=FILE),
    attachment.AttachmentList(ID, "incident", FULL, removed=PHOTO),
    *(
        attachment.AttachmentFailed(kind, name, why, "patrol", number)
        for why in Why
        for kind, name, number in (
            (AttachmentKind.DOCUMENT, "virus.exe", None),
            (AttachmentKind.PHOTO, None, NUMBER),
        )
    ),
    *(
        attachment.AttachmentFile(replace(REF, sent_as=sent_as), NUMBER, view, WHO)
        for sent_as, view in zip(SentAs, (LONG, PHOTO, GONE, FILE, PHOTO), strict=True)
    ),
    attachment.AttachmentPlace(14.4843, -4.183, NUMBER, PLACE, WHO),
    attachment.AttachmentPlace(-89.4843, -174.183, NUMBER, replace(PLACE, name=None), WHO),
]

# Reports with attachments: the longest of each must still fit one message.
ON_REPORTS: list[Message] = [
    report.ReportPreview(ID, "daily", {}, ("flags",), ("period",), (), NUMBER, SOME),
    *(report.ReportPreview(ID, code, filled(code), (), (), (), None, FULL) for code in ("incident", "daily")),
    report.ReportCard(view("patrol", ReportState.SUBMITTED, attached=FULL), mine=False, may_review=True),
    report.ReportCard(view("daily", ReportState.SUBMITTED, attached=SOME), mine=True, may_review=False),
    report.FlashNews(view("flash", ReportState.SUBMITTED, attached=FULL)),
    *(report.ReportReceipt(NUMBER, "daily", 1, AT, ID, 2, False, files) for files in (1, 20)),
    *(report.ReportNew(ID, NUMBER, "patrol", 1, WHO, files=files) for files in (1, 20)),
]

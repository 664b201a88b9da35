"""Attachments in chat: what is sent while a report is being written hangs on it; readers ask for it by button."""

from telegram import Message

from bot.chat import danger
from bot.chat.case import Case, Context, Update
from bot.chat.unknown import not_understood
from bot.domain.alert import AlertKind
from bot.domain.attachment import SIZE_MAX, AttachmentKind, Incoming
from bot.services import attachment, dossier, handout, place

# By the name of Telegram's field; an animation has its document beside it.
_FILES = (
    ("animation", AttachmentKind.VIDEO),
    ("video", AttachmentKind.VIDEO),
    ("video_note", AttachmentKind.VIDEO),
    ("audio", AttachmentKind.AUDIO),
    ("voice", AttachmentKind.VOICE),
    ("document", AttachmentKind.DOCUMENT),
)


def brought(message: Message) -> Incoming | None:
    """Return what a message brings that can be attached; nothing if it is of another kind."""
    album, caption = message.media_group_id, message.caption
    if message.photo:
        # The same picture in several sizes: the largest that can be fetched.
        fits = [one for one in message.photo if (one.file_size or 0) <= SIZE_MAX] or message.photo
        best = max(fits, key=lambda one: one.width * one.height)
        return Incoming(AttachmentKind.PHOTO, best.file_id, None, caption, best.file_size, album)
    for field, kind in _FILES:
        if (file := getattr(message, field)) is not None:
            name = getattr(file, "file_name", None)
            return Incoming(kind, file.file_id, name, caption, file.file_size, album)
    return None


async def received(update: Update, context: Context) -> None:
    """Attach what was sent to the report that is being written; its caption may be a cry for help all the same.

    Whoever waits for help and has not gone on with the report since is told that no file reaches anybody.
    """
    case, message = context.case, update.message
    one = brought(message) if message is not None else None
    if one is None or not await _for_report(case) or not await attachment.attach(case.tx, case.who, one, case.sent_at):
        await not_understood(update, context)
        return
    if not await danger.tells_of_others(case, one.caption or ""):
        await danger.take_up(case, one.caption or "")


async def located(case: Case, latitude: float, longitude: float) -> bool:
    """Attach a shared location to the report that is being written; return False if there is none."""
    name = place.to_grid(latitude, longitude)
    one = Incoming(AttachmentKind.LOCATION, name=name, latitude=latitude, longitude=longitude)
    return await attachment.attach(case.tx, case.who, one, case.sent_at)


async def _for_report(case: Case) -> bool:
    """Return whether nobody's help is waited for, or the report was gone on with after the last call for it."""
    file = await dossier.of(case.tx, case.who)
    calls = [one.since for one in file.alerts if one.kind is not AlertKind.OVERDUE]
    return file.report is not None and all(since < file.report.touched_at for since in calls)


async def listed(update: Update, context: Context) -> None:
    """Show what is attached to the draft."""
    await attachment.listed(context.case.tx, context.case.who, context.case.about)


async def remove(update: Update, context: Context) -> None:
    """Take an attachment off the draft."""
    await attachment.remove(context.case.tx, context.case.who, context.case.about)


async def hand_out(update: Update, context: Context) -> None:
    """Send an attachment of a report to its reader."""
    await handout.hand_out(context.case.tx, context.case.who, context.case.about)

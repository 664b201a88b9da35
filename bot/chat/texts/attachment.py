"""Texts of attachments: the receipt, how they stand under a report, and the attachment itself."""

from collections.abc import Sequence

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.menu import SAFE
from bot.chat.texts.person import named
from bot.chat.texts.reader import Reader, Rendered, Spot
from bot.document.report_word import FORM_NAMES
from bot.domain import attachment as rules
from bot.domain.attachment import AttachmentKind, AttachmentState, AttachmentView, Why
from bot.domain.attachment_message import Attached, AttachmentFailed, AttachmentFile, AttachmentList, AttachmentPlace
from bot.domain.place import grouped
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice, html

Rows = tuple[tuple[Button, ...], ...]

KINDS = {
    AttachmentKind.PHOTO: W_("attachment", "Photo"),
    AttachmentKind.DOCUMENT: W_("attachment", "Document"),
    AttachmentKind.VOICE: W_("attachment", "Voice note"),
    AttachmentKind.AUDIO: W_("attachment", "Sound"),
    AttachmentKind.VIDEO: W_("attachment", "Video"),
    AttachmentKind.LOCATION: W_("attachment", "Location"),
}
_ATTACHED = {
    AttachmentKind.PHOTO: N_("📎 Photo attached ({count} in all)."),
    AttachmentKind.DOCUMENT: N_("📎 Document attached ({count} in all)."),
    AttachmentKind.VOICE: N_("📎 Voice note attached ({count} in all)."),
    AttachmentKind.AUDIO: N_("📎 Sound attached ({count} in all)."),
    AttachmentKind.VIDEO: N_("📎 Video attached ({count} in all)."),
    AttachmentKind.LOCATION: N_("📎 Location attached ({count} in all)."),
}
_STATES = {
    AttachmentState.FETCHING: W_("attachment", "still fetching"),
    AttachmentState.REFUSED: W_("attachment", "not taken"),
    AttachmentState.LOST: W_("attachment", "lost"),
}
_WHY = {
    Why.TYPE: N_(
        "Taken are: pictures (JPEG, PNG, WebP, HEIC, GIF); PDF; Word, Excel, PowerPoint and OpenDocument text, without"
        " macros; plain text and CSV in UTF-8; sound (OGG, MP3, M4A, WAV); video (MP4, MOV)."
    ),
    Why.EMPTY: N_("The file is empty."),
    Why.TOO_BIG: N_("The file is over 20 MB and cannot be fetched."),
    Why.GONE: N_("Telegram does not have the file any more."),
}
_AGAIN = {
    Why.TYPE: N_("Please send it again in such a form."),
    Why.EMPTY: N_("Please send it again."),
    Why.TOO_BIG: N_("Please send a smaller one."),
    Why.GONE: N_("Please send it again."),
}
# Of names and captions together, so many characters stand under a report; a button shows one name.
ROOM, BUTTON = 800, 22
CAPTION = 600  # of the 1,024 characters that may stand under a file


def _kind(voice: Voice, view: AttachmentView) -> str:
    return voice.word(*KINDS[view.kind])


def _name(view: AttachmentView) -> str | None:
    if view.kind is AttachmentKind.LOCATION and view.name:
        return grouped(view.name)
    return view.name


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def lines(voice: Voice, files: Sequence[AttachmentView]) -> list[Html]:
    """Return the heading and one line for each attachment, with its state until it is there.

    The heading counts those that are there or may still come; what was not taken or is lost has its line all the same.
    """
    if not files:
        return []
    most = max(24, ROOM // len(files))
    count = rules.counted(files)
    head = (
        voice.count("<b>{n} attachment</b>", "<b>{n} attachments</b>", count)
        if count
        else voice.say("Nothing is attached.")
    )
    return [head, *(_line(voice, one, most) for one in files)]


def _line(voice: Voice, view: AttachmentView, most: int) -> Html:
    what = _kind(voice, view)
    if view.state in _STATES:
        what = f"{what} ({voice.word(*_STATES[view.state])})"
    detail = _cut(", ".join(" ".join(part.split()) for part in (_name(view), view.caption) if part), most)
    if not detail:
        return html(f"{view.number}. {what}")
    return voice.say("{number}. {what}: {detail}", number=view.number, what=what, detail=detail)


def _label(voice: Voice, view: AttachmentView, sign: str) -> str:
    return f"{sign} {view.number}. {_cut(_name(view) or _kind(voice, view), BUTTON)}"


def to_read(voice: Voice, files: Sequence[AttachmentView]) -> Rows:
    """Return a button for each attachment that a reader can ask for, two in a row."""
    buttons = [Button(_label(voice, one, "📎"), Press(Verb.ATTACHMENT_GET, str(one.id))) for one in files if one.counts]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def to_list(voice: Voice, draft: int, *, any_: bool) -> Rows:
    """Return the button that shows what is attached to a draft, if anything is."""
    button = Button(voice.word("button", "📎 Attachments"), Press(Verb.ATTACHMENT_LIST, str(draft)))
    return ((button,),) if any_ else ()


def counted(voice: Voice, files: int) -> Html | None:
    """Return the line that says how many attachments there are, if any."""
    return voice.count("📎 With {n} attachment.", "📎 With {n} attachments.", files) if files else None


def how_to(voice: Voice) -> Html:
    """Return the line that says how to attach."""
    return voice.say("To attach a photo, a document, a voice note or a location, send it here.")


def attached(message: Attached, voice: Voice, reader: Reader) -> Rendered:
    """Say that it is attached, to which report, and whether it is here yet."""
    form = voice.word(*FORM_NAMES[message.form])
    text = voice.join(
        _how_many(message, voice),
        voice.say("{number}: {form}.", number=message.number, form=form)
        if message.number
        else voice.say("Draft: {form}.", form=form),
        voice.say("⏳ Still fetching.") if message.fetching else None,
        voice.say("The draft is laid aside. To go on: /report") if message.paused else None,
        *_no_checkin(message, voice),
        voice.say("Never photos, names or voices of survivors.")
        if message.what is not AttachmentKind.LOCATION
        else None,
    )
    return Rendered(text, Inline(to_list(voice, message.draft, any_=True)) if message.draft is not None else None)


def _how_many(message: Attached, voice: Voice) -> Html:
    if message.added == 0:
        return voice.say("📎 Not attached.")
    if message.added == 1:
        return voice.say(_ATTACHED[message.what], count=message.count)
    return voice.say("📎 {added} files attached ({count} in all).", added=message.added, count=message.count)


def _no_checkin(message: Attached, voice: Voice) -> list[Html]:
    if not message.no_checkin:
        return []
    return [
        voice.say("⚠️ <b>Not recorded as a check-in.</b>"),
        voice.say('If all is well, press "{button}".', button=voice.word(*SAFE)),
    ]


def listed(message: AttachmentList, voice: Voice, reader: Reader) -> Rendered:
    """List what is attached to the draft, with a button to take each off again."""
    off = [
        Button(_label(voice, one, "🗑"), Press(Verb.ATTACHMENT_REMOVE, str(one.id))) for one in message.files if one.mine
    ]
    on = Button(voice.word("button", "▶️ Go on with the draft"), Press(Verb.REPORT_MOVE, str(message.draft), "resume"))
    removed = message.removed
    return Rendered(
        voice.join(
            voice.say("🗑 Taken off: {what}.", what=_name(removed) or _kind(voice, removed)) if removed else None,
            voice.say("<b>{form}</b>: not sent yet", form=voice.word(*FORM_NAMES[message.form])),
            *(lines(voice, message.files) or [voice.say("Nothing is attached.")]),
            voice.say("To take one off, press it below.") if off else None,
            voice.say("What was sent with an earlier version stays.") if len(off) < len(message.files) else None,
            how_to(voice),
        ),
        Inline((*(tuple(off[at : at + 2]) for at in range(0, len(off), 2)), (on,))),
    )


def failed(message: AttachmentFailed, voice: Voice, reader: Reader) -> Rendered:
    """Say which attachment was not taken or is gone, why, and what to do."""
    form = voice.word(*FORM_NAMES[message.form])
    what = voice.word(*KINDS[message.what])
    return Rendered(
        voice.join(
            voice.say(
                "⚠️ <b>Not attached</b>: {what} ({report}).",
                what=f"{what}, {message.name}" if message.name else what,
                report=message.number or form,
            ),
            voice.say(_WHY[message.why]),
            voice.say(
                "To add it after all: /report, open {number}, press Correct, then send it.", number=message.number
            )
            if message.number
            else voice.say(_AGAIN[message.why]),
        )
    )


def file(message: AttachmentFile, voice: Voice, reader: Reader) -> Rendered:
    """Say beside a file which report it belongs to, and from whom it is."""
    view = message.view
    caption = _cut(view.caption, CAPTION) if view.caption else None
    return Rendered(
        voice.join(
            voice.say(
                "<b>{report}</b>, attachment {number}: {what}",
                report=message.number,
                number=view.number,
                what=_kind(voice, view),
            ),
            voice.say("From {who}.", who=named(voice, message.officer, article=True)),
            caption,
        ),
        file=message.file,
    )


def place(message: AttachmentPlace, voice: Voice, reader: Reader) -> Rendered:
    """Say over a point on the map which report it belongs to; under it, the grid reference."""
    title = voice.say(
        "{report}, attachment {number}: {who}",
        report=message.number,
        number=message.view.number,
        who=named(voice, message.officer),
    )
    degrees = f"{message.latitude:.5f}, {message.longitude:.5f}"
    return Rendered(title, spot=Spot(message.latitude, message.longitude, _name(message.view) or degrees))


def gone(rendered: Rendered, voice: Voice) -> Rendered:
    """Say that a file that was asked for cannot be read, in place of sending it."""
    told = voice.say("⚠️ The file cannot be read here any more. The operator is told.")
    return Rendered(voice.join(rendered.text, told), rendered.keyboard)

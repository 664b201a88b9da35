"""Texts of submitted reports: the receipt, the card, the report in full, news, and lists."""

from datetime import timedelta

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts import attachment
from bot.chat.texts.menu import ASSIST, SOS, main_menu
from bot.chat.texts.person import named
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.report_body import WHOLE_TEXT, Body, body, byline, room_of, whole
from bot.chat.texts.report_menu import go_on, waiting
from bot.document.report_word import FORM_NAMES
from bot.domain.report import ReportState, short
from bot.domain.report_form import FORMS
from bot.domain.report_message import (
    FlashNews,
    ReportCard,
    ReportList,
    ReportNew,
    ReportReceipt,
    ReportRow,
    ReportView,
)
from bot.domain.report_part import ReportPart
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

_STATES = {
    ReportState.SUBMITTED: W_("report state", "not reviewed yet"),
    ReportState.ACCEPTED: W_("report state", "accepted"),
    ReportState.RETURNED: W_("report state", "returned with a question"),
}
# It waited for a line, or for us: when it came in says how old the news was.
DELAYED = timedelta(minutes=1)
_SIGNS = {ReportState.SUBMITTED: "📨", ReportState.ACCEPTED: "✅", ReportState.RETURNED: "❓"}


def read(voice: Voice, report: int) -> Button:
    """Return the button that shows a report."""
    return Button(voice.word("button", "📄 Read"), Press(Verb.REPORT_CARD, str(report)))


def receipt(message: ReportReceipt, voice: Voice, reader: Reader) -> Rendered:
    """Say that it is on record, under which number, who reads it, and what comes next."""
    form = voice.word(*FORM_NAMES[message.form])
    full = Button(voice.word("button", "📝 Full report"), Press(Verb.REPORT_CORRECT, str(message.report)))
    return Rendered(
        voice.join(
            voice.say("✅ <b>{number}</b> received: {form}.", number=message.number, form=form)
            if message.version == 1
            else voice.say(
                "✅ <b>{number}</b>, version {version}, received: {form}.",
                number=message.number,
                version=message.version,
                form=form,
            ),
            voice.say("Sent {at}, {dtg}.", at=voice.moment(message.sent_at), dtg=voice.dtg(message.sent_at)),
            attachment.counted(voice, message.files),
            voice.count("{n} person has been told.", "{n} people have been told.", message.told)
            if message.told
            else voice.say("Nobody can be told here yet."),
            voice.say("The full report goes on under the same number, when you can.") if message.flash else None,
            voice.say(
                'If you need help, press "{assist}"; in danger, "{sos}".',
                assist=voice.word(*ASSIST),
                sos=voice.word(*SOS),
            )
            if message.flash
            else None,
            waiting(voice, message.waits[1]) if message.waits else None,
        ),
        Inline(
            (
                *([(full,)] if message.flash else []),
                *([(go_on(voice, message.waits[0]),)] if message.waits else []),
                (read(voice, message.report),),
            )
        ),
    )


def card(message: ReportCard, voice: Voice, reader: Reader) -> Rendered:
    """Show a report, and what the reader may do with it; what has no place here is sent in full at a press."""
    view = message.view
    about = str(view.id)
    shown = _body(view, voice)
    rows: list[tuple[Button, ...]] = []
    if shown.cut:
        rows.append((Button(voice.word(*WHOLE_TEXT), Press(Verb.REPORT_WHOLE, about)),))
    if message.may_review:
        version = str(view.version)
        rows.append((Button(voice.word("button", "✅ Accept"), Press(Verb.REPORT_ACCEPT, about, version)),))
        if view.state is not ReportState.RETURNED:
            label = voice.word("button", "❓ Return with a question")
            rows.append((Button(label, Press(Verb.REPORT_RETURN, about, version)),))
    if message.mine:
        if view.question and view.answer is None:
            rows.append((Button(voice.word("button", "💬 Answer"), Press(Verb.REPORT_REPLY, about)),))
        label = voice.word("button", "📝 Full report") if view.form == "flash" else voice.word("button", "✏️ Correct")
        rows.append((Button(label, Press(Verb.REPORT_CORRECT, about)),))
    rows += attachment.to_read(voice, view.attached)
    return Rendered(
        voice.join(_head(view.number, view.form, view.version, voice), *_facts(view, voice), "", *shown.lines),
        Inline(tuple(rows)) if rows else None,
    )


def _head(number: str, form: str, version: int, voice: Voice) -> Html:
    return voice.say(
        "<b>{number}</b>: {form}, version {version}",
        number=number,
        form=voice.word(*FORM_NAMES[form]),
        version=version,
    )


def part(message: ReportPart, voice: Voice, reader: Reader) -> Rendered:
    """Send one part of a report in full; from the last one it is back to the draft, or to the card."""
    form = voice.word(*FORM_NAMES[message.form])
    back = read(voice, message.id) if message.number is not None else go_on(voice, message.id)
    return Rendered(
        voice.join(
            _head(message.number, message.form, message.version, voice)
            if message.number is not None and message.version is not None
            else voice.say("<b>{form}</b>: not sent yet", form=form),
            *(byline(voice, message.by) if message.by is not None else ()),
            voice.say("Part {part} of {parts}", part=message.part, parts=message.parts) if message.parts > 1 else None,
            "",
            *whole(voice, FORMS[message.form], message.answers, message.nothing, continued=message.continued),
        ),
        Inline(((back,),)) if message.part == message.parts else None,
    )


def _facts(view: ReportView, voice: Voice) -> list[Html | None]:
    return [
        *byline(voice, view.by),
        voice.say("Sent {at}, {dtg}.", at=voice.moment(view.submitted_at), dtg=voice.dtg(view.submitted_at)),
        voice.say("Reached Vigie {at}, {dtg}.", at=voice.moment(view.received_at), dtg=voice.dtg(view.received_at))
        if view.received_at - view.submitted_at >= DELAYED
        else None,
        voice.say("Reason for this version: {reason}", reason=view.reason) if view.reason else None,
        voice.say(
            "Status: {state}, {who}, {at}.",
            state=voice.word(*_STATES[view.state]),
            who=named(voice, view.reviewed_by),
            at=voice.at(view.reviewed_at),
        )
        if view.reviewed_by is not None and view.reviewed_at is not None
        else voice.say("Status: {state}.", state=voice.word(*_STATES[view.state])),
        voice.say("Question: {question}", question=view.question) if view.question else None,
        voice.say("Answer: {answer}", answer=view.answer) if view.answer else None,
        voice.say("Written in French.") if view.language == "fr" and voice.lang == "en" else None,
        voice.say("Written in English.") if view.language == "en" and voice.lang == "fr" else None,
    ]


def _body(view: ReportView, voice: Voice) -> Body:
    beside = sum(len(part) for part in (view.question, view.answer, view.reason) if part) + room_of(voice, view.by)
    return body(voice, FORMS[view.form], view.answers, frozenset(view.nothing), view.attached, beside=beside)


def flash(message: FlashNews, voice: Voice, reader: Reader) -> Rendered:
    """Ring with the flash report of an incident: what, where, when, who is hurt, what is needed."""
    view = message.view
    return Rendered(
        voice.join(
            voice.say(
                "⚡ <b>INCIDENT {number}</b>: {who}, {post}",
                number=view.number,
                who=named(voice, view.officer),
                post=voice.name(view.officer.post),
            ),
            *_body(view, voice).lines,
        ),
        Inline(((read(voice, view.id),),)),
    )


def new(message: ReportNew, voice: Voice, reader: Reader) -> Rendered:
    """Say that a report has come in."""
    return Rendered(
        voice.join(
            voice.say(
                "📨 <b>{number}</b>: {form}, from {who}.",
                number=message.number,
                form=voice.word(*FORM_NAMES[message.form]),
                who=named(voice, message.officer, article=True),
            ),
            voice.say("Version {version}: {reason}", version=message.version, reason=message.reason)
            if message.reason
            else None,
            attachment.counted(voice, message.files),
        ),
        Inline(((read(voice, message.report),),)),
    )


def listed(message: ReportList, voice: Voice, reader: Reader) -> Rendered:
    """List reports, each with a button to read it."""
    what = "inbox" if message.inbox else "mine"
    rows = [
        (Button(_label(one, voice, inbox=message.inbox), Press(Verb.REPORT_CARD, str(one.id))),) for one in message.rows
    ]
    turn = []
    if message.page > 0:
        turn.append(Button("◀️", Press(Verb.REPORT_LIST, str(message.page - 1), what)))
    if message.page + 1 < message.pages:
        turn.append(Button("▶️", Press(Verb.REPORT_LIST, str(message.page + 1), what)))
    keyboard = Inline((*rows, tuple(turn))) if turn else Inline(tuple(rows))
    if not message.rows:
        none = (
            voice.say("No reports are waiting for you.") if message.inbox else voice.say("You have sent no report yet.")
        )
        return Rendered(none, main_menu(voice, reader.role))
    return Rendered(
        voice.join(
            voice.say("<b>Reports to review</b>") if message.inbox else voice.say("<b>My reports</b>"),
            voice.say("Page {page} of {pages}", page=message.page + 1, pages=message.pages)
            if message.pages > 1
            else None,
        ),
        keyboard,
    )


def _label(one: ReportRow, voice: Voice, *, inbox: bool) -> str:
    sign = _SIGNS[one.state]
    return f"{sign} {short(one.number)} · {one.officer.name if inbox else voice.date(one.until)}"

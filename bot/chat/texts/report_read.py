"""Texts of submitted reports: the receipt, the card, lists, and what passes between officer and command."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts import attachment
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.menu import ASSIST, SOS, main_menu
from bot.chat.texts.person import capital, named, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.report_body import body
from bot.document.report_word import FORM_NAMES
from bot.domain.report import ReportState
from bot.domain.report_form import FORMS
from bot.domain.report_message import (
    AskReviewAnswer,
    AskReviewQuestion,
    FlashNews,
    ReportAccepted,
    ReportCard,
    ReportList,
    ReportNew,
    ReportReceipt,
    ReportReturned,
    ReportRow,
    ReportView,
    ReviewAnswered,
    ReviewRecorded,
)
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice

_STATES = {
    ReportState.SUBMITTED: W_("report state", "not reviewed yet"),
    ReportState.ACCEPTED: W_("report state", "accepted"),
    ReportState.RETURNED: W_("report state", "returned with a question"),
}
_SIGNS = {ReportState.SUBMITTED: "📨", ReportState.ACCEPTED: "✅", ReportState.RETURNED: "❓"}
_RECORDED = {
    "accepted": N_("✅ <b>{number}</b> is accepted."),
    "returned": N_("❓ <b>{number}</b> is returned; your question is on its way."),
    "answered": N_("✅ Your answer about <b>{number}</b> is on record and passed on."),
}


def _read(voice: Voice, report: int) -> Button:
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
        ),
        Inline(((full,), (_read(voice, message.report),)))
        if message.flash
        else Inline(((_read(voice, message.report),),)),
    )


def card(message: ReportCard, voice: Voice, reader: Reader) -> Rendered:
    """Show a report whole, and what the reader may do with it."""
    view = message.view
    about = str(view.id)
    rows: list[tuple[Button, ...]] = []
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
        voice.join(_head(view, voice), *_facts(view, voice), "", *_body(view, voice)),
        Inline(tuple(rows)) if rows else None,
    )


def _head(view: ReportView, voice: Voice) -> Html:
    return voice.say(
        "<b>{number}</b>: {form}, version {version}",
        number=view.number,
        form=voice.word(*FORM_NAMES[view.form]),
        version=view.version,
    )


def _facts(view: ReportView, voice: Voice) -> list[Html | None]:
    officer = view.officer
    return [
        voice.say(
            "{who}, {post} ({mission})",
            who=capital(named(voice, officer)),
            post=voice.name(officer.post),
            mission=officer.mission,
        ),
        voice.say("Sent {at}, {dtg}.", at=voice.moment(view.submitted_at), dtg=voice.dtg(view.submitted_at)),
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


def _body(view: ReportView, voice: Voice) -> list[Html]:
    beside = sum(len(part) for part in (view.question, view.answer, view.reason) if part)
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
            *_body(view, voice),
        ),
        Inline(((_read(voice, view.id),),)),
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
        Inline(((_read(voice, message.report),),)),
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
    if inbox:
        return f"{sign} {one.number.partition('-')[2]} · {one.officer.name}"
    return f"{sign} {one.number.partition('-')[2]} · {voice.date(one.until)}"


def ask_question(message: AskReviewQuestion, voice: Voice, reader: Reader) -> Rendered:
    """Ask what the officer is to be asked."""
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: what do you want to ask?", number=message.number),
            voice.say("Type the question in one line: it goes to whoever wrote the report."),
        ),
        Inline(((cancel_button(voice),),)),
    )


def returned(message: ReportReturned, voice: Voice, reader: Reader) -> Rendered:
    """Ask the officer what command wants to know about a report."""
    about = str(message.report)
    return Rendered(
        voice.join(
            voice.say(
                "❓ {who} asks about <b>{number}</b> ({form}):",
                who=subject(voice, message.by),
                number=message.number,
                form=voice.word(*FORM_NAMES[message.form]),
            ),
            voice.say("{question}", question=message.question),
        ),
        Inline(
            (
                (Button(voice.word("button", "💬 Answer"), Press(Verb.REPORT_REPLY, about)),),
                (Button(voice.word("button", "✏️ Correct"), Press(Verb.REPORT_CORRECT, about)),),
                (_read(voice, message.report),),
            )
        ),
    )


def ask_answer(message: AskReviewAnswer, voice: Voice, reader: Reader) -> Rendered:
    """Ask the officer to type the answer."""
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: {question}", number=message.number, question=message.question),
            voice.say("Type your answer in one line."),
        ),
        Inline(((cancel_button(voice),),)),
    )


def answered(message: ReviewAnswered, voice: Voice, reader: Reader) -> Rendered:
    """Tell the one who asked what the answer is."""
    return Rendered(
        voice.join(
            voice.say(
                "💬 {who} answers about <b>{number}</b>:", who=subject(voice, message.officer), number=message.number
            ),
            voice.say("Question: {question}", question=message.question),
            voice.say("Answer: {answer}", answer=message.answer),
        ),
        Inline(((_read(voice, message.report),),)),
    )


def accepted(message: ReportAccepted, voice: Voice, reader: Reader) -> Rendered:
    """Tell the officer that the report is accepted."""
    return Rendered(
        voice.say(
            "✅ <b>{number}</b> ({form}) is accepted by {who}.",
            number=message.number,
            form=voice.word(*FORM_NAMES[message.form]),
            who=named(voice, message.by, article=True),
        )
    )


def recorded(message: ReviewRecorded, voice: Voice, reader: Reader) -> Rendered:
    """Say that what was pressed or typed is on record, and how many reports still wait."""
    more = Button(voice.word("button", "📥 New reports: {n}", n=message.waiting), Press(Verb.REPORT_LIST, "0", "inbox"))
    return Rendered(
        voice.say(_RECORDED[message.what], number=message.number), Inline(((more,),)) if message.waiting else None
    )

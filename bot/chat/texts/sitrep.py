"""Texts of situation reports: the list, the card, what command is asked, and the documents."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.person import named
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.sitrep_translation import into_rows
from bot.document.sitrep_word import FIGURES, heading_name
from bot.document.write import MEDIA_TYPES, Form
from bot.domain.bilingual import Language, beginning_with
from bot.domain.file import FileRef
from bot.domain.piece import shortened
from bot.domain.sitrep import SitrepKind, SitrepState
from bot.domain.sitrep_message import (
    AskApproval,
    MailRefused,
    SitrepApproved,
    SitrepCard,
    SitrepDocument,
    SitrepLine,
    SitrepMenu,
    SitrepOnItsWay,
    SitrepReady,
)
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

Rows = list[tuple[Button, ...]]

# So much of what command wrote is shown on the card; the document has it whole.
SHOWN = 300

_SUMS = ("strength", "overdue", "reports", "incidents", "reached")

_KINDS = {
    SitrepKind.DAILY: W_("sitrep kind", "day"),
    SitrepKind.WEEKLY: W_("sitrep kind", "week"),
    SitrepKind.SPECIAL: W_("sitrep kind", "period"),
}
_DOCUMENTS: dict[Language, tuple[tuple[str, str], tuple[str, str]]] = {
    "en": (W_("button", "📄 PDF, English"), W_("button", "📝 Word, English")),
    "fr": (W_("button", "📄 PDF, French"), W_("button", "📝 Word, French")),
}


def _period(voice: Voice, line: SitrepLine) -> str:
    """Return the period by the clock of the reporting day: a day by its date, else from and to."""
    zone = ZoneInfo(line.zone)
    since, until = line.since.astimezone(zone), line.until.astimezone(zone)
    last = until - timedelta(minutes=1)
    if line.kind is SitrepKind.DAILY and since.time() == until.time() == since.min.time():
        return voice.date(since.date())
    if since.time() == until.time() == since.min.time():
        return voice.word(
            "report", "from {since} to {until}", since=voice.date(since.date()), until=voice.date(last.date())
        )
    return voice.word("report", "from {since} to {until}", since=voice.when(line.since), until=voice.when(line.until))


def _named(voice: Voice, line: SitrepLine) -> str:
    sign = "✅" if line.state is SitrepState.APPROVED else "✏️"
    zone = ZoneInfo(line.zone)
    since, last = line.since.astimezone(zone), (line.until - timedelta(minutes=1)).astimezone(zone)
    days = f"{since:%m-%d} – {last:%m-%d}"
    when = voice.date(since.date()) if line.kind is SitrepKind.DAILY else days
    return voice.word("button", "{sign} {kind}: {when}", sign=sign, kind=voice.word(*_KINDS[line.kind]), when=when)


def menu(message: SitrepMenu, voice: Voice, reader: Reader) -> Rendered:
    """Offer the newest situation reports, and to prepare one."""
    rows: Rows = [(Button(_named(voice, one), Press(Verb.SITREP_CARD, str(one.id))),) for one in message.lines]
    if message.writes:
        today = Button(voice.word("button", "➕ Today so far"), Press(Verb.SITREP_NEW, "", "daily"))
        week = Button(voice.word("button", "➕ Last 7 days"), Press(Verb.SITREP_NEW, "", "weekly"))
        other = Button(voice.word("button", "➕ Another period"), Press(Verb.SITREP_NEW, "", "special"))
        rows.append((today, week))
        rows.append((other,))
    return Rendered(
        voice.join(
            voice.say("<b>Situation reports</b>"),
            voice.say("✅ approved, ✏️ draft") if message.lines else voice.say("There is none yet."),
        ),
        Inline(tuple(rows)) if rows else None,
    )


def ready(message: SitrepReady, voice: Voice, reader: Reader) -> Rendered:
    """Say that one has been prepared by itself, and waits to be completed and approved."""
    line = message.line
    return Rendered(
        voice.join(
            voice.say("📋 <b>{number}</b> is prepared: {period}", number=line.number, period=_period(voice, line)),
            voice.say("It waits to be completed and approved."),
        ),
        Inline(((Button(voice.word("button", "📋 Open it"), Press(Verb.SITREP_CARD, str(line.id))),),)),
    )


def card(message: SitrepCard, voice: Voice, reader: Reader) -> Rendered:
    """Show a situation report at a glance, with what the reader may do."""
    line = message.line
    figures = dict(message.figures)
    approved = line.state is SitrepState.APPROVED
    return Rendered(
        voice.join(
            voice.say("<b>{number}</b>: {period}", number=line.number, period=_period(voice, line)),
            _standing(message, voice),
            voice.say("It can be approved once its period is over: {when}", when=voice.when(line.until))
            if not approved and line.until > reader.now
            else None,
            "",
            *(_figure(voice, code, figures[code]) for code in _SUMS),
            voice.say(
                "Check-ins: {due} due, {on_time} on time, {late} late, {missed} missed",
                due=figures["due"],
                on_time=figures["on_time"],
                late=figures["late"],
                missed=figures["missed"],
            ),
            _left(message, voice),
            *(
                voice.say(
                    "<b>{heading}</b>: {text}",
                    heading=heading_name(voice, heading, line.kind),
                    text=shortened(text, SHOWN),
                )
                for heading, text in message.written
            ),
        ),
        Inline(tuple(_card_rows(message, voice, approved=approved))),
    )


def _standing(message: SitrepCard, voice: Voice) -> Html:
    if message.approved_by is not None and message.approved_at is not None:
        return voice.say(
            "Approved by {who}: {when}",
            who=named(voice, message.approved_by, article=True),
            when=voice.when(message.approved_at),
        )
    return voice.say("Draft: put together anew each time it is read")


def _figure(voice: Voice, code: str, number: int) -> Html:
    return voice.say("{name}: {n}", name=voice.word(*FIGURES[code]), n=number)


def _left(message: SitrepCard, voice: Voice) -> Html | None:
    said = []
    if message.late:
        said.append(voice.count("{n} report came late, of an earlier period", "{n} reports came late", message.late))
    if message.changed:
        said.append(
            voice.count(
                "{n} report was corrected since it went out", "{n} reports were corrected since they went out",
                message.changed,
            )
        )  # fmt: skip
    return voice.join(*said) if said else None


def _card_rows(message: SitrepCard, voice: Voice, *, approved: bool) -> Rows:
    which = str(message.line.id)
    rows: Rows = []
    for language in beginning_with(message.language):
        pdf, word = _DOCUMENTS[language]
        rows.append(
            (
                Button(voice.word(*pdf), Press(Verb.SITREP_FILE, which, f"pdf={language}")),
                Button(voice.word(*word), Press(Verb.SITREP_FILE, which, f"docx={language}")),
            )
        )
    if message.may_write:
        rows.append((Button(voice.word("button", "✏️ Write into it"), Press(Verb.SITREP_WRITE, which)),))
    if message.may_translate:
        rows += into_rows(voice, message.line.id, message.untranslated)
    if message.may_approve:
        rows.append((Button(voice.word("button", "✅ Approve"), Press(Verb.SITREP_APPROVE, which)),))
    if not approved:
        rows.append((Button(voice.word("button", "🔄 Refresh"), Press(Verb.SITREP_CARD, which)),))
    return rows


def ask_approval(message: AskApproval, voice: Voice, reader: Reader) -> Rendered:
    """Ask once more before it is approved, and say what is still open."""
    line = message.line
    unwritten = [heading_name(voice, one, line.kind) for one in message.unwritten]
    yes = Button(voice.word("button", "✅ Yes, approve it"), Press(Verb.SITREP_APPROVE, str(line.id), message.mark))
    no = Button(voice.word("button", "No, not yet"), Press(Verb.SITREP_CARD, str(line.id)))
    return Rendered(
        voice.join(
            voice.say("Approve <b>{number}</b> ({period})?", number=line.number, period=_period(voice, line)),
            voice.say("It then never changes, and goes to command and liaison as a document."),
            _untranslated(message, voice),
            _elsewhere(message, voice),
            voice.count("⚠️ {n} report is not accepted yet.", "⚠️ {n} reports are not accepted yet.", message.unreviewed)
            if message.unreviewed
            else None,
            voice.say("⚠️ Nothing is written under: {headings}.", headings="; ".join(unwritten)) if unwritten else None,
        ),
        Inline(((no,), (yes,))),
    )


def _untranslated(message: AskApproval, voice: Voice) -> Html | None:
    n = dict(message.untranslated).get(message.language)
    if not n:
        return None
    return voice.count(
        "⚠️ {n} passage is not translated: it stays in its language, marked.",
        "⚠️ {n} passages are not translated: they stay in their language, marked.",
        n,
    )


def _elsewhere(message: AskApproval, voice: Voice) -> Html | None:
    """Return what the document in the other language will lack: once approved, nothing is translated any more."""
    for language, n in message.untranslated:
        if language == message.language:
            continue
        if language == "en":
            return voice.count(
                "ℹ️ In the English document, {n} passage stays untranslated.",
                "ℹ️ In the English document, {n} passages stay untranslated.",
                n,
            )
        return voice.count(
            "ℹ️ In the French document, {n} passage stays untranslated.",
            "ℹ️ In the French document, {n} passages stay untranslated.",
            n,
        )
    return None


def approved(message: SitrepApproved, voice: Voice, reader: Reader) -> Rendered:
    """Say that it is on record, and where it goes."""
    return Rendered(
        voice.join(
            voice.say("✅ <b>{number}</b> is approved and on record.", number=message.number),
            voice.count(
                "The document goes to {n} person, you included.",
                "The documents go to {n} people, you included.",
                message.told,
            ),
            voice.count("By e-mail to {n} address.", "By e-mail to {n} addresses.", message.mails)
            if message.mails
            else None,
            voice.count(
                "⚠️ {n} address gets nothing: no mail server is set. Tell whoever runs Vigie.",
                "⚠️ {n} addresses get nothing: no mail server is set. Tell whoever runs Vigie.",
                message.unmailed,
            )
            if message.unmailed
            else None,
        )
    )


def on_its_way(message: SitrepOnItsWay, voice: Voice, reader: Reader) -> Rendered:
    """Say that a document is being made."""
    return Rendered(voice.say("<b>{number}</b>: the document is being made and follows.", number=message.number))


def document(message: SitrepDocument, voice: Voice, reader: Reader) -> Rendered:
    """Bring a document, with what it is in its caption."""
    if message.draft:
        said = voice.say("<b>{number}</b>: draft, not approved", number=message.number)
    elif message.approved_by is not None:
        said = voice.say(
            "<b>{number}</b>, approved by {who}",
            number=message.number,
            who=named(voice, message.approved_by, article=True),
        )
    else:
        said = voice.say("<b>{number}</b>", number=message.number)
    form: Form = "pdf" if message.name.endswith(".pdf") else "docx"
    return Rendered(said, file=FileRef(message.sha256, message.name, MEDIA_TYPES[form]))


def mail_refused(message: MailRefused, voice: Voice, reader: Reader) -> Rendered:
    """Say that an e-mail was refused, by whom, and in whose words."""
    return Rendered(
        voice.join(
            voice.say("⚠️ <b>{number}</b> could not be sent by e-mail.", number=message.number),
            voice.say("To: {who}", who=", ".join(message.recipients)) if message.recipients else None,
            voice.say("The server said: {why}", why=message.why),
        )
    )

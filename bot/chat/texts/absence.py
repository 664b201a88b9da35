"""Texts of absences: asked for in three questions, confirmed by somebody else, ended by a check-in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.menu import SAFE, main_menu
from bot.chat.texts.person import named, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.absence import (
    AbsenceAsked,
    AbsenceCard,
    AbsenceDecided,
    AbsenceEnded,
    AbsenceKind,
    AbsenceRequest,
    AbsenceState,
    AbsenceView,
    AskKind,
    AskReturn,
    AskStart,
)
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

RETURN_DAYS = (1, 2, 7, 14)
# An example a few days ahead, so that it could be typed as it stands.
_EXAMPLE_AHEAD = timedelta(days=7)

KINDS = {
    AbsenceKind.LEAVE: W_("absence", "🏖 Leave"),
    AbsenceKind.SICK: W_("absence", "🤒 Sick"),
    AbsenceKind.DUTY_TRAVEL: W_("absence", "🚙 Duty travel"),
    AbsenceKind.OFF_MISSION: W_("absence", "✈️ Off mission"),
}


def ask_kind(message: AskKind, voice: Voice, reader: Reader) -> Rendered:
    """Ask what kind of absence it is."""
    rows = [(Button(voice.word(*label), Press(Verb.ABSENCE_KIND, word=kind.value)),) for kind, label in KINDS.items()]
    return Rendered(
        voice.join(
            voice.say("<b>What kind of absence is it?</b>"),
            voice.say("While it lasts, no check-in is due. Somebody must confirm it first."),
        ),
        Inline((*rows, (cancel_button(voice),))),
    )


def ask_start(message: AskStart, voice: Voice, reader: Reader) -> Rendered:
    """Ask when the absence begins."""
    now = Button(voice.word("button", "Now"), Press(Verb.ABSENCE_START, word="now"))
    tomorrow = Button(voice.word("button", "Tomorrow at 08:00"), Press(Verb.ABSENCE_START, word="tomorrow"))
    return Rendered(
        voice.join(
            _kind(voice, message.absence),
            voice.say("<b>When does it begin?</b>"),
            voice.say("Press, or type date and time: <code>{example}</code>", example=_example(reader, reader.now)),
        ),
        Inline(((now,), (tomorrow,), (cancel_button(voice),))),
    )


def ask_return(message: AskReturn, voice: Voice, reader: Reader) -> Rendered:
    """Ask when the officer is back."""
    start = message.starts_at.astimezone(ZoneInfo(reader.timezone)).date()
    rows = [
        (
            Button(
                voice.word(
                    "button",
                    "{length}: {date}",
                    length=voice.duration(timedelta(days=days)),
                    date=voice.date(start + timedelta(days=days)),
                ),
                Press(Verb.ABSENCE_RETURN, word=f"{days}d"),
            ),
        )
        for days in RETURN_DAYS
    ]
    return Rendered(
        voice.join(
            _kind(voice, message.absence),
            voice.say("Begins: {when}", when=voice.when(message.starts_at)),
            voice.say("<b>When are you back?</b> A check-in is due then."),
            voice.say(
                "Press (at 08:00 that day), or type date and time: <code>{example}</code>",
                example=_example(reader, message.starts_at),
            ),
        ),
        Inline((*rows, (cancel_button(voice),))),
    )


def _kind(voice: Voice, kind: AbsenceKind) -> Html:
    return voice.join(voice.word(*KINDS[kind]))


def _example(reader: Reader, after: datetime) -> str:
    on = (after + _EXAMPLE_AHEAD).astimezone(ZoneInfo(reader.timezone)).date()
    return f"{on.isoformat()} 08:00"


def _times(view: AbsenceView, voice: Voice) -> tuple[Html, Html]:
    return (
        voice.say("Begins: {when}", when=voice.when(view.starts_at)),
        voice.say("Return: {when}", when=voice.when(view.ends_at)),
    )


def asked(message: AbsenceAsked, voice: Voice, reader: Reader) -> Rendered:
    """Say that the request is on record, and who can confirm it."""
    return Rendered(
        voice.join(
            voice.say("<b>Asked for, not confirmed yet</b>"),
            _kind(voice, message.view.absence),
            *_times(message.view, voice),
            voice.count("{n} person can confirm it.", "{n} people can confirm it.", message.told)
            if message.told
            else voice.say("Nobody can confirm it here now: call your post lead or the commander."),
            voice.say("Until then your check-ins stay due. To withdraw it: /leave"),
        )
    )


def request(message: AbsenceRequest, voice: Voice, reader: Reader) -> Rendered:
    """Ask a lead or above to confirm or refuse; later say what became of it."""
    view = message.view
    parts = [
        voice.say(
            "<b>Absence</b>: {who}, {post}",
            who=named(voice, view.subject),
            post=voice.name(view.subject.post),
        ),
        _kind(voice, view.absence),
        *_times(view, voice),
    ]
    if view.state is AbsenceState.ASKED and view.ends_at > reader.now:
        about = str(view.id)
        confirm = Button(voice.word("button", "Confirm"), Press(Verb.ABSENCE_CONFIRM, about))
        no = Button(voice.word("button", "Refuse"), Press(Verb.ABSENCE_REFUSE, about))
        parts.append(voice.say("If you confirm it, no check-in is due meanwhile."))
        return Rendered(voice.join(*parts), Inline(((confirm,), (no,))))
    return Rendered(voice.join(*parts, _decision(view, voice)))


def _decision(view: AbsenceView, voice: Voice) -> Html:
    by = named(voice, view.decided_by, article=True) if view.decided_by is not None else None
    match view.state:
        case AbsenceState.CONFIRMED if by is not None:
            return voice.say("✅ Confirmed by {by}.", by=by)
        case AbsenceState.CONFIRMED:
            return voice.say("✅ Confirmed.")
        case AbsenceState.REFUSED if by is not None:
            return voice.say("Refused by {by}.", by=by)
        case AbsenceState.REFUSED:
            return voice.say("Refused.")
        case AbsenceState.CANCELLED:
            return voice.say("Withdrawn.")
        case AbsenceState.ASKED:
            return voice.say("Not confirmed yet.")


def decided(message: AbsenceDecided, voice: Voice, reader: Reader) -> Rendered:
    """Say whether the absence is in force, and what that means for the check-ins."""
    view = message.view
    in_force = view.state is AbsenceState.CONFIRMED
    return Rendered(
        voice.join(
            _decision(view, voice),
            _kind(voice, view.absence),
            *_times(view, voice),
            voice.say("No check-in is due meanwhile. One is due on your return: {when}.", when=voice.when(view.ends_at))
            if in_force
            else voice.say("Your check-ins stay due."),
            voice.say("Back earlier? Send /leave") if in_force else None,
        )
    )


def card(message: AbsenceCard, voice: Voice, reader: Reader) -> Rendered:
    """Show the absence that stands, with the button to end or withdraw it."""
    view = message.view
    about = str(view.id)
    if message.begun:
        button = Button(voice.word("button", "I am back"), Press(Verb.ABSENCE_END, about))
    else:
        button = Button(voice.word("button", "Withdraw"), Press(Verb.ABSENCE_END, about))
    return Rendered(
        voice.join(
            _kind(voice, view.absence),
            *_times(view, voice),
            _decision(view, voice),
            voice.say('When you press "I am back", a check-in is due at once.') if message.begun else None,
        ),
        Inline(((button,),)),
    )


def ended(message: AbsenceEnded, voice: Voice, reader: Reader) -> Rendered:
    """Say that the officer is back early or has withdrawn the request."""
    view = message.view
    if view.subject.code == reader.code:
        if message.withdrawn:
            text = voice.say("Withdrawn. Your check-ins are due as planned.")
        else:
            text = voice.join(
                voice.say("Welcome back. Your check-in is due now."),
                voice.say('When all is well, press "{button}".', button=voice.word(*SAFE)),
            )
        return Rendered(text, main_menu(voice, reader.role))
    who = subject(voice, view.subject)
    post = voice.name(view.subject.post)
    if message.withdrawn:
        first = voice.say("{who} ({post}) has withdrawn the absence.", who=who, post=post)
    else:
        first = voice.say("{who} ({post}) is back early; a check-in is due now.", who=who, post=post)
    return Rendered(voice.join(first, _kind(voice, view.absence)))

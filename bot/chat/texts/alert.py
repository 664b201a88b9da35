"""Texts of alerts to those who are told, with the buttons to act."""

from collections.abc import Iterable

from bot.chat.keyboard import LISTED, Button, Inline, Press, Verb, short
from bot.chat.texts import alert_line as lines
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.line import not_known
from bot.chat.texts.person import capital, named, phone, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.alert import AlertKind, AlertState, HowVerified, Outcome, Reason
from bot.domain.alert_message import (
    AlertList,
    AlertNews,
    AlertStep,
    AlertView,
    AnsweredAfter,
    AskHow,
    AskNote,
    AskReason,
    Unreachable,
)
from bot.domain.officer import RIGHTS, Person, Right
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice

_KIND_SIGNS = {AlertKind.DISTRESS: "🆘", AlertKind.ASSISTANCE: "🤝", AlertKind.OVERDUE: "🔴"}

_HOW = {
    HowVerified.VOICE: W_("button", "By telephone, by voice"),
    HowVerified.RADIO: W_("button", "By radio"),
    HowVerified.IN_PERSON: W_("button", "In person"),
    HowVerified.COLLEAGUE: W_("button", "Through a colleague"),
}
_REASONS = {
    Reason.NO_NETWORK: W_("button", "No network there"),
    Reason.FALSE_ALARM: W_("button", "False alarm"),
    Reason.HELP_GIVEN: W_("button", "Assistance given"),
    Reason.HANDED_OVER: W_("button", "Handed over to others"),
    Reason.OTHER: W_("button", "Another reason…"),
}
# A reason that would be no answer to what somebody asked for is not offered.
_FOR_OVERDUE = [one for one in _REASONS if one is not Reason.HELP_GIVEN]
_FOR_HELP = [one for one in _REASONS if one is not Reason.NO_NETWORK]
_LISTED = {
    AlertKind.OVERDUE: (
        N_("<b>OVERDUE</b>: {who}, {post}, since {since}; nobody has it."),
        N_("<b>OVERDUE</b>: {who}, {post}, since {since}; {owner} has it."),
    ),
    AlertKind.ASSISTANCE: (
        N_("<b>NEEDS ASSISTANCE</b>: {who}, {post}, since {since}; nobody has it."),
        N_("<b>NEEDS ASSISTANCE</b>: {who}, {post}, since {since}; {owner} has it."),
    ),
    AlertKind.DISTRESS: (
        N_("<b>DISTRESS</b>: {who}, {post}, since {since}; nobody has it."),
        N_("<b>DISTRESS</b>: {who}, {post}, since {since}; {owner} has it."),
    ),
}


def step(message: AlertStep, voice: Voice, reader: Reader) -> Rendered:
    """Say all that somebody who is told must know, in the order in which it is read half asleep."""
    view = message.view
    if view.state is AlertState.CLOSED:
        return Rendered(voice.join(*lines.ending(view, voice)))
    return Rendered(
        voice.join(
            lines.head(view, voice),
            *lines.facts(view, voice),
            "",
            *lines.events(view, voice, reader),
            lines.upcoming(view, voice, reader),
            "",
            *lines.how_to_act(view, voice, reader),
            voice.say("Then press:"),
        ),
        _buttons(view, voice, reader),
    )


def news(message: AlertNews, voice: Voice, reader: Reader) -> Rendered:
    """Ring with what has become of an alert, and what is to be done now."""
    view = message.view
    if view.state is AlertState.CLOSED:
        return Rendered(voice.join(*lines.ending(view, voice)))
    came: list[Html] = []
    if message.checked_in_at is not None:
        who = subject(voice, view.subject)
        came = [
            voice.say("{who} checked in {at} and reports safe.", who=who, at=voice.moment(message.checked_in_at)),
            voice.say("The alert stays open: somebody else may hold the phone."),
        ]
    return Rendered(
        voice.join(
            lines.head(view, voice),
            *came,
            *lines.events(view, voice, reader),
            "",
            *lines.how_to_act(view, voice, reader),
            voice.say("Then press:"),
        ),
        _buttons(view, voice, reader),
    )


def _buttons(view: AlertView, voice: Voice, reader: Reader) -> Inline:
    about = str(view.id)
    take = Button(voice.word("button", "I am on it"), Press(Verb.TAKE, about))
    safe = Button(voice.word("button", "Safe, verified"), Press(Verb.SAFE, about))
    close = Button(voice.word("button", "Close with a reason"), Press(Verb.CLOSE, about))
    if lines.at_the_end(view):
        on = Button(voice.word("button", "Tell everyone again"), Press(Verb.NEXT, about))
    else:
        on = Button(voice.word("button", "Next step now"), Press(Verb.NEXT, about))
    free = not lines.held(view)
    if view.proposed_by is not None:
        if view.proposed_by.code == reader.code:
            return _column([Button(voice.word("button", "Take the proposal back"), Press(Verb.DOUBT, about)), on])
        agreed = Button(voice.word("button", "Confirm: close"), Press(Verb.CONFIRM, about))
        doubt = Button(voice.word("button", "Not convinced"), Press(Verb.DOUBT, about))
        return _column([safe if view.outcome is Outcome.VERIFIED else agreed, doubt, *([take] if free else []), on])
    if view.state is AlertState.ANSWERED:
        verified = Button(voice.word("button", "Verified, close"), Press(Verb.SAFE, about))
        doubt = Button(voice.word("button", "Not convinced"), Press(Verb.DOUBT, about))
        return _column([verified, doubt, *([take] if free else [])])
    if free:
        # Nobody closes with a reason what nobody has looked into; who asked for assistance has said what it is.
        known = view.lapsed or view.mistake_at is not None or view.kind is AlertKind.ASSISTANCE
        return _column([take, safe, on, *([close] if known else [])])
    return _column([safe, on, close])


def _column(buttons: Iterable[Button]) -> Inline:
    return Inline(tuple((one,) for one in buttons))


def answered_after(message: AnsweredAfter, voice: Voice, reader: Reader) -> Rendered:
    """Say that somebody whose alert was closed without contact has answered."""
    return Rendered(
        voice.say(
            "🟢 {who} has answered {at}, after you closed the alert, and reports safe.",
            who=subject(voice, message.subject),
            at=voice.moment(message.at),
        )
    )


def ask_how(message: AskHow, voice: Voice, reader: Reader) -> Rendered:
    """Ask how the person who says "safe" made sure."""
    about = str(message.alert)
    buttons = [Button(voice.word(*label), Press(Verb.HOW, about, how.value)) for how, label in _HOW.items()]
    return Rendered(
        voice.join(_title(voice, message.subject), voice.say("How did you verify that this officer is safe?")),
        _column([*buttons, cancel_button(voice)]),
    )


def ask_reason(message: AskReason, voice: Voice, reader: Reader) -> Rendered:
    """Ask for the reason with which an alert is closed."""
    about = str(message.alert)
    offered = _FOR_OVERDUE if message.about is AlertKind.OVERDUE else _FOR_HELP
    buttons = [Button(voice.word(*_REASONS[why]), Press(Verb.REASON, about, why.value)) for why in offered]
    return Rendered(
        voice.join(
            _title(voice, message.subject),
            voice.say("Why do you close this alert?"),
            voice.say("Once it is closed, nobody is told of it any more."),
        ),
        _column([*buttons, cancel_button(voice)]),
    )


def ask_note(message: AskNote, voice: Voice, reader: Reader) -> Rendered:
    """Ask to type the reason."""
    return Rendered(
        voice.join(
            _title(voice, message.subject),
            voice.say("Type the reason in one line. It goes on record; a second person must confirm.")
            if message.about is AlertKind.DISTRESS
            else voice.say("Type the reason in one line. It closes the alert and goes on record."),
        ),
        _column([cancel_button(voice)]),
    )


def _title(voice: Voice, person: Person) -> Html:
    return voice.say("<b>{who}</b>, {post}", who=capital(named(voice, person)), post=voice.name(person.post))


def listed(message: AlertList, voice: Voice, reader: Reader) -> Rendered:
    """List the open alerts, each with who has it and a button to take or settle it."""
    at = voice.time(message.as_of)
    again = Button(voice.word("button", "🔄 Refresh"), Press(Verb.ALERTS))
    unknown = not_known(message.known_until, voice)
    if not message.alerts and unknown is not None:
        return Rendered(voice.join(unknown, voice.say("No open alert was known then.")), _column([again]))
    if not message.alerts:
        return Rendered(voice.say("🟢 No open alert ({at}).", at=at), _column([again]))
    others = [view for view in message.alerts if view.subject.code != reader.code]  # nobody acts on their own
    return Rendered(
        voice.join(
            voice.say("<b>Open alerts</b> ({at})", at=at),
            unknown,
            *(_listed(view, voice) for view in message.alerts),
            voice.count("And {n} more.", "And {n} more.", message.more) if message.more else None,
            voice.say("To act on one, press:") if others else None,
        ),
        _column([*(_act_on(view, voice) for view in others), again]),
    )


def _listed(view: AlertView, voice: Voice) -> Html:
    free, owned = _LISTED[view.kind]
    known = {
        "who": named(voice, view.subject),
        "post": voice.name(view.subject.post),
        "since": voice.at(view.since),
    }
    if view.owner is None or view.lapsed:
        line = voice.say(free, **known)
    else:
        line = voice.say(owned, owner=named(voice, view.owner, article=True), **known)
    verify = voice.say("Has answered: verify by voice.") if view.state is AlertState.ANSWERED else None
    return voice.join(voice.join(lines.sign(view), line, sep=" "), verify)


def _act_on(view: AlertView, voice: Voice) -> Button:
    """Return the button of the next thing to do: take what nobody has, settle what somebody has."""
    about, name = str(view.id), view.subject.name
    if view.owner is None or view.lapsed:
        label, verb = voice.word("button", "I am on it: {name}", name=name), Verb.TAKE
    else:
        label, verb = voice.word("button", "Verified: {name}", name=name), Verb.SAFE
    # Two alerts about one person are told apart by their sign.
    return Button(short(f"{_KIND_SIGNS[view.kind]} {label}"), Press(verb, about, LISTED))


def unreachable(message: Unreachable, voice: Voice, reader: Reader) -> Rendered:
    """Say that an officer can no longer be reached here, and what to do about it."""
    person = message.subject
    mends = reader.role is not None and Right.ROSTER in RIGHTS[reader.role]
    return Rendered(
        voice.join(
            voice.say("📵 <b>{who}</b> can no longer be reached here.", who=subject(voice, person)),
            voice.say("The bot is blocked or removed on that phone: no reminder arrives."),
            voice.say("Use another way: {phone}.", phone=phone(voice, person.phone))
            if person.phone
            else voice.say("Use another way: no number is on the roster."),
            voice.say(
                "To mend it: that person unblocks the bot and writes to it, or you send a new invitation with /roster."
            )
            if mends
            else voice.say(
                "To mend it: that person unblocks the bot and writes to it, or command sends a new invitation."
            ),
        )
    )

"""The lines of an alert: what, who, where; since when; what happens next; how to act."""

from collections.abc import Iterator
from datetime import timedelta

from bot.chat.texts.duty import told_as
from bot.chat.texts.person import named, phone, subject
from bot.chat.texts.reader import Reader
from bot.domain.alert import AlertKind, AlertState, HowVerified, Outcome, Reason
from bot.domain.alert_message import AlertView
from bot.domain.officer import Person
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice

# An alert opened this long after its deadline was noticed late, and says so.
WORTH_TELLING = timedelta(minutes=5)

_HEADS = {
    AlertKind.OVERDUE: N_("<b>OVERDUE</b>: {who}, {post}"),
    AlertKind.ASSISTANCE: N_("<b>NEEDS ASSISTANCE</b>: {who}, {post}"),
    AlertKind.DISTRESS: N_("<b>DISTRESS</b>: {who}, {post}"),
}
_ANSWERED = N_("<b>ANSWERED, TO BE VERIFIED</b>: {who}, {post}")
_THEN = {
    "everyone": N_("Step {rung} of {rungs}; {at} everyone on the ladder is told."),
    "lead": N_("Step {rung} of {rungs}; {at} the post lead is told."),
    "commander": N_("Step {rung} of {rungs}; {at} the commander is told."),
    "deputy": N_("Step {rung} of {rungs}; {at} the deputy commander is told."),
    "command": N_("Step {rung} of {rungs}; {at} the commander and the deputy are told."),
    "lead and command": N_("Step {rung} of {rungs}; {at} the post lead and command are told."),
}
_RESOLVED = {
    Reason.NO_NETWORK: N_("Closed by {by}: no network where the officer is. Not verified by voice."),
    Reason.FALSE_ALARM: N_("Closed by {by}: false alarm."),
    Reason.HELP_GIVEN: N_("Closed by {by}: assistance was given."),
    Reason.HANDED_OVER: N_("Closed by {by}: handed over to others, who follow it up."),
}
_VERIFIED = {
    HowVerified.VOICE: N_("Verified by voice and closed by {by}."),
    HowVerified.RADIO: N_("Verified by radio and closed by {by}."),
    HowVerified.IN_PERSON: N_("Verified in person and closed by {by}."),
    HowVerified.COLLEAGUE: N_("Verified through a colleague and closed by {by}."),
}
_PROPOSED = {
    Reason.NO_NETWORK: N_("{who} proposes to close: no network where the officer is."),
    Reason.FALSE_ALARM: N_("{who} proposes to close: false alarm."),
    Reason.HELP_GIVEN: N_("{who} proposes to close: assistance was given."),
    Reason.HANDED_OVER: N_("{who} proposes to close: handed over to others, who follow it up."),
}


def held(view: AlertView) -> bool:
    """Whether somebody has the alert and their time has not run out."""
    return view.owner is not None and not view.lapsed


def sign(view: AlertView) -> str:
    """Return the coloured sign that stands before the word of the state."""
    if held(view) or view.state is AlertState.ANSWERED:
        return "🟠"
    return "🆘" if view.kind is AlertKind.DISTRESS else "🔴"


def head(view: AlertView, voice: Voice) -> Html:
    """Return the first line: what, who, where."""
    text = _ANSWERED if view.state is AlertState.ANSWERED else _HEADS[view.kind]
    line = voice.say(text, who=named(voice, view.subject), post=voice.name(view.subject.post))
    return voice.join(sign(view), line, sep=" ")


def facts(view: AlertView, voice: Voice) -> Iterator[Html]:
    """Yield since when, what the officer said, and what is known."""
    since = voice.moment(view.since)
    match view.kind:
        case AlertKind.OVERDUE if view.missed > 1:
            yield voice.count(
                "{n} check-in missed; it was due {due}.",
                "{n} check-ins missed; the first was due {due}.",
                view.missed,
                due=since,
            )
        case AlertKind.OVERDUE if view.deadline is not None:
            yield voice.say("Due {due}, grace ended {deadline}.", due=since, deadline=voice.moment(view.deadline))
        case AlertKind.OVERDUE:
            yield voice.say("Due {due}.", due=since)
        case AlertKind.ASSISTANCE:
            yield voice.say("Asked for assistance {at}.", at=since)
        case AlertKind.DISTRESS if view.confirmed:
            yield voice.say("SOS pressed {at} and confirmed.", at=since)
        case AlertKind.DISTRESS:
            yield voice.say("SOS pressed {at}, not confirmed. Treat it as real.", at=since)
    if view.deadline is not None and view.opened_at - view.deadline > WORTH_TELLING:
        yield voice.say("Noticed only {at}: this alert goes out late because of us.", at=voice.moment(view.opened_at))
    if not view.certain:
        yield voice.say("⚠️ Some answers may still be waiting at Telegram.")
    if view.detail:
        yield voice.say("Message: {detail}", detail=view.detail)
    if view.location is not None:
        yield voice.say("Location: <code>{place}</code>", place="{:.4f}, {:.4f}".format(*view.location))
    if view.state is not AlertState.ANSWERED:
        yield last_sign(view, voice)


def last_sign(view: AlertView, voice: Voice) -> Html:
    """Return the line of the last sign of life."""
    if view.last_sign is None:
        return voice.say("No check-in is on record yet.")
    at = voice.at(view.last_sign.at)
    if view.kind is not AlertKind.OVERDUE:  # who has just called for help has given one since
        return voice.say("Last check-in: {when}", when=voice.when(view.last_sign.at))
    if view.last_sign.place:
        return voice.say("Last sign of life: {at}, {place}.", at=at, place=view.last_sign.place)
    return voice.say("Last sign of life: {at}.", at=at)


def events(view: AlertView, voice: Voice, reader: Reader) -> Iterator[Html]:
    """Yield what has happened: an answer, "a mistake", who has it, who proposes to close."""
    who = subject(voice, view.subject)
    if view.state is AlertState.ANSWERED and view.answered_at is not None:
        yield voice.say("{who} answered {at} and reports safe.", who=who, at=voice.moment(view.answered_at))
    if view.mistake_at is not None:
        yield voice.say("{who} said {at} that it was a mistake.", who=who, at=voice.moment(view.mistake_at))
        yield voice.say("Verify by voice all the same: somebody else may hold the phone.")
    if view.owner is not None and view.taken_at is not None:
        yield _owner(view, view.owner, voice, reader)
    if view.proposed_by is not None:
        yield from _proposal(view, view.proposed_by, voice, reader)


def _owner(view: AlertView, owner: Person, voice: Voice, reader: Reader) -> Html:
    taken_at = view.taken_at or reader.now
    if view.lapsed and owner.code == reader.code:
        return voice.say(
            "🔴 No outcome for {length}: others are told now. Are you still on it?",
            length=voice.duration(reader.now - taken_at),
        )
    if view.lapsed:
        return voice.say(
            "🔴 Still open: {who} took it {at}, no outcome for {length}.",
            who=named(voice, owner, article=True),
            at=voice.moment(taken_at),
            length=voice.duration(reader.now - taken_at),
        )
    if owner.code == reader.code:
        return voice.say("🟠 You have been on it since {at}.", at=voice.at(taken_at))
    return voice.say("🟠 {who} has been on it since {at}.", who=subject(voice, owner), at=voice.at(taken_at))


def _proposal(view: AlertView, by: Person, voice: Voice, reader: Reader) -> Iterator[Html]:
    if by.code == reader.code:
        yield voice.say("You propose to close this alert. Ask a second person to confirm.")
        return
    who = subject(voice, by)
    if view.outcome is Outcome.VERIFIED:
        yield voice.say("{who} proposes to close: reached, reports safe.", who=who)
    elif view.reason in _PROPOSED:
        yield voice.say(_PROPOSED[view.reason], who=who)
    else:
        yield voice.say("{who} proposes to close. Reason: {note}", who=who, note=view.note or "-")
    yield voice.say("A second person must confirm: verify for yourself, then press.")


def upcoming(view: AlertView, voice: Voice, reader: Reader) -> Html | None:
    """Return what happens next and when, if nobody does anything."""
    if view.next_at is None or view.next_at <= reader.now:
        return _where_it_stands(view, voice)
    at = voice.moment(view.next_at)
    if at_the_end(view):
        if held(view):
            return voice.say("Without an outcome, everyone is told again {at}.", at=at)
        return voice.say("Everyone on the ladder has been told, and is told again {at} until somebody acts.", at=at)
    if held(view):
        return voice.say("Without an outcome, it goes on to the next step {at}.", at=at)
    return voice.say(_THEN[told_as(view.next_told)], rung=view.rung, rungs=view.rungs, at=at)


def _where_it_stands(view: AlertView, voice: Voice) -> Html | None:
    if held(view):
        return None
    if at_the_end(view):
        return voice.say("Everyone on the ladder has been told.")
    return voice.say("Step {rung} of {rungs}.", rung=view.rung, rungs=view.rungs)


def at_the_end(view: AlertView) -> bool:
    """Whether everyone is told: a distress at once, anything else past the last step."""
    return view.kind is AlertKind.DISTRESS or view.rung > view.rungs


def how_to_act(view: AlertView, voice: Voice, reader: Reader) -> Iterator[Html]:
    """Yield whom to call, with the number."""
    number = view.subject.phone
    if number is None:
        yield voice.say("No number on the roster: use the radio or another way.")
    elif view.kind is AlertKind.DISTRESS:
        yield voice.say("Call {phone}, unless a ringing phone would add to the danger.", phone=phone(voice, number))
    elif view.state is AlertState.ANSWERED:
        yield voice.say("Verify by voice: call {phone}.", phone=phone(voice, number))
    else:
        yield voice.say("Call {phone}.", phone=phone(voice, number))
    other = view.colleague
    if other is None or other.code == reader.code:
        return
    who = named(voice, other, article=True)
    if other.phone:
        yield voice.say("Or ask {who} (same post), {phone}.", who=who, phone=phone(voice, other.phone))
    else:
        yield voice.say("Or ask {who} (same post).", who=who)


def ending(view: AlertView, voice: Voice) -> Iterator[Html]:
    """Yield how a closed alert ended."""
    at = view.closed_at or view.opened_at
    if view.outcome is Outcome.VERIFIED:
        who = named(voice, view.subject, article=True)
        yield voice.say("🟢 <b>CLOSED</b> {at}: {who} was reached and is reported safe.", at=voice.moment(at), who=who)
    elif view.outcome is Outcome.CHECKED_IN:
        who = named(voice, view.subject, article=True)
        yield voice.say("🟢 <b>CLOSED</b> {at}: {who} reports safe.", at=voice.moment(at), who=who)
    else:
        who = named(voice, view.subject)
        post = voice.name(view.subject.post)
        # Not green: nobody has spoken with the officer.
        yield voice.say("⚪ <b>CLOSED</b> {at}: {who}, {post}", at=voice.moment(at), who=who, post=post)
    by = named(voice, view.closed_by, article=True) if view.closed_by is not None else "-"
    match view.outcome:
        case Outcome.CHECKED_IN:
            yield _checked_in(view, voice)
        case Outcome.VERIFIED:
            yield voice.say(_VERIFIED[view.how] if view.how else N_("Verified and closed by {by}."), by=by)
        case Outcome.CANCELLED:
            yield voice.say("Called off before it went out.")
        case _ if view.reason in _RESOLVED:
            yield voice.say(_RESOLVED[view.reason], by=by)
        case _:
            yield voice.say("Closed by {by}. Reason: {note}", by=by, note=view.note or "-")
    if view.proposed_by is not None:
        yield voice.say("Proposed by {by}.", by=named(voice, view.proposed_by, article=True))
    yield voice.say("On record: {dtg}.", dtg=voice.dtg(at))


def _checked_in(view: AlertView, voice: Voice) -> Html:
    sent = view.last_sign.at if view.last_sign is not None else view.closed_at or view.opened_at
    at = voice.moment(sent)
    if sent <= view.since:
        return voice.say("Checked in {at}, in time; it reached us late.", at=at)
    return voice.say("Checked in {at}, {length} after the due time.", at=at, length=voice.duration(sent - view.since))

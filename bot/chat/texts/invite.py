"""Texts of invitations and enrolment."""

from datetime import time, timedelta

from bot.chat.keyboard import NoMenu
from bot.chat.texts.menu import SAFE, SOS, main_menu
from bot.chat.texts.person import capital, duty_officer, named
from bot.chat.texts.reader import Reader, Rendered
from bot.chat.texts.refusal import refusal
from bot.chat.texts.talk import two_languages
from bot.domain.errors import No
from bot.domain.invite import (
    CodeRefused,
    Greeting,
    InviteMade,
    InviteMisused,
    Kept,
    PhoneChanged,
    PhoneClosed,
    Stranger,
    Welcome,
)
from bot.domain.officer import RIGHTS, Person, Right
from bot.i18n import formats
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice

_MISUSED = {
    No.CODE_USED: N_("Somebody tried this invitation, which had been used already."),
    No.CODE_EXPIRED: N_("Somebody tried this invitation, which had expired."),
    No.CODE_REVOKED: N_("Somebody tried this invitation, which is no longer valid."),
    No.CODE_FOREIGN: N_("Somebody tried this invitation from a phone that is enrolled under another name."),
}
_CHANGED = {
    "enrolled": N_("📱 {who}, {post}: enrolled."),
    "replaced": N_("📱 {who}, {post}: enrolled on a new phone; the old one is closed."),
    "revoked": N_("📱 {who}, {post}: phone closed."),
}


def greeting(message: Greeting, english: Voice, french: Voice) -> Rendered:
    """Greet in both languages and ask for one."""
    return Rendered(
        english.join(*(_greeting(message, voice) for voice in (english, french)), sep="\n\n"), two_languages("first")
    )


def _greeting(message: Greeting, voice: Voice) -> Html:
    return voice.join(
        voice.say("Hello! I am Vigie, the lookout of your contingent."),
        voice.name(message.contingent) or None,
        voice.say("Choose your language."),
    )


def welcome(message: Welcome, voice: Voice, reader: Reader) -> Rendered:
    """Welcome an enrolled officer: where, when to check in, and how."""
    person = message.person
    checks_in = Right.CHECK_IN in RIGHTS[message.role]
    acts = Right.ACT in RIGHTS[message.role]
    return Rendered(
        voice.join(
            voice.say("From now on I speak English with you.")
            if message.new_language
            else voice.say("Welcome, {who}.", who=named(voice, person)),
            voice.say("Your post: {post} ({mission}).", post=voice.name(person.post), mission=person.mission),
            _when_due(message, voice, voice.name(person.post)) if checks_in else None,
            voice.say('When all is well, press "{button}". That is all it takes.', button=voice.word(*SAFE))
            if checks_in
            else voice.say("No check-in is expected of you."),
            voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS)) if checks_in else None,
            voice.say("You are told of alerts; open ones: /alerts") if acts else None,
            voice.say("All commands: /help"),
        ),
        main_menu(voice, message.role),
    )


def _when_due(message: Welcome, voice: Voice, post: str) -> Html | None:
    if message.watches:
        return voice.join(*(_kept(one, voice, post) for one in message.watches))
    if message.every is not None and message.every > timedelta(0):
        return voice.say("A check-in is due {how_often}.", how_often=voice.every(message.every))
    return None


def _kept(watch: Kept, voice: Voice, post: str) -> Html:
    each = [
        voice.word("time of day in a list", "at {time}", time=formats.clock_time(voice.lang, time.fromisoformat(one)))
        for one in watch.times
    ]
    return voice.say(
        "Your check-ins are due {days} {times}, local time ({post}).",
        days=voice.weekdays(watch.days),
        times=voice.items(each),
        post=post,
    )


def stranger(message: Stranger, english: Voice, french: Voice) -> Rendered:
    """Say the one line, in both languages; to somebody in danger also that nobody has been told."""
    text = (
        N_("This line is for enrolled personnel only: nothing was passed on. In danger, call your post at once.")
        if message.danger
        else N_("This line is for enrolled personnel only.")
    )
    return Rendered(english.join(english.say(text), french.say(text)))


def code_refused(message: CodeRefused, english: Voice, french: Voice) -> Rendered:
    """Say in both languages why a code does not work, and whom to ask."""
    return Rendered(english.join(*(_code_refused(message, voice) for voice in (english, french)), sep="\n\n"))


def _code_refused(message: CodeRefused, voice: Voice) -> Html:
    return voice.join(refusal(message.code, None, voice), duty_officer(voice, message.duty_phone))


def misused(message: InviteMisused, voice: Voice, reader: Reader) -> Rendered:
    """Tell command that an invitation was tried that no longer works or belongs to somebody else."""
    return Rendered(
        voice.join(
            voice.join("⚠️", _of(voice, message.subject), sep=" "),
            voice.say(_MISUSED.get(message.why, _MISUSED[No.CODE_REVOKED])),
            voice.say("It had no effect."),
            voice.say("Ask whether it was them. If not, the link has gone astray: revoke that phone with /roster")
            if message.why is No.CODE_USED
            else voice.say("There is nothing to revoke. If it is still wanted, send a new one with /invite"),
        )
    )


def _of(voice: Voice, person: Person) -> Html:
    return voice.say("<b>Invitation</b>: {who}, {post}", who=named(voice, person), post=voice.name(person.post))


def made(message: InviteMade, voice: Voice, reader: Reader) -> Rendered:
    """Hand over the one-time link, and say for whom, how often and how long it works."""
    return Rendered(
        voice.join(
            voice.join("🔑", _of(voice, message.subject), sep=" "),
            message.link or None,
            voice.say("Or to be typed to the bot: <code>/start {code}</code>", code=message.code),
            "",
            voice.say("Forward it only to that person. It works once."),
            voice.say("It expires {at}.", at=voice.moment(message.expires_at)),
            voice.say("When it is used, the phone that is enrolled now is closed.") if message.replaces_phone else None,
        )
    )


def phone_closed(message: PhoneClosed, voice: Voice, reader: Reader) -> Rendered:
    """Say the last words to a phone that no longer speaks for an officer."""
    return Rendered(
        voice.join(
            voice.say("You are now enrolled on another phone; this one is closed.")
            if message.replaced
            else voice.say("This phone is no longer enrolled."),
            voice.say("Nothing sent from here counts as a check-in."),
            voice.say("If that is wrong, call your commander."),
            duty_officer(voice, message.duty_phone),
        ),
        NoMenu(),
    )


def phone_changed(message: PhoneChanged, voice: Voice, reader: Reader) -> Rendered:
    """Tell command that a phone was enrolled, replaced or closed."""
    who = capital(named(voice, message.subject))
    post = voice.name(message.subject.post)
    return Rendered(
        voice.join(
            voice.say(_CHANGED[message.what], who=who, post=post),
            voice.say("If that was not intended, revoke that phone with /roster")
            if message.what != "revoked"
            else voice.say("No check-in can come from it. To enrol again: /roster"),
        )
    )

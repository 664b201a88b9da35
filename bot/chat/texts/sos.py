"""Texts to an officer in distress or in need: what is on record, who knows, how to take it back."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.menu import ASSIST, SAFE, SOS, main_menu
from bot.chat.texts.person import named, phone, subject
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.alert import SOS_HOLD, AlertKind
from bot.domain.alert_message import (
    AlertOver,
    AssistanceSent,
    DetailNoted,
    HelpIsComing,
    SosArmed,
    SosCancelled,
    SosSent,
)
from bot.domain.officer import Person
from bot.i18n.voice import Html, Voice


def armed(message: SosArmed, voice: Voice, reader: Reader) -> Rendered:
    """Ask whether to send now; say that it goes out by itself. Once that is settled, nothing is left to press."""
    if message.settled:
        return Rendered(voice.say("🆘 <b>SOS recorded.</b>"))
    about = str(message.alert)
    send = Button(voice.word("button", "Send now"), Press(Verb.SOS_SEND, about))
    stop = Button(voice.word("button", "Do not send"), Press(Verb.SOS_CANCEL, about))
    return Rendered(
        voice.join(
            voice.say("🆘 <b>Send a distress alert to everyone on the ladder?</b>"),
            voice.say("If you press nothing, it goes out by itself within {hold}.", hold=voice.duration(SOS_HOLD)),
        ),
        Inline(((send,), (stop,))),
    )


def sent(message: SosSent, voice: Voice, reader: Reader) -> Rendered:
    """Say that it has gone out, to how many, who has it, and what may be added."""
    at = voice.moment(message.at)
    mistake = Button(voice.word("button", "It was a mistake"), Press(Verb.SOS_CANCEL, str(message.alert)))
    return Rendered(
        voice.join(
            _how_many(message, voice, at)
            if message.told
            else voice.say("🆘 <b>Recorded</b> {at}, but nobody can be told here.", at=at),
            _seen(message.owner, message.told, voice),
            _call(message.duty_phone, voice),
            "",
            voice.say("Share your location if you can, and say in one line what is happening."),
            voice.say("Sent by mistake? Press:"),
        ),
        Inline(((mistake,),)),
    )


def _how_many(message: SosSent, voice: Voice, at: str) -> Html:
    if message.again:
        return voice.count(
            "🆘 <b>Sent again</b> {at} to {n} person.", "🆘 <b>Sent again</b> {at} to {n} people.", message.told, at=at
        )
    return voice.count("🆘 <b>Sent</b> {at} to {n} person.", "🆘 <b>Sent</b> {at} to {n} people.", message.told, at=at)


def _seen(owner: Person | None, told: int, voice: Voice) -> Html:
    if owner is not None:
        return voice.say("{who} is on it.", who=subject(voice, owner))
    if told:
        return voice.say("Nobody has answered yet. It rings again until somebody does.")
    return voice.say("Use the telephone or the radio.")


def _call(duty_phone: str | None, voice: Voice) -> Html | None:
    if duty_phone is None:
        return None
    return voice.say("If you can, call {phone} (duty officer).", phone=phone(voice, duty_phone))


def cancelled(message: SosCancelled, voice: Voice, reader: Reader) -> Rendered:
    """Say that it did not go out, or that those who were told now read "a mistake"."""
    if not message.gone_out:
        return Rendered(
            voice.join(
                voice.say("Not sent. Nobody has been told."),
                voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS)),
            ),
            main_menu(voice, reader.role),
        )
    return Rendered(
        voice.join(
            voice.say("We are telling those who were told that it was a mistake. The alert stays open."),
            voice.say("Somebody should still call you to make sure: keep your phone close."),
        )
    )


def assistance(message: AssistanceSent, voice: Voice, reader: Reader) -> Rendered:
    """Say that the request for assistance is on record, and how many know."""
    at = voice.moment(message.at)
    return Rendered(
        voice.join(
            _asked(message, voice, at)
            if message.told
            else voice.say("🤝 <b>Request for assistance recorded</b> {at}, but nobody can be told here.", at=at),
            _seen(message.owner, message.told, voice),
            _call(message.duty_phone, voice),
            "",
            voice.say("Say in one line what you need: it is passed on."),
            voice.say('If it gets dangerous, press "{button}".', button=voice.word(*SOS)),
        )
    )


def _asked(message: AssistanceSent, voice: Voice, at: str) -> Html:
    if message.again:
        return voice.count(
            "🤝 <b>Request for assistance sent again</b> {at}: {n} person knows of it.",
            "🤝 <b>Request for assistance sent again</b> {at}: {n} people know of it.",
            message.told,
            at=at,
        )
    return voice.count(
        "🤝 <b>Request for assistance sent</b> {at} to {n} person.",
        "🤝 <b>Request for assistance sent</b> {at} to {n} people.",
        message.told,
        at=at,
    )


def over(message: AlertOver, voice: Voice, reader: Reader) -> Rendered:
    """Say who has closed the alert about the reader, and how to call again."""
    if not message.reached and message.about is AlertKind.OVERDUE:
        return Rendered(
            voice.join(
                voice.say(
                    "⚪ The alert about you was closed {at} by {by}, without reaching you.",
                    at=voice.moment(message.at),
                    by=named(voice, message.by, article=True),
                ),
                voice.say('As soon as you can, press "{button}".', button=voice.word(*SAFE)),
                voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS)),
            ),
            main_menu(voice, reader.role),
        )
    return Rendered(
        voice.join(
            voice.say(
                "🟢 The alert about you was closed {at} by {by}.",
                at=voice.moment(message.at),
                by=named(voice, message.by, article=True),
            ),
            voice.say('If you need help, press "{button}".', button=voice.word(*ASSIST))
            if message.about is AlertKind.OVERDUE
            else voice.say('If you still need help, press "{button}".', button=voice.word(*ASSIST)),
            voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS)),
        ),
        main_menu(voice, reader.role),
    )


def help_is_coming(message: HelpIsComing, voice: Voice, reader: Reader) -> Rendered:
    """Say who has taken the alert."""
    number = message.owner.phone
    return Rendered(
        voice.join(
            voice.say(
                "🟠 {who} has been on it since {at}.", who=subject(voice, message.owner), at=voice.at(message.at)
            ),
            voice.say("Their number: {phone}", phone=phone(voice, number)) if number else None,
        )
    )


def detail_noted(message: DetailNoted, voice: Voice, reader: Reader) -> Rendered:
    """Say that what was written or shared has been passed on."""
    if not message.told:
        return Rendered(voice.say("Noted. It goes out with the alert."))
    return Rendered(voice.count("Passed on to {n} person.", "Passed on to {n} people.", message.told))

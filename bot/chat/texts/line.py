"""Texts about our own line to Telegram."""

from datetime import datetime

from bot.chat.texts.reader import Reader, Rendered
from bot.domain.alert_message import LineBack, LineDown
from bot.i18n.voice import Html, Voice


def down(message: LineDown, voice: Voice, reader: Reader) -> Rendered:
    """Say since when nothing is known, and that nobody is judged meanwhile."""
    return Rendered(
        voice.join(
            voice.say("⚠️ <b>Telegram has been out of reach</b> since {since}.", since=voice.at(message.since)),
            voice.say("Nobody is judged overdue until it is back."),
            voice.say("What is shown was last known {since}.", since=voice.moment(message.since)),
            voice.say("Use the telephone or the radio."),
        )
    )


def not_known(known_until: datetime | None, voice: Voice) -> Html | None:
    """Return the line that says since when nothing is known, or nothing while the line is up."""
    if known_until is None:
        return None
    since = voice.at(known_until)
    return voice.say("⚠️ <b>Not known since {since}</b>: Telegram is out of reach. Use the telephone.", since=since)


def back(message: LineBack, voice: Voice, reader: Reader) -> Rendered:
    """Say how long nothing was known, and what must be done again."""
    return Rendered(
        voice.join(
            _gone(message, voice, reader),
            voice.say("Messages were kept. If you pressed a button then, please press it again."),
        )
    )


def _gone(message: LineBack, voice: Voice, reader: Reader) -> Html:
    if voice.day(message.since) == voice.day(reader.now):
        return voice.say(
            "I was out of reach from {since} to {until}.",
            since=voice.time(message.since),
            until=voice.time(message.until),
        )
    return voice.say(
        "I was out of reach for {length}; back {until}.",
        length=voice.duration(message.until - message.since),
        until=voice.moment(message.until),
    )

"""Texts of a situation report's e-mail that waits, and of one that has gone out after all."""

from bot.chat.texts.reader import Reader, Rendered
from bot.domain.sitrep_mail import MailGone, MailTrouble, MailWaits
from bot.i18n.voice import Html, Voice


def waits(message: MailWaits, voice: Voice, reader: Reader) -> Rendered:
    """Say that an e-mail has not gone out yet, why, and that Vigie keeps trying."""
    if message.trouble is MailTrouble.SERVER:
        said = voice.say("⏳ <b>{number}</b> is not mailed yet: the mail server cannot be used.", number=message.number)
    elif message.trouble is MailTrouble.ANSWER:
        said = voice.say(
            "⏳ <b>{number}</b> is not mailed yet: the mail server does not take it for now.", number=message.number
        )
    else:
        said = voice.say("⏳ <b>{number}</b> is not mailed yet: the document cannot be read.", number=message.number)
    return Rendered(
        voice.join(
            said,
            voice.say("Vigie keeps trying."),
            _to(message.recipients, voice),
            voice.say("The server said: {why}", why=message.why)
            if message.trouble is MailTrouble.ANSWER
            else voice.say("For whoever runs Vigie: {why}", why=message.why),
        )
    )


def gone(message: MailGone, voice: Voice, reader: Reader) -> Rendered:
    """Say that it has gone out."""
    return Rendered(
        voice.join(
            voice.say("📧 <b>{number}</b> has now gone out by e-mail.", number=message.number),
            _to(message.recipients, voice),
        )
    )


def _to(recipients: tuple[str, ...], voice: Voice) -> Html | None:
    return voice.say("To: {who}", who=", ".join(recipients)) if recipients else None

"""Texts of check-ins: receipts, what may be added, and what is no check-in."""

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.menu import SAFE, SOS, main_menu, sos_first
from bot.chat.texts.person import phone
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.alert import SOS_HOLD, AlertKind
from bot.domain.checkin import WORTH_EXPLAINING, AskDetails, DangerOffer, DetailsAdded, NotACheckin, Receipt
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice


def cancel_button(voice: Voice) -> Button:
    """Return the button that closes an open question."""
    return Button(voice.word("button", "Cancel"), Press(Verb.CANCEL))


_STAYS_OPEN = {
    AlertKind.DISTRESS: N_("Your SOS stays open until somebody has spoken with you."),
    AlertKind.ASSISTANCE: N_("Your request for assistance stays open until somebody has spoken with you."),
}


def receipt(message: Receipt, voice: Voice, reader: Reader) -> Rendered:
    """Say that the check-in is on record, when it came, and when the next one is due."""
    text = voice.join(
        *_received(message, voice),
        voice.say("Time as you gave it: {when}.", when=voice.when(message.stated_at)) if message.stated_at else None,
        voice.say("Place: {place}", place=message.place) if message.place else None,
        voice.say("Remark: {remark}", remark=message.remark) if message.remark else None,
        voice.say("This counts for the check-in that was due {due}.", due=voice.moment(message.late_for))
        if message.late_for is not None and not message.on_time
        else None,
        voice.say("Somebody should call you to verify by voice: keep your phone close.") if message.verify else None,
        voice.say(_STAYS_OPEN[message.help_open]) if message.help_open is not None else None,
        voice.say("The alert that you were about to close is still open: type the reason, as in: reached by radio.")
        if message.note_asked
        else None,
        *_next(message, voice),
    )
    if message.place and message.remark:
        return Rendered(text)
    add = Button(voice.word("button", "Add place or remark"), Press(Verb.DETAILS))
    return Rendered(text, Inline(((add,),)))


def _received(message: Receipt, voice: Voice) -> list[Html]:
    sent, dtg = voice.moment(message.sent_at), voice.dtg(message.sent_at)
    if message.received_at - message.sent_at <= WORTH_EXPLAINING:
        return [voice.say("✅ Received {at} ({post}), {dtg}.", at=sent, post=voice.name(message.post), dtg=dtg)]
    if message.on_time:
        text = N_("✅ Received. You sent it {sent}, on time; it reached us {received} because our line was down.")
    else:
        text = N_("✅ Received. You sent it {sent}; it reached us {received} because our line was down.")
    return [
        voice.say(text, sent=sent, received=voice.moment(message.received_at)),
        voice.say("On record: {dtg}.", dtg=dtg),
    ]


def _next(message: Receipt, voice: Voice) -> list[Html | None]:
    if message.absent_until is not None:
        return [
            voice.say("You are on record as absent."),
            voice.say("Check-in on your return: {when}.", when=voice.when(message.absent_until)),
        ]
    if message.next_due is None:
        return [voice.say("No further check-in is planned.")]
    if message.still_due:
        return [
            voice.say(
                "This one does not count for the next, which is still due: {when}.", when=voice.when(message.next_due)
            )
        ]
    return [voice.say("Next check-in: {when}.", when=voice.when(message.next_due))]


def ask_details(message: AskDetails, voice: Voice, reader: Reader) -> Rendered:
    """Ask for place or remark, with an example."""
    return Rendered(
        voice.join(
            voice.say("Where are you? Type the place, then a remark after a semicolon if you wish."),
            voice.say("Example: <code>Sévaré; back by noon</code>"),
        ),
        Inline(((cancel_button(voice),),)),
    )


def details_added(message: DetailsAdded, voice: Voice, reader: Reader) -> Rendered:
    """Say what is now on record with the check-in."""
    details = message.details
    return Rendered(
        voice.join(
            voice.say("✅ Added to your check-in sent {at}.", at=voice.moment(message.checkin_at)),
            voice.say("Time as you gave it: {when}.", when=voice.when(details.occurred_at))
            if details.occurred_at
            else None,
            voice.say("Place: {place}", place=details.place) if details.place else None,
            voice.say("Remark: {remark}", remark=details.remark) if details.remark else None,
        )
    )


_HELP_OPEN = {
    AlertKind.DISTRESS: N_("🆘 <b>Your SOS stays open.</b>"),
    AlertKind.ASSISTANCE: N_("🤝 <b>Your request for assistance stays open.</b>"),
}


def not_a_checkin(message: NotACheckin, voice: Voice, reader: Reader) -> Rendered:
    """Say plainly that nothing was recorded, and what to press; whoever waits for help reads that first."""
    if not message.may_check_in:
        return Rendered(
            voice.say("I did not understand that, and recorded nothing. Your commands: /help"),
            main_menu(voice, message.role),
        )
    return Rendered(
        voice.join(
            voice.say(_HELP_OPEN[message.help_open])
            if message.help_open is not None
            else voice.say("⚠️ <b>Not recorded as a check-in.</b>"),
            voice.say("There is no such command.") if message.command else None,
            voice.say("Voice messages, pictures and files are passed on to nobody: write it in one line.")
            if message.unread
            else None,
            voice.say("To attach it to a report: /report, then send it again.")
            if message.unread and not message.writing and message.help_open is None
            else None,
            voice.say("A location is kept only in distress, or with a report.") if message.located else None,
            voice.say("A change to an earlier message has no effect here.") if message.edited else None,
            *_what_to_press(message, voice),
            voice.say("The draft of a report waits. To go on: /report") if message.writing else None,
            voice.say("Everything else: /help") if message.help_open is None else None,
        ),
        main_menu(voice, message.role),
    )


def _what_to_press(message: NotACheckin, voice: Voice) -> list[Html]:
    sos = voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS))
    if message.help_open is not None:
        return [] if message.help_open is AlertKind.DISTRESS else [sos]
    return [voice.say('If all is well, press "{button}".', button=voice.word(*SAFE)), sos]


def danger_offer(message: DangerOffer, voice: Voice, reader: Reader) -> Rendered:
    """Offer SOS at once to whoever has not pressed it, and say who knows what by now."""
    return Rendered(
        voice.join(
            voice.say("⚠️ <b>Your check-in is not recorded.</b>") if message.checkin else None,
            *_who_knows(message, voice),
            voice.say(
                'Press "{button}", then "{send}". Without a second press it goes out by itself within {hold}.',
                button=voice.word(*SOS),
                send=voice.word("button", "Send now"),
                hold=voice.duration(SOS_HOLD),
            )
            if message.may_sos
            else None,
            voice.say("Or call {phone} (duty officer).", phone=phone(voice, message.duty_phone))
            if message.duty_phone
            else None,
            voice.say('If all is well, press "{button}".', button=voice.word(*SAFE))
            if message.may_sos and not message.open
            else None,
        ),
        sos_first(voice, reader.role) if message.may_sos else main_menu(voice, reader.role),
    )


def _who_knows(message: DangerOffer, voice: Voice) -> list[Html]:
    if not message.may_sos and message.open:
        return [voice.say("🆘 <b>Your SOS stays open.</b>")]
    if message.open:
        return [
            voice.say("🤝 <b>Your request for assistance stays open.</b>"),
            voice.say("🆘 <b>Are you in danger?</b>"),
        ]
    return [voice.say("🆘 <b>Are you in danger?</b> Nobody has been told yet.")]

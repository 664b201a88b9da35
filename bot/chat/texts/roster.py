"""The roster: who has a phone enrolled, and one officer's card."""

from bot.chat.keyboard import Button, Inline, Press, Verb, short
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.person import capital, named, phone, role_name
from bot.chat.texts.picture import pages
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.officer import Role
from bot.domain.picture import Roster, RosterCard, RosterRow
from bot.i18n.voice import Html, Voice


def roster(message: Roster, voice: Voice, reader: Reader) -> Rendered:
    """List a page of the roster, with a button for each name."""
    verb = Verb.INVITE if message.choose_invite else Verb.CARD
    names = [(Button(short(capital(named(voice, row.person))), Press(verb, row.person.code)),) for row in message.rows]
    word = "invite" if message.choose_invite else ""
    turn = pages(voice, Verb.ROSTER, message.page, message.pages, word)
    return Rendered(
        voice.join(
            voice.say("🔑 <b>Whom do you invite?</b>") if message.choose_invite else voice.say("👥 <b>Roster</b>"),
            voice.say("Page {page} of {pages}", page=message.page + 1, pages=message.pages)
            if message.pages > 1
            else None,
            "",
            *(_line(row, voice) for row in message.rows),
            voice.say("Nobody is on the roster.") if not message.rows else None,
            "",
            voice.say("A one-time link is made for the name you press.")
            if message.choose_invite
            else voice.say("Press a name for the phone and the invitation."),
        ),
        Inline((*names, *((turn,) if turn else ()))),
    )


def _line(row: RosterRow, voice: Voice) -> Html:
    known = {"who": capital(named(voice, row.person)), "post": voice.name(row.person.post)}
    if row.unreachable:
        return voice.say("📵 {who}, {post}: cannot be reached here", **known)
    if row.enrolled:
        return voice.say("🟢 {who}, {post}: enrolled", **known)
    if row.invited_until is not None:
        return voice.say("🔑 {who}, {post}: invited", **known)
    return voice.say("⚪ {who}, {post}: not enrolled", **known)


def card(message: RosterCard, voice: Voice, reader: Reader) -> Rendered:
    """Show one officer with the buttons to invite and to close the phone; closing is asked twice."""
    row, person = message.row, message.row.person
    role = voice.say("Role: {role}", role=role_name(voice, Role(row.role), person.gender))
    text = voice.join(
        voice.say("<b>{who}</b>", who=capital(named(voice, person))),
        role,
        voice.say("Service: {service}", service=voice.name(row.service)),
        voice.say("Post: {post} ({mission})", post=voice.name(person.post), mission=person.mission),
        voice.say("Telephone: {phone}", phone=phone(voice, person.phone))
        if person.phone
        else voice.say("Telephone: none on the roster"),
        voice.say("Last day of the tour: {date}", date=voice.date(row.tour_until)) if row.tour_until else None,
        voice.say("Next of kin: none on record") if not message.kin else None,
        _state(row, voice),
        voice.say("<b>Close this phone?</b> No check-in can come from it any more.")
        if message.confirm_revoke
        else None,
    )
    about = person.code
    if message.confirm_revoke:
        yes = Button(voice.word("button", "Yes, close it"), Press(Verb.REVOKE_YES, about))
        return Rendered(text, Inline(((yes,), (cancel_button(voice),))))
    rows = [(Button(voice.word("button", "Invite"), Press(Verb.INVITE, about)),)]
    if row.enrolled or row.invited_until is not None:
        rows.append((Button(voice.word("button", "Revoke this phone"), Press(Verb.REVOKE, about)),))
    if message.kin:
        rows.append((Button(voice.word("button", "Next of kin"), Press(Verb.KIN_READ, about)),))
    return Rendered(text, Inline(tuple(rows)))


def _state(row: RosterRow, voice: Voice) -> Html:
    if row.unreachable:
        return voice.say("📵 Cannot be reached here: the bot is blocked or removed on that phone.")
    if row.enrolled:
        return voice.say("🟢 Enrolled")
    if row.invited_until is not None:
        return voice.say("🔑 Invited; the invitation expires {at}", at=voice.moment(row.invited_until))
    return voice.say("⚪ Not enrolled")

"""Buttons with which what the directory says is kept right."""

from bot.chat.keyboard import Button, Press, Verb
from bot.chat.texts.reader import Reader
from bot.domain.contact import Contact
from bot.domain.contact_care import says
from bot.domain.contact_message import ContactCard
from bot.i18n.voice import Voice

Rows = tuple[tuple[Button, ...], ...]


def right_button(one: Contact, voice: Voice) -> Button:
    """Return the button that confirms a contact as it stands there."""
    return Button(voice.word("button", "✅ Still right"), Press(Verb.CONTACT_RIGHT, one.code, says(one)))


def correct_button(one: Contact, voice: Voice) -> Button:
    """Return the button that begins a correction."""
    return Button(voice.word("button", "✏️ Correct it"), Press(Verb.CONTACT_CORRECT, one.code))


def own_numbers_button(voice: Voice) -> Button:
    """Return the button that shows the reader's own numbers."""
    return Button(voice.word("button", "📱 My numbers"), Press(Verb.OWN_NUMBERS))


def care_buttons(message: ContactCard, voice: Voice, reader: Reader) -> Rows:
    """Return the buttons of a card: still right and correct it for who answers for it, wrong number for the others."""
    one = message.view.contact
    if one.officer is not None and one.officer == reader.code:
        return ((right_button(one, voice),), (own_numbers_button(voice),))
    if not one.phones:
        return ((right_button(one, voice),),) if message.may_verify else ()
    wrong = (Button(voice.word("button", "Wrong number"), Press(Verb.CONTACT_WRONG, one.code)),)
    return ((right_button(one, voice), correct_button(one, voice)), wrong) if message.may_verify else (wrong,)

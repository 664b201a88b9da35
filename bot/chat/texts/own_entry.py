"""Texts about one's own entry in the directory, and about one's next of kin."""

from bot.chat.keyboard import Button, Inline, Press, Verb, short
from bot.chat.texts.checkin import cancel_button
from bot.chat.texts.contact_said import hours, spoken, way
from bot.chat.texts.person import capital, named, phone
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.bilingual import beginning_with
from bot.domain.contact import Phone, PhoneKind
from bot.domain.contact_care import number_mark
from bot.domain.next_of_kin import AskKin, KinShown, KinStep, NextOfKin, OwnKin
from bot.domain.own_entry import NUMBERS_MOST, AskOwnField, AskOwnNumber, OwnField, OwnLanguages, OwnNumbers
from bot.domain.talk import Me
from bot.i18n.mark import N_, W_
from bot.i18n.voice import Html, Voice

_ADD = {
    PhoneKind.MOBILE: W_("button", "Add: mobile"),
    PhoneKind.SATELLITE: W_("button", "Add: satellite"),
    PhoneKind.DESK: W_("button", "Add: desk"),
    PhoneKind.RADIO: W_("button", "Add: call sign"),
}
_ASK = {
    PhoneKind.MOBILE: N_("What is the number? Type it, as in <code>{example}</code>."),
    PhoneKind.SATELLITE: N_(
        "What is the satellite number? Type it with its code, as in <code>+881 6 31 55 5555</code>."
    ),
    PhoneKind.DESK: N_("What is the number of the desk? Type it, as in <code>{example} ext. 12</code>."),
    PhoneKind.RADIO: N_("What is your call sign? Type it, as in <code>Mopti 1</code>."),
}
_ASK_FIELD = {
    OwnField.FUNCTION: N_(
        "What do you do? Type it in a word or two; in both languages with a stroke between them, as in "
        "<code>Training adviser / Formation</code>."
    ),
    OwnField.EMAIL: N_("What is your e-mail address? Everybody in the field sees it in the directory."),
    OwnField.HOURS: N_(
        "When can you be called? Type days and hours by the clock of your post, as in "
        "<code>mon-fri 08:00-17:00</code> or <code>24/7</code>."
    ),
    OwnField.LANGUAGE: N_("Which language? Type its name, as in <code>Arabic</code> or <code>Bambara</code>."),
}
_KIN = {
    KinStep.NAME: N_("Whom should we tell if something happens to you? Type first and last name."),
    KinStep.RELATION: N_("What are they to you? Type it in a word, as in <code>sister</code>."),
    KinStep.PHONE: N_("At which number? Type it, as in <code>{example}</code>."),
}


def in_directory(message: Me, voice: Voice) -> tuple[Html | None, ...]:
    """Return what the directory says of the reader beside the roster, and whether a next of kin is laid down."""
    entry = message.entry
    if entry is None:
        return ()
    of_roster = (
        Phone(PhoneKind.MOBILE, message.person.phone or ""),
        Phone(PhoneKind.RADIO, message.call_sign or ""),
    )
    added = [each for each in entry.phones if each not in of_roster]
    return (
        voice.say("Call sign: {call_sign}", call_sign=message.call_sign) if message.call_sign else None,
        *(voice.say("Added: {number}", number=way(each, voice)) for each in added),
        voice.say("E-mail: {email}", email=entry.email) if entry.email else None,
        voice.say("Function: {function}", function=voice.name(entry.function)) if entry.function else None,
        voice.say("Languages: {languages}", languages=spoken(entry.languages, voice)),
        hours(entry.hours, voice) if entry.hours is not None else None,
        voice.say("Next of kin: on record") if message.kin else voice.say("Next of kin: none on record"),
    )


def entry_buttons(voice: Voice) -> Inline:
    """Return the buttons with which one changes the own entry."""
    return Inline(
        (
            (Button(voice.word("button", "📱 My numbers"), Press(Verb.OWN_NUMBERS)),),
            (
                Button(voice.word("button", "🗣 My languages"), Press(Verb.OWN_LANGUAGES)),
                Button(voice.word("button", "My function"), _field(OwnField.FUNCTION)),
            ),
            (
                Button(voice.word("button", "My e-mail"), _field(OwnField.EMAIL)),
                Button(voice.word("button", "My hours"), _field(OwnField.HOURS)),
            ),
            (Button(voice.word("button", "My next of kin"), Press(Verb.OWN_KIN)),),
        )
    )


def numbers(message: OwnNumbers, voice: Voice, reader: Reader) -> Rendered:
    """Show the reader's numbers, with a button to take each away, and to add one of each kind."""
    gone = [
        (Button(short(voice.word("button", "✖ {number}", number=way(one, voice))), _off(number_mark(one))),)
        for one in message.added
    ]
    add = [Button(voice.word(*label), Press(Verb.OWN_NUMBER_ADD, word=kind.value)) for kind, label in _ADD.items()]
    more = [tuple(add[:2]), tuple(add[2:])] if len(message.added) < NUMBERS_MOST else []
    return Rendered(
        voice.join(
            voice.say("<b>My numbers</b>"),
            voice.say("On the roster: {phone} (changed by command)", phone=phone(voice, message.of_roster))
            if message.of_roster
            else voice.say("On the roster: none"),
            *(voice.say("Added: {number}", number=way(one, voice)) for one in message.added),
            "",
            voice.say("Everybody in the field sees them in the directory."),
            voice.say("To take one away, press it.") if message.added else None,
        ),
        Inline((*gone, *more)),
    )


def _off(mark: str) -> Press:
    return Press(Verb.OWN_NUMBER_OFF, word=mark)


def ask_number(message: AskOwnNumber, voice: Voice, reader: Reader) -> Rendered:
    """Ask for a number."""
    return Rendered(voice.say(_ASK[message.of], example=message.example), Inline(((cancel_button(voice),),)))


def languages(message: OwnLanguages, voice: Voice, reader: Reader) -> Rendered:
    """Ask in which languages the reader can be called: each spoken one goes at a press, another comes."""
    choices = []
    for one in dict.fromkeys((*message.languages, *beginning_with(reader.language))):
        label = capital(voice.tongue(one))
        if one in message.languages:
            ticked = short(voice.word("button", "✓ {choice}", choice=label))
            choices.append(Button(ticked, Press(Verb.OWN_UNLEARN, word=one)))
        else:
            choices.append(Button(short(label), Press(Verb.OWN_SPEAK, word=one)))
    rows = [tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)]
    another = Button(voice.word("button", "Another language"), _field(OwnField.LANGUAGE))
    return Rendered(
        voice.join(
            voice.say("<b>In which languages can you be called?</b>"),
            voice.say("Now: {languages}", languages=spoken(message.languages, voice)),
        ),
        Inline((*rows, (another,))),
    )


def ask_field(message: AskOwnField, voice: Voice, reader: Reader) -> Rendered:
    """Ask for one thing of the entry, and say what stands there now."""
    now = _now(message, voice)
    rows = [(cancel_button(voice),)]
    if now is not None:
        gone = Press(Verb.OWN_FIELD_OFF, word=message.of.value)
        rows.insert(0, (Button(voice.word("button", "Take it away"), gone),))
    return Rendered(voice.join(now, voice.say(_ASK_FIELD[message.of])), Inline(tuple(rows)))


def _now(message: AskOwnField, voice: Voice) -> Html | None:
    if message.of is OwnField.FUNCTION and message.function is not None:
        return voice.say("Your function now: {function}", function=voice.name(message.function))
    if message.of is OwnField.EMAIL and message.email is not None:
        return voice.say("E-mail: {email}", email=message.email)
    if message.of is OwnField.HOURS and message.hours is not None:
        return hours(message.hours, voice)
    return None


def _field(of: OwnField) -> Press:
    return Press(Verb.OWN_FIELD, word=of.value)


def ask_kin(message: AskKin, voice: Voice, reader: Reader) -> Rendered:
    """Ask for one thing about the next of kin."""
    return Rendered(voice.say(_KIN[message.step], example=message.example), Inline(((cancel_button(voice),),)))


def own_kin(message: OwnKin, voice: Voice, reader: Reader) -> Rendered:
    """Show the reader the own next of kin, who may read it, and how to replace or delete it."""
    kin = message.kin
    give = Press(Verb.KIN_ASK)
    if kin is None:
        rows = [(Button(voice.word("button", "Name somebody"), give),)]
    else:
        rows = [
            (Button(voice.word("button", "Replace"), give),),
            (Button(voice.word("button", "Delete"), Press(Verb.KIN_DELETE)),),
        ]
    return Rendered(
        voice.join(
            voice.say("<b>My next of kin</b>"),
            *(_kin(kin, voice) if kin is not None else (voice.say("Nobody is on record."),)),
            "",
            voice.say("Only the commander and the deputy can read it, and each look is on record."),
        ),
        Inline(tuple(rows)),
    )


def kin_shown(message: KinShown, voice: Voice, reader: Reader) -> Rendered:
    """Show an officer's next of kin to commander or deputy."""
    return Rendered(
        voice.join(
            voice.say("<b>Next of kin of {who}</b>", who=named(voice, message.subject, article=True)),
            *_kin(message.kin, voice),
            "",
            voice.say("That you have read this is on record. Pass it on to nobody who need not know it."),
        )
    )


def _kin(kin: NextOfKin, voice: Voice) -> tuple[Html | None, ...]:
    number = phone(voice, kin.phone)
    return (
        voice.say("{name} ({relation})", name=kin.name, relation=kin.relation),
        voice.say("Telephone: {phone}", phone=number)
        if kin.extension is None
        else voice.say("Telephone: {phone}, ext. {extension}", phone=number, extension=kin.extension),
        voice.say("Given on {date}", date=voice.date(kin.changed_at)) if kin.changed_at is not None else None,
    )

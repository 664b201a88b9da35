"""What is said of a contact wherever it stands: who, over which ways, when, in which languages."""

from collections.abc import Iterator, Sequence
from html import escape
from zoneinfo import ZoneInfo

from bot.chat.texts.person import capital, phone
from bot.chat.texts.reader import Reader
from bot.domain.contact import Contact, Hours, Phone, PhoneKind
from bot.domain.contact_message import ContactView
from bot.i18n.mark import W_
from bot.i18n.voice import Html, Voice

_KINDS = {
    PhoneKind.MOBILE: W_("phone", "📱 {number}"),
    PhoneKind.SATELLITE: W_("phone", "🛰 {number} (satellite)"),
    PhoneKind.DESK: W_("phone", "☎️ {number} (desk)"),
    PhoneKind.RADIO: W_("phone", "📻 {number} (radio)"),
}
_ALL_DAYS = tuple(range(7))


def title(one: Contact, voice: Voice) -> str:
    """Return rank and name, or the function of an office, as it begins a line."""
    said = " ".join(
        part for part in (voice.name(one.rank) if one.rank and one.name else "", voice.name(one.title)) if part
    )
    return capital(said)


def what(view: ContactView, voice: Voice) -> str:
    """Return function, organisation and place, as far as they are not what the contact goes by."""
    one = view.contact
    function = voice.name(one.function) if one.function is not None and one.name is not None else ""
    organisation = voice.name(one.organisation) if one.organisation is not None else ""
    places = [voice.name(each) for each in (one.place, view.post) if each is not None]
    return ", ".join(dict.fromkeys(part for part in (function, organisation, *places) if part))


def reached(view: ContactView, voice: Voice) -> Iterator[Html]:
    """Yield a line for each number."""
    for one in view.contact.phones:
        yield Html(escape(way(one, voice)))


def way(one: Phone, voice: Voice) -> str:
    """Return a number and what kind of one it is."""
    kind, text = _KINDS[one.kind]
    return voice.word(kind, text, number=number(one, voice))


def spoken(languages: Sequence[str], voice: Voice) -> str:
    """Return the names of languages."""
    return voice.items([voice.tongue(each) for each in languages])


def number(one: Phone, voice: Voice) -> str:
    """Return a number with its extension, or a call sign."""
    if not one.dialled:
        return one.number
    said = phone(voice, one.number)
    return (
        voice.word("phone", "{number}, ext. {extension}", number=said, extension=one.extension)
        if one.extension
        else said
    )


def hours(said: Hours, voice: Voice) -> Html:
    """Return when somebody answers."""
    if said.since == said.until and said.days == _ALL_DAYS:
        return voice.say("🕗 Day and night")
    days = voice.weekdays(said.days)
    if said.since == said.until:
        return voice.say("🕗 Round the clock, {days}", days=days)
    return voice.say(
        "🕗 {days}, from {since} to {until}",
        days=capital(days),
        since=voice.clock(said.since),
        until=voice.clock(said.until),
    )


def confirmed(one: Contact, voice: Voice) -> Html | None:
    """Return when somebody last made sure of it, or that nobody has; a member's own entry stands on the roster."""
    if one.verified_on is not None:
        return voice.say("Confirmed on {date}", date=voice.date(one.verified_on))
    return voice.say("Not confirmed yet") if one.officer is None else None


def state(view: ContactView, voice: Voice) -> Html | None:
    """Return whether somebody answers now, as far as it is known."""
    if view.away:
        return voice.say("⚪ Away at present")
    if view.on_duty is None:
        return None
    return voice.say("🟢 Answers now") if view.on_duty else voice.say("⚪ Does not answer at this hour")


def local_time(view: ContactView, voice: Voice, reader: Reader) -> Html | None:
    """Return what time it is there, where that is not the reader's own time."""
    if view.zone is None:
        return None
    here, there = (reader.now.astimezone(ZoneInfo(zone)) for zone in (reader.timezone, view.zone))
    if here.utcoffset() == there.utcoffset():
        return None
    return voice.say("It is {time} there", time=voice.clock(there.time()))


def numbers(found: Sequence[ContactView], voice: Voice) -> Iterator[Html]:
    """Yield one line for each contact: who, then the numbers, and whether somebody doubts them."""
    for one in found:
        said = ", ".join(number(each, voice) for each in one.contact.phones) + (" ⚠️" if one.doubted else "")
        yield voice.say("{who}: {numbers}", who=title(one.contact, voice), numbers=said)

"""What Vigie says no to: for each code one clear line that says what is expected."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from bot.chat.texts.person import subject
from bot.document.report_said import place
from bot.document.report_word import field_name
from bot.domain.bilingual import Text
from bot.domain.errors import No
from bot.domain.officer import Person
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice

# A refusal that waited in the outbox has its facts from JSON.
_PERSON = TypeAdapter(Person)
_INSTANT = TypeAdapter(datetime)
_DATE = TypeAdapter(date)

REFUSALS: dict[No, str] = {
    No.NOT_ALLOWED: N_("This is not open to your role. Your own commands: /help"),
    No.NOT_ENROLLED: N_("This line is for enrolled personnel only."),
    No.OUT_OF_TOUR: N_(
        "Vigie answers only during your tour of duty: nothing was passed on. In danger, call your post at once. "
        "If that is wrong, call your commander."
    ),
    No.STALE_BUTTON: N_("This button no longer works. Please send the command again; all commands: /help"),
    No.OWN_ALERT: N_("This alert is about you: somebody else must act on it."),
    No.ALREADY_TAKEN: N_("Somebody is on it already. If you know more, call them."),
    No.ALREADY_CLOSED: N_("This alert is closed already."),
    No.NEEDS_SECOND: N_("You proposed to close it. A second person must confirm; ask one to press."),
    No.TOO_LONG: N_("⚠️ Not recorded: that is too long. Please send it again, shorter."),
    No.BAD_TIME: N_("⚠️ Not recorded: that time cannot be read. Write it as in <code>/checkin 06:10</code>."),
    No.BAD_DATE: N_(
        "That date cannot be read. Write it as in <code>2026-12-05 08:00</code>, or press a button above. "
        "To stop: /cancel"
    ),
    No.BAD_MOMENT: N_(
        "⚠️ That time cannot be read. Write it as in <code>14:30</code> or <code>2026-12-05 08:00</code>."
    ),
    No.OWN_PHONE: N_("This is your own phone: somebody else must revoke it."),
    No.FUTURE_TIME: N_(
        "⚠️ Not recorded: that time is ahead of us or more than 12 hours back. Give one within the last 12 hours, as in "
        "<code>/checkin 06:10</code>."
    ),
    No.OLD_TIME: N_(
        "That was more than a day ago. Give a later date and time, written as in <code>2026-12-05 08:00</code>."
    ),
    No.BAD_RETURN: N_(
        "The return must come after the start and after now, within a year. Write it as in "
        "<code>2026-12-05 08:00</code>. To begin again: /leave"
    ),
    No.LEAVE_ALREADY: N_("You have an absence on record already. To see it or end it: /leave"),
    No.LEAVE_DECIDED: N_("This absence has been decided, withdrawn or is over: nothing is left to press."),
    No.OWN_LEAVE: N_("This is your own absence: somebody else must confirm it."),
    No.NO_SUCH_OFFICER: N_("Nobody on the roster has that code. Choose a name with /roster"),
    No.NOTHING_TO_CANCEL: N_("No question is open. To stop an SOS, press the button under it."),
    No.NO_CHECKIN_TO_NOTE: N_(
        "No check-in of yours came within the hour. Send a new one with what you wish to add, as in "
        "<code>/checkin Sévaré; back by noon</code>."
    ),
    No.CODE_USED: N_("This invitation has been used already. Ask your commander for a new one."),
    No.CODE_EXPIRED: N_("This invitation has expired. Ask your commander for a new one."),
    No.CODE_REVOKED: N_("This invitation is no longer valid. Ask your commander for a new one."),
    No.CODE_FOREIGN: N_("This phone is enrolled under another name. Ask your commander to revoke that first."),
    No.BAD_GRID: N_(
        "⚠️ That grid reference cannot be right. Write it with its zone, as in <code>29P PP 0828 9744</code>."
    ),
    No.BAD_COORDINATES: N_(
        "⚠️ Those coordinates are not on the globe. Write latitude and longitude, as in <code>12.6392, -8.0029</code>."
    ),
    No.OTHER_ZONE: N_(
        "⚠️ There is no such square in that zone. Check the zone, and write it as in <code>29P PP 0828 9744</code>."
    ),
    No.FAR_PLACE: N_("⚠️ That place is far from the post. Check it, and type it again or share a location."),
    No.BAD_PERIOD: N_(
        "⚠️ That period cannot be read, lies in the future or is over 31 days. Write from and to, as in "
        "<code>yesterday 06:00 to 18:00</code> or <code>2026-11-22 06:00 / 2026-11-23 06:00</code>."
    ),
    No.BAD_COUNTS: N_(
        "⚠️ Those numbers cannot be read. Write women and men, as in <code>12 8</code> or <code>12, 100</code>; "
        "or with girls and boys, as in <code>12 8 3 0</code>."
    ),
    No.BAD_NUMBER: N_("⚠️ That is not a number. Write it in digits, as in <code>4</code>."),
    No.LIES_AHEAD: N_("⚠️ That time is ahead of us. Write when it was, as in <code>14:30</code>."),
    No.LIES_BEHIND: N_("⚠️ That time is past. Write one that is to come, as in <code>tomorrow 08:00</code>."),
    No.TOO_EARLY: N_("⚠️ That time contradicts an earlier one of this report. Write it as in <code>14:30</code>."),
    No.TOO_LATE: N_("⚠️ That time contradicts a later one of this report. Write it as in <code>14:30</code>."),
    No.PRESS_ONE: N_("⚠️ Please press one of the buttons below."),
    No.NO_SUCH_INCIDENT: N_("⚠️ That is no incident report open to you. Write its number, as in <code>42</code>."),
    No.TOO_MANY_LINKS: N_("⚠️ Those are too many incident reports. Name the most important ones."),
    No.REQUIRED: N_("⚠️ This answer is needed. Please give it, or press a button below."),
    No.INCOMPLETE: N_("⚠️ Not sent: an answer is still missing."),
    No.NEEDS_REASON: N_("A correction needs a reason. Open the report with /report and press Correct."),
    No.UNCHANGED: N_(
        "Not sent: nothing has been changed. Press Correct an answer, or give the correction up with /report and "
        "Discard the draft."
    ),
    No.OWN_REPORT: N_("This is your own report: somebody else must review it."),
    No.REPORT_CHANGED: N_("This report has a newer version or has been reviewed. Open it anew with /report"),
    No.NO_SUCH_REPORT: N_("That report does not exist or is not open to you. Yours: /report"),
    No.NO_DRAFT: N_("You are not writing a report. To begin one: /report"),
    No.DRAFT_ALREADY: N_("You are writing a report already. Go on with it or discard it first: /report"),
    No.DRAFT_ASIDE: N_("That report is kept. It is offered again once the one that you are writing is done: /report"),
    No.ALREADY_SENT: N_("This report has been sent already. Yours: /report"),
    No.FILE_TOO_LARGE: N_("⚠️ That file is over 20 MB and cannot be fetched. Send a smaller one."),
    No.ALREADY_APPROVED: N_("This situation report is approved and no longer changes. All of them: /sitrep"),
    No.SITREP_CHANGED: N_("It says something else by now: nothing was approved. Read it again with /sitrep"),
    No.PERIOD_NOT_OVER: N_(
        "Its period is not over yet: what comes until then would be left out. Approve it afterwards, or prepare one of "
        "another period."
    ),
    No.NO_SUCH_SITREP: N_("That situation report does not exist or is not open to you. All of yours: /sitrep"),
    No.TOO_MANY_FILES: N_("⚠️ Not attached: this report holds as many attachments as it can. Take one off first."),
    No.FILE_FETCHING: N_("That attachment is still being fetched. Press again in a minute."),
    No.NO_SUCH_CONTACT: N_("That contact is no longer listed, or is not open to you. The directory: /contact"),
    No.NO_SUCH_FILE: N_("That attachment is not there, or not open to you. Reports: /report"),
    No.CONTACT_CHANGED: N_("That contact says something else by now: nothing was recorded. Open it anew: /contact"),
    No.BAD_PHONE: N_(
        "⚠️ That is not a telephone number. Write it with its country code, as in <code>+1 613 555 0142</code>."
    ),
    No.BAD_CALL_SIGN: N_("⚠️ That is not a call sign. Write it in letters or digits, as in <code>Mopti 1</code>."),
    No.BAD_FUNCTION: N_("⚠️ Write your function in words, as in <code>Training adviser</code>."),
    No.BAD_EMAIL: N_("⚠️ That is not an e-mail address. Write one as in <code>k.willis@example.org</code>."),
    No.BAD_HOURS: N_(
        "⚠️ Write the days and one span of hours, as in <code>mon-fri 08:00-17:00</code> or <code>24/7</code>."
    ),
    No.BAD_LANGUAGE: N_("⚠️ No language of that name is known. Write one at a time, spelt as in <code>Arabic</code>."),
    No.LAST_LANGUAGE: N_("At least one language stays. Add another one first."),
    No.TOO_MANY_LANGUAGES: N_("You have as many languages here as there is room for. Take one away first: /me"),
    No.BAD_WORDS: N_("⚠️ Write it in words, as in <code>Marie Tremblay</code> or <code>sister</code>."),
    No.TOO_MANY_NUMBERS: N_("You have as many numbers here as there is room for. Take one away first: /me"),
    No.NO_KIN: N_("No next of kin is on record there. Only the officer can give one, with /me"),
    No.TEXT_WANTED: N_("Please type the reason in words, for example: reached by radio."),
}


def refusal(code: No, facts: Mapping[str, Any] | None, voice: Voice) -> Html:
    """Return the one line for a refusal; facts that are missing make it shorter, never empty."""
    given = {name: value for name, value in (facts or {}).items() if value is not None}
    needed, say = _WITH_FACTS.get(code, (frozenset({"nothing"}), None))
    if say is not None and needed <= given.keys():
        return say(given, voice)
    return voice.say(REFUSALS[code])


def _out_of_tour(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "Your tour of duty, until {date}, does not cover today: nothing was passed on. "
        "In danger, call your post at once. If that is wrong, call your commander.",
        date=voice.date(_DATE.validate_python(given["until"])),
    )


def _already_taken(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "{who} has been on it since {at}. If you know more, call them.",
        who=subject(voice, _PERSON.validate_python(given["owner"])),
        at=voice.at(_INSTANT.validate_python(given["at"])),
    )


def _already_closed(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say("This alert was closed {at}.", at=voice.moment(_INSTANT.validate_python(given["at"])))


def _bad_time(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ Not recorded: that time cannot be read. Write it as in <code>/checkin {time}</code>.",
        time=voice.time(_INSTANT.validate_python(given["example"])),
    )


def _far_time(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ Not recorded: that time is ahead of us or more than 12 hours back. Give one within the last 12 hours, as in "
        "<code>/checkin {time}</code>.",
        time=voice.time(_INSTANT.validate_python(given["example"])),
    )


def _other_zone(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ There is no square {grid}. Did you mean {likely}? Press it below, or type it again.",
        grid=place(voice, given["given"]),
        likely=place(voice, given["likely"]),
    )


def _far_place(given: Mapping[str, Any], voice: Voice) -> Html:
    facts: dict[str, str | int] = {
        "place": place(voice, given["given"]),
        "km": int(given["km"]),
        "post": voice.name(Text(given["post"]["en"], given["post"]["fr"])),
    }
    if "likely" not in given:
        return voice.say(
            "⚠️ {place} is {km} km from the post ({post}). If that is right, press the button; if not, type it again.",
            **facts,
        )
    return voice.say(
        "⚠️ {place} is {km} km from the post ({post}). Did you mean {likely}? Press the right one, or type it again.",
        likely=place(voice, given["likely"]),
        **facts,
    )


def _too_early(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        '⚠️ That is earlier than "{field}": {when}. Write a later time; if the other one is wrong, correct it first.',
        field=field_name(voice, given["field"]),
        when=voice.when(_INSTANT.validate_python(given["at"])),
    )


def _too_late(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        '⚠️ That is later than "{field}": {when}. Write an earlier time; if the other one is wrong, correct it first.',
        field=field_name(voice, given["field"]),
        when=voice.when(_INSTANT.validate_python(given["at"])),
    )


def _already_sent(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say("Already sent, as {number}. To read or correct it: /report", number=given["number"])


def _bad_phone(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ That is not a telephone number. Write it with its country code, as in <code>{example}</code>.",
        example=given["example"],
    )


def _no_such_incident(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ {number}: no such incident report is open to you. Write the number of one, as in <code>42</code>.",
        number=given["number"],
    )


def _too_many_links(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say("⚠️ At most {n} incident reports can be named here. Take some out.", n=int(given["most"]))


def _too_long(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say(
        "⚠️ Not recorded: that is {length} characters, and {limit} is the limit. Send it again, shorter.",
        length=int(given["length"]),
        limit=int(given["limit"]),
    )


def _too_large(given: Mapping[str, Any], voice: Voice) -> Html:
    return voice.say("⚠️ {name} is over 20 MB and cannot be fetched. Send a smaller one.", name=given["name"])


# By code: the facts without which the plain sentence is said, and the sentence that names them.
_WITH_FACTS: dict[No, tuple[frozenset[str], Callable[[Mapping[str, Any], Voice], Html]]] = {
    No.OUT_OF_TOUR: (frozenset({"until"}), _out_of_tour),
    No.ALREADY_TAKEN: (frozenset({"owner", "at"}), _already_taken),
    No.ALREADY_CLOSED: (frozenset({"at"}), _already_closed),
    No.BAD_TIME: (frozenset({"example"}), _bad_time),
    No.FUTURE_TIME: (frozenset({"example"}), _far_time),
    No.OTHER_ZONE: (frozenset({"given", "likely"}), _other_zone),
    No.FAR_PLACE: (frozenset({"given", "km", "post"}), _far_place),
    No.TOO_EARLY: (frozenset({"field", "at"}), _too_early),
    No.TOO_LATE: (frozenset({"field", "at"}), _too_late),
    No.ALREADY_SENT: (frozenset({"number"}), _already_sent),
    No.BAD_PHONE: (frozenset({"example"}), _bad_phone),
    No.NO_SUCH_INCIDENT: (frozenset({"number"}), _no_such_incident),
    No.TOO_MANY_LINKS: (frozenset({"most"}), _too_many_links),
    No.TOO_LONG: (frozenset({"limit", "length"}), _too_long),
    No.FILE_TOO_LARGE: (frozenset({"name"}), _too_large),
}

"""Texts of reminders: what is due, and who is told if nothing comes."""

from collections.abc import Collection
from datetime import timedelta

from bot.chat.texts.menu import SAFE, SOS, main_menu
from bot.chat.texts.person import duty_officer
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.duty import Missed, Reminder, Stage
from bot.domain.officer import Role
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice

_NOW = timedelta(minutes=2)  # so near to the due time, "now" is the word

_UNLESS = {
    "nobody": N_("If it is not here by {deadline}, an alert opens, but nobody can be told of it here."),
    "everyone": N_("If it is not here by {deadline}, everyone on the ladder will be told."),
    "lead": N_("If it is not here by {deadline}, your post lead will be told."),
    "commander": N_("If it is not here by {deadline}, the commander will be told."),
    "deputy": N_("If it is not here by {deadline}, the deputy commander will be told."),
    "command": N_("If it is not here by {deadline}, the commander and the deputy will be told."),
    "lead and command": N_("If it is not here by {deadline}, your post lead and command will be told."),
}

_TOLD = {
    "nobody": N_("Nobody can be told here: make yourself known by telephone or radio."),
    "everyone": N_("Everyone on the ladder has been told and will try to reach you."),
    "lead": N_("Your post lead has been told and will try to reach you."),
    "commander": N_("The commander has been told and will try to reach you."),
    "deputy": N_("The deputy commander has been told and will try to reach you."),
    "command": N_("The commander and the deputy have been told and will try to reach you."),
    "lead and command": N_("Your post lead and command have been told and will try to reach you."),
}


def told_as(roles: Collection[Role] | None) -> str:
    """Return the name of the group that these roles make, for the tables of sentences; no role is everyone."""
    if roles is None:
        return "nobody"
    if not roles:
        return "everyone"
    commanding = {one.value for one in roles} - {Role.LEAD.value}
    if not commanding:
        return "lead"
    if Role.LEAD in roles:
        return "lead and command"
    return commanding.pop() if len(commanding) == 1 else "command"


def reminder(message: Reminder, voice: Voice, reader: Reader) -> Rendered:
    """Remind of a check-in: before it, when it is due, or halfway through the grace."""
    return Rendered(
        voice.join(
            voice.say("Sent again, because our line was down.") if message.resent else None,
            _due(message, voice, reader),
            voice.say(_UNLESS[told_as(message.first_told)], deadline=voice.at(message.deadline))
            if message.stage >= Stage.LAST_CALL and message.deadline > reader.now
            else None,
            duty_officer(voice, message.duty_phone),
            *_what_to_press(voice),
        ),
        main_menu(voice, reader.role),
    )


def missed(message: Missed, voice: Voice, reader: Reader) -> Rendered:
    """Tell the officer that an alert is open about them, and who was told."""
    return Rendered(
        voice.join(
            voice.say("🔔 Your check-in due {at} has not arrived: an alert is open.", at=voice.moment(message.due_at)),
            voice.say("Our reminders did not go out: that is our fault.") if message.unreminded else None,
            voice.say(_TOLD[told_as(message.told)]),
            duty_officer(voice, message.duty_phone),
            *_what_to_press(voice),
        ),
        main_menu(voice, reader.role),
    )


def _what_to_press(voice: Voice) -> list[Html]:
    return [
        voice.say('If all is well, press "{button}".', button=voice.word(*SAFE)),
        voice.say('If you are in danger, press "{button}".', button=voice.word(*SOS)),
    ]


def _due(message: Reminder, voice: Voice, reader: Reader) -> Html:
    left = message.due_at - reader.now
    at = voice.moment(message.due_at)
    if message.stage < Stage.DUE and left > timedelta(0):
        length = voice.duration(_as_said(left))
        if message.is_return:
            return voice.say(
                "⏰ You are due back {at}, in {length}. A check-in is expected then.", at=at, length=length
            )
        return voice.say("⏰ Your check-in is due {at}, in {length}. Are you safe?", at=at, length=length)
    if message.is_return:
        return _return(message, voice)
    if message.stage >= Stage.LAST_CALL:
        return voice.say("⏰ Your check-in due {at} has not arrived.", at=at)
    if abs(left) < _NOW:
        return voice.say("⏰ Your check-in is due now ({at}). Are you safe?", at=voice.at(message.due_at))
    return voice.say("⏰ Your check-in was due {at}. Are you safe?", at=at)


def _return(message: Reminder, voice: Voice) -> Html:
    at = voice.moment(message.due_at)
    if message.stage >= Stage.LAST_CALL:
        return voice.say("⏰ Your check-in on return, due {at}, has not arrived.", at=at)
    return voice.say("⏰ You were due back {at}: your check-in is due now.", at=at)


def _as_said(length: timedelta) -> timedelta:
    """Return a wait as people say it: to the minute from a minute and a half on."""
    seconds = length.total_seconds()
    return timedelta(minutes=round(seconds / 60)) if seconds >= 90 else timedelta(seconds=round(seconds))

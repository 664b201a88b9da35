"""The words of situation reports: headings, figures, tables, columns."""

from bot.document.report_code import CODES, Word
from bot.document.report_word import FORM_NAMES
from bot.domain.sitrep import SitrepKind
from bot.i18n.mark import W_
from bot.i18n.voice import Voice

TITLES: dict[str, Word] = {
    "daily": W_("sitrep", "Situation report (SITREP)"),
    "weekly": W_("sitrep", "Weekly situation report"),
    "special": W_("sitrep", "Situation report for a special period"),
}
HEADINGS: dict[str, Word] = {
    "personnel": W_("sitrep heading", "Personnel"),
    "security": W_("sitrep heading", "Security situation"),
    "operations": W_("sitrep heading", "Operations and activities"),
    "movements": W_("sitrep heading", "Movements"),
    "incidents": W_("sitrep heading", "Incidents"),
    "protection": W_("sitrep heading", "Protection of civilians, civilian casualties"),
    "engagement": W_("sitrep heading", "Gender and engagement"),
    "training": W_("sitrep heading", "Mentoring and training"),
    "medical": W_("sitrep heading", "Medical and welfare"),
    "logistics": W_("sitrep heading", "Logistics, vehicles, equipment"),
    "communications": W_("sitrep heading", "Communications state"),
    "compliance": W_("sitrep heading", "Check-ins"),
    "trends": W_("sitrep heading", "Trends"),
    "alarms": W_("sitrep heading", "Alerts closed, and why"),
    "rotation": W_("sitrep heading", "Rotation and leave next week"),
    "risks": W_("sitrep heading", "Risks"),
    "assessment": W_("sitrep heading", "Assessment and outlook"),
    "comments": W_("sitrep heading", "Commander's comments, requests"),
    "ahead": W_("sitrep heading", "Next 24 hours"),
}
NEXT_WEEK = W_("sitrep heading", "Next week")
FIGURES: dict[str, Word] = {
    "authorised": W_("sitrep figure", "Authorised strength"),
    "strength": W_("sitrep figure", "Strength"),
    "patrols": W_("sitrep figure", "Patrols completed"),
    "patrols_out": W_("sitrep figure", "Patrols under way at the end"),
    "travel_begun": W_("sitrep figure", "Duty travel begun"),
    "travel_ended": W_("sitrep figure", "Duty travel ended"),
    "travel_out": W_("sitrep figure", "Duty travel under way at the end"),
    "travel_ahead": W_("sitrep figure", "Duty travel planned"),
    "sick": W_("sitrep figure", "Sick"),
    "injured_reports": W_("sitrep figure", "Incidents with our personnel injured"),
    "median_acknowledgement": W_("sitrep figure", "Median time until an alert was acknowledged"),
    "overdue": W_("sitrep figure", "Overdue or in need"),
    "reports": W_("sitrep figure", "Reports"),
    "incidents": W_("sitrep figure", "Incidents"),
    "reached": W_("sitrep figure", "People reached"),
    "due": W_("sitrep figure", "Check-ins due"),
    "on_time": W_("sitrep figure", "on time"),
    "late": W_("sitrep figure", "late"),
    "missed": W_("sitrep figure", "missed"),
}
# What the first column of a table holds.
ROWS: dict[str, Word] = {
    "post": W_("sitrep column", "Post"),
    "duty_type": W_("sitrep column", "Duty"),
    "category": W_("sitrep column", "Category"),
    "victims": W_("sitrep column", "Victims"),
    "flags": W_("sitrep column", "Concern; referred to"),
    "equipment": W_("sitrep column", "Out of order"),
    "alert": W_("sitrep column", "Alerts"),
    "closing": W_("sitrep column", "Cause"),
    "day": W_("sitrep column", "Day"),
}
COLUMNS: dict[str, Word] = {
    "strength": W_("sitrep column", "Strength"),
    "present": W_("sitrep column", "Present"),
    "on_patrol": W_("sitrep column", "On patrol"),
    "leave": W_("sitrep column", "Leave"),
    "sick": W_("sitrep column", "Sick"),
    "duty_travel": W_("sitrep column", "Duty travel"),
    "off_mission": W_("sitrep column", "Off mission"),
    "women": W_("sitrep column", "Women"),
    "men": W_("sitrep column", "Men"),
    "girls": W_("sitrep column", "Girls"),
    "boys": W_("sitrep column", "Boys"),
    "gender_not_stated": W_("sitrep column", "Not stated"),
    "answered": W_("sitrep column", "Report safe"),
    "awaited": W_("sitrep column", "Awaited"),
    "absent": W_("sitrep column", "Absent"),
    "overdue": W_("sitrep column", "Overdue"),
    "assistance": W_("sitrep column", "Need assistance"),
    "distress": W_("sitrep column", "Distress"),
    "not_enrolled": W_("sitrep column", "Not enrolled"),
    "arrivals": W_("sitrep column", "Arrivals"),
    "departures": W_("sitrep column", "Departures"),
    "main_duties": W_("sitrep column", "Main duty"),
    "activities": W_("sitrep column", "Activities"),
    "own_reports": W_("sitrep column", "Own reports"),
    "incident": W_("sitrep column", "Incidents"),
    "daily": W_("sitrep column", "Duty reports"),
    "patrol": W_("sitrep column", "Patrols"),
    "training": W_("sitrep column", "Training"),
    "investigation": W_("sitrep column", "Investigations"),
    "meeting": W_("sitrep column", "Meetings"),
    "women_officers": W_("sitrep column", "Our women taking part"),
    "sessions": W_("sitrep column", "Sessions"),
    "incidents": W_("sitrep column", "Incidents"),
    "flash_only": W_("sitrep column", "Full report awaited"),
    "unsettled": W_("sitrep column", "Not settled"),
    "reports_naming": W_("sitrep column", "Reports naming it"),
    "phones": W_("sitrep column", "Phones enrolled"),
    "unreachable": W_("sitrep column", "Unreachable"),
    "dead_spots": W_("sitrep column", "Places without coverage"),
    # Of situation reports that older versions approved: they are read for ever.
    "radio_down": W_("sitrep column", "Radio out"),
    "telephone_down": W_("sitrep column", "Telephone out"),
    "internet_down": W_("sitrep column", "Internet out"),
    "due": W_("sitrep column", "Due"),
    "on_time": W_("sitrep column", "On time"),
    "late": W_("sitrep column", "Late"),
    "missed": W_("sitrep column", "Missed"),
    "excused": W_("sitrep column", "Excused (absent)"),
    "proxy": W_("sitrep column", "Entered by others"),
    "opened": W_("sitrep column", "Opened"),
    "closed": W_("sitrep column", "Closed"),
    "open": W_("sitrep column", "Open at the end"),
    "reports": W_("sitrep column", "Reports"),
    "reached": W_("sitrep column", "People reached"),
    "alerts_closed": W_("sitrep column", "Alerts"),
    "leave_begins": W_("sitrep column", "Leave begins"),
    "leave_ends": W_("sitrep column", "Back from leave"),
}
ALERTS: dict[str, Word] = {
    "overdue": W_("sitrep alert", "Overdue check-in"),
    "assistance": W_("sitrep alert", "Assistance"),
    "distress": W_("sitrep alert", "Distress"),
}
CLOSINGS: dict[str, Word] = {
    "checked_in": W_("sitrep closing", "The officer checked in"),
    "verified": W_("sitrep closing", "Verified safe by a person"),
    "resolved": W_("sitrep closing", "Resolved"),
    "cancelled": W_("sitrep closing", "Cancelled by the officer"),
    "no_network": W_("sitrep closing", "No network"),
    "false_alarm": W_("sitrep closing", "False alarm"),
    "handed_over": W_("sitrep closing", "Handed over"),
    "help_given": W_("sitrep closing", "Assistance given"),
    "other": W_("sitrep closing", "Another reason"),
}
# Who they are and what befell them, in one: in French the latter agrees with the former.
VICTIMS: dict[str, Word] = {
    "civilian.killed": W_("sitrep victims", "Civilians killed"),
    "civilian.wounded": W_("sitrep victims", "Civilians injured"),
    "civilian.abducted": W_("sitrep victims", "Civilians abducted"),
    "civilian.displaced_people": W_("sitrep victims", "Civilians displaced"),
    "security_force.killed": W_("sitrep victims", "Security force members killed"),
    "security_force.wounded": W_("sitrep victims", "Security force members injured"),
    "security_force.abducted": W_("sitrep victims", "Security force members abducted"),
    "security_force.displaced_people": W_("sitrep victims", "Security force members displaced"),
    "un_eu.killed": W_("sitrep victims", "UN or EU personnel killed"),
    "un_eu.wounded": W_("sitrep victims", "UN or EU personnel injured"),
    "un_eu.abducted": W_("sitrep victims", "UN or EU personnel abducted"),
    "un_eu.displaced_people": W_("sitrep victims", "UN or EU personnel displaced"),
    "unstated.killed": W_("sitrep victims", "Killed, not stated who"),
    "unstated.wounded": W_("sitrep victims", "Injured, not stated who"),
    "unstated.abducted": W_("sitrep victims", "Abducted, not stated who"),
    "unstated.displaced_people": W_("sitrep victims", "Displaced, not stated who"),
}
# What stands in the corner of a table that shares the name of its rows with others: it says what is counted.
CORNERS: dict[str, Word] = {
    "channels_held": W_("sitrep column", "Channels held"),
    "channels_down": W_("sitrep column", "Reported out of order"),
}
LANGUAGES: dict[str, Word] = {
    "en": W_("language name", "English"),
    "fr": W_("language name", "French"),
}
# What is said beside a narrative, by the language in which it was written.
UNTRANSLATED: dict[str, Word] = {
    "en": W_("sitrep note", "in English, to be translated"),
    "fr": W_("sitrep note", "in French, to be translated"),
}
BY_MACHINE: dict[str, Word] = {
    "en": W_("sitrep note", "machine translation from English, not confirmed"),
    "fr": W_("sitrep note", "machine translation from French, not confirmed"),
}
TRANSLATED: dict[str, Word] = {
    "en": W_("sitrep note", "translated from English by {who}"),
    "fr": W_("sitrep note", "translated from French by {who}"),
}
ORIGINAL: dict[str, Word] = {
    "en": W_("sitrep note", "original, in English"),
    "fr": W_("sitrep note", "original, in French"),
}
_ROW_WORDS: dict[str, dict[str, Word]] = {
    "duty_type": CODES["duty_type"],
    "category": CODES["category"],
    "flags": CODES["flags"],
    "equipment": CODES["equipment"],
    "victims": VICTIMS,
    "alert": ALERTS,
    "closing": CLOSINGS,
}


def row_name(voice: Voice, by: str, code: str) -> str:
    """Return what a row of a table is called; posts and days are named by the caller."""
    known = _ROW_WORDS.get(by, {}).get(code)
    return voice.word(*known) if known else code


# Tables whose columns are codes of reports: services to which a concern was referred, channels.
_CODED = {"flags": "referral", "channels_held": "equipment", "channels_down": "equipment"}


def corner_name(voice: Voice, tally: str, by: str) -> str:
    """Return what stands over the names of the rows."""
    return voice.word(*(CORNERS.get(tally) or ROWS[by]))


def column_name(voice: Voice, tally: str, code: str) -> str:
    """Return what a column is called."""
    known = (CODES[_CODED[tally]] if tally in _CODED else COLUMNS).get(code)
    return voice.word(*known) if known else code


def form_name(voice: Voice, form: str) -> str:
    """Return what a kind of report is called."""
    return voice.word(*FORM_NAMES[form])


def heading_name(voice: Voice, heading: str, kind: SitrepKind) -> str:
    """Return what a heading is called; that of what is ahead says how much of it."""
    weekly = kind is SitrepKind.WEEKLY and heading == "ahead"
    return voice.word(*(NEXT_WEEK if weekly else HEADINGS[heading]))

"""The words of report forms: kinds, headings, fields; and how a code or a count is said."""

from collections.abc import Mapping

from bot.document.report_code import CODES, HARM, Word
from bot.domain.form import Choice, Choices, Takes
from bot.i18n.catalogue import Catalogues
from bot.i18n.mark import W_
from bot.i18n.voice import Voice

FORM_NAMES: dict[str, Word] = {
    "daily": W_("report form", "Duty report"),
    "patrol": W_("report form", "Patrol report"),
    "training": W_("report form", "Mentoring or training"),
    "investigation": W_("report form", "Investigation support"),
    "meeting": W_("report form", "Meeting"),
    "flash": W_("report form", "Incident: flash report"),
    "incident": W_("report form", "Incident: full report"),
}

HEADINGS: dict[str, Word] = {
    "period": W_("report heading", "Period"),
    "duty": W_("report heading", "Duty"),
    "activities": W_("report heading", "Activities"),
    "engagement": W_("report heading", "Engagement with the population"),
    "persons_met": W_("report heading", "Persons met"),
    "observations": W_("report heading", "Observations"),
    "incidents": W_("report heading", "Incidents"),
    "poc": W_("report heading", "Protection of civilians"),
    "flags": W_("report heading", "Gender, sexual violence, children"),
    "force": W_("report heading", "Detainees, use of force"),
    "action": W_("report heading", "Action taken"),
    "follow_up": W_("report heading", "Follow-up"),
    "equipment": W_("report heading", "Equipment"),
    "welfare": W_("report heading", "Health and welfare"),
    "assessment": W_("report heading", "Assessment"),
    "plans": W_("report heading", "Next 24 hours"),
    "patrol": W_("report heading", "Patrol"),
    "times": W_("report heading", "Times"),
    "route": W_("report heading", "Route"),
    "attitude": W_("report heading", "Attitude of the population"),
    "armed_elements": W_("report heading", "Armed elements"),
    "conditions": W_("report heading", "Road and services"),
    "displaced": W_("report heading", "Displaced persons"),
    "dead_spots": W_("report heading", "Places without communications"),
    "recommendation": W_("report heading", "Recommendation"),
    "training": W_("report heading", "Training"),
    "progress": W_("report heading", "Progress"),
    "difficulties": W_("report heading", "Difficulties"),
    "support": W_("report heading", "Support"),
    "meeting": W_("report heading", "Meeting"),
    "category": W_("report heading", "Incident"),
    "occurred": W_("report heading", "When"),
    "where": W_("report heading", "Where"),
    "personnel": W_("report heading", "Our personnel"),
    "help": W_("report heading", "Help needed"),
    "what": W_("report heading", "What happened"),
    "reach": W_("report heading", "How to reach you"),
    "actors": W_("report heading", "Actors"),
    "victims": W_("report heading", "Victims"),
    "means": W_("report heading", "How"),
    "why": W_("report heading", "Why"),
    "source": W_("report heading", "Source"),
    "authorities": W_("report heading", "Local authorities"),
    "property": W_("report heading", "Losses and evidence"),
    "notified": W_("report heading", "Notified"),
    "state": W_("report heading", "Status"),
}

# The label of a field where it is not that of its heading; the same in chat, in documents and in exports.
FIELDS: dict[str, Word] = {
    "duty_type": W_("report field", "Main duty"),
    "type": W_("report field", "Activity"),
    "time": W_("report field", "Time"),
    "place": W_("report field", "Place"),
    "partner": W_("report field", "Partner service"),
    "summary": W_("report field", "Summary"),
    "more": W_("report field", "Others"),
    "incident_numbers": W_("report field", "Incident reports"),
    "reached": W_("report field", "People reached"),
    "women_officers": W_("report field", "Women officers taking part"),
    "trainees": W_("report field", "Trainees"),
    "source": W_("report field", "Source"),
    "confidence": W_("report field", "Confidence"),
    "flags": W_("report field", "Concerns"),
    "referral": W_("report field", "Referred to"),
    "force": W_("report field", "What took place"),
    "force_detail": W_("report field", "Details"),
    "owner": W_("report field", "By whom"),
    "follow_up_due": W_("report field", "By when"),
    "equipment": W_("report field", "Out of order"),
    "equipment_detail": W_("report field", "Details"),
    "patrol_type": W_("report field", "Kind of patrol"),
    "task": W_("report field", "Task"),
    "members": W_("report field", "Members, by function"),
    "vehicles": W_("report field", "Vehicles"),
    "women_on_patrol": W_("report field", "Women on the patrol"),
    "left_at": W_("report field", "Left"),
    "first_place_at": W_("report field", "At the first place"),
    "back_at": W_("report field", "Back"),
    "places_visited": W_("report field", "Places visited"),
    "route_planned": W_("report field", "Route planned"),
    "route_actual": W_("report field", "Route taken, with halts"),
    "road": W_("report field", "Road and bridges"),
    "facilities": W_("report field", "Open"),
    "training_type": W_("report field", "Kind"),
    "topic": W_("report field", "Topic"),
    "progress_detail": W_("report field", "Details"),
    "case_reference": W_("report field", "Partner's case reference"),
    "support": W_("report field", "Support given"),
    "stage": W_("report field", "Stage"),
    "with_whom": W_("report field", "With"),
    "subject": W_("report field", "Subject"),
    "outcome": W_("report field", "Outcome"),
    "occurred_at": W_("report field", "Occurred"),
    "informed_at": W_("report field", "Informed"),
    "on_scene_at": W_("report field", "On the scene"),
    "police_at": W_("report field", "Local police on the scene"),
    "victim_kind": W_("report field", "Who they are"),
    "harm": W_("report field", "What happened to them"),
    "harmed": W_("report field", "How many"),
    **HARM,  # each was a question of its own in older versions
    "property": W_("report field", "Losses"),
    "property_detail": W_("report field", "Details"),
    "evidence": W_("report field", "Evidence"),
}


def people(voice: Voice, counts: Mapping[str, int]) -> str:
    """Return how many of each group: `12 women, 8 men`; zeros are left out, all zeros are nobody."""
    said = []
    for group, n in counts.items():
        if not n:
            continue
        match group:
            case "women":
                said.append(voice.count("{n} woman", "{n} women", n))
            case "men":
                said.append(voice.count("{n} man", "{n} men", n))
            case "girls":
                said.append(voice.count("{n} girl", "{n} girls", n))
            case "boys":
                said.append(voice.count("{n} boy", "{n} boys", n))
    return voice.items(said) if said else voice.word("report count", "nobody")


def field_name(voice: Voice, question: str) -> str:
    """Return the label of a field; that of its heading where it has none of its own."""
    return voice.word(*(FIELDS.get(question) or HEADINGS[question]))


def code_name(voice: Voice, question: str, code: str) -> str:
    """Return the words of a code; one that this version does not know stays as it is."""
    known = CODES.get(question, {}).get(code)
    return voice.word(*known) if known else code


def typed_code(takes: Takes, question: str, text: str, catalogues: Catalogues) -> str | None:
    """Return which button of a question a text is, in either language: people type what they read."""
    if not isinstance(takes, Choice | Choices):
        return None
    said = " ".join(text.casefold().split())
    for code in takes.codes:
        label = CODES[question][code]
        if said in {" ".join(catalogues[language].pgettext(*label).casefold().split()) for language in ("en", "fr")}:
            return code
    return None

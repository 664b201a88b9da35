"""The words of the codes that report forms offer. One entry for each, in both catalogues."""

from bot.i18n.mark import W_

Word = tuple[str, str]

_DUTY = {
    "colocation": W_("duty type", "Co-location, mentoring"),
    "training": W_("duty type", "Training delivered"),
    "patrol": W_("duty type", "Patrol"),
    "joint_patrol": W_("duty type", "Joint patrol"),
    "escort": W_("duty type", "Escort"),
    "monitoring": W_("duty type", "Monitoring"),
    "meeting": W_("duty type", "Meeting, liaison"),
    "awareness": W_("duty type", "Awareness session"),
    "operation": W_("duty type", "Support to an operation"),
    "admin": W_("duty type", "Administration"),
    "other": W_("duty type", "Other"),
}
_PARTNER = {
    "police": W_("partner", "National police"),
    "gendarmerie": W_("partner", "Gendarmerie"),
    "guard": W_("partner", "National guard"),
    "other_force": W_("partner", "Other service"),
    "none": W_("partner", "No partner"),
}
_OTHER = W_("report code", "Other")
_UNKNOWN = W_("report code", "Not known")

CHANNELS: dict[str, Word] = {
    "vhf": W_("report code", "VHF radio"),
    "hf": W_("report code", "HF radio"),
    "satellite": W_("report code", "Satellite telephone"),
    "mobile": W_("report code", "Mobile telephone"),
    "desk_phone": W_("report code", "Desk telephone"),
    "internet": W_("report code", "Internet"),
}
HARM: dict[str, Word] = {
    "killed": W_("report code", "Killed"),
    "wounded": W_("report code", "Injured"),
    "abducted": W_("report code", "Abducted"),
    "displaced_people": W_("report code", "Displaced"),
}

# By question: the words of its codes.
CODES: dict[str, dict[str, Word]] = {
    "duty_type": _DUTY,
    "type": _DUTY,
    "partner": _PARTNER,
    "more": {"yes": W_("button", "Yes, another one"), "no": W_("button", "No, go on")},
    "source": {
        "seen": W_("report code", "Seen by us"),
        "told": W_("report code", "Told to us"),
        "document": W_("report code", "From a document"),
    },
    "confidence": {
        "confirmed": W_("report code", "Confirmed"),
        "unconfirmed": W_("report code", "Not confirmed"),
    },
    "flags": {
        "gender": W_("report code", "Gender concern"),
        "sgbv": W_("report code", "Sexual violence (SGBV)"),
        "child": W_("report code", "Child protection"),
    },
    "referral": {
        "mission_advisor": W_("report code", "Mission's adviser"),
        "medical": W_("report code", "Medical service"),
        "partner_police": W_("report code", "Police or gendarmerie unit"),
        "child_protection": W_("report code", "Child protection service"),
        "not_referred": W_("report code", "Not referred yet"),
    },
    "force": {
        "detainees": W_("report code", "Detainees seen"),
        "by_partner": W_("report code", "Force used by a partner"),
        "by_contingent": W_("report code", "Force used by us"),
    },
    "owner": {
        "me": W_("report code", "Myself"),
        "lead": W_("report code", "Post lead"),
        "deputy": W_("report code", "Deputy commander"),
        "commander": W_("report code", "Contingent command"),
        "mission": W_("report code", "Mission"),
        "partner": W_("report code", "Partner service"),
    },
    "equipment": {
        "vehicle": W_("report code", "Vehicle"),
        **CHANNELS,
        # What older versions asked: situation reports that were approved with them are still read.
        "radio": W_("report code", "Radio"),
        "telephone": W_("report code", "Telephone"),
        "protective": W_("report code", "Protective equipment"),
        "computer": W_("report code", "Computer"),
        "lodging": W_("report code", "Lodging, power, water"),
        "other": _OTHER,
    },
    "patrol_type": {
        "vehicle": W_("report code", "By vehicle"),
        "foot": W_("report code", "On foot"),
        "joint_vehicle": W_("report code", "Joint, by vehicle"),
        "joint_foot": W_("report code", "Joint, on foot"),
    },
    "attitude": {
        "friendly": W_("report code", "Friendly"),
        "neutral": W_("report code", "Neutral"),
        "wary": W_("report code", "Wary"),
        "hostile": W_("report code", "Hostile"),
    },
    "road": {
        "good": W_("report code", "Good"),
        "difficult": W_("report code", "Difficult"),
        "impassable": W_("report code", "Impassable"),
    },
    "facilities": {
        "market": W_("report code", "Market"),
        "school": W_("report code", "School"),
        "health_post": W_("report code", "Health post"),
    },
    "training_type": {
        "mentoring": W_("report code", "Mentoring"),
        "course": W_("report code", "Course"),
        "exercise": W_("report code", "Practical exercise"),
    },
    "progress": {
        "good": W_("report code", "Good progress"),
        "some": W_("report code", "Some progress"),
        "none": W_("report code", "No progress"),
    },
    "support": {
        "advice": W_("report code", "Advice"),
        "scene": W_("report code", "Scene of crime"),
        "evidence": W_("report code", "Evidence"),
        "interview": W_("report code", "Interviews"),
        "analysis": W_("report code", "Analysis"),
        "case_file": W_("report code", "Case file"),
        "other": _OTHER,
    },
    "stage": {
        "opened": W_("report code", "Opened"),
        "under_way": W_("report code", "Under way"),
        "sent_to_court": W_("report code", "Sent to court"),
        "closed": W_("report code", "Closed"),
    },
    "category": {
        "attack": W_("report code", "Attack on personnel or camp"),
        "ied": W_("report code", "IED, mine, UXO"),
        "shooting": W_("report code", "Shooting"),
        "abduction": W_("report code", "Abduction, hostage"),
        "detention": W_("report code", "Staff detained"),
        "robbery": W_("report code", "Robbery, carjacking"),
        "unrest": W_("report code", "Demonstration, unrest"),
        "armed_movement": W_("report code", "Armed group moving"),
        "threat": W_("report code", "Threat, tension"),
        "crime": W_("report code", "Crime against civilians"),
        "sgbv": W_("report code", "Sexual violence (flag only)"),
        "road": W_("report code", "Road accident"),
        "medical": W_("report code", "Medical"),
        "fire": W_("report code", "Fire, natural hazard"),
        "loss": W_("report code", "Loss of equipment"),
        "near_miss": W_("report code", "Near miss"),
        "other": _OTHER,
    },
    "personnel": {
        "not_involved": W_("report code", "Nobody of ours involved"),
        "safe": W_("report code", "Involved, all accounted for"),
        "injured": W_("report code", "Somebody is injured"),
        "unaccounted": W_("report code", "Somebody is missing"),
    },
    "help": {
        "none": W_("report code", "No help needed"),
        "medical": W_("report code", "Medical help"),
        "security": W_("report code", "Security reinforcement"),
        "extraction": W_("report code", "Extraction"),
        "technical": W_("report code", "Technical help"),
    },
    "actors": {
        "armed_group": W_("report code", "Unknown armed group"),
        "security_force": W_("report code", "Security force"),
        "criminal": W_("report code", "Criminals"),
        "crowd": W_("report code", "Crowd"),
        "other": _OTHER,
        "unknown": _UNKNOWN,
    },
    "victim_kind": {
        "civilian": W_("report code", "Civilians"),
        "security_force": W_("report code", "Security force"),
        "un_eu": W_("report code", "UN or EU personnel"),
    },
    "harm": HARM,
    "means": {
        "small_arms": W_("report code", "Small arms"),
        "ied": W_("report code", "Explosive device"),
        "indirect_fire": W_("report code", "Mortar or rockets"),
        "knife": W_("report code", "Knife, other weapon"),
        "robbery": W_("report code", "Robbery"),
        "vehicle": W_("report code", "Vehicle"),
        "fire": W_("report code", "Fire"),
        "other": _OTHER,
        "unknown": _UNKNOWN,
    },
    "property": {
        "none": W_("report code", "No loss"),
        "un": W_("report code", "UN or EU property"),
        "canadian": W_("report code", "Canadian property"),
        "private": W_("report code", "Private property"),
    },
    "notified": {
        "mission_ops": W_("report code", "Mission operations centre"),
        "security": W_("report code", "Mission security"),
        "rcmp_ottawa": W_("report code", "RCMP, Ottawa"),
        "home_service": W_("report code", "Home service"),
        "partner": W_("report code", "Partner service"),
    },
    "state": {"open": W_("report code", "Still open"), "closed": W_("report code", "Settled")},
}

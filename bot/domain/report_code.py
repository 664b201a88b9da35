"""The codes that reports are answered with: stable, since they are what is kept, exported and counted."""

# People reached, as the mission counts them.
PEOPLE = ("women", "men", "girls", "boys")
ADULTS = ("women", "men")

DUTY_TYPES = (
    "colocation", "training", "patrol", "joint_patrol", "escort", "monitoring", "meeting", "awareness",
    "operation", "admin", "other",
)  # fmt: skip
PARTNERS = ("police", "gendarmerie", "guard", "other_force", "none")
SOURCES = ("seen", "told", "document")
CONFIDENCE = ("confirmed", "unconfirmed")
FLAGS = ("gender", "sgbv", "child")
REFERRALS = ("mission_advisor", "medical", "partner_police", "child_protection", "not_referred")
FORCE = ("detainees", "by_partner", "by_contingent")
# What a post may be reached by.
CHANNELS = ("vhf", "hf", "satellite", "mobile", "desk_phone", "internet")
EQUIPMENT = ("vehicle", *CHANNELS, "protective", "computer", "lodging", "other")
OWNERS = ("me", "lead", "deputy", "commander", "mission", "partner")
ATTITUDES = ("friendly", "neutral", "wary", "hostile")
ROADS = ("good", "difficult", "impassable")
FACILITIES = ("market", "school", "health_post")
PATROLS = ("vehicle", "foot", "joint_vehicle", "joint_foot")
TRAINING = ("mentoring", "course", "exercise")
PROGRESS = ("good", "some", "none")
SUPPORT = ("advice", "scene", "evidence", "interview", "analysis", "case_file", "other")
STAGES = ("opened", "under_way", "sent_to_court", "closed")
CATEGORIES = (
    "attack", "ied", "shooting", "abduction", "detention", "robbery", "unrest", "armed_movement", "threat",
    "crime", "sgbv", "road", "medical", "fire", "loss", "near_miss", "other",
)  # fmt: skip
PERSONNEL = ("not_involved", "safe", "injured", "unaccounted")
HELP = ("none", "medical", "security", "extraction", "technical")
ACTORS = ("armed_group", "security_force", "criminal", "crowd", "other", "unknown")
VICTIM_KINDS = ("civilian", "security_force", "un_eu")
HARM = ("killed", "wounded", "abducted", "displaced_people")
MEANS = ("small_arms", "ied", "indirect_fire", "knife", "robbery", "vehicle", "fire", "other", "unknown")
NOTIFIED = ("mission_ops", "security", "rcmp_ottawa", "home_service", "partner")
PROPERTY = ("none", "un", "canadian", "private")
INCIDENT_STATES = ("open", "closed")

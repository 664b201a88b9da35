"""The forms of reports: which questions, with which codes. Data; the words stand in the catalogues.

After the UN Police report types (daily occurrence, patrol, incident, flash report) and the five Ws and how; every
heading can say "nothing to report" (NTR, RAS), as staff convention asks. No form asks for the identity of a survivor.
"""

from bot.domain.form import Choice, Choices, Counts, Form, Moment, Number, Question, Section, Where, Words
from bot.domain.report_code import (
    ACTORS,
    ADULTS,
    ATTITUDES,
    CATEGORIES,
    CONFIDENCE,
    DUTY_TYPES,
    EQUIPMENT,
    FACILITIES,
    FORCE,
    HARM,
    HELP,
    INCIDENT_STATES,
    MEANS,
    NOTIFIED,
    PARTNERS,
    PATROLS,
    PEOPLE,
    PERSONNEL,
    PROGRESS,
    PROPERTY,
    ROADS,
    SOURCES,
    STAGES,
    SUPPORT,
    TRAINING,
    VICTIM_KINDS,
)
from bot.domain.report_section import (
    ASSESSED,
    ENGAGED,
    FLAGGED,
    FOLLOWED_UP,
    OBSERVED,
    PERIOD,
    PROTECTION,
    REPORTED,
    WELFARE,
    heading,
    text,
)

DAILY = Form(
    "daily",
    (
        PERIOD,
        Section("duty", (Question("duty_type", Choice(DUTY_TYPES), required=True),)),
        Section(
            "activities",
            (
                Question("type", Choice(DUTY_TYPES), required=True),
                Question("time", Moment(), required=True),
                Question("place", Where(), required=True),
                Question("partner", Choice(PARTNERS)),
                text("summary", required=True),
            ),
            nothing=True,
            turns=True,
        ),
        ENGAGED,
        heading("persons_met"),
        OBSERVED,
        REPORTED,
        PROTECTION,
        FLAGGED,
        Section(
            "force",
            (Question("force", Choices(FORCE), required=True), Question("force_detail", Words(), needs="force")),
            nothing=True,
        ),
        heading("action"),
        FOLLOWED_UP,
        Section(
            "equipment",
            (
                Question("equipment", Choices(EQUIPMENT), required=True),
                Question("equipment_detail", Words(), needs="equipment"),
            ),
            nothing=True,
        ),
        WELFARE,
        ASSESSED,
        heading("plans"),
    ),
)

PATROL = Form(
    "patrol",
    (
        Section(
            "patrol",
            (
                Question("patrol_type", Choice(PATROLS), required=True),
                Question("partner", Choice(PARTNERS)),
                text("task", required=True),
                text("members"),
                Question("vehicles", Number()),
                Question("women_on_patrol", Number()),
            ),
        ),
        Section(
            "times",
            (
                Question("left_at", Moment(), required=True),
                Question("first_place_at", Moment()),
                Question("back_at", Moment(), required=True),
            ),
        ),
        Section("route", (text("places_visited", required=True), text("route_planned"), text("route_actual"))),
        heading("persons_met"),
        Section("attitude", (Question("attitude", Choice(ATTITUDES)),), nothing=True),
        OBSERVED,
        heading("armed_elements"),
        Section(
            "conditions",
            (
                Question("road", Choice(ROADS)),
                Question("facilities", Choices(FACILITIES)),
            ),
            nothing=True,
        ),
        heading("displaced"),
        ENGAGED,
        PROTECTION,
        FLAGGED,
        REPORTED,
        heading("dead_spots"),
        FOLLOWED_UP,
        ASSESSED,
        heading("recommendation"),
    ),
)

TRAINED = Form(
    "training",
    (
        PERIOD,
        Section(
            "training",
            (
                Question("training_type", Choice(TRAINING), required=True),
                Question("partner", Choice(PARTNERS), required=True),
                Question("place", Where(), required=True),
                text("topic", required=True),
                Question("trainees", Counts(ADULTS), required=True),
            ),
        ),
        Section(
            "progress", (Question("progress", Choice(PROGRESS)), Question("progress_detail", Words())), nothing=True
        ),
        heading("difficulties"),
        FLAGGED,
        FOLLOWED_UP,
        ASSESSED,
    ),
)

INVESTIGATION = Form(
    "investigation",
    (
        PERIOD,
        Section(
            "support",
            (
                Question("partner", Choice(PARTNERS), required=True),
                Question("place", Where()),
                text("case_reference", most=60),
                Question("support", Choices(SUPPORT), required=True),
                Question("stage", Choice(STAGES), required=True),
                text("summary", required=True),
            ),
        ),
        heading("difficulties"),
        FLAGGED,
        FOLLOWED_UP,
        ASSESSED,
    ),
)

MEETING = Form(
    "meeting",
    (
        Section(
            "meeting",
            (
                Question("time", Moment(), required=True),
                Question("place", Where(), required=True),
                Question("partner", Choice(PARTNERS)),
                text("with_whom", required=True),
                text("subject", required=True),
                text("outcome", required=True),
            ),
        ),
        ENGAGED,
        FOLLOWED_UP,
        ASSESSED,
    ),
)

_FLASH = (
    Section("category", (Question("category", Choice(CATEGORIES), required=True),)),
    Section("occurred", (Question("occurred_at", Moment(), required=True),)),
    Section("where", (Question("place", Where(), required=True),)),
    Section("personnel", (Question("personnel", Choice(PERSONNEL), required=True),)),
    Section("help", (Question("help", Choice(HELP), required=True),)),
    Section("what", (text("what", most=1000),)),
    Section("action", (text("action", most=1000),), nothing=True),
    Section("reach", (text("reach", most=200),)),
)

# The reporter is known: with these seven the flash has its eight fields.
FLASH = Form("flash", _FLASH)

INCIDENT = Form(
    "incident",
    (
        *_FLASH,
        Section(
            "times",
            (Question("informed_at", Moment()), Question("on_scene_at", Moment()), Question("police_at", Moment())),
            nothing=True,
        ),
        Section("actors", (Question("actors", Choices(ACTORS), required=True),), nothing=True),
        Section(
            "victims",
            (
                Question("victim_kind", Choice(VICTIM_KINDS), required=True),
                Question("harm", Choice(HARM), required=True),
                Question("harmed", Counts(PEOPLE), required=True),
            ),
            nothing=True,
            turns=True,
        ),
        Section("means", (Question("means", Choice(MEANS), required=True),), nothing=True),
        Section("why", (text("why"),), nothing=True),
        Section("source", (Question("source", Choice(SOURCES)), Question("confidence", Choice(CONFIDENCE)))),
        heading("authorities"),
        Section(
            "property",
            (
                Question("property", Choices(PROPERTY), required=True),
                Question("property_detail", Words(), needs="property"),
                Question("evidence", Words()),
            ),
            nothing=True,
        ),
        PROTECTION,
        FLAGGED,
        Section("notified", (Question("notified", Choices(NOTIFIED), required=True),), nothing=True),
        FOLLOWED_UP,
        ASSESSED,
        Section("state", (Question("state", Choice(INCIDENT_STATES), required=True),)),
    ),
    # Which of several kinds were killed and which wounded could not be said with it.
    retired=(
        Section(
            "victims",
            (Question("victim_kind", Choices(VICTIM_KINDS)), *(Question(code, Counts(PEOPLE)) for code in HARM)),
        ),
    ),
)

FORMS: dict[str, Form] = {one.code: one for one in (DAILY, PATROL, TRAINED, INVESTIGATION, MEETING, FLASH, INCIDENT)}
# What an officer chooses from; a full incident report grows out of its flash.
OFFERED = (DAILY.code, PATROL.code, TRAINED.code, INVESTIGATION.code, MEETING.code, FLASH.code)

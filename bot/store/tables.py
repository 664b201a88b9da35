"""The tables. Instants are UTC; ids are made by the program (`ids.py`); officers and posts go by their codes."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.box_tables import agenda, fact, inbox, outbox
from bot.store.contact_tables import contact, contact_card, contact_doubt, next_of_kin
from bot.store.metadata import index_where, metadata, ref
from bot.store.report_tables import report, report_draft, report_reader, report_review, report_version
from bot.store.sitrep_tables import (
    attachment,
    errand,
    sitrep,
    sitrep_file,
    sitrep_report,
    sitrep_text,
    translation,
    translation_begun,
)
from bot.store.types import UtcDateTime

__all__ = [
    "absence", "agenda", "alert", "attachment", "audit", "checkin", "contact", "contact_card", "contact_doubt",
    "contingent", "draft", "duty", "errand", "fact", "inbox", "invite", "metadata", "mission", "next_of_kin", "officer",
    "outbox", "post",
    "report", "report_draft", "report_reader", "report_review", "report_version",
    "sitrep", "sitrep_file", "sitrep_report", "sitrep_text", "stranger", "translation", "translation_begun",
    "watch",
]  # fmt: skip

contingent = Table(
    "contingent",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", JSON, nullable=False),
    Column("home_timezone", String, nullable=False),
    Column("report_language", String, nullable=False),
    Column("digest_at", String, nullable=False),
    Column("duty_phone", String),
    Column("ladder", JSON, nullable=False),
    # Who it goes to, how it is marked, when it is prepared; nothing: no situation report is prepared by itself.
    Column("sitrep", JSON),
    Column("loaded_at", UtcDateTime, nullable=False),
)

mission = Table("mission", metadata, Column("code", String, primary_key=True), Column("name", JSON, nullable=False))

post = Table(
    "post",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", JSON, nullable=False),
    Column("timezone", String, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    # How many sets of which means of communication it holds.
    Column("channels", JSON(none_as_null=True)),
)

watch = Table(
    "watch",
    metadata,
    Column("code", String, primary_key=True),
    Column("posts", JSON, nullable=False),
    Column("times", JSON, nullable=False),
    Column("days", JSON, nullable=False),
    Column("every_s", Integer),
    Column("opens_before_s", Integer, nullable=False),
    Column("remind_before_s", Integer, nullable=False),
    Column("grace_s", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=text("0")),
)

officer = Table(
    "officer",
    metadata,
    Column("code", String, primary_key=True),
    Column("rank", JSON, nullable=False),
    Column("name", String, nullable=False),
    Column("service", JSON, nullable=False),
    Column("mission", String, ref("mission.code"), nullable=False),
    Column("post", String, ref("post.code"), nullable=False),
    Column("role", String, nullable=False),
    Column("language", String, nullable=False),
    Column("gender", String),
    Column("phone", String),
    Column("tour_from", Date),
    Column("tour_until", Date),
    Column("telegram_id", BigInteger, unique=True),
    Column("enrolled_at", UtcDateTime),
    Column("chose_language", Boolean, nullable=False, server_default=text("0")),
    Column("unreachable_since", UtcDateTime),
    # Up to when duties are made; nothing: plan anew what has not opened yet.
    Column("planned_until", UtcDateTime, index=True),
    Column("unit", JSON(none_as_null=True)),
    Column("call_sign", String),
)

invite = Table(
    "invite",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False, index=True),
    Column("code_hash", String, nullable=False, unique=True),
    Column("made_by", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by", BigInteger),
    Column("revoked_at", UtcDateTime),
)

stranger = Table(
    "stranger",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True),
    Column("window_from", UtcDateTime, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False),
    Column("watch", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("opens_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("deadline", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("next_at", UtcDateTime),
    Column("alert", BigInteger, index=True),
    Column("checkin", BigInteger),
    UniqueConstraint("officer", "watch", "slot"),
    Index("ix_duty_next_at", "next_at"),
    Index("ix_duty_officer_opens_at", "officer", "opens_at"),
    Index("ix_duty_due_at", "due_at"),
)

checkin = Table(
    "checkin",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("occurred_at", UtcDateTime),
    Column("received_at", UtcDateTime, nullable=False),
    Column("channel", String, nullable=False),
    Column("entered_by", String),
    Column("how_verified", String),
    Column("place", String),
    Column("remark", Text),
    Column("update_id", BigInteger),
    Index("ix_checkin_officer_sent_at", "officer", "sent_at"),
    Index("ix_checkin_received_at", "received_at"),
    Index("ix_checkin_officer_received_at", "officer", "received_at"),
)

alert = Table(
    "alert",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime),
    Column("rung", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("certain", Boolean, nullable=False),
    Column("owner", String),
    Column("taken_at", UtcDateTime),
    Column("lapsed", Boolean, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("proposed_by", String),
    Column("mistake_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String),
    Column("outcome", String),
    Column("reason", String),
    Column("note", Text),
    Column("how", String),
    Column("detail", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Index("ix_alert_next_at", "next_at"),
    Index("ix_alert_officer_opened_at", "officer", "opened_at"),
    # Two open alerts of one kind for one officer would be two people answering for the same case.
    index_where("uq_alert_open", "state <> 'closed'", "officer", "kind", unique=True),
)

absence = Table(
    "absence",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decided_by", String),
    Column("decided_at", UtcDateTime),
)

draft = Table(
    "draft",
    metadata,
    Column("officer", String, ref("officer.code"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String),
    Column("details", JSON, nullable=False),
    Index("ix_audit_at", "at"),
)

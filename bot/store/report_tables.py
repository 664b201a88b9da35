"""The tables of reports: the draft on the phone, the report, its versions, and what reviewers decided."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.store.metadata import index_where, metadata, ref
from bot.store.types import UtcDateTime

_INCIDENT = "form IN ('flash', 'incident')"
INCIDENT_FORM = text(f"report.{_INCIDENT}")

report_draft = Table(
    "report_draft",
    metadata,
    Column("officer", String, ref("officer.code"), primary_key=True),
    # A pile: the highest is being written, those below are laid aside until it is done.
    Column("slot", Integer, primary_key=True),
    Column("id", BigInteger, nullable=False, unique=True),
    Column("form", String, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("ntr", JSON, nullable=False),
    Column("at", String),
    Column("mending", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("language", String, nullable=False),
    Column("corrects", BigInteger),
    Column("reason", Text),
    Column("started_at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("officer", String, ref("officer.code"), nullable=False),
    # Where the officer served when it was written: a later move does not move the report.
    Column("post", String, ref("post.code"), nullable=False),
    Column("mission", String, ref("mission.code"), nullable=False),
    Column("form", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("reviewed_at", UtcDateTime),
    Column("reviewed_by", String),
    # Of its officer, and of the contingent, when it was first sent.
    Column("call_sign", String),
    Column("unit", JSON(none_as_null=True)),
    Column("marking", JSON(none_as_null=True)),
    UniqueConstraint("year", "serial"),
    Index("ix_report_officer_submitted_at", "officer", "submitted_at"),
    Index("ix_report_until", "until"),
    index_where("ix_report_incident", _INCIDENT, "post", "submitted_at"),
    index_where("ix_report_waiting", "state = 'submitted'", "post", "submitted_at"),
)

report_version = Table(
    "report_version",
    metadata,
    Column("report", BigInteger, ref("report.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("form", String, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("ntr", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("reason", Text),
    # The draft that it was: submitted once, however often Send is pressed.
    Column("draft", BigInteger, unique=True),
)

# Who was told of a flash, at whichever post: they may read what becomes of it.
report_reader = Table(
    "report_reader",
    metadata,
    Column("report", BigInteger, ref("report.id"), primary_key=True),
    Column("officer", String, ref("officer.code"), primary_key=True),
)

report_review = Table(
    "report_review",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("report", BigInteger, ref("report.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("reviewer", String, ref("officer.code"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("decision", String, nullable=False),
    Column("question", Text),
    Column("answer", Text),
    Column("answered_at", UtcDateTime),
)

"""Duty reports: drafts, reports, their versions, and what command said of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [to], name=name, deferrable=True, initially="DEFERRED")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "report_draft",
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("ntr", sa.JSON, nullable=False),
        sa.Column("at", sa.String),
        sa.Column("mending", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("corrects", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("touched_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_report_draft"),
        sa.UniqueConstraint("id", name="uq_report_draft_id"),
        _reference("report_draft", "officer", "officer.code"),
    )

    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("post", sa.String, nullable=False),
        sa.Column("mission", sa.String, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.Column("submitted_at", UtcDateTime, nullable=False),
        sa.Column("reviewed_at", UtcDateTime),
        sa.Column("reviewed_by", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("number", name="uq_report_number"),
        sa.UniqueConstraint("year", "serial", name="uq_report_year_serial"),
        _reference("report", "officer", "officer.code"),
        _reference("report", "post", "post.code"),
        _reference("report", "mission", "mission.code"),
    )
    op.create_index("ix_report_officer_submitted_at", "report", ["officer", "submitted_at"])
    op.create_index("ix_report_until", "report", ["until"])
    op.create_index("ix_report_waiting", "report", ["post", "submitted_at"], **_where("state = 'submitted'"))

    op.create_table(
        "report_version",
        sa.Column("report", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("ntr", sa.JSON, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("report", "number", name="pk_report_version"),
        _reference("report_version", "report", "report.id"),
    )

    op.create_table(
        "report_review",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("report", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("answered_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_report_review"),
        _reference("report_review", "report", "report.id"),
        _reference("report_review", "reviewer", "officer.code"),
    )
    op.create_index("ix_report_review_report", "report_review", ["report"])

"""What goes out: attachments, situation reports, translations, and the errands that they wait for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0004"
down_revision = "0003"


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [to], name=name, deferrable=True, initially="DEFERRED")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.add_column("contingent", sa.Column("sitrep", sa.JSON))

    op.create_table(
        "errand",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("owed_at", UtcDateTime, nullable=False),
        sa.Column("not_before", UtcDateTime, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_errand"),
        sa.UniqueConstraint("kind", "subject", name="uq_errand_kind_subject"),
    )
    op.create_index("ix_errand_owed", "errand", ["not_before"], **_where("state = 'owed'"))

    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("draft", sa.BigInteger, nullable=False),
        sa.Column("report", sa.BigInteger),
        sa.Column("version", sa.Integer),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("file_id", sa.String),
        sa.Column("name", sa.String),
        sa.Column("caption", sa.Text),
        sa.Column("album", sa.String),
        sa.Column("size", sa.BigInteger),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.Column("type", sa.String),
        sa.Column("sha256", sa.String),
        sa.Column("fetched_at", UtcDateTime),
        sa.Column("why", sa.String),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        _reference("attachment", "officer", "officer.code"),
        _reference("attachment", "report", "report.id"),
    )
    op.create_index("ix_attachment_draft", "attachment", ["draft"])
    op.create_index("ix_attachment_report", "attachment", ["report"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
    op.create_index("ix_attachment_fetching", "attachment", ["id"], **_where("state = 'fetching'"))

    op.create_table(
        "sitrep",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("prepared_at", UtcDateTime, nullable=False),
        sa.Column("prepared_by", sa.String),
        sa.Column("approved_at", UtcDateTime),
        sa.Column("approved_by", sa.String),
        sa.Column("facts", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_sitrep"),
        sa.UniqueConstraint("number", name="uq_sitrep_number"),
        sa.UniqueConstraint("kind", "year", "serial", name="uq_sitrep_kind_year_serial"),
        sa.UniqueConstraint("kind", "since", "until", name="uq_sitrep_kind_since_until"),
        _reference("sitrep", "prepared_by", "officer.code"),
        _reference("sitrep", "approved_by", "officer.code"),
    )
    op.create_index("ix_sitrep_until", "sitrep", ["until"])

    op.create_table(
        "sitrep_text",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("sitrep", sa.BigInteger, nullable=False),
        sa.Column("heading", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sitrep_text"),
        _reference("sitrep_text", "sitrep", "sitrep.id"),
        _reference("sitrep_text", "author", "officer.code"),
    )
    op.create_index("ix_sitrep_text_sitrep", "sitrep_text", ["sitrep"])

    op.create_table(
        "translation",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.String),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_translation"),
        _reference("translation", "author", "officer.code"),
    )
    op.create_index("ix_translation_source", "translation", ["source", "digest"])

    op.create_table(
        "sitrep_file",
        sa.Column("sitrep", sa.BigInteger, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("sitrep", "format", "language", name="pk_sitrep_file"),
        _reference("sitrep_file", "sitrep", "sitrep.id"),
    )

    op.create_table(
        "sitrep_report",
        sa.Column("sitrep", sa.BigInteger, nullable=False),
        sa.Column("report", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("sitrep", "report", name="pk_sitrep_report"),
        _reference("sitrep_report", "sitrep", "sitrep.id"),
        _reference("sitrep_report", "report", "report.id"),
    )
    op.create_index("ix_sitrep_report_report", "sitrep_report", ["report"])

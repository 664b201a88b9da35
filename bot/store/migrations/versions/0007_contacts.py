"""The directory: contacts, what is in doubt about them, next of kin, and who has the emergency card."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0007"
down_revision = "0006"


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [to], name=name, deferrable=True, initially="DEFERRED")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("category", sa.String, nullable=False),
        sa.Column("name", sa.String),
        sa.Column("rank", sa.JSON),
        sa.Column("function", sa.JSON),
        sa.Column("organisation", sa.JSON),
        sa.Column("post", sa.String),
        sa.Column("place", sa.JSON),
        sa.Column("phones", sa.JSON, nullable=False),
        sa.Column("email", sa.String),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("hours", sa.JSON),
        sa.Column("pace", sa.String),
        sa.Column("roles", sa.Integer, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("verified_on", sa.Date),
        sa.Column("verified_by", sa.String),
        sa.Column("officer", sa.String),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("corrected_at", UtcDateTime),
        sa.Column("retired_at", UtcDateTime),
        sa.PrimaryKeyConstraint("code", name="pk_contact"),
        sa.UniqueConstraint("officer", name="uq_contact_officer"),
        _reference("contact", "post", "post.code"),
        _reference("contact", "verified_by", "officer.code"),
        _reference("contact", "officer", "officer.code"),
    )
    op.create_index("ix_contact_post", "contact", ["post"])

    op.create_table(
        "contact_doubt",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("contact", sa.String, nullable=False),
        sa.Column("said_by", sa.String, nullable=False),
        sa.Column("said_at", UtcDateTime, nullable=False),
        sa.Column("settled_by", sa.String),
        sa.Column("settled_at", UtcDateTime),
        sa.Column("outcome", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_contact_doubt"),
        _reference("contact_doubt", "said_by", "officer.code"),
        _reference("contact_doubt", "settled_by", "officer.code"),
    )
    op.create_index("ix_contact_doubt_contact", "contact_doubt", ["contact"])
    op.create_index(
        "uq_contact_doubt_open", "contact_doubt", ["contact", "said_by"], unique=True, **_where("settled_at is null")
    )

    op.create_table(
        "next_of_kin",
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("relation", sa.String, nullable=False),
        sa.Column("phone", sa.String, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("note", sa.Text),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_next_of_kin"),
        _reference("next_of_kin", "officer", "officer.code"),
    )

    op.create_table(
        "contact_card",
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("says", sa.String, nullable=False),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_contact_card"),
        _reference("contact_card", "officer", "officer.code"),
    )

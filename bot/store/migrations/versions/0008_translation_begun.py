"""A translation that is begun and not all yet, as a row of its own author."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _reference(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_translation_begun_{column}"
    return sa.ForeignKeyConstraint([column], [to], name=name, deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    op.create_table(
        "translation_begun",
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("sitrep", sa.BigInteger, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("mark", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("ours", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_translation_begun"),
        _reference("officer", "officer.code"),
        _reference("sitrep", "sitrep.id"),
    )

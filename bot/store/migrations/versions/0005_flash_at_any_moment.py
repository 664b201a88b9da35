"""A pile of drafts, so that a flash can be begun at any moment; who was told of it; and what a draft became."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [to], name=name, deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    with op.batch_alter_table("report_draft") as draft:
        draft.add_column(sa.Column("slot", sa.Integer, nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("report_draft") as draft:
        draft.alter_column("slot", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        draft.drop_constraint("pk_report_draft", type_="primary")
        draft.create_primary_key("pk_report_draft", ["officer", "slot"])

    with op.batch_alter_table("report_version") as version:
        version.add_column(sa.Column("draft", sa.BigInteger))
        version.create_unique_constraint("uq_report_version_draft", ["draft"])

    op.create_table(
        "report_reader",
        sa.Column("report", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("report", "officer", name="pk_report_reader"),
        _reference("report_reader", "report", "report.id"),
        _reference("report_reader", "officer", "officer.code"),
    )
    # Of flashes told before, for as long as the outbox still knows.
    op.execute(
        "INSERT INTO report_reader (report, officer) SELECT DISTINCT report.id, outbox.officer FROM outbox"
        " JOIN report ON outbox.thread = 'report:' || report.id"
        " WHERE outbox.kind = 'flash_news' AND outbox.officer IS NOT NULL"
    )

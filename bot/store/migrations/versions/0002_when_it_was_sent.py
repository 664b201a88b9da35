"""When an update was sent, beside when it came in; how an officer was verified; the home service in both languages."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("sent_at", UtcDateTime))
    op.execute("UPDATE inbox SET sent_at = received_at")
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("sent_at", existing_type=UtcDateTime(), nullable=False)
    op.add_column("alert", sa.Column("how", sa.String))
    # A name given once is used in both languages.
    names = sa.table("officer", sa.column("service", sa.String))
    both = sa.func.json_object("en", names.c.service, "fr", names.c.service)
    op.execute(names.update().values(service=both))
    with op.batch_alter_table("officer") as officer:
        officer.alter_column("service", existing_type=sa.String(), type_=sa.JSON(), existing_nullable=False)

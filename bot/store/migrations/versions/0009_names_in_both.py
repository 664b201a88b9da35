"""The name of a contact in both languages, as its function is."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_OUTBOX = sa.table("outbox", sa.column("id"), sa.column("facts"), sa.column("state"))


def upgrade() -> None:
    # A name given once is used in both languages.
    names = sa.table("contact", sa.column("name", sa.String))
    both = sa.func.json_object("en", names.c.name, "fr", names.c.name)
    op.execute(names.update().where(names.c.name.is_not(None)).values(name=both))
    with op.batch_alter_table("contact") as contact:
        contact.alter_column("name", existing_type=sa.String(), type_=sa.JSON(), existing_nullable=True)
    op.drop_index("ix_contact_post", "contact")
    op.create_index("ix_contact_post_category", "contact", ["post", "category"])
    _rewrite_what_is_owed(op.get_bind())


def _rewrite_what_is_owed(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_OUTBOX).where(_OUTBOX.c.state.in_(("owed", "sending")))).all():
        facts = json.loads(row.facts)
        _name_in_both(facts)
        conn.execute(_OUTBOX.update().where(_OUTBOX.c.id == row.id).values(facts=json.dumps(facts)))


def _name_in_both(value: Any) -> None:
    if isinstance(value, dict):
        # Nothing else has a category and phones.
        if isinstance(name := value.get("name"), str) and {"category", "phones"} <= value.keys():
            value["name"] = {"en": name, "fr": name}
        for part in value.values():
            _name_in_both(part)
    elif isinstance(value, list):
        for part in value:
            _name_in_both(part)

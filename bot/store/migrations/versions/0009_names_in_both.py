"""The name of a contact in both languages, as its function is; and one question for all that is typed into an entry."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_OUTBOX = sa.table("outbox", sa.column("id"), sa.column("kind"), sa.column("facts"), sa.column("state"))
_ASKED = "ask_own_function"


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
    # The officer who was just asked what they do has the answer taken.
    questions = sa.table("draft", sa.column("kind", sa.String), sa.column("data", sa.JSON))
    op.execute(
        questions.update()
        .where(questions.c.kind == "own_function")
        .values(kind="own_field", data=sa.func.json_object("of", "function"))
    )


def _rewrite_what_is_owed(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_OUTBOX).where(_OUTBOX.c.state.in_(("owed", "sending")))).all():
        facts = json.loads(row.facts)
        _name_in_both(facts)
        kind = row.kind
        if kind == _ASKED:
            kind, facts = "ask_own_field", facts | {"of": "function"}
        conn.execute(_OUTBOX.update().where(_OUTBOX.c.id == row.id).values(kind=kind, facts=json.dumps(facts)))


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

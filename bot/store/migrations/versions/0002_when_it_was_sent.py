"""When an update was sent, beside when it came in; how an officer was verified; the home service in both languages.

What waits in the inbox is judged by when it was sent from now on, and what is owed has to be read by this version: a
receipt that an old one wrote goes out all the same.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"

_INBOX = sa.table(
    "inbox", sa.column("bot"), sa.column("update_id"), sa.column("raw"), sa.column("state"), sa.column("sent_at")
)
_OUTBOX = sa.table("outbox", sa.column("id"), sa.column("kind"), sa.column("facts"), sa.column("state"))


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("sent_at", UtcDateTime))
    op.execute("UPDATE inbox SET sent_at = received_at")
    _date_what_waits(op.get_bind())
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("sent_at", existing_type=UtcDateTime(), nullable=False)
    op.add_column("alert", sa.Column("how", sa.String))
    op.create_index("ix_checkin_officer_received_at", "checkin", ["officer", "received_at"])
    # A name given once is used in both languages.
    names = sa.table("officer", sa.column("service", sa.String))
    both = sa.func.json_object("en", names.c.service, "fr", names.c.service)
    op.execute(names.update().values(service=both))
    with op.batch_alter_table("officer") as officer:
        officer.alter_column("service", existing_type=sa.String(), type_=sa.JSON(), existing_nullable=False)
    _rewrite_what_is_owed(op.get_bind())


def _date_what_waits(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_INBOX).where(_INBOX.c.state == "new")).all():
        try:
            sent_at = int(json.loads(row.raw)["message"]["date"]) * 1_000_000
        except (ValueError, KeyError, TypeError):
            continue  # a press carries no date, and what is no update is told by the desk
        which = (_INBOX.c.bot == row.bot) & (_INBOX.c.update_id == row.update_id)
        conn.execute(_INBOX.update().where(which, _INBOX.c.sent_at > sent_at).values(sent_at=sent_at))


def _rewrite_what_is_owed(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_OUTBOX).where(_OUTBOX.c.state.in_(("owed", "sending")))).all():
        facts = _rewritten(row.kind, json.loads(row.facts))
        conn.execute(_OUTBOX.update().where(_OUTBOX.c.id == row.id).values(facts=json.dumps(facts)))


def _rewritten(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    _name_in_both(facts)
    if kind == "receipt":
        facts.pop("help_open", None)
    elif kind == "welcome":
        facts["watches"] = [{"times": facts.pop("times", []), "days": list(range(7))}]
    elif kind == "me":
        facts.setdefault("overdue", None)
    return facts


def _name_in_both(value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(name := value.get("service"), str):
            value["service"] = {"en": name, "fr": name}
        for part in value.values():
            _name_in_both(part)
    elif isinstance(value, list):
        for part in value:
            _name_in_both(part)

"""The first tables. There is no way down: the way back from a migration is the backup taken before it.

References are checked at commit (deferred): a batch writes its rows a table at a time, not in the order decided.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0001"
down_revision = None


def _reference(table: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{to}"
    return sa.ForeignKeyConstraint([to], [f"{to}.code"], name=name, deferrable=True, initially="DEFERRED")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "contingent",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("home_timezone", sa.String, nullable=False),
        sa.Column("report_language", sa.String, nullable=False),
        sa.Column("digest_at", sa.String, nullable=False),
        sa.Column("duty_phone", sa.String),
        sa.Column("ladder", sa.JSON, nullable=False),
        sa.Column("loaded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_contingent"),
    )

    op.create_table(
        "mission",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_mission"),
    )

    op.create_table(
        "post",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.PrimaryKeyConstraint("code", name="pk_post"),
    )

    op.create_table(
        "watch",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("posts", sa.JSON, nullable=False),
        sa.Column("times", sa.JSON, nullable=False),
        sa.Column("days", sa.JSON, nullable=False),
        sa.Column("every_s", sa.Integer),
        sa.Column("opens_before_s", sa.Integer, nullable=False),
        sa.Column("remind_before_s", sa.Integer, nullable=False),
        sa.Column("grace_s", sa.Integer, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("code", name="pk_watch"),
    )

    op.create_table(
        "officer",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("rank", sa.JSON, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("mission", sa.String, nullable=False),
        sa.Column("post", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("gender", sa.String),
        sa.Column("phone", sa.String),
        sa.Column("tour_from", sa.Date),
        sa.Column("tour_until", sa.Date),
        sa.Column("telegram_id", sa.BigInteger),
        sa.Column("enrolled_at", UtcDateTime),
        sa.Column("chose_language", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sa.Column("unreachable_since", UtcDateTime),
        sa.Column("planned_until", UtcDateTime),
        sa.PrimaryKeyConstraint("code", name="pk_officer"),
        _reference("officer", "mission"),
        _reference("officer", "post"),
        sa.UniqueConstraint("telegram_id", name="uq_officer_telegram_id"),
    )
    op.create_index("ix_officer_planned_until", "officer", ["planned_until"])

    op.create_table(
        "invite",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("code_hash", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("used_at", UtcDateTime),
        sa.Column("used_by", sa.BigInteger),
        sa.Column("revoked_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_invite"),
        _reference("invite", "officer"),
        sa.UniqueConstraint("code_hash", name="uq_invite_code_hash"),
    )
    op.create_index("ix_invite_officer", "invite", ["officer"])

    op.create_table(
        "stranger",
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("window_from", UtcDateTime, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_stranger"),
    )

    op.create_table(
        "duty",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("watch", sa.String, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("opens_at", UtcDateTime, nullable=False),
        sa.Column("remind_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("deadline", UtcDateTime, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("stage", sa.Integer, nullable=False),
        sa.Column("next_at", UtcDateTime),
        sa.Column("alert", sa.BigInteger),
        sa.Column("checkin", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
        _reference("duty", "officer"),
        sa.UniqueConstraint("officer", "watch", "slot", name="uq_duty_officer_watch_slot"),
    )
    op.create_index("ix_duty_alert", "duty", ["alert"])
    op.create_index("ix_duty_due_at", "duty", ["due_at"])
    op.create_index("ix_duty_next_at", "duty", ["next_at"])
    op.create_index("ix_duty_officer_opens_at", "duty", ["officer", "opens_at"])

    op.create_table(
        "checkin",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.Column("occurred_at", UtcDateTime),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("entered_by", sa.String),
        sa.Column("how_verified", sa.String),
        sa.Column("place", sa.String),
        sa.Column("remark", sa.Text),
        sa.Column("update_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_checkin"),
        _reference("checkin", "officer"),
    )
    op.create_index("ix_checkin_officer_sent_at", "checkin", ["officer", "sent_at"])
    op.create_index("ix_checkin_received_at", "checkin", ["received_at"])

    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("next_at", UtcDateTime),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("certain", sa.Boolean, nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("taken_at", UtcDateTime),
        sa.Column("lapsed", sa.Boolean, nullable=False),
        sa.Column("answered_at", UtcDateTime),
        sa.Column("proposed_by", sa.String),
        sa.Column("mistake_at", UtcDateTime),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("closed_by", sa.String),
        sa.Column("outcome", sa.String),
        sa.Column("reason", sa.String),
        sa.Column("note", sa.Text),
        sa.Column("detail", sa.Text),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        _reference("alert", "officer"),
    )
    op.create_index("ix_alert_next_at", "alert", ["next_at"])
    op.create_index("ix_alert_officer_opened_at", "alert", ["officer", "opened_at"])
    op.create_index("uq_alert_open", "alert", ["officer", "kind"], unique=True, **_where("state <> 'closed'"))

    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("starts_at", UtcDateTime, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("decided_by", sa.String),
        sa.Column("decided_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        _reference("absence", "officer"),
    )
    op.create_index("ix_absence_officer", "absence", ["officer"])

    op.create_table(
        "draft",
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_draft"),
        _reference("draft", "officer"),
    )

    op.create_table(
        "inbox",
        sa.Column("bot", sa.BigInteger, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("reference", sa.String),
        sa.PrimaryKeyConstraint("bot", "update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["update_id"], **_where("state = 'new'"))

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.String),
        sa.Column("chat", sa.BigInteger),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("owed_at", UtcDateTime, nullable=False),
        sa.Column("not_before", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("error", sa.String),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("shown_in", sa.BigInteger),
        sa.Column("sent_at", UtcDateTime),
        sa.Column("key", sa.String),
        sa.Column("thread", sa.String),
        sa.Column("edits", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        _reference("outbox", "officer"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_officer_message_id", "outbox", ["officer", "message_id"])
    op.create_index("ix_outbox_owed", "outbox", ["priority", "id"], **_where("state = 'owed'"))
    op.create_index("ix_outbox_sending", "outbox", ["id"], **_where("state = 'sending'"))
    op.create_index("ix_outbox_thread", "outbox", ["thread"])

    op.create_table(
        "agenda",
        sa.Column("what", sa.String, nullable=False),
        sa.Column("next_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_agenda"),
    )

    op.create_table(
        "fact",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
    )

    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])

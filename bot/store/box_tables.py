"""The tables of what goes through: updates received, messages owed, what is due and belongs to nobody, small facts."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text, text

from bot.store.metadata import index_where, metadata, ref
from bot.store.types import UtcDateTime

inbox = Table(
    "inbox",
    metadata,
    Column("bot", BigInteger, primary_key=True),
    Column("update_id", BigInteger, primary_key=True),
    Column("received_at", UtcDateTime, nullable=False),
    # When Telegram received it: while it waits for us, the picture is known only up to then.
    Column("sent_at", UtcDateTime, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("error", Text),
    Column("reference", String),
    index_where("ix_inbox_waiting", "state = 'new'", "update_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code")),
    Column("chat", BigInteger),
    Column("kind", String, nullable=False),
    Column("facts", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("owed_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("error", String),
    Column("message_id", BigInteger),
    Column("shown_in", BigInteger),  # the chat in which `message_id` counts
    Column("sent_at", UtcDateTime),
    # What must not be owed twice, such as (alert, rung, round, recipient).
    Column("key", String, unique=True),
    # What it belongs to, such as `duty:17`: withdrawn or edited as one.
    Column("thread", String, index=True),
    # The row whose message on the screen this one edits.
    Column("edits", BigInteger),
    Index("ix_outbox_officer_message_id", "officer", "message_id"),
    index_where("ix_outbox_owed", "state = 'owed'", "priority", "id"),
    index_where("ix_outbox_sending", "state = 'sending'", "id"),
)

agenda = Table(
    "agenda",
    metadata,
    Column("what", String, primary_key=True),
    Column("next_at", UtcDateTime, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

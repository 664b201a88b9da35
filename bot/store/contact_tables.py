"""The tables of the directory: contacts, what is in doubt about them, next of kin, and cards that are pinned."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, String, Table, Text

from bot.store.metadata import index_where, metadata, ref
from bot.store.types import UtcDateTime

contact = Table(
    "contact",
    metadata,
    Column("code", String, primary_key=True),
    # Who laid it down: `file`, `import`, or `officer` for what somebody has added to the own entry of the roster.
    Column("source", String, nullable=False),
    Column("category", String, nullable=False),
    # Nothing in the sense of SQL where it is an office: lists are sorted by that.
    Column("name", JSON(none_as_null=True)),
    Column("rank", JSON),
    Column("function", JSON),
    Column("organisation", JSON),
    Column("post", String, ref("post.code")),
    Column("place", JSON),
    Column("phones", JSON, nullable=False),
    Column("email", String),
    Column("languages", JSON, nullable=False),
    Column("hours", JSON),
    Column("pace", String),
    # Who may see it: a bit for each role, asked for in the query itself. Nothing set: nobody.
    Column("roles", Integer, nullable=False),
    Column("valid_until", Date),
    Column("verified_on", Date),
    Column("verified_by", String, ref("officer.code")),
    Column("officer", String, ref("officer.code"), unique=True),
    # Folded once, when it is written: what it is found by, with the weight of the field.
    Column("words", JSON, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    # Since when its numbers are those that a lead has corrected in chat; nothing once who laid it down says the same.
    Column("corrected_at", UtcDateTime),
    # Gone from the file that laid it down: nobody sees it, and what was said about it stays.
    Column("retired_at", UtcDateTime),
    Index("ix_contact_post_category", "post", "category"),
)

# Somebody has said that a number is wrong; open until a lead has settled it.
contact_doubt = Table(
    "contact_doubt",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("contact", String, nullable=False, index=True),
    Column("said_by", String, ref("officer.code"), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("settled_by", String, ref("officer.code")),
    Column("settled_at", UtcDateTime),
    Column("outcome", String),
    index_where("uq_contact_doubt_open", "settled_at is null", "contact", "said_by", unique=True),
)

# Read by commander and deputy alone, and each look is in the audit.
next_of_kin = Table(
    "next_of_kin",
    metadata,
    Column("officer", String, ref("officer.code"), primary_key=True),
    Column("name", String, nullable=False),
    Column("relation", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("language", String),
    Column("note", Text),
    Column("changed_at", UtcDateTime, nullable=False),
)

# Who has the emergency card of their post, and which one: when it says something else, they get it anew.
contact_card = Table(
    "contact_card",
    metadata,
    Column("officer", String, ref("officer.code"), primary_key=True),
    Column("says", String, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

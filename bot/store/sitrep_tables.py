"""The tables of what goes out: attachments, situation reports, translations, and the errands that they wait for."""

from sqlalchemy import JSON, BigInteger, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.store.metadata import index_where, metadata, ref
from bot.store.types import UtcDateTime

# What is fetched, printed, mailed or translated outside the transaction that owed it.
errand = Table(
    "errand",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", String, nullable=False),
    # What must not be owed twice: an id, or an id with a format.
    Column("subject", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("owed_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("error", Text),
    UniqueConstraint("kind", "subject"),
    index_where("ix_errand_owed", "state = 'owed'", "not_before"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("officer", String, ref("officer.code"), nullable=False),
    # The draft to which it was attached; once submitted, the report and the version that brought it.
    Column("draft", BigInteger, nullable=False, index=True),
    Column("report", BigInteger, ref("report.id"), index=True),
    Column("version", Integer),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("file_id", String),
    Column("name", String),
    Column("caption", Text),
    # What was sent together: each comes as a message of its own.
    Column("album", String),
    Column("size", BigInteger),
    Column("sent_at", UtcDateTime, nullable=False),
    # Of what was fetched: its type by its content, and its hash, which is its name on the disk.
    Column("type", String),
    Column("sha256", String, index=True),
    Column("fetched_at", UtcDateTime),
    Column("why", String),
    Column("latitude", Float),
    Column("longitude", Float),
    index_where("ix_attachment_fetching", "state = 'fetching'", "id"),
)

sitrep = Table(
    "sitrep",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("prepared_at", UtcDateTime, nullable=False),
    Column("prepared_by", String, ref("officer.code")),
    Column("approved_at", UtcDateTime),
    Column("approved_by", String, ref("officer.code")),
    # All that it says, as it was approved: later corrections of reports do not reach it.
    Column("facts", JSON),
    UniqueConstraint("kind", "year", "serial"),
    UniqueConstraint("kind", "since", "until"),
    Index("ix_sitrep_until", "until"),
)

# What command writes itself: the newest row of a heading counts, those before stay.
sitrep_text = Table(
    "sitrep_text",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("sitrep", BigInteger, ref("sitrep.id"), nullable=False, index=True),
    Column("heading", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("author", String, ref("officer.code"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Beside the original, never in its place: by a person, or by a machine until a person has confirmed it.
translation = Table(
    "translation",
    metadata,
    Column("id", BigInteger, primary_key=True),
    # What it translates: `report:17:observations` or `sitrep:3:comments`, and the hash of those very words.
    Column("source", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", String, ref("officer.code")),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_translation_source", "source", "digest"),
)

# What somebody has typed of a translation that is longer than one message: nobody else's until it is said to be all.
translation_begun = Table(
    "translation_begun",
    metadata,
    Column("officer", String, ref("officer.code"), primary_key=True),
    Column("sitrep", BigInteger, ref("sitrep.id"), nullable=False),
    # Into which one, and the beginning of the hash of the passage.
    Column("language", String, nullable=False),
    Column("mark", String, nullable=False),
    Column("text", Text, nullable=False),
    # What is kept with the question: whether the original speaks of its writer in danger.
    Column("ours", String, nullable=False),
)

sitrep_file = Table(
    "sitrep_file",
    metadata,
    Column("sitrep", BigInteger, ref("sitrep.id"), primary_key=True),
    Column("format", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

# Which versions of reports an approved one rests on: what comes in later, or is corrected, goes into the next.
sitrep_report = Table(
    "sitrep_report",
    metadata,
    Column("sitrep", BigInteger, ref("sitrep.id"), primary_key=True),
    Column("report", BigInteger, ref("report.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Index("ix_sitrep_report_report", "report"),
)

"""What a report keeps of its officer, the channels of a post, and victims told apart by kind and by what happened.

Reports and drafts are converted to the questions of today. The old form could not say which of several kinds of victims
were killed and which wounded: they are of the first. What was approved, with its facts, stays as it is.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_UNMARKED = {"en": "Unclassified", "fr": "Non classifié"}
_CHANNELS = {"radio": "vhf", "telephone": "mobile"}
_HARM = ("killed", "wounded", "abducted", "displaced_people")
_GONE = ("victim_kind", *_HARM)
_FIRST = "victims.0.victim_kind"

_CONTINGENT = sa.table("contingent", sa.column("sitrep", sa.JSON))
_REPORT = sa.table("report", sa.column("marking", sa.JSON))
_VERSION = sa.table("report_version", *map(sa.column, ("report", "number", "answers")))
_DRAFT = sa.table("report_draft", *map(sa.column, ("id", "answers", "at")))
_OUTBOX = sa.table("outbox", *map(sa.column, ("id", "kind", "facts", "state")))


def upgrade() -> None:
    op.add_column("officer", sa.Column("unit", sa.JSON))
    op.add_column("officer", sa.Column("call_sign", sa.String))
    op.add_column("post", sa.Column("channels", sa.JSON))
    op.add_column("report", sa.Column("call_sign", sa.String))
    op.add_column("report", sa.Column("unit", sa.JSON))
    op.add_column("report", sa.Column("marking", sa.JSON))
    where = sa.text("form IN ('flash', 'incident')")
    op.create_index(
        "ix_report_incident", "report", ["post", "submitted_at"], sqlite_where=where, postgresql_where=where
    )
    conn = op.get_bind()
    _mark(conn)
    _convert_versions(conn)
    _convert_drafts(conn)
    _convert_what_is_owed(conn)


def _mark(conn: sa.Connection) -> None:
    plan = conn.execute(sa.select(_CONTINGENT.c.sitrep)).scalar()
    conn.execute(_REPORT.update().values(marking=(plan or {}).get("marking") or _UNMARKED))


def _convert_versions(conn: sa.Connection) -> None:
    # Of years of reports only those that hold such an answer.
    old = sa.or_(*(_VERSION.c.answers.like(f'%"{word}"%') for word in ("victim_kind", *_CHANNELS)))
    for row in conn.execute(sa.select(_VERSION).where(old)).all():
        which = (_VERSION.c.report == row.report) & (_VERSION.c.number == row.number)
        answers = json.dumps(_converted(json.loads(row.answers)))
        conn.execute(_VERSION.update().where(which).values(answers=answers))


def _convert_drafts(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_DRAFT)).all():
        answers = _converted(json.loads(row.answers))
        turns = len({key.rpartition(".")[0] for key in answers if key.startswith("victims.")})
        answers |= {f"victims.{turn}.more": "yes" for turn in range(turns - 1)}
        at = _FIRST if row.at in _GONE else row.at
        conn.execute(_DRAFT.update().where(_DRAFT.c.id == row.id).values(answers=json.dumps(answers), at=at))


def _convert_what_is_owed(conn: sa.Connection) -> None:
    kinds = ("ask_report", "report_mend", "report_preview", "report_card")
    waits = _OUTBOX.c.state.in_(("owed", "sending")) & _OUTBOX.c.kind.in_(kinds)
    for row in conn.execute(sa.select(_OUTBOX).where(waits)).all():
        facts = json.loads(row.facts)
        if facts.get("key") in _GONE:
            facts |= {"key": _FIRST, "answer": None, "before": None}
        if "keys" in facts:
            facts["keys"] = [key for key in facts["keys"] if key not in _GONE]
        for part in (facts, facts.get("view") or {}):
            if "answers" in part:
                part["answers"] = _converted(part["answers"])
        conn.execute(_OUTBOX.update().where(_OUTBOX.c.id == row.id).values(facts=json.dumps(facts)))


def _converted(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers to the questions of today, in their order."""
    found: dict[str, Any] = {}
    for key, value in answers.items():
        if key == "equipment" and value:
            found[key] = list(dict.fromkeys(_CHANNELS.get(one, one) for one in value))
        elif key in _GONE:
            found |= _turns(answers)
        else:
            found[key] = value
    return found


def _turns(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the victims: a turn for each thing that happened to somebody; numbers of nobody are no turn beside it."""
    kind = {"victim_kind": answers["victim_kind"][0]} if answers.get("victim_kind") else {}
    counted = [{"harm": harm, "harmed": answers[harm]} for harm in _HARM if answers.get(harm)]
    some = [one for one in counted if any(one["harmed"].values())]
    turns: list[dict[str, Any]] = some or counted[:1] or [{}]
    return {f"victims.{turn}.{key}": value for turn, one in enumerate(turns) for key, value in {**kind, **one}.items()}

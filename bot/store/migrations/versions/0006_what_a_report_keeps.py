"""What a report keeps of its officer, the channels of a post, and victims told apart by kind and by what happened.

Reports and drafts are converted to the questions of today. The old form could not say which of several kinds of victims
were killed and which wounded: such a report stays as it was sent, and a draft is asked for the kind again. What was
approved, with its facts, stays as it is. Messages that are owed are given the facts that those of today have.
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
_SITREP = sa.table("sitrep", *map(sa.column, ("id", "language")))
_OUTBOX = sa.table("outbox", *map(sa.column, ("id", "kind", "facts", "state")))
_OF_REPORTS = ("ask_report", "report_mend", "report_preview", "report_card")
_OF_SITREPS = ("sitrep_card", "ask_approval", "sitrep_passage", "translations_done")


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
        answers = json.dumps(_as_sent(json.loads(row.answers)))
        conn.execute(_VERSION.update().where(which).values(answers=answers))


def _convert_drafts(conn: sa.Connection) -> None:
    for row in conn.execute(sa.select(_DRAFT)).all():
        answers = _converted(json.loads(row.answers))
        turns = len({key.rpartition(".")[0] for key in answers if key.startswith("victims.")})
        answers |= {f"victims.{turn}.more": "yes" for turn in range(turns - 1)}
        at = _FIRST if row.at in _GONE else row.at
        conn.execute(_DRAFT.update().where(_DRAFT.c.id == row.id).values(answers=json.dumps(answers), at=at))


def _convert_what_is_owed(conn: sa.Connection) -> None:
    languages = {row.id: row.language for row in conn.execute(sa.select(_SITREP)).all()}
    waits = _OUTBOX.c.state.in_(("owed", "sending")) & _OUTBOX.c.kind.in_((*_OF_REPORTS, *_OF_SITREPS))
    for row in conn.execute(sa.select(_OUTBOX).where(waits)).all():
        facts = json.loads(row.facts)
        if row.kind in _OF_REPORTS:
            _convert_of_report(facts)
        else:
            _convert_of_sitrep(row.kind, facts, languages)
        conn.execute(_OUTBOX.update().where(_OUTBOX.c.id == row.id).values(facts=json.dumps(facts)))


def _convert_of_report(facts: dict[str, Any]) -> None:
    if facts.get("key") in _GONE:
        facts |= {"key": _FIRST, "answer": None, "before": None}
    if "keys" in facts:
        facts["keys"] = [key for key in facts["keys"] if key not in _GONE]
    if "answers" in facts:
        facts["answers"] = _converted(facts["answers"])
    if "view" in facts:
        facts["view"]["answers"] = _as_sent(facts["view"]["answers"])


def _convert_of_sitrep(kind: str, facts: dict[str, Any], languages: dict[int, str]) -> None:
    """Say into which language: it was always the one in which the situation report goes out."""
    if kind == "sitrep_passage":
        facts["source"] = None
    elif kind == "translations_done":
        facts["into"] = languages[facts["sitrep"]]
    else:
        facts.setdefault("language", languages.get(facts["line"]["id"]))
        facts["untranslated"] = [[facts["language"], facts["untranslated"]]] if facts["untranslated"] else []


def _as_sent(answers: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent as answers of today, but for victims of whom it is not said which kind was harmed how."""
    return _converted(answers, victims=len(answers.get("victim_kind") or ()) == 1)


def _converted(answers: dict[str, Any], *, victims: bool = True) -> dict[str, Any]:
    """Return answers to the questions of today, in their order."""
    found: dict[str, Any] = {}
    for key, value in answers.items():
        if key == "equipment" and value:
            found[key] = list(dict.fromkeys(_CHANNELS.get(one, one) for one in value))
        elif key in _GONE and victims:
            found |= _turns(answers)
        else:
            found[key] = value
    return found


def _turns(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the victims: a turn for each thing that happened to somebody; numbers of nobody are no turn beside it."""
    kinds: list[str] = answers.get("victim_kind") or []
    kind = {"victim_kind": kinds[0]} if len(kinds) == 1 else {}
    counted = [{"harm": harm, "harmed": answers[harm]} for harm in _HARM if answers.get(harm)]
    some = [one for one in counted if any(one["harmed"].values())]
    turns: list[dict[str, Any]] = some or counted[:1] or [{}]
    return {f"victims.{turn}.{key}": value for turn, one in enumerate(turns) for key, value in {**kind, **one}.items()}

"""Reports of the version before: read, written on and exported as those of today, and nothing of them is lost."""

import json
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bot.chat import texts
from bot.chat.texts import Reader
from bot.document.report_said import said
from bot.document.report_word import field_name
from bot.domain.bilingual import Text
from bot.domain.form import locate
from bot.domain.officer import Role
from bot.domain.report import Report, ReportState, reopened
from bot.domain.report_draft import missing, step_at
from bot.domain.report_form import FORMS, INCIDENT
from bot.domain.report_message import AskReport, ReportCard, ReportMend, ReportPreview
from bot.domain.report_part import parts_of
from bot.domain.sitrep_victim import harmed
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice
from bot.services.report_table import COLUMNS, row, victims
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store import schema
from bot.store.codec import facts_of, message_from
from bot.store.engine import Store
from tests.chat.report_sample import view
from tests.store.conftest import NOW
from tests.store.test_schema import _people

NOBODY = {"women": 0, "men": 0, "girls": 0, "boys": 0}
ONE, TWO = NOBODY | {"women": 1}, NOBODY | {"men": 2}
FIRST = "victims.0.victim_kind"
PLAN = {"marking": {"en": "For official use", "fr": "À usage officiel"}}

# What was answered, and what is kept of it.
ANSWERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"equipment": ["vehicle", "radio", "telephone"]}, {"equipment": ["vehicle", "vhf", "mobile"]}),
    ({"equipment_detail": "\"radio\" en panne"}, {"equipment_detail": "\"radio\" en panne"}),
    (
        {"victim_kind": ["civilian"], "killed": ONE, "wounded": TWO, "abducted": NOBODY},
        {
            "victims.0.victim_kind": "civilian",
            "victims.0.harm": "killed",
            "victims.0.harmed": ONE,
            "victims.1.victim_kind": "civilian",
            "victims.1.harm": "wounded",
            "victims.1.harmed": TWO,
        },
    ),
    (
        {"victim_kind": ["security_force", "un_eu"], "killed": TWO, "means": "knife"},
        {"victim_kind": ["security_force", "un_eu"], "killed": TWO, "means": "knife"},
    ),
    (
        {"victim_kind": ["civilian"], "killed": NOBODY, "wounded": NOBODY},
        {"victims.0.victim_kind": "civilian", "victims.0.harm": "killed", "victims.0.harmed": NOBODY},
    ),
    ({"victim_kind": ["un_eu"]}, {"victims.0.victim_kind": "un_eu"}),
    ({"actors": ["crowd"], "victim_kind": ["un_eu"], "killed": ONE, "means": "knife"}, {
        "actors": ["crowd"], "victims.0.victim_kind": "un_eu", "victims.0.harm": "killed", "victims.0.harmed": ONE,
        "means": "knife",
    }),
]  # fmt: skip


async def migrated(bare: Store, *made: Any, plan: dict[str, Any] | None = None) -> None:
    def before(conn: Connection) -> None:
        config = schema._config()
        config.attributes["connection"] = conn
        command.upgrade(config, "0005")
        _people(conn)
        conn.exec_driver_sql(
            "INSERT INTO contingent (code, name, home_timezone, report_language, digest_at, ladder, sitrep, loaded_at)"
            " VALUES ('MLI', '{}', 'UTC', 'en', '18:00', '{}', ?, 1)",
            (json.dumps(plan) if plan else None,),
        )
        for one in made:
            one(conn)

    async with bare.engine.connect() as conn, conn.begin():
        await conn.run_sync(before)
    await schema.migrate(bare)


def reported(answers: dict[str, Any], number: int = 1) -> Any:
    form = "daily" if any(key.startswith("equipment") for key in answers) else "incident"

    def make(conn: Connection) -> None:
        conn.exec_driver_sql(
            "INSERT INTO report (id, number, year, serial, officer, post, mission, form, state, version, since, until,"
            " submitted_at) VALUES (?, ?, 2026, ?, 'willis', 'BKO', 'MINUSMA', ?, 'submitted', 1, 1, 1, 1)",
            (number, f"MLI-2026-{number:04}", number, form),
        )
        conn.exec_driver_sql(
            "INSERT INTO report_version (report, number, form, answers, ntr, language, sent_at, received_at)"
            " VALUES (?, 1, ?, ?, '[]', 'en', 1, 1)",
            (number, form, json.dumps(answers)),
        )

    return make


def written(answers: dict[str, Any], at: str | None) -> Any:
    def make(conn: Connection) -> None:
        conn.exec_driver_sql(
            "INSERT INTO report_draft (officer, slot, id, form, answers, ntr, at, mending, paused, language,"
            " started_at, touched_at) VALUES ('willis', 0, 7, 'incident', ?, '[]', ?, 0, 0, 'en', 1, 1)",
            (json.dumps(answers), at),
        )

    return make


def owed(kind: str, facts: dict[str, Any]) -> Any:
    def make(conn: Connection) -> None:
        conn.exec_driver_sql(
            "INSERT INTO outbox (id, officer, kind, facts, priority, owed_at, not_before, state)"
            " SELECT count(*), 'willis', ?, ?, 1, 0, 0, 'owed' FROM outbox",
            (kind, json.dumps(facts)),
        )

    return make


async def only(store: Store) -> Report:
    async with store.read() as tx:
        found = await reports.one(tx, 1)
    assert found is not None
    return found


@pytest.mark.parametrize(("old", "new"), ANSWERS)
async def test_what_was_answered_is_an_answer_of_today(bare: Store, old: dict[str, Any], new: dict[str, Any]) -> None:
    await migrated(bare, reported(old))
    found = await only(bare)
    assert found.version.answers == new
    assert list(found.version.answers) == list(new), "in the order in which it is asked"
    assert (found.call_sign, found.unit) == (None, None)
    assert row(found, "Kelly Willis")["number"] == "MLI-2026-0001"


async def test_of_several_kinds_of_victims_none_is_lost(bare: Store) -> None:
    old = {"victim_kind": ["security_force", "un_eu"], "killed": TWO, "wounded": ONE, "means": "knife"}
    await migrated(bare, reported(old))
    found = await only(bare)
    assert harmed([found]).shown == (("unstated.killed", (0, 2, 0, 0)), ("unstated.wounded", (1, 0, 0, 0)))
    cells = row(found, "Kelly Willis")
    assert (cells["victims.unstated.killed.men"], cells["victims.unstated.wounded.women"]) == (2, 1)
    assert cells.keys() <= set(COLUMNS)
    assert [(one["victim_kind"], one["harm"], one["men"]) for one in victims(found, cells)] == [
        ("unstated", "killed", 2),
        ("unstated", "wounded", 0),
    ]
    reader, catalogues = Reader("en", "Africa/Bamako", Role.COMMANDER, "f", NOW, "x"), Catalogues.load()
    shown = replace(view("incident", ReportState.SUBMITTED), answers=found.version.answers)
    card = texts.render(ReportCard(shown, mine=True, may_review=False), reader, catalogues).text
    (part,) = parts_of(1, INCIDENT, found.version.answers, (), found.number, 1)
    for text_ in (card, texts.render(part, reader, catalogues).text):
        assert "Security forces and UN or EU personnel" in text_
        assert text_.index("2 men") < text_.index("1 woman") < text_.index("Knife")
    assert "victims.0.victim_kind" in [one.key for one in missing(INCIDENT, reopened(found))], "a correction says which"


async def test_a_draft_of_several_kinds_is_asked_for_the_kind_again(bare: Store) -> None:
    await migrated(bare, written({"victim_kind": ["security_force", "un_eu"], "killed": TWO, "wounded": ONE}, "means"))
    async with bare.read() as tx:
        (one,) = (await drafts.of(tx, {"willis"}))["willis"]
    assert (one.draft.answers["victims.0.harmed"], one.draft.answers["victims.1.harmed"]) == (TWO, ONE)
    lacking = [each.key for each in missing(INCIDENT, one.draft)]
    assert [key for key in lacking if key.startswith("victims")] == [FIRST, "victims.1.victim_kind"]


@pytest.mark.parametrize(
    ("plan", "marking"),
    [(PLAN, Text("For official use", "À usage officiel")), (None, Text("Unclassified", "Non classifié"))],
)
async def test_an_old_report_is_marked_as_the_plan_says(
    bare: Store, plan: dict[str, Any] | None, marking: Text
) -> None:
    await migrated(bare, reported({"what": "x"}), plan=plan)
    assert (await only(bare)).marking == marking
    async with bare.read() as tx:
        assert (await tx.read(text("SELECT channels FROM post")))[0][0] is None
        assert (await tx.read(text("SELECT unit, call_sign FROM officer")))[0] == (None, None)


@pytest.mark.parametrize(
    ("at", "then"), [("victim_kind", FIRST), ("wounded", FIRST), ("means", "means"), ("actors", "actors"), (None, None)]
)
async def test_a_draft_goes_on_where_it_was(bare: Store, at: str | None, then: str | None) -> None:
    old = {"actors": ["crowd"], "victim_kind": ["civilian"], "killed": ONE, "wounded": TWO, "abducted": None}
    await migrated(bare, written(old, at))
    async with bare.read() as tx:
        (one,) = (await drafts.of(tx, {"willis"}))["willis"]
    assert one.draft.at == then
    if then is not None:
        step_at(INCIDENT, one.draft)
    assert step_at(INCIDENT, one.draft, "victims.1.harmed")
    assert one.draft.answers["victims.1.harmed"] == TWO
    lacking = [each.key for each in missing(INCIDENT, one.draft)]
    assert not [key for key in lacking if key.startswith("victims")]


async def test_an_untouched_draft_stays_as_it_was(bare: Store) -> None:
    await migrated(bare, written({"category": "shooting"}, "occurred_at"))
    async with bare.read() as tx:
        (one,) = (await drafts.of(tx, {"willis"}))["willis"]
    assert (one.draft.answers, one.draft.at) == ({"category": "shooting"}, "occurred_at")


async def test_what_was_owed_is_said_all_the_same(bare: Store) -> None:
    answers = {"victim_kind": ["civilian"], "killed": ONE}
    card = json.loads(facts_of(ReportCard(view("incident", ReportState.SUBMITTED), mine=True, may_review=False)))
    card["view"]["answers"] = answers
    await migrated(
        bare,
        owed("ask_report", {"draft": 7, "form": "incident", "key": "wounded", "number": 3, "of": 9,
                            "before": ["killed", ONE]}),
        owed("report_mend", {"draft": 7, "form": "incident", "keys": ["actors", "killed", "means"]}),
        owed("report_preview", {"draft": 7, "form": "incident", "answers": answers, "nothing": [], "missing": [],
                                "overlaps": [], "corrects": None}),
        owed("report_card", card),
    )  # fmt: skip
    async with bare.read() as tx:
        found = [message_from(one.kind, one.facts) for one in await tx.read(text("SELECT * FROM outbox ORDER BY id"))]
    ask, mend, preview, read = found
    assert isinstance(ask, AskReport)
    assert (ask.key, ask.before) == (FIRST, None)
    assert isinstance(mend, ReportMend)
    assert mend.keys == ("actors", "means")
    assert isinstance(preview, ReportPreview)
    assert preview.answers["victims.0.harmed"] == ONE
    assert isinstance(read, ReportCard)
    assert read.view.answers == preview.answers
    reader = Reader("fr", "Africa/Bamako", Role.COMMANDER, "f", NOW, "x")
    assert "Personnes tuées" in texts.render(read, reader, Catalogues.load()).text


LINE = {
    "id": 9, "number": "MLI-SITREP-2026-007", "kind": "daily", "state": "draft", "since": "2026-11-23T00:00:00Z",
    "until": "2026-11-24T00:00:00Z", "zone": "Africa/Bamako",
}  # fmt: skip
FIGURES = ("strength", "overdue", "reports", "incidents", "reached", "due", "on_time", "late", "missed")
OPEN = {"line": LINE, "untranslated": 12, "unreviewed": 1, "unwritten": ["assessment"], "mark": "a1b2c3d4"}
CARD = {
    "line": LINE, "language": "fr", "figures": [[code, 1] for code in FIGURES], "written": [["assessment", "calme"]],
    "untranslated": 12, "late": 1, "changed": 2, "approved_by": None, "approved_at": None, "may_write": True,
    "may_translate": True, "may_approve": True,
}  # fmt: skip
# Each kind of message whose facts have changed, as the version before wrote them.
SITREPS: list[tuple[str, dict[str, Any], str]] = [
    ("sitrep_card", CARD, "calme"),
    ("sitrep_card", CARD | {"untranslated": 0, "may_translate": False}, "calme"),
    ("ask_approval", OPEN, "12 passages"),
    ("ask_approval", OPEN | {"untranslated": 0}, LINE["number"]),
    ("sitrep_passage", {"text": "All quiet", "language": "en", "part": 1, "of": 2, "machine": False}, "All quiet"),
    ("translations_done", {"sitrep": 9, "number": LINE["number"]}, "français"),
    (
        "ask_translation",
        {"sitrep": 9, "number": LINE["number"], "mark": "a1b2c3d4e5f6", "into": "fr", "left": 3, "drafted": True},
        "3 passages",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "words"), SITREPS)
async def test_what_is_owed_of_a_situation_report_is_said(
    bare: Store, kind: str, facts: dict[str, Any], words: str
) -> None:
    def prepared(conn: Connection) -> None:
        conn.exec_driver_sql(
            "INSERT INTO sitrep (id, number, year, serial, kind, since, until, language, state, prepared_at)"
            " VALUES (9, ?, 2026, 7, 'daily', 1, 2, 'fr', 'draft', 2)",
            (LINE["number"],),
        )

    await migrated(bare, prepared, owed(kind, facts))
    async with bare.read() as tx:
        (one,) = await tx.read(text("SELECT * FROM outbox"))
    reader = Reader("fr", "Africa/Bamako", Role.COMMANDER, "f", NOW, "x")
    said_ = texts.render(message_from(one.kind, one.facts), reader, Catalogues.load())
    assert words in said_.text
    if kind == "sitrep_card":
        buttons = [each.text for row_ in said_.keyboard.rows for each in row_]  # type: ignore[union-attr]
        assert any("12" in label for label in buttons) == facts["may_translate"]


@pytest.mark.parametrize(
    ("form", "key", "value", "words"),
    [
        ("incident", "victim_kind", ["civilian", "un_eu"], "Civilians and UN or EU personnel"),
        ("incident", "killed", ONE, "1 woman"),
        ("daily", "equipment", ["radio", "telephone"], "Radio and Telephone"),
    ],
)
def test_what_was_approved_with_the_old_answers_is_still_read(form: str, key: str, value: Any, words: str) -> None:
    voice = Voice(Catalogues.load()["en"], zone=ZoneInfo("UTC"), now=NOW)
    assert said(voice, locate(FORMS[form], key), value, 100) == words
    assert field_name(voice, key)

"""Reports of the version before: read, written on and exported as those of today, and nothing of them is lost."""

import json
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
from bot.domain.report import Report, ReportState
from bot.domain.report_draft import missing, step_at
from bot.domain.report_form import FORMS, INCIDENT
from bot.domain.report_message import AskReport, ReportCard, ReportMend, ReportPreview
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice
from bot.services.report_table import row
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
        {"victim_kind": ["security_force", "un_eu"], "displaced_people": TWO},
        {"victims.0.victim_kind": "security_force", "victims.0.harm": "displaced_people", "victims.0.harmed": TWO},
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

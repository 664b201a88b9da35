"""Any set of reports: its sums are those of what was answered, nothing private goes out, all formats hold the same."""

import asyncio
import csv
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from sqlalchemy import text

from bot.clock import MovableClock
from bot.domain import report_draft as rules
from bot.domain import report_time
from bot.domain.errors import No, RefusalError
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Number, Period, Step, Where
from bot.domain.officer import Officer
from bot.domain.report_code import ADULTS, HARM, PEOPLE, VICTIM_KINDS
from bot.domain.report_form import FORMS, OFFERED
from bot.services import dossier, report, report_draft, report_table
from bot.services.contingent_file import parse
from bot.services.export import Format, export
from bot.services.load import load
from bot.store import officer as officers
from bot.store.engine import Tx, open_store
from bot.store.tables import metadata
from tests.domain.test_form import INSTANTS, NUMBERS, PLACES
from tests.kit import DAWN, ROSTER

WHO = ("willis", "lacroix", "hamelin", "bradshaw", "deniger")
PRIVATE = "for the commander's eyes"
ODD = (
    "Ronde <b>conjointe</b> & contacts", "=cmd|'/C calc'!A0", "+1 613 555 0142", "-", "@SUM(1)", "'quoted'",
    "<r><t>x</t></r>", "<r>&</r>", "👩🏽‍✈️🚚", "\u202bمرحبا بالعالم\u202c", "שלום עולם", "line\nbreak\r\nand\ttab",
    "_x0041_", "bell\x07 and\x0b tab\x00", "not\ufffea\uffff character", "a\u2028b\x85c", '"a";"b",c',
    "w" * 4096, "🚚" * 4096, "NaN", "1e5", "007", "http://x",
)  # fmt: skip
GROUPS = {"reached": PEOPLE, "trainees": ADULTS}


def on_a_house(work: Callable[[Tx], Awaitable[Any]]) -> Any:
    """Do `work` in one transaction with the five of Mali, each with a phone."""

    async def go() -> Any:
        with tempfile.TemporaryDirectory(prefix="vigie-export-") as folder:
            store = open_store(f"sqlite+aiosqlite:///{Path(folder)}/vigie.db", MovableClock(DAWN, held=True).now)
            try:
                async with store.begin() as tx:
                    await tx._conn.run_sync(metadata.create_all)
                    await load(tx, parse(ROSTER.read_text(encoding="utf-8"), "mali.toml"))
                    for number, code in enumerate(WHO, start=1):
                        officers.bind_phone(tx, code, number)
                    return await work(tx)
            finally:
                await store.close()

    return asyncio.run(go())


def an_answer(step: Step, random: Random, given: Mapping[str, Any]) -> Any:
    """Return an answer that the question takes beside what is `given`: a patrol is not back before it left."""
    takes = step.question.takes
    if step.section.private:
        return PRIVATE
    if isinstance(takes, Choices):
        return [one for one in takes.codes if random.random() < 0.5] or [takes.codes[0]]
    if isinstance(takes, Choice):
        return random.choice(takes.codes)
    if isinstance(takes, Counts):
        return {group: random.choice((0, 1, random.randint(0, 99_999))) for group in takes.groups}
    if isinstance(takes, Period):
        return dict(zip(("from", "to"), sorted(random.sample(INSTANTS, 2)), strict=True))
    if isinstance(takes, Moment):
        found = [one for one in INSTANTS if _fits(given, step.key, one)]
    else:
        found = list({Number: range(10), Where: PLACES, Links: (NUMBERS[:1], NUMBERS)}.get(type(takes), ODD))
    value = random.choice(found)
    return list(value) if isinstance(value, tuple) else value


def _fits(given: Mapping[str, Any], key: str, value: str) -> bool:
    try:
        report_time.check(given, key, value)
    except RefusalError:
        return False
    return True


async def filed(tx: Tx, who: Officer, random: Random) -> None:
    """Fill in the open draft as a person may, and send it; it is complete once every required question is answered."""
    while True:
        one = (await dossier.of(tx, who)).report
        assert one is not None
        if one.draft.at is None:
            if not (lacking := rules.missing(one.form, one.draft)):
                break
            key = lacking[0].key
            await report_draft.change(tx, who, one.id, lambda form, draft, key=key: rules.mend(form, draft, key))
            continue
        step = rules.step_at(one.form, one.draft)
        if step.section.nothing and random.random() < 0.3:
            await report_draft.change(tx, who, one.id, random.choice((rules.nothing_here, rules.nothing_more)))
        elif not step.question.required and random.random() < 0.2:
            await report_draft.change(tx, who, one.id, rules.skip)
        else:
            await report_draft._answer(tx, who, one, step, an_answer(step, random, rules.given(one.form, one.draft)))
    await report.submit(tx, who, one.id, tx.now)


async def file_some(tx: Tx, random: Random) -> None:
    """File reports of any form by anybody; correct some of them, more than once; complete a flash."""
    people = await officers.by_code(tx, set(WHO))
    for _ in range(random.randint(0, 6)):
        who = people[random.choice(WHO)]
        await report_draft.begin(tx, who, random.choice(OFFERED))
        await filed(tx, who, random)
        which = (await tx.read(text("select max(id) from report")))[0][0]
        for _ in range(random.choice((0, 0, 1, 2))):
            await report_draft.correct(tx, who, which, random.choice(ODD)[:280])
            one = await report_draft.mine(tx, who)
            for key in [step.key for step in rules.steps(one.form, one.draft.answers, frozenset())][::3]:
                await report_draft.change(tx, who, None, lambda form, draft, key=key: _mended(form, draft, key, random))
            try:
                await filed(tx, who, random)
            except RefusalError as refusal:
                assert refusal.code is No.UNCHANGED
                report_draft.drop(tx, who, await report_draft.mine(tx, who))


def _mended(form: Any, draft: rules.Draft, key: str, random: Random) -> rules.Draft:
    asked = {step.key: step for step in rules.steps(form, draft.answers, draft.nothing)}
    if key not in asked or key.endswith(".more"):
        return draft
    return rules.answer(form, draft, key, an_answer(asked[key], random, rules.given(form, draft)))


async def exported(tx: Tx, form: Format) -> bytes:
    file = io.BytesIO()
    await export(tx, "reports", form, datetime(2000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC), file)
    return file.getvalue()


def from_csv(content: bytes) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [{name: re.sub(r"^'(?=[=+@\t\r-])", "", cell) for name, cell in row.items() if cell} for row in rows]


def from_json(content: bytes) -> list[dict[str, str]]:
    return [{name: str(cell) for name, cell in row.items() if cell is not None} for row in json.loads(content)]


def from_xlsx(content: bytes, sheet: str) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    names, *rows = book[sheet].iter_rows()
    assert not [cell for row in rows for cell in row if cell.data_type in ("f", "e")], "no formula, no error"
    return [
        {name.value: unescape(str(cell.value)) for name, cell in zip(names, row, strict=True) if cell.value is not None}
        for row in rows
    ]


async def newest(tx: Tx) -> list[Any]:
    """Return what the database holds, without Vigie: each report with the answers of its highest version."""
    return list(
        await tx.read(
            text(
                "select r.number, r.post, v.form, v.answers, max(v.number) as version "
                "from report_version v join report r on r.id = v.report group by r.id"
            )
        )
    )


def counts(rows: list[Any]) -> Iterator[tuple[str, str, str, int]]:
    """Yield post, form, column and number of everything that was counted."""
    for row in rows:
        answers = json.loads(row.answers)
        for question, groups in GROUPS.items():
            for group in groups:
                if group in answers.get(question, ()):
                    yield row.post, row.form, f"{question}.{group}", answers[question][group]
        if "women_officers" in answers:
            yield row.post, row.form, "women_officers", answers["women_officers"]


def victims(rows: list[Any]) -> Iterator[tuple[str, str, str, int]]:
    """Yield post, form, column and number of everybody who was harmed."""
    for row in rows:
        answers = json.loads(row.answers)
        for turn in {key.split(".")[1] for key in answers if key.startswith("victims.")}:
            kind, harm, people = (answers[f"victims.{turn}.{key}"] for key in ("victim_kind", "harm", "harmed"))
            for group in PEOPLE:
                yield row.post, row.form, f"victims.{kind}.{harm}.{group}", people[group]


def summed(found: Iterator[tuple[str, str, str, int]]) -> Counter[tuple[str, ...]]:
    """Return the sums over all, by post, and by form; a sum of nothing is none."""
    sums: Counter[tuple[str, ...]] = Counter()
    for post, form, column, number in found:
        sums.update({(column,): number, ("post", post, column): number, ("form", form, column): number})
    return +sums


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=True))
def test_the_sums_are_those_of_the_answers_and_all_formats_hold_the_same(random: Random) -> None:
    async def work(tx: Tx) -> None:
        await file_some(tx, random)
        rows = await newest(tx)
        plain, comma, book = [await exported(tx, form) for form in ("json", "csv", "xlsx")]
        table = from_json(plain)
        assert from_csv(comma) == table
        assert from_xlsx(book, "reports") == table
        engagement = from_xlsx(book, "engagement")
        columns = report_table.COUNTED
        of_sheet = (
            (row["post"], row["form"], name, int(row[name])) for row in engagement for name in columns if name in row
        )
        assert summed(of_sheet) == summed(counts(rows))
        of_table = (
            (row["post"], row["form"], name, int(row[name]))
            for row in table
            for name in report_table.HARMED
            if name in row
        )
        assert summed(of_table) == summed(victims(rows))
        of_sheet = (
            (row["post"], row["form"], f"victims.{row['victim_kind']}.{row['harm']}.{group}", int(row[group]))
            for row in from_xlsx(book, "victims")
            for group in PEOPLE
        )
        assert summed(of_sheet) == summed(victims(rows))
        assert {row["number"]: row["version"] for row in table} == {row.number: str(row.version) for row in rows}
        assert len(table) == len(rows), "a corrected report counts once"
        for row, one in zip(
            table, sorted(rows, key=lambda one: [row["number"] for row in table].index(one.number)), strict=True
        ):
            told(row, json.loads(one.answers))
        for content in (plain.decode(), comma.decode(), _unzipped(book)):
            assert PRIVATE not in content
            assert "welfare" not in content

    on_a_house(work)


def told(row: dict[str, str], answers: dict[str, Any]) -> None:
    """Assert that every answer that is not private stands in its cell, and words as they were written."""
    for key, value in answers.items():
        if value == PRIVATE or key == "period" or key.startswith("victims."):
            continue
        if isinstance(value, dict) and "women" in value:
            assert {group: int(row[f"{key}.{group}"]) for group in value} == value
        elif isinstance(value, dict):
            name = value.get("name", "")
            assert row[key] == (name["en"] if isinstance(name, dict) else name or value["grid"])
        elif isinstance(value, list):
            assert row[key].split() == value
        else:
            assert row[key] == (value.replace("+00:00", "Z") if value in INSTANTS else str(value))


def _unzipped(book: bytes) -> str:
    return "".join(str(row) for sheet in ("reports", "engagement", "victims") for row in from_xlsx(book, sheet))


def test_columns_are_stable_codes_of_which_none_comes_twice() -> None:
    for columns in (report_table.COLUMNS, report_table.ENGAGEMENT, report_table.VICTIMS):
        assert len(columns) == len(set(columns))
        assert all(
            re.fullmatch(r"[a-z_]+(\.\d\.[a-z_]+|\.[a-z]+|\.[a-z_]+\.[a-z_]+\.[a-z]+)?", name) for name in columns
        )
    assert set(report_table.ENGAGEMENT) <= set(report_table.COLUMNS)
    assert report_table.COLUMNS[:6] == ["number", "form", "version", "review", "officer", "name"]
    assert {"activities.7.summary", "incident_numbers", "evidence", "state", "women_on_patrol"} <= set(
        report_table.COLUMNS
    )
    assert {"call_sign", "unit", "marking"} <= set(report_table.COLUMNS)
    assert set(report_table.HARMED) == {
        f"victims.{kind}.{harm}.{group}" for kind in VICTIM_KINDS for harm in HARM for group in PEOPLE
    }
    assert not [name for name in report_table.COLUMNS if name.startswith("victims.") and name[8].isdigit()]
    assert report_table.COUNTED == [
        "reached.women", "reached.men", "reached.girls", "reached.boys", "women_officers",
        "trainees.women", "trainees.men",
    ]  # fmt: skip
    private = {one.code for form in FORMS.values() for part in form.sections if part.private for one in part.questions}
    assert private == {"welfare"}
    assert not private & set(report_table.COLUMNS)

"""A person at a phone who may press anything, and a process that may be killed: no answer lost, nothing incomplete."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import text

from bot.clock import MovableClock
from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.errors import RefusalError
from bot.domain.report_form import FORMS, OFFERED
from bot.services import dossier, report, report_draft
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from bot.store import report as reports
from bot.store.engine import Store, Tx, open_store
from bot.store.tables import metadata
from tests.domain.test_form import some_answer

ROSTER = (Path(__file__).parents[2] / "bot" / "demo" / "mali.toml").read_text(encoding="utf-8")
WHO = ("deniger", "hamelin")
people = st.sampled_from(WHO)


class Reporting(RuleBasedStateMachine):
    """`said` is what each has answered since their draft began; `sent` is every version as it was submitted."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="vigie-machine-"))
        self.runner = asyncio.Runner()
        self.clock = MovableClock(datetime(2026, 12, 30, 5, 0, tzinfo=UTC), held=True)
        self.store: Store = self._open()
        self.said: dict[str, dict[str, Any]] = {}
        self.sent: dict[tuple[int, int], str] = {}
        self.do(self._make)

    def _open(self) -> Store:
        return open_store(f"sqlite+aiosqlite:///{self.folder}/vigie.db", self.clock.now)

    def do(self, work: Callable[[Tx], Awaitable[Any]]) -> Any:
        async def go() -> Any:
            async with self.store.begin() as tx:
                return await work(tx)

        return self.runner.run(go())

    async def _make(self, tx: Tx) -> None:
        await tx._conn.run_sync(metadata.create_all)
        await load(tx, parse(ROSTER, "mali.toml"))
        for number, code in enumerate(("lacroix", "willis", "hamelin", "bradshaw", "deniger"), start=1):
            officers.bind_phone(tx, code, number)

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def with_officer(self, code: str, work: Callable[[Tx, Any], Awaitable[Any]]) -> Any:
        async def go(tx: Tx) -> Any:
            who = (await officers.by_code(tx, {code}))[code]
            with suppress(RefusalError):
                async with tx.savepoint():
                    return await work(tx, who)
            return None

        return self.do(go)

    def draft(self, code: str) -> Any:
        return self.with_officer(code, self._draft)

    async def _draft(self, tx: Tx, who: Any) -> Any:
        return (await dossier.of(tx, who)).report

    @rule(code=people, form=st.sampled_from(OFFERED))
    def begins(self, code: str, form: str) -> None:
        if self.draft(code) is None:
            self.with_officer(code, lambda tx, who: report_draft.begin(tx, who, form))
            self.said[code] = {}

    @rule(code=people, data=st.data(), older=st.booleans())
    def answers(self, code: str, data: Any, older: bool) -> None:
        one = self.draft(code)
        if one is None or (one.draft.at is None and not older):
            return
        steps = list(forms.steps(one.form, one.draft.answers, one.draft.nothing))
        step = data.draw(st.sampled_from(steps)) if older else rules.step_at(one.form, one.draft)
        value = some_answer(step, data)
        self.with_officer(code, lambda tx, who: report_draft._answer(tx, who, one, step, value))
        self.said[code][step.key] = value

    @rule(code=people, how=st.sampled_from(["skip", "none", "rest", "back", "view", "pause", "mend"]), data=st.data())
    def moves(self, code: str, how: str, data: Any) -> None:
        one = self.draft(code)
        if one is None or (one.draft.at is None and how in ("skip", "none", "rest")):
            return
        if how == "pause":
            self.with_officer(code, lambda tx, who: report_draft.pause(tx, who, one.id))
            return
        keys = [each.key for each in forms.steps(one.form, one.draft.answers, one.draft.nothing)]
        key = data.draw(st.sampled_from(keys))
        change = {
            "skip": rules.skip,
            "none": rules.nothing_here,
            "rest": rules.nothing_more,
            "back": rules.back,
            "view": lambda _, draft: rules.preview(draft),
            "mend": lambda form, draft: rules.mend(form, draft, key),
        }[how]
        self.with_officer(code, lambda tx, who: report_draft.change(tx, who, one.id, change))

    @rule(code=people)
    def submits(self, code: str) -> None:
        one = self.draft(code)
        if one is None:
            return
        complete = not rules.missing(one.form, one.draft)
        given = rules.given(one.form, one.draft)
        done = self.with_officer(code, lambda tx, who: report.submit(tx, who, one.id, tx.now))
        assert (done is not None) == complete
        if done is not None:
            assert done.version.answers == given
            self.sent[done.id, done.version.number] = json.dumps(given, sort_keys=True)
            self.said.pop(code)
        else:
            assert self.draft(code) == one, "a refusal changes nothing"

    @rule(code=people, data=st.data())
    def corrects(self, code: str, data: Any) -> None:
        mine = [which for (which, _), _ in self.sent.items()]
        if self.draft(code) is not None or not mine:
            return
        which = data.draw(st.sampled_from(sorted(set(mine))))
        self.with_officer(code, lambda tx, who: report_draft.correct(tx, who, which, "une erreur"))
        if (one := self.draft(code)) is not None:
            self.said[code] = {key: value for key, value in one.draft.answers.items() if value is not None}

    @rule()
    def killed_and_started(self) -> None:
        self.runner.run(self.store.close())
        self.store = self._open()

    @rule(hours=st.sampled_from([1, 30]))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))

    @invariant()
    def no_answer_is_lost(self) -> None:
        for code, said in self.said.items():
            kept = self.draft(code).draft.answers
            assert {key: kept.get(key) for key in said} == said

    @precondition(lambda self: self.sent)
    @invariant()
    def what_was_sent_stays_as_it_was_and_is_complete(self) -> None:
        async def work(tx: Tx) -> None:
            found = {}
            for row in await tx.read(text("select report, number, answers, form, ntr from report_version")):
                found[row.report, row.number] = json.dumps(json.loads(row.answers), sort_keys=True)
                draft = rules.Draft(row.form, _with_more(json.loads(row.answers)), frozenset(json.loads(row.ntr)))
                assert not rules.missing(FORMS[row.form], draft)
            assert found == self.sent
            rows = await tx.read(text("select year, serial from report order by year, serial"))
            for year in {row.year for row in rows}:
                serials = [row.serial for row in rows if row.year == year]
                assert serials == list(range(1, len(serials) + 1)), "numbered without a gap"
            for which in {key[0] for key in self.sent}:
                newest = await reports.one(tx, which)
                assert newest is not None
                assert newest.version.number == max(number for key, number in self.sent if key == which)

        self.do(work)


def _with_more(answers: dict[str, Any]) -> dict[str, Any]:
    turns = [int(key.split(".")[1]) for key in answers if key.startswith("activities.")]
    return answers | {f"activities.{turn}.more": "yes" for turn in range(max(turns, default=0))}


Reporting.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestReporting = Reporting.TestCase

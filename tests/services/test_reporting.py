"""A person at a phone who may press anything, and a process that may be killed: no answer lost, nothing incomplete."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy import text

from bot.domain import form as forms
from bot.domain import report_draft as rules
from bot.domain.report_form import DAILY, FLASH, FORMS, INCIDENT, OFFERED, PATROL
from bot.services import dossier, report, report_draft, report_menu
from bot.store import report as reports
from bot.store import report_draft as drafts
from bot.store.engine import Tx
from tests.domain.test_form import some_answer
from tests.services.machine import Machine

WHO = ("deniger", "hamelin")
people = st.sampled_from(WHO)


def somebody_writes(machine: "Reporting") -> bool:
    return any(machine.piles.values())


class Reporting(Machine):
    """`piles` is what each has answered, a draft on the other; `sent` is every version as it was submitted."""

    start = datetime(2026, 12, 30, 5, 0, tzinfo=UTC)
    with_phones = ("lacroix", "willis", "hamelin", "bradshaw", "deniger")

    def __init__(self) -> None:
        super().__init__()
        self.piles: dict[str, list[dict[str, Any]]] = {code: [] for code in WHO}
        self.sent: dict[tuple[int, int], str] = {}

    def draft(self, code: str) -> Any:
        return self.do_as(code, self._draft)

    async def _draft(self, tx: Tx, who: Any) -> Any:
        return (await dossier.of(tx, who)).report

    def aside(self, code: str) -> Any:
        async def work(tx: Tx, who: Any) -> Any:
            return (await dossier.of(tx, who)).aside

        return self.do_as(code, work)

    @initialize(data=st.data(), form=st.sampled_from((*OFFERED, DAILY.code, PATROL.code)))
    def in_the_middle_of_it(self, data: Any, form: str) -> None:
        self.begins("deniger", FLASH.code)
        self.answers_what_is_missing_and_submits(data)
        self.begins("deniger", form)

    @rule(code=people, form=st.sampled_from(OFFERED))
    def begins(self, code: str, form: str) -> None:
        before = self.draft(code)
        self.do_as(code, lambda tx, who: report_draft.begin(tx, who, form))
        if before is None or (form == FLASH.code and not (before.form is FLASH and not before.draft.answers)):
            self.piles[code].append({})
            assert self.draft(code).form.code == form, "a flash at any moment"
        else:
            assert self.draft(code).id == before.id, "one draft a person for everything else"

    @property
    def writers(self) -> st.SearchStrategy[str]:
        return st.sampled_from([code for code, pile in self.piles.items() if pile])

    def answered(self, code: str, step: Any, value: Any) -> None:
        one = self.draft(code)
        self.do_as(code, lambda tx, who: report_draft._answer(tx, who, one, step, value))
        self.piles[code][-1][step.key] = value

    @precondition(somebody_writes)
    @rule(data=st.data(), older=st.booleans())
    def answers(self, data: Any, older: bool) -> None:
        code = data.draw(self.writers)
        one = self.draft(code)
        steps = list(forms.steps(one.form, one.draft.answers, one.draft.nothing))
        step = (
            data.draw(st.sampled_from(steps)) if older or one.draft.at is None else rules.step_at(one.form, one.draft)
        )
        self.answered(code, step, some_answer(step, data))

    @precondition(somebody_writes)
    @rule(data=st.data())
    def answers_what_is_missing_and_submits(self, data: Any) -> None:
        code = data.draw(self.writers)
        while lacking := rules.missing((one := self.draft(code)).form, one.draft):
            self.answered(code, lacking[0], some_answer(lacking[0], data))
        self.submit(code)

    @precondition(somebody_writes)
    @rule(how=st.sampled_from(["skip", "none", "rest", "back", "view", "pause", "mend"]), data=st.data())
    def moves(self, how: str, data: Any) -> None:
        code = data.draw(self.writers)
        one = self.draft(code)
        if one.draft.at is None and how in ("skip", "none", "rest"):
            return
        if how == "pause":
            self.do_as(code, lambda tx, who: report_menu.pause(tx, who, one.id))
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
        self.do_as(code, lambda tx, who: report_draft.change(tx, who, one.id, change))

    @precondition(somebody_writes)
    @rule(data=st.data())
    def submits(self, data: Any) -> None:
        self.submit(data.draw(self.writers))

    def submit(self, code: str) -> None:
        one = self.draft(code)
        given = rules.given(one.form, one.draft)
        complete = not rules.missing(one.form, one.draft) and in_order(given) and self.changes_something(one, given)
        done = self.do_as(code, lambda tx, who: report.submit(tx, who, one.id, tx.now))
        assert (done is not None) == complete
        if done is None:
            assert self.draft(code) == one, "a refusal changes nothing"
            return
        event(f"sent {one.form.code}, version {done.version.number}, {len(self.piles[code]) - 1} aside")
        assert done.version.answers == given
        self.sent[done.id, done.version.number] = json.dumps(given, sort_keys=True)
        self.piles[code].pop()
        assert self.do_as(code, lambda tx, who: report.submit(tx, who, one.id, tx.now)) is None, "sent once"

    def changes_something(self, one: Any, given: dict[str, Any]) -> bool:
        """Whether a report is new, or a correction says something else than the version that it corrects."""
        if one.corrects is None:
            return True
        before = self.do(lambda tx: reports.one(tx, one.corrects)).version
        asked = {step.section.code for step in forms.steps(one.form, one.draft.answers, one.draft.nothing)}
        event("corrected without a change") if before.answers == given else None
        return (before.form, before.answers, before.nothing) != (one.form.code, given, one.draft.nothing & asked)

    @precondition(somebody_writes)
    @rule(data=st.data(), count=st.integers(1, 4), pressed=st.booleans())
    def names_an_incident_report(self, data: Any, count: int, pressed: bool) -> None:
        code = data.draw(self.writers)
        one = self.draft(code)
        if one.form not in (DAILY, PATROL):
            return
        if "incidents" not in rules.given(one.form, one.draft):
            self.answered(code, forms.locate(one.form, "incidents"), "Tirs au marché")
        key = "incident_numbers"
        self.do_as(
            code, lambda tx, who: report_draft.change(tx, who, one.id, lambda form, it: rules.mend(form, it, key))
        )
        before = self.draft(code).draft.answers.get(key) or []
        if pressed:
            held = f"{self.clock.now().year}-{count:04}"
            self.do_as(code, lambda tx, who: report_draft.toggle(tx, who, one.id, key, held, 0))
        else:
            self.do_as(code, lambda tx, who: report_draft.typed(tx, who, str(count), tx.now, None))
        after = self.draft(code).draft.answers.get(key) or []
        assert set(after) - set(before) <= self.known_to(code), "nobody learns of an incident by naming it"
        assert pressed or set(before) <= set(after), "what is typed comes beside what was said"
        event(f"named {len(after) - len(before)} more, pressed: {pressed}")
        if after != before:
            self.piles[code][-1][key] = after

    def known_to(self, code: str) -> set[str]:
        """Return the numbers of the incident reports that somebody may know of, without Vigie's rules."""
        rows = self.do(
            lambda tx: tx.read(
                text(
                    "select r.number from report r join officer o on o.code = :code"
                    " where r.form in ('flash', 'incident') and (r.post = o.post or r.officer = o.code or o.role in"
                    " ('commander', 'deputy') or exists (select 1 from report_reader where report = r.id and"
                    " officer = o.code and o.role in ('lead', 'deputy', 'commander')))"
                ),
                {"code": code},
            )
        )
        return {row.number for row in rows}

    @precondition(somebody_writes)
    @rule(data=st.data(), below=st.booleans())
    def discards(self, data: Any, below: bool) -> None:
        code = data.draw(self.writers)
        one, aside = self.draft(code), self.aside(code)
        which = aside[0] if below and aside else one
        self.do_as(code, lambda tx, who: report_menu.discard(tx, who, which.id))
        if which is one:
            self.piles[code].pop()

    @precondition(lambda self: self.sent)
    @rule(code=people, data=st.data(), reason=st.sampled_from(["une erreur", None]))
    def corrects(self, code: str, data: Any, reason: str | None) -> None:
        which = data.draw(st.sampled_from(sorted({which for which, _ in self.sent})))
        before, aside = self.draft(code), self.aside(code)
        self.do_as(code, lambda tx, who: report_draft.correct(tx, who, which, reason))
        one = self.draft(code)
        if one is None or (before is not None and one.id == before.id):
            return
        event(f"corrected with {reason}, over {before.form.code if before else None}")
        self.piles[code].append({key: value for key, value in one.draft.answers.items() if value is not None})
        assert before is None or (one.grows_from_flash and before.form not in (FLASH, INCIDENT))
        assert which not in {each.corrects for each in (before, *aside) if each is not None}

    @rule()
    def killed_and_started(self) -> None:
        self.kill_and_start()

    @rule(hours=st.sampled_from([1, 30]))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))

    @invariant()
    def no_answer_is_lost(self) -> None:
        kept = self.do(lambda tx: drafts.of(tx, WHO))
        for code, pile in self.piles.items():
            mine = kept.get(code, [])
            assert len(mine) == len(pile)
            for one, said in zip(mine, pile, strict=True):
                assert {key: one.draft.answers.get(key) for key in said} == said
            assert all(one.paused for one in mine[:-1]), "what is typed answers none that is laid aside"

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


def in_order(given: dict[str, Any]) -> bool:
    """Whether no time of a report comes before one that it cannot come before."""
    for first, then in (("left_at", "first_place_at"), ("left_at", "back_at"), ("first_place_at", "back_at")):
        if first in given and then in given and given[then] < given[first]:
            return False
    if "occurred_at" not in given:
        return True
    occurred = datetime.fromisoformat(given["occurred_at"])
    return all(
        datetime.fromisoformat(given[key]) >= occurred - timedelta(minutes=slack)
        for key, slack in (("informed_at", 0), ("on_scene_at", 10), ("police_at", 10))
        if key in given
    )


def _with_more(answers: dict[str, Any]) -> dict[str, Any]:
    turns = {(key.split(".")[0], int(key.split(".")[1])) for key in answers if "." in key}
    return answers | {f"{section}.{turn - 1}.more": "yes" for section, turn in turns if turn}


Reporting.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestReporting = Reporting.TestCase

"""Whatever is pressed, sent, taken off, fetched or lost, and whenever the process dies: no attachment is lost."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy import text

from bot.domain import report_draft as rules
from bot.domain.attachment import COUNT_MAX, AttachmentKind, AttachmentState, Incoming, Why
from bot.domain.errand import Errand
from bot.errand.forget import Forget
from bot.services import attachment, dossier, report, report_draft, report_menu
from bot.store import attachment as attachments
from bot.store.engine import Tx
from bot.store.file import Files
from tests.services.machine import Machine

WHO = ("deniger", "hamelin")
people = st.sampled_from(WHO)
CONTENTS = (b"one", b"two")


class Attaching(Machine):
    """`hung` is what should hang on each one's draft, `sent` on each report with its version, by id."""

    start = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

    def __init__(self) -> None:
        super().__init__()
        self.files = Files(self.folder)
        self.hung: dict[str, set[int]] = {}
        self.sent: dict[int, dict[int, int]] = {}
        self.author: dict[int, str] = {}
        self.kept: dict[int, bytes] = {}  # what was fetched

    def teardown(self) -> None:
        self.forget_all()
        super().teardown()

    def draft(self, code: str) -> Any:
        async def work(tx: Tx, who: Any) -> Any:
            return (await dossier.of(tx, who)).report

        return self.do_as(code, work)

    def writing(self, data: Any) -> tuple[str, Any]:
        """Somebody who is writing a report, and the draft."""
        code = data.draw(st.sampled_from(sorted(self.hung)))
        return code, self.draft(code)

    def rows(self, draft: int | None, which: int | None) -> list[Any]:
        return list(self.do(lambda tx: attachments.of(tx, draft, which)))

    def some(self, data: Any, state: AttachmentState) -> Any:
        """One attachment in this state, of a draft or of a report, or nothing."""
        drafts = [one.id for code in WHO if (one := self.draft(code)) is not None]
        every = [one for which in drafts for one in self.rows(which, None)]
        every += [one for which in self.sent for one in self.rows(None, which)]
        found = sorted((one for one in every if one.state is state), key=lambda one: one.id)
        return data.draw(st.sampled_from(found)) if found else None

    @initialize()
    def both_begin(self) -> None:
        for code in WHO:
            self.begin(code)

    def begin(self, code: str) -> None:
        self.do_as(code, report_draft.begin_silent)
        self.hung[code] = set()

    @precondition(lambda self: len(self.hung) < len(WHO))
    @rule(data=st.data())
    def begins_or_corrects(self, data: Any) -> None:
        code = next(code for code in WHO if code not in self.hung)
        own = [which for which, by in self.author.items() if by == code]
        if own and data.draw(st.booleans()):
            which = data.draw(st.sampled_from(own))
            self.do_as(code, lambda tx, who: report_draft.correct(tx, who, which, "une erreur"))
            self.hung[code] = set()
        else:
            self.begin(code)

    @precondition(lambda self: self.hung)
    @rule(data=st.data(), how=st.sampled_from(["duty", "back", "view", "pause"]))
    def answers_and_moves(self, data: Any, how: str) -> None:
        code, one = self.writing(data)
        if how == "duty":
            self.do_as(code, lambda tx, who: report_draft.press(tx, who, one.id, "duty_type", "patrol"))
        elif how == "pause":
            self.do_as(code, lambda tx, who: report_menu.pause(tx, who, one.id))
        else:
            move = rules.back if how == "back" else lambda _, draft: rules.preview(draft)
            self.do_as(code, lambda tx, who: report_draft.change(tx, who, one.id, move))

    @precondition(lambda self: self.hung)
    @rule(data=st.data(), many=st.sampled_from([1, 2, 12]), kind=st.sampled_from(AttachmentKind), fetched=st.booleans())
    def attaches(self, data: Any, many: int, kind: AttachmentKind, fetched: bool) -> None:
        code, one = self.writing(data)
        brought = Incoming(kind, "file", "x.txt", album="1" if many > 1 else None, latitude=1.0, longitude=2.0)
        for _ in range(many):
            before = self.rows(one.id, one.corrects)
            taken = self.do_as(code, lambda tx, who: attachment.attach(tx, who, brought, tx.now))
            assert bool(taken) == (sum(each.counts for each in before) < COUNT_MAX)
            self.hung[code] |= {each.id for each in self.rows(one.id, one.corrects)} - {each.id for each in before}
        for each in self.rows(one.id, None) if fetched else ():
            self.is_fetched(each)

    def is_fetched(self, one: Any) -> None:
        """The same two files again and again, as whoever sends a photo twice."""
        if one.state is AttachmentState.FETCHING:
            content = CONTENTS[len(self.kept) % 2]
            sha256 = self.files.put(content)
            self.do(lambda tx: attachment.keep(tx, one.id, "text/plain", sha256, len(content)))
            self.kept[one.id] = content

    @precondition(lambda self: self.hung or self.sent)
    @rule(data=st.data())
    def one_is_fetched(self, data: Any) -> None:
        if (one := self.some(data, AttachmentState.FETCHING)) is not None:
            self.is_fetched(one)

    @precondition(lambda self: self.hung or self.sent)
    @rule(data=st.data(), why=st.sampled_from(Why))
    def fails(self, data: Any, why: Why) -> None:
        one = self.some(data, AttachmentState.FETCHING)
        if one is not None:
            self.do(lambda tx: attachment.give_up(tx, one.id, why))
            for hung in self.hung.values():
                hung.discard(one.id)

    @precondition(lambda self: self.hung)
    @rule(by=people, data=st.data())
    def takes_off(self, by: str, data: Any) -> None:
        code, one = self.writing(data)
        if every := self.rows(one.id, one.corrects):
            which = data.draw(st.sampled_from([each.id for each in every]))
            self.do_as(by, lambda tx, who: attachment.remove(tx, who, which))
            if by == code:
                self.hung[code].discard(which)  # what was sent is none of these, and stays

    @precondition(lambda self: self.hung)
    @rule(data=st.data(), how=st.sampled_from(["submit", "submit", "discard"]))
    def is_done_with_it(self, data: Any, how: str) -> None:
        code, one = self.writing(data)
        if how == "discard":
            self.do_as(code, lambda tx, who: report_menu.discard(tx, who, one.id))
            self.hung.pop(code)
            assert self.rows(one.id, None) == []
            return
        self.do_as(code, lambda tx, who: report_draft.press(tx, who, one.id, "duty_type", "patrol"))
        done = self.do_as(code, lambda tx, who: report.submit(tx, who, one.id, tx.now))
        if done is None:
            # A correction to which nothing was attached changes nothing: it is refused, and the draft stays.
            assert one.corrects is not None
            assert self.draft(code) is not None
            return
        self.author[done.id] = code
        self.sent.setdefault(done.id, {}).update(dict.fromkeys(self.hung.pop(code), done.version.number))

    def forget_all(self) -> None:
        """Carry out what was owed: no file that nothing needs is left, and none goes that something needs."""

        async def owed(tx: Tx) -> list[Any]:
            return list(await tx.read(text("select subject from errand where kind = 'forget'")))

        forget = Forget(self.store.begin, self.files)
        for row in self.do(owed):
            self.runner.run(forget.carry_out(Errand(1, "forget", row.subject, 0)))
        needed = {hashlib.sha256(content).hexdigest() for content in self.held().values()}
        assert {one.name for one in (self.folder / "files").rglob("*") if one.is_file()} == needed

    @rule(what=st.sampled_from(["killed", "hours", "forgets"]))
    def the_world_goes_on(self, what: str) -> None:
        if what == "killed":
            self.kill_and_start()
        elif what == "hours":
            self.clock.move(timedelta(hours=2))
        else:
            self.forget_all()

    def held(self) -> dict[int, bytes]:
        """What was fetched of all that hangs somewhere."""
        known = set().union(*self.hung.values(), *self.sent.values())
        return {which: content for which, content in self.kept.items() if which in known}

    @invariant()
    def nothing_is_lost_and_nothing_is_there_that_was_not_sent(self) -> None:
        for code, hung in self.hung.items():
            assert {one.id for one in self.rows(self.draft(code).id, None) if one.counts} == hung
        for which, sent in self.sent.items():
            assert {one.id: one.version for one in self.rows(None, which)} == sent

    @invariant()
    def what_is_there_lies_on_the_disk(self) -> None:
        for content in self.held().values():
            assert self.files.get(hashlib.sha256(content).hexdigest()) == content


Attaching.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAttaching = Attaching.TestCase

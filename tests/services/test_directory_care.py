"""A directory that loads, leads and officers change: every doubt is answered once, nobody reads what is not theirs."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import text

from bot.domain.bilingual import Text
from bot.domain.contact import OFFICER, READERS, Category, Contact, Phone, PhoneKind
from bot.domain.contact_care import number_mark, says
from bot.domain.officer import Officer, Role
from bot.services import contact, contact_care, emergency_card, own_entry
from bot.store import contact as contacts
from bot.store import contact_doubt
from bot.store import officer as officers
from bot.store.engine import Tx
from tests.services.machine import Machine

WHO = ("lacroix", "willis", "hamelin", "bradshaw", "deniger")
POSTS = {"mopti": "MPT", "bamako": "BKO", "nowhere": None}
MEMBER = f"{OFFICER}deniger"
people = st.sampled_from(WHO)
offices = st.sampled_from(sorted(POSTS))
numbers = st.integers(20_000_000, 20_000_009).map(lambda n: f"+223{n}")
seen_by = st.sampled_from(
    (
        READERS,
        (Role.OFFICER, Role.DEPUTY),
        (Role.OFFICER, Role.LEAD),
        (Role.LEAD, Role.COMMANDER),
        (Role.OFFICER,),
        (Role.LIAISON,),
    )
)


class Care(Machine):
    """`doubted` is who doubts what; `told` counts whom what became of a doubt was owed to."""

    start = datetime(2026, 12, 30, 5, 0, tzinfo=UTC)
    with_phones = WHO

    def __init__(self) -> None:
        super().__init__()
        self.doubted: dict[str, set[str]] = {}
        self.told: Counter[str] = Counter()
        self.looked_at = 0

    @initialize(roles=seen_by)
    def something_to_doubt(self, roles: tuple[Role, ...]) -> None:
        for at, code in enumerate(POSTS):
            self.loads(code, f"+2232000000{at}", roles, Category.MEDICAL, None)
            self.doubts("deniger", code)

    @rule(
        code=offices,
        number=numbers,
        roles=seen_by,
        category=st.sampled_from((Category.MEDICAL, Category.SECURITY)),
        until=st.sampled_from((None, date(2026, 12, 30), date(2027, 1, 1))),
    )
    def loads(self, code: str, number: str, roles: tuple[Role, ...], category: Category, until: date | None) -> None:
        one = Contact(
            code,
            category,
            function=Text(code, code),
            post=POSTS[code],
            phones=(Phone(PhoneKind.DESK, number),),
            roles=roles,
            valid_until=until,
        )
        self.do(lambda tx: contact.keep(tx, one, "file"))

    def seen(self, who: str, code: str) -> Contact | None:
        async def look(tx: Tx, officer: Officer) -> Contact:
            return (await contact.view(tx, officer, code)).contact

        found: Contact | None = self.do_as(who, look)
        return found

    @rule(who=people, code=st.sampled_from([*sorted(POSTS), MEMBER]))
    def doubts(self, who: str, code: str) -> None:
        if self.do_as(who, lambda tx, officer: contact_care.doubt(tx, officer, code)) is not None:
            self.doubted.setdefault(code, set()).add(who)

    def settled(self, code: str, by: str) -> None:
        doubters = self.doubted.pop(code, set()) - {by}
        self.told.update(one for one in doubters if self.seen(one, code) is not None)

    @rule(who=people, code=st.sampled_from([*sorted(POSTS), MEMBER]))
    def confirms(self, who: str, code: str) -> None:
        one = self.seen(who, code)
        if one is None:
            return
        wrong = says(replace(one, phones=(*one.phones, Phone(PhoneKind.RADIO, "Vigie"))))
        assert self.do_as(who, lambda tx, officer: contact_care.confirm(tx, officer, code, wrong)) is None
        if self.do_as(who, lambda tx, officer: contact_care.confirm(tx, officer, code, says(one))) is not None:
            self.settled(code, who)

    @rule(who=people, code=offices, number=numbers)
    def corrects(self, who: str, code: str, number: str) -> None:
        one = self.seen(who, code)
        if one is None:
            return
        mark = number_mark(one.phones[0])
        card = self.do_as(who, lambda tx, officer: contact_care.correct(tx, officer, code, mark, number))
        if card is None:
            return
        assert who in ("willis", "bradshaw") or (who == "lacroix" and POSTS[code] == "MPT")
        assert card.view.contact.phones[0].number == number
        self.settled(code, who)

    @rule(number=numbers)
    def the_member_adds_a_number(self, number: str) -> None:
        before = self.seen("deniger", MEMBER)
        self.do_as("deniger", lambda tx, one: own_entry.add_number(tx, one, PhoneKind.MOBILE, number))
        after = self.seen("deniger", MEMBER)
        assert before is not None
        assert after is not None
        if before.phones != after.phones:
            self.settled(MEMBER, "deniger")

    @rule(hours=st.sampled_from([1, 20]))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))

    @rule()
    def is_killed(self) -> None:
        self.kill_and_start()

    @invariant()
    def every_doubt_is_open_or_was_answered_once(self) -> None:
        async def work(tx: Tx) -> None:
            for code in (*POSTS, MEMBER):
                found = {one.said_by for one in await contact_doubt.of(tx, code)}
                assert found == self.doubted.get(code, set())
            rows = await tx.read(text("select officer from outbox where kind = 'contact_settled' and edits is null"))
            assert Counter(row.officer for row in rows) == self.told

        self.do(work)

    @invariant()
    def everybody_holds_the_card_as_it_is_and_one_waits_at_most(self) -> None:
        async def work(tx: Tx) -> None:
            await emergency_card.refresh(tx)
            people = await officers.by_code(tx, WHO)
            rows = await tx.read(
                text("select officer, facts from outbox where kind = 'emergency_card' and state = 'owed' order by id")
            )
            held = [row.officer for row in rows]
            assert len(set(held)) == len(held)
            cards = {row.officer: json.loads(row.facts) for row in rows}
            for code, one in people.items():
                urgent = [
                    [view.contact.code, view.contact.phones[0].number] for view in await contact.urgent_of(tx, one)
                ]
                shown = [
                    [view["contact"]["code"], view["contact"]["phones"][0]["number"]]
                    for view in cards.get(code, {"urgent": []})["urgent"]
                ]
                assert shown == urgent, code

        self.do(work)

    @invariant()
    def nobody_is_owed_what_they_may_not_see(self) -> None:
        async def work(tx: Tx) -> None:
            people = await officers.by_code(tx, WHO)
            rows = await tx.read(
                text("select id, officer, facts from outbox where id > :since order by id"), {"since": self.looked_at}
            )
            for row in rows:
                facts, role = json.loads(row.facts), people[row.officer].role
                for view in [facts["view"]] if "view" in facts else facts.get("urgent", []):
                    assert role in view["contact"]["roles"], (row.officer, view)
                self.looked_at = row.id

        self.do(work)

    @invariant()
    def a_correction_in_chat_takes_nothing_from_the_file(self) -> None:
        async def work(tx: Tx) -> None:
            assert set((await contacts.sources(tx)).values()) <= {"file"}

        self.do(work)


Care.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCare = Care.TestCase

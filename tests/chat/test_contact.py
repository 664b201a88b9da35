"""Over HTTP against the stand-in: numbers that are shared, cards that are pinned, and what is typed for in any chat."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import orjson
import pytest
from sqlalchemy import update

from bot.chat import texts
from bot.chat.keyboard import CopyButton, Inline
from bot.chat.texts import Reader, Rendered
from bot.chat.texts.reader import SharedContact
from bot.domain.contact_message import ContactView, InlineAnswer
from bot.domain.message import MESSAGES, Message
from bot.i18n.voice import Html, Voice
from bot.services import box
from bot.store import outbox
from bot.store.tables import officer
from tests.chat.sample import CONTACTS
from tests.kit import IDS, Scene, last_id, until
from tests.kit import texts as said

COPY = Inline(((CopyButton("📋 Copy", "+22320222222"),),))
_ENDED = update(officer).where(officer.c.code == "willis").values(tour_until=date(2026, 11, 1))
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kelly Willis\r\nEND:VCARD"


@dataclass(frozen=True)
class Card(Message):
    """A kind of message that asks for all of it."""

    kind: ClassVar[str] = "test_card"

    name: str
    pin: bool = False
    vcard: str | None = None


del MESSAGES[Card.kind]  # known while such a test runs only


def render(message: Card, voice: Voice, reader: Reader) -> Rendered:
    contact = SharedContact("+16135550142", message.name, "Willis", message.vcard) if message.vcard else None
    return Rendered(Html(message.name), COPY, contact=contact, pin=message.pin)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> type[Card]:
    monkeypatch.setitem(MESSAGES, Card.kind, Card)
    monkeypatch.setitem(texts._IN_ONE, Card, render)
    return Card


async def owe(scene: Scene, *messages: Message, to: str = "willis") -> None:
    async with scene.app.begin() as tx:
        for one in messages:
            outbox.owe(tx, one, to=to)


def answers(scene: Scene) -> list[Any]:
    return [one.params for one in scene.telegram.calls if one.method == "answerInlineQuery"]


async def test_a_number_is_copied_at_a_press_and_shared_whole(contingent: Scene, card: Any) -> None:
    phone = contingent.phone("willis")
    await owe(contingent, card("Kelly", vcard=VCARD))
    await contingent.settle()
    assert phone.last.contact == {
        "phone_number": "+16135550142", "first_name": "Kelly", "last_name": "Willis", "vcard": VCARD,
    }  # fmt: skip
    assert await phone.press("📋 Copy", phone.last) == 0
    assert phone.clipboard == "+22320222222"
    await owe(contingent, card("Kim", vcard="x" * 2049))
    await contingent.settle()
    assert "vcard" not in phone.last.contact, "the number goes all the same"
    assert phone.last.contact["first_name"] == "Kim"


async def test_a_card_is_pinned_and_takes_the_place_of_the_one_before(contingent: Scene, card: Any) -> None:
    phone = contingent.phone("willis")
    for name in ("first", "second"):
        before = last_id(phone)
        await owe(contingent, card(name, pin=True))
        await contingent.settle()
        assert phone.pinned.text == name
        assert [one.text for one in phone.messages if one.pinned] == [name]
        assert said(phone, before) == [name], "Telegram's notice of the pin is answered by nothing"
    assert await contingent.one("select count(*) from inbox where state = 'failed'") == 0
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []
    quiet = [one.params["disable_notification"] for one in contingent.telegram.calls if one.method == "pinChatMessage"]
    assert len(quiet) == 2 + len(IDS), "each of them has the emergency card, too"
    assert all(quiet)


async def test_a_pin_outlives_a_kill_and_a_line_that_is_cut(contingent: Scene, card: Any) -> None:
    phone = contingent.phone("willis")
    contingent.telegram.faults.drop(before=1.0, methods={"pinChatMessage"})
    calls, emergency = contingent.telegram.calls, phone.pinned
    pins = sum(one.method == "pinChatMessage" for one in calls)
    await owe(contingent, card("card", pin=True))
    await until(lambda: sum(one.method == "pinChatMessage" for one in calls) > pins, "the pin")
    await contingent.stop()
    assert phone.pinned is emergency
    contingent.telegram.faults.clear()
    await contingent.start()
    await contingent.settle()
    assert phone.pinned.text == "card"


async def test_a_pin_that_is_refused_or_done_already_does_no_harm(contingent: Scene, card: Any) -> None:
    phone = contingent.phone("willis")
    await owe(contingent, card("first", pin=True))
    await contingent.settle()
    first = phone.pinned
    contingent.telegram.exchange.chats[phone.user_id].remove(first)  # the person deleted it
    await owe(contingent, card("second", pin=True))
    await contingent.settle()
    assert phone.pinned.text == "second"
    async with contingent.app.begin() as tx:
        await box.settle(tx, [box.Result(1, "sent", message_id=phone.pinned.id, chat=phone.user_id, pin=True)])
    await contingent.settle()
    assert await contingent.rows("select state from outbox where state in ('parked', 'owed')") == []


async def test_a_person_who_pins_something_is_not_told_that_it_was_not_understood(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    before = last_id(phone)
    chat = {"id": phone.user_id, "type": "private", "first_name": "Kelly"}
    pinned = {"message_id": 1, "date": 1, "chat": chat, "text": "SOS"}
    for who in (phone.user, {"id": 700000001, "is_bot": True, "first_name": "Vigie"}):
        facts = {"message_id": 90, "date": 1, "chat": chat, "from": {k: v for k, v in who.items() if v is not None}}
        contingent.telegram.inject({"message": {**facts, "pinned_message": pinned}})
    await contingent.settle()
    assert said(phone, before) == []
    assert await contingent.one("select count(*) from inbox where state = 'failed'") == 0
    assert await contingent.one("select count(*) from outbox where kind = 'stranger'") == 0


async def test_what_is_listed_for_an_officer_is_theirs_alone_and_kept_nowhere(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await phone.inline("zzzz")
    await contingent.settle()
    assert phone.results == []
    query = contingent.telegram.exchange.ask(phone.user_id, "hospital", "")
    phone.asked = query
    await owe(contingent, InlineAnswer(query.id, tuple(ContactView(one) for one in CONTACTS), "2"))
    await contingent.settle()
    assert phone.results == ["Hospital, emergency room", "Roy <Ada> & {x}"]
    assert phone.asked.next_offset == "2"
    assert [(one["cache_time"], one["is_personal"]) for one in answers(contingent)] == [(0, True), (0, True)]
    assert await contingent.rows("select distinct facts from outbox where kind = 'inline_answer'") == [("{}",)]


async def test_what_is_chosen_in_the_chat_with_vigie_is_nothing_that_the_officer_says(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    phone.asked = query = contingent.telegram.exchange.ask(phone.user_id, "sos", "")
    emergency = ContactView(CONTACTS[0])
    await owe(contingent, InlineAnswer(query.id, (emergency,)))
    await contingent.settle()
    before = last_id(phone)
    await phone.choose(0)
    await contingent.settle()
    assert last_id(phone) == before + 1
    assert phone.messages[-1].via is not None
    assert await contingent.one("select count(*) from alert") == 0


async def test_a_stranger_sees_nothing_and_hears_nothing(scene: Scene) -> None:
    stranger = scene.telegram.phone(9001, "Eve")
    await stranger.inline("hamelin")
    await scene.settle()
    assert stranger.results == []
    assert stranger.messages == []
    assert answers(scene)[-1]["results"] == []
    assert await scene.rows("select kind from outbox where kind not in ('inline_answer', 'default_menu')") == []


async def test_an_officer_whose_tour_is_over_sees_nothing(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    async with contingent.app.begin() as tx:
        await tx.change(_ENDED)
    before = last_id(phone)
    await phone.inline("hamelin")
    await contingent.settle()
    assert phone.results == []
    assert said(phone, before) == []


async def test_of_several_keystrokes_the_last_is_answered_and_an_old_one_never(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    facts = {"from": phone._from(), "offset": "", "chat_type": "sender"}
    contingent.telegram.faults.outage(True)
    for number, text in enumerate(("h", "ha", "ham")):
        contingent.telegram.inject({"inline_query": {"id": str(number), "query": text, **facts}})
    contingent.telegram.faults.outage(False)
    await contingent.settle()
    assert [one["inline_query_id"] for one in answers(contingent)] == ["2"]

    await contingent.stop()
    before = len(answers(contingent))
    query = {"inline_query": {"id": "9", "query": "ham", **facts}, "update_id": 900_000_000}
    contingent.app = contingent.make_app()
    async with contingent.app.begin() as tx:
        await box.receive(tx, contingent.app.bot_id, [box.Fresh(900_000_000, None, orjson.dumps(query))])
    await contingent.app.store.close()
    await contingent.pass_time(seconds=31, tick=False)
    await contingent.start()
    await contingent.settle()
    assert len(answers(contingent)) == before
    assert await contingent.one("select state from inbox where update_id = 900000000") == "done"


async def test_a_query_that_cannot_be_handled_is_set_aside_without_a_word(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    before = last_id(phone)
    broken = {"id": "1", "from": {"id": phone.user_id}, "query": 7}
    contingent.telegram.inject({"inline_query": broken})
    contingent.telegram.inject({"inline_query": {"from": "x"}})
    await contingent.settle()
    assert said(phone, before) == []
    assert phone.messages[-1].id == before

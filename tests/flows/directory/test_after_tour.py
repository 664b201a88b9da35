"""After the tour: the card leaves the top of the chat, and in time what the officer has said is deleted."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import update

from bot.services import upkeep
from bot.store import contact_doubt
from bot.store.tables import officer
from tests.flows.directory.sample import HOSPITAL, lay_down
from tests.flows.words import ask, label, press
from tests.kit import Scene, last_id, texts

LAST_DAY = date(2026, 11, 25)  # the scene begins on the 23rd


async def _ends(scene: Scene, code: str, on: date | None) -> None:
    async with scene.app.begin() as tx:
        await tx.change(update(officer).where(officer.c.code == code).values(tour_until=on))


async def _says_all(scene: Scene, phone: Any) -> None:
    await ask(scene, phone, "/me")
    await press(scene, phone, label("fr", "My e-mail"))
    await ask(scene, phone, "kim@example.org")
    await ask(scene, phone, "/me")
    await press(scene, phone, label("fr", "My next of kin"))
    await press(scene, phone, label("fr", "Name somebody"))
    for answer in ("Zéphirine Quesnel", "sœur", "514 555 0177"):
        await ask(scene, phone, answer)


async def _kept(scene: Scene) -> list[int]:
    async with scene.app.begin() as tx:
        await upkeep.let_go(tx)
    return [await scene.one(f"select count(*) from {table}") for table in ("contact", "next_of_kin")]


async def test_the_card_leaves_the_top_of_the_chat_after_the_last_day_and_comes_back_with_a_new_tour(
    contingent: Scene,
) -> None:
    phone = contingent.phone("deniger")
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    await _ends(contingent, "deniger", LAST_DAY)
    await contingent.to(23, 59, days=2)
    assert phone.pinned is not None, "on the last day it is there"
    mark = last_id(phone)
    await contingent.pass_time(minutes=2)
    assert phone.pinned is None
    assert texts(phone, mark) == [], "without a word"
    assert contingent.phone("hamelin").pinned is None, "who had none has none"
    await lay_down(contingent, replace(HOSPITAL, phones=HOSPITAL.phones[:1]))
    await contingent.tick()
    assert phone.pinned is None
    await _ends(contingent, "deniger", None)
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    assert phone.pinned.text.startswith("🚨")


async def test_what_an_officer_has_said_is_deleted_ninety_days_after_the_tour(contingent: Scene) -> None:
    await _says_all(contingent, contingent.phone("deniger"))
    await _ends(contingent, "deniger", LAST_DAY)
    await contingent.pass_time(days=92, tick=False)
    assert await _kept(contingent) == [1, 1]
    await contingent.pass_time(days=1, tick=False)
    assert await _kept(contingent) == [0, 0]


async def test_half_a_next_of_kin_goes_too(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/me")
    await press(contingent, phone, label("fr", "My next of kin"))
    await press(contingent, phone, label("fr", "Name somebody"))
    await ask(contingent, phone, "Zéphirine Quesnel")
    await _ends(contingent, "deniger", LAST_DAY)
    await contingent.pass_time(days=92, tick=False)
    await _kept(contingent)
    assert "Quesnel" in await contingent.one("select data from draft")
    await contingent.pass_time(days=1, tick=False)
    await _kept(contingent)
    assert await contingent.one("select count(*) from draft") == 0


async def test_the_card_of_who_was_out_of_reach_goes_once_they_are_back(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    await phone.block()
    await contingent.settle()
    await _ends(contingent, "deniger", date(2026, 11, 23))
    await contingent.pass_time(days=1)
    assert phone.pinned is not None, "nothing can be done on a phone that blocks us"
    mark = last_id(phone)
    await phone.unblock()
    await contingent.settle()
    await contingent.tick()
    assert phone.pinned is None
    assert texts(phone, mark) == [], "and not a word: the tour is over"


async def test_who_is_on_tour_loses_nothing(contingent: Scene) -> None:
    await _says_all(contingent, contingent.phone("deniger"))
    await _ends(contingent, "deniger", None)
    await contingent.pass_time(days=400, tick=False)
    assert await _kept(contingent) == [1, 1]


async def test_what_was_imported_goes_ninety_days_after_it_was_valid_what_the_file_says_stays(
    contingent: Scene,
) -> None:
    ended = replace(HOSPITAL, valid_until=LAST_DAY)
    await lay_down(contingent, replace(ended, code="imported"), replace(HOSPITAL, code="valid"))
    await lay_down(contingent, replace(ended, code="filed"), source="file")
    await contingent.pass_time(days=93, tick=False)
    async with contingent.app.begin() as tx:
        assert await contact_doubt.add(tx, "imported", "willis")
    await _kept(contingent)
    assert await contingent.rows("select code from contact order by code") == [("filed",), ("valid",)]
    assert await contingent.one("select count(*) from contact_doubt") == 0, "what was said against it goes with it"

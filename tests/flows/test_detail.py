"""What somebody in need adds: their words and their place, passed on whole and without drowning the readers."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.services import sos, upkeep
from bot.store import officer as officers
from bot.store.tables import outbox
from tests.flows.words import ask, label, press
from tests.kit import Scene, last_id, texts

CALLS = ("/sos", "/assist")


async def in_distress(scene: Scene, code: str) -> None:
    for _ in range(2):
        await ask(scene, scene.phone(code), "/sos")


async def test_what_was_said_first_stays_on_the_card_whatever_comes_after(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    await ask(contingent, phone, "Enlevée près de Douentza. " + "Trois hommes, un Hilux blanc, vers le nord. " * 14)
    await ask(contingent, phone, "vite")
    assert "Douentza" in boss.last.text
    assert "vite" in boss.last.text


@pytest.mark.parametrize("call", CALLS)
async def test_words_behind_the_command_go_out_in_the_same_message(contingent: Scene, call: str) -> None:
    lead, phone = contingent.phone("lacroix"), contingent.phone("deniger")
    mark = last_id(lead)
    await ask(contingent, phone, f"{call} pneu crevé à Konna")
    if call == "/sos":
        await ask(contingent, phone, call)
    (told,) = texts(lead, mark)
    assert "pneu crevé à Konna" in told


async def move(scene: Scene, latitude: float) -> None:
    """Have the phone of the officer in distress report where it is now."""
    async with scene.app.begin() as tx:
        deniger = (await officers.by_code(tx, {"deniger"}))["deniger"]
        await sos.detail(tx, deniger, location=(latitude, -4.1), quiet=True)
    await scene.settle()


EDITS = "select count(*) from outbox where edits is not null and officer = 'bradshaw'"


async def test_a_phone_on_the_move_is_followed_at_a_pace_that_a_chat_can_take(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss, mark = contingent.phone("bradshaw"), last_id(contingent.phone("bradshaw"))
    before = await contingent.one(EDITS)
    for step in range(12):
        await contingent.pass_time(seconds=5)
        await move(contingent, 14.4 + step / 1000)
    assert 2 <= await contingent.one(EDITS) - before <= 4, "in one minute"
    assert texts(boss, mark) == [], "nobody pressed anything: nothing rings"


async def test_where_a_phone_came_to_rest_is_shown_within_twenty_seconds(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss = contingent.phone("bradshaw")
    await contingent.pass_time(seconds=30)
    for latitude in (14.41, 14.42, 14.43):
        await move(contingent, latitude)
        await contingent.pass_time(seconds=3)
    assert "14.4100" in boss.last.text
    await contingent.pass_time(seconds=10)
    assert "14.4100" in boss.last.text, "not at every step"
    await contingent.pass_time(seconds=1)
    assert "14.4300" in boss.last.text
    before = await contingent.one(EDITS)
    await contingent.pass_time(minutes=1)
    assert await contingent.one(EDITS) == before, "and not again"


async def test_a_moving_phone_delays_no_other_news(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss, deputy = contingent.phone("bradshaw"), contingent.phone("willis")
    await contingent.pass_time(seconds=30)
    await move(contingent, 14.41)
    await contingent.pass_time(seconds=1)
    await move(contingent, 14.42)
    await press(contingent, boss, label("en", "I am on it"))
    for phone in (boss, deputy):
        assert phone.last.text.startswith("🟠")
        assert "14.4200" in phone.last.text, "what is edited anyway shows where the phone is"
    await contingent.pass_time(seconds=1)
    await move(contingent, 14.43)
    await contingent.pass_time(seconds=20)
    assert "14.4300" in deputy.last.text
    assert "Bradshaw" in deputy.last.text


async def test_no_place_outlives_its_case_in_a_list_of_alerts(contingent: Scene) -> None:
    await in_distress(contingent, "deniger")
    boss, deputy, phone = (contingent.phone(code) for code in ("bradshaw", "willis", "deniger"))
    await phone.send_location(14.4843, -4.183)
    await contingent.settle()
    card = boss.last
    await ask(contingent, boss, "/alerts")
    await press(contingent, boss, label("en", "I am on it"), card)
    await press(contingent, boss, label("en", "Close with a reason"), card)
    await press(contingent, boss, label("en", "False alarm"))
    await press(contingent, deputy, label("en", "Confirm: close"))
    await contingent.pass_time(hours=74)
    async with contingent.app.begin() as tx:
        await upkeep.let_go(tx)
    async with contingent.app.store.read() as tx:
        held = await tx.read(sa.select(outbox.c.kind).where(outbox.c.facts.contains("14.48")))
    assert [row.kind for row in held] == []


async def test_a_clock_ahead_of_telegrams_leaves_the_time_to_cancel(contingent: Scene) -> None:
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    mark = last_id(boss)
    await phone.send("/sos", at=contingent.clock.now() - timedelta(seconds=30))
    await contingent.settle()
    await contingent.tick()
    assert texts(boss, mark) == []
    await contingent.pass_time(seconds=30)
    assert len(texts(boss, mark)) == 1


ASIDE = ("derrière l'école près du fleuve", "la soeur m'a vue partir")


@pytest.mark.parametrize("first", ["question", "call"])
async def test_after_the_directory_words_of_somebody_in_need_still_go_to_those_who_come(
    contingent: Scene, first: str
) -> None:
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    if first == "question":
        await ask(contingent, phone, "/repertoire")
        await in_distress(contingent, "deniger")
    else:
        await in_distress(contingent, "deniger")
        await contingent.pass_time(seconds=5)
        await ask(contingent, phone, "/repertoire")
    for words in ASIDE:
        await ask(contingent, phone, words)
        assert words in boss.last.text
    (answer,) = await ask(contingent, phone, "/repertoire hopital mopti")
    assert "+223 70 00 02 20" in answer, "whoever asks for a number by its command gets it"


async def test_a_call_for_help_goes_before_a_question_that_was_asked_earlier(contingent: Scene) -> None:
    boss, phone = contingent.phone("bradshaw"), contingent.phone("deniger")
    await ask(contingent, phone, "/moi")
    await press(contingent, phone, label("fr", "My next of kin"))
    await press(contingent, phone, label("fr", "Name somebody"))
    await contingent.pass_time(seconds=5)
    await in_distress(contingent, "deniger")
    await ask(contingent, phone, ASIDE[0])
    assert ASIDE[0] in boss.last.text
    assert await contingent.one("select count(*) from next_of_kin") == 0
    assert await contingent.one("select data from draft where officer = 'deniger'") == '{"step": "name"}'

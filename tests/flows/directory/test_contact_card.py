"""The emergency card of the post: everybody there has it, and has it anew when it says something else."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Phone, PhoneKind
from bot.domain.officer import Role
from bot.services import contact, emergency_card
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import contact as contacts
from bot.store import contact_card
from bot.store.tables import contact as table
from tests.flows.directory.sample import BARE, EMBASSY, HOSPITAL, POLICE, RADIO_ROOM, lay_down
from tests.flows.words import ask, label, press
from tests.kit import Scene, last_id, texts

SATELLITE = Phone(PhoneKind.SATELLITE, "+8816315555555")
FIRST = {"en": "🚨 Emergency numbers, {post}, as of ", "fr": "🚨 Numéros d'urgence, {post}, en date du "}


def _cards(phone: Any, since: int = 0) -> list[str]:
    return [one for one in texts(phone, since) if one.startswith("🚨") and "2026-" in one]


@pytest.mark.parametrize(("code", "language"), [("deniger", "fr"), ("deniger", "en")])
async def test_who_enrols_gets_the_card_of_the_post_in_their_language(scene: Scene, code: str, language: str) -> None:
    ambulance = replace(
        HOSPITAL, code="any", post=None, category=Category.EMERGENCY, name=Text.once("SAMU"), phones=(SATELLITE,)
    )
    await lay_down(scene, HOSPITAL, POLICE, RADIO_ROOM, EMBASSY, ambulance)
    await scene.enrol(code, language=language)
    (card,) = _cards(scene.phone(code))
    assert card.splitlines()[0] == FIRST[language].format(post="Mopti") + "2026-11-23."
    assert "+223 21 42 01 23" in card
    assert "+881 6 315 555555" in card, "what belongs to no post is there for all"
    for other in ("Bamako", "radio", "Canada"):
        assert other not in card
    for _ in range(3):
        await scene.tick()
    assert len(_cards(scene.phone(code))) == 1
    assert scene.phone(code).pinned.text.startswith("🚨"), "at the top of the chat"


async def test_an_empty_card_is_not_sent(scene: Scene) -> None:
    await lay_down(scene, RADIO_ROOM, replace(HOSPITAL, phones=()))
    await scene.enrol("deniger")
    assert not _cards(scene.phone("deniger"))
    assert await scene.one("select count(*) from contact_card") == 0


async def test_it_comes_anew_when_it_says_something_else_and_only_then(contingent: Scene) -> None:
    phone, other = contingent.phone("deniger"), contingent.phone("hamelin")

    async def cards_after(*laid: Any) -> tuple[list[str], list[str]]:
        marks = last_id(phone), last_id(other)
        await lay_down(contingent, *laid)
        await contingent.tick()
        return _cards(phone, marks[0]), _cards(other, marks[1])

    here, there = await cards_after(HOSPITAL)
    assert (len(here), len(there)) == (1, 0)
    assert await cards_after(HOSPITAL, RADIO_ROOM, EMBASSY) == ([], []), "the same, and what is not urgent"
    here, there = await cards_after(replace(HOSPITAL, phones=(*HOSPITAL.phones, SATELLITE)))
    assert len(here) == 1
    assert "+881" in here[0]
    here, there = await cards_after(POLICE)
    assert (len(here), len(there)) == (0, 1)


async def test_a_contact_that_expires_leaves_the_card_by_the_date_at_the_post(contingent: Scene) -> None:
    await lay_down(
        contingent,
        HOSPITAL,
        replace(HOSPITAL, code="clinic", name=Text.once("Clinique"), valid_until=date(2026, 11, 23)),
    )
    await contingent.tick()
    phone = contingent.phone("deniger")
    (card,) = _cards(phone)
    assert "Clinique" in card
    mark = last_id(phone)
    await contingent.to(23, 59)
    assert not _cards(phone, mark)
    await contingent.pass_time(minutes=2)
    (card,) = _cards(phone, mark)
    assert "Clinique" not in card
    assert "2026-11-24" in card.splitlines()[0]


async def test_who_holds_a_card_is_told_that_nothing_on_it_holds_any_more(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    mark = last_id(contingent.phone("deniger"))
    async with contingent.app.begin() as tx:
        contacts.retire(tx, HOSPITAL.code)
    await contingent.tick()
    (card,) = _cards(contingent.phone("deniger"), mark)
    assert "+223" not in card
    assert "n'est plus valable" in card
    mark = last_id(contingent.phone("deniger"))
    await contingent.pass_time(days=1)
    assert not _cards(contingent.phone("deniger"), mark)


async def test_who_moves_or_changes_language_gets_the_new_one(scene: Scene) -> None:
    await scene.enrol("deniger", "willis")
    await lay_down(scene, HOSPITAL, POLICE)
    await scene.tick()
    phone = scene.phone("deniger")
    mark = last_id(phone)
    await ask(scene, phone, "/langue")
    await press(scene, phone, "English")
    (card,) = _cards(phone, mark)
    assert card.startswith(FIRST["en"].format(post="Mopti"))
    mark = last_id(phone)
    head, _, tail = scene.roster.partition('name = "Kim Deniger"')
    async with scene.app.begin() as tx:
        moved = head + 'name = "Kim Deniger"' + tail.replace('post = "MPT"', 'post = "BKO"', 1)
        await load(tx, parse(moved, "mali.toml"))
    await scene.tick()
    (card,) = _cards(phone, mark)
    assert card.startswith(FIRST["en"].format(post="Bamako"))
    assert "Police of Bamako: 17, +223 20 22 55 55" in card


async def test_a_new_phone_gets_it_though_the_old_one_had_it(scene: Scene) -> None:
    await lay_down(scene, HOSPITAL)
    await scene.enrol("deniger")
    new = scene.telegram.phone(7001, first_name="Kim", language_code="fr")
    await new.start(payload=await scene.invite("deniger"))
    await scene.settle()
    await press(scene, new, "Français")
    await scene.tick()
    assert len(_cards(new)) == 1
    assert new.pinned is not None
    assert scene.phone("deniger").pinned is None, "nobody keeps it current there"


async def test_it_shows_no_more_than_each_may_see(contingent: Scene) -> None:
    await lay_down(contingent, replace(HOSPITAL, roles=(Role.LEAD, Role.COMMANDER)))
    await contingent.tick()
    assert len(_cards(contingent.phone("lacroix"))) == 1
    assert not _cards(contingent.phone("deniger"))


async def test_many_posts_are_reached_a_few_at_a_time(tmp_path: Path) -> None:
    posts = "".join(
        f'\n[[posts]]\ncode = "P{at}"\nname = "Poste {at}"\ntimezone = "Africa/Bamako"\n' for at in range(9)
    )
    roster = BARE.replace("\n[[watches]]", posts + "\n[[watches]]", 1)
    scene = await Scene(tmp_path, roster=roster).open()
    try:
        await scene.enrol("deniger", "hamelin")
        await lay_down(scene, HOSPITAL, POLICE)
        for _ in range(3):
            await lay_down(scene, EMBASSY)  # the directory changes all the time
            await scene.tick()
        assert len(_cards(scene.phone("deniger"))) == len(_cards(scene.phone("hamelin"))) == 1
    finally:
        await scene.close()


async def test_it_fits_on_a_screen(contingent: Scene) -> None:
    many = [
        replace(HOSPITAL, code=f"h{at}", name=Text.once(f"Poste {at}"), phones=(SATELLITE,) * 9) for at in range(30)
    ]
    await lay_down(contingent, *many)
    await contingent.tick()
    (card,) = _cards(contingent.phone("deniger"))
    assert len(card.splitlines()) == 10
    assert card.count("+881") == 24


async def test_a_newer_one_takes_the_place_of_one_not_sent_yet(contingent: Scene) -> None:
    async with contingent.app.begin() as tx:
        for number in ("+22321420001", "+22321420002"):
            await contact.keep(tx, replace(HOSPITAL, phones=(Phone(PhoneKind.DESK, number),)), "file")
            await emergency_card.refresh(tx)
    await contingent.settle()
    rows = await contingent.rows(
        "select state, priority from outbox where kind = 'emergency_card' and officer = 'deniger' order by id"
    )
    assert rows == [("withdrawn", 4), ("sent", 4)], "and it waits behind everything else"


async def test_a_correction_in_chat_brings_the_card_anew(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    lead = contingent.phone("lacroix")
    mark = last_id(contingent.phone("deniger"))
    await ask(contingent, lead, "/contact hopital")
    await press(contingent, lead, label("fr", "✏️ Correct it"))
    await ask(contingent, lead, "21 42 09 99")
    await contingent.tick()
    (card,) = _cards(contingent.phone("deniger"), mark)
    assert "+223 21 42 09 99" in card


async def test_a_card_that_fails_at_one_post_holds_up_no_other(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL, POLICE, replace(HOSPITAL, code="a", phones=(SATELLITE,)))
    phone, other = contingent.phone("deniger"), contingent.phone("hamelin")
    marks = last_id(phone), last_id(other)
    async with contingent.app.begin() as tx:
        await tx.change(update(table).where(table.c.code == "bko-police").values(pace="nothing"))
    await contingent.tick()
    assert len(_cards(phone, marks[0])) == 1
    async with contingent.app.begin() as tx:
        await tx.change(update(table).values(pace=None))
    await contingent.tick()
    assert len(_cards(other, marks[1])) == 1, "as soon as it can be made, with nothing else changed"
    assert len(_cards(phone, marks[0])) == 1


async def test_after_a_restore_a_card_that_was_parked_comes_anew(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    await contingent.tick()
    phone = contingent.phone("deniger")
    mark = last_id(phone)
    async with contingent.app.begin() as tx:  # as `vigie restore` does in the copy
        contact_card.drop_all(tx)
    await contingent.tick()
    assert len(_cards(phone, mark)) == 1

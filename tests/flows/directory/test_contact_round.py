"""On the first of each month who answers for contacts is asked whether they are still right."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.contact import Contact
from bot.domain.errors import No
from bot.domain.officer import Role
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import agenda
from bot.store.tables import contact
from tests.flows.directory.sample import EMBASSY, HOSPITAL, POLICE, RADIO_ROOM, lay_down
from tests.flows.words import buttons, label, line, plain, press, said
from tests.kit import Scene, last_id, texts

MANY = tuple(replace(HOSPITAL, code=f"mpt-{at}") for at in range(7))
FRESH = replace(RADIO_ROOM, code="mpt-fresh", verified_on=date(2026, 11, 26))
ROUND = {"en": "are these still right?", "fr": "sont-ils toujours exacts?"}


def _rounds(phone: Any, language: str, since: int = 0) -> list[str]:
    return [one for one in texts(phone, since) if ROUND[language] in one]


async def _asked(scene: Scene, *contacts: Contact) -> None:
    await lay_down(scene, *contacts)
    await scene.tick()
    await scene.to(8, 59, days=8)
    assert not _rounds(scene.phone("lacroix"), "fr")
    await scene.to(9)


@pytest.mark.parametrize(("lead", "language"), [("lacroix", "fr"), ("lacroix", "en")])
async def test_the_lead_is_asked_page_by_page_what_was_not_confirmed_of_late(
    scene: Scene, lead: str, language: str
) -> None:
    await scene.enrol(lead, language=language)
    phone = scene.phone(lead)
    await lay_down(scene, *MANY, FRESH)
    await scene.tick()
    await scene.to(8, 59, days=8)
    assert not _rounds(phone, language)
    await scene.to(9)
    (page,) = _rounds(phone, language)
    assert page.splitlines()[1].startswith("7 contacts")
    shown = phone.last
    hospital = "Regional hospital" if language == "en" else "Hôpital régional"
    correct, every = label(language, "✏️ Correct it"), label(language, "✅ All of these are right")
    assert buttons(shown)[:6] == [[f"✅ {hospital}", correct]] * 5 + [[every]]
    await press(scene, phone, f"✅ {hospital}", shown)
    assert await scene.rows("select code from contact where verified_on = '2026-12-01'") == [("mpt-0",)]
    assert "6 contacts" in plain(shown.text), "what is left, in its place"
    await press(scene, phone, every, shown)
    assert await scene.one("select count(*) from contact where verified_on = '2026-12-01'") == 6
    assert "1 contact " in plain(shown.text)
    await press(scene, phone, every, shown)
    assert plain(shown.text) == said(language, "✅ All these contacts are confirmed. Thank you.")
    assert await scene.one("select count(*) from contact where verified_on is null") == 0
    mark = last_id(phone)
    await scene.to(9, 0, days=7)
    assert not _rounds(phone, language, mark), "who has finished is not reminded"


async def test_what_belongs_to_no_lead_goes_to_the_commander(scene: Scene) -> None:
    await scene.enrol("lacroix", "willis", "bradshaw")
    await _asked(scene, HOSPITAL, EMBASSY, POLICE)
    assert "Hôpital" in _rounds(scene.phone("lacroix"), "fr")[0]
    asked = _rounds(scene.phone("bradshaw"), "en")
    assert len(asked) == 2
    assert any("Embassy of Canada" in one for one in asked)
    assert any("Police of Bamako" in one for one in asked)
    assert not _rounds(scene.phone("willis"), "en"), "the deputy only where there is no commander"


async def test_what_was_confirmed_after_the_last_round_is_asked_about_at_the_next(scene: Scene) -> None:
    await scene.enrol("lacroix")
    await _asked(scene, replace(HOSPITAL, verified_on=date(2026, 11, 3)))
    assert len(_rounds(scene.phone("lacroix"), "fr")) == 1


async def test_what_the_lead_may_not_see_is_asked_of_command(scene: Scene) -> None:
    await scene.enrol("lacroix", "willis", "bradshaw")
    secret = replace(RADIO_ROOM, roles=(Role.DEPUTY, Role.COMMANDER))
    await _asked(scene, HOSPITAL, secret, replace(secret, code="mpt-x", roles=(Role.DEPUTY,)))
    assert "Mopti Base" not in _rounds(scene.phone("lacroix"), "fr")[0]
    for code in ("bradshaw", "willis"):
        phone = scene.phone(code)
        (page,) = _rounds(phone, "en")
        assert page.splitlines()[1].startswith("1 contact ")
        await press(scene, phone, label("en", "✅ All of these are right"))
        assert plain(phone.last.text) == said("en", "✅ All these contacts are confirmed. Thank you.")
    rows = await scene.rows("select code, verified_by from contact where verified_on is not null order by code")
    assert rows == [("mpt-radio", "bradshaw"), ("mpt-x", "willis")]


async def test_what_fails_at_one_post_holds_up_no_other(scene: Scene) -> None:
    await scene.enrol("lacroix", "bradshaw")
    await lay_down(scene, HOSPITAL, POLICE)
    await scene.tick()
    police = update(contact).where(contact.c.code == "bko-police")
    async with scene.app.begin() as tx:
        await tx.change(police.values(category="nothing"))
    await scene.to(9, days=8)
    assert len(_rounds(scene.phone("lacroix"), "fr")) == 1
    async with scene.app.begin() as tx:
        await tx.change(police.values(category="emergency"))
    await scene.pass_time(minutes=11)
    assert len(_rounds(scene.phone("bradshaw"), "en")) == 1
    assert len(_rounds(scene.phone("lacroix"), "fr")) == 1


async def test_without_a_commander_the_deputy_is_asked(scene: Scene) -> None:
    await scene.enrol("lacroix", "willis")
    await _asked(scene, EMBASSY)
    assert len(_rounds(scene.phone("willis"), "en")) == 1


async def test_a_week_later_who_has_not_finished_is_reminded_once(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await _asked(scene, *MANY)
    mark = last_id(phone)
    await scene.to(8, 59, days=7)
    assert not _rounds(phone, "fr", mark)
    await scene.to(9)
    (again,) = _rounds(phone, "fr", mark)
    assert again.startswith(said("fr", "⏰ Not all of it is confirmed yet."))
    mark = last_id(phone)
    await scene.to(9, days=7)
    assert not _rounds(phone, "fr", mark)
    await scene.to(9, days=17)
    assert len(_rounds(phone, "fr", mark)) == 1, "the next month it is asked anew"


async def test_switched_off_over_the_first_it_asks_once_when_it_is_back(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await lay_down(scene, HOSPITAL)
    await scene.tick()
    await scene.stop()
    scene.clock.move(timedelta(days=45))  # over the first of December and of January
    store = scene.make_app().store
    moved = scene.roster.replace(
        'name = "Mopti"\ntimezone = "Africa/Bamako"', 'name = "Mopti"\ntimezone = "Africa/Lagos"'
    )
    async with store.begin() as tx:  # a load in between, with another clock, does not lose it
        await load(tx, parse(moved, "mali.toml"))
    await store.close()
    await scene.start()
    await scene.tick()
    assert len(_rounds(phone, "fr")) == 1
    await scene.tick()
    assert len(_rounds(phone, "fr")) == 1


async def test_switched_off_over_the_reminder_and_the_next_first_it_asks_once(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await _asked(scene, HOSPITAL)
    mark = last_id(phone)
    await scene.stop()
    scene.clock.move(timedelta(days=32))
    await scene.start()
    await scene.tick()
    await scene.tick()
    (asked,) = _rounds(phone, "fr", mark)
    assert not asked.startswith("⏰")
    mark = last_id(phone)
    await scene.pass_time(days=7)
    assert len(_rounds(phone, "fr", mark)) == 1, "and reminds a week after that"


async def test_an_old_reminder_that_comes_after_the_round_takes_no_new_one_away(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await _asked(scene, HOSPITAL)
    async with scene.app.begin() as tx:  # laid down anew, so that it is read before its reminder
        agenda.drop(tx, "contact_round:MPT")
        agenda.drop(tx, "contact_remind:MPT")
        agenda.add(tx, "contact_round:MPT", tx.now + timedelta(days=31))
        agenda.add(tx, "contact_remind:MPT", tx.now + timedelta(days=7))
    await scene.stop()
    scene.clock.move(timedelta(days=32))
    await scene.start()
    await scene.tick()
    mark = last_id(phone)
    await scene.pass_time(days=7)
    assert len(_rounds(phone, "fr", mark)) == 1


async def test_nothing_is_asked_where_there_is_nothing(scene: Scene) -> None:
    await scene.enrol("lacroix", "bradshaw")
    await _asked(scene, FRESH)
    assert not _rounds(scene.phone("lacroix"), "fr")
    assert not _rounds(scene.phone("bradshaw"), "en")


async def test_a_page_that_says_something_else_by_now_is_not_confirmed(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await _asked(scene, HOSPITAL)
    await lay_down(scene, replace(HOSPITAL, phones=RADIO_ROOM.phones))
    await press(scene, phone, label("fr", "✅ All of these are right"))
    assert plain(phone.popups[-1].text) == line("fr", No.CONTACT_CHANGED)
    assert await scene.one("select verified_on from contact") is None
    await press(scene, phone, label("fr", "🔄 Show what is left"))
    assert "Mopti Base" in phone.last.text
    await press(scene, phone, label("fr", "✅ All of these are right"))
    assert await scene.one("select verified_on from contact") == "2026-12-01"


async def test_a_number_in_doubt_is_asked_about_even_if_it_is_fresh(scene: Scene) -> None:
    await scene.enrol("lacroix", "deniger")
    await lay_down(scene, FRESH)
    await scene.phone("deniger").send("/contact radio")
    await scene.settle()
    await press(scene, scene.phone("deniger"), label("fr", "Wrong number"))
    await _asked(scene)
    (page,) = _rounds(scene.phone("lacroix"), "fr")
    assert said("fr", "⚠️ Somebody says that a number here is wrong.") in page


async def test_who_no_longer_answers_for_them_confirms_nothing(scene: Scene) -> None:
    await scene.enrol("lacroix")
    phone = scene.phone("lacroix")
    await _asked(scene, HOSPITAL)
    async with scene.app.begin() as tx:
        await load(tx, parse(scene.roster.replace('role = "lead"', 'role = "officer"'), "mali.toml"))
    shown = phone.last
    for button in (
        "✅ Hôpital régional",
        label("fr", "✅ All of these are right"),
        label("fr", "🔄 Show what is left"),
    ):
        await press(scene, phone, button, shown)
        assert plain(phone.popups[-1].text) == line("fr", No.NOT_ALLOWED)
    assert await scene.one("select verified_on from contact") is None


async def test_each_post_is_asked_by_its_own_clock(scene: Scene) -> None:
    await scene.enrol("lacroix")
    abroad = scene.roster.replace(
        'name = "Mopti"\ntimezone = "Africa/Bamako"', 'name = "Mopti"\ntimezone = "Africa/Kinshasa"'
    )
    await scene.tick()
    async with scene.app.begin() as tx:
        await load(tx, parse(abroad, "mali.toml"))
    await lay_down(scene, HOSPITAL)
    await scene.to(7, 59, days=8)
    assert not _rounds(scene.phone("lacroix"), "fr")
    await scene.to(8)  # nine o'clock in Kinshasa
    assert len(_rounds(scene.phone("lacroix"), "fr")) == 1


async def test_before_anything_is_loaded_a_tick_does_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    await scene.telegram.start()
    try:
        await scene.start()
        done = await scene.tick()
        assert done.failed == 0
    finally:
        await scene.close()

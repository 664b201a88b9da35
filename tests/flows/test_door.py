"""Who is enrolled no longer, or not on tour: an old button says so, does nothing, and leaves nobody without a word."""

from datetime import date

import pytest
from sqlalchemy import update

from bot.services import enrol
from bot.store import officer as officers
from bot.store.tables import officer
from tests.flows.words import BOTH, ask, both, buttons, label, plain, press
from tests.kit import Scene, last_id, texts


async def _revoke(scene: Scene, code: str) -> None:
    async with scene.app.begin() as tx:
        boss = (await officers.by_code(tx, {"bradshaw"}))["bradshaw"]
        await enrol.revoke(tx, boss, code)
    await scene.settle()


async def _end(scene: Scene, code: str) -> None:
    async with scene.app.begin() as tx:
        await tx.change(update(officer).where(officer.c.code == code).values(tour_until=date(2026, 11, 22)))


async def test_an_old_button_on_a_phone_that_was_closed_says_so(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/moi")
    shown = phone.last
    await _revoke(contingent, "deniger")
    mark = last_id(phone)
    await press(contingent, phone, label("fr", "📱 My numbers"), shown)
    assert plain(phone.popups[-1].text) == both("This line is for enrolled personnel only.")
    assert texts(phone, mark) == []
    assert await contingent.one("select count(*) from inbox where state = 'failed'") == 0


@pytest.mark.parametrize("code", ["deniger", "willis"])
async def test_a_distress_sent_from_a_phone_that_was_closed_is_not_taken_for_sent(contingent: Scene, code: str) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/sos")
    shown = phone.last
    sent = await contingent.one("select count(*) from alert")
    await _revoke(contingent, code)
    mark = last_id(phone)
    await press(contingent, phone, buttons(shown)[0][0], shown)
    assert plain(phone.popups[-1].text) == both("This line is for enrolled personnel only.")
    (told,) = texts(phone, mark)
    assert told == both(
        "This line is for enrolled personnel only: nothing was passed on. In danger, call your post at once."
    )
    assert await contingent.one("select count(*) from alert") == sent


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_whose_tour_is_over_reads_that_and_not_what_has_become_of_the_button(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/contact hopital")
    shown = phone.last
    await _end(contingent, code)
    async with contingent.app.begin() as tx:
        await tx.change(update(officer).where(officer.c.code == code).values(role="liaison"))
    await press(contingent, phone, buttons(shown)[0][0], shown)
    words = "Your tour of duty, until 22 November," if language == "en" else "Votre affectation, jusqu'au 22 novembre,"
    assert plain(phone.popups[-1].text).startswith(words)

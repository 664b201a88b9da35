"""Absences: asked for in three steps, in force only once somebody else confirms, ended by a due check-in."""

from typing import Any

import pytest

from bot.chat.keyboard import Press, Verb
from bot.chat.press import Seal
from bot.domain.errors import No
from tests.flows.words import BOTH, ask, label, line, plain, press, record, said
from tests.kit import Scene, last_id, texts

DECIDERS = ("lacroix", "willis", "bradshaw")  # the post's lead, the deputy, the commander: for Deniger, at Mopti


async def _form(scene: Scene, phone: Any, language: str, start: str, back: str, command: str = "/leave") -> list[str]:
    """Fill the form in; `start` and `back` are typed. Return what the last answer was."""
    await ask(scene, phone, command)
    await press(scene, phone, label(language, "🏖 Leave", "absence"))
    await ask(scene, phone, start)
    return await ask(scene, phone, back)


async def _decide(scene: Scene, code: str, language: str, button: str) -> list[str]:
    return await press(scene, scene.phone(code), label(language, button))


async def _absent(scene: Scene, language: str, start: str = "2026-11-23 05:00", back: str = "2026-11-25 08:00") -> None:
    """Have Deniger away from now on for two days, confirmed by the lead."""
    await _form(scene, scene.phone("deniger"), language, start, back)
    await _decide(scene, "lacroix", "fr", "Confirm")
    await scene.tick()


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, contingent: Scene) -> str:
    """The language that Deniger chose."""
    if request.param == "en":
        phone = contingent.phone("deniger")
        await ask(contingent, phone, "/language")
        await press(contingent, phone, "English")
    return str(request.param)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_the_form_by_buttons(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    marks = {one: last_id(contingent.phone(one)) for one in ("bradshaw", "willis", "lacroix", "hamelin")}
    (kind,) = await ask(contingent, phone, "/leave" if language == "en" else "/conge")
    assert said(language, "<b>What kind of absence is it?</b>") in kind
    await press(contingent, phone, label(language, "🚙 Duty travel", "absence"))
    (back,) = await press(contingent, phone, label(language, "Tomorrow at 08:00"))
    assert said(language, "<b>When are you back?</b> A check-in is due then.") in back
    days = phone.last.inline[1][0].text
    (asked,) = await press(contingent, phone, days)
    assert said(language, "<b>Asked for, not confirmed yet</b>") in asked
    assert await contingent.rows("select officer, kind, state from absence") == [(code, "duty_travel", "asked")]
    ((starts, ends),) = await contingent.rows("select starts_at, ends_at from absence")
    assert ends - starts == 2 * 86_400_000_000
    told = {one for one, mark in marks.items() if [t for t in texts(contingent.phone(one), mark) if "🚙" in t]}
    assert told - {code} == {"bradshaw", "willis", "lacroix"} - {code} - ({"lacroix"} if code == "willis" else set())
    for one in told - {code}:
        assert contingent.phone(one).last.inline, "to confirm or to refuse"
    assert phone.last.inline == [], "not to the subject, who may withdraw it only"
    assert await contingent.one("select count(*) from draft") == 0


async def test_the_form_by_typed_dates(contingent: Scene, language: str) -> None:
    phone = contingent.phone("deniger")
    (asked,) = await _form(contingent, phone, language, "2026-12-05 08:00", "2026-12-12", "/conge")
    assert ("5 December" if language == "en" else "5 décembre") in asked
    assert ("12 December" if language == "en" else "12 décembre") in asked
    assert ("08:00" if language == "en" else "8 h") in asked
    (again,) = await ask(contingent, phone, "/conge")
    assert said(language, "Not confirmed yet.") in again
    assert len(await contingent.rows("select id from absence")) == 1


async def test_dates_that_cannot_be_get_one_clear_line(contingent: Scene, language: str) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/leave")
    await press(contingent, phone, label(language, "🏖 Leave", "absence"))
    for bad in ("tomorrow morning", "2026-13-05 08:00", "2026-02-30", "05/12/2026", "2026-12-05 25:00", "25:00"):
        assert await ask(contingent, phone, bad) == [line(language, No.BAD_DATE)], bad
    assert await ask(contingent, phone, "2026-11-01 08:00") == [line(language, No.OLD_TIME)]
    await ask(contingent, phone, "2026-12-05 08:00")
    for bad in ("soon", "2026-12-40"):
        assert await ask(contingent, phone, bad) == [line(language, No.BAD_DATE)], bad
    assert await contingent.one("select count(*) from absence") == 0
    for bad in ("2026-12-05 08:00", "2026-12-01", "2028-12-05"):
        assert await ask(contingent, phone, bad) == [line(language, No.BAD_RETURN)], bad
    (asked,) = await ask(contingent, phone, "2026-12-06")
    assert said(language, "<b>Asked for, not confirmed yet</b>") in asked, "the question stayed open"


async def test_nothing_is_excused_before_somebody_confirms(contingent: Scene, language: str) -> None:
    await _form(contingent, contingent.phone("deniger"), language, "2026-11-23 05:00", "2026-11-25 08:00")
    await contingent.tick()
    assert await contingent.one("select count(*) from duty where state = 'excused'") == 0
    for hour, minute in ((7, 45), (8, 0), (8, 30)):
        await contingent.to(hour, minute)
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 1


async def test_confirmed_by_the_lead_it_is_in_force_for_all_to_see(contingent: Scene, language: str) -> None:
    phone, boss = contingent.phone("deniger"), contingent.phone("bradshaw")
    await _form(contingent, phone, language, "2026-11-23 05:00", "2026-11-25 08:00")
    mark = last_id(phone)
    await _decide(contingent, "lacroix", "fr", "Confirm")
    await contingent.tick()
    (decided,) = texts(phone, mark)
    assert "LaCroix" in decided
    for code in DECIDERS:
        request = next(one for one in contingent.phone(code).messages if "🏖" in one.text)
        assert request.inline == [], "the buttons are gone for everybody"
        assert "LaCroix" in request.text
    assert await contingent.rows("select actor, subject from audit where action = 'absence_confirmed'") == [
        ("lacroix", "deniger")
    ]
    (status,) = await ask(contingent, boss, "/status")
    row = next(one for one in status.splitlines() if "Deniger" in one)
    assert row.startswith("🏖")
    assert "25 November" in row
    mark = last_id(phone)
    for hour, minute in ((7, 45), (8, 0), (8, 30), (19, 45), (20, 0), (20, 30)):
        await contingent.to(hour, minute)
    assert texts(phone, mark) == [], "no reminder meanwhile"
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 0
    past = "select state from duty where officer = 'deniger' and due_at <= :at"
    assert await contingent.rows(past, at=int(contingent.clock.now().timestamp() * 1e6)) == [("excused",)] * 2


async def test_the_return_is_a_due_checkin_with_reminders_and_an_alert(contingent: Scene, language: str) -> None:
    await _absent(contingent, language, back="2026-11-24 12:00")
    phone = contingent.phone("deniger")
    mark = last_id(phone)
    await contingent.to(11, 45, days=1)
    (before,) = texts(phone, mark)
    assert ("You are due back" if language == "en" else "Votre retour est prévu") in before
    for hour, minute in ((12, 0), (12, 15)):
        await contingent.to(hour, minute)
    assert len(texts(phone, mark)) == 3
    mark = last_id(contingent.phone("lacroix"))
    await contingent.to(12, 30)
    assert [one for one in texts(contingent.phone("lacroix"), mark) if "Deniger" in one]
    assert await contingent.rows("select kind, state from alert where officer = 'deniger'") == [("overdue", "open")]
    (_receipt,) = [one for one in await ask(contingent, phone, "ok") if one.startswith("✅")]
    assert await contingent.rows("select state from alert where officer = 'deniger'") == [("closed",)]


async def test_a_duty_that_is_open_is_not_closed_by_leaving(contingent: Scene, language: str) -> None:
    await contingent.to(7, 50)
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/leave")
    await press(contingent, phone, label(language, "🤒 Sick", "absence"))
    await press(contingent, phone, label(language, "Now"))
    await press(contingent, phone, phone.last.inline[1][0].text)
    await _decide(contingent, "lacroix", "fr", "Confirm")
    await contingent.to(8, 0)
    await contingent.to(8, 30)
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 1


async def test_back_early_is_a_checkin_due_now(contingent: Scene, language: str) -> None:
    await _absent(contingent, language)
    await contingent.to(12, 0)
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    mark = last_id(lead)
    await ask(contingent, phone, "/conge")
    (back,) = await press(contingent, phone, label(language, "I am back"))
    assert said(language, "Welcome back. Your check-in is due now.") in back
    assert [one for one in texts(lead, mark) if "Deniger" in one]
    await contingent.pass_time(seconds=5)
    due = await contingent.rows("select state from duty where officer = 'deniger' and watch = 'return'")
    assert due == [("pending",)]
    (status,) = await ask(contingent, contingent.phone("bradshaw"), "/status")
    assert not [one for one in status.splitlines() if one.startswith("🏖")]
    await contingent.pass_time(minutes=31)
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 1


async def test_back_early_and_safe(contingent: Scene, language: str) -> None:
    await _absent(contingent, language)
    await contingent.to(12, 0)
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/leave")
    await press(contingent, phone, label(language, "I am back"))
    await contingent.pass_time(seconds=5)
    await ask(contingent, phone, "ok")
    await contingent.pass_time(minutes=40)
    assert await contingent.one("select count(*) from alert where officer = 'deniger'") == 0
    mark = last_id(phone)
    await contingent.to(19, 45)
    assert texts(phone, mark), "the evening's check-in is due again"


async def test_a_request_can_be_withdrawn(contingent: Scene, language: str) -> None:
    phone, lead = contingent.phone("deniger"), contingent.phone("lacroix")
    await _form(contingent, phone, language, "2026-12-05 08:00", "2026-12-12")
    request = lead.last
    await ask(contingent, phone, "/conge")
    (gone,) = await press(contingent, phone, label(language, "Withdraw"))
    assert said(language, "Withdrawn. Your check-ins are due as planned.") in gone
    assert request.inline == []
    assert await contingent.rows("select state from absence") == [("cancelled",)]
    (kind,) = await ask(contingent, phone, "/conge")
    assert said(language, "<b>What kind of absence is it?</b>") in kind


async def test_refused_it_changes_nothing(contingent: Scene, language: str) -> None:
    phone = contingent.phone("deniger")
    await _form(contingent, phone, language, "2026-11-23 05:00", "2026-11-25 08:00")
    mark = last_id(phone)
    await _decide(contingent, "bradshaw", "en", "Refuse")
    (decided,) = texts(phone, mark)
    assert said(language, "Your check-ins stay due.") in decided
    assert "Bradshaw" in decided
    await contingent.tick()
    assert await contingent.one("select count(*) from duty where state = 'excused'") == 0


async def test_a_second_decision_is_refused(contingent: Scene, language: str) -> None:
    await _form(contingent, contingent.phone("deniger"), language, "2026-12-05 08:00", "2026-12-12")
    boss = contingent.phone("bradshaw")
    held = {one.text: one.data for row in boss.last.inline for one in row}
    request = boss.last
    await _decide(contingent, "lacroix", "fr", "Confirm")
    before = await record(contingent)
    for data in held.values():
        seen = len(boss.popups)
        boss._query(request, data)
        await contingent.settle()
        assert [plain(one.text) for one in boss.popups[seen:]] == [line("en", No.LEAVE_DECIDED)]
    assert await record(contingent) == before
    assert len(held) == 2


async def test_nobody_confirms_the_own_absence(contingent: Scene) -> None:
    """A commander's own request comes to the deputy; the commander's press on a sealed button is refused too."""
    boss = contingent.phone("bradshaw")
    mark = last_id(boss)
    await _form(contingent, boss, "en", "2026-12-05 08:00", "2026-12-12")
    assert not [one for one in boss.messages if one.id > mark and label("en", "Confirm") in str(one.inline)]
    which = await contingent.one("select id from absence")
    seal = Seal(contingent.telegram.token)
    boss._query(boss.last, seal.data(Press(Verb.ABSENCE_CONFIRM, str(which)), boss.user_id))
    await contingent.settle()
    assert plain(boss.popups[-1].text) == line("en", No.OWN_LEAVE)
    assert await contingent.rows("select state from absence") == [("asked",)]
    await _decide(contingent, "willis", "en", "Confirm")
    assert await contingent.rows("select state, decided_by from absence") == [("confirmed", "willis")]


async def test_withdrawn_after_the_window_opened_the_checkin_is_expected_again(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/conge")
    await press(contingent, phone, label("fr", "🏖 Leave", "absence"))
    await ask(contingent, phone, "2026-11-23 07:30")
    await ask(contingent, phone, "2026-11-25 09:00")
    await press(contingent, contingent.phone("lacroix"), label("fr", "Confirm"))
    await contingent.to(7, 0)
    await ask(contingent, phone, "/conge")
    await press(contingent, phone, phone.last.inline[0][0].text)
    await contingent.to(7, 50)
    assert any("8 h" in one for one in texts(phone)[-1:]), "and reminded of"
    await contingent.to(8, 45)
    assert await contingent.rows("select officer from alert where officer = 'deniger'") == [("deniger",)]

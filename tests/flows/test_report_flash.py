"""A flash report at any moment: it lays aside what was being written, loses none of it, and is read by all it told."""

import json
from typing import Any

import pytest

from bot.domain.errors import No, RefusalError
from bot.services import report as reports
from bot.services import upkeep
from bot.store import officer as officers
from tests.flows.test_report import CODE, DUTY, FORM, SENT, SILENT, open_form, send
from tests.flows.test_report_review import finish_full, flash, last_data, lead_in_bamako
from tests.flows.words import BOTH, ask, buttons, forge, label, line, press, said
from tests.kit import Scene, last_id, texts

DRAFTS = "select form, paused from report_draft order by slot"
GO_ON = "▶️ Go on with the draft"


def offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row]


async def popup(scene: Scene, phone: Any, data: str) -> str:
    return (await forge(scene, phone, data))[0]


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_flash_is_begun_in_one_tap_while_another_report_is_written(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await open_form(contingent, phone, language, "Duty report")
    await ask(contingent, phone, "20:00 04:00")
    await ask(contingent, phone, "/report")
    assert label(language, "Incident: flash report", FORM) in offered(phone)
    assert label(language, "Meeting", FORM) not in offered(phone), "one draft a person, but for a flash"
    (question,) = await press(contingent, phone, label(language, "Incident: flash report", FORM))
    assert said(language, "What is it?") in question
    aside = said(language, "💾 Laid aside: {form}. It is offered again after this report.")
    assert aside.format(form=label(language, "Duty report", FORM)) in question
    assert await contingent.rows(DRAFTS) == [("daily", 1), ("flash", 0)]


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_after_the_flash_the_draft_is_offered_and_goes_on_where_it_was(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await open_form(contingent, phone, language, "Duty report")
    await ask(contingent, phone, "20:00 04:00")
    receipt = await flash(contingent, phone, language, personnel="Nobody of ours involved", help_="No help needed")
    waits = said(language, "Your draft waits: {form}.")
    assert waits.format(form=label(language, "Duty report", FORM)) in receipt
    assert label(language, "📝 Full report") in offered(phone)
    (question,) = await press(contingent, phone, label(language, GO_ON))
    assert said(language, "What was your main duty?") in question
    await press(contingent, phone, label(language, "Patrol", DUTY))
    await press(contingent, phone, label(language, "Nothing more to report"))
    await send(contingent, phone, language)
    assert [row[2] for row in await contingent.rows(SENT)] == ["flash", "daily"]
    period = json.loads(await contingent.one("select answers from report_version where form = 'daily'"))["period"]
    assert period == {"from": "2026-11-22T20:00:00+00:00", "to": "2026-11-23T04:00:00+00:00"}


async def test_after_a_flash_that_is_discarded_too(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await open_form(contingent, phone, "fr", "Incident: flash report")
    await ask(contingent, phone, "/rapport")
    await press(contingent, phone, label("fr", "🗑 Discard the draft"))
    (gone,) = await press(contingent, phone, label("fr", "Yes, discard it"))
    assert said("fr", "Your draft waits: {form}.").format(form=label("fr", "Meeting", FORM)) in gone
    (question,) = await press(contingent, phone, label("fr", GO_ON))
    assert said("fr", "When was it?") in question
    assert await contingent.rows(DRAFTS) == [("meeting", 0)]


async def test_what_is_typed_after_the_flash_is_no_answer_to_the_draft_that_was_laid_aside(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await flash(contingent, phone, "fr", personnel="Nobody of ours involved", help_="No help needed")
    await ask(contingent, phone, "04:30")
    assert await contingent.one("select answers from report_draft") == "{}"


async def test_a_button_of_what_is_laid_aside_says_so_and_changes_nothing(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    now = last_data(phone, label("fr", "Now"))
    await open_form(contingent, phone, "fr", "Incident: flash report")
    before = await contingent.rows("select * from report_draft order by slot")
    assert await popup(contingent, phone, now) == line("fr", No.DRAFT_ASIDE)
    assert await contingent.rows("select * from report_draft order by slot") == before


async def test_a_double_tap_begins_one_flash_and_a_second_incident_another(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/report")
    begin = last_data(phone, label("en", "Incident: flash report", FORM))
    for _ in range(2):
        await forge(contingent, phone, begin)
    assert await contingent.rows(DRAFTS) == [("flash", 0)]
    await press(contingent, phone, label("en", "Shooting", CODE))
    (_, (question,)) = await forge(contingent, phone, begin)
    assert said("en", "What is it?") in question
    assert await contingent.rows(DRAFTS) == [("flash", 1), ("flash", 0)]
    assert '"category": "shooting"' in await contingent.one("select answers from report_draft where slot = 0")


async def test_the_full_report_lays_aside_too_and_says_so(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await open_form(contingent, phone, "en", "Duty report")
    await flash(contingent, phone, "en", personnel="Nobody of ours involved", help_="No help needed")
    full = last_data(phone, label("en", "📝 Full report"))
    (question,) = await press(contingent, phone, label("en", "📝 Full report"))
    assert "💾 Draft set aside: Duty report. It will be offered again after this report." in question
    assert said("en", "When did you hear of it?") in question
    _, (again,) = await forge(contingent, phone, full)
    assert said("en", "When did you hear of it?") in again, "a double tap goes on with it"
    assert await contingent.rows(DRAFTS) == [("daily", 1), ("incident", 0)]


async def test_a_flash_while_the_full_report_of_another_is_written(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", personnel="Nobody of ours involved", help_="No help needed")
    first = last_data(phone, label("en", "📝 Full report"))
    await press(contingent, phone, label("en", "📝 Full report"))
    await flash(contingent, phone, "en", personnel="Nobody of ours involved", help_="No help needed")
    second = last_data(phone, label("en", "📝 Full report"))
    assert await contingent.rows(DRAFTS) == [("incident", 1)]
    assert await popup(contingent, phone, second) == line("en", No.DRAFT_ALREADY), "one full report after the other"
    _, (question,) = await forge(contingent, phone, first)
    assert said("en", "When did you hear of it?") in question


async def test_one_draft_a_person_for_everything_else(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/report")
    silent, meeting = (last_data(phone, label("en", *one)) for one in ((SILENT,), ("Meeting", FORM)))
    await open_form(contingent, phone, "en", "Incident: flash report")
    for data in (silent, meeting):
        assert await popup(contingent, phone, data) == line("en", No.DRAFT_ALREADY)
    assert await contingent.rows(DRAFTS) == [("flash", 0)]


async def test_cancel_and_a_days_rest_lose_neither(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await open_form(contingent, phone, "fr", "Meeting")
    await open_form(contingent, phone, "fr", "Incident: flash report")
    await ask(contingent, phone, "/annuler")
    await contingent.stop()
    await contingent.pass_time(days=1, tick=False)
    await contingent.start()
    (menu,) = await ask(contingent, phone, "/rapport")
    assert said("fr", "Laid aside: {forms}.").format(forms=label("fr", "Meeting", FORM)) in menu
    (question,) = await press(contingent, phone, label("fr", GO_ON))
    assert said("fr", "What is it?") in question
    assert await contingent.rows(DRAFTS) == [("meeting", 1), ("flash", 0)]


async def test_who_was_told_of_a_flash_reads_it_and_its_later_versions(contingent: Scene) -> None:
    lead, phone = await lead_in_bamako(contingent), contingent.phone("deniger")
    await flash(contingent, phone, "fr", personnel="Nobody of ours involved", help_="No help needed")
    told = lead.last
    read = last_data(lead, label("fr", "📄 Read"))
    (card,) = await press(contingent, lead, label("fr", "📄 Read"), told)
    assert "MLI-2026-0001" in card
    assert label("fr", "✅ Accept") not in offered(lead), "reading is not reviewing"
    await contingent.pass_time(days=40, tick=False)
    async with contingent.app.begin() as tx:
        await upkeep.let_go(tx)  # what was sent a month ago is no longer held
    await finish_full(contingent, phone, "fr")
    mark = last_id(lead)
    await forge(contingent, lead, read)
    (card,) = texts(lead, mark)
    assert "version 2" in card


async def test_who_was_not_told_does_not(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await flash(contingent, phone, "fr", personnel="Nobody of ours involved", help_="No help needed")
    lead = await lead_in_bamako(contingent)
    which = await contingent.one("select id from report")
    async with contingent.app.begin() as tx:
        savard = (await officers.by_code(tx, {"savard"}))["savard"]
        with pytest.raises(RefusalError) as refused:
            await reports.card(tx, savard, which)
    assert refused.value.code is No.NO_SUCH_REPORT
    assert not any("MLI-2026-0001" in one for one in texts(lead))

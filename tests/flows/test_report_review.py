"""Submitted reports: read, accepted, returned with a question, corrected; a flash goes to the whole ladder at once."""

import json
from typing import Any

import pytest

from bot.domain.errors import No, RefusalError
from bot.services import report as reports
from bot.services.contingent_file import parse
from bot.services.load import load
from bot.store import officer as officers
from tests.flows.files import attach
from tests.flows.test_report import CODE, DUTY, SILENT, fill_daily, open_form, send
from tests.flows.words import admit, ask, buttons, forge, label, line, press, said
from tests.kit import Scene, last_id, texts


async def silent_day(scene: Scene, code: str, language: str) -> None:
    phone = scene.phone(code)
    await ask(scene, phone, "/report")
    await press(scene, phone, label(language, SILENT))
    await press(scene, phone, label(language, "Patrol", DUTY))
    await send(scene, phone, language)


def last_data(phone: Any, text: str) -> str:
    return next(one.data for row in phone.last.inline for one in row if one.text == text)


async def test_lead_and_command_have_an_inbox_and_accepting_empties_it(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    lead, boss, other = (contingent.phone(code) for code in ("lacroix", "bradshaw", "hamelin"))
    assert any("MLI-2026-0001" in one for one in texts(lead))
    assert any("MLI-2026-0001" in one for one in texts(boss))
    assert not any("MLI-2026-0001" in one for one in texts(other))
    await ask(contingent, boss, "/report")
    await press(contingent, boss, label("en", "📥 New reports: {n}").format(n=1))
    await press(contingent, boss, "📨 2026-0001 · Kim Deniger")
    mark = last_id(contingent.phone("deniger"))
    await press(contingent, boss, label("en", "✅ Accept"))
    (told,) = texts(contingent.phone("deniger"), mark)
    assert "est accepté par la surint. Kelly Bradshaw" in told
    assert await contingent.rows("select state, reviewed_by from report") == [("accepted", "bradshaw")]
    await ask(contingent, lead, "/rapport")
    assert label("fr", "📥 New reports: {n}").format(n=0) in [one for row in buttons(lead.last) for one in row]


async def test_returned_with_a_question_the_officer_answers_and_it_waits_again(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    lead, phone = contingent.phone("lacroix"), contingent.phone("deniger")
    await press(contingent, lead, label("fr", "📄 Read"))
    await press(contingent, lead, label("fr", "❓ Return with a question"))
    mark = last_id(phone)
    await ask(contingent, lead, "Combien de patrouilles?")
    (asked,) = texts(phone, mark)
    assert "Combien de patrouilles?" in asked
    assert await contingent.one("select state from report") == "returned"
    await press(contingent, phone, label("fr", "💬 Answer"))
    mark = last_id(lead)
    await ask(contingent, phone, "Deux, à pied")
    (answer,) = texts(lead, mark)
    assert "Deux, à pied" in answer
    assert await contingent.one("select state from report") == "submitted"
    assert await contingent.rows("select question, answer from report_review") == [
        ("Combien de patrouilles?", "Deux, à pied")
    ]


async def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays(contingent: Scene) -> None:
    phone, boss = contingent.phone("lacroix"), contingent.phone("bradshaw")
    await fill_daily(contingent, phone, "fr")
    await send(contingent, phone, "fr")
    await press(contingent, boss, label("en", "📄 Read"))
    stale = last_data(boss, label("en", "✅ Accept"))
    await press(contingent, phone, label("fr", "📄 Read"))
    await press(contingent, phone, label("fr", "✏️ Correct"))
    await ask(contingent, phone, "Chiffres erronés")
    await press(contingent, phone, label("fr", "✏️ Correct an answer"))
    await press(contingent, phone, label("fr", "People reached", "report field"))
    await ask(contingent, phone, "1 2")
    assert "version 2" in await send(contingent, phone, "fr")
    versions = await contingent.rows("select number, reason, answers from report_version order by number")
    assert [(one[0], one[1]) for one in versions] == [(1, None), (2, "Chiffres erronés")]
    reached = [json.loads(one[2])["reached"]["women"] for one in versions]
    assert reached == [12, 1]
    assert json.loads(versions[1][2])["activities.0.summary"] == "Ronde <b>conjointe</b> & contacts"
    popup, _ = await forge(contingent, boss, stale)
    assert popup == said("en", "This report has a newer version or has been reviewed. Open it anew with /report")
    assert await contingent.rows("select state, version from report") == [("submitted", 2)]


async def test_a_correction_that_changes_nothing_is_not_sent(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await fill_daily(contingent, phone, "fr")
    await send(contingent, phone, "fr")
    await press(contingent, phone, label("fr", "📄 Read"))
    await press(contingent, phone, label("fr", "✏️ Correct"))
    await ask(contingent, phone, "Chiffres erronés")
    submit = last_data(phone, label("fr", "✅ Send"))
    popup, told = await forge(contingent, phone, submit)
    assert (popup, told) == (line("fr", No.UNCHANGED), [])
    assert await contingent.rows("select number from report_version") == [(1,)]
    assert await contingent.one("select count(*) from report_draft") == 1, "the draft is kept"
    await press(contingent, phone, label("fr", "✏️ Correct an answer"))
    await press(contingent, phone, label("fr", "People reached", "report field"))
    await ask(contingent, phone, "12 8 3 0")
    assert (await forge(contingent, phone, submit))[0] == line("fr", No.UNCHANGED), "the same again"
    await attach(contingent, phone)
    _, (receipt, *_) = await forge(contingent, phone, submit)
    assert "version 2" in receipt, "an attachment is a change"


async def test_nobody_reads_or_reviews_what_is_not_theirs(contingent: Scene) -> None:
    await silent_day(contingent, "hamelin", "fr")
    boss, lead, other = (contingent.phone(code) for code in ("bradshaw", "lacroix", "deniger"))
    which = await contingent.one("select id from report")
    await press(contingent, boss, label("en", "📄 Read"))
    read = last_data(boss, label("en", "✅ Accept"))
    for phone in (lead, other):  # the lead of another post, an officer
        popup, _ = await forge(contingent, phone, read)
        assert popup, "another person's button"
    async with contingent.app.begin() as tx:
        who = await officers.by_code(tx, {"lacroix", "deniger", "hamelin"})
        for code in ("lacroix", "deniger"):
            with pytest.raises(RefusalError) as refused:
                await reports.card(tx, who[code], which)
            assert refused.value.code.value == "no_such_report"
        with pytest.raises(RefusalError) as own:
            await reports.accept(tx, who["hamelin"], which, 1)
        assert own.value.code.value == "own_report"


async def test_welfare_is_read_by_command_alone(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("fr", SILENT))
    await press(contingent, phone, label("fr", "Patrol", DUTY))
    await press(contingent, phone, label("fr", "✏️ Correct an answer"))
    await press(contingent, phone, label("fr", "Health and welfare", "report heading"))
    await ask(contingent, phone, "Je dors mal")
    await send(contingent, phone, "fr")
    (for_lead,) = await press(contingent, contingent.phone("lacroix"), label("fr", "📄 Read"))
    (for_boss,) = await press(contingent, contingent.phone("bradshaw"), label("en", "📄 Read"))
    assert "Je dors mal" not in for_lead
    assert "Je dors mal" in for_boss


async def flash(scene: Scene, phone: Any, language: str, *, personnel: str, help_: str) -> str:
    await open_form(scene, phone, language, "Incident: flash report")
    await press(scene, phone, label(language, "Shooting", CODE))
    await press(scene, phone, label(language, "Now"))
    await ask(scene, phone, "Sévaré, marché")
    await press(scene, phone, label(language, personnel, CODE))
    await press(scene, phone, label(language, help_, CODE))
    await press(scene, phone, label(language, "📄 Read and send"))
    return await send(scene, phone, language)


async def test_a_flash_reaches_the_whole_ladder_at_once_each_in_their_language(contingent: Scene) -> None:
    marks = {code: last_id(contingent.phone(code)) for code in ("lacroix", "willis", "bradshaw", "hamelin")}
    receipt = await flash(
        contingent, contingent.phone("deniger"), "fr", personnel="Nobody of ours involved", help_="No help needed"
    )
    assert "MLI-2026-0001" in receipt
    told = {code: texts(contingent.phone(code), mark) for code, mark in marks.items()}
    assert told["hamelin"] == []
    assert "⚡ INCIDENT MLI-2026-0001: Cpl Kim Deniger, Mopti" in told["bradshaw"][0]
    assert "Incident: Shooting" in told["bradshaw"][0]
    assert "Place: Sévaré, marché" in told["bradshaw"][0]
    assert "Incident : Fusillade" in told["lacroix"][0]
    assert await contingent.one("select count(*) from alert") == 0


async def test_a_flash_that_needs_help_opens_a_call_for_assistance(contingent: Scene) -> None:
    await flash(contingent, contingent.phone("deniger"), "fr", personnel="Somebody is injured", help_="Medical help")
    assert await contingent.rows("select kind, state, detail from alert") == [("assistance", "open", "MLI-2026-0001")]


async def finish_full(scene: Scene, phone: Any, language: str) -> str:
    """Say as little as the full report of an incident may, and send it; return the receipt."""
    await press(scene, phone, label(language, "📝 Full report"))
    for _ in range(40):
        if await scene.one("select at from report_draft where form = 'incident'") == "state":
            break
        choices = [one for row in buttons(phone.last) for one in row]
        button = next(
            label(language, one)
            for one in ("Nothing more to report", "Nothing to report", "Skip")
            if label(language, one) in choices
        )
        await press(scene, phone, button)
    await press(scene, phone, label(language, "Settled", CODE))
    return await send(scene, phone, language)


async def test_the_full_report_goes_on_under_the_same_number(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", personnel="Nobody of ours involved", help_="No help needed")
    assert "version 2" in await finish_full(contingent, phone, "en")
    assert await contingent.rows("select number, form, version from report") == [("MLI-2026-0001", "incident", 2)]


SECOND_LEAD = """
[[officers]]
code = "savard"
rank = { en = "Sgt", fr = "serg." }
name = "Ève Savard"
service = "SPVM"
mission = "MINUSMA"
post = "BKO"
role = "lead"
language = "fr"
"""


async def lead_in_bamako(scene: Scene) -> Any:
    """Enrol a lead at the post of the commander and the deputy."""
    async with scene.app.begin() as tx:
        await load(tx, parse(scene.roster + SECOND_LEAD, "mali.toml"))
    return await admit(scene, "savard", 1006, "fr")


async def inbox(scene: Scene, phone: Any, language: str) -> str:
    """Open the menu and return the button with the number of new reports."""
    await ask(scene, phone, "/report")
    head = label(language, "📥 New reports: {n}").partition("{")[0]
    return next(one for row in buttons(phone.last) for one in row if one.startswith(head))


async def test_the_commanders_report_is_reviewed_by_the_deputy_and_read_by_the_lead(contingent: Scene) -> None:
    lead, boss, deputy = await lead_in_bamako(contingent), contingent.phone("bradshaw"), contingent.phone("willis")
    mark = last_id(lead)
    await silent_day(contingent, "bradshaw", "en")
    assert texts(lead, mark) == [], "a lead reviews none of those who command"
    assert (await inbox(contingent, lead, "fr")).endswith("0")
    assert (await inbox(contingent, boss, "en")).endswith("0")
    assert (await inbox(contingent, deputy, "en")).endswith("1")
    await press(contingent, deputy, label("en", "📄 Read"))
    accept = last_data(deputy, label("en", "✅ Accept"))
    which = await contingent.one("select id from report")
    async with contingent.app.begin() as tx:
        who = await officers.by_code(tx, {"savard", "lacroix"})
        await reports.card(tx, who["savard"], which)
        for act in (reports.accept(tx, who["savard"], which, 1), reports.send_back(tx, who["savard"], which, 1, "?")):
            with pytest.raises(RefusalError) as refused:
                await act
            assert refused.value.code is No.NOT_ALLOWED
        with pytest.raises(RefusalError):
            await reports.card(tx, who["lacroix"], which)
    await contingent.settle()
    assert "MLI-2026-0001" in lead.last.text
    assert lead.last.inline == [] or label("fr", "✅ Accept") not in [one for row in buttons(lead.last) for one in row]
    await forge(contingent, deputy, accept)
    assert await contingent.rows("select state, reviewed_by from report") == [("accepted", "willis")]


async def test_a_deputys_and_a_leads_reports_wait_for_the_commander(contingent: Scene) -> None:
    lead, boss, deputy = await lead_in_bamako(contingent), contingent.phone("bradshaw"), contingent.phone("willis")
    await silent_day(contingent, "willis", "en")
    await silent_day(contingent, "lacroix", "fr")
    await silent_day(contingent, "hamelin", "fr")
    waiting = [
        await inbox(contingent, phone, language) for phone, language in ((lead, "fr"), (boss, "en"), (deputy, "en"))
    ]
    assert [one[-1] for one in waiting] == ["1", "3", "2"]


async def test_without_a_deputy_the_commanders_report_is_in_nobodys_list(contingent: Scene) -> None:
    contingent.roster = contingent.roster.replace('role = "deputy"', 'role = "officer"')
    lead, boss = await lead_in_bamako(contingent), contingent.phone("bradshaw")
    await silent_day(contingent, "bradshaw", "en")
    assert said("en", "Nobody can be told here yet.") in texts(boss)[-1]
    assert (await inbox(contingent, boss, "en")).endswith("0")
    assert (await inbox(contingent, lead, "fr")).endswith("0")
    assert await contingent.rows("select state from report") == [("submitted",)]

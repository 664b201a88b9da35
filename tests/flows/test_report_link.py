"""A duty or patrol report names incident reports: offered on buttons or typed, and only those one may know of."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.document.markdown import write as markdown
from bot.document.sitrep import paper
from bot.domain.sitrep import SitrepKind
from bot.services import sitrep as sitreps
from tests.flows.test_report import DUTY, at, open_form, open_question, send
from tests.flows.test_report_review import flash, last_data, lead_in_bamako, silent_day
from tests.flows.words import BOTH, CATALOGUES, ask, buttons, forge, label, plain, press, said
from tests.kit import Scene

KEY = "incident_numbers"
CALM = {"personnel": "Nobody of ours involved", "help_": "No help needed"}
WHICH = "Which incident reports are about this?"


def offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row if "-0" in one]


def refused(language: str, number: str) -> str:
    msgid = "⚠️ {number}: no such incident report is open to you. Write the number of one, as in <code>42</code>."
    text = CATALOGUES[language].gettext(msgid).replace("<code>", "").replace("</code>", "")
    return plain(text.format(number=number))


async def answer(scene: Scene) -> list[str]:
    found = json.loads(await scene.one("select answers from report_draft where form in ('daily', 'patrol')"))
    return list(found.get(KEY) or [])


async def incident_said(scene: Scene, phone: Any, language: str, form: str = "Duty report") -> str:
    """Write a report up to the incidents and say that there was one; return what is asked then."""
    await open_form(scene, phone, language, form)
    await at(scene, "incidents")
    (question,) = await ask(scene, phone, "Vol d'un pick-up")
    return question


@pytest.mark.parametrize(("code", "language"), BOTH)
@pytest.mark.parametrize("form", ["Duty report", "Patrol report"])
async def test_the_posts_incidents_of_a_week_are_on_buttons_the_newest_first(
    contingent: Scene, code: str, language: str, form: str
) -> None:
    phone = contingent.phone(code)
    for _ in range(2):
        await flash(contingent, phone, language, **CALM)
    await silent_day(contingent, code, language)
    elsewhere = contingent.phone("willis" if code == "lacroix" else "lacroix")
    await flash(contingent, elsewhere, "en" if code == "lacroix" else "fr", **CALM)
    question = await incident_said(contingent, phone, language, form)
    assert said(language, WHICH) in question
    assert [one[2:11] for one in offered(phone)] == ["2026-0002", "2026-0001"]
    assert all(one.startswith("⬜") and len(one) <= 32 for one in offered(phone))
    await press(contingent, phone, offered(phone)[1])
    assert offered(phone)[1].startswith("☑️")
    assert await answer(contingent) == ["MLI-2026-0001"]
    await press(contingent, phone, offered(phone)[1])
    assert await answer(contingent) == []
    await press(contingent, phone, offered(phone)[0])
    (onward,) = await press(contingent, phone, label(language, "Go on ➡️"))
    assert said(language, WHICH) not in onward


async def test_what_is_older_than_a_week_is_typed(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await flash(contingent, phone, "fr", **CALM)
    await contingent.pass_time(days=8, tick=False)
    for _ in range(7):
        await flash(contingent, phone, "fr", **CALM)
    await incident_said(contingent, phone, "fr")
    assert [one[2:11] for one in offered(phone)] == [f"2026-{count:04}" for count in range(8, 2, -1)]
    (onward,) = await ask(contingent, phone, "1")
    assert "Comptes rendus d'incident : MLI-2026-0001" in onward
    await press(contingent, phone, label("fr", "⬅️ Back"))
    assert "☑️ 2026-0001" in "".join(offered(phone)), "what is chosen can be taken out"


@pytest.mark.parametrize("typed", ["MLI-2026-0001", "1", "mli-2026-1, 1", "n° 1"])
async def test_a_number_is_typed_whole_or_short(contingent: Scene, typed: str) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", **CALM)
    await incident_said(contingent, phone, "en")
    await ask(contingent, phone, typed)
    assert await answer(contingent) == ["MLI-2026-0001"]
    assert await contingent.one("select at from report_draft") == "poc"


async def test_in_january_a_count_alone_is_last_years_until_this_year_has_it(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", **CALM)
    await contingent.pass_time(days=40, tick=False)
    await incident_said(contingent, phone, "en")
    await ask(contingent, phone, "1")
    assert await answer(contingent) == ["MLI-2026-0001"]
    await flash(contingent, phone, "en", **CALM)
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "▶️ Go on with the draft"))
    await at(contingent, KEY)
    await ask(contingent, phone, "1")
    assert await answer(contingent) == ["MLI-2026-0001", "MLI-2027-0001"]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("99", "MLI-2026-0099"),
        ("MLI-2025-0001", "MLI-2025-0001"),
        ("HTI-2026-0001", "HTI-2026-0001"),
        ("1", "MLI-2026-0001"),  # another post's
        ("2", "MLI-2026-0002"),  # a duty report
        ("3, 99", "MLI-2026-0099"),
        ("le marché", "le"),
    ],
)
async def test_a_number_that_cannot_be_named_gets_one_line_and_the_question_again(
    contingent: Scene, typed: str, named: str
) -> None:
    phone = contingent.phone("deniger")
    await flash(contingent, contingent.phone("willis"), "en", **CALM)
    await silent_day(contingent, "deniger", "fr")
    await flash(contingent, contingent.phone("lacroix"), "fr", **CALM)
    await incident_said(contingent, phone, "fr")
    (question,) = await ask(contingent, phone, typed)
    assert question.splitlines()[0] == refused("fr", named)
    assert said("fr", WHICH) in question
    assert [one[2:11] for one in offered(phone)] == ["2026-0003"]
    assert await answer(contingent) == []
    assert await contingent.one("select at from report_draft") == KEY


@pytest.mark.parametrize(("told", "named"), [(True, ["MLI-2026-0001"]), (False, [])])
async def test_a_lead_names_what_was_told_of_elsewhere(contingent: Scene, told: bool, named: list[str]) -> None:
    lead = await lead_in_bamako(contingent) if told else None
    await flash(contingent, contingent.phone("deniger"), "fr", **CALM)
    lead = lead or await lead_in_bamako(contingent)
    await incident_said(contingent, lead, "fr")
    await ask(contingent, lead, "1")
    assert await answer(contingent) == named


async def test_command_names_those_of_any_post(contingent: Scene) -> None:
    await flash(contingent, contingent.phone("deniger"), "fr", **CALM)
    await incident_said(contingent, contingent.phone("bradshaw"), "en")
    assert offered(contingent.phone("bradshaw")) == [], "those of the own post are offered"
    await ask(contingent, contingent.phone("bradshaw"), "1")
    assert await answer(contingent) == ["MLI-2026-0001"]


async def test_a_button_of_what_is_not_there_does_nothing(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", **CALM)
    await incident_said(contingent, phone, "en")
    mine = last_data(phone, offered(phone)[0])
    popup, _ = await forge(contingent, phone, mine.replace("0001", "0002"))
    assert popup
    assert await answer(contingent) == []


async def test_the_card_says_the_numbers_and_so_does_the_situation_report(contingent: Scene) -> None:
    phone, boss = contingent.phone("lacroix"), contingent.phone("bradshaw")
    await flash(contingent, phone, "fr", **CALM)
    await open_form(contingent, phone, "fr", "Duty report")
    await ask(contingent, phone, "20:00 04:00")
    await press(contingent, phone, label("fr", "Patrol", DUTY))
    await at(contingent, "incidents")
    await ask(contingent, phone, "Vol d'un pick-up")
    await press(contingent, phone, offered(phone)[0])
    await press(contingent, phone, label("fr", "Go on ➡️"))
    await open_question(contingent, phone, "fr", "activities.0.type")
    (preview,) = await press(contingent, phone, label("fr", "Nothing more to report"))
    assert "Comptes rendus d'incident : MLI-2026-0001" in preview
    await send(contingent, phone, "fr")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert "Incident reports: MLI-2026-0001" in card
    async with contingent.app.store.read() as tx:
        now = contingent.clock.now()
        found = await sitreps.view(tx, SitrepKind.SPECIAL, now - timedelta(days=1), now)
    written = markdown(paper(found, "en", CATALOGUES)).decode().replace("\\", "")
    assert "Incident reports: MLI-2026-0001" in written

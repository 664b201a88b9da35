"""What a card has cut is sent in full at a press, to whoever may read it, and to nobody else."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.errors import No
from tests.chat.report_sample import filled
from tests.flows.test_report import open_form, send
from tests.flows.test_report_review import last_data, silent_day
from tests.flows.words import BOTH, ask, buttons, forge, label, line, plain, press, said
from tests.kit import Scene, last_id, texts

WHOLE = "📃 Whole text"
LONG = 'Vu <b>deux</b> pick-ups & dix hommes "armés" 🚚 près de l\'école. ' * 60


def offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row]


def outcome(messages: list[str], language: str) -> str:
    """Return what is said of the outcome in all of these messages, without its blanks."""
    field = label(language, "Outcome", "report field")
    lines = [line for one in messages for line in one.splitlines() if line.startswith(field)]
    return "".join("".join(line.partition(":")[2].split()) for line in lines)


async def put(scene: Scene, answers: dict[str, Any], nothing: list[str]) -> None:
    """Have the draft hold these answers, as if they had been typed."""
    async with scene.app.begin() as tx:
        await tx.change(
            text("update report_draft set at = null, answers = :a, ntr = :n"),
            {"a": json.dumps(answers), "n": json.dumps(nothing)},
        )


async def write_long(scene: Scene, phone: Any, language: str) -> list[str]:
    """Write a meeting whose outcome is as long as a message; return the preview."""
    await open_form(scene, phone, language, "Meeting")
    answers = {
        "time": "2026-11-23T04:30:00+00:00",
        "place": {"name": "Sévaré"},
        "with_whom": "Le préfet",
        "subject": "Sécurité",
        "outcome": LONG.strip(),
    }
    nothing = ["assessment", "engagement", "follow_up"]
    await put(scene, answers, nothing)
    await ask(scene, phone, "/report")
    return await press(scene, phone, label(language, "▶️ Go on with the draft"))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_the_preview_and_the_card_send_it_whole(contingent: Scene, code: str, language: str) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    every = "".join(LONG.split())
    (preview,) = await write_long(contingent, phone, language)
    assert outcome([preview], language) != every
    parts = await press(contingent, phone, label(language, WHOLE))
    assert outcome(parts, language) == every
    assert said(language, "<i>(continued)</i>") in parts[1]
    assert await press(contingent, phone, label(language, "▶️ Go on with the draft")) == [preview]
    await send(contingent, phone, language)
    await press(contingent, boss, label("en", "📄 Read"))
    parts = await press(contingent, boss, label("en", WHOLE))
    assert outcome(parts, "en") == every
    assert all("MLI-2026-0001: Meeting, version 1" in one for one in parts)
    assert [f"Part {at} of {len(parts)}" in one for at, one in enumerate(parts, start=1)] == [True] * len(parts)
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []


async def test_a_short_one_offers_no_such_button(contingent: Scene) -> None:
    await silent_day(contingent, "deniger", "fr")
    boss = contingent.phone("bradshaw")
    await press(contingent, boss, label("en", "📄 Read"))
    assert label("en", WHOLE) not in offered(boss)


async def test_the_longest_report_that_there_can_be(contingent: Scene) -> None:
    phone, boss = contingent.phone("willis"), contingent.phone("bradshaw")
    await open_form(contingent, phone, "en", "Patrol report")
    long = {
        key: "&" * 4000 if isinstance(value, str) and len(value) > 500 else value
        for key, value in filled("patrol").items()
    }
    await put(contingent, long, [])
    await ask(contingent, phone, "/report")
    await press(contingent, phone, label("en", "▶️ Go on with the draft"))
    await send(contingent, phone, "en")
    await press(contingent, boss, label("en", "📄 Read"))
    parts = await press(contingent, boss, label("en", WHOLE))
    narratives = sum(value == "&" * 4000 for value in long.values())
    assert sum(one.count("&") for one in parts) == 4000 * narratives
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []


async def test_it_tells_no_more_than_the_card(contingent: Scene) -> None:
    phone, lead, boss = (contingent.phone(code) for code in ("deniger", "lacroix", "bradshaw"))
    await open_form(contingent, phone, "fr", "Duty report")
    answers = {
        "period": {"from": "2026-11-22T06:00:00+00:00", "to": "2026-11-23T04:00:00+00:00"},
        "duty_type": "patrol",
        "persons_met": LONG,
        "welfare": "Je dors mal",
    }
    nothing = [
        "activities",
        "engagement",
        "observations",
        "incidents",
        "poc",
        "flags",
        "force",
        "action",
        "follow_up",
        "equipment",
        "assessment",
        "plans",
    ]
    await put(contingent, answers, nothing)
    await ask(contingent, phone, "/rapport")
    await press(contingent, phone, label("fr", "▶️ Go on with the draft"))
    await send(contingent, phone, "fr")
    await press(contingent, lead, label("fr", "📄 Read"))
    for_lead = await press(contingent, lead, label("fr", WHOLE))
    await press(contingent, boss, label("en", "📄 Read"))
    for_boss = await press(contingent, boss, label("en", WHOLE))
    assert not any(
        "Je dors mal" in one or label("fr", "Health and welfare", "report heading") in one for one in for_lead
    )
    assert any("Je dors mal" in one for one in for_boss)


async def test_it_is_the_newest_version_and_not_open_to_who_may_not_read(contingent: Scene) -> None:
    phone, boss, other = (contingent.phone(code) for code in ("willis", "bradshaw", "hamelin"))
    await write_long(contingent, phone, "en")
    await send(contingent, phone, "en")
    await press(contingent, boss, label("en", "📄 Read"))
    whole = last_data(boss, label("en", WHOLE))
    popup, nothing = await forge(contingent, other, whole)
    assert (plain(popup), nothing) == (line("fr", No.STALE_BUTTON), []), "another person's button"
    async with contingent.app.begin() as tx:
        await tx.change(text("update officer set role = 'officer' where code = 'bradshaw'"))
    popup, nothing = await forge(contingent, boss, whole)
    assert (plain(popup), nothing) == (line("en", No.NO_SUCH_REPORT), [])


async def test_a_preview_of_what_is_sent_has_nothing_left_to_press(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await write_long(contingent, phone, "en")
    shown, whole = phone.last, last_data(phone, label("en", WHOLE))
    tap = last_data(phone, label("en", "✅ Send"))
    await send(contingent, phone, "en")
    assert plain(phone.chat.get(shown.id).text) == "Meeting: sent as MLI-2026-0001"
    assert not phone.chat.get(shown.id).inline
    mark = last_id(phone)
    for data in (tap, whole):
        popup, _ = await forge(contingent, phone, data)
        assert popup == "Already sent, as MLI-2026-0001. To read or correct it: /report"
    assert texts(phone, mark) == []
    assert await contingent.one("select count(*) from report_version") == 1

"""Victims of an incident: whom it harmed, how, and how many of each, one after the other, on a phone."""

import json
from typing import Any

import pytest

from tests.flows.test_report import CODE, open_question, send
from tests.flows.test_report_review import flash
from tests.flows.words import BOTH, ask, label, press, said
from tests.kit import Scene

CALM = {"personnel": "Nobody of ours involved", "help_": "No help needed"}


async def at_victims(scene: Scene, phone: Any, language: str) -> str:
    """Open the full report of a flash at its victims; return the question."""
    await flash(scene, phone, language, **CALM)
    await press(scene, phone, label(language, "📝 Full report"))
    return await open_question(scene, phone, language, "victims.0.victim_kind")


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_each_kind_has_its_own_harm_and_its_own_numbers(contingent: Scene, code: str, language: str) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    question = await at_victims(contingent, phone, language)
    assert said(language, "Whom did it harm?") in question
    (asked,) = await press(contingent, phone, label(language, "Civilians", CODE))
    assert said(language, "What happened to them?") in asked
    (asked,) = await press(contingent, phone, label(language, "Injured", CODE))
    assert said(language, "How many? No names.") in asked
    (asked,) = await ask(contingent, phone, "1 2 0 1")
    assert said(language, "Others too?") in asked
    await press(contingent, phone, label(language, "Yes, another one"))
    await press(contingent, phone, label(language, "Security force", CODE))
    await press(contingent, phone, label(language, "Killed", CODE))
    await ask(contingent, phone, "0 3")
    await press(contingent, phone, label(language, "No, go on"))
    answers = json.loads(await contingent.one("select answers from report_draft"))
    assert {key: value for key, value in answers.items() if key.startswith("victims.")} == {
        "victims.0.victim_kind": "civilian",
        "victims.0.harm": "wounded",
        "victims.0.harmed": {"women": 1, "men": 2, "girls": 0, "boys": 1},
        "victims.0.more": "yes",
        "victims.1.victim_kind": "security_force",
        "victims.1.harm": "killed",
        "victims.1.harmed": {"women": 0, "men": 3, "girls": 0, "boys": 0},
        "victims.1.more": "no",
    }
    await press(contingent, phone, label(language, "Nothing more to report"))
    for key in ("informed_at", "actors"):
        await open_question(contingent, phone, language, key)
        await press(contingent, phone, label(language, "Nothing to report"))
    await open_question(contingent, phone, language, "state")
    await press(contingent, phone, label(language, "Settled", CODE))
    await send(contingent, phone, language)
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    lines = card.splitlines()
    start = lines.index("Victims")
    assert lines[start + 1 : start + 9] == [
        "1.", "Victim category: Civilians", "What happened to them: Injured", "How many: 1 woman, 2 men and 1 boy",
        "2.", "Victim category: Security forces", "What happened to them: Killed", "How many: 3 men",
    ]  # fmt: skip


async def test_a_turn_that_is_half_said_is_not_sent(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await at_victims(contingent, phone, "en")
    await press(contingent, phone, label("en", "Civilians", CODE))
    await open_question(contingent, phone, "en", "state")
    (preview,) = await press(contingent, phone, label("en", "Settled", CODE))
    (missing,) = [one for one in preview.splitlines() if one.startswith("⚠️ Still missing: ")]
    assert "What happened to them, How many" in missing
    assert phone.last.button(label("en", "✅ Send"), "text") is None

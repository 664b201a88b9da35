"""The full report of an incident names the alerts that belong to it: pressed, and read by kind and time."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.document.markdown import write as markdown
from bot.document.sitrep import paper
from bot.domain.sitrep import SitrepKind
from bot.services import sitrep as sitreps
from bot.services.export import export
from tests.flows.test_report import CODE, open_question, send
from tests.flows.test_report_review import finish_full, flash
from tests.flows.words import BOTH, CATALOGUES, ask, buttons, label, plain, press, said
from tests.kit import Scene, texts

CALM = {"personnel": "Nobody of ours involved", "help_": "No help needed"}
WHICH = "Which of your own alerts belong to this incident?"
SOS = {"en": "⬜ Distress, 07:00", "fr": "⬜ Détresse, 7 h"}
SKIPS = ("Go on ➡️", "Nothing more to report", "Nothing to report", "Skip")


def offered(phone: Any) -> list[str]:
    return [plain(one) for row in buttons(phone.last) for one in row]


async def skip_to_the_end(scene: Scene, phone: Any, language: str) -> None:
    await open_question(scene, phone, language, "informed_at")
    while await scene.one("select at from report_draft") != "state":
        await press(scene, phone, next(label(language, one) for one in SKIPS if label(language, one) in offered(phone)))
    await press(scene, phone, label(language, "Settled", CODE))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_an_sos_is_pressed_and_read_by_its_kind_and_time(contingent: Scene, code: str, language: str) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    await flash(contingent, phone, language, **CALM)
    await contingent.to(7)
    await ask(contingent, phone, "/sos")
    await ask(contingent, phone, "/sos")
    await contingent.pass_time(hours=1, tick=False)
    await press(contingent, phone, label(language, "📝 Full report"))
    question = await open_question(contingent, phone, language, "alerts")
    assert said(language, WHICH) in question
    assert [one for one in offered(phone) if one.startswith("⬜")] == [SOS[language]]
    await press(contingent, phone, next(one for row in buttons(phone.last) for one in row if one.startswith("⬜")))
    assert [one for one in offered(phone) if one.startswith("☑️")] == [SOS[language].replace("⬜", "☑️")]
    await skip_to_the_end(contingent, phone, language)
    await send(contingent, phone, language)
    answers = json.loads(await contingent.one("select answers from report_version where number = 2"))
    assert answers["alerts"] == ["distress.20261123T0700Z"]
    assert "known_alerts" not in answers

    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert "Linked alerts: Distress: today, 07:00 (230700Z NOV 26)" in card
    async with contingent.app.store.read() as tx:
        now, out = contingent.clock.now(), io.BytesIO()
        found = await sitreps.view(tx, SitrepKind.SPECIAL, now - timedelta(days=1), now)
        await export(tx, "reports", "json", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), out)
    written = plain(markdown(paper(found, "fr", CATALOGUES)).decode().replace("\\", ""))
    assert "Alertes liées : Détresse : le 23 novembre 2026 à 7 h (230700Z NOV 26)" in written
    assert [row["alerts"] for row in json.loads(out.getvalue())] == ["distress.20261123T0700Z"]


async def test_what_was_linked_can_be_taken_out_when_it_is_long_over(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await flash(contingent, phone, "en", **CALM)
    await contingent.to(7)
    await ask(contingent, phone, "/assistance")
    await press(contingent, phone, label("en", "📝 Full report"))
    await open_question(contingent, phone, "en", "alerts")
    await press(contingent, phone, "⬜ Assistance, 07:00")
    await skip_to_the_end(contingent, phone, "en")
    await send(contingent, phone, "en")
    await contingent.pass_time(days=4, tick=False)
    async with contingent.app.begin() as tx:
        await tx.change(
            text(
                "update alert set state = 'closed', closed_at = opened_at, closed_by = 'bradshaw', outcome = 'resolved'"
            )
        )
    await press(contingent, phone, label("en", "📄 Read"))
    await press(contingent, phone, label("en", "✏️ Correct"))
    await ask(contingent, phone, "It was another one")
    await press(contingent, phone, label("en", "✏️ Correct an answer"))
    await press(contingent, phone, label("en", "Linked alerts", "report field"))
    await press(contingent, phone, "☑️ Assistance, 23 November 07:00")
    (preview, *_) = await press(contingent, phone, label("en", "📄 Read and send"))
    assert "Linked alerts" not in preview


async def test_nobody_is_asked_where_there_was_no_alert(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, contingent.phone("lacroix"), "/assistance")
    await ask(contingent, phone, "/sos")
    await press(contingent, phone, label("en", "Do not send"))
    await flash(contingent, phone, "en", **CALM)
    await finish_full(contingent, phone, "en")
    assert not [one for one in texts(phone, 0) if WHICH in one]

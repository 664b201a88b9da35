"""Places that cannot be meant: asked back on a button, kept if they are, and never taken silently."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.test_report import at, open_form
from tests.flows.test_report_time import answers
from tests.flows.words import BOTH, ask, buttons, forge, label, press
from tests.kit import Scene, texts

YES = "Yes, it is there"


async def at_place(scene: Scene, code: str, language: str) -> Any:
    phone = scene.phone(code)
    await open_form(scene, phone, language, "Duty report")
    await at(scene, "activities.0.place")
    return phone


def offered(phone: Any) -> list[str]:
    return [one for row in buttons(phone.last) for one in row]


def data_of(phone: Any, button: str) -> str:
    return next(one.data for row in phone.last.inline for one in row if one.text == button)


@pytest.mark.parametrize(("code", "language"), [("lacroix", "fr"), ("deniger", "en")])
async def test_a_forgotten_minus_sign_is_noticed(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await ask(contingent, phone, "/language")
    await press(contingent, phone, {"fr": "Français", "en": "English"}[language])
    await at_place(contingent, code, language)
    before = await contingent.rows("select answers, at from report_draft")
    (doubt,) = await ask(contingent, phone, "14.48, 4.18")
    assert {"fr": "à 900 km du poste (Mopti)", "en": "900 km from the post (Mopti)"}[language] in doubt
    assert "14.4800, -4.1800?" in doubt
    assert offered(phone)[:2] == ["📍 14.4800, -4.1800", label(language, YES)]
    assert await contingent.rows("select answers, at from report_draft") == before
    (told,) = await press(contingent, phone, "📍 14.4800, -4.1800")
    assert "30P UB 7283 0114" in told
    kept = (await answers(contingent))["activities.0.place"]
    assert (kept["latitude"], kept["longitude"]) == (14.48, -4.18)


async def test_what_is_far_and_meant_is_kept_as_it_was_typed_also_after_a_kill(contingent: Scene) -> None:
    phone = await at_place(contingent, "lacroix", "fr")
    await ask(contingent, phone, "14.48, 4.18")
    await contingent.stop()
    await contingent.start()
    await contingent.settle()
    (told,) = await press(contingent, phone, label("fr", YES))
    assert label("fr", "Place", "report field") in told
    kept = (await answers(contingent))["activities.0.place"]
    assert (kept["latitude"], kept["longitude"]) == (14.48, 4.18)
    assert await contingent.one("select at from report_draft") == "activities.0.partner"


async def test_its_button_answers_its_own_question_and_no_other(contingent: Scene) -> None:
    phone = await at_place(contingent, "lacroix", "fr")
    await ask(contingent, phone, "14.48, 4.18")
    old = data_of(phone, label("fr", YES))
    await ask(contingent, phone, "Sévaré")
    async with contingent.app.begin() as tx:
        every = await answers(contingent) | {"activities.0.more": "yes"}
        await tx.change(
            text("update report_draft set answers = :a, at = 'activities.1.place'"), {"a": json.dumps(every)}
        )
    await forge(contingent, phone, old)
    found = await answers(contingent)
    assert found["activities.0.place"]["longitude"] == 4.18, "an older question corrects its own answer"
    assert "activities.1.place" not in found
    assert await contingent.one("select at from report_draft") == "activities.1.place"


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("29P UB 7251 0161", "30P UB 7251 0161"),
        ("30Q UB 7251 0161", "30P UB 7251 0161"),
        ("33P UB 7251 0161", "30P UB 7251 0161"),
    ],
)
async def test_a_square_of_another_zone_is_offered_in_ours(contingent: Scene, typed: str, likely: str) -> None:
    phone = await at_place(contingent, "willis", "en")
    (doubt,) = await ask(contingent, phone, typed)
    assert f"There is no square {typed}. Did you mean {likely}?" in doubt
    assert label("en", YES) not in offered(phone)
    (told,) = await press(contingent, phone, f"📍 {likely}")
    assert f"Place: {likely}" in told


async def test_a_square_far_away_is_asked_back_and_kept_if_it_is_right(contingent: Scene) -> None:
    phone = await at_place(contingent, "lacroix", "fr")
    (doubt,) = await ask(contingent, phone, "33Q UB 7251 0161")
    assert "33Q UB 7251 0161 se trouve à 1 977 km du poste (Mopti)." in doubt
    assert offered(phone)[0] == label("fr", YES)
    (told,) = await press(contingent, phone, label("fr", YES))
    assert "33Q UB 7251 0161" in told


@pytest.mark.parametrize(("code", "language"), BOTH)
@pytest.mark.parametrize("typed", ["14.4843, -4.1830", "12.6392, -8.0029", "30P UB 7251 0161", "14.4843 N 4.1830 W"])
async def test_what_is_near_is_taken_at_once(contingent: Scene, code: str, language: str, typed: str) -> None:
    phone = await at_place(contingent, code, language)
    await ask(contingent, phone, typed)
    assert "activities.0.place" in await answers(contingent)


GAO = """
[[posts]]
code = "GAO"
name = "Gao"
timezone = "Africa/Bamako"
location = [16.27, -0.04]

"""


async def test_another_post_is_no_surprise_but_one_that_a_sign_explains_is(contingent: Scene) -> None:
    async with contingent.app.begin() as tx:
        await load(tx, parse(contingent.roster.replace("[[watches]]", f"{GAO}[[watches]]", 1), "mali.toml"))
    phone = await at_place(contingent, "willis", "en")
    await ask(contingent, phone, "16.2, -0.1")  # a thousand kilometres from Bamako
    assert (await answers(contingent))["activities.0.place"]["latitude"] == 16.2
    await at(contingent, "activities.0.place")
    (doubt,) = await ask(contingent, phone, "12.6392, 8.0029")
    assert "Did you mean 12.6392, -8.0029?" in doubt
    await ask(contingent, phone, "48.8566, 2.3522")
    assert offered(phone)[0] == label("en", YES), "nothing near explains it"


async def test_where_no_post_has_a_location_nothing_is_asked_back(contingent: Scene) -> None:
    bare = "\n".join(one for one in contingent.roster.splitlines() if not one.startswith("location = "))
    async with contingent.app.begin() as tx:
        await load(tx, parse(bare, "mali.toml"))
    phone = await at_place(contingent, "lacroix", "fr")
    await ask(contingent, phone, "14.48, 4.18")
    assert (await answers(contingent))["activities.0.place"]["longitude"] == 4.18


async def test_a_location_that_a_phone_shares_is_where_it_is(contingent: Scene) -> None:
    phone = await at_place(contingent, "lacroix", "fr")
    await phone.send_location(48.8566, 2.3522)
    await contingent.settle()
    assert "31U" in texts(phone)[-1]

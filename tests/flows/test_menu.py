"""The menu of commands beside the keyboard: of one's role, in one's language, and gone with the phone."""

import pytest

from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.words import ask, label, press
from tests.kit import SAFE, Scene

ENGLISH = {
    "officer": ["checkin", "sos", "assist", "report", "contact", "leave"],
    "lead": ["checkin", "sos", "assist", "report", "contact", "leave", "status", "alerts", "sitrep"],
    "deputy": [
        "checkin",
        "sos",
        "assist",
        "report",
        "contact",
        "leave",
        "status",
        "alerts",
        "sitrep",
        "roster",
        "invite",
    ],
    "commander": [
        "checkin",
        "sos",
        "assist",
        "report",
        "contact",
        "leave",
        "status",
        "alerts",
        "sitrep",
        "roster",
        "invite",
    ],
}
ALL = ["me", "language", "privacy", "cancel", "help", "start"]
FRENCH = {
    "checkin": "pointage",
    "assist": "assistance",
    "report": "rapport",
    "contact": "repertoire",
    "leave": "conge",
    "status": "etat",
    "alerts": "alertes",
    "roster": "effectif",
    "invite": "invitation",
    "me": "moi",
    "language": "langue",
    "privacy": "confidentialite",
    "cancel": "annuler",
    "help": "aide",
}
ROLES = {"hamelin": "officer", "lacroix": "lead", "willis": "deputy", "bradshaw": "commander"}


def _menu(role: str, language: str) -> list[str]:
    names = ENGLISH[role] + ALL
    return names if language == "en" else [FRENCH.get(name, name) for name in names]


def _seen(phone: object) -> list[str]:
    return [one.command for one in phone.commands]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_each_role_sees_its_own_commands_in_its_language(scene: Scene, language: str) -> None:
    await scene.enrol(*ROLES, language=language)
    for code, role in ROLES.items():
        phone = scene.phone(code)
        assert _seen(phone) == _menu(role, language), role
        assert phone.commands[0].description == label(language, "Check in: I am safe", "command")
        # The language of the phone is a hint only: the person's choice stands.
        phone.language("fr" if language == "en" else "en")
        assert _seen(phone) == _menu(role, language)


async def test_the_menu_follows_the_language(scene: Scene) -> None:
    await scene.enrol("willis")
    phone = scene.phone("willis")
    for button, language in (("Français", "fr"), ("English", "en")):
        await ask(scene, phone, "/langue")
        await press(scene, phone, button)
        assert _seen(phone) == _menu("deputy", language)
        assert phone.keyboard[0] == [SAFE[language]]


@pytest.mark.parametrize(("code", "language"), [("hamelin", "fr"), ("hamelin", "en")])
async def test_the_menu_goes_with_the_phone(scene: Scene, code: str, language: str) -> None:
    await scene.enrol("bradshaw")
    await scene.enrol(code, language=language)
    stranger = scene.telegram.phone(9001, language_code=language)
    boss = scene.phone("bradshaw")
    await ask(scene, boss, "/roster")
    await press(scene, boss, "Sgt Stevens Hamelin")
    await press(scene, boss, label("en", "Revoke this phone"))
    await press(scene, boss, label("en", "Yes, close it"))
    phone = scene.phone(code)
    assert _seen(phone) == _seen(stranger)
    assert set(_seen(stranger)) == {"start", "privacy" if language == "en" else "confidentialite"}
    assert phone.keyboard is None
    assert _seen(boss) == _menu("commander", "en"), "nobody else's menu changed"


@pytest.mark.parametrize(("code", "language"), [("lacroix", "fr"), ("lacroix", "en")])
async def test_the_menu_follows_the_role(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    assert _seen(scene.phone(code)) == _menu("lead", language)
    async with scene.app.begin() as tx:
        await load(tx, parse(scene.roster.replace('role = "lead"', 'role = "officer"'), "mali.toml"))
    await scene.tick()
    assert _seen(scene.phone(code)) == _menu("officer", language)


async def test_a_phone_enrolled_under_an_older_version_learns_the_new_commands(scene: Scene) -> None:
    await scene.enrol("bradshaw")
    phone = scene.phone("bradshaw")
    await scene.stop()
    scene.telegram.exchange.profile.menus.clear()
    await scene.start()
    await scene.settle()
    assert _seen(phone) == _menu("commander", "en")

"""What command reads: the picture, the alerts, the roster, the digest."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import No
from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.words import admit, ask, buttons, label, line, plain, press, said
from tests.kit import ROSTER, Scene, last_id, texts

BOSSES = (("bradshaw", "en"), ("willis", "fr"))


def _counts(text: str) -> tuple[int, dict[str, int]]:
    """Return the strength and the counts by what is said of them."""
    found = re.search(r"(?:Strength|Effectif) (\d+) ?: (.+)\.", text)
    return int(found[1]), {words: int(n) for n, words in re.findall(r"(\d+) ([^,.]+)", found[2])}


@pytest.mark.parametrize("command", ["/status", "/etat"])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_everybody_is_in_exactly_one_state(scene: Scene, language: str, command: str) -> None:
    await scene.enrol("bradshaw", language=language)
    await scene.enrol("hamelin", "lacroix", "deniger")
    await scene.to(6, 30)
    await scene.phone("hamelin").send("ok")
    await scene.phone("deniger").tap("🤝 Besoin d'aide")
    await scene.settle()
    boss = scene.phone("bradshaw")
    (text,) = await ask(scene, boss, command)
    strength, counts = _counts(text)
    assert strength == 5
    assert sum(counts.values()) == 5
    assert list(counts.values()) == [1, 1, 2, 1], "assistance, not enrolled, awaited, answered"
    lines = text.splitlines()
    assert next(one for one in lines if "Deniger" in one).startswith("🔴")
    assert next(one for one in lines if "Willis" in one).startswith("⚪")
    assert not [one for one in lines if "Hamelin" in one or "LaCroix" in one], "only who needs attention is named"
    assert buttons(boss.last) == [[label(language, "🔄 Refresh")]]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_an_overdue_officer_stands_there_with_since_and_owner(scene: Scene, language: str) -> None:
    await scene.enrol("bradshaw", "lacroix", "willis", language=language)
    await scene.enrol("deniger")
    await scene.to(6, 30)
    for code in ("bradshaw", "lacroix", "willis"):
        await scene.phone(code).send("ok")
    await scene.to(8, 30)
    boss = scene.phone("bradshaw")
    row = next(one for one in (await ask(scene, boss, "/status"))[0].splitlines() if "Deniger" in one)
    assert "30 min" in row
    assert ("nobody has it" if language == "en" else "personne ne s'en occupe") in row
    await press(scene, scene.phone("lacroix"), label(language, "I am on it"))
    await scene.pass_time(minutes=5)
    row = next(one for one in (await ask(scene, boss, "/status"))[0].splitlines() if "Deniger" in one)
    assert "35 min" in row
    assert "LaCroix" in row
    (alerts,) = await ask(scene, boss, "/alerts")
    assert "Deniger" in alerts
    assert "LaCroix" in alerts


@pytest.mark.parametrize(("code", "language"), BOSSES)
async def test_refresh_edits_the_message_in_place(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    await scene.enrol("hamelin")
    phone = scene.phone(code)
    await scene.to(6, 30)
    await ask(scene, phone, "/status")
    shown = phone.last
    before = shown.text
    await scene.phone("hamelin").send("ok")
    await scene.pass_time(minutes=1)
    assert await press(scene, phone, label(language, "🔄 Refresh"), shown) == [], "no new message"
    assert phone.last is shown
    assert shown.edited
    assert shown.text != before
    assert sum(_counts(plain(shown.text))[1].values()) == 5
    assert await press(scene, phone, label(language, "🔄 Refresh"), shown) == [], "nothing new is no fault"
    assert await scene.one("select count(*) from outbox where state = 'parked'") == 0


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_lead_sees_the_own_post_only(scene: Scene, language: str) -> None:
    await scene.enrol("lacroix", language=language)
    (text,) = await ask(scene, scene.phone("lacroix"), "/etat")
    assert _counts(text)[0] == 2
    assert "Mopti" in text
    assert "Bamako," not in text
    for name in ("Bradshaw", "Hamelin", "Willis"):
        assert name not in text


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_liaison_reads_the_status_and_nothing_else(tmp_path: Path, language: str) -> None:
    text = ROSTER.read_text(encoding="utf-8") + _officer("ndiaye", role="liaison")
    scene = await Scene(tmp_path, roster=text).open()
    try:
        phone = await admit(scene, "ndiaye", 6001, language)
        (status,) = await ask(scene, phone, "/status")
        assert _counts(status)[0] == 5, "the liaison is not watched over"
        for command in ("/alerts", "/roster", "/invite"):
            assert await ask(scene, phone, command) == [line(language, No.NOT_ALLOWED)]
        assert phone.keyboard == [[label(language, "📋 Status", "menu")]]
    finally:
        await scene.close()


def _officer(code: str, *, role: str = "officer", post: str = "BKO") -> str:
    return f"""
[[officers]]
code = "{code}"
rank = "Cst"
name = "Officer {code}"
service = "RCMP"
mission = "MINUSMA"
post = "{post}"
role = "{role}"
language = "en"
"""


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_sixty_officers_are_paged(tmp_path: Path, language: str) -> None:
    text = ROSTER.read_text(encoding="utf-8")
    text += "".join(_officer(f"n{at:02}", post="MPT" if at % 2 else "BKO") for at in range(55))
    scene = await Scene(tmp_path, roster=text).open()
    try:
        phone = await admit(scene, "bradshaw", 1004, language)
        await scene.tick()
        (first,) = await ask(scene, phone, "/status")
        strength, counts = _counts(first)
        assert strength == sum(counts.values()) == 60
        shown = phone.last
        assert buttons(shown)[-1] == [label(language, "🔄 Refresh")]
        names: set[str] = set(_named(shown))
        assert len(names) == 20
        for page in (2, 3):
            button = label(language, "{n} ›").format(n=page)
            assert await press(scene, phone, button, shown) == []
            assert not names & set(_named(shown)), "nobody stands on two pages"
            names |= set(_named(shown))
        assert len(names) == 59, "all who are not enrolled"
        await press(scene, phone, label(language, "‹‹ {n}").format(n=1), shown)
        assert plain(shown.text) == first
        (roster,) = await ask(scene, phone, "/roster")
        assert "1" in roster
        assert len([row for row in buttons(phone.last) if len(row) == 1 and row[0][:1].isupper()]) == 20
        (second,) = await press(scene, phone, label(language, "{n} ›").format(n=2))
        assert second != roster
    finally:
        await scene.close()


def _named(message: Any) -> list[str]:
    return [one.split(",")[0] for one in message.text.splitlines() if one.startswith("⚪")]


@pytest.mark.parametrize(("code", "language"), BOSSES)
async def test_the_digest_comes_once_a_day_at_six_in_the_evening(contingent: Scene, code: str, language: str) -> None:
    await contingent.enrol(code, language=language)
    await contingent.to(6, 30)
    for one in ("hamelin", "willis", "bradshaw"):
        await contingent.phone(one).send("ok")
    await contingent.settle()
    await contingent.to(8, 10)
    await contingent.to(8, 31)
    await contingent.phone("lacroix").send("ok")
    await contingent.settle()
    marks = {one: last_id(contingent.phone(one)) for one in ("bradshaw", "willis", "lacroix", "hamelin", "deniger")}
    await contingent.to(17, 59)
    assert _digests(contingent, code, marks) == []
    await contingent.to(18, 0)
    await contingent.pass_time(minutes=5)
    (digest,) = _digests(contingent, code, marks)
    figures = said(language, "Last 24 hours: {on_time} on time, {late} late, {missed} missed.")
    assert figures.format(on_time=3, late=1, missed=1) in digest
    assert sum(_counts(digest)[1].values()) == 5
    assert len(_digests(contingent, "bradshaw", marks)) == len(_digests(contingent, "willis", marks)) == 1
    for other in ("lacroix", "hamelin", "deniger"):
        assert _digests(contingent, other, marks) == []
    await contingent.to(18, 1, days=1)
    assert len(_digests(contingent, code, marks)) == 2


def _digests(scene: Scene, code: str, marks: dict[str, int]) -> list[str]:
    return [one for one in texts(scene.phone(code), marks[code]) if "daily digest" in one or "bilan du jour" in one]


@pytest.mark.parametrize(("code", "language"), BOSSES)
async def test_the_roster_says_who_has_a_phone(scene: Scene, code: str, language: str) -> None:
    await scene.enrol(code, language=language)
    await scene.invite("hamelin")
    await scene.enrol("lacroix")
    await scene.phone("lacroix").block()
    await scene.settle()
    (text,) = await ask(scene, scene.phone(code), "/effectif")
    rows = {name: one for one in text.splitlines() for name in ("Hamelin", "LaCroix", "Deniger") if name in one}
    assert rows["Hamelin"].startswith("🔑")
    assert rows["LaCroix"].startswith("📵")
    assert rows["Deniger"].startswith("⚪")
    name = "Cap. Kim Deniger" if language == "fr" else "Cpl Kim Deniger"
    (card,) = await press(scene, scene.phone(code), name)
    assert said(language, "⚪ Not enrolled") in card
    assert "Mopti" in card


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_digest_moved_by_a_load_comes_at_its_new_hour(scene: Scene, language: str) -> None:
    await scene.enrol("bradshaw", language=language)
    async with scene.app.begin() as tx:
        await load(tx, parse(scene.roster.replace('digest_at = "18:00"', 'digest_at = "17:00"'), "mali.toml"))
    mark = {"bradshaw": last_id(scene.phone("bradshaw"))}
    await scene.to(17, 0)
    assert len(_digests(scene, "bradshaw", mark)) == 1
    await scene.to(18, 1)
    assert len(_digests(scene, "bradshaw", mark)) == 1

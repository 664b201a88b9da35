"""A wrong number in the directory: said in one tap, settled by who answers for it, and whoever said it is told."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.contact import Contact, Phone, PhoneKind
from bot.domain.errors import No
from bot.domain.officer import Role
from bot.services.contingent_file import ContingentFile, parse
from bot.services.load import load
from tests.flows.directory.sample import EMBASSY, HOSPITAL, RADIO_ROOM, lay_down, marks
from tests.flows.words import ask, label, line, plain, press, said
from tests.kit import Scene, last_id, texts

PHONES = ("lacroix", "willis", "hamelin", "bradshaw", "deniger")


def _card(phone: Any) -> str:
    return plain(phone.last.text)


async def _say_wrong(scene: Scene, code: str, language: str, query: str) -> dict[str, int]:
    """Find a contact and say that its number is wrong; return what was the newest message on each phone before."""
    phone = scene.phone(code)
    await ask(scene, phone, f"/contact {query}")
    before = marks(scene, *PHONES)
    await press(scene, phone, label(language, "Wrong number"))
    return before


def _heard(scene: Scene, before: dict[str, int]) -> dict[str, list[str]]:
    found = {code: texts(scene.phone(code), since) for code, since in before.items()}
    return {code: heard for code, heard in found.items() if heard}


@pytest.mark.parametrize(("code", "language"), [("deniger", "fr"), ("willis", "en")])
async def test_one_tap_tells_the_lead_of_the_post_and_the_card_says_so(
    contingent: Scene, code: str, language: str
) -> None:
    await lay_down(contingent, HOSPITAL)
    before = await _say_wrong(contingent, code, language, "hopital")
    phone = contingent.phone(code)
    assert said(language, "⚠️ Somebody says that a number here is wrong. It is being looked into.") in _card(phone)
    heard = _heard(contingent, before)
    assert heard.keys() == {"lacroix"}
    (news,) = heard["lacroix"]
    assert "Deniger" in news or "Willis" in news
    assert "+223 21 42 01 23" in news
    before = marks(contingent, *PHONES)
    await press(contingent, phone, label(language, "Wrong number"))
    assert _heard(contingent, before) == {}, "said twice, it is one doubt"
    assert await contingent.one("select count(*) from contact_doubt") == 1
    lead = contingent.phone("lacroix")
    before = marks(contingent, *PHONES)
    await press(contingent, lead, label("fr", "✅ Still right"))
    heard = _heard(contingent, before)
    assert heard.keys() == {code}
    assert "LaCroix" in heard[code][0]
    assert await contingent.rows("select settled_by, outcome from contact_doubt") == [("lacroix", "still_right")]
    assert await contingent.rows("select verified_on, verified_by from contact") == [("2026-11-23", "lacroix")]
    assert "23 novembre" in _card(lead)
    await ask(contingent, phone, "/contact hopital")
    assert said(language, "⚠️ Somebody says that a number here is wrong. It is being looked into.") not in _card(phone)


@pytest.mark.parametrize(("code", "language"), [("deniger", "fr"), ("willis", "en")])
async def test_the_lead_types_the_right_number_and_everybody_who_doubted_is_told(
    contingent: Scene, code: str, language: str
) -> None:
    await lay_down(contingent, HOSPITAL)
    await _say_wrong(contingent, code, language, "hopital")
    await _say_wrong(contingent, "hamelin", "fr", "hopital")
    lead = contingent.phone("lacroix")
    (question,) = await press(contingent, lead, label("fr", "✏️ Correct it"))
    assert "+223 21 42 01 23" in question
    assert "<code>" not in question
    before = marks(contingent, *PHONES)
    (refusal,) = await ask(contingent, lead, "le nouveau")
    assert refusal.startswith("⚠️ Ce n'est pas un numéro de téléphone.")
    assert "+223" in refusal, "an example of the country"
    await ask(contingent, lead, "21 42 09 99 poste 7")
    assert "+223 21 42 09 99, poste 7" in _card(lead)
    heard = _heard(contingent, before)
    assert heard.keys() == {"lacroix", code, "hamelin"}
    assert all("+223 21 42 09 99" in heard[one][0] for one in (code, "hamelin"))
    rows = await contingent.rows("select source, phones, verified_by from contact where corrected_at is not null")
    assert rows == [("import", '[["desk", "+22321420999", "7"]]', "lacroix")]
    assert await contingent.rows("select distinct outcome from contact_doubt") == [("corrected",)]
    audited = {row[0] for row in await contingent.rows("select action from audit where action like 'contact_%'")}
    assert audited == {"contact_doubted", "contact_corrected"}
    assert await contingent.one("select count(*) from audit where details like '%2142%'") == 0, "codes, never numbers"
    found = await ask(contingent, contingent.phone(code), "/contact 0999")
    assert "+223 21 42 09 99" in found[0]


async def test_a_load_leaves_what_was_corrected_in_chat_until_the_file_says_the_same(contingent: Scene) -> None:
    def file(number: str, roles: str = "") -> ContingentFile:
        more = f"""
[[contacts]]
code = "mpt-hopital"
category = "medical"
function = "Regional hospital"
post = "MPT"
phones = [{{ kind = "desk", number = "{number}" }}]
{roles}
"""
        return parse(contingent.roster + more, "mali.toml")

    async with contingent.app.begin() as tx:
        await load(tx, file("+22321420123"))
    lead = contingent.phone("lacroix")
    await ask(contingent, lead, "/contact hospital")
    await press(contingent, lead, label("fr", "✏️ Correct it"))
    await ask(contingent, lead, "21 42 09 99")
    async with contingent.app.begin() as tx:
        changes = await load(tx, file("+22321420123", 'roles = ["officer", "commander"]'))
    assert changes.corrected == ["mpt-hopital"]
    assert "+223 21 42 09 99" in (await ask(contingent, contingent.phone("deniger"), "/contact hospital"))[0]
    assert "+223 21" not in (await ask(contingent, lead, "/contact hospital"))[0], "who may see it holds at once"
    async with contingent.app.begin() as tx:
        changes = await load(tx, file("+22321420999"))
    assert changes.corrected == []
    assert await contingent.one("select source from contact where corrected_at is null") == "file"


async def test_of_several_numbers_the_wrong_one_is_asked_for(contingent: Scene) -> None:
    await lay_down(contingent, RADIO_ROOM)
    await _say_wrong(contingent, "deniger", "fr", "radio")
    lead = contingent.phone("lacroix")
    await press(contingent, lead, label("fr", "✏️ Correct it"))
    which = lead.last
    await press(contingent, lead, "📻 Mopti Base (radio)", which)
    await ask(contingent, lead, "  Mopti   2 ")
    assert "Mopti 2" in _card(lead)
    await press(contingent, lead, "📱 +223 76 00 11 22", which)
    await press(contingent, lead, label("fr", "Take this number off"))
    assert await contingent.one("select phones from contact") == '[["radio", "Mopti 2", null]]'
    # What was read before it changed is confirmed and corrected by nobody.
    await press(contingent, lead, "📱 +223 76 00 11 22", which)
    assert plain(lead.popups[-1].text) == line("fr", No.CONTACT_CHANGED)


async def test_a_number_that_changed_meanwhile_is_not_confirmed(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    lead = contingent.phone("lacroix")
    await ask(contingent, lead, "/contact hopital")
    await lay_down(contingent, replace(HOSPITAL, phones=(Phone(PhoneKind.DESK, "+22321420777"),)))
    await press(contingent, lead, label("fr", "✅ Still right"))
    assert plain(lead.popups[-1].text) == line("fr", No.CONTACT_CHANGED)
    assert await contingent.one("select verified_on from contact") is None


async def test_a_contact_taken_out_while_its_number_is_typed_is_said_so(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    lead = contingent.phone("lacroix")
    await ask(contingent, lead, "/contact hopital")
    await press(contingent, lead, label("fr", "✏️ Correct it"))
    await lay_down(contingent, replace(HOSPITAL, roles=(Role.COMMANDER,)))
    assert await ask(contingent, lead, "21 42 09 99") == [line("fr", No.NO_SUCH_CONTACT)]
    assert await contingent.one("select count(*) from draft") == 0
    assert "+22321420999" not in str(await contingent.rows("select phones from contact"))


@pytest.mark.parametrize(
    ("one", "by", "language", "told"),
    [
        (EMBASSY, "deniger", "fr", {"willis", "bradshaw"}),  # of no post
        (HOSPITAL, "lacroix", "fr", {"willis", "bradshaw"}),  # the lead says it
        (replace(HOSPITAL, post="BKO"), "hamelin", "fr", {"willis", "bradshaw"}),  # a post without a lead
        (EMBASSY, "willis", "en", {"bradshaw"}),
        # Nobody is told of a contact that they may not see.
        (replace(HOSPITAL, roles=(Role.OFFICER, Role.DEPUTY)), "deniger", "fr", {"willis"}),
        (replace(HOSPITAL, roles=(Role.OFFICER,)), "deniger", "fr", {"deniger"}),
    ],
    ids=["no post", "the lead", "no lead", "the deputy", "unseen by the lead", "unseen by all"],
)
async def test_who_is_told(contingent: Scene, one: Contact, by: str, language: str, told: set[str]) -> None:
    await lay_down(contingent, one)
    before = await _say_wrong(contingent, by, language, one.title.fr.split()[0])
    heard = _heard(contingent, before)
    assert heard.keys() == told
    if told == {by}:
        assert heard[by][0].startswith("C'est noté")


async def test_a_lead_without_a_phone_leaves_it_to_command(scene: Scene) -> None:
    await scene.enrol("willis", "bradshaw", "deniger")
    await lay_down(scene, HOSPITAL)
    await ask(scene, scene.phone("deniger"), "/contact hopital")
    before = marks(scene, "willis", "bradshaw")
    await press(scene, scene.phone("deniger"), label("fr", "Wrong number"))
    assert _heard(scene, before).keys() == {"willis", "bradshaw"}
    # The first of them settles it; the other reads in place what became of it, and has no button any more.
    await press(scene, scene.phone("willis"), label("en", "✅ Still right"))
    other = scene.phone("bradshaw").last
    assert "Willis says that this is still right" in plain(other.text)
    assert not other.inline


async def test_of_a_member_of_the_contingent_the_member_is_told_too(contingent: Scene) -> None:
    before = await _say_wrong(contingent, "hamelin", "fr", "deniger")
    heard = _heard(contingent, before)
    assert heard.keys() == {"lacroix", "deniger"}
    assert "Hamelin" in heard["lacroix"][0]
    assert "Hamelin" not in heard["deniger"][0], "who says it stays between them and the lead"
    assert "/moi" in heard["deniger"][0]
    before = marks(contingent, *PHONES)
    await press(contingent, contingent.phone("deniger"), label("fr", "📱 My numbers"))
    await press(contingent, contingent.phone("deniger"), label("fr", "Add: mobile"))
    await ask(contingent, contingent.phone("deniger"), "76 00 99 88")
    heard = _heard(contingent, before)
    assert "+223 76 00 99 88" in heard["hamelin"][0], "the own correction settles it"
    assert await contingent.rows("select settled_by, outcome from contact_doubt") == [("deniger", "corrected")]


async def test_a_number_corrected_on_the_roster_settles_it(contingent: Scene) -> None:
    await _say_wrong(contingent, "hamelin", "fr", "deniger")
    before = marks(contingent, *PHONES)
    async with contingent.app.begin() as tx:
        await load(tx, parse(contingent.roster.replace("+1 613 555 0168", "+1 613 555 0169"), "mali.toml"))
    await contingent.settle()
    heard = _heard(contingent, before)
    assert heard.keys() == {"hamelin"}
    assert "+1 613 555-0169" in heard["hamelin"][0]
    assert await contingent.rows("select settled_by, outcome from contact_doubt") == [(None, "corrected")]
    assert "0169" in (await ask(contingent, contingent.phone("willis"), "/contact deniger"))[0], "found as it is now"


async def test_the_lead_confirms_the_number_of_a_member(contingent: Scene) -> None:
    await _say_wrong(contingent, "hamelin", "fr", "deniger")
    lead = contingent.phone("lacroix")
    assert [one.text for row in lead.last.inline for one in row] == [label("fr", "✅ Still right")]
    await press(contingent, lead, label("fr", "✅ Still right"))
    rows = await contingent.rows("select code, source, verified_by, verified_on from contact")
    assert rows == [("officer:deniger", "officer", "lacroix", "2026-11-23")]
    assert "Confirmed on 23 November" in (await ask(contingent, contingent.phone("willis"), "/contact deniger"))[0]


async def test_nobody_says_it_of_oneself(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/contact willis")
    texts_of = [one.text for row in phone.last.inline for one in row]
    assert texts_of[-2:] == [label("en", "✅ Still right"), label("en", "📱 My numbers")]
    assert label("en", "Wrong number") not in texts_of
    await press(contingent, phone, label("en", "✅ Still right"))
    assert "Confirmed on 23 November" in _card(phone)


@pytest.mark.parametrize(
    ("code", "language", "may"),
    [("lacroix", "fr", True), ("willis", "en", True), ("bradshaw", "en", True), ("deniger", "fr", False)],
)
async def test_who_answers_for_a_contact_confirms_it_on_its_card(
    contingent: Scene, code: str, language: str, may: bool
) -> None:
    await lay_down(contingent, HOSPITAL)
    phone = contingent.phone(code)
    await ask(contingent, phone, "/contact hopital")
    shown = {one.text for row in phone.last.inline for one in row}
    assert (label(language, "✅ Still right") in shown) is may
    if may:
        await press(contingent, phone, label(language, "✅ Still right"))
        assert await contingent.rows("select verified_on, verified_by from contact") == [("2026-11-23", code)]
        assert last_id(phone) == phone.last.id, "the card is mended in its place"


async def test_who_is_no_longer_lead_settles_nothing(contingent: Scene) -> None:
    await lay_down(contingent, HOSPITAL)
    await _say_wrong(contingent, "deniger", "fr", "hopital")
    async with contingent.app.begin() as tx:
        await load(tx, parse(contingent.roster.replace('role = "lead"', 'role = "officer"'), "mali.toml"))
    lead = contingent.phone("lacroix")
    await contingent.settle()
    for button in ("✅ Still right", "✏️ Correct it"):
        await press(contingent, lead, label("fr", button))
        assert plain(lead.popups[-1].text) == line("fr", No.NOT_ALLOWED)
    assert await contingent.one("select settled_at from contact_doubt") is None
    assert await contingent.one("select verified_on from contact") is None

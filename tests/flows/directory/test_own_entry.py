"""What an officer adds to the own entry with /me; seen by others at once."""

from typing import Any

import pytest

from bot.domain.errors import No
from tests.flows.words import BOTH, ask, buttons, label, line, plain, press, said
from tests.kit import Scene


def _me(language: str) -> str:
    return "/me" if language == "en" else "/moi"


async def _open(scene: Scene, phone: Any, language: str, button: str) -> None:
    await ask(scene, phone, _me(language))
    await press(scene, phone, label(language, button))


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_numbers_are_added_and_taken_away_but_the_rosters_stays(
    contingent: Scene, code: str, language: str
) -> None:
    phone, other = contingent.phone(code), contingent.phone("hamelin")
    await _open(contingent, phone, language, "📱 My numbers")
    own = {"willis": "+1 613 555", "lacroix": "+1 613 555"}[code]
    assert own in plain(phone.last.text)
    kinds = [label(language, f"Add: {kind}") for kind in ("mobile", "satellite", "desk", "call sign")]
    assert buttons(phone.last) == [kinds[:2], kinds[2:]], "the roster's own number has no button"
    await press(contingent, phone, kinds[0])
    assert "+223" in phone.last.text, "an example of the country"
    (refusal,) = await ask(contingent, phone, "my old number")
    assert refusal == line(language, No.BAD_PHONE).replace("+1 613 555 0142", "+223 20 21 23 45").replace(
        "+1 613 555-0142", "+223 20 21 23 45"
    )
    await ask(contingent, phone, "76 00 11 22")
    assert "+223 76 00 11 22" in plain(phone.last.text)
    await press(contingent, phone, kinds[3])
    (refusal,) = await ask(contingent, phone, "-- --")
    assert refusal == line(language, No.BAD_CALL_SIGN)
    await ask(contingent, phone, "Vigie 7")
    # Others find it at once, by its last digits and by the call sign.
    for query in ("1122", "vigie 7"):
        (found,) = await ask(contingent, other, f"/contact {query}")
        assert "+223 76 00 11 22" in found
        assert own in found
    assert await contingent.rows("select code, source, officer from contact") == [(f"officer:{code}", "officer", code)]
    await _open(contingent, phone, language, "📱 My numbers")
    gone = next(one for row in buttons(phone.last) for one in row if "76 00 11 22" in one)
    await press(contingent, phone, gone)
    assert "76 00 11 22" not in plain(phone.last.text)
    (found,) = await ask(contingent, other, "/contact vigie 7")
    assert "76 00 11 22" not in found
    assert own in found
    me = (await ask(contingent, phone, _me(language)))[0]
    assert "Vigie 7" in me


async def test_there_is_room_for_so_many_numbers(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await _open(contingent, phone, "en", "📱 My numbers")
    first = phone.last
    for at in range(6):
        await press(contingent, phone, label("en", "Add: mobile"), first)
        await ask(contingent, phone, f"7600110{at}")
    assert label("en", "Add: mobile") not in str(buttons(phone.last))
    await press(contingent, phone, label("en", "Add: mobile"), first)
    assert plain(phone.popups[-1].text) == line("en", No.TOO_MANY_NUMBERS)


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_languages_and_function(contingent: Scene, code: str, language: str) -> None:
    phone, other = contingent.phone(code), contingent.phone("hamelin")
    await _open(contingent, phone, language, "🗣 My languages")
    own, more = ("English", "French") if language == "en" else ("Français", "Anglais")
    assert buttons(phone.last) == [[f"✓ {own}", more], [label(language, "Another language")]]
    shown = phone.last
    await press(contingent, phone, more, shown)
    assert buttons(shown)[0] == [f"✓ {own}", f"✓ {more}"]
    await press(contingent, phone, f"✓ {own}", shown)
    await press(contingent, phone, f"✓ {more}", shown)
    assert plain(phone.popups[-1].text) == line(language, No.LAST_LANGUAGE)
    assert f"✓ {more}" in str(buttons(shown)), "everybody is called in some language"
    await press(contingent, phone, own, shown)
    await press(contingent, phone, label(language, "Another language"), shown)
    (refusal,) = await ask(contingent, phone, "martian")
    assert refusal == line(language, No.BAD_LANGUAGE)
    (now,) = await ask(contingent, phone, "Bambara")
    assert "Bambara" in str(buttons(phone.last))
    assert "ambara" in now
    await _open(contingent, phone, language, "My function")
    (refusal,) = await ask(contingent, phone, "…")
    assert refusal == line(language, No.BAD_FUNCTION)
    assert (await ask(contingent, phone, "x" * 61))[0].startswith("⚠️")
    await ask(contingent, phone, "Gender adviser / Conseils en genre")
    assert ("Gender adviser" if language == "en" else "Conseils en genre") in plain(phone.last.text)
    (card,) = await ask(contingent, other, f"/contact {code}")
    assert "Conseils en genre" in card
    assert ("français, anglais et bambara" if language == "en" else "anglais, français et bambara") in card
    found = await ask(contingent, other, "/contact genre")
    assert "Conseils en genre" in found[0], "found by the function"
    await _open(contingent, phone, language, "My function")
    await press(contingent, phone, label(language, "Take it away"))
    (card,) = await ask(contingent, other, f"/contact {code}")
    assert "genre" not in card


async def test_there_is_room_for_so_many_languages(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await _open(contingent, phone, "en", "🗣 My languages")
    first = phone.last
    for said_ in ("fr", "bm", "ff", "ar", "snk", "dogon", "bozo", "tamasheq"):
        await press(contingent, phone, label("en", "Another language"), first)
        await ask(contingent, phone, said_)
    await press(contingent, phone, label("en", "Another language"), first)
    assert plain(phone.popups[-1].text) == line("en", No.TOO_MANY_LANGUAGES)
    assert await contingent.one("select count(*) from draft") == 0, "what is typed next is no language"


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_email_and_hours(contingent: Scene, code: str, language: str) -> None:
    phone, other = contingent.phone(code), contingent.phone("hamelin")
    await _open(contingent, phone, language, "My e-mail")
    (refusal,) = await ask(contingent, phone, "kelly at example")
    assert refusal == line(language, No.BAD_EMAIL)
    (me,) = await ask(contingent, phone, "k.w@example.org")
    assert "k.w@example.org" in me
    await _open(contingent, phone, language, "My hours")
    (refusal,) = await ask(contingent, phone, "sometimes")
    assert refusal == line(language, No.BAD_HOURS)
    (me,) = await ask(contingent, phone, "lundi-vendredi 8 h à 17 h")
    assert ("Monday" if language == "en" else "lundi") in me
    # It is Monday, 05:00: the office is not open yet.
    (card,) = await ask(contingent, other, f"/contact {code}")
    assert "k.w@example.org" in card
    assert said("fr", "⚪ Does not answer at this hour") in card
    await contingent.to(9)
    (card,) = await ask(contingent, other, f"/contact {code}")
    assert said("fr", "🟢 Answers now") in card
    for button in ("My e-mail", "My hours"):
        await _open(contingent, phone, language, button)
        await press(contingent, phone, label(language, "Take it away"))
    (card,) = await ask(contingent, other, f"/contact {code}")
    assert "example.org" not in card
    assert "🕗" not in card


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_a_question_is_closed_with_cancel(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await _open(contingent, phone, language, "📱 My numbers")
    await press(contingent, phone, label(language, "Add: desk"))
    await press(contingent, phone, label(language, "Cancel"))
    assert said(language, "Cancelled. Nothing was changed.") == plain(phone.last.text)
    await ask(contingent, phone, "76 00 11 22")
    assert await contingent.one("select count(*) from contact") == 0


async def test_only_a_number_settles_that_a_number_is_wrong(contingent: Scene) -> None:
    phone, other = contingent.phone("willis"), contingent.phone("hamelin")
    await ask(contingent, other, "/contact willis")
    await press(contingent, other, label("fr", "Wrong number"))
    await _open(contingent, phone, "en", "🗣 My languages")
    await press(contingent, phone, "French")
    await _open(contingent, phone, "en", "My function")
    await ask(contingent, phone, "Gender adviser")
    await _open(contingent, phone, "en", "📱 My numbers")
    await press(contingent, phone, label("en", "Add: call sign"))
    await ask(contingent, phone, "Vigie 7")
    assert await contingent.rows("select settled_at from contact_doubt") == [(None,)]
    assert await contingent.rows("select verified_on, verified_by from contact") == [(None, None)]
    await press(contingent, phone, label("en", "Add: mobile"))
    await ask(contingent, phone, "76 00 11 22")
    assert await contingent.rows("select settled_by, outcome from contact_doubt") == [("willis", "corrected")]
    assert await contingent.rows("select verified_on, verified_by from contact") == [("2026-11-23", "willis")]


@pytest.mark.parametrize("typed", ["+881 6 315 555555", "8816315555555", "00 881 6 315 555555"])
async def test_a_satellite_number_needs_no_plus(contingent: Scene, typed: str) -> None:
    phone = contingent.phone("willis")
    await _open(contingent, phone, "en", "📱 My numbers")
    await press(contingent, phone, label("en", "Add: satellite"))
    (refusal,) = await ask(contingent, phone, "76 00 11 22")
    assert "+881 6 31 55 5555" in refusal, "an example of what is asked for"
    (text,) = await ask(contingent, phone, typed)
    assert "+881 6 315 555555" in text


async def test_the_bots_language_is_not_the_officers(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await ask(contingent, phone, "/language")
    await press(contingent, phone, "Français")
    (card,) = await ask(contingent, contingent.phone("hamelin"), "/repertoire willis")
    assert "🗣 anglais" in card


async def test_what_the_roster_says_is_not_called_added(contingent: Scene) -> None:
    (me,) = await ask(contingent, contingent.phone("hamelin"), "/moi")
    assert said("fr", "Call sign: {call_sign}").format(call_sign="EUCAP 12") in me
    assert said("fr", "Added: {number}").format(number="") not in me

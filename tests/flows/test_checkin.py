"""Checking in, from the phone to the record and back."""

from datetime import timedelta

import pytest

from tests.kit import SAFE, Scene, last_id, texts


@pytest.mark.parametrize(("code", "language"), [("willis", "en"), ("lacroix", "fr")])
async def test_one_tap_is_recorded_and_acknowledged(contingent: Scene, code: str, language: str) -> None:
    phone = contingent.phone(code)
    await contingent.to(6, 30)
    mark = last_id(phone)
    await phone.tap(SAFE[language])
    await contingent.settle()
    (receipt,) = texts(phone, mark)
    assert receipt.startswith("✅")
    assert "230630Z NOV 26" in receipt
    assert ("20:00" if language == "en" else "20 h") in receipt
    assert await contingent.one("select count(*) from checkin where officer = :who", who=code) == 1


@pytest.mark.parametrize("said", ["ok", "OK!", "Safe", "RAS", "en sécurité", "En securite.", "✅ I am safe"])
async def test_words_that_say_nothing_but_safe_count(contingent: Scene, said: str) -> None:
    await contingent.phone("hamelin").send(said)
    await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == 1


@pytest.mark.parametrize(
    "said", ["ok mais on tire sur nous", "help", "I am hurt", "à l'aide", "il y a un blessé", "ok but shots outside"]
)
async def test_words_of_danger_offer_sos_and_are_no_checkin(contingent: Scene, said: str) -> None:
    phone = contingent.phone("deniger")
    mark = last_id(phone)
    await phone.send(said)
    await contingent.settle()
    (answer,) = texts(phone, mark)
    assert "SOS" in answer
    assert phone.keyboard is not None
    assert any("SOS" in text for row in phone.keyboard for text in row)
    assert await contingent.one("select count(*) from checkin") == 0


async def test_anything_else_is_answered_and_never_taken_for_a_checkin(contingent: Scene) -> None:
    phone = contingent.phone("deniger")
    mark = last_id(phone)
    await phone.send("Bonjour tout le monde")
    await contingent.settle()
    await phone.send_voice()
    await contingent.settle()
    await phone.send_photo()
    await contingent.settle()
    mine = [one for one in phone.messages if one.outgoing]
    await phone.edit(next(one.id for one in mine if one.text.startswith("Bonjour")), "ok")
    await contingent.settle()
    assert len(texts(phone, mark)) == 4
    assert not [one for one in texts(phone, mark) if "Reçu" in one]
    assert await contingent.one("select count(*) from checkin") == 0


async def test_place_remark_and_an_earlier_time_after_the_command(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await contingent.to(7, 0)
    await phone.send("/checkin 06:10 Sévaré; back by noon")
    await contingent.settle()
    ((place, remark, occurred),) = await contingent.rows("select place, remark, occurred_at from checkin")
    assert (place, remark) == ("Sévaré", "back by noon")
    assert occurred == int((contingent.clock.now() - timedelta(minutes=50)).timestamp() * 1e6)
    assert "Sévaré" in phone.last.text
    assert "06:10" in phone.last.text


async def test_a_place_can_be_added_when_asked(contingent: Scene) -> None:
    phone = contingent.phone("lacroix")
    await contingent.to(7, 0)
    await phone.tap(SAFE["fr"])
    await contingent.settle()
    button = phone.last.inline[0][0]
    await phone.press(button.text)
    await contingent.settle()
    await phone.send("Sévaré; tout est calme")
    await contingent.settle()
    assert await contingent.rows("select place, remark from checkin") == [("Sévaré", "tout est calme")]


async def test_a_bad_time_changes_nothing_and_says_what_is_expected(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    mark = last_id(phone)
    await phone.send("/checkin 29:99 Gao")
    await contingent.settle()
    (answer,) = texts(phone, mark)
    assert "/checkin 04:00" in answer, "an hour ago: an example that would be taken"
    assert await contingent.one("select count(*) from checkin") == 0


async def test_every_checkin_is_a_row_also_when_the_duty_was_answered(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await contingent.to(7, 0)
    for _ in range(3):
        await phone.tap(SAFE["en"])
        await contingent.settle()
    assert await contingent.one("select count(*) from checkin") == 3
    assert await contingent.one("select count(*) from duty where state = 'answered'") == 1


async def test_too_early_a_checkin_is_kept_and_the_next_is_still_due(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await phone.tap(SAFE["en"])
    await contingent.settle()
    assert "still due: today, 08:00" in phone.last.text
    await contingent.to(8, 0)
    assert "08:00" in phone.last.text


async def test_sent_before_the_deadline_and_taken_up_after_it_is_on_time(contingent: Scene) -> None:
    phone = contingent.phone("willis")
    await contingent.to(7, 52)
    await contingent.stop()
    await phone.tap(SAFE["en"])
    contingent.clock.move(timedelta(minutes=88))
    await contingent.start()
    await contingent.tick()
    receipt = next(one for one in reversed(texts(phone)) if one.startswith("✅"))
    assert "07:52" in receipt
    assert "09:20" in receipt
    assert await contingent.one("select count(*) from alert where officer = 'willis'") == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [("/checkin 10:33 Mopti", "Mopti"), ("/checkin Poste de secours, Sévaré", "Poste de secours, Sévaré"),
     ("/checkin 1500 logements", "1500 logements"), ("/checkin Help desk, Bamako", "Help desk, Bamako")],
)  # fmt: skip
async def test_a_time_or_a_place_is_no_cry_for_help(contingent: Scene, text: str, place: str) -> None:
    await contingent.to(10, 40)
    await contingent.phone("deniger").send(text)
    await contingent.settle()
    assert await contingent.rows("select place from checkin") == [(place,)]

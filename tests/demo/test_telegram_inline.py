"""What a directory needs of Telegram: buttons that copy, numbers that are shared, pins, and lists typed for."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from bot.clock import MovableClock
from bot.demo.telegram import Phone, PhoneError, StandIn
from tests.demo.conftest import Raw
from tests.demo.test_telegram_chat import update

COPY = InlineKeyboardMarkup([[InlineKeyboardButton("📋 Copy", copy_text=CopyTextButton("+22320222222"))]])


def article(number: int, text: str = "<b>Kim</b>") -> InlineQueryResultArticle:
    sends = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(str(number), f"Kim {number}", sends, description="Mopti", reply_markup=COPY)


async def asked(bot: Bot, update_id: int) -> InlineQuery:
    query = (await update(bot, update_id)).inline_query
    assert query is not None
    return query


async def test_a_button_that_copies_tells_the_bot_nothing(bot: Bot, guy: Phone, standin: StandIn, raw: Raw) -> None:
    await bot.send_message(guy.user_id, "Kim", reply_markup=COPY)
    assert guy.clipboard is None
    assert await guy.press("📋 Copy") == 0
    assert guy.clipboard == "+22320222222"
    assert standin.pending == 0
    for text in ("", "x" * 257):
        markup = {"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": text}}]]}
        status, body = await raw("sendMessage", chat_id=guy.user_id, text="a", reply_markup=markup)
        assert (status, body["description"]) == (400, "Bad Request: BUTTON_COPY_TEXT_INVALID")


async def test_a_number_that_is_shared_keeps_its_vcard(bot: Bot, guy: Phone, raw: Raw) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kelly Willis\r\nEND:VCARD"
    await bot.send_contact(guy.user_id, "+16135550142", "Kelly", "Willis", vcard=card, reply_markup=COPY)
    assert guy.last is not None
    assert guy.last.contact == {
        "phone_number": "+16135550142", "first_name": "Kelly", "last_name": "Willis", "vcard": card,
    }  # fmt: skip
    await guy.press("📋 Copy")
    for given in ({"phone_number": ""}, {"vcard": "x" * 2049}):
        params = {"chat_id": guy.user_id, "phone_number": "1", "first_name": "K"} | given
        assert (await raw("sendContact", **params))[0] == 400


async def test_a_pin_shows_at_the_top_and_as_a_notice(bot: Bot, guy: Phone) -> None:
    first = await bot.send_message(guy.user_id, "first")
    second = await bot.send_message(guy.user_id, "second")
    await bot.pin_chat_message(guy.user_id, first.message_id, disable_notification=True)
    await bot.pin_chat_message(guy.user_id, second.message_id)
    assert guy.pinned is not None
    assert guy.pinned.text == "second"
    notices = [one.message for one in await bot.get_updates()]
    assert [one.pinned_message.text for one in notices if one and one.pinned_message] == ["first", "second"]  # type: ignore[attr-defined]
    assert all(one and one.from_user and one.from_user.id == bot.id for one in notices)
    assert [one.kind for one in guy.messages[-2:]] == ["service", "service"]
    assert guy.last is not None
    assert guy.last.text == "second", "a notice is nothing that the bot says"
    await bot.unpin_chat_message(guy.user_id, second.message_id)
    assert guy.pinned.text == "first"
    for call in (bot.unpin_chat_message(guy.user_id, second.message_id), bot.pin_chat_message(guy.user_id, 2)):
        with pytest.raises(BadRequest, match=r"(?i)chat_not_modified"):
            await call
    with pytest.raises(BadRequest, match="Message to pin not found"):
        await bot.pin_chat_message(guy.user_id, 999)


async def test_a_list_is_typed_for_and_chosen_from(bot: Bot, guy: Phone, standin: StandIn) -> None:
    query = await asked(bot, await guy.inline("kim"))
    assert (query.query, query.offset, query.from_user.id, query.chat_type) == ("kim", "", 1001, "sender")
    assert guy.results is None
    await query.answer([article(1), article(2)], cache_time=0, is_personal=True, next_offset="2")
    assert guy.results == ["Kim 1", "Kim 2"]
    more = await asked(bot, await guy.inline("kim", offset="2"))
    assert (more.query, more.offset) == ("kim", "2")
    await more.answer([article(3)])
    said = (await update(bot, await guy.choose("Kim 3"))).message
    assert said is not None
    assert (said.text, said.via_bot and said.via_bot.id, said.from_user and said.from_user.id) == ("Kim", bot.id, 1001)
    assert guy.results is None
    await guy.press("📋 Copy")
    assert guy.clipboard == "+22320222222"
    with pytest.raises(PhoneError, match="not this person's"):
        await guy.edit(said.message_id, "forged")
    group = standin.group(-5)
    await (await asked(bot, await guy.inline(""))).answer([article(1)])
    await guy.choose(0, chat=group)
    assert [one.text for one in group.messages] == ["Kim"]
    with pytest.raises(PhoneError, match="nothing listed"):
        await guy.choose(0)


async def test_what_the_bot_answers_late_or_twice_or_to_what_was_typed_over(
    bot: Bot, guy: Phone, clock: MovableClock
) -> None:
    first = await asked(bot, await guy.inline("k"))
    second = await asked(bot, await guy.inline("ki"))
    await first.answer([article(1)])
    assert guy.results is None, "the phone asks for something else by now"
    await second.answer([article(2)])
    with pytest.raises(BadRequest, match="Query is too old"):
        await second.answer([article(2)])
    late = await asked(bot, await guy.inline("kim"))
    clock.move(timedelta(seconds=31))
    with pytest.raises(BadRequest, match="Query is too old"):
        await late.answer([article(1)])


async def test_a_query_that_nobody_fetches_is_gone_in_half_a_minute(
    bot: Bot, guy: Phone, standin: StandIn, clock: MovableClock
) -> None:
    await guy.inline("kim")
    clock.move(timedelta(seconds=31))
    assert standin.pending == 0


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([article(n) for n in range(51)], "too many inline query results"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article(10**64)], "RESULT_ID_INVALID"),
        ([article(1, "<b>Kim")], "can't parse entities"),
        ([article(1, "x" * 4097)], "message is too long"),
    ],
)
async def test_lists_that_telegram_does_not_take(bot: Bot, guy: Phone, raw: Raw, results: list[Any], why: str) -> None:
    query = await asked(bot, await guy.inline("kim"))
    told = [one.to_dict() for one in results]
    status, body = await raw("answerInlineQuery", inline_query_id=query.id, results=told)
    assert status == 400
    assert why in body["description"]


async def test_inline_mode_is_off_until_botfather_turns_it_on(bot: Bot, guy: Phone, standin: StandIn) -> None:
    assert (await bot.get_me()).supports_inline_queries
    standin.exchange.profile.inline = False
    assert not (await bot.get_me()).supports_inline_queries
    with pytest.raises(PhoneError, match="no inline mode"):
        await guy.inline("kim")

"""Each refusal in Telegram's words, heard through python-telegram-bot or over plain HTTP."""

import io
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.clock import MovableClock
from bot.demo.telegram import Phone, StandIn
from bot.demo.telegram.rate import Rates
from tests.demo.conftest import Raw

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


INVALID = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def keys(text: str = "OK", data: str | None = "ok", **more: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data, **more)]])


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<script>a", 'Unsupported start tag "script" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href='x'", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=http://x>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<b\u00a0x>a</b>", 'Unsupported start tag "b\u00a0x" at byte offset 0'),
        ("a &#xD83D; b", INVALID),
        ('<a href="e.org/&#xD83D;">a</a>', INVALID),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_html_that_cannot_be_read(raw: Raw, guy: Phone, source: str, error: str) -> None:
    status, answer = await raw("sendMessage", chat_id=guy.user_id, text=source, parse_mode="HTML")
    assert (status, answer["description"]) == (400, f"Bad Request: can't parse entities: {error}")


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "\U0001f6a8" * 2049}, "message is too long"),
        ({"text": "a" * 40_000}, "text is too long"),
        ({"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "a", "txet": "a"}, 'unknown parameter "txet" of sendMessage'),
        ({"text": 5}, 'parameter "text" must be of type String'),
        ({"text": "a", "disable_notification": "perhaps"}, 'parameter "disable_notification" must be of type Boolean'),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        (
            {"text": "a", "reply_markup": {"inline_keybord": []}},
            'unknown field "inline_keybord" of InlineKeyboardMarkup',
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "calback_data": "b"}]]}},
            'unknown field "calback_data" of InlineKeyboardButton',
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"callback_data": "b"}]]}},
            "can't parse InlineKeyboardButton: Can't find field \"text\"",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": 7}]]}},
            'field "callback_data" of InlineKeyboardButton must be of type String',
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "url": "http://c"}]]},
            },
            "can't parse inline keyboard button: more than one of url, callback_data",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "not a link"}]]}},
            "inline keyboard button URL 'not a link' is invalid: Disallowed character in URL host",
        ),
        (
            {
                "text": "a",
                "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "tel:+16135550142"}],
            },
            "entity URL 'tel:+16135550142' is invalid: Wrong port number specified in the URL",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}},
            "reply markup is too long",
        ),
        ({"text": "a", "reply_markup": {"keyboard": [[" "]]}}, "keyboard button text must be non-empty"),
    ],
)
async def test_what_send_message_refuses(raw: Raw, guy: Phone, params: dict[str, Any], error: str) -> None:
    status, answer = await raw("sendMessage", chat_id=guy.user_id, **params)
    assert (status, answer) == (400, {"ok": False, "error_code": 400, "description": f"Bad Request: {error}"})
    assert guy.last is None


async def test_the_longest_text_passes(bot: Bot, guy: Phone) -> None:
    await bot.send_message(guy.user_id, "<b>" + "&lt;" * 4096 + "</b>", parse_mode=ParseMode.HTML)
    assert guy.last is not None
    assert guy.last.text == "<" * 4096


@pytest.mark.parametrize(
    ("method", "params", "error"),
    [
        ("sendMessage", {"text": "a"}, "chat_id is empty"),
        ("sendMessage", {"text": "a", "chat_id": True}, 'parameter "chat_id" must be of type Integer or String'),
        ("sendMessage", {"text": "a", "chat_id": "@someone"}, "chat not found"),
        ("sendLocation", {"chat_id": 1001, "latitude": 1}, "longitude is empty"),
        ("sendLocation", {"chat_id": 1001, "latitude": 91, "longitude": 0}, "invalid location specified"),
        ("sendDocument", {"chat_id": 1001}, "there is no document in the request"),
        ("sendDocument", {"chat_id": 1001, "document": "attach://no"}, "there is no document in the request"),
        ("sendDocument", {"chat_id": 1001, "document": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        ("editMessageText", {"chat_id": 1001, "text": "a"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 1, "text": "a"}, "chat_id is empty"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("setMyCommands", {}, 'parameter "commands" is required'),
        ("setMyCommands", {"commands": [], "language_code": "french"}, "invalid language code specified"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "planet"}},
            "can't parse BotCommandScope: Unsupported type",
        ),
        ("copyMessage", {"chat_id": 1001, "from_chat_id": 1001, "message_id": 99}, "message to copy not found"),
        ("forwardMessage", {"chat_id": 1001, "from_chat_id": 1001, "message_id": 99}, "message to forward not found"),
        ("pinChatMessage", {"chat_id": 1001, "message_id": 99}, "message to pin not found"),
    ],
)
async def test_what_other_methods_refuse(raw: Raw, guy: Phone, method: str, params: dict[str, Any], error: str) -> None:
    status, answer = await raw(method, **params)
    assert status == 400
    assert answer["description"].startswith(f"Bad Request: {error}")


@pytest.mark.parametrize(
    ("markup", "error"),
    [(keys(data="é" * 33), "Button_data_invalid"), (keys(text=" "), "Inline keyboard button text must be non-empty")],
)
async def test_buttons(bot: Bot, guy: Phone, markup: InlineKeyboardMarkup, error: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i)^{error}$"):
        await bot.send_message(guy.user_id, "a", reply_markup=markup)
    await bot.send_message(guy.user_id, "a", reply_markup=keys(data="é" * 32))


async def test_location_cannot_be_asked_for_in_a_group(bot: Bot, standin: StandIn) -> None:
    group = standin.group(-100123, "Bamako")
    markup = ReplyKeyboardMarkup([[KeyboardButton("Where", request_location=True)]])
    with pytest.raises(BadRequest, match="Location can be requested in private chats only"):
        await bot.send_message(group.id, "a", reply_markup=markup)


async def test_captions_and_vcards(bot: Bot, guy: Phone) -> None:
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(guy.user_id, b"a", caption="a" * 1025)
    with pytest.raises(BadRequest, match="Vcard is too long"):
        await bot.send_contact(guy.user_id, "+1", "Guy", vcard="a" * 2049)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(guy.user_id, InputFile(b"no picture", "a.png"))


async def test_an_upload_that_is_too_big(standin: StandIn, http: aiohttp.ClientSession, guy: Phone) -> None:
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("document", io.BytesIO(bytes(50 * 1024 * 1024 + 1)), filename="big.bin")
    async with http.post(f"{standin.url}/bot{standin.token}/sendDocument", data=form) as answer:
        assert (answer.status, (await answer.json())["description"]) == (413, "Request Entity Too Large")


async def test_editing(bot: Bot, guy: Phone) -> None:
    sent = await bot.send_message(guy.user_id, "<b>a</b>", parse_mode=ParseMode.HTML, reply_markup=keys())
    with pytest.raises(BadRequest) as refused:
        await sent.edit_text("<b>a</b>", parse_mode=ParseMode.HTML, reply_markup=keys())
    assert refused.value.message == NOT_MODIFIED
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(keys())
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("b", guy.user_id, sent.message_id + 1)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("b", guy.user_id, guy.messages[0].id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await sent.edit_caption("b")
    document = await bot.send_document(guy.user_id, b"a")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await document.edit_text("b")


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [["SOS"]]},
        {"remove_keyboard": True},
        {"force_reply": True},
    ],
)
async def test_a_message_that_came_with_a_keyboard_is_not_edited(raw: Raw, guy: Phone, markup: dict[str, Any]) -> None:
    _, sent = await raw("sendMessage", chat_id=guy.user_id, text="a", reply_markup=markup)
    named = {"chat_id": guy.user_id, "message_id": sent["result"]["message_id"]}
    buttons = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}
    for method, change in (("editMessageText", {"text": "b"}), ("editMessageReplyMarkup", {"reply_markup": buttons})):
        status, answer = await raw(method, **named, **change)
        assert (status, answer["description"]) == (400, "Bad Request: message can't be edited")


async def test_several_are_deleted_together_or_not_at_all(raw: Raw, guy: Phone, bot: Bot, clock: MovableClock) -> None:
    old = await bot.send_message(guy.user_id, "old")
    clock.move(timedelta(hours=48, seconds=1))
    new = await bot.send_message(guy.user_id, "new")
    named = [new.message_id, old.message_id]
    status, answer = await raw("deleteMessages", chat_id=guy.user_id, message_ids=named)
    assert (status, answer["description"]) == (400, "Bad Request: message can't be deleted for everyone")
    assert [m.text for m in guy.messages] == ["/start", "old", "new"]


async def test_deleting(bot: Bot, guy: Phone, clock: MovableClock) -> None:
    old = await bot.send_message(guy.user_id, "old")
    clock.move(timedelta(hours=48, seconds=1))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(guy.user_id, 999)


async def test_people_who_cannot_be_written_to(bot: Bot, standin: StandIn, guy: Phone) -> None:
    standin.phone(1002)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1002, "a")
    await guy.block()
    with pytest.raises(Forbidden) as blocked:
        await bot.send_message(guy.user_id, "a")
    assert blocked.value.message == "Forbidden: bot was blocked by the user"
    await guy.unblock()
    await bot.send_message(guy.user_id, "a")
    guy.deactivate()
    with pytest.raises(Forbidden) as gone:
        await bot.send_message(guy.user_id, "a")
    assert gone.value.message == "Forbidden: user is deactivated"


async def test_callback_answers(bot: Bot, guy: Phone, clock: MovableClock) -> None:
    await bot.send_message(guy.user_id, "a", reply_markup=keys())
    update_id = await guy.press("OK")
    (update,) = await bot.get_updates(offset=update_id)
    assert update.callback_query is not None
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await update.callback_query.answer("a" * 201)
    clock.move(timedelta(seconds=151))
    with pytest.raises(BadRequest) as late:
        await update.callback_query.answer("late")
    assert late.value.message == "Query is too old and response timeout expired or query id is invalid"
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("nonsense")


@pytest.mark.parametrize(
    ("commands", "error"),
    [
        ([("a", "b")] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([("Start", "b")], "BOT_COMMAND_INVALID"),
        ([("été", "b")], "BOT_COMMAND_INVALID"),
        ([("a", " ")], "command description must be non-empty"),
        ([("a" * 33, "b")], "command length must not exceed 32"),
        ([("a", "b" * 257)], "command description length must not exceed 256"),
    ],
)
async def test_commands(raw: Raw, commands: list[tuple[str, str]], error: str) -> None:
    menu = [{"command": name, "description": text} for name, text in commands]
    status, answer = await raw("setMyCommands", commands=menu)
    assert (status, answer["description"]) == (400, f"Bad Request: {error}")


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [("700000001:another-token", 401, "Unauthorized"), ("nonsense", 404, "Not Found")],
)
async def test_tokens(standin: StandIn, http: aiohttp.ClientSession, token: str, status: int, description: str) -> None:
    async with http.get(f"{standin.url}/bot{token}/getMe") as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "[::1]:9"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_no_web_page_calls_as_the_bot(
    standin: StandIn, http: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    url = f"{standin.url}/bot{standin.token}/setWebhook"
    async with http.get(url, params={"url": "http://127.0.0.1:9/"}, headers=headers) as answer:
        assert answer.status == status
    assert (standin.delivery.webhook is not None) == (status == 200)
    async with http.get(f"{standin.url}/file/bot{standin.token}/absent", headers=headers) as answer:
        assert answer.status == (404 if status == 200 else 403)


async def test_methods(bot: Bot, raw: Raw) -> None:
    assert await raw("getMee") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    status, answer = await raw("sendDice", chat_id=1)
    assert (status, answer["description"]) == (501, "Not Implemented: the stand-in does not carry out sendDice")
    assert (await raw("GETME"))[0] == 200
    with pytest.raises(NetworkError, match="reads HTML"):
        await bot.send_message(1, "a", parse_mode=ParseMode.MARKDOWN_V2)


async def test_rates(clock: MovableClock) -> None:
    now = [0.0]
    rates = Rates(strict=True, now=lambda: now[0])
    assert [rates.pass_one(1) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 1]
    assert [rates.pass_one(n) for n in range(2, 28)] == [0] * 25 + [1]
    now[0] = 1.0
    assert [rates.pass_one(1), rates.pass_one(1)] == [0, 1]
    now[0] = 10.0
    assert [rates.pass_one(-5) for _ in range(22)] == [0] * 20 + [3, 3]
    assert not any(Rates(strict=False).pass_one(1) for _ in range(100))


async def test_too_many_requests(clock: MovableClock, http: aiohttp.ClientSession) -> None:
    standin = StandIn(clock)
    await standin.start()
    await standin.phone(1).start()
    wrong = ({"reply_markup": {"keyboard": [[" "]]}}, {"reply_parameters": {"message_id": 99}})
    for more in wrong * 3:  # what is refused for another reason uses nothing up
        async with http.post(
            f"{standin.url}/bot{standin.token}/sendMessage", json={"chat_id": 1, "text": "a", **more}
        ) as refused:
            assert refused.status == 400
    for n in range(6):
        async with http.post(
            f"{standin.url}/bot{standin.token}/sendMessage", json={"chat_id": 1, "text": str(n)}
        ) as sent:
            answer = await sent.json()
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert [call.status for call in standin.calls] == [400] * 6 + [200] * 5 + [429]
    await standin.stop()

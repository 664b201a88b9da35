"""Chats, keyboards, files, menus: what the bot does, and what the phone then shows."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.clock import MovableClock
from bot.demo.telegram import Command, Phone, PhoneError, StandIn, sample
from tests.demo.conftest import AT, Raw

KEYS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("✅ OK", callback_data="ok"),
            InlineKeyboardButton("Map", url="https://example.org/a?b=c&d"),
        ]
    ]
)


async def update(bot: Bot, update_id: int) -> Update:
    """Fetch and acknowledge the one update."""
    (only,) = await bot.get_updates(offset=update_id)
    await bot.get_updates(offset=update_id + 1)
    assert only.update_id == update_id
    return only


async def pressed(bot: Bot, update_id: int) -> CallbackQuery:
    query = (await update(bot, update_id)).callback_query
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("source", "text", "html", "kinds"),
    [
        ("<b>a<i>b</i></b>c", "abc", "<b>a</b><b><i>b</i></b>c", ["bold", "italic"]),
        ("&lt;b&gt; &amp;amp; &#233; &#x1F6A8; &quot; &nbsp;", '<b> &amp; é 🚨 " &nbsp;', None, []),
        (
            '<a href="https://e.org/?a=1&amp;b=2">x</a>',
            "x",
            '<a href="https://e.org/?a=1&amp;b=2">x</a>',
            ["text_link"],
        ),
        ('<a href="javascript:alert(1)">x</a>', "x", "x", []),
        ('<a href="tel:+16135550142">x</a>', "x", "x", []),
        ('<a href="http://intranet/">x</a>', "x", "x", []),
        ("<a>e.org</a>", "e.org", '<a href="http://e.org/">e.org</a>', ["text_link"]),
        ("See https://e.org/a. Or a@e.org.", "See https://e.org/a. Or a@e.org.", None, ["url", "email"]),
        (
            "<blockquote expandable>q</blockquote>",
            "q",
            "<blockquote expandable>q</blockquote>",
            ["expandable_blockquote"],
        ),
        ('<span class="tg-spoiler">s</span>', "s", "<tg-spoiler>s</tg-spoiler>", ["spoiler"]),
        ('<pre><code class="language-py">x</code></pre>', "x", "<pre>x</pre>", ["pre"]),
        ("🚨 <B>é</B>\n", "🚨 é", "🚨 <b>é</b>", ["bold"]),
        ("  <u>a</u>", "a", "<u>a</u>", ["underline"]),
    ],
)
async def test_html(bot: Bot, guy: Phone, source: str, text: str, html: str | None, kinds: list[str]) -> None:
    sent = await bot.send_message(guy.user_id, source, parse_mode=ParseMode.HTML)
    assert sent.text == text
    assert [entity.type for entity in sent.entities] == kinds
    assert guy.last is not None
    assert html is None or guy.last.html == html
    assert all(sent.parse_entity(entity).strip(" .") == sent.parse_entity(entity) for entity in sent.entities)


async def test_entities_given_and_found(bot: Bot, guy: Phone) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 4)
    sent = await bot.send_message(guy.user_id, "Tape /aide ou https://e.org", entities=[bold])
    assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [
        ("bold", "Tape"),
        ("bot_command", "/aide"),
        ("url", "https://e.org"),
    ]
    assert guy.last is not None
    assert guy.last.html == "<b>Tape</b> /aide ou https://e.org"


async def test_everything_python_telegram_bot_sends_is_known(bot: Bot, guy: Phone) -> None:
    sent = await bot.send_message(
        guy.user_id,
        "a",
        disable_notification=True,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(guy.messages[0].id, allow_sending_without_reply=True),
        reply_markup=KEYS,
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert sent.reply_markup == KEYS
    assert await bot.send_chat_action(guy.user_id, ChatAction.TYPING)
    assert await bot.pin_chat_message(guy.user_id, sent.message_id)
    chat = await bot.get_chat(guy.user_id)
    assert chat.pinned_message is not None
    assert (chat.full_name, chat.pinned_message.message_id) == ("Guy LaCroix", sent.message_id)
    assert await bot.unpin_chat_message(guy.user_id)
    assert await bot.set_my_description("Vigie", "en")
    assert (await bot.get_my_description("en")).description == "Vigie"
    assert await bot.set_my_short_description("Vigie")
    assert (await bot.get_my_short_description("fr")).short_description == "Vigie"
    assert await bot.set_my_name("Vigie")
    assert (await bot.get_my_name()).name == "Vigie"
    assert await bot.set_chat_menu_button(guy.user_id, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(guy.user_id), MenuButtonCommands)
    assert await bot.log_out()


async def test_a_pressed_button(bot: Bot, guy: Phone, clock: MovableClock) -> None:
    sent = await bot.send_message(guy.user_id, "Are you safe?", reply_markup=KEYS)
    query = await pressed(bot, await guy.press("✅ OK"))
    assert (query.data, query.from_user.id, query.message and query.message.message_id) == ("ok", 1001, sent.message_id)
    assert await query.answer("Noted", show_alert=True)
    assert guy.popups == [("Noted", True)]
    clock.move(timedelta(minutes=1))
    await query.edit_message_text("<b>Safe</b>", parse_mode=ParseMode.HTML)
    assert guy.last is not None
    assert (guy.last.text, guy.last.inline, guy.last.edited) == ("Safe", [], True)
    assert guy.last.edit_date == AT + timedelta(minutes=1)
    with pytest.raises(PhoneError, match="no message has a button"):
        await guy.press("✅ OK")


async def test_buttons_by_data_and_message(bot: Bot, guy: Phone) -> None:
    older = await bot.send_message(guy.user_id, "older", reply_markup=KEYS)
    newer = await bot.send_message(guy.user_id, "newer", reply_markup=KEYS)
    by_data = await pressed(bot, await guy.press("ok", by="data"))
    by_message = await pressed(bot, await guy.press("✅ OK", older.message_id))
    assert by_data.message is not None
    assert by_message.message is not None
    assert [by_data.message.message_id, by_message.message.message_id] == [newer.message_id, older.message_id]
    with pytest.raises(PhoneError, match=r"opens https://example\.org"):
        await guy.press("Map")


async def test_reply_keyboards(bot: Bot, guy: Phone) -> None:
    rows = [
        ["✅ I am safe"],
        [KeyboardButton("Where", request_location=True), KeyboardButton("Who", request_contact=True)],
    ]
    await bot.send_message(guy.user_id, "a", reply_markup=ReplyKeyboardMarkup(rows, resize_keyboard=True))
    assert guy.keyboard == [["✅ I am safe"], ["Where", "Who"]]
    await bot.send_message(guy.user_id, "inline buttons leave it", reply_markup=KEYS)
    said = (await update(bot, await guy.tap("✅ I am safe"))).message
    where = (await update(bot, await guy.tap("Where"))).message
    who = (await update(bot, await guy.tap("Who"))).message
    assert said is not None
    assert said.text == "✅ I am safe"
    assert where is not None
    assert where.location is not None
    assert who is not None
    assert who.contact is not None
    assert who.contact.user_id == guy.user_id
    assert who.contact.phone_number == "+16135550101"
    with pytest.raises(PhoneError, match="the keyboard has no"):
        await guy.tap("SOS")
    await bot.send_message(guy.user_id, "b", reply_markup=ReplyKeyboardMarkup([["once"]], one_time_keyboard=True))
    await guy.tap("once")
    assert guy.keyboard is None
    await bot.send_message(guy.user_id, "c", reply_markup=ReplyKeyboardMarkup([["x"]]))
    await bot.send_message(guy.user_id, "d", reply_markup=ReplyKeyboardRemove())
    assert guy.keyboard is None


def test_numbers_of_people_who_do_not_exist(standin: StandIn) -> None:
    numbers = [standin.phone(user_id).phone_number for user_id in (1, 100, 1001, 987_654_321)]
    assert numbers == ["+16135550101", "+16135550100", "+16135550101", "+16135550121"]


async def test_files_both_ways(bot: Bot, guy: Phone) -> None:
    sent = await bot.send_document(
        guy.user_id, b"a,b\n", filename="présences.csv", caption="<b>Day</b>", parse_mode="HTML"
    )
    assert guy.last is not None
    assert guy.last.file is not None
    assert (guy.last.kind, guy.last.text, guy.last.file.name, guy.last.file.data) == (
        "document", "Day", "présences.csv", b"a,b\n",
    )  # fmt: skip
    assert sent.document is not None
    again = await bot.send_document(guy.user_id, sent.document.file_id)
    assert again.document == sent.document
    await sent.edit_caption("New")
    assert guy.messages[-2].text == "New"
    got = (await update(bot, await guy.send_document("r.pdf", b"%PDF", caption="/report"))).message
    assert got is not None
    assert got.document is not None
    assert got.parse_caption_entities() == {got.caption_entities[0]: "/report"}
    file = await bot.get_file(got.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF"
    photo = (await update(bot, await guy.send_photo("me"))).message
    assert photo is not None
    assert photo.caption == "me"
    assert await bot.send_photo(guy.user_id, photo.photo[-1].file_id)
    voice = (await update(bot, await guy.send_voice())).message
    assert voice is not None
    assert voice.voice is not None
    with pytest.raises(BadRequest, match="Can't use file of type voice as photo"):
        await bot.send_photo(guy.user_id, voice.voice.file_id)


async def test_sounds_films_and_albums(bot: Bot, guy: Phone) -> None:
    sound = await bot.send_audio(guy.user_id, b"ID3", filename="témoin.mp3", caption="a")
    film = await bot.send_video(guy.user_id, b"film", filename="pont.mp4")
    assert sound.audio is not None
    assert film.video is not None
    assert [(m.kind, m.file.name) for m in guy.messages[-2:] if m.file] == [
        ("audio", "témoin.mp3"),
        ("video", "pont.mp4"),
    ]
    got = (await update(bot, await guy.send_audio("a.mp3", b"ID3", caption="b"))).message
    assert got is not None
    assert got.audio is not None
    assert (got.audio.file_name, got.caption) == ("a.mp3", "b")
    got = (await update(bot, await guy.send_video("a.mp4", b"film"))).message
    assert got is not None
    assert got.video is not None
    first, second = await guy.send_album([sample.PHOTO, sample.PHOTO], "the bridge")
    one, other = await bot.get_updates(offset=first)
    assert (one.update_id, other.update_id) == (first, second)
    assert one.message is not None
    assert other.message is not None
    assert one.message.media_group_id == other.message.media_group_id is not None
    assert (one.message.caption, other.message.caption) == ("the bridge", None)


async def test_a_venue_and_a_live_location(bot: Bot, guy: Phone, raw: Raw) -> None:
    sent = await bot.send_venue(guy.user_id, 14.4843, -4.183, title="MLI-2026-0001", address="30P UB 7251 0161")
    assert sent.venue is not None
    assert guy.last is not None
    assert guy.last.text == "MLI-2026-0001\n30P UB 7251 0161"
    assert guy.last.location == {"latitude": 14.4843, "longitude": -4.183}
    status, body = await raw("sendVenue", chat_id=guy.user_id, latitude=1, longitude=2, title="", address="b")
    assert (status, body["description"]) == (400, "Bad Request: venue title and address must be non-empty")
    got = (await update(bot, await guy.send_location(1.5, 2.5, live_period=900))).message
    assert got is not None
    moved = (await update(bot, await guy.move_location(got.message_id, 1.6, 2.5))).edited_message
    assert moved is not None
    assert moved.location is not None
    assert (moved.location.latitude, moved.message_id) == (1.6, got.message_id)
    with pytest.raises(PhoneError, match="no live location"):
        await guy.move_location(sent.message_id, 1.0, 1.0)


async def test_files_that_are_too_big_to_fetch(bot: Bot, guy: Phone) -> None:
    got = (await update(bot, await guy.send_document("big.bin", bytes(20 * 1024 * 1024 + 1)))).message
    assert got is not None
    assert got.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(got.document.file_id)


async def test_locations_contacts_copies_and_forwards(bot: Bot, guy: Phone) -> None:
    await bot.send_location(guy.user_id, 14.4843, -4.183)
    assert guy.last is not None
    assert guy.last.location == {"latitude": 14.4843, "longitude": -4.183}
    contact = await bot.send_contact(guy.user_id, "+1 613 555 0142", "Kelly", "Willis", vcard="BEGIN:VCARD")
    assert guy.last.contact is not None
    assert contact.contact is not None
    copy = await bot.copy_message(guy.user_id, guy.user_id, contact.message_id)
    assert guy.last.id == copy.message_id
    forward = await bot.forward_message(guy.user_id, guy.user_id, guy.messages[0].id)
    assert forward.forward_origin is not None
    got = (await update(bot, await guy.send_location(1.5, 2.5))).message
    assert got is not None
    assert got.location is not None
    assert (got.location.latitude, got.location.longitude) == (1.5, 2.5)


async def test_edits_and_dates_of_the_person(bot: Bot, guy: Phone, clock: MovableClock) -> None:
    sent = (await update(bot, await guy.send("typo", at=AT - timedelta(minutes=5)))).message
    assert sent is not None
    clock.move(timedelta(minutes=10))
    edited = (await update(bot, await guy.edit(sent.message_id, "mended"))).edited_message
    assert edited is not None
    assert (edited.text, edited.date, edited.edit_date) == (
        "mended", AT - timedelta(minutes=5), AT + timedelta(minutes=10),
    )  # fmt: skip
    with pytest.raises(PhoneError, match="not this person's"):
        await guy.edit(999, "a")


async def test_blocking(bot: Bot, guy: Phone) -> None:
    blocked = (await update(bot, await guy.block())).my_chat_member
    assert blocked is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(PhoneError, match="blocked"):
        await guy.send("a")
    await guy.start("abc")
    unblocked, start = await bot.get_updates(offset=-2)
    assert unblocked.my_chat_member is not None
    assert start.message is not None
    assert start.message.text == "/start abc"
    assert not guy.blocked


async def test_menus_by_scope_and_language(bot: Bot, guy: Phone, standin: StandIn) -> None:
    ana = standin.phone(1002, "Ana", language_code="en-GB")
    await ana.start()
    await bot.set_my_commands([("help", "Help")])
    assert guy.commands == ana.commands == [Command("help", "Help")]
    await bot.set_my_commands([("aide", "Aide")], language_code="fr")
    await bot.set_my_commands([("sos", "SOS")], BotCommandScopeAllPrivateChats(), language_code="en")
    assert (guy.commands, ana.commands) == ([Command("aide", "Aide")], [Command("sos", "SOS")])
    await bot.set_my_commands([("etat", "État")], BotCommandScopeChat(guy.user_id))
    assert guy.commands == [Command("etat", "État")]
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeChat(guy.user_id))] == ["etat"]
    await bot.delete_my_commands(BotCommandScopeChat(guy.user_id))
    assert guy.commands == [Command("aide", "Aide")]
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("a", "b")], BotCommandScopeChat(9999))


async def test_groups(bot: Bot, guy: Phone, standin: StandIn) -> None:
    group = standin.group(-1000000000123, "Bamako")
    got = (await update(bot, await guy.send("hello", chat=group))).message
    assert got is not None
    assert (got.chat.type, got.chat.title, got.from_user and got.from_user.id) == ("supergroup", "Bamako", 1001)
    await bot.send_message(group.id, "no")
    assert [m.text for m in group.messages] == ["hello", "no"]
    assert group.messages[0].outgoing


async def test_deleting(bot: Bot, guy: Phone) -> None:
    sent = [await bot.send_message(guy.user_id, str(n)) for n in range(3)]
    await sent[0].delete()
    await bot.delete_messages(guy.user_id, [sent[1].message_id, 999])
    assert [m.text for m in guy.messages] == ["/start", "2"]
    assert (await bot.send_message(guy.user_id, "3")).message_id == sent[2].message_id + 1


async def test_waiting_for_a_message(bot: Bot, guy: Phone) -> None:
    await bot.send_message(guy.user_id, "first")
    assert (await guy.wait_for(lambda m: "first" in m.text)).text == "first"
    mark = guy.mark
    with pytest.raises(TimeoutError, match="the newest says: 'first'"):
        await guy.wait_for(lambda m: "first" in m.text, timeout=0.01, after=mark)


async def test_calls_are_recorded(bot: Bot, guy: Phone, standin: StandIn) -> None:
    await bot.send_message(guy.user_id, "a")
    call = standin.calls[-1]
    assert (call.method, call.params["chat_id"], call.status, call.at) == ("sendMessage", 1001, 200, AT)
    assert [(s.chat_id, s.text) for s in standin.sent] == [(1001, "a")]

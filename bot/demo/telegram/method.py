"""From a method's name and raw parameters to its result."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.telegram import account, edit, inline, send
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.refusal import Refusal
from bot.demo.telegram.schema import Upload, bot_api

Method = Callable[[Exchange, Mapping[str, Any]], Any]

METHODS: dict[str, Method] = {
    "sendMessage": send.send_message,
    "sendPhoto": send.send_photo,
    "sendDocument": send.send_document,
    "sendVoice": send.send_voice,
    "sendAudio": send.send_audio,
    "sendVideo": send.send_video,
    "sendLocation": send.send_location,
    "sendVenue": send.send_venue,
    "sendContact": send.send_contact,
    "copyMessage": send.copy_message,
    "forwardMessage": send.forward_message,
    "sendChatAction": send.send_chat_action,
    "editMessageText": edit.edit_message_text,
    "editMessageCaption": edit.edit_message_caption,
    "editMessageReplyMarkup": edit.edit_message_reply_markup,
    "deleteMessage": edit.delete_message,
    "deleteMessages": edit.delete_messages,
    "pinChatMessage": edit.pin_chat_message,
    "unpinChatMessage": edit.unpin_chat_message,
    "answerCallbackQuery": account.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyName": account.set_my_name,
    "getMyName": account.get_my_name,
    "setMyDescription": account.set_my_description,
    "getMyDescription": account.get_my_description,
    "setMyShortDescription": account.set_my_short_description,
    "getMyShortDescription": account.get_my_short_description,
    "setChatMenuButton": account.set_chat_menu_button,
    "getChatMenuButton": account.get_chat_menu_button,
    "getChat": account.get_chat,
    "getFile": account.get_file,
    "getMe": account.get_me,
    "logOut": account.log_out,
    "close": account.log_out,
}


def named(method: str) -> str:
    """Return the proper spelling of a method, or raise 404 as Telegram does."""
    name = bot_api().name(method)
    if name is None:
        raise Refusal(404, "Not Found")
    return name


def checked(name: str, raw: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
    """Return the parameters in their proper types."""
    return bot_api().check(name, raw, files)


def perform(exchange: Exchange, name: str, params: Mapping[str, Any]) -> Any:
    """Carry a method out and return its result.

    Raises Refusal: with 501 for a method that Telegram has and the stand-in has not.
    """
    method = METHODS.get(name)
    if method is None:
        raise Refusal(501, f"Not Implemented: the stand-in does not carry out {name}")
    return method(exchange, params)

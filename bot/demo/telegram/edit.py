"""The methods that change or delete messages."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.demo.telegram import content, keyboard
from bot.demo.telegram.chat import Chat
from bot.demo.telegram.entity import Text
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.message import MEDIA, ChatMessage
from bot.demo.telegram.refusal import bad_request, too_many

DELETABLE = timedelta(hours=48)
DELETED_AT_ONCE = 100  # messages that deleteMessages takes
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)

Params = Mapping[str, Any]


def edit_message_text(exchange: Exchange, params: Params) -> Any:
    """Change a text and the buttons under it: buttons that are not given again go."""
    if "text" not in params:
        raise bad_request("message text is empty")
    body = content.text(params)
    chat, message = _editable(exchange, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(exchange, chat, message, body, params)


def edit_message_caption(exchange: Exchange, params: Params) -> Any:
    """Change the caption of a file."""
    body = content.caption(params)
    chat, message = _editable(exchange, params)
    if message.kind not in MEDIA:
        raise bad_request("there is no caption in the message to edit")
    return _change(exchange, chat, message, body, params)


def edit_message_reply_markup(exchange: Exchange, params: Params) -> Any:
    """Change the buttons under a message."""
    chat, message = _editable(exchange, params)
    return _change(exchange, chat, message, message.body, params)


def _editable(exchange: Exchange, params: Params) -> tuple[Chat, ChatMessage]:
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = exchange.chat(params["chat_id"])
    message = exchange.message(chat, params["message_id"], "message to edit")
    if message.outgoing or message.fixed or message.origin is not None:
        raise bad_request("message can't be edited")
    keyboard.check(params.get("reply_markup"), private=chat.private)
    return chat, message


def _change(exchange: Exchange, chat: Chat, message: ChatMessage, body: Text, params: Params) -> Any:
    markup = params.get("reply_markup") or None
    if markup is not None and not markup.get("inline_keyboard"):
        markup = None
    if message.body == body and (message.markup or None) == markup:
        raise bad_request(NOT_MODIFIED)
    if wait := exchange.rates.pass_one(chat.id):
        raise too_many(wait)
    if message.body != body or message.edit_date is None:
        message.edit_date = exchange.clock.now()
    message.body, message.markup = body, markup
    chat.changed(message)
    exchange.show(chat)
    return message.as_json()


def delete_message(exchange: Exchange, params: Params) -> Any:
    """Delete one message, on both sides."""
    chat = exchange.chat(params["chat_id"])
    message = exchange.message(chat, params["message_id"], "message to delete")
    _deletable(exchange, chat, message)
    chat.remove(message)
    exchange.show(chat)
    return True


def delete_messages(exchange: Exchange, params: Params) -> Any:
    """Delete several messages, all or none; those that are gone are passed over."""
    if len(params["message_ids"]) > DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    chat = exchange.chat(params["chat_id"])
    messages = [message for message_id in params["message_ids"] if (message := chat.get(message_id))]
    for message in messages:
        _deletable(exchange, chat, message)
    for message in messages:
        chat.remove(message)
    exchange.show(chat)
    return True


def _deletable(exchange: Exchange, chat: Chat, message: ChatMessage) -> None:
    if exchange.clock.now() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if not chat.private and message.outgoing:
        raise bad_request("message can't be deleted")  # the bot is no administrator


def pin_chat_message(exchange: Exchange, params: Params) -> Any:
    """Pin a message; the chat gets a notice of it, of which the bot is told as well."""
    chat = exchange.writable(params["chat_id"])
    message = exchange.message(chat, params["message_id"], "message to pin")
    _may_pin(chat)
    if message.pins is not None:
        raise bad_request("message can't be pinned")
    _set_pinned(exchange, chat, message, pinned=True)
    notice = chat.notice(exchange.profile.user(), exchange.clock.now(), message)
    exchange.updates.add("message", notice.as_json(), chat.id)
    return True


def unpin_chat_message(exchange: Exchange, params: Params) -> Any:
    """Unpin a message, the newest pinned one if none is named."""
    chat = exchange.writable(params["chat_id"])
    _may_pin(chat)
    named = params.get("message_id")
    message = exchange.message(chat, named, "message to unpin") if named else chat.pinned
    if message is None:
        raise bad_request("message to unpin not found")
    _set_pinned(exchange, chat, message, pinned=False)
    return True


def _set_pinned(exchange: Exchange, chat: Chat, message: ChatMessage, *, pinned: bool) -> None:
    if message.pinned == pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    message.pinned = pinned
    chat.changed(message)
    exchange.show(chat)


def _may_pin(chat: Chat) -> None:
    if not chat.private:
        raise bad_request("not enough rights to manage pinned messages in the chat")

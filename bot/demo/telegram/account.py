"""The methods about the bot itself, about chats and files, and the answers to queries."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.file import DOWNLOAD
from bot.demo.telegram.profile import Scope, scope_of
from bot.demo.telegram.refusal import bad_request

ANSWER = 200  # characters of a callback answer

Params = Mapping[str, Any]


def get_me(exchange: Exchange, params: Params) -> Any:
    """Return the bot."""
    return exchange.profile.me()


def log_out(exchange: Exchange, params: Params) -> Any:
    """Leave the server; the stand-in keeps serving."""
    return True


def answer_callback_query(exchange: Exchange, params: Params) -> Any:
    """Answer a pressed button; only the first answer is shown."""
    text = params.get("text", "")
    if len(text) > ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = exchange.query(params["callback_query_id"])
    if not query.answered:
        query.answered = True
        exchange.popped(query, text, bool(params.get("show_alert")))
    return True


def set_my_commands(exchange: Exchange, params: Params) -> Any:
    """Set a menu of commands for a scope and a language."""
    exchange.profile.set_commands(_scope(exchange, params), params.get("language_code", ""), params["commands"])
    return _menus_changed(exchange)


def get_my_commands(exchange: Exchange, params: Params) -> Any:
    """Return the menu set for exactly this scope and language."""
    menu = exchange.profile.commands(_scope(exchange, params), params.get("language_code", ""))
    return [{"command": line.command, "description": line.description} for line in menu]


def delete_my_commands(exchange: Exchange, params: Params) -> Any:
    """Take a menu away."""
    exchange.profile.set_commands(_scope(exchange, params), params.get("language_code", ""), ())
    return _menus_changed(exchange)


def _scope(exchange: Exchange, params: Params) -> Scope:
    scope = scope_of(params.get("scope"))
    if scope[1]:
        exchange.chat(scope[1])
    return scope


def _menus_changed(exchange: Exchange) -> bool:
    for chat in exchange.chats.values():
        exchange.show(chat)
    return True


def set_my_name(exchange: Exchange, params: Params) -> Any:
    """Set the bot's name."""
    exchange.profile.set_text("name", params.get("language_code", ""), params.get("name", ""))
    return True


def get_my_name(exchange: Exchange, params: Params) -> Any:
    """Return the bot's name."""
    name = exchange.profile.text("name", params.get("language_code", ""))
    return {"name": name or exchange.profile.first_name}


def set_my_description(exchange: Exchange, params: Params) -> Any:
    """Set what an empty chat with the bot shows."""
    exchange.profile.set_text("description", params.get("language_code", ""), params.get("description", ""))
    return True


def get_my_description(exchange: Exchange, params: Params) -> Any:
    """Return what an empty chat with the bot shows."""
    return {"description": exchange.profile.text("description", params.get("language_code", ""))}


def set_my_short_description(exchange: Exchange, params: Params) -> Any:
    """Set what the bot's profile shows."""
    text = params.get("short_description", "")
    exchange.profile.set_text("short_description", params.get("language_code", ""), text)
    return True


def get_my_short_description(exchange: Exchange, params: Params) -> Any:
    """Return what the bot's profile shows."""
    return {"short_description": exchange.profile.text("short_description", params.get("language_code", ""))}


def set_chat_menu_button(exchange: Exchange, params: Params) -> Any:
    """Set the menu button of a chat, or of all."""
    button = params.get("menu_button") or {"type": "default"}
    if "chat_id" in params:
        exchange.chat(params["chat_id"]).menu_button = button
    else:
        exchange.profile.menu_button = button
    return True


def get_chat_menu_button(exchange: Exchange, params: Params) -> Any:
    """Return the menu button of a chat, or of all."""
    return exchange.chat(params["chat_id"]).menu_button if "chat_id" in params else exchange.profile.menu_button


def get_chat(exchange: Exchange, params: Params) -> Any:
    """Return what is known of a chat."""
    chat = exchange.chat(params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    facts = chat.facts | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }
    return facts | {"pinned_message": chat.pinned.as_json()} if chat.pinned else facts


def get_file(exchange: Exchange, params: Params) -> Any:
    """Return where a file can be fetched."""
    file = exchange.files.get(params["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD:
        raise bad_request("file is too big")
    facts = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return facts | {"file_path": file.path}

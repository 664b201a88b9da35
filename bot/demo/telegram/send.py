"""The methods that put a message into a chat."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram import content
from bot.demo.telegram.entity import Text
from bot.demo.telegram.exchange import Exchange
from bot.demo.telegram.file import StoredFile
from bot.demo.telegram.refusal import bad_request
from bot.demo.telegram.schema import Upload

VCARD_BYTES = 2048
ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip

Params = Mapping[str, Any]


def send_message(exchange: Exchange, params: Params) -> Any:
    """Send a text."""
    body = content.text(params)
    chat = exchange.writable(params["chat_id"])
    return exchange.post("sendMessage", chat, params, body=body).as_json()


def send_photo(exchange: Exchange, params: Params) -> Any:
    """Send a picture."""
    return _send_file(exchange, params, "photo")


def send_document(exchange: Exchange, params: Params) -> Any:
    """Send a file."""
    return _send_file(exchange, params, "document")


def send_voice(exchange: Exchange, params: Params) -> Any:
    """Send a voice message."""
    return _send_file(exchange, params, "voice")


def send_audio(exchange: Exchange, params: Params) -> Any:
    """Send a sound with its name."""
    return _send_file(exchange, params, "audio")


def send_video(exchange: Exchange, params: Params) -> Any:
    """Send a film."""
    return _send_file(exchange, params, "video")


def send_location(exchange: Exchange, params: Params) -> Any:
    """Send a position."""
    location = _location(params)
    if "horizontal_accuracy" in params:
        location["horizontal_accuracy"] = float(params["horizontal_accuracy"])
    chat = exchange.writable(params["chat_id"])
    return exchange.post("sendLocation", chat, params, kind="location", location=location).as_json()


def send_venue(exchange: Exchange, params: Params) -> Any:
    """Send a position with a title and an address."""
    location = _location(params)
    venue = {name: params[name] for name in ("title", "address")}
    if not all(venue.values()):
        raise bad_request("venue title and address must be non-empty")
    chat = exchange.writable(params["chat_id"])
    body = Text("\n".join(venue.values()))
    posted = exchange.post("sendVenue", chat, params, kind="location", location=location, venue=venue, body=body)
    return posted.as_json()


def send_contact(exchange: Exchange, params: Params) -> Any:
    """Send a telephone number."""
    contact = {name: params[name] for name in ("phone_number", "first_name", "last_name", "vcard") if params.get(name)}
    for name in ("phone_number", "first_name"):
        if not contact.get(name):
            raise bad_request(f'field "{name}" must be non-empty')
    if len(contact.get("vcard", "").encode()) > VCARD_BYTES:
        raise bad_request("vcard is too long")
    chat = exchange.writable(params["chat_id"])
    return exchange.post("sendContact", chat, params, kind="contact", contact=contact).as_json()


def copy_message(exchange: Exchange, params: Params) -> Any:
    """Send a copy of a message, without saying where it comes from."""
    source = exchange.message(exchange.chat(params["from_chat_id"]), params["message_id"], "message to copy")
    body = content.caption(params) if "caption" in params and source.file else source.body
    chat = exchange.writable(params["chat_id"])
    copied = exchange.post("copyMessage", chat, params, body=body, **_content(source))
    return {"message_id": copied.id}


def forward_message(exchange: Exchange, params: Params) -> Any:
    """Forward a message, saying where it comes from."""
    source = exchange.message(exchange.chat(params["from_chat_id"]), params["message_id"], "message to forward")
    if source.protected:
        raise bad_request("the message can't be forwarded")
    origin = {"type": "user", "date": int(source.date.timestamp()), "sender_user": source.sender}
    chat = exchange.writable(params["chat_id"])
    facts = _content(source)
    return exchange.post("forwardMessage", chat, params, body=source.body, origin=origin, **facts).as_json()


def send_chat_action(exchange: Exchange, params: Params) -> Any:
    """Show that the bot is typing; the phones of the stand-in do not."""
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    exchange.chat(params["chat_id"])
    return True


def _location(params: Params) -> dict[str, float]:
    latitude, longitude = float(params["latitude"]), float(params["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("invalid location specified")
    return {"latitude": latitude, "longitude": longitude}


def _content(source: Any) -> dict[str, Any]:
    return {name: getattr(source, name) for name in ("kind", "file", "location", "venue", "contact")}


def _send_file(exchange: Exchange, params: Params, kind: str) -> Any:
    body = content.caption(params)
    file = _file(exchange, params[kind], kind)
    chat = exchange.writable(params["chat_id"])
    method = f"send{kind.capitalize()}"
    return exchange.post(method, chat, params, kind=kind, body=body, file=file).as_json()


def _file(exchange: Exchange, given: Upload | str, kind: str) -> StoredFile:
    if isinstance(given, Upload):
        return exchange.files.add(kind, given)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in has no way out
    file = exchange.files.get(given)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file

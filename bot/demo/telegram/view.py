"""What the visitor's page is told, as JSON."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram.exchange import Asked
from bot.demo.telegram.file import StoredFile
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.phone import Phone


def person(phone: Phone) -> dict[str, Any]:
    """Return who a phone belongs to."""
    return {
        "user_id": phone.user_id,
        "first_name": phone.user["first_name"],
        "last_name": phone.user.get("last_name") or "",
        "label": phone.label,
        "language_code": phone.user.get("language_code"),
        "blocked": phone.blocked,
    }


def screen(phone: Phone) -> dict[str, Any]:
    """Return what a phone shows."""
    keyboard = phone.reply_keyboard()
    popup = phone.popups[-1] if phone.popups else None
    return person(phone) | {
        "messages": [message(m) for m in phone.messages],
        "keyboard": {
            "rows": [
                [
                    {
                        "text": key.text,
                        "request_location": key.request_location,
                        "request_contact": key.request_contact,
                    }
                    for key in row
                ]
                for row in keyboard.rows
            ],
            "resize": keyboard.resize,
            "one_time": keyboard.one_time,
            "placeholder": keyboard.placeholder,
        }
        if keyboard
        else None,
        "commands": [{"command": line.command, "description": line.description} for line in phone.commands],
        "pinned": _quoted(phone.pinned),
        "clipboard": phone.clipboard,
        "inline": _listed(phone.asked),
        "popup": {"text": popup.text, "alert": popup.alert} if popup else None,
    }


def message(told: ChatMessage) -> dict[str, Any]:
    """Return one message; `key` names a button within the message."""
    return {
        "id": told.id,
        "outgoing": told.outgoing,
        "kind": told.kind,
        "text": told.text,
        "html": told.html,
        "date": told.date.isoformat(),
        "edited": told.edited,
        "edit_date": told.edit_date.isoformat() if told.edit_date else None,
        "inline": [
            [
                {"text": b.text, "data": b.data, "url": b.url, "copies": b.copies, "key": f"{r}.{c}"}
                for c, b in enumerate(row)
            ]
            for r, row in enumerate(told.inline)
        ],
        "location": _location(told.location),
        "file": _file(told.file),
        "contact": told.contact,
        "silent": told.silent,
        "pins": _quoted(told.pins),
        "via": told.via["username"] if told.via else None,
        "pinned": told.pinned,
        "reply_to": _quoted(told.reply_to),
    }


def _quoted(told: ChatMessage | None) -> dict[str, Any] | None:
    if told is None:
        return None
    contact = told.contact or {}
    named = " ".join(contact[name] for name in ("first_name", "last_name") if contact.get(name))
    return {"id": told.id, "text": (told.text or named)[:200]}


def _listed(asked: Asked | None) -> dict[str, Any] | None:
    if asked is None or asked.articles is None:
        return None
    results = [{"title": one.title, "description": one.description} for one in asked.articles]
    return {"text": asked.text, "offset": asked.offset, "next_offset": asked.next_offset, "results": results}


def _location(location: Mapping[str, Any] | None) -> dict[str, float] | None:
    return {"lat": location["latitude"], "lon": location["longitude"]} if location else None


def _file(file: StoredFile | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {"name": file.name, "size": file.size, "mime": file.mime, "url": f"/demo/files/{file.id}"}

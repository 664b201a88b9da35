"""Text and captions as the sending and editing methods take them."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram.entity import Entity, Text, detect, parse_html, units
from bot.demo.telegram.link import WrongLinkError, checked_link
from bot.demo.telegram.refusal import Refusal, bad_request

TEXT = 4096  # after the entities are parsed; counted here in UTF-16 units, the strictest reading of "characters"
CAPTION = 1024
RAW_BYTES = 1 << 15


def text(params: Mapping[str, Any]) -> Text:
    """Return the text of a message, or refuse it as Telegram does."""
    if not params["text"]:
        raise bad_request("message text is empty")
    body = _formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not body.plain:
        raise bad_request("text must be non-empty")
    if units(body.plain) > TEXT:
        raise bad_request("message is too long")
    return body


def caption(params: Mapping[str, Any]) -> Text:
    """Return the caption of a file, empty if there is none."""
    body = _formatted(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if units(body.plain) > CAPTION:
        raise bad_request("message caption is too long")
    return body


def _formatted(source: str, mode: str | None, entities: Any) -> Text:
    if len(source.encode("utf-8", "surrogatepass")) > RAW_BYTES:
        raise bad_request("text is too long")
    mode = (mode or "none").lower()
    if mode in ("markdown", "markdownv2"):
        raise Refusal(501, f"Not Implemented: the stand-in reads HTML, not {mode}")
    if mode not in ("html", "none"):
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        body = parse_html(source)
    else:
        body = Text(source, tuple(_given(e) for e in entities or () if e["offset"] >= 0 and e["length"] > 0))
    return _trimmed(body)


def _given(entity: Entity) -> Entity:
    """Return an entity that came as such: unlike in HTML, a wrong link in it is refused."""
    if entity["type"] != "text_link":
        return entity
    url = entity.get("url", "")
    try:
        return entity | {"url": checked_link(url)}
    except WrongLinkError as wrong:
        raise bad_request(f"entity URL '{url}' is invalid: {wrong}") from None


def _trimmed(body: Text) -> Text:
    """Cut white space at both ends as Telegram does, and find the links and commands."""
    plain = body.plain.strip()
    cut = units(body.plain) - units(body.plain.lstrip())
    end = units(plain)
    kept = []
    for entity in body.entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    taken = [(e["offset"], e["offset"] + e["length"]) for e in kept if e["type"] in ("code", "pre", "text_link")]
    found = [e for e in detect(plain) if not any(a < e["offset"] + e["length"] and e["offset"] < b for a, b in taken)]
    return Text(plain, tuple(sorted((*kept, *found), key=lambda e: (e["offset"], -e["length"]))))

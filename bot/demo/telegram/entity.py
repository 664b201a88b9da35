"""Text with entities: reading Telegram's HTML as Telegram reads it, and writing it back for a page.

Offsets and lengths are in UTF-16 code units, as in the Bot API; error texts count bytes, as Telegram does.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from bot.demo.telegram.refusal import bad_request

TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "tg-spoiler": "spoiler", "span": "spoiler", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre", "text_link": "a",
    "spoiler": "tg-spoiler", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+))?""")
SAFE_LINK = re.compile(r"(https?|tg|mailto|tel):", re.IGNORECASE)
DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>]+)|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w+)?)|(?<![\w@])(?P<mention>@\w{3,32})"
)

Entity = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A text and its entities, `{"type", "offset", "length", ...}`."""

    plain: str
    entities: tuple[Entity, ...] = ()

    @property
    def html(self) -> str:
        """Return the text as HTML with none but Telegram's tags: safe to show on a page."""
        return _render(self.plain, self.entities)


def units(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def detect(text: str) -> tuple[Entity, ...]:
    """Find commands, links, addresses and mentions, as Telegram does in every text."""
    return tuple(
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match in DETECTED.finditer(text)
    )


def parse_html(source: str) -> Text:
    """Read Telegram's HTML; raise `Refusal` with Telegram's text and the byte offset when it cannot be read."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[tuple[str, str, int, int]] = []
        self.entities: list[Entity] = []

    def read(self) -> Text:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                if self.source.startswith("/", self.at + 1):
                    self._end_tag()
                else:
                    self._start_tag()
            elif char == "&" and (match := CHARACTER.match(self.source, self.at)) and (decoded := _character(match)):
                self._write(decoded)
                self.at = match.end()
            else:
                self._write(char)
                self.at += 1
        if self.open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return Text("".join(self.out), tuple(self.entities))

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.offset += units(text)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self.at
        match = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        assert match is not None
        tag = match[0].lower()
        position = match.end()
        if position >= len(self.source):
            raise _unreadable(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TYPES:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = ""
        while not (rest := re.compile(r"\s*>").match(self.source, position)):
            found = ATTRIBUTE.match(self.source, position)
            if position >= len(self.source) or not self.source[position:].strip():
                raise _unreadable(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            if found is None or not found[1]:
                raise _unreadable(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            argument = _argument(tag, found[1], found[2] or "") or argument
            position = found.end()
        if tag == "span" and argument != "spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append((tag, argument, self.offset, len(self.out)))
        self.at = rest.end()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        match = re.compile(r"</([^\s>]*)\s*>").match(self.source, begin)
        if match is None:
            raise _unreadable(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        tag, argument, offset, position = self.open.pop()
        found = match[1].lower()
        if found and found != tag:
            raise _unreadable(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{tag}>", found "</{found}>"'
            )
        self.at = match.end()
        if self.offset > offset:
            self._entity(tag, argument or ("".join(self.out[position:]) if tag == "a" else ""), offset)

    def _entity(self, tag: str, argument: str, offset: int) -> None:
        entity: Entity = {"type": TYPES[tag], "offset": offset, "length": self.offset - offset}
        if tag == "a":
            if not SAFE_LINK.match(argument) and "." not in argument:
                return  # Telegram drops a link that leads nowhere, and keeps its text
            entity["url"] = argument
        elif tag == "tg-emoji":
            if not argument.isdigit():
                raise _unreadable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = argument
        elif tag == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif tag == "pre" and (inner := self._same_place("code", entity)) and inner.get("language"):
            self.entities.remove(inner)
            entity["language"] = inner["language"]
        elif tag == "code" and argument:
            entity["language"] = argument
        self.entities.append(entity)

    def _same_place(self, kind: str, entity: Entity) -> Entity | None:
        last = self.entities[-1] if self.entities else None
        same = last and (last["type"], last["offset"], last["length"]) == (kind, entity["offset"], entity["length"])
        return last if same else None


def _unreadable(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _argument(tag: str, name: str, value: str) -> str:
    if value[:1] in {'"', "'"}:
        value = CHARACTER.sub(lambda m: _character(m) or m[0], value[1:-1])
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("span", "class"):
        return value.removeprefix("tg-")
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _render(text: str, entities: tuple[Entity, ...]) -> str:
    marked = [e for e in entities if e["type"] in TAGS]
    if not marked:
        return escape(text)
    cuts = sorted({0, units(text), *(p for e in marked for p in (e["offset"], e["offset"] + e["length"]))})
    wide = text.encode("utf-16-le", "surrogatepass")
    out: list[str] = []
    for start, end in pairwise(cuts):
        here = [e for e in marked if e["offset"] <= start and end <= e["offset"] + e["length"]]
        piece = escape(wide[start * 2 : end * 2].decode("utf-16-le", "replace"))
        # Entities may overlap: each piece opens and closes its own tags, so that the page stays well formed.
        out.append("".join(map(_opening, here)) + piece + "".join(f"</{TAGS[e['type']]}>" for e in reversed(here)))
    return "".join(out)


def _opening(entity: Entity) -> str:
    tag = TAGS[entity["type"]]
    if tag == "a":
        url = entity["url"] if SAFE_LINK.match(entity["url"]) else f"https://{entity['url']}"
        return f'<a href="{escape(url)}">'
    return f"<{tag} expandable>" if entity["type"] == "expandable_blockquote" else f"<{tag}>"

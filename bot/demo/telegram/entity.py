"""Text with entities: reading Telegram's HTML as Telegram reads it, and writing it back for a page.

Offsets and lengths are in UTF-16 code units, as in the Bot API; error texts count bytes, as Telegram does.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from bot.demo.telegram.link import WrongLinkError, checked_link
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
CHARACTER = re.compile(
    r"&(?:#x([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|#([0-9]{1,7})(?![0-9])|(lt|gt|amp|quot)(?![a-zA-Z]));?"
)
# White space is ASCII's to the server: a no-break space belongs to the name of a tag.
SPACE = re.compile(r"[ \t\r\n\v]*")
TAG = re.compile(r"[^ \t\r\n\v>]*")
ATTRIBUTE = re.compile(r"""[^ \t\r\n\v=>/"']*""")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
SURROGATE = re.compile(r"[\ud800-\udfff]")
DETECTED = re.compile(
    # What ends a sentence does not belong to an address.
    r"(?P<url>https?://[^\s<>\"«»]*[^\s<>\"«».:;,('?!`])|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
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
        plain = "".join(self.out)
        _check_whole(plain)
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # only `pre` has one
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return Text(plain, tuple(self.entities))

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.offset += units(text)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return match[0]

    @property
    def _ended(self) -> bool:
        return self.at >= len(self.source)

    def _next(self, char: str) -> bool:
        return self.source.startswith(char, self.at)

    def _start_tag(self) -> None:
        begin = self.at
        where = f"at byte offset {self._bytes(begin)}"
        self.at += 1
        tag = self._take(TAG).lower()
        if self._ended:
            raise _unreadable(f"Unclosed start tag {where}")
        if tag not in TYPES:
            raise _unreadable(f'Unsupported start tag "{tag}" {where}')
        argument = ""
        while self._take(SPACE) or not self._next(">"):
            if self._next(">"):
                break
            name = self._take(ATTRIBUTE)
            if not name:
                raise _unreadable(f'Empty attribute name in the tag "{tag}" {where}')
            argument = _argument(tag, name, self._value(tag, where)) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append((tag, argument, self.offset, len(self.out)))

    def _value(self, tag: str, where: str) -> str:
        """Return the value of the attribute whose name was just read, empty if it has none."""
        self._take(SPACE)
        given = self._next("=")
        if given:
            self.at += 1
            self._take(SPACE)
        if self._ended:
            raise _unreadable(f'Unclosed start tag "{tag}" {where}')
        if not given:
            return ""
        begin = self.at
        quote = self.source[begin]
        if quote in "'\"":
            end = self.source.find(quote, begin + 1)
            self.at = len(self.source) if end < 0 else end + 1
            value = CHARACTER.sub(lambda m: _character(m) or m[0], self.source[begin + 1 : end])
            _check_whole(value)
        else:
            value = self._take(TOKEN).lower()
            if not self._ended and self.source[self.at] not in " \t\r\n\v>":
                raise _unreadable(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        if self._ended:
            raise _unreadable(f"Unclosed start tag {where}")
        return value

    def _end_tag(self) -> None:
        where = f"at byte offset {self._bytes(self.at)}"
        if not self.open:
            raise _unreadable(f"Unexpected end tag {where}")
        self.at += 2
        found = self._take(TAG).lower()
        self._take(SPACE)
        if not self._next(">"):
            raise _unreadable(f"Unclosed end tag {where}")
        self.at += 1
        tag, argument, offset, position = self.open.pop()
        if found and found != tag:
            raise _unreadable(f'Unmatched end tag {where}, expected "</{tag}>", found "</{found}>"')
        if self.offset > offset:
            self._entity(tag, argument or ("".join(self.out[position:]) if tag == "a" else ""), offset)

    def _entity(self, tag: str, argument: str, offset: int) -> None:
        entity: Entity = {"type": TYPES[tag], "offset": offset, "length": self.offset - offset}
        if tag == "a":
            try:
                entity["url"] = checked_link(argument)
            except WrongLinkError:
                return  # Telegram drops a link that leads nowhere, and keeps its text
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


def _check_whole(text: str) -> None:
    if SURROGATE.search(text):
        raise _unreadable(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
            "code units"
        )


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else ""


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
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
        return f'<a href="{escape(entity["url"])}">'
    return f"<{tag} expandable>" if entity["type"] == "expandable_blockquote" else f"<{tag}>"

"""What a text is made of besides words: placeholders and HTML tags."""

import re
from collections import Counter
from string import Formatter
from typing import Final

# Telegram refuses a message that has any other tag, and an alert refused is an alert not given.
# https://core.telegram.org/bots/api#html-style
TAGS: Final = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "span"}
    | {"tg-spoiler", "tg-emoji"}
)

TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\s[^<>]*)?)>")
ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces; raises ValueError with the reason when `text` is no format of plain names.

    Positions, attributes, indexes, conversions and format specs are refused: a fact comes ready to be read, and
    a catalogue must not be able to reach into what it is given.
    """
    try:
        fields = list(Formatter().parse(text))
    except ValueError as error:
        raise ValueError(
            f"unpaired braces; expected: {{name}}, or {{{{ and }}}} for braces in words ({error})"
        ) from error
    names = set()
    for _, field, spec, conversion in fields:
        if field is None:
            continue
        if not _NAME.fullmatch(field):
            raise ValueError(f"placeholder {{{field}}}; expected: a plain name in small letters, as {{post}}")
        if spec or conversion:
            raise ValueError(f"placeholder {{{field}}} with a conversion or format; expected: {{{field}}}")
        names.add(field)
    return frozenset(names)


def tags(text: str) -> Counter[str]:
    """Return the HTML tags of `text`, closing ones included, with how often each stands there."""
    return Counter(match[0] for match in TAG.finditer(text))


def without_tags(text: str) -> str:
    """Return `text` with its tags taken out."""
    return TAG.sub("", text)


def html_faults(text: str) -> list[str]:
    """Return why `text` is not HTML that Telegram takes."""
    faults: list[str] = []
    open_tags: list[str] = []
    for match in TAG.finditer(text):
        name = match["name"]
        if name not in TAGS:
            faults.append(f"tag {match[0]}; expected: one that Telegram takes")
        elif not match["close"]:
            open_tags.append(name)
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
        else:
            expected = f"</{open_tags[-1]}>" if open_tags else "no closing tag"
            faults.append(f"tag {match[0]} closes nothing; expected: {expected}")
            if name in open_tags:
                open_tags.remove(name)
    faults += [f"tag <{name}> is left open; expected: </{name}>" for name in open_tags]
    bare = ENTITY.sub("", without_tags(text))
    faults += [f"bare {sign}; expected: {entity}" for sign, entity in _ENTITIES.items() if sign in bare]
    return faults

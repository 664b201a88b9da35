"""Reading a .po file, with the line of each entry, and without Babel's forgiveness."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

DOMAIN_PATH: Final = Path("LC_MESSAGES/messages.po")

Key = tuple[str | None, str]
"""What finds an entry: context and msgid."""

HEADER: Final[Key] = (None, "")

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) )?"(?:[^"\\]|\\.)*"')
_START: Final = ("msgctxt", "msgid")
_FOLLOWERS: Final[dict[str, tuple[str, ...]]] = {
    "": _START,
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
    "msgstr": _START,
    "msgstr[0]": ("msgstr[1]",),
    "msgstr[1]": _START,
}
_ENDS: Final = ("", "msgstr", "msgstr[1]")


class Fault(Exception):  # noqa: N818 - a fault, as everywhere in this package
    """A line of a .po file that is not as it must be."""

    def __init__(self, path: Path, line: int, what: str, *, obsolete: bool = False) -> None:
        super().__init__(f"{path}:{line}: {what}")
        self.obsolete = obsolete


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a .po file; `plural` is None and `texts` has one form unless it counts."""

    line: int
    context: str | None
    msgid: str
    plural: str | None
    texts: tuple[str, ...]
    fuzzy: bool
    notes: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What finds the entry in a catalogue."""
        return self.context, self.msgid

    @property
    def name(self) -> str:
        """The entry as a fault line names it."""
        return f"{self.context} {self.msgid!r}" if self.context else repr(self.msgid)


def path_of(folder: Path, lang: str) -> Path:
    """Return where the catalogue of `lang` lies in `folder`."""
    return folder / lang / DOMAIN_PATH


def syntax_faults(path: Path) -> list[Fault]:
    """Return every line that is no valid .po, and every obsolete entry.

    Babel's parser takes an unterminated string or a third plural form and goes on with less text than was written.
    """
    faults: list[Fault] = []
    last, number = "", 0
    for number, raw in enumerate(_lines(path), 1):
        line = raw.strip(" \t\r\n")
        if line.startswith("#~"):
            faults.append(Fault(path, number, "obsolete entry; expected: delete it", obsolete=True))
        elif line and not line.startswith("#"):
            match = _LINE.fullmatch(line)
            if match is None:
                faults.append(Fault(path, number, f'not a .po line: {line}; expected: keyword "text"'))
            elif (keyword := match[1]) is not None:
                if keyword not in _FOLLOWERS[last]:
                    expected = " or ".join(_FOLLOWERS[last])
                    faults.append(Fault(path, number, f"{keyword} after {last or 'nothing'}; expected: {expected}"))
                last = keyword if keyword in _FOLLOWERS else last
            elif not last:
                faults.append(Fault(path, number, "text before any keyword; expected: msgid"))
    if last not in _ENDS:
        faults.append(Fault(path, number, f"the file ends after {last}; expected: {_FOLLOWERS[last][-1]}"))
    return faults


def read(path: Path) -> tuple[Entry, ...]:
    """Return every entry in the file's order, duplicates and header (msgid empty) included; raises Fault."""
    catalog = _Recorder()
    try:
        PoFileParser(catalog, abort_invalid=True).parse(_lines(path))
    except PoFileError as error:
        raise Fault(path, error.lineno + 1, f"{error}; expected: a whole entry") from error
    except (ValueError, LookupError) as error:
        raise Fault(
            path, 1, f"header that cannot be read ({error}); expected: language, charset, plural rule"
        ) from error
    return tuple(_entry(message) for message in catalog.seen)


class _Recorder(Catalog):
    """Babel's catalogue merges duplicates silently; this one keeps each message as it was met."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Message] = []

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002 - Babel's name
        self.seen.append(message)
        super().__setitem__(id, message)


def _entry(message: Message) -> Entry:
    ids, texts = _forms(message.id), _forms(message.string)
    return Entry(
        line=message.lineno or 1,
        context=message.context,
        msgid=ids[0],
        plural=ids[1] if len(ids) > 1 else None,
        texts=texts,
        fuzzy=message.fuzzy,
        notes=tuple(message.user_comments),
    )


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
    except FileNotFoundError as error:
        raise Fault(path, 1, "no such file; expected: a catalogue for each language") from error
    except UnicodeDecodeError as error:
        raise Fault(path, 1, f"not UTF-8 ({error}); expected: UTF-8") from error

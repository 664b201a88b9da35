"""The gate: a catalogue with a fault stops the start, and every fault is told at once.

`pybabel compile` lets all of this pass: renamed placeholders, broken tags, fuzzy and empty entries, a wrong
plural rule, duplicates; and a fuzzy header makes it leave out a whole language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path
from typing import Final

from bot.i18n import po, text
from bot.i18n.language import LANGUAGES, PLURAL_COUNT, PLURAL_RULES, Lang

Entries = tuple[po.Entry, ...]

# A translator's comment that begins with this word, with a reason after it, lets a French text be as the English.
SAME: Final = "same"


@dataclass(frozen=True, slots=True)
class Checked:
    """Both catalogues as read, the header left out, and their faults; one that could not be read is missing."""

    entries: dict[Lang, Entries]
    faults: list[str]


def faults(folder: Path) -> list[str]:
    """Return every fault of the catalogues in `folder`, one line each: file, line, what is wrong, what is expected."""
    return check(folder).faults


def check(folder: Path) -> Checked:
    """Read both catalogues of `folder` and compare them with the rules and with each other."""
    entries: dict[Lang, Entries] = {}
    found: list[str] = []
    for lang in LANGUAGES:
        path = po.path_of(folder, lang)
        try:
            if broken := po.syntax_faults(path):
                found += [str(fault) for fault in broken]
                continue
            read = po.read(path)
        except po.Fault as fault:
            found.append(str(fault))
            continue
        entries[lang] = tuple(entry for entry in read if entry.key != po.HEADER)
        found += [str(fault) for fault in _catalogue_faults(path, lang, read)]
    if len(entries) == len(LANGUAGES):
        found += [str(fault) for fault in _pair_faults(folder, entries)]
    return Checked(entries, found)


def _catalogue_faults(path: Path, lang: Lang, entries: Entries) -> Iterator[po.Fault]:
    yield from _header_faults(path, lang, entries)
    first: dict[po.Key, int] = {}
    for entry in entries:
        if (line := first.setdefault(entry.key, entry.line)) != entry.line:
            yield po.Fault(path, entry.line, f"{entry.name} is there already at line {line}; expected: once")
        if entry.fuzzy:
            yield po.Fault(path, entry.line, f"{entry.name} is fuzzy; expected: mend it and drop the flag")
        if entry.key != po.HEADER:
            for what in text.faults(lang, entry):
                yield po.Fault(path, entry.line, f"{entry.name}: {what}")


def _header_faults(path: Path, lang: Lang, entries: Entries) -> Iterator[po.Fault]:
    header = next((entry for entry in entries if entry.key == po.HEADER), None)
    if header is None:
        yield po.Fault(path, 1, 'no header; expected: msgid "" first, with language, charset and plural rule')
        return
    fields = message_from_string(header.texts[0])
    expected = {
        "Language": lang,
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": f"nplurals={PLURAL_COUNT}; plural=({PLURAL_RULES[lang]});",
    }
    for name, value in expected.items():
        given = fields.get(name)
        if _bare(given or "") != _bare(value):
            yield po.Fault(path, header.line, f"header {name}: {given or 'none'}; expected: {value}")


def _bare(value: str) -> str:
    return value.lower().translate({ord(sign): None for sign in " ()"}).rstrip(";")


def _pair_faults(folder: Path, entries: dict[Lang, Entries]) -> Iterator[po.Fault]:
    english, french = ({entry.key: entry for entry in entries[lang]} for lang in ("en", "fr"))
    english_path, french_path = (po.path_of(folder, lang) for lang in ("en", "fr"))
    for here, there, path, other_path in (
        (english, french, english_path, french_path),
        (french, english, french_path, english_path),
    ):
        for key, entry in here.items():
            if key not in there:
                yield po.Fault(path, entry.line, f"{entry.name} is not in {other_path}; expected: in both")
    for key in english.keys() & french.keys():
        en, fr = english[key], french[key]
        if en.plural != fr.plural:
            what = f"{fr.name} has the plural {fr.plural!r}; expected: {en.plural!r}, as in English"
            yield po.Fault(french_path, fr.line, what)
        if text.same(en, fr) and not any(note.startswith(SAME) for note in fr.notes):
            what = f'{fr.name} is not translated; expected: French, or a comment "# {SAME}: why"'
            yield po.Fault(french_path, fr.line, what)

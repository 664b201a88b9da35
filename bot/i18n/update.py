"""Bringing the catalogues to what the code says, without touching anything else in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.i18n import extract, po
from bot.i18n.language import LANGUAGES, PLURAL_COUNT, PLURAL_RULES, Lang

# No dates and no generator: they would change the file when nothing in it has.
_HEADER: Final = """\
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={count}; plural=({rule});\\n"
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did to one catalogue."""

    path: Path
    added: list[str]
    dropped: list[str]


def update(code: Iterable[Path], folder: Path) -> list[Change]:
    """Add the texts that `code` says and drop the others, in both catalogues of `folder`.

    A new text says its msgid in English and nothing in French, which the gate refuses until it is translated.
    Raises po.Fault, with nothing written, when a catalogue cannot be read in full.
    """
    wanted = _wanted(code)
    held = {lang: _read(po.path_of(folder, lang)) for lang in LANGUAGES}
    return [_write(folder, lang, wanted, held[lang]) for lang in LANGUAGES]


def stale(code: Iterable[Path], folder: Path) -> list[str]:
    """Return the texts in which code and catalogues differ, one line each; faults of the files are the gate's."""
    wanted = _wanted(code)
    found = []
    for lang in LANGUAGES:
        path = po.path_of(folder, lang)
        try:
            held = _read(path)
        except po.Fault:
            continue
        for id_, files in wanted.items():
            if id_ not in held:
                found.append(f"{path}:1: no {id_[1]!r}, said in {', '.join(files)}; expected: an entry")
        found += [
            f"{path}:{entry.line}: {entry.name} is said nowhere; expected: no entry"
            for id_, entry in held.items()
            if id_ not in wanted
        ]
    return found


def _wanted(code: Iterable[Path]) -> dict[extract.Id, list[str]]:
    """Return the ids in the order of the source, each with the files that say it."""
    wanted: dict[extract.Id, list[str]] = {}
    for use in extract.uses(code):
        files = wanted.setdefault(use.id, [])
        if use.path not in files:
            files.append(use.path)
    return wanted


def _read(path: Path) -> dict[extract.Id, po.Entry]:
    if not path.exists():
        return {}
    if faults := [fault for fault in po.syntax_faults(path) if not fault.obsolete]:
        raise faults[0]
    held: dict[extract.Id, po.Entry] = {}
    for entry in po.read(path):
        id_ = (entry.context, entry.msgid, entry.plural)
        if id_ in held:
            raise po.Fault(path, entry.line, f"{entry.name} is there already; expected: once")
        held[id_] = entry
    held.pop((*po.HEADER, None), None)
    return held


def _write(folder: Path, lang: Lang, wanted: dict[extract.Id, list[str]], held: dict[extract.Id, po.Entry]) -> Change:
    catalog = Catalog(locale=lang)
    for id_, files in wanted.items():
        context, msgid, plural = id_
        entry = held.get(id_)
        message = catalog.add(
            msgid if plural is None else (msgid, plural),
            _texts(lang, id_, entry),
            locations=[(file, 0) for file in files],
            flags=["fuzzy"] if entry is not None and entry.fuzzy else [],
            user_comments=entry.notes if entry is not None else (),
            context=context,
        )
        # Babel takes the "% d" of "100 % des agents" for a format; ours are braces.
        message.flags.discard("python-format")
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, include_lineno=False)
    path = po.path_of(folder, lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = _HEADER.format(lang=lang, count=PLURAL_COUNT, rule=PLURAL_RULES[lang])
    messages = body.getvalue().decode().rstrip("\n")
    path.write_text(f"{header}\n{messages}\n" if messages else header, encoding="utf-8", newline="\n")
    return Change(
        path,
        added=[id_[1] for id_ in wanted if id_ not in held],
        dropped=[entry.name for id_, entry in held.items() if id_ not in wanted],
    )


def _texts(lang: Lang, id_: extract.Id, entry: po.Entry | None) -> str | tuple[str, ...]:
    _, msgid, plural = id_
    if plural is None:
        return entry.texts[0] if entry is not None else msgid if lang == "en" else ""
    return entry.texts if entry is not None else (msgid, plural) if lang == "en" else ("", "")

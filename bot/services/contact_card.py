"""Contact cards (vCard 2.1, 3.0, 4.0) as phones write them, read as the rows of a table of contacts."""

import io
import re
from collections.abc import Iterator
from typing import Any

import vobject

from bot.domain.contact import PhoneKind
from bot.domain.fold import fold
from bot.services import contact_column, contact_value
from bot.services.contact_row import Cells
from bot.services.table_file import TableFault, text_of

# The properties that Vigie's own cards carry for columns that no other program knows.
OWN = "X-VIGIE-"
KIND = "X-VIGIE-KIND"
# What a property is called for a column, in faults.
CALLED = {
    "code": "UID", "category": "CATEGORIES", "rank": "N", "name": "N", "function": "TITLE", "organisation": "ORG",
    "mobile": "TEL", "satellite": "TEL", "desk": "TEL", "radio": "TEL", "email": "EMAIL", "languages": "LANG",
}  # fmt: skip

_BEGIN = re.compile(r"\s*BEGIN:VCARD\s*(\r?\n|\r)", re.IGNORECASE)
_NAME = re.compile(r"(?:([\w-]+)\.)?([\w-]+)")
# Pictures and keys are large, and nothing of theirs is kept.
_LEFT_OUT = {"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"}
_EXTENDED = re.compile(r"(?:[,;pPwW]+|;ext=)(\d{1,8})#?")
_SATELLITE = ("+881", "+870", "+882", "+883", "00881", "00870")
# What people call a number themselves, folded.
_LABELS = (
    (("sat", "iridium", "thuraya", "inmarsat"), PhoneKind.SATELLITE),
    (("radio", "indicatif", "call sign"), PhoneKind.RADIO),
    (("desk", "bureau", "fixe", "landline", "work", "travail"), PhoneKind.DESK),
)


def is_card(content: bytes) -> bool:
    """Return whether a file's content begins as a contact card."""
    head = content[:64]
    mark = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _BEGIN.match((text_of(content)[0] if mark else head.decode("latin-1").removeprefix("ï»¿"))[:64]) is not None


def rows(text: str) -> Iterator[tuple[int, Cells]]:
    """Yield each card as cells by column, with its number; raises TableFault at a card that cannot be read."""
    for number, lines in enumerate(_cards(text), start=1):
        try:
            (card,) = vobject.readComponents(io.StringIO("\r\n".join([*lines, ""])), allowQP=True)
            yield number, {name: said.strip() for name, said in _cells(card).items() if said.strip()}
        except Exception as fault:  # the parser raises whatever Python does on what it did not foresee
            why = " ".join(str(fault).split())[:120]
            raise TableFault(f"card {number}: cannot be read: {why}; expected vCard 2.1, 3.0 or 4.0") from None


def _cards(text: str) -> Iterator[list[str]]:
    """Yield the lines of each card, unfolded, without what is not kept."""
    card: list[str] = []
    for line in _unfolded(text):
        found = _NAME.match(line)
        name = found[2].upper() if found is not None else ""
        if name in _LEFT_OUT or not name:
            continue
        card.append(_shielded(line) if name == "TEL" else line)
        if line.strip().upper() == "END:VCARD":
            yield card
            card = []
    if card:
        raise TableFault("ends in the middle of a card; expected END:VCARD")


def _shielded(line: str) -> str:
    """Return the line of a number with its pauses escaped: a bare comma would be the end of it to the parser."""
    # The first colon that stands in no quotes parts the name from the number.
    head = re.match(r'(?:[^":]|"[^"]*")*:', line)
    if head is None or "\\" in line:
        return line
    return head[0] + re.sub("([,;])", r"\\\1", line[head.end() :])


def _unfolded(text: str) -> Iterator[str]:
    whole = ""
    open_ended = False  # a quoted-printable line that goes on
    for line in re.split(r"\r\n|\n|\r", text):
        if open_ended:
            whole = whole[:-1] + line.lstrip(" \t")
        elif line[:1] in (" ", "\t"):
            whole += line[1:]
        else:
            if whole:
                yield whole
            whole = line
        open_ended = whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper()
    if whole:
        yield whole


def _cells(card: Any) -> dict[str, str]:
    labels = {one.group: one.value for one in card.getChildren() if one.name == "X-ABLABEL" and one.group}
    cells: dict[str, str] = {}
    for one in card.getChildren():
        match one.name:
            case "TEL":
                _phone(cells, one, labels.get(one.group, ""))
            case "EMAIL":
                cells.setdefault("email", one.value)
            case "TITLE" | "ROLE":
                cells.setdefault("function", one.value)
            case "ORG":
                told = one.value if isinstance(one.value, list) else [one.value]
                cells.setdefault("organisation", ", ".join(part.strip() for part in told if part.strip()))
            case "UID" if re.fullmatch(contact_value.CODE, one.value):
                cells["code"] = one.value
            case "LANG":
                cells["languages"] = ";".join(filter(None, (cells.get("languages"), one.value)))
            case "CATEGORIES":
                _category(cells, one.value)
            case name if name.startswith(OWN):
                _own(cells, name.removeprefix(OWN).replace("-", "_").lower(), one.value)
    _names(cells, card)
    return cells


def _own(cells: dict[str, str], column: str, said: str) -> None:
    if column in contact_column.COLUMNS:
        cells[column] = f"{cells[column]};{said}" if column == "radio" and column in cells else said


def _category(cells: dict[str, str], said: Any) -> None:
    for word in said if isinstance(said, list) else str(said).split(","):
        try:
            cells.setdefault("category", contact_column.category(str(word)).value)
        except ValueError:
            continue  # people sort their address books as they like


def _names(cells: dict[str, str], card: Any) -> None:
    """Tell persons from offices: an office has a name to be shown, and none in parts."""
    shown = str(card.fn.value).strip() if hasattr(card, "fn") else ""
    parts = card.n.value if hasattr(card, "n") else None
    if parts is not None and not isinstance(parts, str):
        told = [
            " ".join(one) if isinstance(one, list) else one
            for one in (parts.given, parts.additional, parts.family, parts.suffix)
        ]
        name = " ".join(part.strip() for part in told if part.strip())
        rank = " ".join(parts.prefix) if isinstance(parts.prefix, list) else parts.prefix
    else:
        office = shown == cells.get("organisation") or (hasattr(card, "kind") and card.kind.value != "individual")
        name, rank = "" if office else shown, ""
    if name:
        cells["name"] = name
        cells["rank"] = rank
    else:
        cells.setdefault("function", shown)


def _phone(cells: dict[str, str], one: Any, label: str) -> None:
    said = one.value.replace("\\,", ",").replace("\\;", ";").removeprefix("tel:").strip()
    types = {part.upper() for told in one.params.get("TYPE", []) for part in told.split(",")}
    types |= {str(told).upper() for told in getattr(one, "singletonparams", [])}
    kind = one.params[KIND][0].lower() if KIND in one.params else _kind(said, types, fold(label))
    if kind is None:
        return
    if kind != PhoneKind.RADIO.value and (found := _EXTENDED.search(said)) and found.end() == len(said):
        said = f"{said[: found.start()]} ext {found[1]}"
    cells[kind] = f"{cells[kind]};{said}" if kind in cells else said


def _kind(said: str, types: set[str], label: str) -> str | None:
    if types & {"FAX", "PAGER"}:
        return None  # nobody is reached over these
    for words, kind in _LABELS[:2]:
        if any(word in label for word in words):
            return kind.value
    if said.startswith(_SATELLITE):
        return PhoneKind.SATELLITE.value
    if types & {"CELL", "IPHONE"}:
        return PhoneKind.MOBILE.value
    desk = types & {"WORK", "HOME", "MAIN"} or any(word in label for word in _LABELS[2][0])
    return PhoneKind.DESK.value if desk else PhoneKind.MOBILE.value

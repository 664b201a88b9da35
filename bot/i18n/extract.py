"""Which texts the code says.

Babel's own Python extractor loses a call that is nested in another, or in an f-string, and glues the two branches
of a condition together (2.18); so the syntax tree is read instead.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.i18n.markup import placeholders

Id = tuple[str | None, str, str | None]
"""Context, msgid and plural of a text."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where in a call the parts of a text stand."""

    msgid: int = 0
    context: int | None = None
    plural: int | None = None
    # A marker hands its text on: the facts are given elsewhere.
    marker: bool = False


_SHAPES: Final = {
    "say": _Shape(),
    "word": _Shape(msgid=1, context=0),
    "count": _Shape(plural=1),
    "N_": _Shape(marker=True),
    "W_": _Shape(msgid=1, context=0, marker=True),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One place where the code says a text; `path` is as a reader of the repository names it.

    `facts` are the names it is given; None when they cannot be read from the call.
    """

    path: str
    line: int
    id: Id
    facts: frozenset[str] | None


def used(paths: Iterable[Path]) -> set[Id]:
    """Return the ids of every text said in the Python files of `paths` (files or folders)."""
    return {use.id for use in uses(paths)}


def uses(paths: Iterable[Path]) -> list[Use]:
    """Return every use in the order of the source: by file, then by place in it."""
    return [use for name, file in _files(paths) for use in _read(name, file)[0]]


def misuses(paths: Iterable[Path]) -> list[str]:
    """Return the calls that could not work: a text that is put together in code, facts missing or too many, a clash."""
    found: list[str] = []
    plurals: dict[tuple[str | None, str], Use] = {}
    for name, file in _files(paths):
        said, faults = _read(name, file)
        found += faults
        for use in said:
            context, msgid, plural = use.id
            first = plurals.setdefault((context, msgid), use)
            if first.id[2] != plural:
                where = f"{first.path}:{first.line}"
                found.append(f"{use.path}:{use.line}: {msgid!r} has another plural at {where}; expected: the same")
            found += _fact_faults(use)
    return found


def _fact_faults(use: Use) -> Iterator[str]:
    _, msgid, plural = use.id
    try:
        wanted = placeholders(msgid) | placeholders(plural or "")
    except ValueError as error:
        yield f"{use.path}:{use.line}: {msgid!r}: {error}"
        return
    if use.facts is not None and use.facts != wanted:
        given = ", ".join(sorted(use.facts)) or "none"
        expected = ", ".join(sorted(wanted)) or "none"
        yield f"{use.path}:{use.line}: {msgid!r} is given the facts: {given}; expected: {expected}"


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        root = path.resolve()
        for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
            yield file.relative_to(root.parent).as_posix(), file


def _read(name: str, file: Path) -> tuple[list[Use], list[str]]:
    said: list[tuple[int, Use]] = []
    faults: list[str] = []
    for node in ast.walk(ast.parse(file.read_bytes(), name)):
        if not isinstance(node, ast.Call) or (shape := _SHAPES.get(_called(node.func))) is None:
            continue
        try:
            said += [(node.func.end_col_offset or 0, use) for use in _uses_of(name, node, shape)]
        except ValueError as error:
            faults.append(f"{name}:{node.lineno}: {error}")
    said.sort(key=lambda placed: (placed[1].line, placed[0]))
    return [use for _, use in said], faults


def _called(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _uses_of(path: str, call: ast.Call, shape: _Shape) -> Iterator[Use]:
    places = [place for place in (shape.context, shape.msgid, shape.plural) if place is not None]
    if len(call.args) <= max(places) or any(isinstance(arg, ast.Starred) for arg in call.args[: max(places) + 1]):
        return
    contexts = _literals(call.args[shape.context]) if shape.context is not None else [None]
    plurals = _literals(call.args[shape.plural]) if shape.plural is not None else [None]
    msgids = _literals(call.args[shape.msgid])
    line = call.func.end_lineno or call.lineno
    # With a condition in it, each branch may have its own facts, and only what is always given could be compared.
    facts = _facts(call, shape) if len(msgids) == 1 else None
    for context in contexts:
        for msgid in msgids:
            for plural in plurals:
                yield Use(path, line, (context, msgid, plural), facts)


def _facts(call: ast.Call, shape: _Shape) -> frozenset[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    if shape.marker or None in names:
        return None
    return frozenset(name for name in names if name) | ({"n"} if shape.plural is not None else frozenset())


def _literals(node: ast.expr) -> list[str]:
    """Return the text of a literal, both of a condition, none of a name; ValueError where it is put together."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return _literals(body) + _literals(orelse)
        case ast.JoinedStr() | ast.BinOp():
            raise ValueError("a text put together in code; expected: one literal with {placeholders}")
    return []

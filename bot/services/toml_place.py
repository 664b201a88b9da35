"""Where in a TOML file a value stands: tomllib parses well and forgets the lines."""

import re
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')\s*=\s*(.*)$")
_SAID = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')


@dataclass(frozen=True)
class Places:
    """The file's name and the lines of its tables and keys; without lines it still names the file."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of `path`, or of the nearest table around it that has one."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None

    def fault(self, path: Path, why: str) -> str:
        """Return one line, `mali.toml:42: officers[2].role: why`."""
        line = self.line(path)
        where = self.file if line is None else f"{self.file}:{line}"
        return " ".join((f"{where}: {spell(path)}: {why}" if path else f"{where}: {why}").split())


def spell(path: Path) -> str:
    """Return a path as people read it: `officers[2].role`; items count from 0."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def find(file: str, text: str) -> Places:
    """Return the places in a TOML text that parses: a scan for headers, keys, and tables that begin a line of a list.

    It need not know all of TOML: what it does not find gets the line of what stands around it.
    """
    scan = _Scan(Places(file))
    for number, line in enumerate(text.splitlines(), start=1):
        scan.take(number, line)
    return scan.places


class _Scan:
    def __init__(self, places: Places) -> None:
        self.places = places
        self._table: Path = ()
        self._counts: dict[Path, int] = {}
        self._quotes = ""  # the closing quotes of a string over several lines
        self._depth = 0  # of brackets left open by a key's value
        self._list: Path = ()
        self._items = 0

    def take(self, number: int, line: str) -> None:
        if self._quotes:
            if self._quotes in line:
                self._quotes = ""
            return
        if self._depth:
            self._in_list(number, line)
        elif header := _HEADER.fullmatch(line):
            self._open(number, header[1] == "[[", tuple(part.strip(" \"'") for part in header[2].split(".")))
        elif key := _KEY.fullmatch(line):
            path = (*self._table, key[1].strip("\"'"))
            self.places.lines.setdefault(path, number)
            self._list, self._items = path, 0
            self._count(key[2])

    def _open(self, number: int, many: bool, name: Path) -> None:
        if many:
            self._counts[name] = self._counts.get(name, -1) + 1
            self.places.lines.setdefault(name, number)
            name = (*name, self._counts[name])
        self._table = name
        self.places.lines.setdefault(name, number)

    def _in_list(self, number: int, line: str) -> None:
        if self._depth == 1 and line.lstrip().startswith("{"):
            self.places.lines.setdefault((*self._list, self._items), number)
            self._items += 1
        self._count(line)

    def _count(self, value: str) -> None:
        for quotes in ('"""', "'''"):
            if value.count(quotes) % 2:
                self._quotes = quotes
                return
        bare = _SAID.sub("", value)
        self._depth = max(0, self._depth + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))

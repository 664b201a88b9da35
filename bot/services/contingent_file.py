"""The contingent file: read strictly, every fault told at once, each with its line and what was expected."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.domain import ladder as ladders
from bot.domain.contact import Contact
from bot.domain.hint import near
from bot.domain.ladder import Ladder
from bot.domain.officer import ACTING, Officer, Right, Role
from bot.domain.post import Contingent, Mission, Post, SitrepPlan
from bot.domain.watch import Watch
from bot.services import contact_phone, toml_place
from bot.services.contingent_contact import ContactTable, PhoneTable
from bot.services.contingent_key import Table
from bot.services.contingent_table import (
    ContingentTable,
    LadderTable,
    MissionTable,
    OfficerTable,
    PostTable,
    SitrepTable,
    StepTable,
    WatchTable,
)
from bot.services.toml_place import Places

_T = TypeVar("_T", bound=Table)

_ONE = {"contingent": ContingentTable, "ladder": LadderTable, "sitrep": SitrepTable}
_MANY = {
    "missions": MissionTable,
    "posts": PostTable,
    "watches": WatchTable,
    "officers": OfficerTable,
    "contacts": ContactTable,
}
_NEEDED = ("missions", "posts", "officers")
# Tables in lists within a table, by the key of the list.
_WITHIN: Mapping[str, type[Table]] = {"steps": StepTable, "phones": PhoneTable}


class FileFault(Exception):  # noqa: N818 - the word of the design
    """The file cannot be loaded; `faults` has one line for each reason. Nothing was changed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class ContingentFile:
    """A sound contingent file, as values of the domain. `warnings` are lines to show that refuse nothing."""

    contingent: Contingent
    missions: tuple[Mission, ...]
    posts: tuple[Post, ...]
    watches: tuple[Watch, ...]
    officers: tuple[Officer, ...]
    contacts: tuple[Contact, ...] = ()
    warnings: tuple[str, ...] = ()
    places: Places = field(default=Places("contingent file"), repr=False, compare=False)


def read(path: Path) -> ContingentFile:
    """Return the contingent file at `path`; raises FileFault with all its faults."""
    try:
        # Windows' editor puts a mark before UTF-8, which TOML would take for a fault in line 1.
        return parse(path.read_bytes().decode("utf-8-sig"), str(path))
    except OSError as error:
        raise FileFault([f"{path}: cannot be read: {error.strerror}; expected a TOML file"]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FileFault([f"{path}:{line}: is not UTF-8 text; save the file as UTF-8"]) from None


def parse(text: str, file: str) -> ContingentFile:
    """Return the contingent file of a TOML text; `file` names it in faults. Raises FileFault with all its faults."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        why, line = (found[1], found[2] or str(text.count("\n") + 1)) if found else (str(error), "1")
        raise FileFault([f"{file}:{line}: is not TOML: {' '.join(why.split())}"]) from None
    except RecursionError:
        raise FileFault([f"{file}: is nested too deeply; expected the tables of a contingent file"]) from None
    return _Reader(data, toml_place.find(file, text)).read()


class _Reader:
    """Reads each table by itself, so that a fault in one hides none in another."""

    def __init__(self, data: Mapping[str, Any], places: Places) -> None:
        self._data = data
        self._places = places
        self._faults: list[tuple[int, str]] = []

    def read(self) -> ContingentFile:
        for key in self._data:
            if key not in _ONE and key not in _MANY:
                self._fault((key,), f"is not a table of a contingent file{near(key, [*_ONE, *_MANY])}")
        contingent = self._one("contingent", ContingentTable)
        ladder = self._one("ladder", LadderTable)
        sitrep = self._one("sitrep", SitrepTable) if "sitrep" in self._data else None
        missions = self._many("missions", MissionTable)
        posts = self._many("posts", PostTable)
        known: dict[str, Any] = {"mission": self._codes("missions"), "post": self._codes("posts")}
        watches = self._many("watches", WatchTable, known)
        officers = self._many("officers", OfficerTable, known)
        known["country"] = {contact_phone.region_of(one.timezone) for one in posts}
        contacts = self._many("contacts", ContactTable, known)
        if contingent is None or ladder is None or self._faults:
            raise FileFault(line for _, line in sorted(self._faults))
        by_code = {one.code: one.make() for one in posts}
        made = ContingentFile(
            contingent=contingent.make(ladder.make(), sitrep.make() if sitrep is not None else SitrepPlan()),
            missions=tuple(one.make() for one in missions),
            posts=tuple(by_code.values()),
            watches=tuple(one.make() for one in watches),
            officers=tuple(one.make(by_code) for one in officers),
            contacts=tuple(one.make(by_code, contingent.home_timezone) for one in contacts),
            places=self._places,
        )
        self._climbable(made.contingent.ladder, made.officers)
        return ContingentFile(**{**vars(made), "warnings": tuple(_warnings(made))})

    def _fault(self, path: toml_place.Path, why: str) -> None:
        self._faults.append((self._places.line(path) or 0, self._places.fault(path, why)))

    def _one(self, key: str, model: type[_T]) -> _T | None:
        if key not in self._data:
            self._fault((key,), f"is missing; expected a table [{key}]")
            return None
        return self._table((key,), self._data[key], model, {})

    def _many(self, key: str, model: type[_T], known: Mapping[str, Any] | None = None) -> list[_T]:
        tables = self._data.get(key, [])
        if not isinstance(tables, list):
            self._fault((key,), f"is one table; expected a list of them, each under [[{key}]]")
            return []
        if not tables and key in _NEEDED:
            self._fault((key,), f"is missing; expected at least one [[{key}]]")
        first: dict[str, int] = {}
        found = []
        for at, table in enumerate(tables):
            one = self._table((key, at), table, model, known or {})
            found += [one] if one is not None else []
            code = table.get("code") if isinstance(table, dict) else None
            if isinstance(code, str) and first.setdefault(code, at) != at:
                line = self._places.line((key, first[code]))
                self._fault((key, at, "code"), f'"{code}" is given twice; expected another, line {line} has it')
        return found

    def _table(self, path: toml_place.Path, table: Any, model: type[_T], known: Mapping[str, Any]) -> _T | None:
        try:
            return model.model_validate(table, context=known)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(one["loc"])
                within = next((_WITHIN[str(key)] for key in loc[:-1] if key in _WITHIN), model)
                self._fault(path + loc, _why(dict(one), within))
            return None

    def _codes(self, key: str) -> list[str]:
        """Return the codes of tables that are there, sound or not: one fault must not bring forth others."""
        tables = self._data.get(key, [])
        codes = [one.get("code") for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []
        return [code for code in codes if isinstance(code, str)]

    def _climbable(self, ladder: Ladder, officers: tuple[Officer, ...]) -> None:
        """Raise FileFault if an alert about somebody would reach nobody on the ladder."""
        empty = unheard(ladder, officers)
        if empty:
            raise FileFault([ladder_fault(self._places, empty)])


def unheard(ladder: Ladder, officers: Sequence[Officer]) -> list[str]:
    """Return the codes of those for whom the ladder names nobody else, in the order given."""
    # Who can be told comes first: each search then ends early, and four thousand officers take no minute.
    empty = {one.code for one in ladders.empty_for(ladder, sorted(officers, key=lambda one: one.role not in ACTING))}
    return [one.code for one in officers if one.code in empty]


def ladder_fault(places: Places, codes: Iterable[str]) -> str:
    """Return the line that says for whom the ladder is empty."""
    return places.fault(
        ("ladder", "steps"),
        f"tell nobody about {', '.join(codes)}; expected a step with a lead of the same post, "
        "a deputy or a commander who is somebody else",
    )


def _why(error: dict[str, Any], model: type[Table]) -> str:
    """Return what is wrong and what was expected, from pydantic's account of one error."""
    fields = {one.alias or name: one for name, one in model.model_fields.items()}
    key = str(error["loc"][-1]) if error["loc"] else ""
    if "error" in error.get("ctx", {}):
        return str(error["ctx"]["error"])
    if error["type"] == "missing":
        return f"is missing; expected {fields[key].description}"
    if error["type"] == "extra_forbidden":
        return f"is not known here; expected only {', '.join(fields)}{near(key, fields)}"
    if error["type"] in ("model_type", "model_attributes_type"):
        return f"is not a table; expected {', '.join(fields)}"
    return str(error["msg"])


def _warnings(file: ContingentFile) -> Iterable[str]:
    places = file.places
    if not any(one.role is Role.COMMANDER for one in file.officers):
        yield places.fault(("officers",), "nobody has the role commander")
    for post in file.posts:
        kept = any(post.code in one.posts for one in file.watches)
        if not kept and any(one.post == post.code and one.may(Right.CHECK_IN) for one in file.officers):
            at = list(file.posts).index(post)
            yield places.fault(("posts", at), f"no watch is kept at {post.code}: no check-in ever falls due there")
    for at, watch in enumerate(file.watches):
        if watch.every is not None and watch.opens_before > watch.every:
            yield places.fault(("watches", at, "opens_before"), "is longer than every, and is shortened to it")

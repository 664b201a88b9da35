"""What is kept and written in sets must be a statement that takes many rows: one with a list in it takes only one."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import BindParameter
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

import bot.store

_WRITTEN = re.compile(r"tx\.write\(\s*(_\w+)\b(?!\()")
MODULES = [
    importlib.import_module(f"bot.store.{one.name}")
    for one in pkgutil.iter_modules(bot.store.__path__)
    if one.name != "migrations"
]


def _found() -> Iterator[object]:
    for module in MODULES:
        for name in sorted(set(_WRITTEN.findall(Path(str(module.__file__)).read_text(encoding="utf-8")))):
            held = getattr(module, name)
            for key, one in held.items() if isinstance(held, dict) else [("", held)]:
                yield pytest.param(one, id=f"{module.__name__}.{name}{key}")


STATEMENTS = list(_found())


def test_there_is_something_to_look_at() -> None:
    assert len(STATEMENTS) > 40


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_that_is_written_in_sets_has_a_list_in_it(statement: object) -> None:
    assert isinstance(statement, UpdateBase)
    lists = [one.key for one in visitors.iterate(statement) if isinstance(one, BindParameter) and one.expanding]
    assert lists == []

"""What is asked of the database, said to SQLite and to PostgreSQL alike: the URL decides, and no statement."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.base import Executable

from bot import store
from bot.store.metadata import metadata

DIALECTS = [sqlite.dialect(), postgresql.dialect()]


def statements() -> Iterator[Any]:
    for module in pkgutil.iter_modules(store.__path__, "bot.store."):
        if module.ispkg:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Executable) and isinstance(value, ClauseElement):
                yield pytest.param(value, id=f"{module.name.removeprefix('bot.store.')}.{name}")


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("statement", list(statements()))
def test_each_statement_can_be_said(statement: Any, dialect: Any) -> None:
    assert str(statement.compile(dialect=dialect))


def test_each_table_can_be_made_in_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=DIALECTS[1]))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=DIALECTS[1]))

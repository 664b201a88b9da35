"""Fixtures for the shell."""

from pathlib import Path

import pytest

from tests.cli.shell import MALI, Shell
from tests.store.conftest import later  # noqa: F401 (a fixture)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A data folder that does not exist yet."""
    return Shell(tmp_path / "data")


@pytest.fixture
async def loaded(shell: Shell) -> Shell:
    """The five officers of Mali, loaded by the command itself."""
    assert (await shell.run("load", MALI)).code == 0
    return shell

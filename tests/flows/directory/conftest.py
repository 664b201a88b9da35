"""The contingent of Mali without the contacts of the demo: each test lays down its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.directory.sample import BARE
from tests.kit import Scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """The five officers of Mali and nobody to call; nobody is enrolled yet. 05:00 on a Monday."""
    found = await Scene(tmp_path, roster=BARE).open()
    yield found
    await found.close()

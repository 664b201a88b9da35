"""Fixtures for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import Scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """The five officers of Mali, loaded; nobody is enrolled yet. 05:00 on a Monday."""
    found = await Scene(tmp_path).open()
    yield found
    await found.close()


@pytest.fixture
async def contingent(scene: Scene) -> Scene:
    """The same with all five enrolled, each in their language."""
    await scene.enrol_all()
    return scene

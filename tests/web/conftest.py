"""Fixtures for HTTP: a failing part writes no tracebacks, whose rendering takes longer than what is tested."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with capture_logs():
        yield

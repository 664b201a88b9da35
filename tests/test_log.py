import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.log import clean, setup

TOKEN = "123456789:AAExampleExampleExampleExampleExam"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_json_lines_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    setup("json", "INFO")
    log = structlog.get_logger("bot.services.sweep")
    log.debug("too_fine")
    log.info("swept", officers=5, at=datetime(2026, 1, 1, tzinfo=UTC), codes=("a", "b"), none=None, good=True)
    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "swept",
        "level": "info",
        "logger": "bot.services.sweep",
        "officers": 5,
        "at": "2026-01-01T00:00:00+00:00",
        "codes": ["a", "b"],
        "none": None,
        "good": True,
    }


def test_console_lines_are_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    setup("console", "INFO")
    structlog.get_logger("bot.jobs").warning("late", seconds=12)
    (line,) = capsys.readouterr().err.splitlines()
    assert "[warning  ] late [bot.jobs] seconds=12" in line


def test_the_level_holds_for_us_and_for_the_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    setup("json", "ERROR")
    structlog.get_logger("bot").warning("no")
    logging.getLogger("alembic.runtime").warning("no")
    logging.getLogger("alembic.runtime").error("yes")
    assert [line["event"] for line in lines(capsys)] == ["yes"]


@pytest.mark.parametrize("name", ["aiohttp.client", "apscheduler.scheduler", "uvicorn.error", "alembic", "sqlalchemy"])
def test_libraries_speak_through_ours(capsys: pytest.CaptureFixture[str], name: str) -> None:
    setup("json", "INFO")
    logging.getLogger(name).error("from %s: %s", "outside", URL, extra={"url": URL})
    (line,) = lines(capsys)
    assert line["logger"] == name
    assert line["event"] == "from outside: https://api.telegram.org/bot[token]/getMe"
    assert TOKEN not in json.dumps(line)


@pytest.mark.parametrize("name", ["httpx", "httpcore.connection", "aiosqlite", "sqlalchemy.engine", "apscheduler"])
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_libraries_that_tell_too_much_are_quiet(capsys: pytest.CaptureFixture[str], name: str, level: str) -> None:
    setup("json", level)
    logging.getLogger(name).info("HTTP Request: POST %s", URL)
    assert lines(capsys) == []


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_token_reaches_the_log(capsys: pytest.CaptureFixture[str], form: Any) -> None:
    setup(form, "DEBUG")
    log = structlog.get_logger("bot")
    log.info(
        f"event {URL}", url=URL, deep={"a": [{TOKEN: (TOKEN, {TOKEN})}]}, error=ValueError(TOKEN), raw=TOKEN.encode()
    )
    log.info("quoted", url=URL.replace(":AA", "%3AAA"))
    try:
        raise RuntimeError(f"cannot reach {URL}") from ValueError(TOKEN)
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("aiohttp").exception("failed")
    log.error("later", exc_info=OSError(URL), stack_info=True)
    said = capsys.readouterr().err
    assert "AAExample" not in said
    assert said.count("[token]") >= 12


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_value_makes_a_line_of_its_own(capsys: pytest.CaptureFixture[str], form: Any) -> None:
    setup(form, "INFO")
    forged = "x\n2026-01-01T00:00:00Z [info] all well\r\x1b[2K\u2028\x85"
    structlog.get_logger("bot").info("event", text=forged, deep=[forged], error=ValueError(forged))
    logging.getLogger("uvicorn.error").warning("path %s", forged)
    lines = capsys.readouterr().err.split("\n")
    assert len(lines) == 3
    assert lines[-1] == ""
    assert not any(mark in "".join(lines) for mark in "\r\x1b\u2028\x85")


def test_the_lines_of_a_traceback_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    setup("console", "INFO")
    try:
        raise ValueError("first\n2026-01-01T00:00:00Z [info] all well")
    except ValueError:
        structlog.get_logger("bot").exception("failed")
    first, title, *rest = capsys.readouterr().err.splitlines()
    assert "failed" in first
    assert title.startswith("Traceback")
    assert rest
    assert all(line.startswith("  | ") for line in rest)


def test_setup_may_be_called_again(capsys: pytest.CaptureFixture[str]) -> None:
    log = structlog.get_logger("bot")
    setup("json", "INFO")
    log.info("one")
    setup("console", "ERROR")
    log.info("two")
    log.error("three")
    setup("json", "INFO")
    log.info("four")
    said = capsys.readouterr().err.splitlines()
    assert ["one" in said[0], "three" in said[1], "four" in said[2], len(said)] == [True, True, True, 3]


@given(
    st.recursive(
        st.text() | st.binary() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_value_stays_on_its_line(value: Any) -> None:
    cleaned = clean(None, "info", {"event": "e", "value": value})
    assert len(json.dumps(cleaned, ensure_ascii=False).splitlines()) == 1
    assert "\n" not in str(cleaned["value"])

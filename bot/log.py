"""The log: one line a happening on stderr, for people or for machines, in which no token and no forged line gets by.

Log codes, ids and instants; never names, words, numbers or places of persons.
"""

import logging
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.domain.redact import redact

# Line breaks and what moves a terminal's cursor: with them a value could pass for a line of its own.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")

# Text over several lines by nature; each line but the first is marked as belonging to the one before.
_LONG = ("exception", "stack")
_MARK = "\n  | "

# Libraries that would write an address with the token in it, what people wrote, or a line every few seconds.
_AT_LEAST = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    # Its warning is that a tick is left out while one is under way; the watchdog tells of a tick that is late.
    "apscheduler": logging.ERROR,
    "uvicorn.error": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "telegram": logging.INFO,
}
_ROUTED = (*_AT_LEAST, "aiohttp", "uvicorn", "asyncio")


def setup(format: Literal["console", "json"], level: str) -> None:  # noqa: A002 - the setting is called so
    """Send every log line, ours and the libraries', to stderr; may be called again with other settings."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        # A cached logger would keep the settings of an earlier call.
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, clean, _renderer(format)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _ROUTED:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(max(_AT_LEAST.get(name, logging.NOTSET), root.level))


def _renderer(form: Literal["console", "json"]) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
    )


def clean(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take tokens out of all values, and line breaks out of all but tracebacks, whose lines are marked."""
    return {
        _plain(str(key)): _MARK.join(map(_plain, str(value).splitlines())) if key in _LONG else _clean(value)
        for key, value in event.items()
    }


def _plain(text: str) -> str:
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), redact(text))


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, Mapping):
        return {_plain(str(key)): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(one) for one in value]
    # Anything else may hide a token in how it shows itself: an address, an error, a request.
    return _plain(value.isoformat() if isinstance(value, date) else repr(value))

"""Column types that refuse what the database would silently spoil."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, type_coerce
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


def micros(length: timedelta) -> int:
    """Return a length of time as it is reckoned with in SQL."""
    return length // _MICRO


def earlier(instant: ColumnElement[Any], by: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the SQL for an instant that many `micros` earlier."""
    return type_coerce(instant, BigInteger) - type_coerce(by, BigInteger)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept as whole microseconds since 1970 UTC: it sorts, compares and never loses its offset.

    SQLite has no instants and drops offsets silently (`00:00+03:00` comes back as naive `00:00`).
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse a naive value, which would mean any instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its zone: {value!r}")
        return (value - _EPOCH) // _MICRO

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)

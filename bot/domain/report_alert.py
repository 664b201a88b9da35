"""Alerts that a report names: by kind and since when, so that they are read without the alert itself."""

from datetime import UTC, datetime

from bot.domain.alert import AlertKind


def code_of(kind: AlertKind, since: datetime) -> str:
    """Return how an answer, and a button, holds an alert: `distress.20261123T1402Z`."""
    return f"{kind.value}.{since.astimezone(UTC):%Y%m%dT%H%MZ}"


def read(code: str) -> tuple[AlertKind, datetime]:
    """Return the kind of an alert, and since when it was."""
    kind, _, since = code.partition(".")
    return AlertKind(kind), datetime.fromisoformat(since)


def in_order(codes: set[str]) -> list[str]:
    """Return alerts as an answer: the oldest first."""
    return sorted(codes, key=lambda code: read(code)[::-1])

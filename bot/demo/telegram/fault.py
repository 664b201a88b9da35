"""The switches with which a test, or a visitor, makes Telegram unwell."""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from bot.demo.telegram.refusal import Refusal, too_many
from bot.demo.telegram.schema import bot_api

# The name by which a fault concerns the updates that are pushed to the bot.
PUSH = "webhook"
# And that by which it concerns the downloads of files, which are no method either.
DOWNLOADS = "file"
CODES = (400, 599)
LONGEST = 3600  # seconds of latency, and of a 429
MOST = 1_000_000


@dataclass
class StatusFault:
    """Answers `code` to `methods` (all if empty), `times` times (for ever if None)."""

    code: int
    methods: frozenset[str] = frozenset()
    times: int | None = None
    retry_after: int | None = None

    def refusal(self) -> Refusal:
        """Return the answer that the fault gives."""
        if self.code == HTTPStatus.TOO_MANY_REQUESTS:
            return too_many(self.retry_after or 1)
        return Refusal(self.code, _phrase(self.code), self.retry_after)


@dataclass
class Latency:
    """Seconds that a call takes, half on the way in and half on the way out."""

    low: float
    high: float
    methods: frozenset[str] = frozenset()


@dataclass
class Drop:
    """Shares of the calls whose connection is cut before, or after, they are carried out."""

    before: float
    after: float
    methods: frozenset[str] = frozenset()


@dataclass
class Faults:
    """What is wrong with Telegram at the moment; nothing, unless switched on."""

    statuses: list[StatusFault] = field(default_factory=list)
    latencies: list[Latency] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    out: bool = False
    changed: Callable[[], None] = lambda: None
    _random: random.Random = field(default_factory=lambda: random.Random(7))

    def status(
        self,
        code: int,
        methods: Collection[str] | None = None,
        times: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        """Answer `code`, to these methods or to all, so many times or until cleared."""
        self.statuses.append(StatusFault(code, _lower(methods), times, retry_after))

    def latency(self, seconds: float | tuple[float, float], methods: Collection[str] | None = None) -> None:
        """Make calls take so many seconds, or a time between two."""
        low, high = seconds if isinstance(seconds, tuple | list) else (seconds, seconds)
        self.latencies = [x for x in self.latencies if x.methods != _lower(methods)]
        self.latencies.append(Latency(float(low), float(high), _lower(methods)))

    def drop(self, before: float = 0.0, after: float = 0.0, methods: Collection[str] | None = None) -> None:
        """Cut connections with these probabilities: 1 cuts each."""
        self.drops.append(Drop(before, after, _lower(methods)))

    def outage(self, on: bool = True) -> None:
        """Refuse everything on the bot's side, or stop doing so; phones can still write."""
        self.out = on
        self.changed()

    def clear(self) -> None:
        """Be well again."""
        self.statuses.clear()
        self.latencies.clear()
        self.drops.clear()
        self.outage(False)

    def answer(self, method: str) -> Refusal | None:
        """Return the refusal that a call meets, counting it, or None.

        A push and a download meet only what names them: a fault of every method is about the bot's calls.
        """
        for fault in self.statuses:
            named = fault.methods or method not in (PUSH, DOWNLOADS)
            if named and _concerns(fault.methods, method) and fault.times != 0:
                if fault.times is not None:
                    fault.times -= 1
                return fault.refusal()
        return None

    def delay(self, method: str) -> float:
        """Return the seconds that a call takes."""
        for fault in self.latencies:
            if _concerns(fault.methods, method):
                return self._random.uniform(fault.low, fault.high)
        return 0.0

    def cuts(self, method: str) -> tuple[bool, bool]:
        """Return whether the connection is cut before, and after, the call is carried out."""
        for fault in self.drops:
            if _concerns(fault.methods, method):
                return self._random.random() < fault.before, self._random.random() < fault.after
        return False, False

    def as_json(self) -> dict[str, Any]:
        """Return the switches as the visitor's page shows them."""
        return {
            "outage": self.out,
            "status": [
                {"code": f.code, "methods": sorted(f.methods), "times": f.times, "retry_after": f.retry_after}
                for f in self.statuses
                if f.times != 0
            ],
            "latency": [{"seconds": [f.low, f.high], "methods": sorted(f.methods)} for f in self.latencies],
            "drop": [{"before": f.before, "after": f.after, "methods": sorted(f.methods)} for f in self.drops],
        }

    def set(self, wanted: Mapping[str, Any]) -> None:
        """Set switches from JSON: any of `clear`, `outage`, `status`, `latency`, `drop` (an object or a list of them).

        Raises ValueError, with nothing changed, for what is not understood.
        """
        if unknown := set(wanted) - {"clear", "outage", "status", "latency", "drop"}:
            raise ValueError(f"unknown fault: {', '.join(sorted(unknown))}")
        for name in ("clear", "outage"):
            if not isinstance(wanted.get(name, False), bool):
                raise ValueError(f"{name} is true or false, not {wanted[name]!r}")
        statuses = [_status(item) for item in _items(wanted, "status", ("code", "methods", "times", "retry_after"))]
        latencies = [_latency(item) for item in _items(wanted, "latency", ("seconds", "methods"))]
        drops = [_drop(item) for item in _items(wanted, "drop", ("before", "after", "methods"))]
        if wanted.get("clear"):
            self.clear()
        self.statuses += statuses
        for new in latencies:
            self.latency((new.low, new.high), new.methods)
        self.drops += drops
        if "outage" in wanted:
            self.outage(wanted["outage"])


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return "Unknown Error"


def _items(wanted: Mapping[str, Any], name: str, fields: Collection[str]) -> list[dict[str, Any]]:
    given = wanted.get(name, [])
    items = given if isinstance(given, list) else [given]
    for item in items:
        if not isinstance(item, dict) or set(item) - set(fields):
            raise ValueError(f"{name} is an object of {', '.join(fields)}, or a list of them")
    return items


def _status(item: Mapping[str, Any]) -> StatusFault:
    times, retry_after = item.get("times"), item.get("retry_after")
    return StatusFault(
        _whole("code", item.get("code"), *CODES),
        _methods(item.get("methods")),
        None if times is None else _whole("times", times, 1, MOST),
        None if retry_after is None else _whole("retry_after", retry_after, 1, LONGEST),
    )


def _latency(item: Mapping[str, Any]) -> Latency:
    given = item.get("seconds")
    pair = given if isinstance(given, list) else [given, given]
    numbers = [_number("seconds", second, 0, LONGEST) for second in pair]
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        raise ValueError("seconds is one number, or the lowest and the highest in a list")
    low, high = numbers
    return Latency(low, high, _methods(item.get("methods")))


def _drop(item: Mapping[str, Any]) -> Drop:
    before, after = (_number(name, item.get(name, 0), 0, 1) for name in ("before", "after"))
    return Drop(before, after, _methods(item.get("methods")))


def _number(name: str, value: Any, low: int, high: int) -> float:
    try:
        number = float("nan" if isinstance(value, bool) else value)
    except (TypeError, ValueError):
        number = float("nan")
    if not low <= number <= high:  # nothing is true of what is no number
        raise ValueError(f"{name} is a number from {low} to {high}, not {value!r}")
    return number


def _whole(name: str, value: Any, low: int, high: int) -> int:
    number = _number(name, value, low, high)
    if not number.is_integer():
        raise ValueError(f"{name} is a whole number, not {value!r}")
    return int(number)


def _methods(given: Any) -> frozenset[str]:
    names = [given] if isinstance(given, str) else given or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("methods is a name or a list of names")
    if unknown := [one for one in names if one.lower() not in (PUSH, DOWNLOADS) and bot_api().name(one) is None]:
        raise ValueError(f"Telegram has no method {', '.join(unknown)}")
    return _lower(names)


def _lower(methods: Collection[str] | None) -> frozenset[str]:
    names = [methods] if isinstance(methods, str) else methods or ()
    return frozenset(name.lower() for name in names)


def _concerns(methods: frozenset[str], method: str) -> bool:
    return not methods or method.lower() in methods

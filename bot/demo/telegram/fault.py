"""The switches with which a test, or a visitor, makes Telegram unwell."""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from bot.demo.telegram.refusal import Refusal, too_many


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
        return Refusal(self.code, HTTPStatus(self.code).phrase, self.retry_after)


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
        """Return the refusal that a call meets, counting it, or None."""
        for fault in self.statuses:
            if _concerns(fault.methods, method) and fault.times != 0:
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

        Raises ValueError or TypeError for what is not understood.
        """
        if unknown := set(wanted) - {"clear", "outage", "status", "latency", "drop"}:
            raise ValueError(f"unknown fault: {', '.join(sorted(unknown))}")
        if wanted.get("clear"):
            self.clear()
        for name, switch in (("status", self.status), ("latency", self._latency_from), ("drop", self.drop)):
            given = wanted.get(name, [])
            for item in given if isinstance(given, list) else [given]:
                switch(**item)
        if "outage" in wanted:
            self.outage(bool(wanted["outage"]))

    def _latency_from(self, seconds: Any, methods: Collection[str] | None = None) -> None:
        low, high = seconds if isinstance(seconds, list) else (seconds, seconds)
        self.latency((float(low), float(high)), methods)


def _lower(methods: Collection[str] | None) -> frozenset[str]:
    names = [methods] if isinstance(methods, str) else methods or ()
    return frozenset(name.lower() for name in names)


def _concerns(methods: frozenset[str], method: str) -> bool:
    return not methods or method.lower() in methods

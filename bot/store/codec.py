"""Values of the domain to JSON text and back: pydantic reads the dataclasses' own types."""

from datetime import time, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.domain.bilingual import Text
from bot.domain.ladder import Ladder, Step
from bot.domain.message import MESSAGES, Message
from bot.domain.officer import Role
from bot.domain.post import SitrepPlan


@cache
def _adapter(kind: str) -> TypeAdapter[Message]:
    return TypeAdapter(MESSAGES[kind])


def facts_of(message: Message) -> str:
    """Return the message's facts as JSON text."""
    return _adapter(message.kind).dump_json(message).decode()


def message_from(kind: str, facts: str) -> Message:
    """Return the message that was stored; raises KeyError or ValueError if this version does not know it."""
    return _adapter(kind).validate_json(facts)


def text_to(text: Text) -> dict[str, str]:
    """Return both forms of a name for a JSON column."""
    return {"en": text.en, "fr": text.fr}


def text_from(value: dict[str, str]) -> Text:
    """Return a name from its JSON column."""
    return Text(value["en"], value["fr"])


def ladder_to(ladder: Ladder) -> dict[str, Any]:
    """Return the ladder for a JSON column; durations in seconds."""
    return {
        "steps": [
            {"notify": [role.value for role in step.notify], "wait": step.wait.total_seconds()} for step in ladder.steps
        ],
        "repeat_every": ladder.repeat_every.total_seconds(),
        "resolve_within": ladder.resolve_within.total_seconds(),
    }


def ladder_from(value: dict[str, Any]) -> Ladder:
    """Return the ladder from its JSON column."""
    return Ladder(
        tuple(
            Step(tuple(Role(role) for role in step["notify"]), timedelta(seconds=step["wait"]))
            for step in value["steps"]
        ),
        timedelta(seconds=value["repeat_every"]),
        timedelta(seconds=value["resolve_within"]),
    )


def sitrep_to(plan: SitrepPlan) -> dict[str, Any]:
    """Return what is said of situation reports for a JSON column; times of day as `06:00`."""
    return {
        "sender": text_to(plan.sender) if plan.sender is not None else None,
        "to": [text_to(one) for one in plan.to],
        "cc": [text_to(one) for one in plan.cc],
        "marking": text_to(plan.marking),
        "day_from": f"{plan.day_from:%H:%M}",
        "at": f"{plan.at:%H:%M}" if plan.at is not None else None,
        "weekly": plan.weekly,
        "authorised": plan.authorised,
        "mail": list(plan.mail),
    }


def sitrep_from(value: dict[str, Any] | None) -> SitrepPlan:
    """Return it from its JSON column; a database of an older version holds nothing there."""
    if value is None:
        return SitrepPlan()
    return SitrepPlan(
        sender=text_from(value["sender"]) if value["sender"] is not None else None,
        to=tuple(text_from(one) for one in value["to"]),
        cc=tuple(text_from(one) for one in value["cc"]),
        marking=text_from(value["marking"]),
        day_from=time.fromisoformat(value["day_from"]),
        at=time.fromisoformat(value["at"]) if value["at"] is not None else None,
        weekly=value["weekly"],
        authorised=value["authorised"],
        mail=tuple(value["mail"]),
    )

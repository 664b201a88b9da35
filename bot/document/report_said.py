"""How an answer is said: codes from the catalogues, instants and places in their forms, a person's words verbatim."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.document.report_word import code_name, people
from bot.domain.bilingual import Text
from bot.domain.form import Choice, Choices, Counts, Links, Moment, Period, Step, Takes, Where
from bot.domain.place import grouped
from bot.i18n.voice import Voice


def said(voice: Voice, step: Step, value: Any, most: int) -> str:
    """Return an answer in the reader's language; what a person has written stays as it was, cut at `most`."""
    if value in (None, "", [], {}):
        return voice.word("report", "no answer")
    say = _SAID.get(type(step.question.takes))
    if say is not None:
        return say(voice, step.question.code, value)
    text = str(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _period(voice: Voice, value: Mapping[str, str]) -> str:
    since, until = (datetime.fromisoformat(value[end]) for end in ("from", "to"))
    return voice.word("report", "from {since} to {until}", since=when(voice, since), until=when(voice, until))


def when(voice: Voice, at: datetime) -> str:
    """Return local day and time, then the group that goes on record."""
    return f"{voice.when(at)} ({voice.dtg(at)})"


def place(voice: Voice, value: Mapping[str, Any]) -> str:
    """Return a place: its name, and its grid reference with the zone."""
    name = value.get("name")
    parts = []
    if isinstance(name, dict):
        parts.append(voice.name(Text(name["en"], name["fr"])))
    elif name:
        parts.append(str(name))
    if grid := value.get("grid"):
        parts.append(grouped(str(grid)))
    elif "latitude" in value:
        parts.append(f"{value['latitude']:.4f}, {value['longitude']:.4f}")
    return ", ".join(parts)


_SAID: dict[type[Takes], Callable[[Voice, str, Any], str]] = {
    Choice: code_name,
    Choices: lambda voice, code, value: voice.items([code_name(voice, code, each) for each in value]),
    Links: lambda voice, _, value: voice.items(value),
    Counts: lambda voice, _, value: people(voice, value),
    Moment: lambda voice, _, value: when(voice, datetime.fromisoformat(value)),
    Period: lambda voice, _, value: _period(voice, value),
    Where: lambda voice, _, value: place(voice, value),
}

"""What each Bot API method takes: every parameter, nested field and type, from `methods.json`.

Telegram ignores what it does not know. This stand-in refuses it, so that a misspelt parameter shows in a test
instead of being silently without effect in the field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bot.demo.telegram.refusal import Refusal, bad_request

INTEGER = re.compile(r"-?\d{1,19}")
ARRAY = "Array of "
# Kinds of object of which `type` names each by the end of its own name, as `chat` does BotCommandScopeChat.
NAMED_BY_TYPE = ("BotCommandScope", "MenuButton", "InputMedia", "ReactionType")
TRUE = ("true", "1", "yes")
FALSE = ("false", "0", "no", "")

# Telegram's own words for what is missing; anything else is `parameter "x" is required`.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "audio": "there is no audio in the request",
    "video": "there is no video in the request",
    "action": "wrong parameter action in request",
}


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Field:
    """One parameter or nested field: the types it may have, and whether it must be there."""

    kinds: tuple[str, ...]
    required: bool


Fields = dict[str, Field]


def _fields(raw: Mapping[str, str]) -> Fields:
    return {name: Field(tuple(kind.rstrip("!").split("|")), kind.endswith("!")) for name, kind in raw.items()}


class Schema:
    """The methods and types of the Bot API."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.version: str = facts["version"]
        self._names = {name.lower(): name for name in facts["methods"]}
        self._methods = {name.lower(): _fields(raw) for name, raw in facts["methods"].items()}
        self._objects = {name: _fields(raw) for name, raw in facts["types"].items() if isinstance(raw, dict)}
        self._unions: dict[str, list[str]] = {k: v for k, v in facts["types"].items() if isinstance(v, list)}

    def name(self, method: str) -> str | None:
        """Return the method's proper spelling, or None if Telegram has no such method."""
        return self._names.get(method.lower())

    def check(self, method: str, raw: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
        """Return the parameters in their proper types; raise `Refusal` for what is unknown, wrong or missing."""
        fields = self._methods[method.lower()]
        given: dict[str, Any] = {}
        for name, value in (*raw.items(), *files.items()):
            field = fields.get(name)
            if field is None:
                if isinstance(value, Upload):
                    continue  # the target of an attach:// reference
                raise bad_request(f'unknown parameter "{name}" of {self._names[method.lower()]}')
            if value is None or (value == "" and field.kinds != ("String",)):
                continue
            given[name] = self._parameter(name, value, field.kinds, files)
        for name, field in fields.items():
            if field.required and name not in given:
                raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
        return given

    def _parameter(self, name: str, value: Any, kinds: tuple[str, ...], files: Mapping[str, Upload]) -> Any:
        if "InputFile" in kinds:
            return _file(name, value, files)
        if isinstance(value, str):
            simple = _from_text(value, kinds)
            if simple is not None:
                return simple
            if "String" not in kinds and not {"Integer", "Float", "Boolean"}.intersection(kinds):
                try:
                    value = orjson.loads(value)
                except orjson.JSONDecodeError:
                    what = "reply keyboard markup" if name == "reply_markup" else name
                    raise bad_request(f"can't parse {what} JSON object") from None
        return self._value(f'parameter "{name}"', value, kinds)

    def _value(self, where: str, value: Any, kinds: tuple[str, ...]) -> Any:
        for kind in kinds:
            if _is_plain(value, kind):
                return value
        if isinstance(value, list):
            for kind in kinds:
                if kind.startswith(ARRAY):
                    inner = (kind.removeprefix(ARRAY),)
                    return [self._value(where, item, inner) for item in value]
        if isinstance(value, str) and kinds == ("KeyboardButton",):
            return {"text": value}  # Telegram takes a plain string for a button of a reply keyboard
        if isinstance(value, dict):
            return self._object(where, value, kinds)
        raise bad_request(f"{where} must be of type {' or '.join(kinds)}")

    def _object(self, where: str, value: dict[str, Any], kinds: tuple[str, ...]) -> dict[str, Any]:
        names = self._candidates(value, kinds)
        if not names:
            raise bad_request(f"{where} must be of type {' or '.join(kinds)}")
        error: Refusal | None = None
        for name in names:
            try:
                return self._members(name, value)
            except Refusal as refused:
                error = error or refused
        assert error is not None
        raise error

    def _candidates(self, value: dict[str, Any], kinds: tuple[str, ...]) -> list[str]:
        names: list[str] = []
        for kind in kinds:
            if kind in self._unions:
                every = self._unions[kind]
                named = [n for n in every if _snake(n.removeprefix(kind)) == value.get("type")]
                if not named and kind in NAMED_BY_TYPE:
                    raise bad_request(f"can't parse {kind}: Unsupported type specified")
                names.extend(named or every)
            elif kind in self._objects:
                names.append(kind)
        fitting = [n for n in names if all(f in value for f, field in self._objects[n].items() if field.required)]
        return fitting or names

    def _members(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        fields = self._objects[kind]
        for name in value:
            if name not in fields:
                raise bad_request(f'unknown field "{name}" of {kind}')
        for name, field in fields.items():
            if field.required and name not in value:
                raise bad_request(f"can't parse {kind}: Can't find field \"{name}\"")
        return {n: self._value(f'field "{n}" of {kind}', v, fields[n].kinds) for n, v in value.items() if v is not None}


def _is_plain(value: Any, kind: str) -> bool:
    if kind == "String":
        return isinstance(value, str)
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return kind == "Float" and isinstance(value, int | float) and not isinstance(value, bool)


def _from_text(value: str, kinds: tuple[str, ...]) -> Any:
    """Read a value that came as text, as every value of a form does."""
    if "Integer" in kinds and INTEGER.fullmatch(value.strip()):
        return int(value)
    if "Float" in kinds:
        try:
            return float(value)
        except ValueError:
            return None
    if "Boolean" in kinds and value.lower() in TRUE + FALSE:
        return value.lower() in TRUE
    return None


def _file(name: str, value: Any, files: Mapping[str, Upload]) -> Upload | str:
    if isinstance(value, Upload):
        return value
    if not isinstance(value, str):
        raise bad_request(f'parameter "{name}" must be of type InputFile or String')
    if value.startswith("attach://"):
        upload = files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {name} in the request")
        return upload
    return value


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def bot_api() -> Schema:
    """Return the Bot API as this stand-in knows it."""
    return Schema(orjson.loads(Path(__file__).with_name("methods.json").read_bytes()))

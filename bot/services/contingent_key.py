"""What the keys of a contingent file hold, and the table that all its tables are."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationInfo

from bot.domain.bilingual import LANGUAGES, Language, Text
from bot.domain.hint import near
from bot.domain.officer import Role
from bot.services import contingent_value as value

WAIT_LEAST = timedelta(seconds=10)

TextKey = Annotated[Text, PlainValidator(value.text)]
NameKey = Annotated[str, PlainValidator(value.name)]
PhoneKey = Annotated[str, PlainValidator(value.phone)]
ZoneKey = Annotated[str, PlainValidator(value.zone)]
DayKey = Annotated[date, PlainValidator(value.day)]
WaitKey = Annotated[timedelta, PlainValidator(value.span(WAIT_LEAST))]
LanguageKey = Annotated[Language, PlainValidator(value.one_of("a language", LANGUAGES))]
RoleKey = Annotated[Role, PlainValidator(lambda given: Role(value.one_of("a role", list(Role))(given)))]
CodeKey = Annotated[
    str, PlainValidator(value.code("[A-Z0-9_-]{1,16}", "1 to 16 characters of A-Z 0-9 _ -, such as MPT"))
]


def small(example: str, *reserved: str) -> Callable[[Any], str]:
    """Return a reader of codes such as `example`, but for those that mean something to Vigie itself."""
    return value.code("[a-z0-9_-]{1,32}", f"1 to 32 characters of a-z 0-9 _ -, such as {example}", reserved)


def known(kind: str, code: Any, info: ValidationInfo) -> str:
    """Return a code that a `kind` of this file has; raises ValueError that names those it may be."""
    context: Mapping[str, Any] = info.context or {}
    codes = context.get(kind, ())
    if not isinstance(code, str) or code not in codes:
        told = ", ".join(sorted(codes)) or "none is given"
        hint = near(code, codes) if isinstance(code, str) else ""
        raise value.refuse(code, f"a {kind} of this file", f"one of {told}", hint)
    return code


class Table(BaseModel):
    """A table of the file; `description` of a field is what a missing one was expected to be."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

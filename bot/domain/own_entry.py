"""What members of the contingent add to their own entry in the directory."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.domain import contact_hours
from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Hours, Phone, PhoneKind
from bot.domain.errors import No, RefusalError
from bot.domain.mail_address import is_address
from bot.domain.message import Message

# A screen full; nobody tries more than so many.
NUMBERS_MOST = 6
FUNCTION_MAX = 60
# A call sign is said on the radio.
CALL_SIGN_MAX = 20
# A tenth language is nobody's.
LANGUAGES_MOST = 9
_BOTH = " / "


class OwnField(StrEnum):
    """What an officer types into the own entry, one thing at a time."""

    FUNCTION = "function"
    EMAIL = "email"
    HOURS = "hours"
    LANGUAGE = "language"


@dataclass(frozen=True)
class OwnNumbers(Message):
    """The reader's numbers: that of the roster, which command changes, and those added."""

    kind: ClassVar[str] = "own_numbers"

    of_roster: str | None
    added: tuple[Phone, ...]


@dataclass(frozen=True)
class AskOwnNumber(Message):
    """Asks for a number of this kind. `example`: one of the country."""

    kind: ClassVar[str] = "ask_own_number"

    of: PhoneKind
    example: str


@dataclass(frozen=True)
class OwnLanguages(Message):
    """The languages (ISO 639) in which the reader can be called, to choose anew."""

    kind: ClassVar[str] = "own_languages"

    languages: tuple[str, ...]


@dataclass(frozen=True)
class AskOwnField(Message):
    """Asks for one thing. `function`, `email`, `hours`: what the entry says now of the one that is asked for."""

    kind: ClassVar[str] = "ask_own_field"

    of: OwnField
    function: Text | None = None
    email: str | None = None
    hours: Hours | None = None


def blank(code: str, officer: str) -> Contact:
    """Return an own entry to which nothing has been added yet."""
    return Contact(code, Category.CONTINGENT, officer=officer)


def function_of(said: str) -> Text:
    """Return a function as it was typed: one word for both languages, or `English / French`.

    Raises RefusalError TOO_LONG or BAD_FUNCTION.
    """
    plain = one_line(said, FUNCTION_MAX)
    if not any(c.isalpha() for c in plain):
        raise RefusalError(No.BAD_FUNCTION)
    english, _, french = (part.strip() for part in plain.partition(_BOTH))
    return Text(english or french, french or english)


def email_of(said: str) -> str:
    """Return an e-mail address as it was typed; raises RefusalError BAD_EMAIL."""
    plain = said.strip()
    if not is_address(plain):
        raise RefusalError(No.BAD_EMAIL)
    return plain


def hours_of(said: str, zone: str) -> Hours:
    """Return when somebody can be called, by the clock of `zone`; raises RefusalError BAD_HOURS."""
    try:
        return contact_hours.parse(said, zone)
    except ValueError:
        raise RefusalError(No.BAD_HOURS) from None


def call_sign(said: str) -> str:
    """Return a call sign as it was typed; raises RefusalError TOO_LONG or BAD_CALL_SIGN."""
    plain = one_line(said, CALL_SIGN_MAX)
    if not any(c.isalnum() for c in plain):
        raise RefusalError(No.BAD_CALL_SIGN)
    return plain


def one_line(said: str, limit: int) -> str:
    """Return what was typed as one line without double spaces; raises RefusalError TOO_LONG."""
    plain = " ".join(said.split())
    if len(plain) > limit:
        raise RefusalError(No.TOO_LONG, limit=limit, length=len(plain))
    return plain

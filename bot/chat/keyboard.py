"""Keyboards as values: what a button says and what pressing it asks for."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a press asks for; two letters, because callback data has 64 bytes and is signed."""

    LANGUAGE = "ln"
    TAKE = "tk"
    SAFE = "sf"
    HOW = "hw"
    NEXT = "nx"
    CLOSE = "cl"
    REASON = "rs"
    DOUBT = "db"
    CONFIRM = "cf"
    SOS_SEND = "ss"
    SOS_CANCEL = "sc"
    DETAILS = "dt"
    ABSENCE_KIND = "ak"
    ABSENCE_START = "as"
    ABSENCE_RETURN = "ar"
    ABSENCE_CONFIRM = "ac"
    ABSENCE_REFUSE = "an"
    ABSENCE_END = "ae"
    STATUS = "st"
    ALERTS = "al"
    ROSTER = "ro"
    CARD = "cd"
    INVITE = "iv"
    REVOKE = "rv"
    REVOKE_YES = "ry"
    CANCEL = "cn"
    REPORT_MENU = "r0"
    REPORT_BEGIN = "rb"
    REPORT_ANSWER = "ra"
    REPORT_PLACE = "rt"
    REPORT_TOGGLE = "rg"
    REPORT_MOVE = "rm"
    REPORT_MEND = "rx"
    REPORT_LIST = "rl"
    REPORT_CARD = "rc"
    REPORT_WHOLE = "rw"
    REPORT_CORRECT = "rk"
    REPORT_ACCEPT = "rp"
    REPORT_RETURN = "rr"
    REPORT_REPLY = "rq"
    SITREP_CARD = "zc"
    SITREP_NEW = "zn"
    SITREP_FILE = "zf"
    SITREP_WRITE = "zw"
    SITREP_TRANSLATE = "zt"
    SITREP_CONFIRM = "zk"
    SITREP_APPROVE = "za"
    ATTACHMENT_LIST = "fl"
    ATTACHMENT_REMOVE = "fx"
    ATTACHMENT_GET = "fg"
    CONTACT_FIND = "kf"
    CONTACT_LIST = "kl"
    CONTACT_MENU = "km"
    CONTACT_CARD = "kc"
    CONTACT_SHARE = "ks"
    CONTACT_WRONG = "qw"
    CONTACT_RIGHT = "qy"
    CONTACT_CORRECT = "qx"
    CONTACT_NUMBER = "qn"
    CONTACT_NUMBER_OFF = "qo"
    ROUND_RIGHT = "qr"
    ROUND_ALL = "qa"
    ROUND_PAGE = "qp"
    OWN_NUMBERS = "mn"
    OWN_NUMBER_ADD = "ma"
    OWN_NUMBER_OFF = "mo"
    OWN_LANGUAGES = "ml"
    OWN_SPEAK = "ms"
    OWN_UNLEARN = "mu"
    OWN_FIELD = "mf"
    OWN_FIELD_OFF = "mg"
    OWN_KIN = "mk"
    KIN_ASK = "mq"
    KIN_DELETE = "md"
    KIN_READ = "mr"


BUTTON_MAX = 32  # characters that a button still shows on a narrow phone
LISTED = "listed"  # the word of a press on the list of alerts


@dataclass(frozen=True)
class Press:
    """What a press asks for: a verb, what it is about (an id or a code), and one more word."""

    verb: Verb
    about: str = ""
    word: str = ""


@dataclass(frozen=True)
class Button:
    """One inline button."""

    text: str
    press: Press


@dataclass(frozen=True)
class CopyButton:
    """An inline button that copies a text of at most 256 characters; Vigie hears nothing of it."""

    text: str
    copies: str


@dataclass(frozen=True)
class Inline:
    """Buttons under a message, row by row."""

    rows: tuple[tuple[Button | CopyButton, ...], ...]


@dataclass(frozen=True)
class Menu:
    """The reply keyboard: buttons that send their text, so a press survives an outage of ours as a message does."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class NoMenu:
    """Takes the reply keyboard away from a phone that is closed."""


Keyboard = Inline | Menu | NoMenu | None


def short(text: str) -> str:
    """Return what of a text a button still shows on a narrow phone."""
    return text if len(text) <= BUTTON_MAX else f"{text[: BUTTON_MAX - 1]}…"

"""Keyboards: the buttons under a message and the one in place of the phone's own keyboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.link import WrongLinkError, checked_link
from bot.demo.telegram.refusal import bad_request

DATA_BYTES = 64
COPY = 256  # characters
BUTTONS = 100  # more in one inline keyboard are refused
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
REQUESTS = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}


@dataclass(frozen=True)
class Button:
    """A button under a message: pressing it sends `data`, opens `url`, or copies `copies`."""

    text: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None


@dataclass(frozen=True)
class Key:
    """A key of a reply keyboard: it sends its text, the position or the phone number."""

    text: str
    request_location: bool = False
    request_contact: bool = False


@dataclass(frozen=True)
class Keyboard:
    """A reply keyboard as the phone shows it."""

    rows: tuple[tuple[Key, ...], ...]
    resize: bool = False
    one_time: bool = False
    persistent: bool = False
    placeholder: str = ""

    def find(self, text: str) -> Key | None:
        """Return the key with this text."""
        return next((key for row in self.rows for key in row if key.text == text), None)


def is_inline(markup: Mapping[str, Any] | None) -> bool:
    """Tell an inline keyboard from the other three kinds of markup."""
    return markup is not None and "inline_keyboard" in markup


def check(markup: Mapping[str, Any] | None, *, private: bool) -> None:
    """Refuse a markup that Telegram would refuse."""
    if markup is None:
        return
    inline = [button for row in markup.get("inline_keyboard", ()) for button in row]
    if len(inline) > BUTTONS:
        raise bad_request("reply markup is too long")
    for button in inline:
        _check_inline(button)
    for button in (button for row in markup.get("keyboard", ()) for button in row):
        if not button["text"].strip():
            raise bad_request("keyboard button text must be non-empty")
        for request, what in REQUESTS.items():
            if button.get(request) and not private:
                raise bad_request(f"{what} can be requested in private chats only")


def _check_inline(button: Mapping[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:  # Telegram takes the first of them: here a slip must show
        raise bad_request(f"can't parse inline keyboard button: more than one of {', '.join(actions)}")
    if len(button.get("callback_data", "").encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 0 < len(button["copy_text"]["text"]) <= COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if url := button.get("url"):
        try:
            checked_link(url)
        except WrongLinkError as wrong:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: {wrong}") from None


def buttons(markup: Mapping[str, Any] | None) -> list[list[Button]]:
    """Return the rows of buttons under a message."""
    rows = markup.get("inline_keyboard", ()) if markup else ()
    return [[_button(b) for b in row] for row in rows if row]


def _button(told: Mapping[str, Any]) -> Button:
    copies = told["copy_text"]["text"] if told.get("copy_text") else None
    return Button(told["text"], told.get("callback_data"), told.get("url"), copies)


def keyboard(markup: Mapping[str, Any]) -> Keyboard:
    """Return the reply keyboard that a `ReplyKeyboardMarkup` asks for."""
    rows = tuple(
        tuple(Key(b["text"], bool(b.get("request_location")), bool(b.get("request_contact"))) for b in row)
        for row in markup["keyboard"]
        if row
    )
    return Keyboard(
        rows,
        bool(markup.get("resize_keyboard")),
        bool(markup.get("one_time_keyboard")),
        bool(markup.get("is_persistent")),
        markup.get("input_field_placeholder", ""),
    )

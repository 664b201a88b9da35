"""The exchange: everything that the stand-in remembers, and the rules of who may write to whom."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.demo.telegram import keyboard
from bot.demo.telegram.chat import Chat
from bot.demo.telegram.entity import Text
from bot.demo.telegram.event import Events
from bot.demo.telegram.file import Files
from bot.demo.telegram.message import ChatMessage
from bot.demo.telegram.profile import Profile
from bot.demo.telegram.rate import Rates
from bot.demo.telegram.refusal import bad_request, forbidden, too_many
from bot.demo.telegram.update import Updates

QUERY_LIFE = timedelta(seconds=150)
INLINE_LIFE = timedelta(seconds=30)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CALLS_KEPT = 100_000  # a demo that runs for weeks must not fill the memory with empty polls


@dataclass(frozen=True)
class Call:
    """One call by the bot as it was answered; status 0 means that the connection was cut."""

    method: str
    params: Mapping[str, Any]
    status: int
    at: datetime


@dataclass(frozen=True)
class Sent:
    """One message that the bot sent."""

    chat_id: int
    message_id: int
    text: str
    at: datetime
    method: str


@dataclass
class Query:
    """A pressed button that waits for its answer."""

    id: str
    chat_id: int
    user_id: int
    at: datetime
    answered: bool = False


@dataclass(frozen=True)
class Article:
    """A result of an inline query, as the phone lists it, and what choosing it sends."""

    id: str
    title: str
    description: str
    body: Text
    markup: dict[str, Any] | None


@dataclass
class Asked:
    """What a phone types after the bot's name, and what is listed for it: nothing yet, while `articles` is None."""

    id: str
    user_id: int
    text: str
    offset: str
    at: datetime
    articles: tuple[Article, ...] | None = None
    next_offset: str = ""


class Exchange:
    """Chats, files, updates and the bot's account, in one place."""

    def __init__(self, clock: Clock, profile: Profile, *, strict_rates: bool) -> None:
        self.clock = clock
        self.profile = profile
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(clock)
        self.events = Events()
        self.rates = Rates(strict=strict_rates)
        self.queries: dict[str, Query] = {}
        self.asked: dict[str, Asked] = {}
        self._last_asked = 0
        self.popped: Callable[[Query, str, bool], None] = lambda *_: None
        self.calls: list[Call] = []
        self.call_counts: Counter[str] = Counter()
        self.sent: list[Sent] = []

    def record(self, method: str, params: Mapping[str, Any], status: int) -> None:
        """Write a call down."""
        if len(self.calls) >= CALLS_KEPT:
            del self.calls[: CALLS_KEPT // 2]
        self.calls.append(Call(method, params, status, self.clock.now()))
        self.call_counts[method] += 1

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat that the bot knows, or raise `chat not found`: people who never wrote are unknown to it."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int | str) -> Chat:
        """Return a chat to which the bot may write."""
        chat = self.chat(chat_id)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user" if chat.private else "bot was kicked from the group chat")
        return chat

    def message(self, chat: Chat, message_id: int | None, purpose: str) -> ChatMessage:
        """Return a message of the chat, or raise `<purpose> not found`."""
        message = chat.get(message_id) if message_id else None
        if message is None:
            raise bad_request(f"{purpose} not found")
        return message

    def post(self, method: str, chat: Chat, params: Mapping[str, Any], **content: Any) -> ChatMessage:
        """Write the bot's message into a chat, with the parameters that all sending methods share.

        Only what is not refused for another reason counts against the limits.
        """
        markup = params.get("reply_markup")
        keyboard.check(markup, private=chat.private)
        reply_to = self._replied(chat, params.get("reply_parameters"))
        if wait := self.rates.pass_one(chat.id):
            raise too_many(wait)
        message = chat.add(
            self.profile.user(),
            self.clock.now(),
            outgoing=False,
            markup=chat.apply(markup),
            reply_to=reply_to,
            silent=bool(params.get("disable_notification")),
            protected=bool(params.get("protect_content")),
            fixed=markup is not None and not keyboard.is_inline(markup),
            **content,
        )
        self.sent.append(Sent(chat.id, message.id, message.text, message.date, method))
        self.show(chat)
        return message

    def _replied(self, chat: Chat, reply: Mapping[str, Any] | None) -> ChatMessage | None:
        if reply is None:
            return None
        message = chat.get(reply.get("message_id", 0))
        if message is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return message

    def show(self, chat: Chat) -> None:
        """Tell the pages that a chat shows something else."""
        self.events.phone(chat.id)

    def query(self, query_id: str) -> Query:
        """Return a pressed button that may still be answered."""
        query = self.queries.get(query_id)
        if query is None or self.clock.now() - query.at > QUERY_LIFE:
            raise bad_request(TOO_OLD)
        return query

    def ask(self, user_id: int, text: str, offset: str) -> Asked:
        """Keep an inline query of a phone."""
        now = self.clock.now()
        self.asked = {key: one for key, one in self.asked.items() if now - one.at <= INLINE_LIFE}
        self._last_asked += 1
        asked = Asked(str(5_000_000_000 + self._last_asked), user_id, text, offset, now)
        self.asked[asked.id] = asked
        return asked

    def unanswered(self, query_id: str) -> Asked:
        """Return an inline query that may still be answered, once."""
        asked = self.asked.pop(query_id, None)
        if asked is None or self.clock.now() - asked.at > INLINE_LIFE:
            raise bad_request(TOO_OLD)
        return asked

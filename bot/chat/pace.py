"""Telegram's limits on sending, on the monotonic clock."""

from bot.clock import monotonic

# Telegram's documented limits: about 30 messages a second over all, one a second in a chat with short bursts.
OVERALL_RATE, OVERALL_BURST = 28.0, 28.0
CHAT_RATE, CHAT_BURST = 1.0, 3.0
# Of the overall burst, this much is kept for distress and alerts: a roll call never uses the last of it.
KEPT_FOR_URGENT = 4.0


class Bucket:
    """Fills with `rate` tokens a second up to `burst`."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, monotonic()

    def wait(self, keep: float = 0.0) -> float:
        """Return the seconds until a token can be taken that leaves `keep` tokens; 0 if now."""
        now = monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1.0 + keep - self._tokens) / self._rate)

    def take(self) -> None:
        """Take a token."""
        self._tokens -= 1.0

    def drain(self, seconds: float) -> None:
        """Hold back for `seconds`, as Telegram asked with a 429."""
        self._tokens = min(self._tokens, 1.0 - seconds * self._rate)

    @property
    def full(self) -> bool:
        """Whether nothing has been taken lately: it can be forgotten."""
        self.wait()
        return self._tokens >= self._burst


class Pace:
    """Says when a message to a chat may go."""

    def __init__(
        self,
        overall: tuple[float, float] = (OVERALL_RATE, OVERALL_BURST),
        chat: tuple[float, float] = (CHAT_RATE, CHAT_BURST),
    ) -> None:
        """Take rate and burst over all and for each chat; a private Bot API server may allow more."""
        self._overall = Bucket(*overall)
        self._chat = chat
        self._chats: dict[int, Bucket] = {}
        self._held: dict[int, float] = {}  # until when, by the monotonic clock

    def wait(self, chat: int, *, urgent: bool) -> float:
        """Return the seconds until a message to `chat` may go; 0 if now."""
        own = self._chats.get(chat)
        return max(self._overall.wait(0.0 if urgent else KEPT_FOR_URGENT), own.wait() if own is not None else 0.0)

    def held(self, chat: int) -> float:
        """Return the seconds for which Telegram wants nothing of any kind in `chat`; 0 if it has not said so."""
        return max(0.0, self._held.get(chat, 0.0) - monotonic())

    def take(self, chat: int) -> None:
        """Count a message to `chat`."""
        self._overall.take()
        if len(self._chats) > 10_000:
            self._chats = {key: bucket for key, bucket in self._chats.items() if not bucket.full}
        self._chats.setdefault(chat, Bucket(*self._chat)).take()

    def hold(self, chat: int, seconds: float) -> None:
        """Honour a 429 for this chat only: one slow chat never halts an urgent message to another."""
        now = monotonic()
        self._held = {key: until for key, until in self._held.items() if until > now} | {chat: now + seconds}
        self._chats.setdefault(chat, Bucket(*self._chat)).drain(seconds)

"""The courier: sends what the outbox owes, the gravest first, within Telegram's limits."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import timedelta

import structlog
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.background import Background
from bot.chat.letter import Letters
from bot.chat.pace import Pace
from bot.chat.wire import call
from bot.clock import monotonic
from bot.domain.file import FileRef
from bot.domain.message import MESSAGES, Priority
from bot.services import Tx, box
from bot.services.box import Owed, Result

log = structlog.get_logger(__name__)

# Claimed but not yet answered: two seconds' worth at Telegram's rate. More would be messages that cannot be withdrawn.
IN_HAND = 60
AT_ONCE = 24
# Of these, so many wait for a distress or an alert: on a slow line a roll call must not hold every place.
KEPT_FOR_URGENT = 8
# A message to a chat that Telegram holds longer than this does not stay in hand.
HELD_IN_HAND_S = 2.0
# While Telegram is away the courier as a whole waits longer and longer, by the monotonic clock.
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
# A single message that keeps failing while others go out steps aside.
STEP_ASIDE_AFTER = 3
STEP_ASIDE = timedelta(seconds=30)
URGENT_ASIDE = timedelta(seconds=3)
# A file of 20 MB takes minutes on a slow line: few go at a time, and whatever else the same person is owed goes past.
FILES_AT_ONCE = 4
UPLOAD_S = 320.0

# Answers that will come, and cannot heal by trying again.
_ALREADY_SO = ("message is not modified", "chat_not_modified")
_GONE = (
    "query is too old", "message to edit not found", "message can't be edited", "message to delete not found",
    "message to pin not found", "message to unpin not found",
)  # fmt: skip
# What is no message does not count against Telegram's limits on messages.
_NO_MESSAGE = ("answer", "inline_answer", "pin", "command_menu", "default_menu")

Begin = Callable[[], AbstractAsyncContextManager[Tx]]


class Courier:
    """Sends messages concurrently, one at a time in each chat. Killed at any instruction, it owes them still."""

    def __init__(
        self,
        bot: Bot,
        begin: Begin,
        letters: Letters,
        background: Background,
        still_true: Callable[[str], bool],
        read_file: Callable[[str], bytes],
        pace: Pace | None = None,
    ) -> None:
        """`still_true` tells of a kind of message whether it can still be said: the line may be back meanwhile.

        `read_file` returns a file by its hash; it blocks, and raises OSError or ValueError.
        """
        self._bot, self._begin, self._letters, self._background = bot, begin, letters, background
        self._still_true, self._read_file = still_true, read_file
        self._pace = pace or Pace()
        self._hand: list[Owed] = []
        self._results: list[Result] = []
        self._lost: list[tuple[str, int]] = []  # officers, and the phone of theirs that refuses us
        self._busy: set[int] = set()
        self._uploading: set[int] = set()
        self._wake = asyncio.Event()
        self._failures = 0
        self._quiet_until = 0.0
        self.sent = 0
        self.last_round = monotonic()

    def wake(self) -> None:
        """Say that something is owed."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is in hand and every result is written."""
        under_way = self._busy or self._uploading
        return not (self._hand or self._results or under_way or self._lost or self._wake.is_set())

    async def run(self) -> None:
        """Send until cancelled."""
        released = False
        tries = 0
        while True:
            try:
                if not released:
                    async with self._begin() as tx:
                        again = await box.release(tx)
                    released = True
                    log.info("courier_started", owed_again=again)
                pause = await self._round()
                tries = 0
            except Exception:
                log.exception("courier_failed")
                tries += 1
                pause = BACK_OFF_S[min(tries, len(BACK_OFF_S)) - 1]
            self.last_round = monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._wake.wait()

    async def _round(self) -> float:
        """Write results, take what goes first, start what may go; return how many seconds until the next look."""
        self._wake.clear()
        await self._write_and_claim()
        quiet = self._quiet_until - monotonic()
        if quiet > 0:
            self._put_back(self._hand)
            return quiet
        return self._start()

    async def _write_and_claim(self) -> None:
        results, self._results = self._results, []
        lost, self._lost = self._lost, []
        try:
            async with self._begin() as tx:
                await box.settle(tx, results)
                for code, chat in lost:
                    await box.unreachable(tx, code, chat)
                if monotonic() < self._quiet_until:
                    return
                claimed = await self._claim(tx)
        except BaseException:
            self._results = results + self._results
            self._lost = lost + self._lost
            raise
        self._hand = sorted([*self._hand, *claimed], key=lambda one: (one.priority, one.id))

    async def _claim(self, tx: Tx) -> list[Owed]:
        """Take what goes first. A hand full of roll calls never keeps a distress waiting: urgent ones have own room."""
        urgent = [one for one in self._hand if one.priority <= Priority.ALERT]
        claimed = []
        if len(urgent) < IN_HAND:
            busy = {one.officer for one in urgent if one.officer is not None}
            claimed = await box.claim(tx, IN_HAND - len(urgent), Priority.ALERT, busy)
        room = IN_HAND - len(self._hand) - len(claimed)
        if room > 0:
            busy = {one.officer for one in [*self._hand, *claimed] if one.officer is not None}
            claimed += await box.claim(tx, room, busy=busy)
        return claimed

    def _put_back(self, some: list[Owed], wait: float = 0.0) -> None:
        """Owe again what is in hand, so that what becomes untrue meanwhile can be withdrawn, and others have room.

        Written with the other results: if the database cannot be written now, it is tried again.
        """
        if some:
            self._results += [Result(one.id, "owed", wait=timedelta(seconds=wait), tried=False) for one in some]
            self._hand = [one for one in self._hand if one not in some]
            self._wake.set()

    def _start(self) -> float:
        for one in tuple(self._hand):
            if one.chat is not None and (long := self._pace.held(one.chat)) > HELD_IN_HAND_S:
                self._put_back([one], long)
        pause = 1.0
        held: list[Owed] = []
        seen: set[int] = set(self._busy)
        for one in self._hand:
            chat = one.chat
            if chat is None:
                self._results.append(Result(one.id, "parked", error="no phone is enrolled"))
                self._wake.set()
                continue
            urgent, slow = one.priority <= Priority.ALERT, _brings_file(one)
            full = len(self._busy) >= (AT_ONCE if urgent else AT_ONCE - KEPT_FOR_URGENT)
            if slow:
                full = chat in self._uploading or len(self._uploading) >= FILES_AT_ONCE
            if chat in seen or full:
                held.append(one)
                continue
            counts = one.kind not in _NO_MESSAGE
            wait = self._pace.wait(chat, urgent=urgent) if counts else self._pace.held(chat)
            if wait > 0:
                held.append(one)
                seen.add(chat)  # the order within a chat is kept
                pause = min(pause, wait)
                continue
            if counts:
                self._pace.take(chat)
            (self._uploading if slow else self._busy).add(chat)
            if not slow:
                seen.add(chat)
            self._background.start(self._deliver(one, chat), f"send {one.id}")
        self._hand = held
        return pause

    async def _deliver(self, one: Owed, chat: int) -> None:
        try:
            result = await self._send(one, chat)
        except Exception as error:
            log.error("message_cannot_be_written", outbox=one.id, kind=one.kind, exc_info=error)
            result = Result(one.id, "parked", error=type(error).__name__)
        finally:
            (self._uploading if _brings_file(one) else self._busy).discard(chat)
        self._results.append(result)
        self._wake.set()

    async def _send(self, one: Owed, chat: int) -> Result:
        now = self._letters.now()
        if one.expires_at is not None and one.expires_at <= now:
            return Result(one.id, "dropped", error="expired")
        if not self._still_true(one.kind):
            return Result(one.id, "dropped", error="no longer true")
        if one.edits is not None and one.edits_message is None:
            waits = one.edits_state in ("owed", "sending")
            return Result(one.id, "owed", wait=timedelta(seconds=1)) if waits else Result(one.id, "dropped")
        letter = self._letters.write(one, chat)
        params = letter.params
        if letter.file is not None:
            try:
                params = params | {letter.file.sent_as.value: await self._content(letter.file)}
            except (FileNotFoundError, ValueError) as error:
                log.error("file_is_gone", outbox=one.id, sha256=letter.file.sha256, error=type(error).__name__)
                letter = self._letters.write(one, chat, without_file=True)
                params = letter.params
            except OSError as error:
                log.error("file_cannot_be_read", outbox=one.id, error=error.strerror)
                return Result(one.id, "owed", wait=STEP_ASIDE, error="disk")
        try:
            shown = await call(self._bot, letter.method, UPLOAD_S if letter.file else None, **params)
        except TelegramError as error:
            return self._failed(one, chat, error)
        self._failures = 0
        self.sent += 1
        message_id = shown["message_id"] if isinstance(shown, dict) and one.edits is None else None
        return Result(one.id, "sent", message_id=message_id, chat=chat, pin=letter.pin)

    async def _content(self, file: FileRef) -> InputFile:
        content = InputFile(await asyncio.to_thread(self._read_file, file.sha256), filename=file.name)
        content.mimetype = file.type
        return content

    def _failed(self, one: Owed, chat: int, error: TelegramError) -> Result:
        """Sort an error into "later" and "never". What went out already is not an error."""
        text = error.message.lower()
        match error:
            case RetryAfter():
                seconds = error.retry_after
                self._pace.hold(chat, seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds))
                return Result(one.id, "owed", error="429")
            case BadRequest() if any(so in text for so in _ALREADY_SO):
                return Result(one.id, "sent")
            case BadRequest() if any(gone in text for gone in _GONE):
                return Result(one.id, "dropped", error=text[:200])
            case Forbidden() | BadRequest():
                if isinstance(error, Forbidden) or "chat not found" in text:
                    if one.officer is not None:
                        self._lost.append((one.officer, chat))
                else:
                    log.error("telegram_refused_a_message", outbox=one.id, kind=one.kind, error=text[:200])
                return Result(one.id, "parked", error=text[:200])
        # The network, a 5xx, a wrong token: not this message's fault, unless it alone keeps failing.
        # A file may be too long for the line that carries everything else.
        alone = _brings_file(one) or (one.attempts >= STEP_ASIDE_AFTER and self._failures < STEP_ASIDE_AFTER)
        if not alone and monotonic() >= self._quiet_until:  # others on their way fail for the same reason
            self._failures += 1
            self._quiet_until = monotonic() + BACK_OFF_S[min(self._failures, len(BACK_OFF_S)) - 1]
        wait = timedelta()
        if alone:
            wait = URGENT_ASIDE if one.priority <= Priority.ALERT else STEP_ASIDE
        log.warning(
            "sending_failed", outbox=one.id, error=type(error).__name__, network=isinstance(error, NetworkError)
        )
        return Result(one.id, "owed", wait=wait, error=type(error).__name__)


def _brings_file(one: Owed) -> bool:
    found = MESSAGES.get(one.kind)
    return found is not None and found.brings_file

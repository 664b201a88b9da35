"""Fetches what officers have sent from Telegram: outside every transaction, tried again, and kept by its hash."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from urllib.parse import quote

import structlog
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.chat.wire import call
from bot.domain.attachment import GONE_AFTER, SIZE_MAX, Attachment, Why, judge
from bot.domain.errand import Errand, Later, Never
from bot.services import Tx, attachment
from bot.services.attachment import Files
from bot.services.content import recognise

log = structlog.get_logger(__name__)

Begin = Callable[[], AbstractAsyncContextManager[Tx]]

# 20 MB over a line of half a megabit a second.
DOWNLOAD_S = 320.0
_TOO_BIG = "file is too big"


class Fetch:
    """Carries out the errand `fetch`, whose subject is the id of an attachment.

    Killed at any instruction, it begins anew: the same bytes are kept once, under their hash.
    """

    def __init__(self, bot: Bot, begin: Begin, files: Files) -> None:
        self._bot, self._begin, self._files = bot, begin, files

    async def carry_out(self, errand: Errand) -> None:
        """Fetch the file, look at what it is, keep it or refuse it; raises Later or Never."""
        which = int(errand.subject)
        async with self._begin() as tx:
            wanted = await attachment.to_fetch(tx, which)
        if wanted is None:
            return
        try:
            content = await self._download(wanted, errand.attempts)
        except Never as never:
            await self._give_up(which, Why.TOO_BIG if str(never) == _TOO_BIG else Why.GONE)
            raise
        found = await asyncio.to_thread(recognise, content, wanted.brought.name)
        why = judge(len(content), found)
        if why is not None or found is None:
            log.info("attachment_refused", attachment=which, type=found, size=len(content))
            await self._give_up(which, why or Why.TYPE)
            return
        await self._keep(which, content, found)

    async def _download(self, wanted: Attachment, attempts: int) -> bytes:
        """Return the file's bytes. Its address holds the bot's token: it goes into no error and no log."""
        try:
            told = await call(self._bot, "getFile", file_id=wanted.brought.file_id)
            if int(told.get("file_size") or 0) > SIZE_MAX:
                raise Never(_TOO_BIG)
            address = f"{self._bot.base_file_url}/{quote(told['file_path'])}"
            return await self._bot.request.retrieve(address, read_timeout=DOWNLOAD_S)
        except RetryAfter as error:
            seconds = error.retry_after
            wait = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
            raise Later("429", wait) from None
        except BadRequest as error:
            if _TOO_BIG in error.message.lower():
                raise Never(_TOO_BIG) from None
            raise self._gone(error, attempts) from None
        except InvalidToken as error:
            # What Telegram says of an address that it does not know (any more), and of a token: both may heal.
            raise self._gone(error, attempts) from None
        except (TelegramError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise Later(type(error).__name__) from None

    def _gone(self, error: TelegramError, attempts: int) -> Exception:
        return Never("gone at Telegram") if attempts + 1 >= GONE_AFTER else Later(type(error).__name__)

    async def _keep(self, which: int, content: bytes, content_type: str) -> None:
        try:
            sha256 = await asyncio.to_thread(self._files.put, content)
        except OSError as error:  # a full disk, say: the file waits at Telegram
            log.error("file_cannot_be_kept", attachment=which, error=error.strerror or type(error).__name__)
            raise Later(f"disk: {error.strerror or type(error).__name__}") from None
        async with self._begin() as tx:
            if not self._files.path(sha256).exists():  # another's, forgotten in this very moment
                raise Later("forgotten")
            await attachment.keep(tx, which, content_type, sha256, len(content))

    async def _give_up(self, which: int, why: Why) -> None:
        async with self._begin() as tx:
            await attachment.give_up(tx, which, why)

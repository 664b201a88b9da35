"""Calls to the Bot API that the courier and intake make: raw JSON in and out, nothing parsed that is not needed."""

from typing import Any

from telegram import Bot
from telegram.error import NetworkError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter


async def call(bot: Bot, method: str, read_timeout: float | None = None, **params: Any) -> Any:
    """Call a Bot API method and return its result as plain JSON values; raises telegram.error.TelegramError."""
    data = RequestData([RequestParameter.from_input(name, value) for name, value in params.items()])
    url = f"{bot.base_url}/{method}"
    timeout = {} if read_timeout is None else {"read_timeout": read_timeout}
    try:
        return await bot.request.post(url, data, **timeout)
    except (KeyError, TypeError, AttributeError) as error:
        # A gateway's own page, with status 200 and other JSON: no answer of Telegram's, so to be tried again.
        raise NetworkError("the answer is not Telegram's") from error

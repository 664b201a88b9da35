"""Calls to the Bot API that the courier and intake make: raw JSON in and out, nothing parsed that is not needed."""

from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter


async def call(bot: Bot, method: str, read_timeout: float | None = None, **params: Any) -> Any:
    """Call a Bot API method and return its result as plain JSON values; raises telegram.error.TelegramError."""
    data = RequestData([RequestParameter.from_input(name, value) for name, value in params.items()])
    url = f"{bot.base_url}/{method}"
    if read_timeout is None:
        return await bot.request.post(url, data)
    return await bot.request.post(url, data, read_timeout=read_timeout)

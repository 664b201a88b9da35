"""Speaks Telegram: intake, routing, keyboards, texts, courier. No handler and no text ever calls Telegram."""

import os

# Has python-telegram-bot give durations as timedelta; without it every 429 costs a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")  # noqa: TID251

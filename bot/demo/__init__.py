"""Vigie without a Telegram account: a stand-in for the Bot API, a page of phones, and the first five officers."""

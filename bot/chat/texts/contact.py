"""Words about contacts."""

import hashlib

from bot.chat.texts.reader import Article
from bot.domain.contact_message import InlineResult
from bot.i18n.voice import Voice, html


def article(result: InlineResult, voice: Voice) -> Article:
    """Return a contact as a result of an inline query."""
    contact = result.contact
    title = voice.name(contact.title)
    numbers = " · ".join(phone.number for phone in contact.phones)
    return Article(result_id(result.code), title, numbers, html(f"{title}\n{numbers}".strip()))


def result_id(code: str) -> str:
    """Return the id of a contact among the results: a code may be longer than the 64 bytes that Telegram takes."""
    return hashlib.sha256(code.encode()).hexdigest()[:32]

"""Inline mode: what a phone types after the bot's name, and the bot's answer to it."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram import content, keyboard
from bot.demo.telegram.exchange import Article, Exchange
from bot.demo.telegram.refusal import Refusal, bad_request

RESULTS = 50
ID_BYTES = 64
OFFSET_BYTES = 64

Params = Mapping[str, Any]


def answer_inline_query(exchange: Exchange, params: Params) -> Any:
    """Answer an inline query; the phone shows the results if it still asks for them."""
    if len(params["results"]) > RESULTS:
        raise bad_request("too many inline query results specified")
    articles = tuple(_article(one) for one in params["results"])
    ids = [one.id for one in articles]
    if any(not 0 < len(one.encode()) <= ID_BYTES for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.get("next_offset", "").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    asked = exchange.unanswered(params["inline_query_id"])
    asked.articles, asked.next_offset = articles, params.get("next_offset", "")
    if chat := exchange.chats.get(asked.user_id):
        exchange.show(chat)
    return True


def _article(told: Params) -> Article:
    sends = told["input_message_content"] if told["type"] == "article" else {}
    if "message_text" not in sends:
        raise Refusal(501, "Not Implemented: the stand-in lists articles that send a text, and nothing else")
    if not told["title"].strip():
        raise bad_request("can't parse inline query result: title must be non-empty")
    markup = told.get("reply_markup")
    try:
        body = content.text({**sends, "text": sends["message_text"]})
        keyboard.check(markup, private=True)
    except Refusal as refusal:
        raise bad_request(
            f"can't parse inline query result: {refusal.description.removeprefix('Bad Request: ')}"
        ) from None
    return Article(told["id"], told["title"], told.get("description", ""), body, markup)

"""Machine translation by a LibreTranslate server. Only where the operator has named one: the texts leave for it."""

import re
from datetime import timedelta
from typing import Any

import aiohttp
import orjson

from bot.domain.bilingual import Language
from bot.domain.errand import Later, Never

# A page of text takes a small server half a minute.
TIMEOUT = aiohttp.ClientTimeout(total=120, connect=10)
LOOK = aiohttp.ClientTimeout(total=10)
# The longest text that one message can hold is 4,096 characters; no translation of it comes near this.
LARGEST = 256 * 1024
# What a client has done wrong, but for "too slow", "too early" and "too many".
_PASSING = (408, 425, 429)


class Translator:
    """Asks one server."""

    def __init__(self, url: str, key: str | None = None, timeout: aiohttp.ClientTimeout = TIMEOUT) -> None:
        """`url` without a slash at the end; `key` if the server asks for one."""
        self._url, self._key, self._timeout = url, key, timeout

    async def translate(self, text: str, source: Language, target: Language) -> str:
        """Return `text` in the language `target`. Raises Later if the server may do it another time, Never if not."""
        wanted = {"q": text, "source": source, "target": target, "format": "text"}
        if self._key is not None:
            wanted["api_key"] = self._key
        match await self._ask("POST", "/translate", wanted, timeout=self._timeout):
            case {"translatedText": str(translated)} if translated.strip() or not text.strip():
                return translated
            case {"translatedText": str()}:
                raise Never("the translation server answers with nothing")
        raise Later("the translation server's answer is not a translation")

    async def languages(self) -> dict[str, frozenset[str]]:
        """Return from which languages the server translates, and into which each. Raises Later or Never."""
        found = await self._ask("GET", "/languages", timeout=LOOK)
        if not isinstance(found, list) or not all(isinstance(one, dict) and "code" in one for one in found):
            raise Later("the translation server's answer is no list of languages")
        every = [one["code"] for one in found]  # an older server does not say which into which
        return {str(one["code"]): frozenset(map(str, one.get("targets", every))) for one in found}

    async def _ask(
        self, method: str, path: str, body: dict[str, str] | None = None, *, timeout: aiohttp.ClientTimeout
    ) -> Any:
        try:
            # No redirect is followed: what was written for one server goes to no other.
            async with (
                aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.request(method, f"{self._url}{path}", json=body, allow_redirects=False) as answer,
            ):
                content = await _read(answer)
                if answer.status == 200:
                    return orjson.loads(content)
                raise self._refusal(answer, content)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # Without the error's own text: it would carry the address.
            raise Later(f"the translation server is out of reach ({type(error).__name__})") from None
        except orjson.JSONDecodeError:
            raise Later("the translation server's answer is not JSON") from None

    def _refusal(self, answer: aiohttp.ClientResponse, content: bytes) -> Later | Never:
        line = f"the translation server answers {answer.status}"
        if said := _said(content):
            line = f"{line}: {said.replace(self._key, '[key]') if self._key else said}"
        if 400 <= answer.status < 500 and answer.status not in _PASSING:
            return Never(line)
        return Later(line, _asked(answer.headers.get("Retry-After", "")))


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    content = b""
    async for piece in answer.content.iter_any():
        content += piece
        if len(content) > LARGEST:
            raise Later("the translation server's answer is too long")
    return content


def _said(content: bytes) -> str:
    try:
        match orjson.loads(content):
            case {"error": str(said)}:
                return said
    except orjson.JSONDecodeError:
        pass
    return ""


def _asked(retry_after: str) -> timedelta | None:
    """Return how long the server wants to be left alone; nothing for a date, which our clock may not share."""
    return timedelta(seconds=int(retry_after)) if re.fullmatch(r"[0-9]{1,6}", retry_after) else None

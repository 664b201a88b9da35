"""Translation against a stand-in for LibreTranslate: what is asked, and what becomes of every kind of answer."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.domain.errand import Later, Never
from bot.errand.translate import LARGEST, Translator
from tests.errand.libre import KEY, libre
from tests.errand.post import scripted


async def test_a_text_is_asked_for_as_plain_text_and_whole() -> None:
    text = ("Rien à signaler\u00a0: « calme »;\n<b>\u202f& 5 & 6</b> " * 120)[:4096]
    async with libre() as server:
        translated = await Translator(server.url).translate(text, "fr", "en")
        (asked,) = server.asked
    assert asked == {"q": text, "source": "fr", "target": "en", "format": "text"}
    assert translated == f"[en] {text}"


async def test_a_server_may_ask_for_a_key() -> None:
    async with libre(KEY) as server:
        assert await Translator(server.url, KEY).translate("Calm", "en", "fr") == "[fr] Calm"
        with pytest.raises(Never) as refusal:
            await Translator(server.url, "wrong-hunter2").translate("Calm", "en", "fr")
    assert str(refusal.value) == "the translation server answers 403: Invalid API key [key]"


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (400, '{"error": "xx is not supported"}', "answers 400: xx is not supported"),
        (403, '{"error": "Please contact the server operator to get an API key"}', "answers 403: Please contact"),
        (404, "<html>nothing here</html>", "answers 404$"),
        (413, '["too", "long"]', "answers 413$"),
        (200, '{"translatedText": " "}', "answers with nothing"),
    ],
)
async def test_what_the_server_will_never_do(status: int, body: str, why: str) -> None:
    async with libre() as server:
        server.answers.append(web.Response(status=status, text=body))
        with pytest.raises(Never, match=why):
            await Translator(server.url).translate("Calm", "en", "fr")


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, '{"error": "Cannot translate text: model"}', "answers 500: Cannot translate text: model"),
        (502, "<html>bad gateway</html>", "answers 502$"),
        (408, "", "answers 408$"),
        (302, "", "answers 302$"),
        (200, "<html>a hotel's page</html>", "is not JSON"),
        (200, '{"alternatives": []}', "is not a translation"),
        (200, '["text"]', "is not a translation"),
        (200, '{"translatedText": ["a", "b"]}', "is not a translation"),
        (200, '{"translatedText": "' + "x" * LARGEST + '"}', "is too long"),
        (500, "x" * (LARGEST + 1), "is too long"),
    ],
)
async def test_what_the_server_may_do_another_time(status: int, body: str, why: str) -> None:
    async with libre() as server:
        server.answers.append(web.Response(status=status, text=body, headers={"Location": "/languages"}))
        translator = Translator(server.url)
        with pytest.raises(Later, match=why) as trouble:
            await translator.translate("Calm", "en", "fr")
        assert trouble.value.wait is None
        assert await translator.translate("Calm", "en", "fr") == "[fr] Calm"


@pytest.mark.parametrize(
    ("header", "wait"),
    [("90", timedelta(seconds=90)), ("Wed, 27 Feb 2008 15:45:00 GMT", None), ("-1", None), ("", None)],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_wants_to_be_left_alone_says_for_how_long(
    status: int, header: str, wait: timedelta | None
) -> None:
    async with libre() as server:
        server.answers.append(
            web.Response(status=status, text='{"error": "Slowdown"}', headers={"Retry-After": header})
        )
        with pytest.raises(Later, match=f"answers {status}: Slowdown") as trouble:
            await Translator(server.url).translate("Calm", "en", "fr")
    assert trouble.value.wait == wait


async def test_a_server_that_is_gone_or_says_nothing_is_asked_later() -> None:
    async with libre() as server:
        gone = server.url
    with pytest.raises(Later) as trouble:
        await Translator(gone).translate("Calm", "en", "fr")
    assert str(trouble.value) == "the translation server is out of reach (ClientConnectorError)"
    async with scripted(None) as port:
        impatient = Translator(f"http://127.0.0.1:{port}", timeout=aiohttp.ClientTimeout(total=0.05))
        with pytest.raises(Later, match="out of reach"):
            await impatient.translate("Calm", "en", "fr")
    async with scripted(b"220 this is mail") as port:
        with pytest.raises(Later, match="out of reach"):
            await Translator(f"http://127.0.0.1:{port}").translate("Calm", "en", "fr")


async def test_which_languages_the_server_has() -> None:
    async with libre() as server:
        translator = Translator(server.url)
        both = frozenset({"en", "fr"})
        assert await translator.languages() == {"en": both, "fr": both}
        server.languages = [{"code": "en", "name": "English"}, {"code": "fr", "name": "French"}]
        assert await translator.languages() == {"en": both, "fr": both}, "an older one"
        for bad in ({"error": "x"}, ["en"], [{"name": "English"}]):
            server.languages = bad
            with pytest.raises(Later, match="no list of languages"):
                await translator.languages()

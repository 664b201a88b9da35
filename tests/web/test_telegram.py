"""The webhook over HTTP: whoever is not Telegram is turned away, and nothing is answered 200 before it is stored."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import orjson
import pytest
from aiohttp import ClientSession

from bot.store.engine import open_store
from bot.web.telegram import BODY_LIMIT, HEADER
from tests.kit import Scene

SECRET = "kP3_x-9Qz"
UPDATE = orjson.dumps({"update_id": 77, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}})


@pytest.fixture
async def hooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """The application by webhook; it waits only a moment for a locked database."""
    monkeypatch.setattr("bot.app.open_store", partial(open_store, busy_timeout=0.2))
    scene = Scene(tmp_path, VIGIE_WEBHOOK_URL="http://127.0.0.1:9/telegram", VIGIE_WEBHOOK_SECRET=SECRET)
    await scene.open(reach=False)
    yield scene
    await scene.close()


async def post(scene: Scene, body: bytes, secret: str | None = SECRET) -> int:
    assert scene.app.web is not None
    headers = {} if secret is None else {HEADER: secret}
    url = f"http://127.0.0.1:{scene.app.web.port}/telegram"
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def stored(scene: Scene) -> list[int]:
    return [one.update_id for one in await scene.rows("select update_id from inbox where update_id = 77")]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "secrèt"])
async def test_without_the_secret_nothing_gets_in(hooked: Scene, secret: str | None) -> None:
    assert await post(hooked, UPDATE, secret) == 403
    assert await stored(hooked) == []


async def test_what_is_too_large_is_not_read_to_its_end(hooked: Scene) -> None:
    assert await post(hooked, b" " * (BODY_LIMIT - len(UPDATE)) + UPDATE) == 200
    assert await post(hooked, b" " * (BODY_LIMIT + 1)) == 413


@pytest.mark.parametrize("body", [b"", b"hello", b"[]", b"{}", b'{"update_id": "77"}', b'{"update_id": true}', b"\xff"])
async def test_what_is_no_update_is_refused(hooked: Scene, body: bytes) -> None:
    assert await post(hooked, body) == 400


async def test_an_update_is_stored_before_the_answer_and_once(hooked: Scene) -> None:
    assert await post(hooked, UPDATE) == 200
    assert await stored(hooked) == [77]
    assert await post(hooked, UPDATE) == 200
    assert await stored(hooked) == [77]


async def test_an_update_that_cannot_be_stored_is_asked_for_again(hooked: Scene) -> None:
    with closing(sqlite3.connect(hooked.folder / "vigie.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await post(hooked, UPDATE) == 503
        assert await stored(hooked) == []
    assert await post(hooked, UPDATE) == 200
    assert await stored(hooked) == [77]


async def test_only_a_post_is_taken_and_by_polling_there_is_no_webhook(hooked: Scene, tmp_path: Path) -> None:
    assert hooked.app.web is not None
    url = f"http://127.0.0.1:{hooked.app.web.port}/telegram"
    async with ClientSession() as session, session.get(url) as answer:
        assert answer.status == 405
    polling = await Scene(tmp_path / "polling").open()
    try:
        assert await post(polling, UPDATE) == 404
    finally:
        await polling.close()

"""What Telegram takes as a link, in a text and under a button."""

import pytest

from bot.demo.telegram import Phone
from bot.demo.telegram.link import WrongLinkError, checked_link
from tests.demo.conftest import Raw


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("e.org", "http://e.org/"),
        ("HTTPS://E.org/A?b=c d", "https://e.org/A?b=c%20d"),
        ("https://e.org:8443?a", "https://e.org:8443/?a"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("a@e.org", "http://a@e.org/"),
        ("tg:resolve?domain=vigie", "tg://resolve?domain=vigie"),
        ("tg://user?id=1001", "tg://user?id=1001"),
        ("ton://transfer/a", "ton://transfer/a"),
        ("tonsite://e.ton", "tonsite://e.ton/"),
    ],
)
def test_a_link_that_is_kept(given: str, kept: str) -> None:
    assert checked_link(given) == kept


WRONG = [
    ("tel:+16135550142", "Wrong port number specified in the URL"),
    ("http://e.org:0", "Wrong port number specified in the URL"),
    ("http://e.org:65536", "Wrong port number specified in the URL"),
    ("http://intranet/a.html", "Wrong HTTP URL"),
    ("ftp://e.org", "Unsupported URL protocol"),
    ("://e.org", "Unsupported URL protocol"),
    ("https://", "URL host is empty"),
    ("http://.", "Host is invalid"),
    ("http://[::x]/", "Wrong IPv6 address specified in the URL"),
    ("http://a b.org", "Disallowed character in URL host"),
    ("tg://user:80", "Wrong tg URL"),
    ("ton://a@b", "Wrong ton URL"),
    ("tg://e.org", "Unallowed characters in URL host"),
]


@pytest.mark.parametrize(("given", "reason"), WRONG)
def test_a_link_that_is_not_taken(given: str, reason: str) -> None:
    with pytest.raises(WrongLinkError) as wrong:
        checked_link(given)
    assert str(wrong.value) == reason


@pytest.mark.parametrize(("given", "reason"), WRONG)
async def test_a_button_with_a_wrong_link_is_refused(raw: Raw, guy: Phone, given: str, reason: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "url": given}]]}
    status, answer = await raw("sendMessage", chat_id=guy.user_id, text="a", reply_markup=markup)
    expected = f"Bad Request: inline keyboard button URL '{given}' is invalid: {reason}"
    assert (status, answer["description"]) == (400, expected)
    assert guy.last is None

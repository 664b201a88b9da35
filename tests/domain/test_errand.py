"""How long an errand waits, and what of a reason is kept."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errand import BACK_OFF, LONGEST_ASKED, WHY_AT_MOST, Later, Never, wait_after
from bot.domain.mail_address import is_address, without_addresses

ATTEMPTS = st.integers(1, 100)


@given(ATTEMPTS, st.timedeltas(min_value=-timedelta(days=1), max_value=timedelta(days=9999)))
def test_the_wait_never_shrinks_and_has_an_end(attempts: int, asked: timedelta) -> None:
    assert timedelta(0) < wait_after(attempts) <= wait_after(attempts + 1) <= BACK_OFF[-1]
    assert wait_after(attempts) <= wait_after(attempts, asked) <= max(LONGEST_ASKED, BACK_OFF[-1])
    assert wait_after(attempts, asked) >= min(asked, LONGEST_ASKED)


@given(st.text(st.characters(), max_size=2000))
def test_a_reason_is_one_line_that_can_be_stored(why: str) -> None:
    for error in (Later(why), Never(why)):
        kept = str(error)
        assert len(kept.splitlines()) <= 1
        assert len(kept) <= WHY_AT_MOST
        kept.encode("utf-8")


def test_what_is_an_address_and_what_is_none() -> None:
    for good in ("k.willis@example.org", "o'neil+police@sub.example.ca", "x@localhost", "a@1-2.org"):
        assert is_address(good), good
    for bad in ("", "willis", "@x.org", "a@", "a b@x.org", "a..b@x.org", ".a@x.org", "é@x.org", "a@x..org", "a@-x.org"):
        assert not is_address(bad), bad
    for worse in ("a@x.org\n", "a@x.org,b@x.org", "A <a@x.org>", '"a b"@x.org', "a@x.org\r\nRCPT TO:<b@x.org>"):
        assert not is_address(worse), worse
    assert not is_address("a" * 250 + "@x.org")


def test_no_address_is_left_in_what_is_logged() -> None:
    line = "550 5.1.1 <k.willis@example.org>: unknown; o'neil@x.org, é@y.org refused"
    assert without_addresses(line) == "550 5.1.1 <[address]>: unknown; [address], [address] refused"

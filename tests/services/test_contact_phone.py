"""Telephone numbers as people type them."""

import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import No, RefusalError
from bot.services.contact_phone import PhoneParts, example, read, region_of


@pytest.mark.parametrize(
    ("typed", "region", "number", "extension"),
    [
        ("21 42 01 23", "ML", "+22321420123", None),
        ("+223 21 42 01 23", "CA", "+22321420123", None),
        ("00223 21420123", "ML", "+22321420123", None),
        ("00223 21420123", None, "+22321420123", None),
        ("(613) 555-0142", "CA", "+16135550142", None),
        ("+1 613 555\u20110142, poste 12", "ML", "+16135550142", "12"),
        ("613.555.0142 ext. 7", "CA", "+16135550142", "7"),
        ("+1 613 555 0142 x7", None, "+16135550142", "7"),
        ("+881 6 31 55 5555", "ML", "+881631555555", None),
        ("\u00a0+32\u00a02\u202f555 12 12 ", "ML", "+3225551212", None),
        ("17", "ML", "17", None),
        ("112", "ML", "112", None),
    ],
)
def test_what_is_read(typed: str, region: str | None, number: str, extension: str | None) -> None:
    assert read(typed, region) == PhoneParts(number, extension)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1-800-FLOWERS",
        "21 42 01",
        "21 42",
        "00",
        "0022",
        "21 42 01 23 or 76 00 11 22",
        "+",
        "++223 21420123",
        "+999 12345678",
        "5" * 40,
        "1" + " " * 4094 + "!",
    ],
)
def test_what_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(RefusalError) as refused:
        read(typed, "ML")
    assert refused.value.code is No.BAD_PHONE
    assert refused.value.facts["example"].startswith("+223 ")


def test_an_emergency_number_is_nobodys_own() -> None:
    with pytest.raises(RefusalError):
        read("17", "ML", short=False)


@pytest.mark.parametrize(
    ("zone", "region"),
    [("Africa/Bamako", "ML"), ("America/Toronto", "CA"), ("Asia/Calcutta", "IN"), ("UTC", None), ("Mars/Base", None)],
)
def test_the_country_of_a_zone(zone: str, region: str | None) -> None:
    assert region_of(zone) == region
    assert read(example(region), region).number.startswith("+")


@given(st.text(alphabet=st.sampled_from("0123456789+() -./xX#,eptos\u00a0٣七"), max_size=40) | st.text(max_size=20))
def test_whatever_is_typed_it_is_a_number_or_refused(typed: str) -> None:
    try:
        found = read(typed, "ML")
    except RefusalError as refusal:
        assert refusal.code is No.BAD_PHONE
        return
    assert re.fullmatch(r"\+[0-9]{5,15}|[0-9]{2,6}", found.number), found
    assert found.extension is None or re.fullmatch(r"[0-9]{1,8}", found.extension)


@settings(deadline=None)  # the numbers of a country are read when it is first asked about
@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_the_example_of_every_country_reads_as_itself(region: str) -> None:
    said = example(region)
    assert read(said, region) == read(said, None)

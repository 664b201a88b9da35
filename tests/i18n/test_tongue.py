"""Languages that people speak, by the names that they are called by in West Africa and Canada."""

import pytest

from bot.i18n.tongue import called, tongue


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("fr", "fr"), ("FR", "fr"), ("Français", "fr"), ("francais", "fr"), ("french", "fr"), ("bambara", "bm"),
        ("Bamanankan", "bm"), ("peul", "ff"), ("Fulfulde", "ff"), ("tamasheq", "tmh"), ("touareg", "tmh"),
        ("songhaï", "ses"), ("arabe", "ar"), ("Arabic", "ar"), ("hassaniya", "ar"), ("snk", "snk"), ("dioula", "dyu"),
        ("inuktitut", "iu"), ("créole haïtien", "ht"), ("créole", "ht"), ("dogon", "dts"), ("Bozo", "bze"),
        ("malinké", "man"), ("Mandinka", "man"), ("sénoufo", "sef"), ("minianka", "myk"), ("mooré", "mos"),
        ("Mossi", "mos"), ("tamachek", "tmh"), ("Arabe hassaniya", "ar"), ("sarakolé", "snk"), ("kirundi", "rn"),
        ("kiswahili", "sw"), ("dari", "fa"), ("mandarin", "zh"), ("pidgin", "pcm"), ("Ga", "gaa"), ("ga", "ga"),
        ("fra", "fr"), ("eng", "en"), ("FRA", "fr"), ("FR-CA", "fr"), ("en_CA", "en"), ("zh-Hans", "zh"),
    ],
)  # fmt: skip
def test_a_language_is_meant_by_its_code_or_its_name_in_either_language(said: str, code: str) -> None:
    assert tongue(said) == code


@pytest.mark.parametrize("said", ["", "xx", "martian", "und", "mul", "zxx", "french and english", "x-klingon"])
def test_what_is_no_language_is_none(said: str) -> None:
    assert tongue(said) is None


def test_each_reader_is_told_it_by_the_own_name() -> None:
    assert [called(code, "fr") for code in ("fr", "bm", "ff", "ses", "xx")] == [
        "français", "bambara", "peul", "songhaï", "xx",
    ]  # fmt: skip
    assert [called(code, "en") for code in ("fr", "bm", "ff", "xx")] == ["French", "Bambara", "Fula", "xx"]

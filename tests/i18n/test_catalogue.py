"""The catalogues that the program speaks with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.i18n.__main__ import main
from bot.i18n.catalogue import CatalogueFault, Catalogues

Write = Callable[..., Path]


def test_ours_load_and_both_languages_are_there():
    catalogues = Catalogues.load()
    assert list(catalogues) == ["en", "fr"]
    assert catalogues["fr"].lang == "fr"


def test_an_empty_catalogue_loads_and_says_english(write: Write):
    french = Catalogues.load(write())["fr"]
    assert len(french) == 0
    assert french.gettext("A {b}") == "A {b}"
    assert french.ngettext("one", "many", 0) == "one"
    assert french.ngettext("one", "many", 2) == "many"
    assert french.pgettext("button", "Go") == "Go"


def test_texts_are_found(write: Write):
    folder = write(
        'msgid "A"\nmsgstr "AA"\n\nmsgctxt "x"\nmsgid "A"\nmsgstr "XA"\n\n'
        'msgid "{n} b"\nmsgid_plural "{n} bs"\nmsgstr[0] "{n} b"\nmsgstr[1] "{n} bs"\n',
        'msgid "A"\nmsgstr "É \\"\n"\n'.replace('\\"\n"', '"\n"« d\'ici »"')
        .replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
        + '\nmsgctxt "x"\nmsgid "A"\nmsgstr "B"\n\n'
        'msgid "{n} b"\nmsgid_plural "{n} bs"\nmsgstr[0] "{n} c"\nmsgstr[1] "{n} cs"\n',
    )
    catalogues = Catalogues.load(folder)
    assert catalogues["en"].gettext("A") == "AA"
    assert catalogues["fr"].gettext("A") == "É «\u00a0d'ici\u00a0»"
    assert catalogues["fr"].pgettext("x", "A") == "B"
    assert [catalogues["fr"].ngettext("{n} b", "{n} bs", n) for n in (0, 1, 2)] == ["{n} c", "{n} c", "{n} cs"]
    assert [catalogues["en"].ngettext("{n} b", "{n} bs", n) for n in (0, 1, 2)] == ["{n} bs", "{n} b", "{n} bs"]


@pytest.mark.parametrize("lang", ["de", "fr_CA", "EN", ""])
def test_there_is_no_other_language(write: Write, lang: str):
    catalogues = Catalogues.load(write())
    with pytest.raises(KeyError):
        catalogues[lang]


def test_every_fault_is_in_the_error(write: Write):
    with pytest.raises(CatalogueFault) as caught:
        Catalogues.load(write('msgid "A"\nmsgstr ""\n', 'msgid "A"\nmsgstr ""\n'))
    assert len(caught.value.faults) == 2
    assert str(caught.value).count("\n") == 1


def test_check_tells_by_its_exit_code(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code = tmp_path / "code.py"
    code.write_text('v.say("A")\n')
    arguments = ["check", "--code", str(code), "--locales"]
    good = write('msgid "A"\nmsgstr "A"\n', 'msgid "A"\nmsgstr "B"\n')
    assert main([*arguments, str(good)]) == 0
    assert capsys.readouterr().out == ""
    bad = write('msgid "A"\nmsgstr "A"\n', 'msgid "A"\nmsgstr ""\n')
    assert main([*arguments, str(bad)]) == 1
    assert "msgstr is empty" in capsys.readouterr().out

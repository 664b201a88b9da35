"""The catalogues follow the code, and nothing else in them moves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.i18n import gate, po
from bot.i18n.__main__ import main
from bot.i18n.update import stale, update

Write = Callable[..., Path]

CODE = '''
v.say("Zulu {time}", time=t)
v.count("{n} officer", "{n} officers", 2)
v.word("button", "Report")
v.say("""Two
lines, 100 % done, and a sentence that is much longer than the seventy-six columns at which gettext tools break""")
v.say("Alpha")
'''


@pytest.fixture
def code(tmp_path: Path) -> Path:
    path = tmp_path / "code.py"
    path.write_text(CODE, encoding="utf-8")
    return path


def text(folder: Path, lang: str) -> str:
    return po.path_of(folder, lang).read_text(encoding="utf-8")


def test_new_texts_say_their_msgid_in_english_and_wait_for_french(write: Write, code: Path):
    folder = write()
    english, _french = update([code], folder)
    assert english.added == [
        "Zulu {time}",
        "{n} officer",
        "Report",
        english.added[3],
        "Alpha",
    ]
    found = gate.faults(folder)
    assert len(found) == 6  # five texts, one of two forms
    assert all("is empty" in fault and "fr/" in fault for fault in found), found
    assert '#: code.py\n#, python-brace-format\nmsgid "Zulu {time}"\nmsgstr "Zulu {time}"\n' in text(folder, "en")
    assert "python-format" not in text(folder, "en")
    assert stale([code], folder) == []


def test_it_makes_the_files(tmp_path: Path, code: Path):
    update([code], tmp_path / "locales")
    assert len(gate.faults(tmp_path / "locales")) == 6


def test_a_second_run_changes_nothing(write: Write, code: Path):
    folder = write()
    update([code], folder)
    before = text(folder, "en"), text(folder, "fr")
    changes = update([code], folder)
    assert (text(folder, "en"), text(folder, "fr")) == before
    assert all(not change.added and not change.dropped for change in changes)


def test_moving_lines_changes_nothing_and_long_texts_are_not_wrapped(write: Write, code: Path):
    folder = write()
    update([code], folder)
    before = text(folder, "en")
    code.write_text("\n\n\n" + CODE, encoding="utf-8")
    update([code], folder)
    assert text(folder, "en") == before
    assert max(map(len, before.splitlines())) > 100


def test_translations_notes_and_flags_are_kept_and_unused_texts_go(write: Write, code: Path):
    folder = write(
        'msgid "Alpha"\nmsgstr "Mended"\n\nmsgid "Old"\nmsgstr "Old"\n',
        '# same: a call sign\n#, fuzzy\nmsgid "Alpha"\nmsgstr "Alpha"\n\n#~ msgid "Older"\n#~ msgstr "Plus vieux"\n',
    )
    english, french = update([code], folder)
    assert english.dropped == ["'Old'"]
    assert french.dropped == []
    assert 'msgid "Alpha"\nmsgstr "Mended"\n' in text(folder, "en")
    assert "Old" not in text(folder, "en") + text(folder, "fr")
    assert '# same: a call sign\n#: code.py\n#, fuzzy\nmsgid "Alpha"\nmsgstr "Alpha"\n' in text(folder, "fr")


def test_without_texts_only_the_header_is_left(write: Write, tmp_path: Path):
    folder = write('msgid "Old"\nmsgstr "Old"\n')
    (tmp_path / "none.py").write_text("")
    update([tmp_path / "none.py"], folder)
    assert gate.faults(folder) == []
    assert text(folder, "en").endswith('plural=(n != 1);\\n"\n')


def test_a_broken_file_is_not_overwritten(write: Write, code: Path, capsys: pytest.CaptureFixture[str]):
    folder = write("", 'msgid "Alpha\nmsgstr "B"\n')
    before = text(folder, "en"), text(folder, "fr")
    with pytest.raises(po.Fault, match=r"not a \.po line"):
        update([code], folder)
    assert main(["update", "--code", str(code), "--locales", str(folder)]) == 1
    assert "not a .po line" in capsys.readouterr().out
    assert (text(folder, "en"), text(folder, "fr")) == before


def test_a_duplicate_is_not_chosen_for_the_translator(write: Write, code: Path):
    folder = write("", 'msgid "Alpha"\nmsgstr "A"\n\nmsgid "Alpha"\nmsgstr "B"\n')
    with pytest.raises(po.Fault, match="already"):
        update([code], folder)


def test_stale_tells_what_is_missing_and_what_is_said_nowhere(write: Write, code: Path):
    folder = write('msgid "Old"\nmsgstr "Old"\n')
    found = stale([code], folder)
    assert any("no 'Alpha', said in code.py" in fault for fault in found)
    assert any(":7: 'Old' is said nowhere" in fault for fault in found)


def test_the_command_says_what_it_did(write: Write, code: Path, capsys: pytest.CaptureFixture[str]):
    folder = write('msgid "Old"\nmsgstr "Old"\n')
    assert main(["update", "--code", str(code), "--locales", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "+ " in out
    assert "messages.po: Alpha\n" in out
    assert "- " in out

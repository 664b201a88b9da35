"""Every kind of fault is found, and told on one line with file, line and what is expected."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.i18n import gate, po

Write = Callable[..., Path]
Header = Callable[[str], str]

NB = "\u00a0"


def message(msgid: str, text: str, *, before: str = "", context: str = "") -> str:
    quoted = [part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for part in (msgid, text)]
    ctx = f'msgctxt "{context}"\n' if context else ""
    return f'{before}{ctx}msgid "{quoted[0]}"\nmsgstr "{quoted[1]}"\n\n'


def counted(one: str, many: str, *forms: str) -> str:
    texts = "".join(f'msgstr[{i}] "{form}"\n' for i, form in enumerate(forms))
    return f'msgid "{one}"\nmsgid_plural "{many}"\n{texts}\n'


GOOD_EN = (
    message("Received at <b>{time}</b>.", "Received at <b>{time}</b>.")
    + counted("{n} officer", "{n} officers", "one officer", "{n} officers")
    + message("Report", "Report", context="button")
    + message("SOS", "SOS", context="button")
    + message("{a} · {b} ✅", "{a} · {b} ✅")
)
GOOD_FR = (
    message("Received at <b>{time}</b>.", "Reçu à <b>{time}</b>.")
    + counted("{n} officer", "{n} officers", "{n} membre", "{n} membres")
    + message("Report", "Rapport", context="button")
    + message("SOS", "SOS", context="button", before="# same: international\n")
    + message("{a} · {b} ✅", "{a} · {b} ✅")
)


def test_good_catalogues_pass(write: Write):
    assert gate.faults(write(GOOD_EN, GOOD_FR)) == []


def test_empty_catalogues_pass(write: Write):
    assert gate.faults(write()) == []


def only(found: list[str], *words: str) -> None:
    assert len(found) == 1, found
    assert re.match(r"\S+messages\.po:\d+: .+; expected: .+", found[0]), found[0]
    for word in words:
        assert word in found[0]


@pytest.mark.parametrize(
    ("msgid", "french", "words"),
    [
        ("At {time}", "À {heure}", "placeholders {heure}; expected: {time}"),
        ("At {time}", "À l'heure", "placeholders none; expected: {time}"),
        ("Now", "À {time}", "placeholders {time}; expected: none"),
        ("At {time}", "À {time.hour}", "placeholder {time.hour}"),
        ("At {time}", "À {time[0]}", "placeholder {time[0]}"),
        ("At {time}", "À {time!r}", "conversion"),
        ("At {time}", "À {time:>9}", "format"),
        ("At {time}", "À {}", "placeholder {}"),
        ("At {time}", "À {0}", "placeholder {0}"),
        ("At {time}", "À {time", "braces; expected:"),
        ("<b>Now</b>", "Maintenant", "tags none; expected: <b> </b>"),
        ("Now", "<b>Maintenant", "left open"),
        ("Now", "Maintenant</b>", "closes nothing"),
        ("Now", "<h1>Ici</h1>", "tag <h1>"),
        ("Now", "A & B", "bare &"),
        ("Now", "A < B", "bare <"),
        ("Now", "A > B", "bare >"),
        ("Now", "", "msgstr is empty"),
        ("Now", "  ", "msgstr is empty"),
        ("Now", "Maintenant ", "around it"),
        ("Now", "Maintenant\n", "around it"),
        ("Now", "Now", "not translated"),
        ("Now", "Maintenant !", "space before '!'"),
        ("Now", "À 14h30", "14 h 30"),
    ],
)
def test_a_text_that_does_not_match_its_msgid(write: Write, msgid: str, french: str, words: str):
    found = gate.faults(write(message(msgid, msgid), message(msgid, french)))
    assert any(words in fault for fault in found), found
    for fault in found:
        only([fault], "fr/LC_MESSAGES/messages.po:7:")


def test_crossed_tags(write: Write):
    found = gate.faults(
        write(message("<b><i>A</i></b>", "<b><i>A</b></i>"), message("<b><i>A</i></b>", "<b><i>B</i></b>"))
    )
    assert any("</b> closes nothing; expected: </i>" in fault for fault in found), found


def test_a_msgid_that_is_no_format_is_told_once(write: Write):
    only(gate.faults(write(message("{0} x", "{0} x"), message("{0} x", "{0} y"))), "msgid", "{0}")


def test_plain_words_take_no_html(write: Write):
    found = gate.faults(
        write(
            message("Q & A", "Q & A", context="button") + message("Go", "<b>Go</b>", context="button"),
            message("Q & A", "R & R", context="button") + message("Go", "Aller", context="button"),
        )
    )
    only(found, "expected: plain text")


def test_contexts_keep_words_apart(write: Write):
    found = gate.faults(
        write(
            message("Report", "Report", context="button") + message("Report", "Report"),
            message("Report", "Rapport", context="button") + message("Report", "Rapport", context="menu"),
        )
    )
    assert len(found) == 2
    assert "'Report' is not in" in found[0]
    assert "menu 'Report' is not in" in found[1]


def test_fuzzy_entry(write: Write):
    only(gate.faults(write(message("A", "A"), message("A", "B", before="#, fuzzy\n"))), "fuzzy")


def test_fuzzy_header(write: Write, header: Header):
    folder = write(header("en"), "#, fuzzy\n" + header("fr"), with_header=False)
    only(gate.faults(folder), "fuzzy", "fr/")


def test_obsolete_entry(write: Write):
    found = gate.faults(write("", '#~ msgid "A"\n#~ msgstr "B"\n'))
    assert len(found) == 2
    only(found[:1], ":7: obsolete")


def test_duplicate(write: Write):
    only(gate.faults(write(message("A", "A"), message("A", "B") + message("A", "B"))), ":10:", "at line 7")


def test_missing_in_either_language(write: Write):
    only(gate.faults(write(message("A", "A"))), "en/", "'A' is not in")
    only(gate.faults(write("", message("A", "B"))), "fr/", "'A' is not in")


def test_plural_in_one_language_only(write: Write):
    found = gate.faults(write(counted("{n} a", "{n} as", "{n} a", "{n} as"), message("{n} a", "{n} x")))
    only(found, "plural None; expected: '{n} as'")


@pytest.mark.parametrize(
    ("en", "fr", "words"),
    [
        (("{n} a", "{n} as"), ("Un x", "{n} x"), "msgstr[0]: placeholders none"),  # said of none, too
        (("a", "as"), ("{n} x", "{n} x"), "msgstr[1]: placeholders none"),
        (("{n} a", "{n} as"), ("{n} x", ""), "msgstr[1] is empty"),
        (("{n} a", "{n} as"), ("{n} x",), "after msgstr[0]; expected: msgstr[1]"),
        (("{n} a", "{n} as"), ("{n} x", "{n} y", "{n} z"), "msgstr[2] after msgstr[1]"),
        (("{n} a", "{n} as"), ("{n} a", "{n} as"), "not translated"),
    ],
)
def test_plural_forms(write: Write, en: tuple[str, ...], fr: tuple[str, ...], words: str):
    only(gate.faults(write(counted("{n} a", "{n} as", *en), counted("{n} a", "{n} as", *fr))), words)


def test_msgid_and_its_plural_have_the_same_placeholders(write: Write):
    en = counted("{n} at {post}", "{n} as", "{n} a", "{n} as")
    found = gate.faults(write(en, en.replace("[0] ", "[0] ")))
    assert any("msgid has {n} {post}, its plural {n}" in fault for fault in found), found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("n > 1", "n != 1", "header Plural-Forms"),
        ("nplurals=2", "nplurals=3", "header Plural-Forms"),
        ("nplurals=2", "nplurals=x", "header that cannot be read"),
        ('"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n', "", "header Plural-Forms: none"),
        ("Language: fr", "Language: en", "header Language: en; expected: fr"),
        ("UTF-8", "latin-1", "header Content-Type"),
    ],
)
def test_header(write: Write, header: Header, old: str, new: str, words: str):
    french = header("fr")
    assert old in french
    folder = write(header("en"), french.replace(old, new), with_header=False)
    only(gate.faults(folder), words)


def test_no_header(write: Write):
    found = gate.faults(write(message("A", "A"), message("A", "B"), with_header=False))
    assert len(found) == 2
    assert all("no header" in fault for fault in found)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('msgid "A\nmsgstr "B"\n', 'not a .po line: msgid "A'),
        ('msgid "A" x\nmsgstr "B"\n', "not a .po line"),
        ('msgid "A"\nmsgstr "B "C" D"\n', "not a .po line"),
        ('msgid "A"\n', "the file ends after msgid"),
        ('msgid "A"\nmsgid "B"\nmsgstr "C"\n', "msgid after msgid"),
        ('msgstr "B"\n', "msgstr after msgstr"),
        ("<<<<<<< HEAD\n", "not a .po line"),
        ('msgctxt "x"\nmsgid ""\nmsgstr "y"\n', "empty msgid"),
        ('msgid "A"\n# why\nmsgstr "B"\n', "missing msgstr"),
    ],
)
def test_what_is_no_po(write: Write, lines: str, words: str):
    found = gate.faults(write(lines))
    assert any(words in fault for fault in found), found
    assert all("; expected: " in fault or words in fault for fault in found)


def test_not_utf8(write: Write):
    folder = write()
    po.path_of(folder, "fr").write_bytes('msgid "é"'.encode("latin-1"))
    only(gate.faults(folder), "not UTF-8")


def test_missing_file(write: Write):
    folder = write()
    po.path_of(folder, "fr").unlink()
    only(gate.faults(folder), "no such file")


def test_missing_folder(tmp_path: Path):
    assert len(gate.faults(tmp_path / "nowhere")) == 2


def test_all_faults_are_told_at_once(write: Write):
    folder = write(
        message("A", "A ") + message("B", "B!"), message("A", "Bonjour !") + message("B", "") + message("C", f"d{NB}:e")
    )
    assert len(gate.faults(folder)) == 5

"""Which texts the code says, and which of its calls could not work."""

from pathlib import Path

import pytest

from bot.i18n.extract import misuses, used, uses
from bot.i18n.mark import N_, W_


def code(tmp_path: Path, text: str) -> list[Path]:
    path = tmp_path / "code.py"
    path.write_text(text, encoding="utf-8")
    return [path]


def test_every_kind_of_call(tmp_path: Path):
    source = """
voice.say("One " "two", a=1)
v.word("button", "Report")
self.v.count("{n} officer", "{n} officers", n)
LATER = N_("Later")
WORD = W_("button", "Go")
say("bare")
"""
    assert used(code(tmp_path, source)) == {
        (None, "One two", None),
        ("button", "Report", None),
        (None, "{n} officer", "{n} officers"),
        (None, "Later", None),
        ("button", "Go", None),
        (None, "bare", None),
    }


def test_calls_in_calls_in_f_strings_and_in_conditions(tmp_path: Path):
    """Babel's own extractor finds none of these."""
    source = """
v.say("outer {a} {b}", a=str(v.word("c", "deep")), b=v.word("c", "shallow"))
f"{v.say('in f')}"
v.say("yes" if x else "no")
"""
    found = used(code(tmp_path, source))
    assert {msgid for _, msgid, _ in found} == {"outer {a} {b}", "deep", "shallow", "in f", "yes", "no"}


def test_what_is_no_text_is_left_alone(tmp_path: Path):
    source = """
"a,b".count(",")
text.count("a", 0)
v.say(marked, a=1)
v.word(*pair)
v.word("only a context")
def say(text="x"): ...
"""
    assert used(code(tmp_path, source)) == set()
    assert misuses(code(tmp_path, source)) == []


def test_the_order_is_that_of_the_source(tmp_path: Path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "b.py").write_text('v.say("3")\n')
    (package / "a.py").write_text('v.join(v.say("1"),\n    v.say("2"))\n')
    assert [(use.path, use.line, use.id[1]) for use in uses([package])] == [
        ("package/a.py", 1, "1"),
        ("package/a.py", 2, "2"),
        ("package/b.py", 1, "3"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('v.say("At {time}")', "is given the facts: none; expected: time"),
        ('v.say("Now", time=t)', "is given the facts: time; expected: none"),
        ('v.word("c", "{a}", b=1)', "is given the facts: b; expected: a"),
        ('v.count("{n} at {post}", "{n} at {post}", 3)', "expected: n, post"),
        ('v.say("At {0}")', "placeholder {0}"),
        ('v.say("At {time")', "braces; expected:"),
        ('v.say(f"At {time}")', "put together"),
        ('v.say("At " + time)', "put together"),
        ('v.say("{n} a", n=1)\nv.count("{n} a", "{n} b", 1)', "another plural at code.py:1"),
    ],
)
def test_calls_that_could_not_work(tmp_path: Path, source: str, words: str):
    found = misuses(code(tmp_path, source))
    assert len(found) == 1, found
    assert words in found[0]
    assert found[0].startswith("code.py:")


@pytest.mark.parametrize(
    "source",
    [
        'v.say("At {time}", time=t)',
        'v.say("At {time}", **facts)',
        'v.say("A {b}" if x else "C", b=1)',
        'v.count("{n} a", "{n} b", 1)',
        'v.count("one a", "{n} b", 1)',
        'N_("At {time}")',
    ],
)
def test_calls_that_work(tmp_path: Path, source: str):
    assert misuses(code(tmp_path, source)) == []


def test_markers_return_what_they_get():
    assert N_("x") == "x"
    assert W_("c", "x") == ("c", "x")

import re
import tomllib
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.bilingual import Text
from bot.domain.officer import Role
from bot.services.contingent_file import ContingentFile, FileFault, _Reader, parse, read
from bot.services.toml_place import find

MALI = Path(__file__).parents[2] / "bot" / "demo" / "mali.toml"
TEXT = MALI.read_text("utf-8")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def faults(text: str) -> list[str]:
    with pytest.raises(FileFault) as caught:
        parse(text, "mali.toml")
    assert all("\n" not in line for line in caught.value.faults)
    return caught.value.faults


def edited(old: str, new: str, text: str = TEXT) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_example_is_sound() -> None:
    file = read(MALI)
    assert file.warnings == ()
    assert file.contingent.code == "MLI"
    assert file.contingent.digest_at == time(18)
    assert file.contingent.duty_phone == "+16135550199"
    assert [one.code for one in file.officers] == ["willis", "lacroix", "hamelin", "bradshaw", "deniger"]
    assert [one.role for one in file.officers] == [
        Role.DEPUTY,
        Role.LEAD,
        Role.OFFICER,
        Role.COMMANDER,
        Role.OFFICER,
    ]
    assert [one.gender for one in file.officers] == ["f", "m", "m", "f", None]
    assert file.officers[0].rank == Text("Cpl", "cap.")
    assert file.officers[1].post_name == Text("Mopti", "Mopti")
    (watch,) = file.watches
    assert (watch.posts, watch.times, watch.days) == (("BKO", "MPT"), (time(8), time(20)), tuple(range(7)))
    assert (watch.opens_before, watch.remind_before, watch.grace) == (
        timedelta(hours=2),
        timedelta(minutes=15),
        timedelta(minutes=30),
    )
    assert all(one.phone is not None and "55501" in one.phone for one in file.officers)
    assert [one.call_sign for one in file.officers] == ["UNPOL 21", "UNPOL 31", "EUCAP 12", "UNPOL 20", "UNPOL 32"]
    assert file.officers[0].unit == Text("Police development", "Développement des capacités policières")
    assert file.posts[1].channels == (("vhf", 3), ("satellite", 1), ("mobile", 2), ("internet", 1))


def test_optional_keys() -> None:
    text = edited("# from = 2019-02-01 ", "from = 2019-02-01 ")
    text = edited("# until = 2020-02-01 ", "until = 2019-02-01 ", text)
    text = edited('times = ["08:00", "20:00"]', 'every = "2m"', text)
    text = edited('opens_before = "2h"', 'opens_before = "2m"', text)
    text = edited('remind_before = "15m"', 'remind_before = "0s"', text)
    text = edited("location = [12.6392, -8.0029]", "", text)
    text = edited('duty_phone = "+1 613 555 0199"', "", text)
    text = edited("channels = ", "# channels = ", text)
    text = edited('call_sign = "UNPOL 21"', "", text)
    text = edited('{ en = "Police development", fr = "Développement des capacités policières" }', '"Unit 4"', text)
    file = parse(text, "mali.toml")
    assert (file.officers[0].tour_from, file.officers[0].tour_until) == (date(2019, 2, 1), date(2019, 2, 1))
    assert (file.watches[0].every, file.watches[0].times) == (timedelta(minutes=2), ())
    assert file.posts[0].location is None
    assert file.posts[0].channels == ()
    assert (file.officers[0].unit, file.officers[0].call_sign) == (Text("Unit 4", "Unit 4"), None)
    assert file.contingent.duty_phone is None


# What is changed, into what, where the fault is told, and how it begins.
FAULTS = [
    ('code = "MLI"', 'code = "mli"', "contingent.code", '"mli" is not a code; expected 1 to 16 characters of A-Z'),
    (
        'home_timezone = "America/Toronto"',
        'home_timezone = "Toronto"',
        "contingent.home_timezone",
        '"Toronto" is not a',
    ),
    ('report_language = "en"', 'report_language = "de"', "contingent.report_language", '"de" is not a language'),
    ('digest_at = "18:00"', 'digest_at = "24:00"', "contingent.digest_at", '"24:00" is not a time; expected HH:MM'),
    (
        'digest_at = "18:00"',
        "digest_at = 18:00:00",
        "contingent.digest_at",
        "18:00:00 is not a time; expected HH:MM in",
    ),
    (
        '"+1 613 555 0199"',
        '"613 555 0199"',
        "contingent.duty_phone",
        '"613 555 0199" is not a phone number; expected a',
    ),
    ('"+1 613 555 0142"', '"+1 613 555 01"', "officers[0].phone", '"+1 613 555 01" is not a phone number'),
    ('"+1 613 555 0142"', '"+1 613 555 0142 ext. 7"', "officers[0].phone", '"+1 613 555 0142 ext. 7" is not a phone'),
    ('"+1 613 555 0142"', "16135550142", "officers[0].phone", "16135550142 is not a phone number"),
    ('name = "EUCAP Sahel Mali"', 'name = ""', "missions[1].name", '"" is not a name; expected 1 to 120 characters'),
    ('name = "EUCAP Sahel Mali"', r'name = "EUCAP\nSahel"', "missions[1].name", '"EUCAP Sahel" is not a name'),
    (
        'name = "EUCAP Sahel Mali"',
        'name = { en = "EUCAP" }',
        "missions[1].name",
        "has no fr; expected one name, or both",
    ),
    (
        'name = "EUCAP Sahel Mali"',
        'name = { en = "E", fe = "E" }',
        "missions[1].name",
        '"fe" is not a language of Vigie',
    ),
    ('name = "EUCAP Sahel Mali"', "name = 5", "missions[1].name", "5 is not a name; expected one name, or both"),
    (
        'timezone = "Africa/Bamako"',
        'timezone = "Africa/Bamaco"',
        "posts[0].timezone",
        '"Africa/Bamaco" is not a time zone',
    ),
    ("[12.6392, -8.0029]", "[92.0, -8.0]", "posts[0].location", "[92.0, -8.0] is out of range; expected [latitude,"),
    ("[12.6392, -8.0029]", "[nan, -8.0]", "posts[0].location", "[nan, -8.0] is out of range"),
    ("[12.6392, -8.0029]", "[12.6]", "posts[0].location", "[12.6] is not a location; expected [latitude, longitude]"),
    ("[12.6392, -8.0029]", '"12 N"', "posts[0].location", '"12 N" is not a location'),
    (
        "channels = { vhf = 3",
        "channels = { vfh = 3",
        "posts[1].channels",
        '"vfh" is not a channel; expected any of vhf, hf, satellite, mobile, desk_phone, internet, such as { vhf = 4, '
        'satellite = 1 }; did you mean "vhf"?',
    ),
    (
        "channels = { vhf = 3",
        "channels = { vhf = -3",
        "posts[1].channels",
        "vhf = -3 is not a number of sets; expected 0 or more, such as { vhf = 4, satellite = 1 }",
    ),
    (
        "channels = { vhf = 3, satellite = 1, mobile = 2, internet = 1 }",
        'channels = ["vhf"]',
        "posts[1].channels",
        "['vhf'] is not a table of channels; expected numbers of vhf, hf, satellite, mobile, desk_phone, internet",
    ),
    (
        'call_sign = "UNPOL 31"',
        'call_sign = "Mike Oscar November Kilo 21"',
        "officers[1].call_sign",
        '"Mike Oscar November Kilo 21" is not a call sign; expected 1 to 20 characters on one line, such as "UNPOL 21"',
    ),
    ('call_sign = "UNPOL 31"', "call_sign = 31", "officers[1].call_sign", "31 is not a call sign; expected 1 to 20"),
    ('unit = { en = "Training', 'unit = { eng = "Training', "officers[2].unit", '"eng" is not a language of Vigie'),
    ('code = "daily"', 'code = "return"', "watches[0].code", '"return" is reserved by Vigie; expected another code'),
    (
        'code = "daily"',
        'code = "Daily"',
        "watches[0].code",
        '"Daily" is not a code; expected 1 to 32 characters of a-z',
    ),
    (
        '["BKO", "MPT"]',
        '["BKO", "MTP"]',
        "watches[0].posts",
        '"MTP" is not a post of this file; expected one of BKO, MPT',
    ),
    ('["BKO", "MPT"]', "[]", "watches[0].posts", "[] is not a list of posts; expected at least one code"),
    ('["08:00", "20:00"]', '["8:00"]', "watches[0].times", '"8:00" is not a time; expected HH:MM in quotes, such as'),
    ('["08:00", "20:00"]', "[]", "watches[0].times", "[] is not a list of times; expected at least one"),
    ('["08:00", "20:00"]', '["08:00", "08:00"]', "watches[0].times", "names a time twice; expected each time once"),
    ('times = ["08:00", "20:00"]', 'every = "29s"', "watches[0].every", '"29s" is out of range; expected 30s to 24h'),
    (
        'days = "daily"',
        'days = ["mun"]',
        "watches[0].days",
        '"mun" is not a day; expected one of mon, tue, wed, thu, fri',
    ),
    ('days = "daily"', 'days = "weekly"', "watches[0].days", '"weekly" is not a choice of days; expected "daily" or'),
    ('days = "daily"', "days = []", "watches[0].days", "[] is not a choice of days"),
    (
        'opens_before = "2h"',
        'opens_before = "2"',
        "watches[0].opens_before",
        '"2" is not a duration; expected a number',
    ),
    (
        'opens_before = "2h"',
        "opens_before = 2",
        "watches[0].opens_before",
        "2 is not a duration; expected a number and",
    ),
    (
        'opens_before = "2h"',
        'opens_before = "2.5s"',
        "watches[0].opens_before",
        '"2.5s" is out of range; expected 0s to',
    ),
    ('remind_before = "15m"', 'remind_before = "3h"', "watches[0].remind_before", '"3h" is before the check-in opens'),
    ('grace = "30m"', 'grace = "9s"', "watches[0].grace", '"9s" is out of range; expected 10s to 24h'),
    (
        '["lead"], wait = "10m"',
        '["lead"], wait = "9s"',
        "ladder.steps[0].wait",
        '"9s" is out of range; expected 10s to 24h',
    ),
    (
        '["lead"]',
        '["liaison"]',
        "ladder.steps[0].notify",
        '"liaison" is not a role that can act; expected one of lead,',
    ),
    ('["lead"]', "[]", "ladder.steps[0].notify", "[] is not a list of roles; expected at least one of lead, deputy"),
    (
        '["commander", "deputy"], wait',
        '["commander"], wiat',
        "ladder.steps[1].wiat",
        "is not known here; expected only",
    ),
    ('repeat_every = "15m"', 'repeat_every = "1s"', "ladder.repeat_every", '"1s" is out of range'),
    ('resolve_within = "30m"', "resolve_within = true", "ladder.resolve_within", "True is not a duration"),
    ('code = "willis"', 'code = "Willis"', "officers[0].code", '"Willis" is not a code; expected 1 to 32 characters'),
    ('code = "willis"', 'code = "vigie"', "officers[0].code", '"vigie" is reserved by Vigie'),
    ('code = "lacroix"', 'code = "willis"', "officers[1].code", '"willis" is given twice; expected another, line'),
    ('code = "EUCAP"', 'code = "MINUSMA"', "missions[1].code", '"MINUSMA" is given twice'),
    (
        'mission = "EUCAP"',
        'mission = "EUCAPP"',
        "officers[2].mission",
        '"EUCAPP" is not a mission of this file; expected',
    ),
    ('post = "MPT"', 'post = "GAO"', "officers[1].post", '"GAO" is not a post of this file; expected one of BKO, MPT'),
    (
        'role = "lead"',
        'role = "chief"',
        "officers[1].role",
        '"chief" is not a role; expected one of officer, lead, deputy',
    ),
    ('language = "fr"', 'language = "FR"', "officers[1].language", '"FR" is not a language; expected one of en, fr'),
    ('gender = "f"', 'gender = "w"', "officers[0].gender", '"w" is not a grammatical gender; expected one of f, m'),
    (
        "# from = 2019-02-01 ",
        'from = "2019-02-01" ',
        "officers[0].from",
        '"2019-02-01" is not a date; expected YYYY-MM',
    ),
    ("# from = 2019-02-01 ", "from = 2019-02-01T00:00:00Z ", "officers[0].from", "2019-02-01 00:00:00+00:00 is not a"),
    ('service = "SPVM"', 'servce = "SPVM"', "officers[2].servce", "is not known here; expected only code, rank, name"),
]


@pytest.mark.parametrize(("old", "new", "path", "why"), FAULTS)
def test_a_fault_names_line_and_path_and_what_was_expected(old: str, new: str, path: str, why: str) -> None:
    text = edited(old, new)
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    told = faults(text)
    assert any(one.startswith(f"mali.toml:{line}: {path}: {why}") for one in told), told


def test_a_missing_key_is_told_at_its_table() -> None:
    told = faults(edited('service = "SPVM"\n', ""))
    line = line_of(TEXT, 'code = "hamelin"') - 1
    expected = 'expected the home service, such as "SPVM", or { en = "RCMP", fr = "GRC" }'
    assert told == [f"mali.toml:{line}: officers[2].service: is missing; {expected}"]


def test_a_watch_has_exactly_one_of_times_and_every() -> None:
    line = line_of(TEXT, "[[watches]]")
    (told,) = faults(edited('times = ["08:00", "20:00"]', ""))
    assert told.startswith(f"mali.toml:{line}: watches[0].every: is missing, and so is times; expected one of them")
    (told,) = faults(edited('days = "daily"', 'every = "30s"'))
    assert told.endswith("watches[0].every: is given together with times; expected only one of them")
    text = edited('times = ["08:00", "20:00"]', 'every = "3h"')
    (told,) = faults(edited('days = "daily"', 'days = ["mon"]', text))
    assert 'watches[0].days: has no meaning together with every; expected "daily"' in told


def test_a_tour_does_not_end_before_it_begins() -> None:
    text = edited("# from = 2019-02-01 ", "from = 2019-02-01 ")
    (told,) = faults(edited("# until = 2020-02-01 ", "until = 2019-01-31 ", text))
    assert told.endswith("officers[0].until: 2019-01-31 is before from; expected 2019-02-01 or later")


def test_tables_that_are_not_there() -> None:
    assert faults("") == [
        "mali.toml: contingent: is missing; expected a table [contingent]",
        "mali.toml: ladder: is missing; expected a table [ladder]",
        "mali.toml: missions: is missing; expected at least one [[missions]]",
        "mali.toml: officers: is missing; expected at least one [[officers]]",
        "mali.toml: posts: is missing; expected at least one [[posts]]",
    ]
    told = faults(TEXT + "[[officer]]\n")
    line = TEXT.count("\n") + 1
    assert told == [f'mali.toml:{line}: officer: is not a table of a contingent file; did you mean "officers"?']


def test_tables_of_the_wrong_form() -> None:
    told = faults("contingent = 5\nofficers = [5]\n[missions]\n[[ladder]]\n")
    assert "mali.toml:1: contingent: is not a table; expected code, name, home_timezone" in told[-4]
    assert any(one.startswith("mali.toml:2: officers[0]: is not a table; expected code, rank") for one in told)
    assert "mali.toml:3: missions: is one table; expected a list of them, each under [[missions]]" in told
    assert any(one.startswith("mali.toml:4: ladder: is not a table; expected steps") for one in told)


def test_steps_of_the_wrong_form() -> None:
    start, end = TEXT.index("steps = ["), TEXT.index("repeat_every")
    (told,) = faults(TEXT[:start] + "steps = []\n" + TEXT[end:])
    assert 'ladder.steps: [] is not a list of steps; expected at least one { notify = ["lead"]' in told
    (told,) = faults(TEXT[:start] + "steps = [5]\n" + TEXT[end:])
    assert "ladder.steps[0]: is not a table; expected notify, wait" in told


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = TEXT
    wanted = [FAULTS[at] for at in (0, 1, 14, 19, 34, 40, 47)]
    for old, new, _, _ in wanted:
        text = edited(old, new, text)
    told = faults(text)
    paths = [one.split(": ")[1] for one in told]
    assert paths == [path for _, _, path, _ in wanted]


def test_one_fault_brings_forth_no_others() -> None:
    # The post is faulty, but it is there: nobody's post is unknown for that.
    assert len(faults(edited('timezone = "Africa/Bamako"', 'timezone = "Mars"'))) == 1


def test_a_near_match_is_suggested() -> None:
    assert faults(edited("report_language", "reprot_language"))[1].endswith('; did you mean "report_language"?')
    assert faults(edited('"America/Toronto"', '"america/toronto"'))[0].endswith('; did you mean "America/Toronto"?')


def test_an_empty_ladder_is_refused_with_the_names() -> None:
    text = edited('notify = ["commander", "deputy"]', 'notify = ["lead"]')
    line = line_of(TEXT, "steps = [")
    (told,) = faults(text)
    assert told.startswith(
        f"mali.toml:{line}: ladder.steps: tell nobody about willis, lacroix, hamelin, bradshaw; expected"
    )
    # The commander is the only one told: nobody is told about the commander.
    text = edited('notify = ["commander", "deputy"]', 'notify = ["commander"]')
    assert "tell nobody about bradshaw;" in faults(text)[0]


def test_warnings_refuse_nothing() -> None:
    file = parse(edited('role = "commander"', 'role = "deputy"'), "mali.toml")
    assert len(file.warnings) == 1
    assert file.warnings[0].endswith("officers: nobody has the role commander")
    file = parse(edited('posts = ["BKO", "MPT"]', 'posts = ["BKO"]'), "mali.toml")
    line = line_of(TEXT, 'code = "MPT"') - 1
    assert file.warnings == (f"mali.toml:{line}: posts[1]: no watch is kept at MPT: no check-in ever falls due there",)
    file = parse(edited('times = ["08:00", "20:00"]', 'every = "30m"'), "mali.toml")
    assert "opens_before: is longer than every, and is shortened to it" in file.warnings[0]


def test_toml_that_cannot_be_read_names_the_line() -> None:
    assert faults('[contingent]\ncode = "MLI\n') == ["mali.toml:2: is not TOML: Illegal character '\\n'"]
    assert faults("[contingent]\n\ncode\n")[0].startswith("mali.toml:3: is not TOML: Expected '='")
    assert faults("a = [1,\n2")[0].startswith("mali.toml:2: is not TOML: Unclosed array")
    assert faults("a = " + "[" * 100_000)[0].startswith("mali.toml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def told(path: Path) -> str:
        with pytest.raises(FileFault) as caught:
            read(path)
        (line,) = caught.value.faults
        return line

    path = tmp_path / "c.toml"
    assert told(path) == f"{path}: cannot be read: No such file or directory; expected a TOML file"
    assert "cannot be read: Is a directory" in told(tmp_path)
    path.write_bytes(b'[contingent]\nname = "\xe9"\n')
    assert told(path) == f"{path}:2: is not UTF-8 text; save the file as UTF-8"


def test_the_mark_and_the_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert read(path) == read(MALI)
    path.write_bytes(b"\xef\xbb\xbf" + edited('"lead"\n', '"chief"\n').replace("\n", "\r\n").encode())
    with pytest.raises(FileFault) as caught:
        read(path)
    assert caught.value.faults[0].startswith(
        f"{path}:{line_of(TEXT, chr(34) + 'lead' + chr(34) + chr(10))}: officers[1]"
    )


def test_the_lines_of_what_looks_like_a_key_or_a_header_and_is_none() -> None:
    places = find(
        "f",
        'a = """\n[b]\nc = 1\n"""\n[t."q"]\nd = [\n  # e = 1\n  { x = "]" },\n  { x = 1 } ]\nf = 1\n'
        "[[t.l]]\n[[t.l]]\ng = 1\n",
    )
    assert places.line(("a",)) == 1
    assert places.line(("b",)) is None
    assert places.line(("t", "q", "d", 1, "x")) == 9
    assert places.line(("t", "q", "f")) == 10
    assert places.line(("t", "l", 1, "g")) == 13
    assert places.line(("t", "l", 1, "h")) == 12


@given(st.text())
@example("[[officers]]\ncode = 1")
def test_any_text_is_read_or_refused_in_lines(text: str) -> None:
    try:
        parse(text, "f")
    except FileFault as fault:
        assert fault.faults
        assert all(line.startswith("f:") and "\n" not in line for line in fault.faults)


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.times() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted({path for _, _, path, _ in FAULTS})), _VALUE)
def test_any_value_in_any_place_is_read_or_refused(path: str, value: object) -> None:
    data = tomllib.loads(TEXT)
    at: object = data
    *around, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", path)]
    for part in around:
        at = at[part]  # type: ignore[index]
    at[last] = value  # type: ignore[index]
    try:
        assert isinstance(_Reader(data, find("f", TEXT)).read(), ContingentFile)
    except FileFault as fault:
        assert all(line.startswith("f:") and "\n" not in line for line in fault.faults)

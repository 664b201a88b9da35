"""Contacts from tables and phones: read as people's programs write them, or told exactly why not."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bilingual import Text
from bot.domain.contact import READERS, Category, Contact, Hours, Pace, Phone, PhoneKind
from bot.domain.officer import Role
from bot.domain.post import Post
from bot.services import contact_import, contact_table, contact_value
from bot.services.contact_import import Import, judge
from bot.services.contact_row import Ground
from bot.services.sheet import csv_file
from bot.services.workbook import xlsx_file
from bot.store import contact as contacts
from bot.store import contact_doubt
from tests.services.contingent import House

WISHED = Path(__file__).parents[1] / "data" / "contacts.csv"
BAMAKO = Post("BKO", Text("Bamako", "Bamako"), "Africa/Bamako")
MOPTI = Post("MPT", Text("Mopti", "Mopti"), "Africa/Bamako")
GOMA = Post("GOM", Text("Goma", "Goma"), "Africa/Lubumbashi")
GROUND = Ground({"BKO": BAMAKO, "MPT": MOPTI}, "America/Toronto")
HEAD = "code,category,name,function,post,mobile,desk,radio,email,languages,hours,pace,roles,valid_until"


def one(row: str, head: str = HEAD, ground: Ground = GROUND) -> Contact:
    done = judge(f"{head}\n{row}\n".encode(), ground)
    assert done.faults == []
    ((number, found),) = done.sound
    assert number == 2
    return found


def faults(*rows: str, head: str = HEAD, ground: Ground = GROUND) -> list[str]:
    return judge("\n".join([head, *rows, ""]).encode(), ground).faults


def test_the_table_that_was_wished_for_is_read_whole() -> None:
    done = judge(WISHED.read_bytes(), GROUND)
    assert (done.form, done.faults, done.rows, len(done.sound)) == ("CSV, UTF-8, commas", [], 53, 53)
    by_code = {found.code: found for _, found in done.sound}
    assert by_code["radio-mpt"].phones == (
        Phone(PhoneKind.SATELLITE, "+870776000202"),
        Phone(PhoneKind.DESK, "+22321000202"),
        Phone(PhoneKind.RADIO, "Mike zero"),
    )
    assert by_code["pay"].phones == (Phone(PhoneKind.DESK, "+16135550152", "44"),)
    assert by_code["pay"].hours == Hours((0, 1, 2, 3, 4), time(8), time(16), "America/Toronto")
    assert by_code["ops"].function == Text("Joint operations centre", "Centre d’opérations conjoint")


HEADS_FR = "Catégorie;Nom;Grade (anglais);Grade (français);Poste;Cellulaire;Téléphone fixe;Courriel;Langues;Horaire"
ROW_FR = "Police hôte;Fatoumata Traoré;Lt;lte;bamako;76 00 01 51;20 22 27 12 poste 44;;français;lun-ven 8 h-16 h 30"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8-sig", "UTF-8 with its mark"), ("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("sign", "parted"), [(";", "semicolons"), (",", "commas"), ("\t", "tabs")])
def test_what_excel_saves_in_french_is_read(encoding: str, said: str, sign: str, parted: str) -> None:
    lines = "\r\n".join([HEADS_FR, ROW_FR, ""]).replace(";", sign)
    done = judge(lines.encode(encoding), GROUND)
    assert done.faults == []
    assert done.form == f"CSV, {said}, {parted}"
    ((_, found),) = done.sound
    assert replace(found, code="x") == Contact(
        code="x",
        category=Category.HOST_POLICE,
        name=Text.once("Fatoumata Traoré"),
        rank=Text("Lt", "lte"),
        post="BKO",
        phones=(Phone(PhoneKind.MOBILE, "+22376000151"), Phone(PhoneKind.DESK, "+22320222712", "44")),
        languages=("fr",),
        hours=Hours((0, 1, 2, 3, 4), time(8), time(16, 30), "Africa/Bamako"),
    )


def test_a_line_that_says_what_parts_the_cells_is_believed() -> None:
    done = judge(f"sep=;\r\n{HEADS_FR}\r\n{ROW_FR}\r\n".encode("cp1252"), GROUND)
    assert (done.faults, [number for number, _ in done.sound]) == ([], [3]), "as the spreadsheet counts"


@pytest.mark.parametrize(
    ("said", "number", "extension"),
    [
        ("+223 20 00 01 01", "+22320000101", None),
        ("20 00 01 01", "+22320000101", None),
        ("00223 20000101", "+22320000101", None),
        ("22320000101", "+22320000101", None),
        ("'+22320000101", "+22320000101", None),
        ("(+223) 20-00-01-01", "+22320000101", None),
        ("20000101 ext 44", "+22320000101", "44"),
        ("20000101 ext. 44", "+22320000101", "44"),
        ("20000101 poste 44", "+22320000101", "44"),
        ("20000101 p. 44", "+22320000101", "44"),
        ("20000101 #44", "+22320000101", "44"),
        ("20000101x44", "+22320000101", "44"),
        ("+1 613 555 0101", "+16135550101", None),
        ("+881 6 3151 0117", "+881631510117", None),
        ("+870 776 000 202", "+870776000202", None),
    ],
)
def test_numbers_are_read_as_they_are_written_at_the_post(said: str, number: str, extension: str | None) -> None:
    assert one(f"a,medical,A,,MPT,{said},,,,,,,,").phones == (Phone(PhoneKind.MOBILE, number, extension),)


def test_a_short_number_is_kept_as_it_is_dialled() -> None:
    assert one("a,medical,A,,MPT,17,112,,,,,,,").phones == (Phone(PhoneKind.MOBILE, "17"), Phone(PhoneKind.DESK, "112"))
    both = replace(GROUND, posts={"BKO": BAMAKO, "GOM": GOMA})
    assert one("a,home,A,,,17,,,,,,,,", ground=both).phones[0].number == "17", "of one of the countries of the posts"
    assert faults("a,medical,A,,MPT,21 42,,,,,,,,"), "in pieces it is a number that lacks its end"
    assert faults("a,medical,A,,MPT,214201,,,,,,,,"), "no short number is so long there"
    assert faults("a,medical,A,MPT,17", head="code,category,name,post,satellite"), "no satellite phone knows it"


def test_several_numbers_stand_in_one_cell() -> None:
    found = one('a,medical,A,,MPT,"70000101; +1 613 555 0101 / +22366000101",,"Mike; Mike zero",,,,,,')
    assert [phone.number for phone in found.phones] == [
        "+22370000101", "+16135550101", "+22366000101", "Mike", "Mike zero",
    ]  # fmt: skip


def test_a_number_is_only_guessed_where_there_is_one_country() -> None:
    assert one("a,home,A,,,70000101,,,,,,,,").phones[0].number == "+22370000101"
    both = replace(GROUND, posts={"BKO": BAMAKO, "GOM": GOMA})
    assert faults("a,home,A,,,70000101,,,,,,,,", ground=both) == [
        'row 2, mobile: "70000101" is not a phone number; '
        "expected a number with its country code, such as +223 70 00 01 01"
    ]
    assert one("a,home,A,,GOM,991 234 567,,,,,,,,", ground=both).phones[0].number == "+243991234567"
    assert one("a,home,A,,,0022370000101,,,,,,,,", ground=both).phones[0].number == "+22370000101"


def test_a_name_stands_once_for_both_languages_or_for_each() -> None:
    head = HEAD.replace("name", "Name (English),nom_fr")
    house = one("a,welfare,Friendship House,Maison de l’amitié,,MPT,70000101,,,,,,,,", head)
    assert house.name == Text("Friendship House", "Maison de l’amitié")
    assert one("a,welfare,,Maison de l’amitié,,MPT,70000101,,,,,,,,", head).name == Text.once("Maison de l’amitié")
    assert one("a,welfare,Awa,,MPT,70000101,,,,,,,,").name == Text.once("Awa")


def test_languages_are_read_by_code_or_by_name_in_either_language() -> None:
    found = one("a,medical,A,,,,,,a@example.org,Français; bm/peul;Tamasheq;arabic;fr,,,,")
    assert found.languages == ("fr", "bm", "ff", "tmh", "ar")


def test_who_sees_a_contact_and_until_when() -> None:
    found = one("a,medical,A,,,,,,a@example.org,en/fr,,secours,commandant; lead,2027-01-31")
    assert (found.roles, found.valid_until) == ((Role.LEAD, Role.COMMANDER), date(2027, 1, 31))
    assert (found.languages, found.pace) == (("en", "fr"), Pace.CONTINGENCY)
    assert one("a,medical,A,,,,,,a@example.org,,,,,").roles == READERS


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,medicall,A,,,70000101,,,,,,,,", 'row 2, category: "medicall" is not a category; expected one of emergency'),
        ("a,,A,,,70000101,,,,,,,,", "row 2, category: is missing; expected one of emergency, medical"),
        ("a,medical,A,,BKK,70000101,,,,,,,,", 'row 2, post: "BKK" is not a post; expected one of BKO, MPT, or nothing'),
        ("a,medical,A,,MPT,1,,,,,,,,", 'row 2, mobile: "1" is not a phone number; expected a number with its'),
        ("a,medical,A,,MPT,,20 22 27 12/13,,,,,,,", 'row 2, desk: "20 22 27 12/13" is not a phone number'),
        ('a,medical,A,,MPT,"2,2373E+10",,,,,,,,', "is a number that a spreadsheet has rounded; expected a number"),
        ("a,medical,A,,MPT,,,,,,,,,", "row 2: cannot be reached; expected a phone, a radio or an e-mail address"),
        ("a,medical,,,MPT,70000101,,,,,,,,", "row 2: has neither a name nor a function; expected one of them"),
        ("a,medical,A,,MPT,,,,nobody,,,,,", 'row 2, email: "nobody" is not an e-mail address; expected one such as'),
        ("a,medical,A,,MPT,70000101,,,,bamb,,,,", 'row 2, languages: "bamb" is not a language; expected its code'),
        ("a,medical,A,,MPT,70000101,,,,,sometimes,,,", 'row 2, hours: "sometimes" is not a time when somebody answers'),
        ("a,medical,A,,MPT,70000101,,,,,,first,,", 'row 2, pace: "first" is not a place in the plan; expected one of'),
        ("a,medical,A,,MPT,70000101,,,,,,,chief,", 'row 2, roles: "chief" is not a role; expected one of officer'),
        ("a,medical,A,,MPT,70000101,,,,,,,,31/01/2027", 'row 2, valid_until: "31/01/2027" is not a date; expected'),
        ("A B,medical,A,,MPT,70000101,,,,,,,,", 'row 2, code: "A B" is not a code; expected 1 to 32 characters'),
        ('a,medical,"A\x07",,MPT,70000101,,,,,,,,', "is not a name; expected 1 to 120 characters on one line"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_is_told_with_its_row_and_column(row: str, fault: str) -> None:
    (told,) = faults(row)
    assert fault in told


def test_every_fault_of_a_file_is_told_and_the_rest_is_sound() -> None:
    rows = [
        "a,medical,A,,MPT,70000101,,,,,,,,", ",,,,,,,,,,,,,", "b,medicl,B,,MPX,70000102,,,,,,,,",
        "a,medical,C,,MPT,70000103,,,,,,,,",
    ]  # fmt: skip
    done = judge("\n".join([HEAD, *rows]).encode(), GROUND)
    assert [fault.split(":")[0] for fault in done.faults] == ["row 4, post", "row 4, category", "row 5, code"]
    assert done.faults[-1] == 'row 5, code: "a" is given twice; expected another, row 2 has it'
    assert (done.rows, [found.code for _, found in done.sound]) == (3, ["a"])


def test_a_cell_beyond_the_last_column_is_told() -> None:
    (told,) = faults("a;medical;A;MPT;70000101;70000102", head="code;category;name;post;mobile")
    assert told == ('row 2: "70000102" stands beyond the last column; expected a cell with such a sign in it in quotes')
    assert faults("a;medical;A;MPT;70000101;;", head="code;category;name;post;mobile") == []


def test_nobody_has_made_sure_of_it_tomorrow() -> None:
    ground = replace(GROUND, today=date(2026, 11, 23))
    assert one("a,medical,A,70000101,2026-11-23", "code,category,name,mobile,verified_on", replace(ground, post="MPT"))
    (told,) = faults("a,medical,A,+22370000101,2026-11-26", head="code,category,name,mobile,verified_on", ground=ground)
    assert told == 'row 2, verified_on: "2026-11-26" is not a day that has been; expected 2026-11-23 or an earlier one'


def test_columns_that_are_not_known_or_there_twice_are_told() -> None:
    told = faults("A,medical,70000101,70000101,x", head="nom,catégorie,cell,mobile,Couriel")
    assert told == [
        'row 1: "mobile" and "cell" are the same column; expected one of them',
        'row 1: "Couriel" is not a column of contacts',
    ]
    assert faults("x", head="one,two") == [
        "row 1: has no column of names; expected at least category, name or function, and a phone, such as mobile"
    ]
    assert 'did you mean "languages"?' in faults("A,medical,70000101,en", head="nom,catégorie,cell,languagess")[0]


def test_a_row_without_a_code_has_the_same_one_at_each_import() -> None:
    head, rows = "name,category,post,mobile", ["Moussa Traoré,medical,MPT,70000101", "موسى,medical,MPT,70000102"]
    first = judge("\n".join([head, *rows]).encode(), GROUND)
    again = judge("\n".join([head, "Awa,medical,BKO,70000103", *reversed(rows)]).encode(), GROUND)
    codes = [found.code for _, found in first.sound]
    assert codes[0].startswith("moussa-traore-")
    assert set(codes) < {found.code for _, found in again.sound}
    moved = judge(f"{head}\nMoussa Traoré,medical,MPT,70000199".encode(), GROUND)
    assert moved.sound[0][1].code == codes[0], "another number is no other person"
    twice = judge("\n".join([head, rows[0], rows[0], "Moussa Traore,medical,MPT,70000103"]).encode(), GROUND)
    assert twice.faults == [
        "row 3: is row 2 once more; expected each contact once",
        "row 4: has the name, organisation and post of row 2; expected a code that tells them apart",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no column of names"),
        (b'name,category\n"A,medical\n', "row 2: is not CSV: unexpected end of data; expected quotes in pairs"),
        (b"\xd0\xcf\x11\xe0rest", "is a workbook of an old Excel (.xls); save it as .xlsx"),
        (b"PK\x03\x04rest", "is not a workbook of Excel; expected .xlsx, CSV or contact cards (.vcf)"),
        (b"n\0a\0m\0e\0", "is not a text; expected CSV, a workbook"),
        (b"name,\x81\x8d", "is neither UTF-8 nor Windows-1252 text; save it as CSV UTF-8"),
        (b"sep=|\nname|category\n", 'is parted by "|"; expected commas, semicolons or tabs'),
    ],
)
def test_a_file_that_is_no_table_is_told_in_one_line(content: bytes, said: str) -> None:
    (told,) = judge(content, GROUND).faults
    assert said in told


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Répertoire"
    for row in (
        ["Code", "Category", "Name", "Post", "Mobile", "Valid until", "Function"],
        [7, "medical", "=Awa", "MPT", 70000101, date(2027, 1, 31), None],
        [None, None, None, None, None, None, None],
        ["b", "medical", None, "MPT", 70000102.0, "2027-01-31", "Line\nbreak"],
        ["c", "medical", "C", "MPT", 1, None, None],
    ):
        sheet.append(row)
    sheet["C2"].data_type = "s"  # typed as a text
    file = io.BytesIO()
    book.save(file)
    done = judge(file.getvalue(), GROUND)
    assert done.form == 'workbook, sheet "Répertoire"'
    assert [fault.split(";")[0] for fault in done.faults] == ['row 5, Mobile: "1" is not a phone number']
    assert [(found.code, found.title.en, found.phones[0].number, found.valid_until) for _, found in done.sound] == [
        ("7", "=Awa", "+22370000101", date(2027, 1, 31)),
        ("b", "Line break", "+22370000102", date(2027, 1, 31)),
    ]


# What we write, we read: whatever people are called, and whatever a spreadsheet would make of it.

_odd = st.sampled_from(
    [
        "=cmd()",
        "'=x",
        "''+1",
        "-1",
        "@SUM(A1)",
        '"',
        "a;b",
        "a,b",
        "a\\,b",
        "👩‍🚒",
        "مرحبا",
        "\u200fم",
        "é",
        "_x0041_",
        "a: b",
        "\\",
    ]
)
_letters = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
_lines = st.lists(_odd | _letters, min_size=1, max_size=4).map(" ".join)
_texts = st.builds(Text, _lines, _lines) | _lines.map(lambda line: Text(line, line))
_numbers = st.sampled_from(["+22370000101", "+22320000101", "+16135550101", "+881631510117", "+870776000202"])
_short = st.builds(Phone, st.sampled_from([PhoneKind.MOBILE, PhoneKind.DESK]), st.sampled_from(["17", "112", "36355"]))
_phones = (
    st.builds(
        Phone,
        st.sampled_from([PhoneKind.MOBILE, PhoneKind.SATELLITE, PhoneKind.DESK]),
        _numbers,
        st.none() | st.from_regex("[0-9]{1,8}", fullmatch=True),
    )
    | _short
    | st.builds(Phone, st.just(PhoneKind.RADIO), _lines.filter(lambda line: not {*";|"} & {*line}))
)
_hours = st.builds(
    Hours,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(["Africa/Bamako", "America/Toronto"]),
)
_contacts = st.builds(
    Contact,
    code=st.from_regex("[a-z0-9_-]{1,32}", fullmatch=True),
    category=st.sampled_from(Category),
    name=st.none() | _texts,
    rank=st.none() | _texts,
    function=st.none() | _texts,
    organisation=st.none() | _texts,
    post=st.sampled_from([None, "BKO", "MPT"]),
    place=st.none() | _texts,
    phones=st.lists(_phones, max_size=4).map(contact_value.in_order),
    email=st.sampled_from([None, "a+b=c@example.org", "=x@example.org"]),
    languages=st.sampled_from([(), ("en",), ("fr", "en"), ("bm", "snk", "ar")]),
    hours=st.none() | _hours,
    pace=st.none() | st.sampled_from(Pace),
    roles=st.sets(st.sampled_from(Role)).map(lambda roles: tuple(role for role in Role if role in roles)),
    valid_until=st.none() | st.dates(),
    verified_on=st.none() | st.dates(),
).filter(lambda one: contact_value.lacking(one) is None)


def written(writer: Any, many: Sequence[Contact]) -> bytes:
    file = io.BytesIO()
    with writer(file, [contact_table.SHEET]) as write:
        for one in many:
            write("contacts", contact_table.row(one, "import"))
    return file.getvalue()


def read_again(content: bytes) -> Import:
    return judge(content, GROUND)


@settings(max_examples=60, deadline=None)
@given(st.lists(_contacts, min_size=1, max_size=3, unique_by=lambda one: one.code))
@pytest.mark.parametrize("writer", [csv_file, xlsx_file, contact_table.card_file])
def test_what_is_exported_is_imported_as_it_was(writer: Any, many: list[Contact]) -> None:
    done = read_again(written(writer, many))
    assert done.faults == []
    assert [found for _, found in done.sound] == many


@settings(max_examples=40, deadline=None)
@given(_contacts)
def test_no_cell_of_an_export_is_a_formula(one: Contact) -> None:
    (_, *rows) = csv.reader(io.StringIO(written(csv_file, [one]).decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx_file, [one])))
    assert not [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]


def test_the_example_of_the_documentation_is_sound() -> None:
    example = (
        (Path(__file__).parents[2] / "docs" / "contacts.md").read_text("utf-8").split("```csv\n")[1].split("```")[0]
    )
    ((_, clinic),) = judge(example.encode(), GROUND).sound
    assert clinic.languages == ("fr", "en")
    assert clinic.phones[1] == Phone(PhoneKind.DESK, "+22321000260", "44")


_pieces = st.sampled_from(
    [*",;\t\r\n\"'=+\0", *["name", "code", "category", "mobile", "medical", "70000101", "é", "sep=;", "24/7"]]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=40).map("".join).map(str.encode) | st.binary(max_size=60))
@pytest.mark.parametrize("head", [b"", b"name,category,mobile\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"])
def test_no_file_is_so_broken_that_reading_it_breaks(head: bytes, content: bytes) -> None:
    done = judge(head + content, GROUND)
    assert not [fault for fault in done.faults if "\n" in fault]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=4))
def test_a_damaged_workbook_is_told_in_one_line(at: int, damage: bytes) -> None:
    whole = written(xlsx_file, [one("a,medical,A,,MPT,70000101,,,,,,,,")])
    done = judge(whole[:at] + damage + whole[at + len(damage) :], GROUND)
    assert done.sound or done.faults
    assert not [fault for fault in done.faults if "\n" in fault]


# Into the directory.


async def taken(house: House, content: str) -> Import:
    async with house.store.read() as tx:
        ground = await contact_import.ground(tx)
    done = judge(content.encode(), ground)
    async with house.store.read() as tx:
        await contact_import.compare(tx, done)
    if not done.faults:
        await contact_import.write(house.store, done)
    return done


async def test_an_import_adds_changes_and_leaves(house: House) -> None:
    await house.load()
    rows = ["a,medical,A,,MPT,70000101,,,,,,,,", "b,medical,B,,BKO,70000102,,,,,,,,"]
    first = await taken(house, "\n".join([HEAD, *rows]))
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    async with house.store.read() as tx:
        version = await contacts.version(tx)
    again = await taken(house, "\n".join([HEAD, *rows]))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    async with house.store.read() as tx:
        assert await contacts.version(tx) == version, "nothing was written"
    other = await taken(house, "\n".join([HEAD, rows[0].replace("70000101", "70000109"), rows[1]]))
    assert (other.added, other.changed, other.unchanged) == (0, 1, 1)
    async with house.store.read() as tx:
        found = {one.code: one for one in await contacts.every(tx)}
        light = {row.code: row for row in await contacts.light(tx)}
    assert found["a"].phones[0].number == "+22370000109"
    assert "mopti" in light["a"].words
    assert not (await house.load()).any, "a load leaves imported contacts alone"


async def test_only_what_the_table_has_a_column_for_is_changed(house: House) -> None:
    await house.load()
    await taken(
        house, f"{HEAD}\na,medical,A,Nurse,MPT,70000101,21000101,Mike,a@example.org,fr;bm,24/7,primary,lead,2027-01-31"
    )
    some = await taken(house, "code,category,name,mobile\na,medical,A,70000109")
    assert (some.changed, some.news) == (1, {"a": ("phones",)})
    async with house.store.read() as tx:
        (now,) = [one for one in await contacts.every(tx) if one.code == "a"]
    assert [(one.kind.value, one.number) for one in now.phones] == [
        ("mobile", "+22370000109"), ("desk", "+22321000101"), ("radio", "Mike"),
    ]  # fmt: skip
    assert (now.roles, now.email, now.languages) == ((Role.LEAD,), "a@example.org", ("fr", "bm"))
    assert (now.function, now.pace, now.valid_until) == (Text.once("Nurse"), Pace.PRIMARY, date(2027, 1, 31))
    assert now.hours is not None
    empty = await taken(house, "code,category,name,mobile,email,roles\na,medical,A,70000109,,")
    assert empty.news == {"a": ("email", "roles")}, "an empty cell takes away"
    await taken(house, "code,category,name_en,name_fr,mobile\na,medical,House,Maison,70000109")
    await taken(house, "code,category,name_en,mobile\na,medical,Home,70000109")
    async with house.store.read() as tx:
        (now,) = [one for one in await contacts.every(tx) if one.code == "a"]
    assert now.name == Text("Home", "Maison"), "said in one language, it stays in the other"


async def test_contacts_of_the_contingent_file_are_never_touched(house: House) -> None:
    await house.load()
    done = await taken(house, f"{HEAD}\nduty-bko,medical,Somebody,,BKO,70000101,,,,,,,,")
    assert done.faults == [
        'row 2, code: "duty-bko" stands in the contingent file and says something else; '
        "expected another code, or a change of that file"
    ]
    async with house.store.read() as tx:
        sources = await contacts.sources(tx)
        everything = await contacts.every(tx)
    rows = [contact_table.row(one, sources[one.code]) for one in everything]
    text = io.StringIO()
    table = csv.DictWriter(text, contact_table.SHEET.columns)
    table.writeheader()
    table.writerows(rows)
    same = await taken(house, text.getvalue())
    assert (same.faults, same.added, same.changed, same.unchanged) == ([], 0, 0, len(rows))


async def test_more_rows_than_one_set(house: House) -> None:
    await house.load()
    count = contact_import.SET * 2 + 1
    done = await taken(house, "\n".join([HEAD, *(f"c{n},medical,A{n},,MPT,7{n:07d},,,,,,,," for n in range(count))]))
    assert (done.faults, done.added) == ([], count)
    async with house.store.read() as tx:
        assert len([code for code, source in (await contacts.sources(tx)).items() if source == "import"]) == count


async def test_a_number_corrected_in_chat_stays_until_the_import_says_the_same(house: House) -> None:
    await house.load()
    row = "a,medical,A,,MPT,70000101,,,,,,,,"
    await taken(house, f"{HEAD}\n{row}")
    async with house.store.begin() as tx:
        right = replace((await contacts.every(tx))[0], code="a", phones=(Phone(PhoneKind.MOBILE, "+22370000109"),))
        contacts.correct(tx, right, {}, "bradshaw", date(2026, 11, 20))
    other = await taken(house, f"{HEAD}\n{row.replace(',A,', ',B,')}")
    assert (other.corrected, other.changed) == ({"a"}, 1)

    async def now() -> tuple[Text | None, str, bool]:
        async with house.store.read() as tx:
            one = next(one for one in await contacts.every(tx) if one.code == "a")
            return one.name, one.phones[0].number, "a" in await contacts.corrected(tx)

    assert await now() == (Text.once("B"), "+22370000109", True), "all but the number follows the file"
    same = await taken(house, f"{HEAD}\n{row.replace(',A,', ',B,').replace('0101', '0109')}")
    assert (same.corrected, same.unchanged) == (set(), 1)
    assert await now() == (Text.once("B"), "+22370000109", False)
    await taken(house, f"{HEAD}\n{row}")
    assert await now() == (Text.once("A"), "+22370000101", False)


async def test_another_number_settles_what_was_in_doubt(house: House) -> None:
    await house.load()
    await taken(house, f"{HEAD}\na,medical,A,,MPT,70000101,,,,,,,,")
    async with house.store.begin() as tx:
        await contact_doubt.add(tx, "a", "bradshaw")
    await taken(house, f"{HEAD}\na,medical,B,,MPT,70000101,,,,,,,,")
    async with house.store.read() as tx:
        assert await contact_doubt.open_of(tx, ["a"]) == {"a"}, "the same number is as doubtful as before"
    await taken(house, f"{HEAD}\na,medical,B,,MPT,70000109,,,,,,,,")
    async with house.store.read() as tx:
        assert await contact_doubt.open_of(tx, ["a"]) == set()
